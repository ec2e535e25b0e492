"""Shop fronts, signs and name plates of the rendered night scene."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from lsd2.training.synthesis.night.surface import Colour, FloatImage, Rect, Surface, dimmed, fractal_noise
from lsd2.training.synthesis.night.text import fitted_text
from lsd2.training.synthesis.night.walls import planks
from lsd2.training.synthesis.night.windows import GLASS, dark_glass

STREETS = (
    "Lantern Row",
    "Mill Street",
    "Harbour Lane",
    "Old Market",
    "Bell Alley",
    "Linden Street",
    "Quay Walk",
    "Tanner Lane",
)


@dataclass(frozen=True, slots=True)
class Shop:
    """What a shop sells: its name, lines of small print on the glass, and what stands on its shelves."""

    name: str
    lines: tuple[str, ...]
    goods: str
    hanging: str


SHOPS = (
    Shop("Aurora Books", ("Maps & Travel", "Second hand bought", "Open daily 10 - 21"), "books", "BOOKS"),
    Shop("Night Owl Coffee", ("Espresso 2.40", "Flat white 3.20", "Cakes & pies"), "jars", "CAFE"),
    Shop("Moretti & Sons", ("Wine - Olive oil", "since 1926"), "bottles", "WINE"),
    Shop("The Copper Kettle", ("Tea room", "Scones from 4 pm", "No. 17"), "jars", "TEA"),
    Shop("Bakery Holm", ("Rye - Wheat - Spelt", "Fresh from 6.30"), "loaves", "BREAD"),
    Shop("Lumen Photo", ("Cameras repaired", "Film developed in 24 h"), "boxes", "PHOTO"),
    Shop("Green Door Records", ("Vinyl - Tapes", "We buy collections"), "books", "VINYL"),
    Shop("Hotel Polaris", ("Rooms - Bar", "Night porter, please ring"), "bottles", "HOTEL"),
    Shop("St. Anna Pharmacy", ("Prescriptions", "Night bell to the right"), "jars", "PHARMACY"),
    Shop("Velo Kontor", ("Bicycles & Repairs", "Tubes, lamps, locks"), "boxes", "CYCLES"),
    Shop("Pasta Nonna", ("Lunch 12 - 15", "Dinner from 18"), "bottles", "PASTA"),
    Shop("Fleur & Fern", ("Flowers - Wreaths", "Deliveries"), "jars", "FLOWERS"),
)
BOARDS: tuple[tuple[Colour, Colour], ...] = (
    ((0.012, 0.035, 0.022), (0.85, 0.66, 0.28)),
    ((0.12, 0.010, 0.012), (0.90, 0.82, 0.62)),
    ((0.010, 0.022, 0.075), (0.90, 0.88, 0.80)),
    ((0.015, 0.015, 0.017), (0.88, 0.70, 0.36)),
    ((0.55, 0.48, 0.34), (0.05, 0.02, 0.015)),
    ((0.02, 0.10, 0.11), (0.92, 0.88, 0.72)),
)
PAINTS: dict[str, tuple[Colour, ...]] = {
    "books": (
        (0.42, 0.06, 0.04),
        (0.06, 0.10, 0.24),
        (0.62, 0.54, 0.36),
        (0.05, 0.18, 0.10),
        (0.30, 0.16, 0.06),
        (0.6, 0.34, 0.06),
        (0.08, 0.07, 0.07),
    ),
    "bottles": ((0.02, 0.08, 0.02), (0.16, 0.02, 0.03), (0.30, 0.30, 0.08), (0.10, 0.05, 0.01), (0.03, 0.03, 0.03)),
    "jars": (
        (0.50, 0.24, 0.07),
        (0.45, 0.08, 0.05),
        (0.70, 0.66, 0.58),
        (0.16, 0.28, 0.26),
        (0.30, 0.20, 0.12),
        (0.62, 0.46, 0.16),
    ),
    "loaves": ((0.60, 0.34, 0.13), (0.45, 0.22, 0.08), (0.74, 0.50, 0.24)),
    "boxes": (
        (0.10, 0.10, 0.11),
        (0.55, 0.50, 0.44),
        (0.40, 0.07, 0.05),
        (0.09, 0.18, 0.30),
        (0.55, 0.36, 0.10),
        (0.26, 0.17, 0.09),
    ),
}
"""Reflectances of the goods."""
NEON: tuple[Colour, ...] = (
    (1.0, 0.10, 0.16),
    (0.15, 0.75, 1.0),
    (1.0, 0.35, 0.75),
    (0.3, 1.0, 0.45),
    (1.0, 0.55, 0.12),
)


def shop_window(surface: Surface, rect: Rect, shop: Shop, level: float | None, rng: np.random.Generator) -> None:
    """A large pane with shelves of goods behind it and small print on it; `level` None when closed."""
    where, shape = surface.part(rect), surface.part_shape(rect)
    inside = display(shape, surface.density, shop.goods, rng, surface.grain) * np.float32(
        0.015 if level is None else level
    )
    surface.emission[where] = inside + 0.25 * dark_glass(shape, rng, surface.grain)
    surface.albedo[where], surface.relief[where] = GLASS, -0.09
    left, bottom, right, _ = rect
    for i, line in enumerate(shop.lines):
        mask = fitted_text(line, 0.8 * (right - left) * surface.density, (0.085 - 0.012 * i) * surface.density, 0.02)
        ink = (0.9, 0.86, 0.72)
        surface.print_mask(mask, ((left + right) / 2, bottom + 0.62 - 0.15 * i), ink, 0.02 if level is None else 1.1)


def display(
    shape: tuple[int, int], density: float, goods: str, rng: np.random.Generator, grain: np.random.Generator
) -> FloatImage:
    """Shelves in a lit shop: radiance (H, W, 3)."""
    height, width = shape
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : width / density : width * 1j].astype(np.float32)
    warm = np.asarray((1.0, rng.uniform(0.60, 0.78), rng.uniform(0.26, 0.50)), np.float32)
    wall = np.asarray(rng.uniform(0.14, 0.5) * rng.uniform(0.75, 1.0, 3), np.float32)
    boards = 1 - 0.22 * np.cos(x * (np.pi / 0.14)) ** 16
    image = (0.10 + 0.80 * np.exp(-2.8 * y) + 0.08 * y)[..., None] * warm * wall
    image *= boards[..., None]
    image *= (1 + 0.06 * fractal_noise(shape, 0.3 * density, grain, 7))[..., None]
    floors = np.arange(0.30, height / density - 0.55, rng.uniform(0.42, 0.55))
    for level in floors:
        _shelf(image, density, float(level), goods, warm, rng)
    for lamp in np.arange(0.35, width / density, 0.55):
        spot = np.exp(-((x - lamp) ** 2 + (y * height / density - 0.10) ** 2) / (2 * 0.028**2))
        pool = np.exp(-((x - lamp) ** 2) / 0.06) * np.exp(-3 * y)
        image += (11 * spot + 0.45 * pool * boards)[..., None] * warm
    return np.asarray(image, np.float32)


def _shelf(
    image: FloatImage, density: float, level: float, goods: str, warm: FloatImage, rng: np.random.Generator
) -> None:
    height, width = image.shape[:2]
    base = height - int(level * density)
    pen = rng.uniform(0, 0.1)
    while pen * density < width:
        w, h = _size_of(goods, rng)
        if rng.random() < 0.93:
            paint = PAINTS[goods][int(rng.integers(len(PAINTS[goods])))]
            tone = np.asarray(paint, np.float32) * np.float32(rng.uniform(0.6, 1.9)) * warm
            _item(image, (int(pen * density), base, w * density, h * density), goods, tone)
        pen += w + (0.004 if goods == "books" else rng.uniform(0.02, 0.09))
    board = slice(base, base + max(int(0.03 * density), 1))
    image[board] = np.asarray((0.36, 0.22, 0.12), np.float32) * warm * 0.8
    image[board.stop : board.stop + max(int(0.06 * density), 1)] *= 0.55


def _size_of(goods: str, rng: np.random.Generator) -> tuple[float, float]:
    """Width and height of an item, metres."""
    return {
        "books": (rng.uniform(0.022, 0.06), rng.uniform(0.18, 0.30)),
        "bottles": (0.078, rng.uniform(0.26, 0.33)),
        "jars": (rng.uniform(0.09, 0.15), rng.uniform(0.12, 0.24)),
        "loaves": (rng.uniform(0.16, 0.30), rng.uniform(0.09, 0.17)),
        "boxes": (rng.uniform(0.10, 0.28), rng.uniform(0.08, 0.28)),
    }[goods]


def _item(image: FloatImage, place: tuple[int, int, float, float], goods: str, tone: FloatImage) -> None:
    """One item standing at (left, base) with its (width, height), pixels; rounded items are shaded across."""
    left, base, w, h = place
    top, right = max(base - int(h), 0), left + max(int(w), 1)
    area = image[top:base, left:right]
    if not area.size:
        return
    v, u = np.mgrid[1 : 0 : area.shape[0] * 1j, -1 : 1 : area.shape[1] * 1j].astype(np.float32)
    outline = np.ones(area.shape[:2], np.float32)
    if goods == "bottles":
        outline = (np.abs(u) < np.where(v > 0.66, 0.36, 1.0)).astype(np.float32)
    elif goods == "loaves":
        outline = np.clip((1 - u**2 - (v * 1.02) ** 2) * 4, 0, 1)
    round_shade = 1 - 0.5 * u**2 if goods != "boxes" else 0.8 + 0.2 * v
    label = 1 + 1.2 * ((v > 0.25) & (v < 0.48)) if goods in ("bottles", "jars", "books") else np.ones_like(v)
    shine = 0.5 * np.exp(-((u + 0.4) ** 2) / 0.02) if goods in ("bottles", "jars") else np.zeros_like(v)
    colour = tone * (round_shade * label + shine)[..., None]
    area += outline[..., None] * (colour - area)


def fascia(surface: Surface, rect: Rect, text: str, board: int, glow: float) -> None:
    """The board above a shop with its name; `glow` is the radiance of the letters, 0 for painted ones."""
    back, ink = BOARDS[board]
    left, bottom, right, top = rect
    surface.paint((left - 0.05, bottom - 0.05, right + 0.05, top + 0.06), dimmed(back, 0.6), 0.10)
    surface.paint(rect, back, 0.12, 0.10)
    surface.paint((left - 0.08, top + 0.03, right + 0.08, top + 0.12), back, 0.22)
    for edge in (bottom + 0.035, top - 0.05):
        surface.paint((left + 0.04, edge, right - 0.04, edge + 0.014), ink, 0.12)
    scale = surface.density
    mask = fitted_text(text, 0.86 * (right - left) * scale, 0.60 * (top - bottom) * scale, 0.012, 0.03)
    centre = ((left + right) / 2, (bottom + top) / 2 - 0.005)
    surface.print_mask(
        cv2.GaussianBlur(mask, (0, 0), 0.01 * scale + 0.3) * 0.7,
        (centre[0] + 0.015, centre[1] - 0.02),
        (0.004, 0.004, 0.004),
    )
    surface.print_mask(mask, centre, ink, glow)


def plate(
    surface: Surface, centre: tuple[float, float], text: str, height: float, colours: tuple[Colour, Colour]
) -> None:
    """An enamelled plate with a rim, as for street names and house numbers; `height` in metres."""
    mask = fitted_text(text, 30 * surface.density, 0.5 * height * surface.density, 0.025, 0.03)
    half = mask.shape[1] / surface.density / 2 + 0.3 * height
    rect = (centre[0] - half, centre[1] - height / 2, centre[0] + half, centre[1] + height / 2)
    surface.paint(rect, colours[1], 0.03, 0.03)
    rim = 0.06 * height
    surface.paint((rect[0] + rim, rect[1] + rim, rect[2] - rim, rect[3] - rim), colours[0], 0.03, 0.05)
    surface.print_mask(mask, centre, colours[1])


def name_plate(text: str, density: float, grain: np.random.Generator) -> Surface:
    """A street's enamelled name plate."""
    blank = Surface(2.4, 0.42, density, grain)
    blank.alpha[:] = 0
    plate(blank, (1.2, 0.21), text, 0.40, ((0.015, 0.05, 0.24), (0.85, 0.85, 0.82)))
    blank.alpha[blank.relief > 0.02] = 1
    return blank


