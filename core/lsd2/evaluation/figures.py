"""The figures of a measurement, and the report that every evaluation ends in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import fmean

from lsd2.errors import Lsd2Error, PairError
from lsd2.imaging.quality import psnr, ssim
from lsd2.photo import FloatImage

Figures = dict[str, float]
"""By name of the measure; "seconds" is the method's own time."""
ByMethod = dict[str, Figures]
MEASURES = ("psnr", "ssim", "seconds")


@dataclass(frozen=True, slots=True)
class Report:
    """Figures per image and method, and their means per method."""

    images: dict[str, ByMethod]
    mean: ByMethod

    def to_dict(self) -> dict[str, object]:
        """In the form of `--json`."""
        return {"images": self.images, "mean": self.mean}


def measure(pixels: FloatImage, reference: FloatImage) -> Figures:
    """PSNR (dB) and SSIM of a display image against a reference of the same size.

    Raises
    ------
    PairError
        When the sizes differ.
    """
    check_reference(pixels, reference)
    return {"psnr": psnr(pixels, reference), "ssim": ssim(pixels, reference)}


def check_reference(pixels: FloatImage, reference: FloatImage) -> None:
    """Raise `PairError` when a reference does not have the size of the picture it is for."""
    if pixels.shape != reference.shape:
        sizes = [f"{image.shape[1]}x{image.shape[0]}" for image in (pixels, reference)]
        raise PairError(f"the result is {sizes[0]} but the reference is {sizes[1]}; give a reference of the same size")


def measure_all(
    names: Iterable[str], figures_of: Callable[[str], ByMethod], show: Callable[[str, ByMethod], None], what: str
) -> Report:
    """Measure one image after the other.

    Parameters
    ----------
    figures_of : measures the image of that name.
    show : told about every image that is done.
    what : one of the images in words, for messages.

    Raises
    ------
    Lsd2Error
        When an image cannot be processed; a mean over fewer images would not be comparable.
    """
    images: dict[str, ByMethod] = {}
    for name in names:
        try:
            images[name] = figures_of(name)
        except Lsd2Error as error:
            raise type(error)(f"{what} {name}: {error}") from error
        show(name, images[name])
    return Report(images, mean_figures(images))


def mean_figures(images: dict[str, ByMethod]) -> ByMethod:
    """Mean of every measure per method over all images."""
    methods = list(next(iter(images.values())))
    return {
        method: {name: fmean(image[method][name] for image in images.values()) for name in MEASURES}
        for method in methods
    }
