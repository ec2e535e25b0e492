"""The plan of a rendered street: which houses, lamps and things stand where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lsd2.training.synthesis.night import houses, props, shops
from lsd2.training.synthesis.night.camera import Piece, View
from lsd2.training.synthesis.night.houses import House, random_house
from lsd2.training.synthesis.night.light import Frame, Light, lit
from lsd2.training.synthesis.night.surface import Colour, Surface, dimmed

END = 58.0
"""Where the street ends, metres from the camera."""
LAMP_COLOURS: tuple[Colour, ...] = ((1.0, 0.58, 0.22), (1.0, 0.70, 0.38), (1.0, 0.80, 0.55), (1.0, 0.48, 0.14))
FINEST = 330.0
"""Most texels per metre that anything is painted with."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A house and the stretch of the street that it takes, metres."""

    house: House
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Street:
    """A street as seen by `view`; `side` is 1 where the large row of houses is on the right, -1 on the left."""

    view: View
    side: int
    near_wall: float
    far_wall: float
    plots: tuple[tuple[Plot, ...], tuple[Plot, ...]]
    lamps: tuple[Light, ...]
    spill: tuple[Light, ...]
    lamp_kind: str
    lamp_colour: Colour
    ambient: Colour
    name: str
    seed: int

    @property
    def lights(self) -> list[Light]:
        return [*self.lamps, *self.spill]

    def wall_x(self, row: int) -> float:
        """Where the wall of the large (0) or the other (1) row stands."""
        return self.side * self.near_wall if row == 0 else -self.side * self.far_wall

    def density(self, x: float, z: float) -> float:
        """Texels per metre that suit the picture's scale at a place."""
        depth = max(self.view.depth((x, 0.0, z)), 1.0)
        return float(min(max(1.15 * self.view.focal / depth, 3.0), FINEST))

    def wall_frame(self, row: int, start: float, end: float) -> Frame:
        """Frame of a wall between two places along the street, facing the road."""
        x = self.wall_x(row)
        if x > 0:
            return Frame((x, 0.0, end), (0.0, 0.0, -1.0))
        return Frame((x, 0.0, start), (0.0, 0.0, 1.0))


def plan(width: int, height: int, seed: int) -> Street:
    """Draw a street."""
    rng = np.random.default_rng([seed, 11])
    side = 1 if rng.random() < 0.5 else -1
    yaw, near, far = rng.uniform(0.21, 0.34), rng.uniform(6.0, 7.0), rng.uniform(3.8, 4.8)
    scale = np.sqrt(width * height * 3 / 4) / 0.75 * rng.uniform(0.58, 0.66)
    view = View(width, height, float(scale), height * float(rng.uniform(0.60, 0.65)), 1.62, side * float(yaw))
    half = float(np.arctan(width / 2 / view.focal))
    names = [int(i) for i in rng.permutation(len(shops.SHOPS))]
    name = shops.STREETS[int(rng.integers(len(shops.STREETS)))]
    first = near / np.tan(min(yaw + half, 1.45)) - 0.6
    rows = (
        _row(rng, first, names, int(rng.integers(1, 60))),
        _row(rng, max(far / np.tan(max(half - yaw, 0.1)) - 6, 2.0), names, int(rng.integers(1, 60))),
    )
    colour = LAMP_COLOURS[int(rng.integers(len(LAMP_COLOURS)))]
    kind = ("lantern", "globe", "cone")[int(rng.integers(3))]
    lamps = _lamps(rng, side * (near - 2.0), -side * (far - 1.3), colour)
    spill = tuple(
        light
        for row, x, sign in ((rows[0], side * near, -side), (rows[1], -side * far, side))
        for light in _spill(row, x, sign)
    )
    moon = float(rng.uniform(0.010, 0.018))
    ambient = (moon * 0.95, moon, moon * 1.45)
    return Street(view, side, float(near), float(far), rows, lamps, spill, kind, colour, ambient, name, seed)


def _row(rng: np.random.Generator, start: float, names: list[int], number: int) -> tuple[Plot, ...]:
    """Houses side by side from `start` to the end of the street."""
    plots: list[Plot] = []
    while start < END:
        width = float(rng.uniform(5.2, 8.6))
        shop = names.pop() if names and rng.random() < (0.85 if len(plots) < 3 else 0.5) else None
        plots.append(Plot(random_house(rng, width, shop, number), start, start + width))
        start, number = start + width, number + 2
    return tuple(plots)


