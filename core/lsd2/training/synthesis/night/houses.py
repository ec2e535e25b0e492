"""House fronts of the rendered night scene."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lsd2.training.synthesis.night import shops, walls
from lsd2.training.synthesis.night.shops import SHOPS, Shop
from lsd2.training.synthesis.night.surface import Colour, Rect, Surface, dimmed
from lsd2.training.synthesis.night.windows import WindowStyle, door, window

GROUND_FLOOR = 3.5
FLOOR = 3.0
WALLS: tuple[tuple[str, Colour], ...] = (
    ("brick", (0.27, 0.105, 0.065)),
    ("brick", (0.33, 0.16, 0.09)),
    ("brick", (0.20, 0.10, 0.075)),
    ("plaster", (0.55, 0.38, 0.18)),
    ("plaster", (0.50, 0.45, 0.36)),
    ("plaster", (0.42, 0.20, 0.13)),
    ("plaster", (0.27, 0.34, 0.30)),
    ("plaster", (0.26, 0.31, 0.40)),
    ("ashlar", (0.40, 0.36, 0.29)),
)
TRIMS: tuple[Colour, ...] = ((0.55, 0.50, 0.42), (0.42, 0.38, 0.32), (0.62, 0.60, 0.55), (0.30, 0.27, 0.24))
FRAMES: tuple[Colour, ...] = ((0.62, 0.60, 0.55), (0.60, 0.57, 0.48), (0.05, 0.07, 0.06), (0.12, 0.06, 0.03))
DOORS: tuple[Colour, ...] = (
    (0.02, 0.07, 0.045),
    (0.15, 0.02, 0.02),
    (0.02, 0.04, 0.10),
    (0.14, 0.07, 0.03),
    (0.05, 0.05, 0.055),
)
SLATE: Colour = (0.075, 0.075, 0.085)


@dataclass(frozen=True, slots=True)
class House:
    """What a house looks like; `seed` decides what is behind its windows.

    Attributes
    ----------
    width : metres.  floors : storeys above the ground floor.
    wall : index into WALLS.  shop : index into SHOPS, None for a dwelling.
    columns : windows per floor.  gable : "eaves", "steps", "point".  lit : share of lit windows.
    """

    width: float
    floors: int
    wall: int
    shop: int | None
    columns: int
    gable: str
    lit: float
    style: WindowStyle
    number: int
    seed: int

    @property
    def eaves(self) -> float:
        """Height of the wall under the roof, metres."""
        return GROUND_FLOOR + self.floors * FLOOR + 0.35

    @property
    def top(self) -> float:
        """Height of the roof's ridge, metres."""
        return self.eaves + (1.9 if self.gable == "eaves" else min(0.62 * self.width, 4.5))


def random_house(rng: np.random.Generator, width: float, shop: int | None, number: int) -> House:
    """Draw a house."""
    shutters = DOORS[int(rng.integers(len(DOORS)))] if rng.random() < 0.3 else None
    bars = ((2, 2), (2, 3), (2, 4), (1, 2), (3, 4))[int(rng.integers(5))]
    style = WindowStyle(
        FRAMES[int(rng.integers(len(FRAMES)))],
        TRIMS[int(rng.integers(len(TRIMS)))],
        bars,
        shutters,
        bool(rng.random() < 0.5),
    )
    columns = max(int(width / (2.3 if shutters else rng.uniform(1.75, 2.1))), 2)
    gable = ("eaves", "steps", "point")[int(rng.choice(3, p=(0.7, 0.15, 0.15)))]
    return House(
        width, int(rng.integers(2, 4)), int(rng.integers(len(WALLS))), shop, columns, gable,
        float(rng.uniform(0.3, 0.6)), style, number, int(rng.integers(2**31)),
    )  # fmt: skip


