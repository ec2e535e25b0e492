"""Plain exposure fusion of the two frames as they are, to compare with; see `lsd2.imaging.fusion`."""

from __future__ import annotations

from dataclasses import asdict

from lsd2.imaging.fusion.mertens import fuse
from lsd2.imaging.fusion.weights import Weighting
from lsd2.methods.base import MethodInfo, MethodOutput, PreparedPair
from lsd2.options import ProcessOptions
from lsd2.progress import Progress, Stage

PAPER = Weighting(detail=1, colour=1, light=1)


class Mertens:
    """The method behind the protocol of `methods.base`."""

    def __init__(self, info: MethodInfo) -> None:
        self.info = info

    def run(self, pair: PreparedPair, options: ProcessOptions, progress: Progress) -> MethodOutput:
        """Fuse the registered long frame and the short one, noise and blur included, with the paper's weights."""
        memory = options.memory_budget_gb * 1e9
        fused = fuse((pair.long, pair.short), PAPER, memory, lambda *steps: progress.report(Stage.PROCESS, *steps))
        return MethodOutput(fused.pixels, {"weights": asdict(PAPER)}, short_share=fused.last_weight)
