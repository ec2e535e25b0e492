"""What methods share that run one network over the photo."""

from __future__ import annotations

from collections.abc import Callable

from lsd2.methods.base import MethodOutput
from lsd2.networks.engine import ready_engine
from lsd2.networks.manifest import ModelEntry, find_model
from lsd2.networks.predictor import Footprint, Predictor, stacked
from lsd2.options import ProcessOptions
from lsd2.photo import FloatImage, ModelIdentity
from lsd2.progress import Progress, Stage


def run_network(
    method: str,
    footprint: Callable[[ModelEntry], Footprint],
    images: tuple[FloatImage, ...],
    options: ProcessOptions,
    progress: Progress,
) -> MethodOutput:
    """Find the method's weights and run their network tile by tile.

    Parameters
    ----------
    footprint : what the network of an entry needs of its tiles.
    images : (H, W, C) of equal size, stacked along their channels in this order to make the network's input.

    Raises
    ------
    Cancelled, Lsd2Error
        As `Method.run`.
    """
    entry = find_model(method, options.model)
    progress.report(Stage.LOAD_MODEL, 0, 1)
    engine = ready_engine(entry, options.device)
    progress.report(Stage.LOAD_MODEL, 1, 1)
    predictor = Predictor(engine, footprint(entry))
    size = (images[0].shape[0], images[0].shape[1])
    pixels, plan = predictor.predict(stacked(*images), size, options, progress)
    largest = max(max(tile.width, tile.height) for tile in plan.tiles)
    return MethodOutput(
        pixels=pixels,
        parameters={"engine": engine.name, "precision": engine.precision, "tile": largest, "tiles": len(plan)},
        model=ModelIdentity(entry.name, entry.sha256),
        device=engine.device,
    )
