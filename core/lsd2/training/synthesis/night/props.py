"""Things that stand or hang in the rendered street: lamps, a tree, a bicycle, a car, boards."""

from __future__ import annotations

import cv2
import numpy as np

from lsd2.training.synthesis.night.light import Frame, Light
from lsd2.training.synthesis.night.surface import Colour, FloatImage, Surface
from lsd2.training.synthesis.night.text import fitted_text
from lsd2.training.synthesis.night.walls import planks

IRON: Colour = (0.022, 0.025, 0.026)
Points = list[tuple[float, float]]


def _blank(width: float, height: float, density: float, grain: np.random.Generator) -> Surface:
    surface = Surface(width, height, density, grain)
    surface.alpha[:] = 0
    return surface


def _stamp(surface: Surface, mask: FloatImage, colour: Colour, glow: float = 0.0) -> None:
    """Add a shape (H, W) to a prop."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return
    where = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    cover = mask[where][..., None]
    paint = np.asarray(colour, np.float32)
    surface.albedo[where] += cover * (paint * np.float32(0.0 if glow else 1.0) - surface.albedo[where])
    surface.emission[where] += cover * (paint * np.float32(glow) - surface.emission[where])
    surface.alpha[where] = np.maximum(surface.alpha[where], mask[where])


def _tube(surface: Surface, points: Points, width: float) -> FloatImage:
    """Coverage (H, W) of a bent tube."""
    mask = np.zeros(surface.shape, np.uint8)
    place = np.array([[x * surface.density, surface.shape[0] - y * surface.density] for x, y in points])
    thick = max(round(width * surface.density), 1)
    cv2.polylines(mask, [np.round(place * 16).astype(np.int32)], False, 255, thick, cv2.LINE_AA, 4)
    return mask.astype(np.float32) / np.float32(255) * np.float32(min(1.0, width * surface.density / thick + 0.25))


def lamp_post(kind: str, colour: Colour, density: float, grain: np.random.Generator) -> Surface:
    """A street lamp, 4.7 m tall, its light 4.2 m up in the middle: "lantern", "globe" or "cone"."""
    post = _blank(1.4, 4.8, density, grain)
    middle = 0.7
    for half, low, high in (
        (0.14, 0.0, 0.25),
        (0.10, 0.25, 0.9),
        (0.06, 0.9, 1.05),
        (0.038, 1.0, 3.9),
        (0.07, 3.78, 3.9),
    ):
        _stamp(
            post,
            post.polygon(
                [(middle - half, low), (middle + half, low), (middle + 0.8 * half, high), (middle - 0.8 * half, high)]
            ),
            IRON,
        )
    _stamp(post, _tube(post, [(middle - 0.35, 3.62), (middle + 0.35, 3.62)], 0.03), IRON)
    if kind == "globe":
        ring = [(middle + 0.21 * np.cos(t), 4.15 + 0.21 * np.sin(t)) for t in np.linspace(0, 6.28, 40)]
        _stamp(post, post.polygon(ring), colour, 26.0)
        return post
    glass = [(middle - 0.13, 3.92), (middle + 0.13, 3.92), (middle + 0.22, 4.40), (middle - 0.22, 4.40)]
    if kind == "cone":
        glass = [(middle - 0.10, 4.10), (middle + 0.10, 4.10), (middle + 0.12, 4.22), (middle - 0.12, 4.22)]
        _stamp(post, _tube(post, [(middle, 3.8), (middle, 4.3)], 0.05), IRON)
        roof = [(middle - 0.32, 4.20), (middle + 0.32, 4.20), (middle + 0.06, 4.48), (middle - 0.06, 4.48)]
    else:
        roof = [(middle - 0.26, 4.38), (middle + 0.26, 4.38), (middle + 0.04, 4.66), (middle - 0.04, 4.66)]
    _stamp(post, post.polygon(glass), colour, 32.0 if kind == "lantern" else 70.0)
    if kind == "lantern":
        for bottom, top in ((-0.13, -0.22), (0.0, 0.0), (0.13, 0.22)):
            _stamp(post, _tube(post, [(middle + bottom, 3.92), (middle + top, 4.40)], 0.022), IRON)
    _stamp(post, post.polygon(roof), IRON)
    return post


def tree(density: float, rng: np.random.Generator, grain: np.random.Generator, autumn: float) -> Surface:
    """A street tree, 7 m tall; `autumn` 0-1 turns its leaves from green to gold."""
    plant = _blank(5.6, 7.2, density, grain)
    tips: Points = []
    _branch(plant, (2.8, 0.0), 1.57, 2.1, 0.24, rng, tips)
    green, gold = np.array([0.075, 0.13, 0.03]), np.array([0.42, 0.20, 0.03])
    for number in range(9000):
        tip = tips[int(rng.integers(len(tips)))]
        x, y = tip[0] + rng.normal(0, 0.26), tip[1] + rng.normal(0, 0.22)
        blend = float(np.clip(autumn + rng.normal(0, 0.18), 0, 1))
        tint = (green + blend * (gold - green)) * rng.uniform(0.4, 1.5)
        _leaf(plant, (x, y), float(rng.uniform(0.035, 0.075)), float(rng.uniform(0, 3.14)), tint, number)
    return plant


def _branch(
    plant: Surface, start: tuple[float, float], angle: float, length: float, width: float, rng: np.random.Generator,
    tips: Points,
) -> None:  # fmt: skip
    end = (start[0] + length * np.cos(angle), start[1] + length * np.sin(angle))
    _stamp(plant, _tube(plant, [start, end], width), (0.07, 0.055, 0.04))
    if length < 1.3:
        tips += [(start[0] + t * (end[0] - start[0]), start[1] + t * (end[1] - start[1])) for t in (0.3, 0.65, 1.0)]
    if length < 0.45:
        return
    for turn in rng.normal((-0.55, 0.02, 0.5), 0.13):
        _branch(plant, end, angle + turn, length * rng.uniform(0.6, 0.74), width * 0.6, rng, tips)


def _leaf(
    plant: Surface, centre: tuple[float, float], size: float, angle: float, tint: FloatImage | np.ndarray, number: int
) -> None:
    """A pointed oval, painted straight into the prop."""
    along = np.array([np.cos(angle), np.sin(angle)]) * size
    across = np.array([-np.sin(angle), np.cos(angle)]) * size * 0.45
    outline = np.array([along, across, -along, -across]) * (1, -1) * plant.density
    middle = (centre[0] * plant.density, plant.shape[0] - centre[1] * plant.density)
    points = [np.round((outline + middle) * 16).astype(np.int32)]
    cv2.fillPoly(plant.albedo, points, tuple(float(t) for t in tint), cv2.LINE_8, 4)
    cv2.fillPoly(plant.alpha, points, 1.0, cv2.LINE_8, 4)
    cv2.fillPoly(plant.relief, points, 0.012 * (number % 7) / 7, cv2.LINE_8, 4)


def translucent(surface: Surface, frame: Frame, lights: list[Light], share: float) -> None:
    """Let leaves glow with the light that goes through them, in place."""
    x, y = np.meshgrid(np.linspace(0, surface.width, 40), np.linspace(surface.height, 0, 50))
    points = frame.points(x, y)
    total = np.zeros((*x.shape, 3))
    for light in lights:
        distance = np.square(np.asarray(light.position) - points).sum(axis=-1) + 0.3
        total += np.asarray(light.power) / distance[..., None]
    field = cv2.resize(total.astype(np.float32), surface.shape[::-1], interpolation=cv2.INTER_LINEAR)
    surface.emission += surface.albedo * field * np.float32(share)


def bicycle(density: float, grain: np.random.Generator, colour: Colour) -> Surface:
    """A bicycle from the side, 1.8 m long."""
    bike = _blank(1.85, 1.15, density, grain)
    rear, front, crank = (0.36, 0.35), (1.46, 0.35), (0.82, 0.32)
    saddle, head = (0.68, 0.86), (1.28, 0.88)
    for hub in (rear, front):
        for k in range(14):
            t = k * 2 * np.pi / 14
            _stamp(
                bike, _tube(bike, [hub, (hub[0] + 0.32 * np.cos(t), hub[1] + 0.32 * np.sin(t))], 0.004), (0.5, 0.5, 0.5)
            )
        ring = [(hub[0] + 0.33 * np.cos(t), hub[1] + 0.33 * np.sin(t)) for t in np.linspace(0, 6.29, 60)]
        _stamp(bike, _tube(bike, ring, 0.035), (0.02, 0.02, 0.02))
        inner = [(hub[0] + 0.31 * np.cos(t), hub[1] + 0.31 * np.sin(t)) for t in np.linspace(0, 6.29, 60)]
        _stamp(bike, _tube(bike, inner, 0.010), (0.6, 0.6, 0.6))
    for a, b in ((rear, crank), (rear, saddle), (crank, saddle), (crank, head), ((0.71, 0.78), head), (head, front)):
        _stamp(bike, _tube(bike, [a, b], 0.032), colour)
    _stamp(bike, _tube(bike, [(1.28, 0.88), (1.26, 1.03), (1.14, 1.06), (1.06, 1.02)], 0.028), (0.5, 0.5, 0.5))
    _stamp(bike, _tube(bike, [(0.56, 0.90), (0.80, 0.90)], 0.06), (0.10, 0.05, 0.03))
    _stamp(bike, _tube(bike, [(0.14, 0.74), (0.58, 0.74)], 0.02), IRON)
    _stamp(bike, bike.polygon([(1.33, 0.72), (1.42, 0.74), (1.42, 0.80), (1.33, 0.82)]), (0.7, 0.7, 0.65))
    _stamp(bike, bike.polygon([(0.03, 0.56), (0.08, 0.56), (0.08, 0.62), (0.03, 0.62)]), (0.8, 0.03, 0.02), 0.35)
    return bike


def car(density: float, rng: np.random.Generator, grain: np.random.Generator, colour: Colour) -> Surface:
    """A small parked car from behind, 1.8 m wide."""
    body = _blank(1.8, 1.5, density, grain)
    for x, wide, low, high in ((0.14, 0.24, 0.0, 0.45), (1.42, 0.24, 0.0, 0.45), (0.3, 1.2, 0.10, 0.35)):
        _stamp(body, body.polygon([(x, low), (x + wide, low), (x + wide, high), (x, high)]), (0.010, 0.010, 0.010))
    half = [(0.0, 0.20), (0.82, 0.20), (0.87, 0.55), (0.84, 0.88), (0.72, 1.02), (0.52, 1.38), (0.3, 1.46)]
    mask = body.polygon([(0.9 + x, y) for x, y in half] + [(0.9 - x, y) for x, y in reversed(half)])
    _stamp(body, mask, colour)
    y = np.linspace(1.5, 0, body.shape[0], dtype=np.float32)[:, None, None]
    gloss = (
        0.004
        + 0.012 * np.clip(y - 0.3, 0, 1) ** 2
        + np.exp(-(((y - 0.93) / 0.05) ** 2)) * 0.05
        + np.exp(-(((y - 1.42) / 0.04) ** 2)) * 0.06
    )
    body.emission += mask[..., None] * gloss.astype(np.float32) * np.array([1.0, 0.75, 0.5], np.float32)
    _stamp(body, body.polygon([(0.32, 1.02), (1.48, 1.02), (1.34, 1.33), (0.46, 1.33)]), (0.05, 0.045, 0.045), 0.5)
    _stamp(body, body.polygon([(0.05, 0.30), (1.75, 0.30), (1.76, 0.46), (0.04, 0.46)]), (0.03, 0.03, 0.03))
    for x in (0.08, 1.48):
        _stamp(body, body.polygon([(x, 0.70), (x + 0.24, 0.70), (x + 0.24, 0.90), (x, 0.90)]), (0.65, 0.015, 0.01), 0.9)
    _stamp(body, body.polygon([(0.64, 0.56), (1.16, 0.56), (1.16, 0.68), (0.64, 0.68)]), (0.75, 0.75, 0.70))
    number = f"{chr(65 + int(rng.integers(26)))}{chr(65 + int(rng.integers(26)))} {int(rng.integers(100, 9999))}"
    body.print_mask(fitted_text(number, 0.46 * density, 0.085 * density, 0.03), (0.9, 0.62), (0.02, 0.02, 0.02))
    return body


def chalk_board(density: float, grain: np.random.Generator, lines: tuple[str, ...]) -> Surface:
    """A board on the pavement with the day's offers."""
    board = Surface(0.72, 1.15, density, grain)
    planks(board, board.everything, (0.20, 0.11, 0.05), 0.72)
    board.paint((0.06, 0.16, 0.66, 1.09), (0.022, 0.026, 0.024), 0.0, 0.25)
    for i, line in enumerate(lines):
        mask = fitted_text(line, 0.52 * density, (0.12 if i == 0 else 0.075) * density, 0.02)
        board.print_mask(mask, (0.36, 0.98 - 0.16 * i), ((0.8, 0.78, 0.7), (0.85, 0.6, 0.3))[i % 2], 0.13)
    board.alpha[board.part((0.1, 0.0, 0.62, 0.1))] = 0
    return board