def build(house: House, density: float, visible: float = np.inf) -> Surface:
    """Paint the house's front at `density` texels per metre, up to `visible` metres above the ground."""
    rng, grain = np.random.default_rng(house.seed), np.random.default_rng([house.seed, 1])
    front = Surface(house.width, min(house.top + 0.3, max(visible, GROUND_FLOOR + 0.5)), density, grain)
    _masonry(front, house)
    _roof(front, house, rng)
    for floor in range(house.floors):
        _storey(front, house, GROUND_FLOOR + floor * FLOOR, rng)
    trim = house.style.trim
    front.paint((0, GROUND_FLOOR - 0.10, house.width, GROUND_FLOOR + 0.08), trim, 0.10)
    if house.shop is None:
        _dwelling(front, house, rng)
    else:
        _shop_front(front, house, SHOPS[house.shop], rng)
    _extras(front, house, rng)
    return front


def _masonry(front: Surface, house: House) -> None:
    kind, colour = WALLS[house.wall]
    if kind == "brick":
        walls.brick(front, front.everything, colour, (0.30, 0.27, 0.23))
    elif kind == "plaster":
        walls.plaster(front, front.everything, colour)
    else:
        walls.ashlar(front, front.everything, colour)
    if kind != "ashlar" and house.seed % 2:
        walls.ashlar(front, (0, 0, house.width, GROUND_FLOOR), (0.36, 0.33, 0.28))
    walls.ashlar(front, (0, 0, house.width, 0.55), (0.22, 0.21, 0.20))
    if kind == "brick" and house.seed % 3:
        for i, low in enumerate(np.arange(GROUND_FLOOR + 0.1, house.eaves - 0.6, 0.36)):
            reach = 0.42 if i % 2 else 0.26
            for rect in ((0, low, reach, low + 0.34), (house.width - reach, low, house.width, low + 0.34)):
                front.paint(rect, house.style.trim, 0.03, 0.1)


def _roof(front: Surface, house: House, rng: np.random.Generator) -> None:
    """Outline, cornice, slates and chimney."""
    wide, eaves, top, trim = house.width, house.eaves, house.top, house.style.trim
    if front.height < eaves - 0.3:
        return
    if house.gable == "eaves":
        walls.slates(front, (0, eaves, wide, front.height), SLATE)
        slope = [(0.0, 0.0), (wide, 0.0), (wide, top), (0.0, top)]
        front.paint((0, eaves - 0.28, wide, eaves - 0.12), trim, 0.12)
        front.paint((0, eaves - 0.12, wide, eaves + 0.04), trim, 0.25)
        for x in np.arange(0.08, wide, 0.24):
            front.paint((x, eaves - 0.24, x + 0.11, eaves - 0.14), trim, 0.20)
    elif house.gable == "point":
        slope = [(0.0, 0.0), (wide, 0.0), (wide, eaves), (wide / 2, top), (0.0, eaves)]
    else:
        slope = _steps(wide, eaves, top)
    front.alpha[:] = front.polygon(slope)
    if house.gable != "eaves":
        level = eaves + 0.25
        window(
            front,
            (wide / 2 - 0.45, level, wide / 2 + 0.45, level + 1.25),
            house.style,
            rng,
            0.7 if rng.random() < 0.4 else None,
        )


def _steps(wide: float, eaves: float, top: float) -> list[tuple[float, float]]:
    """Outline of a stepped gable."""
    count = 5
    left: list[tuple[float, float]] = []
    for i in range(count):
        x, y = wide / 2 * i / count, eaves + (top - eaves) * (i + 0.6) / count
        left += [(x, y), (wide / 2 * (i + 1) / count, y)] if i else [(0.0, y), (wide / 2 / count, y)]
    right = [(wide - x, y) for x, y in reversed(left)]
    return [(0.0, 0.0), *left, *right, (wide, 0.0)]


def _storey(front: Surface, house: House, base: float, rng: np.random.Generator) -> None:
    pitch = house.width / house.columns
    half = min(0.56, pitch * (0.24 if house.style.shutters else 0.30))
    for i in range(house.columns):
        centre = (i + 0.5) * pitch
        level = float(rng.uniform(0.3, 0.9)) if rng.random() < house.lit else None
        window(front, (centre - half, base + 0.75, centre + half, base + 2.45), house.style, rng, level)


