"""Facts in words for people: short, the way cameras write them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from lsd2.metadata import Metadata, shutter_text
from lsd2.options import Effort
from lsd2.progress import Stage
from lsd2_gui.canvas.look import Channel, Difference
from lsd2_gui.library_words import translated

if TYPE_CHECKING:
    from lsd2.photo import AlignmentReport

SMALLEST_SHARE = 0.001
"""Smaller shares are not told apart."""


def tr(text: str) -> str:
    """The text in the user's language; `text` is the English original and the key.

    Give it a literal, and fill gaps afterwards: `tr("{0} EV apart").format(gap)`.  See CONTRIBUTING for catalogues.
    """
    return QCoreApplication.translate("lsd2", text)


def mark(text: str) -> str:
    """Say that a text of a table is to be translated; whoever shows it gives it to `tr`."""
    return text


def decimal(value: float, digits: int = 1) -> str:
    """A number with that many digits after the point, or whatever the user's language puts there."""
    return QLocale().toString(float(value), "f", digits)


def significant(value: float, digits: int = 3) -> str:
    """A number with that many digits that say something."""
    return QLocale().toString(float(value), "g", digits)


def exposure(metadata: Metadata) -> str:
    """Shutter, aperture and sensitivity as far as known; empty if nothing is."""
    parts = []
    if metadata.exposure_seconds:
        parts.append(translated(shutter_text(metadata.exposure_seconds)))
    if metadata.f_number:
        parts.append(f"f/{significant(metadata.f_number, 2)}")
    if metadata.iso:
        parts.append(f"ISO {metadata.iso}")
    return "  ".join(parts)


def stops(gain: float) -> str:
    """A gain in linear light as exposure values: `3.2 EV`."""
    return tr("{0} EV").format(decimal(math.log2(gain)))


def dimensions(width: int, height: int) -> str:
    """`6000 x 4000`, and the megapixels where they say more than nothing."""
    megapixels = width * height / 1e6
    return f"{width} \N{MULTIPLICATION SIGN} {height}" + (
        f"  ({significant(megapixels)} MP)" if megapixels >= 1 else ""
    )


def duration(seconds: float) -> str:
    """`under 0.1 s`, `0.4 s`, `12 s`, `3 min 05 s`, `1 h 02 min`."""
    if 0 < seconds < 0.05:
        return tr("under {0}").format(duration(0.1))
    if seconds < 9.95:
        return tr("{0} s").format(decimal(seconds))
    whole = round(seconds)
    if whole < 60:
        return tr("{0} s").format(whole)
    if whole < 3600:
        return tr("{0} min {1} s").format(whole // 60, f"{whole % 60:02d}")
    return tr("{0} h {1} min").format(whole // 3600, f"{whole % 3600 // 60:02d}")


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
        Stage.FINISH: tr("Bringing back highlights"),
        Stage.WRITE: tr("Writing the file"),
    }[value]


def sentence(words: str) -> str:
    """A line of the library's as a sentence in the user's language: capital first, full stop last."""
    words = translated(words.strip())
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")


def alignment(report: AlignmentReport) -> str:
    """What was done to register the frames."""
    if report.applied:
        return sentence(report.reason)
    return tr("The long photo was not moved: {0}").format(translated(report.reason).rstrip(".") + ".")


def noise_level(parameters: Mapping[str, object]) -> str:
    """The noise level that a denoiser took away; empty for results without one."""
    sigma = parameters.get("sigma")
    if not isinstance(sigma, float | int):
        return ""
    given = parameters.get("sigma_source") == "given"
    words = tr("Noise level as given: sigma {0}") if given else tr("Noise level, estimated: sigma {0}")
    return words.format(decimal(sigma))


def noise_taken(parameters: Mapping[str, object]) -> str:
    """The noise level of a denoiser behind its name: " sigma 12"; empty for results without one."""
    sigma = parameters.get("sigma")
    return tr(" sigma {0}").format(significant(sigma)) if isinstance(sigma, float | int) else ""


def effort(parameters: Mapping[str, object]) -> tuple[str, ...]:
    """The effort where it is not the usual one, for a corner: "best"; else nothing."""
    options = parameters.get("options")
    chosen = options.get("effort") if isinstance(options, Mapping) else None
    words = {str(Effort.QUICK): tr("quick"), str(Effort.BEST): tr("best")}.get(str(chosen))
    return (words,) if words else ()


def effort_words(parameters: Mapping[str, object]) -> str:
    """Where the effort that LSD2 was asked for changed nothing on this pair: that, in a line; else empty."""
    options = parameters.get("options")
    effort = options.get("effort") if isinstance(options, Mapping) else None
    if effort not in (Effort.NORMAL, Effort.BEST) or "coarse_levels" not in parameters:
        return ""
    classical, *more = (bool(parameters.get(told)) for told in ("classical_look", "mirrored_look", "denoised_sigma"))
    if not classical and not any(more):
        return tr("Looking again adds nothing on this pair: the result is the same as with the effort Quick.")
    if effort == Effort.BEST and not any(more):
        return tr("Best adds nothing on this pair: the result is the same as with the effort Normal.")
    return ""


def device(name: str) -> str:
    """`cuda:0` and the like in words."""
    if name.startswith("cuda") or name == "mps":
        return tr("the graphics card")
    return tr("the processor")


def percent(scale: float) -> str:
    """A zoom factor."""
    share = scale * 100
    return tr("{0} %").format(decimal(share, 0 if share >= 9.95 else 1))


def done(share: float) -> str:
    """How far a run is: `42 %`."""
    return tr("{0} %").format(math.floor(share * 100))


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
