"""Shot noise (Section 3.1.5 of the paper), and what a camera makes of it.

The variance of shot noise is proportional to the intensity: var = k I in linear light.  The Poisson law is
approximated by a Gaussian of that variance, as usual at these intensities.

The paper's noise is independent per pixel, as a sensor gives it.  A camera's demosaicing and denoising leave it
coarse, alike in neighbouring pixels and in part alike in the three channels, and nearly Gaussian in the *encoded*
picture, since they average before the gamma.  `Texture` models that; its ranges surround what the authors' real pairs
show (correlation 0.5-0.7 at one pixel, 0.1-0.4 at two, 0.3-0.45 between channels; red and blue 1.5 times green).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.training.synthesis.exposure import encode, to_display
from lsd2.training.synthesis.mosaic import expose_on_sensor
from lsd2.training.synthesis.processing import UNPROCESSED, Processing, draw_processing, process

READ_FLOOR = 2e-4
"""Intensity (of 1) whose shot noise stands for the sensor's read noise, so that black is not noise-free."""
TOE = 0.0031308
"""Intensity below which the encoding is linear (IEC 61966-2-1), so that noise in black is not lifted without bound."""
FAINT = 1e-3
"""What remains of the noise's variance in a pair that has hardly any."""
Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class NoiseModel:
    """Ranges of the short frame's noise.

    Attributes
    ----------
    level : range of k for red and blue, sampled evenly in the logarithm; green has half the variance, as in a Bayer
        sensor behind white-balance gains.
    ratio : range of the short frame's k over the long frame's, sampled evenly in the logarithm; k grows with the ISO.
    textured : probability that the noise has a camera's texture.
    mosaic : probability, if not, that it is made on a Bayer sensor.
    processed : probability of each step of a camera's processing.
    jpeg : probability of a JPEG round trip.
    quality : range of the JPEG quality.
    """

    level: Range
    ratio: Range
    textured: float = 0.0
    mosaic: float = 0.0
    processed: float = 0.0
    jpeg: float = 0.0
    quality: tuple[int, int] = (75, 97)


SHOT_ONLY = NoiseModel(level=(0.006, 0.026), ratio=(4.0, 4.0))
"""The paper's: independent per pixel, ratio 4 (ISO 800 to 200); k and ratio as measured on its published triplets."""
CAMERA = NoiseModel(level=(0.001, 0.02), ratio=(3.0, 24.0), textured=0.6, mosaic=0.75, processed=0.2, jpeg=0.4)
"""Coarse noise as the paper shows of real cameras in its Figure 3."""


@dataclass(frozen=True, slots=True)
class Texture:
    """How a camera's processing shapes the noise.

    Attributes
    ----------
    radii : Gaussian sigma of the fine part per channel (R, G, B), pixels.
    blotch_radius, blotch_share : sigma of the coarse part, and its share of the variance.
    common : share of the variance that is the same in all channels.
    """

    radii: tuple[float, float, float]
    blotch_radius: float
    blotch_share: float
    common: float


@dataclass(frozen=True, slots=True)
class NoiseDraw:
    """One camera: `levels` k (3,) RGB of the short frame, `ratio` to the long one's, and how it makes pictures."""

    levels: NDArray[np.float32]
    ratio: float
    texture: Texture | None
    jpeg_quality: int | None
    mosaic: bool = False
    processing: Processing = UNPROCESSED


def draw_noise(model: NoiseModel, rng: np.random.Generator) -> NoiseDraw:
    """Sample one camera from `model`."""
    level = np.exp(rng.uniform(*np.log(model.level)))
    levels = level * np.array([1.0, 0.5, 1.0]) * rng.uniform(0.8, 1.25, 3)
    ratio = float(np.exp(rng.uniform(*np.log(model.ratio))))
    texture = draw_texture(rng) if rng.random() < model.textured else None
    quality = int(rng.integers(model.quality[0], model.quality[1] + 1)) if rng.random() < model.jpeg else None
    mosaic = texture is None and rng.random() < model.mosaic
    return NoiseDraw(levels.astype(np.float32), ratio, texture, quality, mosaic, draw_processing(model.processed, rng))


