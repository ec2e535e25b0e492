"""Light of the rendered night scene: lamps that shine on walls and ground, and the glow a lens adds."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.training.synthesis.night.surface import Colour, FloatImage, Surface

Vector = tuple[float, float, float]
LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)
LIGHT_CELL = 0.12
"""Grid, metres, on which irradiance is computed; between its points it is interpolated."""


@dataclass(frozen=True, slots=True)
class Light:
    """A small lamp at `position` (metres; x across the street, y up, z along it) of radiant intensity `power` (RGB)."""

    position: Vector
    power: Colour
    on_walls: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a flat surface lies: its lower left corner and the unit vectors to its right and upwards."""

    origin: Vector
    right: Vector
    up: Vector = (0.0, 1.0, 0.0)

    def points(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """World positions (..., 3) of surface coordinates, metres."""
        return np.asarray(
            np.asarray(self.origin) + x[..., None] * np.asarray(self.right) + y[..., None] * np.asarray(self.up)
        )

    def normal(self) -> NDArray[np.float64]:
        """Unit vector towards the viewer of the surface's front."""
        return np.cross(self.up, self.right)


def irradiance(
    points: NDArray[np.float64], frame: Frame, lights: list[Light], ambient: Colour
) -> tuple[FloatImage, FloatImage]:
    """Light falling on a surface.

    Returns
    -------
    (..., 3) irradiance over pi, and (..., 2) how its luminance changes, relatively, as the surface leans right and up:
    tilting the normal by a small slope (sx, sy) multiplies the irradiance by 1 - sx * t[0] - sy * t[1].
    """
    total = np.empty((*points.shape[:-1], 3))
    total[:] = ambient
    lean = np.zeros((*points.shape[:-1], 2))
    axes = np.stack([frame.right, frame.up])
    for light in lights:
        away = np.asarray(light.position) - points
        falloff = (np.square(away).sum(axis=-1) + 0.03) ** -1.5
        total += (np.maximum(away @ frame.normal(), 0) * falloff)[..., None] * np.asarray(light.power)
        facing = (away @ frame.normal() > 0) * falloff * float(np.dot(light.power, LUMINANCE))
        lean += (away @ axes.T) * facing[..., None]
    lean /= (total @ LUMINANCE)[..., None] + 1e-9
    return total.astype(np.float32), np.clip(lean, -4, 4).astype(np.float32)


def lit(surface: Surface, frame: Frame, lights: list[Light], ambient: Colour) -> FloatImage:
    """The surface's premultiplied radiance and coverage, (H, W, 4), under the lights."""
    nx, ny = (max(int(size / LIGHT_CELL) + 2, 2) for size in (surface.width, surface.height))
    x, y = np.meshgrid(np.linspace(0, surface.width, nx), np.linspace(surface.height, 0, ny))
    near = [light for light in lights if light.on_walls]
    total, lean = irradiance(frame.points(x, y), frame, near, ambient)
    size = surface.shape[::-1]
    total, lean = (
        np.asarray(cv2.resize(field, size, interpolation=cv2.INTER_LINEAR), np.float32) for field in (total, lean)
    )
    shade = _bumps(surface, lean) * _occlusion(surface)
    radiance = surface.albedo * total * shade[..., None] + surface.emission
    return np.dstack([radiance * surface.alpha[..., None], surface.alpha]).astype(np.float32)


def _bumps(surface: Surface, lean: FloatImage) -> FloatImage:
    """Factor (H, W) by which the relief's slopes change the irradiance."""
    scale = np.float32(surface.density / 2)
    slope_x = cv2.Sobel(surface.relief, cv2.CV_32F, 1, 0, ksize=1) * scale
    slope_y = cv2.Sobel(surface.relief, cv2.CV_32F, 0, 1, ksize=1) * -scale
    tilt = np.clip(slope_x, -0.9, 0.9) * lean[..., 0] + np.clip(slope_y, -0.9, 0.9) * lean[..., 1]
    return np.asarray(np.clip(1 - tilt, 0.12, 2.6), np.float32)


def _occlusion(surface: Surface) -> FloatImage:
    """Corners and recesses get less light: factor (H, W)."""
    factor = np.ones(surface.shape, np.float32)
    for radius, strength in ((0.05, 3.0), (0.18, 3.2)):
        around = _wide_blur(surface.relief, max(radius * surface.density, 0.3))
        factor *= np.clip(1 - strength * np.clip(around - surface.relief, 0, 0.25), 0.25, 1)
    return factor


def glow(image: FloatImage, unit: float) -> FloatImage:
    """Add what the lens scatters: several Gaussian lobes from `unit` pixels upwards.  Linear light, HWC, RGB."""
    total = image * np.float32(0.93)
    for step, weight in ((1.2, 0.030), (4.0, 0.022), (12.0, 0.018), (36.0, 0.016), (90.0, 0.008)):
        total += np.float32(weight) * _wide_blur(image, step * unit)
    return np.asarray(total, np.float32)


def _wide_blur(image: FloatImage, sigma: float) -> FloatImage:
    """Gaussian blur, on a smaller copy where sigma is large."""
    shrink = max(1, int(sigma / 2.5))
    if shrink == 1:
        return np.asarray(cv2.GaussianBlur(image, (0, 0), max(sigma, 0.1)), np.float32)
    height, width = image.shape[:2]
    small = cv2.resize(image, (max(width // shrink, 2), max(height // shrink, 2)), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), sigma / shrink, borderType=cv2.BORDER_REFLECT)
    return np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
