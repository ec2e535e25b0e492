"""The sky over the rendered street."""

from __future__ import annotations

import cv2
import numpy as np

from lsd2.training.synthesis.night.surface import Colour, FloatImage, fractal_noise

SKIES: tuple[tuple[Colour, Colour], ...] = (
    ((0.0035, 0.0060, 0.0190), (0.060, 0.042, 0.036)),
    ((0.0060, 0.0070, 0.0160), (0.085, 0.050, 0.030)),
    ((0.0050, 0.0110, 0.0340), (0.045, 0.048, 0.070)),
    ((0.0100, 0.0090, 0.0200), (0.075, 0.040, 0.050)),
)
"""(zenith, horizon): radiance of clear, lamp-lit, blue-hour and violet nights."""


def sky(width: int, height: int, kind: int, rng: np.random.Generator, grain: np.random.Generator) -> FloatImage:
    """Radiance (height, width, 3) from high up (first row) to the horizon (last row), with clouds and stars."""
    zenith, horizon = (np.asarray(colour, np.float32) for colour in SKIES[kind])
    t = np.linspace(0, 1, height, dtype=np.float32)[:, None, None] ** np.float32(1.8)
    base = zenith + t * (horizon - zenith)
    clouds = _clouds(width, height, float(rng.uniform(-0.3, 0.5)), grain)[..., None]
    image = np.asarray(base * (1 + 0.8 * clouds) + clouds * horizon * 0.22, np.float32)
    image += _stars(width, height, rng)[..., None] * (1 - 0.95 * clouds)
    return np.asarray(image, np.float32)


def _clouds(width: int, height: int, cover: float, grain: np.random.Generator) -> FloatImage:
    """Cover (H, W) in [0, 1]; flatter towards the horizon."""
    noise = fractal_noise((192, 256), 48, grain, 6)
    soft = np.asarray(cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC))
    return np.asarray(np.clip(0.45 * (soft + cover), 0, 1), np.float32)


def _stars(width: int, height: int, rng: np.random.Generator) -> FloatImage:
    image = np.zeros((height, width), np.float32)
    sigma = max(width / 3200 * 0.9, 0.45)
    for x, y, light in zip(rng.random(90), rng.random(90) ** 1.5, rng.random(90) ** 4, strict=True):
        image[int(y * (height - 1)), int(x * (width - 1))] += 2.2 * light * sigma**2
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.float32)