def draw_texture(rng: np.random.Generator) -> Texture:
    """Sample a camera's texture: green is the finest channel."""
    green = float(rng.uniform(0.35, 0.9))
    red, blue = (green * float(rng.uniform(1.0, 1.6)) for _ in range(2))
    return Texture(
        (red, green, blue), float(rng.uniform(1.5, 4.0)), float(rng.uniform(0, 0.3)), float(rng.uniform(0, 0.4))
    )


def textured_noise(size: tuple[int, int], texture: Texture, rng: np.random.Generator) -> NDArray[np.float32]:
    """Gaussian noise (H, W, 3) of unit variance in every channel with the given texture."""
    common = np.sqrt(texture.common)
    own = np.sqrt(1 - texture.common)
    white = rng.standard_normal((*size, 4), dtype=np.float32)
    mixed = own * white[..., :3] + common * white[..., 3:]
    fine = np.stack([_smoothed(mixed[..., i], texture.radii[i]) for i in range(3)], axis=2)
    if texture.blotch_share == 0:
        return fine
    blotches = _smoothed(rng.standard_normal((*size, 3), dtype=np.float32), texture.blotch_radius)
    shares = np.sqrt([1 - texture.blotch_share, texture.blotch_share]).astype(np.float32)
    return np.asarray(shares[0] * fine + shares[1] * blotches, np.float32)


def _smoothed(white: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    """White noise smoothed by a Gaussian, with its variance of 1 restored: 1/(4 pi sigma^2) in the continuous limit."""
    kernel = cv2.getGaussianKernel(2 * int(np.ceil(3 * sigma)) + 1, sigma, cv2.CV_32F)
    smooth = cv2.sepFilter2D(np.ascontiguousarray(white), -1, kernel, kernel, borderType=cv2.BORDER_REFLECT_101)
    return np.asarray(smooth / np.float32((kernel**2).sum()), np.float32)


def add_noise(
    linear: NDArray[np.float32], draw: NoiseDraw, rng: np.random.Generator, ratio: float = 1.0
) -> NDArray[np.float32]:
    """Expose: noise of variance k I / ratio per channel, clipping, gamma.

    Parameters
    ----------
    linear : linear light, HWC, RGB, not clipped.

    Returns
    -------
    A display image in [0, 1].
    """
    return process(_noisy(linear, draw, draw.levels / np.float32(ratio), rng), draw.processing)


def _noisy(
    linear: NDArray[np.float32], draw: NoiseDraw, levels: NDArray[np.float32], rng: np.random.Generator
) -> NDArray[np.float32]:
    """A display image in [0, 1] with noise of variance k I."""
    if draw.mosaic:
        return to_display(expose_on_sensor(linear, levels, READ_FLOOR, rng))
    if draw.texture is None:
        return to_display(add_shot_noise(linear, levels, rng))
    noise = textured_noise(linear.shape[:2], draw.texture, rng)
    spread = noise * deviation(linear, levels) * encoding_slope(linear)
    # Clipped last: what is far above white stays white, whatever its noise.
    return np.clip(encode(linear) + spread, 0, 1)


def add_shot_noise(
    linear: NDArray[np.float32], levels: NDArray[np.float32], rng: np.random.Generator
) -> NDArray[np.float32]:
    """Independent noise of variance k I per pixel.  Linear light, HWC, RGB; the result is not clipped."""
    return np.asarray(
        linear + deviation(linear, levels) * rng.standard_normal(linear.shape, dtype=np.float32), np.float32
    )


def deviation(linear: NDArray[np.float32], levels: NDArray[np.float32]) -> NDArray[np.float32]:
    """Standard deviation sqrt(k I) of shot noise in linear light."""
    return np.asarray(np.sqrt((np.maximum(linear, 0) + np.float32(READ_FLOOR)) * levels), np.float32)


def encoding_slope(linear: NDArray[np.float32]) -> NDArray[np.float32]:
    """Derivative of the encoding with exponent 1/2.2 above the toe."""
    return np.asarray(cv2.pow(np.maximum(linear, np.float32(TOE)), 1 / 2.2 - 1), np.float32) / np.float32(2.2)


def jpeg_round_trip(image: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    """Compress and decompress a display image (H, W, 3) of 8 bit."""
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
