"""How strong the noise of a photo is, from the photo alone: per channel, per brightness, and as one number.

The image is looked at in 8x8 blocks.  Among blocks of like brightness, those with the least energy in the *low* DCT
frequencies hold hardly any texture; their *high* frequencies are noise, and were not looked at in choosing them, so
white noise is measured without bias [1, 2].  One curve of sigma over brightness comes out per channel.

A camera's own JPEG holds smoothed noise: it has almost no high frequencies, and [1] sees a quarter of it or less.  So
the blocks of least energy over *all* frequencies are measured too.  Noise is everywhere, hence even they hold it, only
less of it by the chance of a chi-squared variable, which is known and undone.  Texture is not everywhere: there the
least blocks and the next ones disagree.  This measure counts as far as its blocks agree and the first one finds
distinctly less; both fade in smoothly.  Its sigma is that of white noise as strong as this noise is at its strongest
frequencies in the picture at half size: a denoiser for white noise that is given only the standard deviation of
smoothed noise leaves most of it (BM3D on PolyU photos then stays 1 to 2.5 dB below its best).

References
----------
[1] N. Ponomarenko, V. Lukin, M. Zriakhov, A. Kaarna and J. Astola, "An automatic approach to lossy compression of
AVIRIS images", IGARSS 2007.
[2] M. Colom and A. Buades, "Analysis and Extension of the Ponomarenko et al. Method, Estimating a Noise Curve from a
Single Image", IPOL 3, 2013.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.noise_blocks import Blocks, by_level, halved, read_blocks
from lsd2.imaging.noise_spectrum import LeastNoise, least_noise
from lsd2.photo import FloatImage
from lsd2.progress import Progress, Silent, Stage

SELECTED = 0.01
MIN_SELECTED = 100
"""Share and least number of blocks of one brightness that are measured."""
FINE_SHARE = (0.75, 0.55)
AGREEMENT = (1.20, 1.10)
"""Where the second measure begins and wholly counts: the first one's share of it; its own disagreement.  From clean and
noisy Kodak images on one side, and smoothed camera noise of known strength (the PolyU set) on the other."""
CERTAIN = (1.05, 1.025)
CERTAIN_SHARE = (0.92, 0.82)
"""Below this disagreement there is nothing but noise, and the second measure counts from this share of the first one
on: demosaicing alone takes no more of the highest frequencies (BM3D then stayed 3 dB below its best)."""
SMOOTHED = (0.35, 0.25)
LENIENT = (1.25, 1.15)
"""Below these shares only a camera's smoothing can be at work, and textured photos with such noise need more
room; still more would take the grass of an enlarged photo for noise."""

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
    levels: _Vector
    fine: _Vector
    scales: tuple[LeastNoise, LeastNoise]


def estimate_noise(image: FloatImage, progress: Progress | None = None) -> NoiseEstimate:
    """Measure the noise of a display image (H, W, 3) or (H, W).

    `progress` is told `Stage.ESTIMATE` after every channel and may raise `Cancelled`.  Noise beyond [0, 1] is taken as
    it is; blocks in which values pile up at 0 or 1 are left out as long as others remain.
    """
    report = progress or Silent()
    planes = image.reshape(*image.shape[:2], -1)
    count = planes.shape[2]
    report.report(Stage.ESTIMATE, 0, count)
    found = []
    for index in range(count):
        found.append(_measure(planes[..., index]))
        report.report(Stage.ESTIMATE, index + 1, count)
    return _combine(found)


def _combine(found: list[_Channel]) -> NoiseEstimate:
    fine = np.array([sqrt(np.mean(channel.fine**2)) for channel in found])
    coarse = np.array([2 * channel.scales[1].peak for channel in found])  # halving a picture halves white noise
    weight = _coarse_weight(_rms(fine), *(_pooled([channel.scales[scale] for channel in found]) for scale in (0, 1)))
    sigmas = fine + weight * np.maximum(coarse - fine, 0)
    curves = [_curve(*values) for values in zip(found, sigmas, fine, strict=True)]
    channels = tuple(255 * float(sigma) for sigma in sigmas)
    return NoiseEstimate(255 * _rms(sigmas), channels, 255 * _rms(fine), tuple(curves))


def _curve(channel: _Channel, sigma: float, fine: float) -> tuple[tuple[float, float], ...]:
    """The measured curve, raised as a whole where the noise is more than its finest frequencies."""
    sigmas = channel.fine * (255 * sigma / fine if fine > 0 else 255.0)
    return tuple(zip(channel.levels.tolist(), sigmas.tolist(), strict=True))


def _rms(values: _Vector) -> float:
    return sqrt(float(np.mean(values**2)))


def _pooled(channels: list[LeastNoise]) -> LeastNoise:
    return LeastNoise(*(_rms(np.array([getattr(c, name) for c in channels])) for name in ("least", "next", "peak")))


def _coarse_weight(fine: float, full: LeastNoise, half: LeastNoise) -> float:
    """How far the measure over all frequencies is to be believed, 0 to 1."""
    if full.least <= 0 or half.least <= 0:
        return 0.0
    share = fine / full.least
    smoothed = _ramp(share, *SMOOTHED)
    zero, one = (strict + smoothed * (lenient - strict) for strict, lenient in zip(AGREEMENT, LENIENT, strict=True))
    disagreement = max(scale.next / scale.least for scale in (full, half))
    certain = _ramp(disagreement, *CERTAIN)
    begins, counts = (some + certain * (more - some) for some, more in zip(FINE_SHARE, CERTAIN_SHARE, strict=True))
    return _ramp(disagreement, zero, one) * _ramp(share, begins, counts)


def _ramp(value: float, zero: float, one: float) -> float:
    return min(max((value - zero) / (one - zero), 0.0), 1.0)


def _measure(plane: FloatImage) -> _Channel:
    blocks = read_blocks(plane)
    parts = by_level(blocks)
    return _Channel(
        levels=np.array([blocks.level[part].mean() for part in parts], np.float64),
        fine=np.array([sqrt(_fine_variance(blocks, part)) for part in parts]),
        scales=(least_noise(blocks), least_noise(read_blocks(halved(plane)))),
    )


def _fine_variance(blocks: Blocks, part: NDArray[np.intp]) -> float:
    """Noise variance by the high frequencies of the blocks with the least low frequencies, as in [1, 2]."""
    wanted = min(max(MIN_SELECTED, ceil(SELECTED * len(part))), len(part))
    chosen = part[np.argpartition(blocks.low_energy[part], wanted - 1)[:wanted]]
    return float(np.median(blocks.high[chosen].mean(0)))