def awning(width: float, density: float, grain: np.random.Generator, colours: tuple[Colour, Colour]) -> Surface:
    """A striped awning's cloth with a scalloped edge, 1.25 m from the wall to its edge."""
    cloth = Surface(width, 1.25, density, grain)
    count = max(int(width / 0.22), 2)
    for i in range(count):
        cloth.paint((i * width / count, 0, (i + 1) * width / count, 1.25), colours[i % 2], 0.0, 0.04)
    x = np.linspace(0, width, cloth.shape[1], dtype=np.float32)
    rows = np.linspace(1.25, 0, cloth.shape[0], dtype=np.float32)[:, None]
    edge = 0.09 - 0.09 * np.abs(np.sin(np.pi * x * count / width))
    cloth.alpha[:] = np.clip((rows - edge) * density, 0, 1)
    cloth.relief += (0.02 * np.sin(x * 9)).astype(np.float32)
    cloth.emission += cloth.albedo * np.float32(0.10)
    return cloth


def clock_tower(density: float, grain: np.random.Generator, hour: float) -> Surface:
    """A church tower with a lit clock, 24 m tall, for the end of the street."""
    tower = _blank(6.0, 24.0, density, grain)
    _stamp(
        tower,
        tower.polygon([(0.6, 0), (5.4, 0), (5.4, 16.5), (5.7, 16.7), (3.0, 24.0), (0.3, 16.7), (0.6, 16.5)]),
        (0.14, 0.12, 0.10),
    )
    face = [(3 + 1.25 * np.cos(t), 14.2 + 1.25 * np.sin(t)) for t in np.linspace(0, 6.29, 60)]
    _stamp(tower, tower.polygon(face), (1.0, 0.80, 0.50), 1.5)
    for k in range(12):
        t = k * np.pi / 6
        _stamp(
            tower,
            _tube(tower, [(3 + r * np.sin(t), 14.2 + r * np.cos(t)) for r in (0.95, 1.15)], 0.10),
            (0.02, 0.02, 0.02),
        )
    for turns, reach in ((hour / 12, 0.65), (hour, 1.0)):
        t = 2 * np.pi * turns
        _stamp(
            tower,
            _tube(tower, [(3, 14.2), (3 + reach * np.sin(t), 14.2 + reach * np.cos(t))], 0.12),
            (0.02, 0.02, 0.02),
        )
    for x in (2.0, 3.4):
        _stamp(
            tower,
            tower.polygon([(x, 9.0), (x + 0.6, 9.0), (x + 0.6, 11.0), (x + 0.3, 11.5), (x, 11.0)]),
            (0.01, 0.01, 0.012),
        )
    return tower
