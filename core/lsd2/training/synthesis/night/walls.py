"""What the walls and roofs of the rendered night scene are made of."""

from __future__ import annotations

import numpy as np

from lsd2.training.synthesis.night.surface import Colour, FloatImage, Rect, Surface, fractal_noise, smooth_noise


def _courses(
    surface: Surface, rect: Rect, block: tuple[float, float], joint: float
) -> tuple[FloatImage, FloatImage, FloatImage]:
    """A bond of blocks of (width, height) metres: two random numbers per block; 0 in joints, 1 on blocks."""
    rows, columns = surface.part(rect)
    y = (surface.shape[0] - np.arange(rows.start, rows.stop, dtype=np.float32) - 0.5)[:, None] / surface.density
    x = (np.arange(columns.start, columns.stop, dtype=np.float32) + 0.5)[None, :] / surface.density
    wobble = smooth_noise((y.shape[0], x.shape[1]), (0.12 * surface.density,) * 2, surface.grain)
    along = (y + np.float32(0.0012) * wobble) / np.float32(block[1])
    course = np.floor(along)
    across = (x + np.float32(0.0015) * wobble) / np.float32(block[0]) + np.float32(0.5) * (course % 2)
    number = np.floor(across)
    tables = surface.grain.standard_normal((2, 64 * 64), dtype=np.float32)
    index = ((course.astype(np.int32) & 63) << 6) | (number.astype(np.int32) & 63)
    edge_x = np.minimum(across - number, 1 - (across - number)) * np.float32(block[0])
    edge_y = np.minimum(along - course, 1 - (along - course)) * np.float32(block[1])
    soft = max(joint, 0.7 / surface.density)
    face = np.clip((np.minimum(edge_x, edge_y) - np.float32(joint / 2)) / np.float32(soft), 0, 1)
    return tables[0].take(index), tables[1].take(index), np.asarray(face, np.float32)


def _weather(surface: Surface, rect: Rect) -> FloatImage:
    """Dirt and rain streaks: factor (h, w) around 1 on the albedo."""
    shape = surface.part_shape(rect)
    streaks = smooth_noise(shape, (2.2 * surface.density, 0.12 * surface.density), surface.grain)
    clouds = fractal_noise(shape, 1.5 * surface.density, surface.grain, 5)
    return np.asarray(np.clip(1 + 0.07 * streaks + 0.09 * clouds, 0.4, 1.5), np.float32)


def brick(surface: Surface, rect: Rect, colour: Colour, mortar: Colour) -> None:
    """Stretcher bond of worn bricks."""
    where, shape = surface.part(rect), surface.part_shape(rect)
    tone, hue, face = _courses(surface, rect, (0.23, 0.075), 0.011)
    pits = fractal_noise(shape, 0.03 * surface.density, surface.grain, 5)
    shift = np.stack([0.10 * hue, 0.0 * hue, -0.10 * hue], axis=-1)
    clay = np.asarray(colour, np.float32) * (1 + (0.24 * tone + 0.12 * pits)[..., None] + shift)
    joint = np.asarray(mortar, np.float32) * (1 + 0.10 * pits[..., None])
    mixed = joint + face[..., None] * (clay - joint)
    surface.albedo[where] = np.clip(mixed * _weather(surface, rect)[..., None], 0.01, 0.9)
    surface.relief[where] = 0.008 * face + 0.002 * face * tone + 0.0012 * pits


def plaster(surface: Surface, rect: Rect, colour: Colour) -> None:
    """Painted rough-cast plaster with hairline cracks."""
    where, shape = surface.part(rect), surface.part_shape(rect)
    rough = fractal_noise(shape, 0.05 * surface.density, surface.grain, 6)
    cracks = np.abs(fractal_noise(shape, 0.9 * surface.density, surface.grain, 7)) < 0.012
    tint = (1 + 0.035 * rough) * _weather(surface, rect) * np.where(cracks, 0.72, 1)
    surface.albedo[where] = np.clip(np.asarray(colour, np.float32) * tint[..., None].astype(np.float32), 0.01, 0.9)
    surface.relief[where] = 0.0010 * rough - 0.002 * cracks


def ashlar(surface: Surface, rect: Rect, colour: Colour) -> None:
    """Large dressed stones."""
    where, shape = surface.part(rect), surface.part_shape(rect)
    tone, _, face = _courses(surface, rect, (0.78, 0.36), 0.016)
    rough = fractal_noise(shape, 0.08 * surface.density, surface.grain, 7)
    tint = (0.55 + 0.45 * face) * (1 + 0.09 * tone + 0.07 * rough) * _weather(surface, rect)
    surface.albedo[where] = np.clip(np.asarray(colour, np.float32) * tint[..., None], 0.01, 0.9)
    surface.relief[where] = 0.022 * face + 0.0018 * rough


def slates(surface: Surface, rect: Rect, colour: Colour) -> None:
    """Overlapping roof slates or tiles, a little wet."""
    where, shape = surface.part(rect), surface.part_shape(rect)
    tone, _, face = _courses(surface, rect, (0.26, 0.19), 0.008)
    rough = fractal_noise(shape, 0.05 * surface.density, surface.grain, 6)
    tint = (0.45 + 0.55 * face) * (1 + 0.22 * tone + 0.10 * rough)
    surface.albedo[where] = np.clip(np.asarray(colour, np.float32) * tint[..., None], 0.01, 0.9)
    surface.relief[where] = 0.012 * face + 0.003 * tone
    surface.emission[where] = 0


def planks(surface: Surface, rect: Rect, colour: Colour, board: float = 0.11) -> None:
    """Painted upright boards."""
    where, shape = surface.part(rect), surface.part_shape(rect)
    tone, _, face = _courses(surface, rect, (board, 40.0), 0.008)
    fibre = smooth_noise(shape, (0.5 * surface.density, 0.006 * surface.density), surface.grain)
    tint = (0.5 + 0.5 * face) * (1 + 0.08 * tone + 0.10 * fibre)
    surface.albedo[where] = np.clip(np.asarray(colour, np.float32) * tint[..., None], 0.005, 0.9)
    surface.relief[where] += 0.006 * face + 0.0006 * fibre
    surface.emission[where] = 0
