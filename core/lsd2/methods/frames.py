"""The two frames themselves, as rows of a comparison."""

from __future__ import annotations

from lsd2.methods.base import MethodInfo, MethodOutput, PreparedPair
from lsd2.options import ProcessOptions
from lsd2.progress import Progress, Stage


class ShortMatched:
    """The short frame in the brightness and colours of the long one, with all its noise."""

    def __init__(self, info: MethodInfo) -> None:
        self.info = info

    def run(self, pair: PreparedPair, options: ProcessOptions, progress: Progress) -> MethodOutput:
        """Match the short frame; the gains are in the parameters."""
        progress.report(Stage.PROCESS, 0, 1)
        report = pair.brightness
        matched = report.apply(pair.short)
        progress.report(Stage.PROCESS, 1, 1)
        return MethodOutput(matched, {"photometry": report.to_dict()})


class LongRegistered:
    """The long frame as every method gets it: registered to the short one, with all its blur."""

    def __init__(self, info: MethodInfo) -> None:
        self.info = info

    def run(self, pair: PreparedPair, options: ProcessOptions, progress: Progress) -> MethodOutput:
        """The pixels that all methods got."""
        progress.report(Stage.PROCESS, 1, 1)
        return MethodOutput(pair.long)
