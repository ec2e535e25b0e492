"""How strong the noise of a photo is, from the photo alone: per channel, per brightness, and as one number.

The image is looked at in 8x8 blocks.  Among blocks of like brightness, those with the least energy in the *low* DCT
frequencies hold hardly any texture; their *high* frequencies are noise, and were not looked at in choosing them, so
white noise is measured without bias [1, 2].  One curve of sigma over brightness comes out per channel.

A camera's own JPEG holds smoothed noise, and demosaicing smooths it, too: it has few high frequencies or almost none,
and [1] sees three quarters of it, or a tenth.  So noise is measured twice more.  In the picture at half size, [1] finds
noise of middling frequencies, which is what the multiscale estimate of [3] does.  And the blocks of least energy over
*all* frequencies are measured at both sizes: noise is everywhere, hence even they hold it, only less of it by the
chance of a chi-squared variable, which is known and undone.  Texture is not everywhere: it makes these measures
disagree, and the blocks differ from each other more than noise would make them.  `noise_trust` judges how far this is
to be believed.

The sigma that is given is that of white noise as strong as this noise is at its strongest frequencies in the picture
at half size: a denoiser for white noise that is given only the standard deviation of smoothed noise leaves most of it
(BM3D on PolyU photos then stays 1 to 2.5 dB below its best).

References
----------
[1] N. Ponomarenko, V. Lukin, M. Zriakhov, A. Kaarna and J. Astola, "An automatic approach to lossy compression of
AVIRIS images", IGARSS 2007.
[2] M. Colom and A. Buades, "Analysis and Extension of the Ponomarenko et al. Method, Estimating a Noise Curve from a
Single Image", IPOL 3, 2013.
[3] M. Lebrun, M. Colom and J.-M. Morel, "The Noise Clinic: a Blind Image Denoising Algorithm", IPOL 5, 2015.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.noise_blocks import Blocks, by_level, halved, read_blocks
from lsd2.imaging.noise_high import HighNoise, high_noise
from lsd2.imaging.noise_spectrum import LeastNoise, least_noise
from lsd2.imaging.noise_trust import Scale, coarse_sigma, rms
from lsd2.photo import FloatImage
from lsd2.progress import Progress, Silent, Stage

_Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NoiseEstimate:
    """Noise of a display image; all sigmas are standard deviations on the 0-255 scale of gamma-encoded values.

    Attributes
    ----------
    sigma : one number for denoisers that expect white Gaussian noise: RMS over brightness and channels.
    channels : the same for R, G and B (one value for a grey image).
    fine_sigma : what the finest frequencies alone say; far below `sigma` if the noise is smoothed, and then `sigma` is
        more than the standard deviation of the noise.
    curves : per channel, (level, sigma) by rising level; levels are gamma-encoded, in [0, 1].
    """

    sigma: float
    channels: tuple[float, ...]
    fine_sigma: float
    curves: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class _Channel:
    """Levels of brightness, and both measures of the noise at full and at half size."""

    levels: _Vector
    high: tuple[HighNoise, HighNoise]
    least: tuple[LeastNoise, LeastNoise]


def estimate_noise(image: FloatImage, progress: Progress | None = None) -> NoiseEstimate:
    """Measure the noise of a display image (H, W, 3) or (H, W).

    `progress` is told `Stage.ESTIMATE` after every channel, and between the steps of each, for a cancel.  Noise beyond
    [0, 1] is taken as it is; blocks in which values pile up at 0 or 1 are left out as long as others remain.
    """
    report = progress or Silent()
    planes = image.reshape(*image.shape[:2], -1)
    count = planes.shape[2]
    report.report(Stage.ESTIMATE, 0, count)
    steps = [partial(report.report, Stage.ESTIMATE, index, count) for index in range(count)]
    found = [_measure(planes[..., index], step) for index, step in enumerate(steps)]
    report.report(Stage.ESTIMATE, count, count)
    return _combine(found)


def _combine(found: list[_Channel]) -> NoiseEstimate:
    fine = np.array([rms(channel.high[0].sigmas) for channel in found])
    coarse = np.array([2 * channel.least[1].peak for channel in found])  # halving a picture halves white noise
    full, half = (Scale.of([(c.high[size], c.least[size]) for c in found]) for size in (0, 1))
    sigmas = coarse_sigma(fine, coarse, full, half)
    curves = [_curve(*values) for values in zip(found, sigmas, fine, strict=True)]
    channels = tuple(255 * float(sigma) for sigma in sigmas)
    return NoiseEstimate(255 * rms(sigmas), channels, 255 * rms(fine), tuple(curves))


def _curve(channel: _Channel, sigma: float, fine: float) -> tuple[tuple[float, float], ...]:
    """The measured curve, raised as a whole where the noise is more than its finest frequencies."""
    sigmas = channel.high[0].sigmas * (255 * sigma / fine if fine > 0 else 255.0)
    return tuple(zip(channel.levels.tolist(), sigmas.tolist(), strict=True))


def _measure(plane: FloatImage, between: Callable[[], None]) -> _Channel:
    blocks = read_blocks(plane)
    levels = np.array([blocks.level[part].mean() for part in by_level(blocks)], np.float64)
    high, least = _both(blocks, between)
    half_high, half_least = _both(read_blocks(halved(plane)), between)
    return _Channel(levels, (high, half_high), (least, half_least))


def _both(blocks: Blocks, between: Callable[[], None]) -> tuple[HighNoise, LeastNoise]:
    between()
    high = high_noise(blocks)
    between()
    least = least_noise(blocks)
    between()
    return high, least
