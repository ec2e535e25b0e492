"""What methods share that run one network over the photo."""

from __future__ import annotations

from collections.abc import Callable

from lsd2.imaging.tiling import ReadTile
from lsd2.methods.base import MethodInfo, MethodOutput
from lsd2.networks.engine import Engine, ready_engine
from lsd2.networks.manifest import ModelEntry, find_model
from lsd2.networks.predictor import Footprint, Predictor
from lsd2.networks.unet_config import UNetConfig
from lsd2.options import ProcessOptions
from lsd2.photo import ModelIdentity
from lsd2.progress import Progress, Stage

OVERLAP = 96
GUARD = 32
"""Measured with trained weights: so the tiled result is within 1/255 of the untiled one; with 64 and 24 it is not."""


def unet_footprint(entry: ModelEntry) -> Footprint:
    """Tile needs of a member of LSD2's family of networks.

    The peak is in the last decoder block: its input of two stacks of maps, its output, and what the convolution library
    rearranges; eight stacks in all with what the allocator keeps for reuse, as measured on the fast network.
    """
    config = UNetConfig.from_dict(entry.config)
    maps = 8 * config.widths[0] / config.shuffle**2
    return Footprint(config.grid, OVERLAP, GUARD, maps)


def make_ready(method: MethodInfo, options: ProcessOptions, progress: Progress) -> None:
    """Load the network of a method that has one, so that what is timed afterwards is the method's own work.

    Raises
    ------
    Cancelled, Lsd2Error
        As `Method.run`.
    """
    if method.trained:
        _engine(find_model(method.name, options.model), options, progress)


def _engine(entry: ModelEntry, options: ProcessOptions, progress: Progress) -> Engine:
    progress.report(Stage.LOAD_MODEL, 0, 1)
    engine = ready_engine(entry, options.device)
    progress.report(Stage.LOAD_MODEL, 1, 1)
    return engine


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
    engine = _engine(entry, options, progress)
    predictor = Predictor(through(engine) if through else engine, footprint(entry))
    pixels, plan = predictor.predict(read, size, options, progress)
    largest = max(max(tile.width, tile.height) for tile in plan.tiles)
    return MethodOutput(
        pixels=pixels,
        parameters={"engine": engine.name, "precision": engine.precision, "tile": largest, "tiles": len(plan)},
        model=ModelIdentity(entry.name, entry.sha256),
        device=engine.device,
    )
