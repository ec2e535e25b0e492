"""The wet ground of the rendered night scene: setts, flagstones, kerbs, puddles and what they mirror."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from lsd2.training.synthesis.night.camera import View
from lsd2.training.synthesis.night.light import Frame, Light, irradiance
from lsd2.training.synthesis.night.surface import Colour, FloatImage

TILE_METRES = 3.2
TILE_TEXELS = 1024
GRID = 0.2
"""Cells, metres, of the grid on which the light falling on the ground is computed."""
FARTHEST = 70.0


@dataclass(frozen=True, slots=True)
class Kerbs:
    """Where the road lies across the street, metres, how wet it is (0-1), and which random pattern it has."""

    left: float
    right: float
    wetness: float
    seed: int


def periodic_noise(size: int, slope: float, rng: np.random.Generator) -> FloatImage:
    """Noise (size, size) with spectrum f^-slope that repeats without a seam; mean 0, deviation 1."""
    frequency = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None, :])
    frequency[0, 0] = np.inf
    spectrum = np.fft.rfft2(rng.standard_normal((size, size))) * frequency**-slope
    field = np.fft.irfft2(spectrum, s=(size, size))
    return np.asarray(field / field.std(), np.float32)


def paving(stones: tuple[int, int], dome: float, colour: Colour, rng: np.random.Generator) -> list[FloatImage]:
    """A repeating tile of (across, along) stones: images of albedo RGB and of slope x, slope z, height."""
    size = TILE_TEXELS
    wobble = periodic_noise(size, 1.6, rng)
    y, x = np.mgrid[0:size, 0:size].astype(np.float32) / size
    along = (y + 0.0022 * wobble) * stones[1]
    row = np.floor(along)
    across = (x + 0.0022 * np.roll(wobble, 331, axis=0)) * stones[0] + 0.5 * (row % 2)
    column = np.floor(across)
    table = rng.standard_normal((3, stones[1], stones[0])).astype(np.float32)
    tone, tip_x, tip_z = table[:, row.astype(int) % stones[1], column.astype(int) % stones[0]]
    u, v = across - column - 0.5, along - row - 0.5
    edge = np.minimum((0.5 - np.abs(u)) / stones[0], (0.5 - np.abs(v)) / stones[1]) * np.float32(TILE_METRES)
    face = np.clip(edge / 0.012, 0, 1)
    rough = periodic_noise(size, 1.1, rng)
    height = dome * (1 - (2 * u) ** 4) * (1 - (2 * v) ** 4) * face + 0.0012 * rough * face
    height = height + dome * 0.22 * (tip_x * u + tip_z * v)
    slopes = [np.gradient(height, TILE_METRES / size, axis=axis) for axis in (1, 0)]
    tint = (0.30 + 0.70 * face) * (1 + 0.20 * tone + 0.10 * rough)
    albedo = np.clip(np.asarray(colour, np.float32) * tint[..., None], 0.01, 0.8)
    return [albedo.astype(np.float32), np.dstack([*slopes, height]).astype(np.float32)]


def _pyramid(image: FloatImage, levels: int = 7) -> list[FloatImage]:
    images = [image]
    for _ in range(levels - 1):
        half = (images[-1].shape[1] // 2, images[-1].shape[0] // 2)
        images.append(np.asarray(cv2.resize(images[-1], half, interpolation=cv2.INTER_AREA), np.float32))
    return images


def _sample(image: FloatImage, x: FloatImage, z: FloatImage, metres: float) -> FloatImage:
    """Look a repeating image up at world positions."""
    scale = np.float32(image.shape[0] / metres)
    half, size = np.float32(0.5), np.float32(image.shape[0])
    column, row = np.mod(x * scale, size) - half, np.mod(z * scale, size) - half
    return np.asarray(cv2.remap(image, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP), np.float32)


def _sample_filtered(image: FloatImage, x: FloatImage, z: FloatImage, lod: FloatImage) -> FloatImage:
    """The same, from the two pyramid levels next to each row's level of detail (rows, 1)."""
    pyramid = _pyramid(image)
    total = np.zeros((*x.shape, 3), np.float32)
    level = np.clip(lod[:, 0], 0, len(pyramid) - 1)
    for i, smaller in enumerate(pyramid):
        weight = np.clip(1 - np.abs(level - i), 0, 1)
        rows = np.flatnonzero(weight > 0)
        if rows.size:
            band = slice(int(rows[0]), int(rows[-1]) + 1)
            total[band] += _sample(smaller, x[band], z[band], TILE_METRES) * weight[band, None, None]
    return total


def _positions(view: View, first: int) -> tuple[FloatImage, FloatImage, FloatImage]:
    """World x and z (rows, W) of the ground's pixels from row `first` down, and their depth (rows, 1)."""
    rows = np.arange(first, view.height, dtype=np.float32)[:, None] + np.float32(0.5)
    columns = np.arange(view.width, dtype=np.float32)[None, :] + np.float32(0.5)
    depth = np.float32(view.focal * view.eye) / np.maximum(rows - np.float32(view.horizon), np.float32(0.3))
    across = (columns - np.float32(view.width / 2)) / np.float32(view.focal) * depth
    x = across * np.float32(np.cos(view.yaw)) + depth * np.float32(np.sin(view.yaw))
    z = -across * np.float32(np.sin(view.yaw)) + depth * np.float32(np.cos(view.yaw))
    return x, z, depth


