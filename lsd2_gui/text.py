"""Facts in words for people: short, the way cameras write them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from lsd2.io.pairing import shutter_text
from lsd2.photo import AlignmentReport, Metadata
from lsd2.progress import Stage
from lsd2_gui.canvas.look import Channel, Difference

SMALLEST_SHARE = 0.001
"""Smaller shares are not told apart."""


def tr(text: str) -> str:
    """The text in the user's language; `text` is the English original and the key."""
    return QCoreApplication.translate("lsd2", text)


def exposure(metadata: Metadata) -> str:
    """Shutter, aperture and sensitivity as far as known; empty if nothing is."""
    parts = []
    if metadata.exposure_seconds:
        parts.append(shutter_text(metadata.exposure_seconds))
    if metadata.f_number:
        parts.append(f"f/{metadata.f_number:.2g}")
    if metadata.iso:
        parts.append(f"ISO {metadata.iso}")
    return "  ".join(parts)


def stops(gain: float) -> str:
    """A gain in linear light as exposure values: `3.2 EV`."""
    return f"{math.log2(gain):.1f} EV"


def dimensions(width: int, height: int) -> str:
    """`6000 x 4000`, and the megapixels where they say more than nothing."""
    megapixels = width * height / 1e6
    return f"{width} \N{MULTIPLICATION SIGN} {height}" + (f"  ({megapixels:.3g} MP)" if megapixels >= 1 else "")


def duration(seconds: float) -> str:
    """`0.4 s`, `12 s`, `3 min 05 s`, `1 h 02 min`."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def clock(seconds: float) -> str:
    """`0:07`, `12:34`, `1:02:03`: for times that tick."""
    whole = int(seconds)
    hours, minutes = whole // 3600, whole % 3600 // 60
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def stage(value: Stage) -> str:
    """What is being done."""
    return {
        Stage.READ: tr("Reading the photos"),
        Stage.ALIGN: tr("Aligning the long frame"),
        Stage.LOAD_MODEL: tr("Loading the network"),
        Stage.ESTIMATE: tr("Measuring the noise"),
        Stage.PROCESS: tr("Fusing"),
        Stage.WRITE: tr("Writing the file"),
    }[value]


def sentence(words: str) -> str:
    """A line of the library's as a sentence: capital first, full stop last."""
    words = words.strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")


def alignment(report: AlignmentReport) -> str:
    """What was done to register the frames."""
    if report.applied:
        return sentence(report.reason)
    return tr("The long photo was not moved: {0}").format(
        sentence(report.reason)[:1].lower() + sentence(report.reason)[1:]
    )


def noise_level(parameters: Mapping[str, object]) -> str:
    """The noise level that a denoiser took away; empty for results without one."""
    sigma = parameters.get("sigma")
    if not isinstance(sigma, float | int):
        return ""
    given = parameters.get("sigma_source") == "given"
    words = tr("Noise level as given: sigma {0}") if given else tr("Noise level, estimated: sigma {0}")
    return words.format(f"{sigma:.1f}")


def key_parameter(parameters: Mapping[str, object]) -> str:
    """What tells one run of a method from another, for a picture's corner: " sigma 12"; empty if nothing does."""
    sigma = parameters.get("sigma")
    return tr(" sigma {0}").format(f"{sigma:.3g}") if isinstance(sigma, float | int) else ""


def device(name: str) -> str:
    """`cuda:0` and the like in words."""
    if name.startswith("cuda") or name == "mps":
        return tr("the graphics card")
    return tr("the processor")


def percent(scale: float) -> str:
    """A zoom factor."""
    share = scale * 100
    return f"{share:.0f} %" if share >= 9.95 else f"{share:.1f} %"


def difference(kind: Difference) -> str:
    """How two pictures are subtracted."""
    return {
        Difference.ABSOLUTE: tr("absolute"),
        Difference.SIGNED: tr("signed"),
        Difference.LUMINANCE: tr("luminance"),
    }[kind]


def channel(value: Channel) -> str:
    """What a histogram shows."""
    return {
        Channel.RGB: tr("Colours"),
        Channel.RED: tr("Red"),
        Channel.GREEN: tr("Green"),
        Channel.BLUE: tr("Blue"),
        Channel.LUMINANCE: tr("Luminance"),
    }[value]


def share(value: float) -> str:
    """A share of a whole: `12 %`, `0.3 %`, `0 %`."""
    if 0 < value < SMALLEST_SHARE:
        return tr("under {0}").format(percent(SMALLEST_SHARE))
    return percent(value) if value else tr("{0} %").format(0)