def _lamps(rng: np.random.Generator, near_x: float, far_x: float, colour: Colour) -> tuple[Light, ...]:
    power = float(rng.uniform(9, 13))
    spacing = float(rng.uniform(9.5, 12.5))
    first = float(rng.uniform(9.0, 11.5))
    lamps = [Light((near_x, 4.2, z), dimmed(colour, power)) for z in np.arange(first, END, spacing)]
    lamps += [Light((far_x, 4.2, z), dimmed(colour, power)) for z in np.arange(first + 0.55 * spacing, END, spacing)]
    return tuple(lamps)


def _spill(row: tuple[Plot, ...], x: float, sign: int) -> list[Light]:
    """What the shop windows throw onto the ground."""
    places = [
        (plot.start + t * plot.house.width, plot) for plot in row for t in (0.3, 0.7) if plot.house.shop is not None
    ]
    return [Light((x + sign * 0.45, 1.7, z), (1.5, 1.0, 0.52), on_walls=False) for z, _ in places]


def pieces(street: Street) -> list[Piece]:
    """Everything flat in the street, lit, from far to near."""
    found = [*_backdrop(street), *(_house(street, row, plot) for row in (1, 0) for plot in reversed(street.plots[row]))]
    things = [_name_plate(street), *_signs(street), *_lamp_posts(street), *_things(street)]
    return found + sorted(things, key=lambda piece: -street.view.depth(_as_vector(piece.centre())))


def _as_vector(point: np.ndarray) -> tuple[float, float, float]:
    return (float(point[0]), float(point[1]), float(point[2]))


def _finish(street: Street, surface: Surface, frame: Frame) -> Piece:
    x, z = frame.origin[0], frame.origin[2]
    lights = [light for light in street.lights if abs(light.position[2] - z) < 26 and abs(light.position[0] - x) < 20]
    return Piece(frame, surface.width, surface.height, lit(surface, frame, lights, street.ambient))


def _house(street: Street, row: int, plot: Plot) -> Piece:
    """A house's front; from the street no roof behind eaves is seen."""
    x, view = street.wall_x(row), street.view
    nearest = plot.start if view.depth((x, 0.0, plot.start)) > 2 else plot.start + 1
    visible = view.eye + view.horizon / view.focal * max(view.depth((x, 0.0, plot.end)), 1) + 0.3
    if plot.house.gable == "eaves":
        visible = min(visible, plot.house.eaves + 0.04)
    surface = houses.build(plot.house, street.density(x, nearest), visible)
    return _finish(street, surface, street.wall_frame(row, plot.start, plot.end))


def _name_plate(street: Street) -> Piece:
    """The street's name on the far end of the first house."""
    x, z = street.wall_x(0), street.plots[0][0].end - 1.1
    plate = shops.name_plate(
        street.name, min(1.6 * street.density(x, z), FINEST), np.random.default_rng([street.seed, 35])
    )
    out = -0.03 if x > 0 else 0.03
    base = street.wall_frame(0, z - plate.width / 2, z + plate.width / 2)
    return _finish(street, plate, Frame((x + out, 3.85, base.origin[2]), base.right))


def _backdrop(street: Street) -> list[Piece]:
    """A church tower and houses that close the street."""
    rng, grain = (np.random.default_rng([street.seed, k]) for k in (21, 22))
    right, density = (1.0, 0.0, 0.0), street.density(0, END)
    tower = props.clock_tower(density, grain, float(rng.uniform(0, 12)))
    found = [_finish(street, tower, Frame((float(rng.uniform(-6, 1)), 0.0, END + 9), right))]
    x = -14.0
    while x < 14:
        house = random_house(rng, float(rng.uniform(5.5, 8.0)), None, 1)
        found.append(_finish(street, houses.build(house, density), Frame((x, 0.0, END + 2), right)))
        x += house.width
    return found


def _signs(street: Street) -> list[Piece]:
    """Signs that hang over the pavement, and awnings."""
    rng, grain = (np.random.default_rng([street.seed, k]) for k in (31, 32))
    found = []
    for row in (0, 1):
        wall = street.wall_x(row)
        for plot in street.plots[row]:
            if plot.house.shop is None or street.view.depth((wall, 0.0, plot.start)) < 4:
                continue
            z, shop = plot.start + rng.uniform(0.25, 0.6), shops.SHOPS[plot.house.shop]
            neon = shops.NEON[int(rng.integers(len(shops.NEON)))] if rng.random() < 0.45 else None
            sign = shops.hanging_sign(shop.hanging, street.density(wall, z), grain, neon, int(rng.integers(6)))
            left = wall - 0.14 - sign.width if wall > 0 else wall + 0.14
            found.append(_finish(street, sign, Frame((left, 3.55, z), (1.0, 0.0, 0.0))))
            if rng.random() < 0.35:
                found.append(_awning(street, row, plot, rng, grain))
    return found