def hanging_sign(text: str, density: float, grain: np.random.Generator, neon: Colour | None, board: int) -> Surface:
    """A sign that sticks out from the wall: a painted board, or neon letters one below the other."""
    back, ink = BOARDS[board]
    if neon is None:
        sign = Surface(0.95, 0.62, density, grain)
        sign.paint(sign.everything, ink, 0.0)
        sign.paint((0.035, 0.035, 0.915, 0.585), back, 0.0, 0.1)
        mask = fitted_text(text, 0.72 * density, 0.24 * density, 0.02)
        sign.print_mask(mask, (0.475, 0.31), ink, 0.22)
        return sign
    sign = Surface(0.5, 0.16 + 0.40 * len(text), density, grain)
    planks(sign, sign.everything, (0.02, 0.02, 0.025), 0.5)
    for i, letter in enumerate(text):
        mask = fitted_text(letter, 0.30 * density, 0.27 * density, 0.045)
        centre = (0.25, sign.height - 0.28 - 0.40 * i)
        halo = cv2.GaussianBlur(np.pad(mask, int(0.1 * density) + 1), (0, 0), 0.035 * density + 0.3)
        sign.print_mask(np.asarray(halo * 0.5, np.float32), centre, neon, 0.7)
        sign.print_mask(mask, centre, neon, 2.6)
    return sign
