"""Windows and doors of the rendered night scene, lit and dark."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from lsd2.training.synthesis.night.surface import Colour, FloatImage, Rect, Surface, fractal_noise, smooth_noise
from lsd2.training.synthesis.night.walls import planks

ROOM_LIGHTS: tuple[Colour, ...] = (
    (1.0, 0.56, 0.22),
    (1.0, 0.66, 0.34),
    (1.0, 0.78, 0.52),
    (0.85, 0.92, 1.0),
    (1.0, 0.42, 0.2),
)
GLASS: Colour = (0.012, 0.014, 0.018)


@dataclass(frozen=True, slots=True)
class WindowStyle:
    """How all the windows of a house look.

    Attributes
    ----------
    frame, trim : colours of the wooden frame and of the surround.
    bars : (columns, rows) of panes.
    shutters : colour of shutters, None without.
    arched : whether a stone arch sits above.
    """

    frame: Colour
    trim: Colour
    bars: tuple[int, int]
    shutters: Colour | None
    arched: bool


def room(shape: tuple[int, int], rng: np.random.Generator, grain: np.random.Generator, level: float) -> FloatImage:
    """What is seen through a lit window: radiance (H, W, 3)."""
    colour = np.asarray(ROOM_LIGHTS[int(rng.choice(5, p=(0.3, 0.3, 0.2, 0.1, 0.1)))], np.float32)
    height, width = shape
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j].astype(np.float32)
    lamp_x, lamp_y = rng.uniform(0.2, 0.8), rng.uniform(0.05, 0.35)
    reach = (x - lamp_x) ** 2 * 1.3 + (y - lamp_y) ** 2
    image = (0.06 + 0.85 / (1 + 12 * reach) + 2.5 * np.exp(-reach * 160))[..., None] * colour
    image *= (1 + 0.05 * fractal_noise(shape, max(width / 4, 2), grain, 6))[..., None]
    _furnish(image, rng)
    kind = rng.random()
    if kind < 0.6:
        _curtains(image, rng, grain)
    elif kind < 0.78:
        _blind(image, rng)
    return np.asarray(image * np.float32(level), np.float32)


def _furnish(image: FloatImage, rng: np.random.Generator) -> None:
    """Pictures on the back wall, a shelf with books, a plant on the sill."""
    height, width = image.shape[:2]
    for _ in range(int(rng.integers(1, 4))):
        x, y = rng.uniform(0.1, 0.8) * width, rng.uniform(0.2, 0.6) * height
        w, h = rng.uniform(0.1, 0.25, 2) * width
        where = np.s_[int(y) : int(y + h) + 1, int(x) : int(x + w) + 1]
        image[where] *= rng.uniform(0.25, 0.8, 3).astype(np.float32)
    pot = np.zeros(image.shape[:2], np.uint8)
    centre = rng.uniform(0.2, 0.8) * width
    for _ in range(int(rng.integers(0, 30))):
        tip = (int(centre + rng.normal(0, 0.12) * width), int(height * (1 - abs(rng.normal(0.12, 0.09)))))
        cv2.line(pot, (int(centre), height), tip, 255, max(int(width * 0.02), 1), cv2.LINE_AA)
    image *= 1 - 0.85 * pot[..., None].astype(np.float32) / 255


def _curtains(image: FloatImage, rng: np.random.Generator, grain: np.random.Generator) -> None:
    """Drapes at both sides, net curtain between them at times."""
    height, width = image.shape[:2]
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j].astype(np.float32)
    open_left, open_right = rng.uniform(0.05, 0.42, 2)
    sway = 0.03 * np.sin(3 * y + rng.uniform(0, 6)) + 0.05 * y
    drawn = np.clip((np.maximum(open_left - sway - x, x - 1 + open_right - sway)) * 60, 0, 1)
    phase = rng.uniform(0, 6) + 0.6 * smooth_noise((height, width), (max(height / 2, 1), max(width / 6, 1)), grain)
    folds = 0.62 + 0.3 * np.sin(x * rng.uniform(50, 90) + phase) + 0.03 * grain.standard_normal((height, width))
    cloth = np.asarray(rng.uniform(0.25, 0.9, 3) * rng.uniform(0.5, 1.0), np.float32)
    glow = image.mean(axis=(0, 1)) * cloth
    image += drawn[..., None] * (folds[..., None].astype(np.float32) * glow - image)
    if rng.random() < 0.4:
        image *= (0.75 + 0.12 * np.sin(x * 120 + phase))[..., None].astype(np.float32)


def _blind(image: FloatImage, rng: np.random.Generator) -> None:
    """A slatted blind let down some way."""
    height = image.shape[0]
    end = max(int(height * rng.uniform(0.25, 1.0)), 1)
    y = np.arange(end, dtype=np.float32)[:, None, None] / height
    slats = 0.55 + 0.4 * np.sin(y * 2 * np.pi * 26)
    image[:end] = image[:end] * 0.2 + image[:end].mean(axis=(0, 1)) * slats * 0.75


def dark_glass(shape: tuple[int, int], rng: np.random.Generator, grain: np.random.Generator) -> FloatImage:
    """An unlit pane: it mirrors the night sky and the house across the street."""
    height, width = shape
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j].astype(np.float32)
    ripple = 0.02 * smooth_noise(shape, (max(height / 3, 1), max(width / 3, 1)), grain)
    skyline = rng.uniform(0.25, 0.8) + 0.08 * x * rng.normal() + ripple
    sky = np.clip((skyline - y) * 25, 0, 1)[..., None] * np.array([0.020, 0.026, 0.045], np.float32)
    facade = np.array([0.016, 0.011, 0.007], np.float32) * rng.uniform(0.4, 1.6)
    haze = (1 + 0.25 * fractal_noise(shape, max(width / 2, 2), grain, 5))[..., None]
    return np.asarray((sky + facade) * haze, np.float32)


def window(surface: Surface, rect: Rect, style: WindowStyle, rng: np.random.Generator, level: float | None) -> None:
    """Build a window into a wall.

    Parameters
    ----------
    level : brightness of the room behind; None for a dark one.
    """
    left, bottom, right, top = rect
    if top > surface.height + 0.6:
        return
    surface.paint((left - 0.10, bottom - 0.02, right + 0.10, top + 0.14), style.trim, 0.03)
    if style.arched:
        surface.paint(
            (left + (right - left) / 2 - 0.09, top, left + (right - left) / 2 + 0.09, top + 0.24), style.trim, 0.07
        )
    surface.paint((left - 0.16, bottom - 0.11, right + 0.16, bottom), style.trim, 0.13)
    if style.shutters:
        wing = (right - left) * 0.46
        for start in (left - 0.1 - wing, right + 0.1):
            _shutter(surface, (start, bottom, start + wing, top), style.shutters)
    surface.paint(rect, style.frame, -0.10)
    where = surface.part((left + 0.05, bottom + 0.06, right - 0.05, top - 0.05))
    shape = surface.part_shape((left + 0.05, bottom + 0.06, right - 0.05, top - 0.05))
    inside = dark_glass(shape, rng, surface.grain) if level is None else room(shape, rng, surface.grain, level)
    surface.emission[where], surface.albedo[where], surface.relief[where] = inside, GLASS, -0.13
    _bars(surface, (left + 0.05, bottom + 0.06, right - 0.05, top - 0.05), style)


def _bars(surface: Surface, rect: Rect, style: WindowStyle) -> None:
    left, bottom, right, top = rect
    for i in range(1, style.bars[0]):
        x = left + (right - left) * i / style.bars[0]
        half = 0.032 if 2 * i == style.bars[0] else 0.016
        surface.paint((x - half, bottom, x + half, top), style.frame, -0.10)
    for i in range(1, style.bars[1]):
        y = bottom + (top - bottom) * (i / style.bars[1] if style.bars[1] > 2 else 0.66)
        surface.paint((left, y - 0.018, right, y + 0.018), style.frame, -0.10)


def _shutter(surface: Surface, rect: Rect, colour: Colour) -> None:
    surface.paint(rect, colour, 0.04)
    left, bottom, right, top = rect
    rows, columns = surface.part((left + 0.05, bottom + 0.08, right - 0.05, top - 0.08))
    y = np.arange(rows.start, rows.stop, dtype=np.float32)[:, None] / surface.density
    slats = (y / 0.05) % 1
    surface.albedo[rows, columns] *= (0.45 + 0.6 * slats)[..., None]
    surface.relief[rows, columns] = 0.02 + 0.02 * slats


def door(surface: Surface, rect: Rect, colour: Colour, trim: Colour, rng: np.random.Generator, lit: bool) -> None:
    """A house door with panels, a fanlight and steps."""
    left, bottom, right, top = rect
    surface.paint((left - 0.17, bottom, right + 0.17, top + 0.2), trim, 0.05)
    surface.paint((left - 0.22, top + 0.14, right + 0.22, top + 0.26), trim, 0.16)
    surface.paint(rect, colour, -0.14)
    planks(surface, (left + 0.03, bottom + 0.16, right - 0.03, top - 0.52), colour)
    fan = (left + 0.08, top - 0.42, right - 0.08, top - 0.06)
    where, shape = surface.part(fan), surface.part_shape(fan)
    surface.emission[where] = room(shape, rng, surface.grain, 0.5) if lit else dark_glass(shape, rng, surface.grain)
    surface.albedo[where] = GLASS
    middle = (left + right) / 2
    for low, high in ((0.3, 0.8), (0.98, top - bottom - 0.68)):
        for start in (left + 0.12, middle + 0.05):
            panel = (start, bottom + low, start + (right - left) / 2 - 0.17, bottom + high)
            surface.relief[surface.part(panel)] -= 0.035
            surface.albedo[surface.part(panel)] *= 0.9
    surface.paint((right - 0.16, bottom + 0.98, right - 0.11, bottom + 1.08), (0.7, 0.5, 0.2), -0.05)
    surface.paint((left - 0.3, bottom, right + 0.3, bottom + 0.15), (0.32, 0.31, 0.29), 0.2, 0.12)