def _awning(street: Street, row: int, plot: Plot, rng: np.random.Generator, grain: np.random.Generator) -> Piece:
    cloths: tuple[Colour, ...] = ((0.30, 0.03, 0.03), (0.03, 0.14, 0.08), (0.04, 0.07, 0.22), (0.28, 0.15, 0.03))
    colours = (cloths[int(rng.integers(4))], (0.55, 0.50, 0.42))
    surface = props.awning(plot.house.width - 0.8, street.density(street.wall_x(row), plot.start), grain, colours)
    base = street.wall_frame(row, plot.start + 0.4, plot.end - 0.4)
    out = -1.0 if street.wall_x(row) > 0 else 1.0
    frame = Frame((base.origin[0] + out * 1.1, 2.25, base.origin[2]), base.right, (-out * 0.87, 0.49, 0.0))
    return _finish(street, surface, frame)


def _standing(street: Street, surface: Surface, x: float, z: float) -> Piece:
    """Something upright at (x, z) that faces the camera."""
    right = street.view.facing()
    frame = Frame((x - right[0] * surface.width / 2, 0.0, z - right[2] * surface.width / 2), right)
    return _finish(street, surface, frame)


def _lamp_posts(street: Street) -> list[Piece]:
    grain = np.random.default_rng([street.seed, 41])
    found = []
    for light in street.lamps:
        x, _, z = light.position
        post = props.lamp_post(street.lamp_kind, street.lamp_colour, street.density(x, z), grain)
        found.append(_standing(street, post, x, z))
    return found


def _things(street: Street) -> list[Piece]:
    """Trees, bicycles, parked cars and boards on the pavements."""
    rng, grain = (np.random.default_rng([street.seed, k]) for k in (51, 52))
    pavement, other = street.side * (street.near_wall - 1.75), -street.side * (street.far_wall - 1.2)
    found = []
    autumn = float(rng.uniform(0, 1))
    trees = [(pavement, z) for z in rng.uniform(14, 40, 2)] + [(other, float(rng.uniform(20, 30)))]
    for x, z in trees[: int(rng.integers(1, 4))]:
        plant = props.tree(street.density(x, z), rng, grain, autumn)
        right = street.view.facing()
        frame = Frame((x - right[0] * 2.8, 0.0, z - right[2] * 2.8), right)
        props.translucent(plant, frame, list(street.lamps), 0.05)
        found.append(_finish(street, plant, frame))
    colour = ((0.30, 0.03, 0.03), (0.04, 0.16, 0.20), (0.45, 0.40, 0.30), (0.03, 0.10, 0.04))[int(rng.integers(4))]
    for z in rng.uniform(6.8, 9.5, 1 + int(rng.integers(2))):
        bike = props.bicycle(street.density(pavement, z), grain, colour)
        found.append(_standing(street, bike, street.side * (street.near_wall - 0.9), float(z)))
    for x, z in car_places(street):
        paint = ((0.03, 0.035, 0.05), (0.12, 0.012, 0.012), (0.16, 0.16, 0.15), (0.02, 0.06, 0.08))[
            int(rng.integers(4))
        ]
        found.append(_standing(street, props.car(street.density(x, z), rng, grain, paint), x, z))
    shop = next((plot.house.shop for plot in street.plots[0] if plot.house.shop is not None), 0)
    place = float(rng.uniform(12.0, 13.5))
    board = props.chalk_board(street.density(pavement, place), grain, ("TODAY", *shops.SHOPS[shop].lines, "Welcome!"))
    found.append(_standing(street, board, street.side * (street.near_wall - 1.5), place))
    return found


def car_places(street: Street) -> list[tuple[float, float]]:
    """Where cars are parked, (x, z)."""
    rng = np.random.default_rng([street.seed, 61])
    lane = -street.side * (street.far_wall - 2.9)
    starts = np.cumsum([rng.uniform(13, 17), *rng.uniform(5.5, 9, 3)])
    return [(lane, float(z)) for z in starts[: int(rng.integers(1, 4))]]
