"""What a sheet says about a method and about the whole comparison."""

from __future__ import annotations

from collections.abc import Sequence

import lsd2
from lsd2.comparison.layout import zoom_of
from lsd2.comparison.rows import Compared
from lsd2.metadata import Metadata, shutter_text
from lsd2.photo import Crop


def method_lines(rows: Sequence[Compared]) -> list[tuple[str, ...]]:
    """Lines of every method: its key parameter, its figures, its time; a line that all leave empty is dropped."""
    lines = [(_parameter(row), _figures(row), _time(row)) for row in rows]
    kept = [index for index in range(3) if any(line[index] for line in lines)]
    return [tuple(line[index] for index in kept) for line in lines]


def _parameter(row: Compared) -> str:
    parameters, model = row.result.parameters, row.result.model
    if "sigma" in parameters:
        return f"sigma {parameters['sigma']:.1f} ({parameters['sigma_source']})"
    if model is not None:
        return model.name
    if "photometry" in parameters:
        return "gain " + " / ".join(f"{gain:.1f}" for gain in parameters["photometry"]["gain"])
    return "aligned" if row.result.alignment.applied else "not aligned"


def _figures(row: Compared) -> str:
    figures = row.figures
    if "psnr" in figures:
        return f"{figures['psnr']:.2f} dB / {figures['ssim']:.3f}"
    sharp = f"Q {figures['sharpness']:.1f}, " if "sharpness" in figures else ""
    return f"{sharp}noise {figures['noise']:.1f}" if "noise" in figures else ""


def _time(row: Compared) -> str:
    seconds = row.result.seconds
    return f"{seconds:.1f} s on {row.result.device.upper()}" if seconds >= 0.05 else "under 0.1 s"


def exposure(metadata: Metadata) -> str:
    """Shutter time and sensitivity as photographers write them; empty if the camera did not say."""
    parts = []
    seconds = metadata.exposure_seconds
    if seconds:
        parts.append(shutter_text(seconds))
    if metadata.iso:
        parts.append(f"ISO {metadata.iso}")
    return ", ".join(parts)


def footer(rows: Sequence[Compared], crops: Sequence[Crop], chosen_by_user: bool, reference: str | None) -> str:
    """How the comparison was made, in plain words."""
    alignment = rows[0].result.alignment
    sentences = [
        f"All methods were given the same pixels ({alignment.reason}).",
        _matching(rows),
        _crops(crops, chosen_by_user),
        f"Figures: PSNR / SSIM against {reference}." if reference else _alone(rows),
        f"LSD2 {lsd2.__version__}.",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _alone(rows: Sequence[Compared]) -> str:
    """What the figures without a reference are."""
    if not any("noise" in row.figures for row in rows):
        return ""
    return (
        "Q: sharpness of the edges after Zhu and Milanfar (2010), more is sharper; noise: standard deviation in the "
        "smoothest parts, of 255; neither knows the true scene."
    )


def _matching(rows: Sequence[Compared]) -> str:
    labels = [row.result.label for row in rows if "photometry" in row.result.parameters]
    matched = (
        f"{'; '.join(labels)}: every channel has the histogram of the long exposure{_gains(rows)}." if labels else ""
    )
    fitted = "; ".join(row.result.label for row in rows if "exposure" in row.result.parameters)
    blurred = f"{fitted}: gain and offset of each channel, found through the blur." if fitted else ""
    return f"{matched} {blurred}".strip()


def _gains(rows: Sequence[Compared]) -> str:
    shown = any(_parameter(row).startswith("gain") for row in rows)
    return " (gain: of its red, green and blue)" if shown else ""


def _crops(crops: Sequence[Crop], chosen_by_user: bool) -> str:
    places = [
        f"{letter} at ({crop.x}, {crop.y}), {crop.width} x {crop.height} pixels{_enlarged(crop)}"
        for letter, crop in zip("abcdefghijklmnopqrstuvwxyz", crops, strict=False)
    ]
    why = "" if chosen_by_user else ", chosen where the methods differ most"
    return f"Crops{why}: {'; '.join(places)}." if places else ""


def _enlarged(crop: Crop) -> str:
    return f", {zoom_of(crop)}x" if zoom_of(crop) > 1 else ""
