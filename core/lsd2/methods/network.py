"""What methods share that run one network over the photo."""

from __future__ import annotations

from collections.abc import Callable

from lsd2.imaging.tiling import ReadTile
from lsd2.methods.base import MethodOutput
from lsd2.networks.engine import Engine, ready_engine
from lsd2.networks.manifest import ModelEntry, find_model
from lsd2.networks.predictor import Footprint, Predictor
from lsd2.options import ProcessOptions
from lsd2.photo import ModelIdentity
from lsd2.progress import Progress, Stage


def run_network(
    method: str,
    footprint: Callable[[ModelEntry], Footprint],
    read: ReadTile,
    size: tuple[int, int],
    options: ProcessOptions,
    progress: Progress,
    through: Callable[[Engine], Engine] | None = None,
) -> MethodOutput:
    """Find the method's weights and run their network tile by tile.

    Parameters
    ----------
    footprint : what the network of an entry needs of its tiles.
    read : gives the network's input for a tile; see `predictor.stacked`.
    size : height and width of the photo.
    through : what is put before the engine; see `networks.looks`.

    Raises
    ------
    Cancelled, Lsd2Error
        As `Method.run`.
    """
    entry = find_model(method, options.model)
    progress.report(Stage.LOAD_MODEL, 0, 1)
    engine = ready_engine(entry, options.device)
    progress.report(Stage.LOAD_MODEL, 1, 1)
    predictor = Predictor(through(engine) if through else engine, footprint(entry))
    pixels, plan = predictor.predict(read, size, options, progress)
    largest = max(max(tile.width, tile.height) for tile in plan.tiles)
    return MethodOutput(
        pixels=pixels,
        parameters={"engine": engine.name, "precision": engine.precision, "tile": largest, "tiles": len(plan)},
        model=ModelIdentity(entry.name, entry.sha256),
        device=engine.device,
    )