def draw_ground(
    canvas: FloatImage, view: View, kerbs: Kerbs, lights: list[Light], ambient: Colour, mirror: FloatImage,
    shadows: list[tuple[float, float, float, float]],
) -> None:  # fmt: skip
    """Draw the ground over the canvas (H, W, 3), in place.

    Parameters
    ----------
    mirror : radiance (h, w, 3) that a perfectly still water surface would show, at any resolution.
    shadows : (x, z, half width, half depth), metres, of things that stand on the ground.
    """
    first = int(np.ceil(view.horizon)) + 1
    x, z, depth = _positions(view, first)
    rng = np.random.default_rng(kerbs.seed)
    road = ((x > kerbs.left) & (x < kerbs.right)).astype(np.float32)[..., None]
    pixels_per_metre = view.focal / depth * np.sqrt(np.clip(view.eye / depth, 0.05, 1))
    lod = np.log2(np.maximum(TILE_TEXELS / TILE_METRES / pixels_per_metre, 1)).astype(np.float32)
    setts, slabs = paving((20, 28), 0.012, (0.17, 0.16, 0.155), rng), paving((4, 6), 0.003, (0.27, 0.255, 0.235), rng)
    albedo, bumps = (
        _sample_filtered(a, x, z, lod) * road + _sample_filtered(b, x, z, lod) * (1 - road)
        for a, b in zip(setts, slabs, strict=True)
    )
    _kerbstones(albedo, x, z, kerbs)
    patches = _sample(np.dstack([periodic_noise(512, 1.7, rng)] * 3), x, z, 14.0)[..., 0]
    puddle = np.clip((patches - np.float32(1.5 - 1.1 * kerbs.wetness)) * 3.5, 0, 1) * (0.4 + 0.6 * road[..., 0])
    light, lean = _falling_light(x, z, lights, ambient)
    bumps[..., :2] *= (1 - 0.93 * puddle)[..., None]
    shade = np.clip(1 - bumps[..., 0] * lean[..., 0] - bumps[..., 1] * lean[..., 1], 0.1, 2.5)
    shade *= _shadow(x, z, shadows) * (1 - 0.55 * puddle)
    picture = albedo * np.float32(1 - 0.35 * kerbs.wetness) * light * shade[..., None]
    canvas[first:] = picture + _mirrored(view, first, depth, bumps, puddle, kerbs.wetness, mirror)


def _kerbstones(albedo: FloatImage, x: FloatImage, z: FloatImage, kerbs: Kerbs) -> None:
    """Pale kerbs with joints and a dark gutter beside them, in place."""
    joint = np.where(np.mod(z, 0.9) < 0.015, 0.5, 1.0)
    for line, side in ((kerbs.left, -1), (kerbs.right, 1)):
        off = (x - np.float32(line)) * side
        albedo[(off > -0.10) & (off < 0)] *= 0.35
        stone = (off >= 0) & (off < 0.20)
        albedo[stone] = albedo[stone] * 0.35 + 0.24 * joint[stone][:, None].astype(np.float32)


def _falling_light(x: FloatImage, z: FloatImage, lights: list[Light], ambient: Colour) -> tuple[FloatImage, FloatImage]:
    """Irradiance (..., 3) and its lean (..., 2) at world positions, from a coarse grid."""
    corner = (-12.0, 0.0, 0.0)
    frame = Frame(corner, (1.0, 0.0, 0.0), (0.0, 0.0, 1.0))
    gx, gz = np.meshgrid(np.arange(0, 24, GRID), np.arange(0, FARTHEST, GRID))
    total, lean = irradiance(frame.points(gx, gz), frame, lights, ambient)
    column, row = (x - np.float32(corner[0])) / np.float32(GRID), z / np.float32(GRID)
    padded = np.dstack([lean, lean[..., :1]])
    light, leaning = (
        np.asarray(cv2.remap(field, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)
        for field in (total, padded)
    )
    return light, leaning[..., :2]


def _shadow(x: FloatImage, z: FloatImage, shadows: list[tuple[float, float, float, float]]) -> FloatImage:
    factor = np.ones_like(x)
    for centre_x, centre_z, half_x, half_z in shadows:
        distance = np.hypot(
            (x - np.float32(centre_x)) / np.float32(half_x), (z - np.float32(centre_z)) / np.float32(half_z)
        )
        factor *= 1 - 0.8 * np.clip(1.5 - distance, 0, 1)
    return factor


def _mirrored(
    view: View, first: int, depth: FloatImage, bumps: FloatImage, puddle: FloatImage, wetness: float, mirror: FloatImage
) -> FloatImage:
    """Reflections: sharp in puddles, drawn out towards the viewer on wet stones."""
    ratio = np.float32(mirror.shape[1] / view.width)
    unit = mirror.shape[1] / 1600
    still = cv2.GaussianBlur(mirror, (0, 0), sigmaX=max(0.7 * unit, 0.2), sigmaY=max(2.5 * unit, 0.2))
    drawn = cv2.GaussianBlur(mirror, (0, 0), sigmaX=max(5 * unit, 0.3), sigmaY=max(45 * unit, 0.5))
    rows, columns = np.mgrid[first : view.height, 0 : view.width].astype(np.float32)
    sway = np.float32(view.focal * 0.22)
    column, row = (columns + bumps[..., 0] * sway) * ratio, (rows + np.abs(bumps[..., 1]) * sway) * ratio
    sharp, streak = (
        np.asarray(cv2.remap(image, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101))
        for image in (still, drawn)
    )
    cosine = view.eye / np.hypot(view.eye, depth)
    fresnel = 0.03 + 0.97 * (1 - cosine) ** 5
    facets = np.clip(1 + 3.0 * bumps[..., 1] + 1.2 * bumps[..., 0], 0.15, 2.2) * (
        0.4 + 60 * np.clip(bumps[..., 2], 0, 0.01)
    )
    film = (0.25 + 0.75 * wetness) * (0.55 * sharp + 0.85 * streak) * facets[..., None]
    water = 1.6 * sharp
    mixed = film + puddle[..., None] * (water - film)
    return np.asarray(mixed * fresnel[..., None], np.float32)