def _dwelling(front: Surface, house: House, rng: np.random.Generator) -> None:
    """Ground floor of a house without a shop."""
    pitch = house.width / house.columns
    entry = int(rng.integers(house.columns))
    for i in range(house.columns):
        centre = (i + 0.5) * pitch
        if i == entry:
            colour = DOORS[int(rng.integers(len(DOORS)))]
            door(
                front,
                (centre - 0.52, 0.0, centre + 0.52, 2.75),
                colour,
                house.style.trim,
                rng,
                bool(rng.random() < 0.7),
            )
            shops.plate(front, (centre + 0.95, 1.85), str(house.number), 0.22, ((0.02, 0.04, 0.16), (0.8, 0.8, 0.78)))
            continue
        level = float(rng.uniform(0.3, 0.8)) if rng.random() < house.lit else None
        half = min(0.58, pitch * 0.27)
        window(front, (centre - half, 1.15, centre + half, 2.85), house.style, rng, level)


def _shop_front(front: Surface, house: House, shop: Shop, rng: np.random.Generator) -> None:
    """Panelled wood, one or two display windows, a glazed door between or beside them, the name above."""
    wide = house.width
    board = int(rng.integers(len(shops.BOARDS)))
    back = shops.BOARDS[board][0]
    walls.planks(front, (0.25, 0.0, wide - 0.25, 2.75), back)
    front.relief[front.part((0.25, 0.0, wide - 0.25, 2.75))] += 0.08
    glow = float(rng.uniform(0.9, 1.6)) if rng.random() < 0.4 else 0.0
    shops.fascia(front, (0.3, 2.74, wide - 0.3, 3.32), shop.name, board, glow)
    open_late = float(rng.uniform(0.75, 1.15)) if rng.random() < 0.92 else None
    doorway = float(rng.choice((0.55, (wide - 1.1) / 2, wide - 1.65)))
    panes: list[Rect] = [(0.45, 0.62, doorway - 0.12, 2.6), (doorway + 1.22, 0.62, wide - 0.45, 2.6)]
    for pane in panes:
        if pane[2] - pane[0] > 0.8:
            shops.shop_window(front, pane, shop, open_late, rng)
            _stall_riser(front, pane, back)
    glass = (doorway + 0.14, 0.75, doorway + 0.96, 2.35)
    front.paint((doorway, 0.05, doorway + 1.1, 2.6), dimmed(back, 1.5), -0.05)
    shops.shop_window(front, glass, Shop("", ("OPEN" if open_late else "CLOSED",), shop.goods, ""), open_late, rng)


def _stall_riser(front: Surface, pane: Rect, back: Colour) -> None:
    """Glazing bars and the panels under a display window."""
    left, bottom, right, top = pane
    count = max(round((right - left) / 1.1), 1)
    for i in range(count + 1):
        x = left + (right - left) * i / count
        front.paint((x - 0.035, bottom - 0.03, x + 0.035, top + 0.03), back, 0.05)
        if i < count:
            panel = front.part((x + 0.10, 0.12, x + (right - left) / count - 0.10, bottom - 0.14))
            front.relief[panel] -= 0.04
    front.paint((left - 0.05, bottom - 0.07, right + 0.05, bottom), back, 0.13)
    front.paint((left - 0.03, top, right + 0.03, top + 0.05), back, 0.08)


def _extras(front: Surface, house: House, rng: np.random.Generator) -> None:
    """A down pipe on most houses."""
    if rng.random() < 0.7:
        x = 0.16
        front.paint((x - 0.05, 0.2, x + 0.05, house.eaves - 0.1), (0.10, 0.10, 0.10), 0.14)
        for y in np.arange(1.2, house.eaves - 0.3, 1.9):
            front.paint((x - 0.08, y, x + 0.08, y + 0.06), (0.08, 0.08, 0.08), 0.15)
