"""A street at night, rendered: sample photos and test scenes that belong to nobody else.

House fronts, signs, lamps and the things in the street are painted procedurally as flat pieces (`houses`,
`shops`, `props`), lit by the street's lamps, projected into the picture, mirrored in the wet ground
(`ground`), and given the glow and softness of a lens.
"""

from __future__ import annotations

import cv2
import numpy as np

from lsd2.training.synthesis.night import light
from lsd2.training.synthesis.night.camera import Piece, View, draw
from lsd2.training.synthesis.night.ground import Kerbs, draw_ground
from lsd2.training.synthesis.night.sky import SKIES, sky
from lsd2.training.synthesis.night.street import Street, car_places, pieces, plan
from lsd2.training.synthesis.night.surface import FloatImage

SUPERSAMPLING = 2
MEAN_DISPLAY = 0.34
"""Mean of the finished picture after clipping and gamma, as in a well exposed photo of a lit street."""


def render_night_scene(width: int, height: int, seed: int) -> FloatImage:
    """Render a city street at night.

    Parameters
    ----------
    width, height : pixels; the layout of a seed is the same at every size of one aspect ratio.
    seed : chooses the street, its houses, colours, signs and lamps.

    Returns
    -------
    float32 HWC, RGB, linear light, not clipped: 1 is the white of a well exposed photo, lamps are far above.
    """
    street = plan(width, height, seed)
    everything = pieces(street)
    view = street.view.scaled(SUPERSAMPLING)
    canvas = _heavens(view, street)
    mirror = _mirror(street, everything)
    draw_ground(canvas, view, _kerbs(street), street.lights, street.ambient, mirror, _shadows(street))
    for piece in everything:
        draw(canvas, view, piece)
    _festoon(canvas, view, street)
    return _through_lens(canvas, width, height)


def _heavens(view: View, street: Street, mirrored: bool = False) -> FloatImage:
    """A canvas (H, W, 3) with the sky above the horizon, or, mirrored, below it."""
    rng, grain = (np.random.default_rng([street.seed, k]) for k in (71, 72))
    rows = int(np.ceil(view.horizon)) + 1
    canvas = np.zeros((view.height, view.width, 3), np.float32)
    dome = sky(view.width, rows, int(rng.integers(len(SKIES))), rng, grain)
    if mirrored:
        below = dome[::-1][: view.height - rows + 1]
        canvas[rows - 1 : rows - 1 + len(below)] = below
    else:
        canvas[:rows] = dome[: view.height]
    return canvas


def _mirror(street: Street, everything: list[Piece]) -> FloatImage:
    """What perfectly still water would show in place of the ground, (height, width, 3)."""
    canvas = _heavens(street.view, street, mirrored=True)
    for piece in everything:
        draw(canvas, street.view, piece, mirrored=True)
    return canvas


def _kerbs(street: Street) -> Kerbs:
    rng = np.random.default_rng([street.seed, 81])
    near, far = street.side * (street.near_wall - 2.5), -street.side * (street.far_wall - 1.7)
    return Kerbs(min(near, far), max(near, far), float(rng.uniform(0.45, 1.0)), int(rng.integers(2**31)))


def _shadows(street: Street) -> list[tuple[float, float, float, float]]:
    return [(x, z + 1.4, 0.85, 1.9) for x, z in car_places(street)]


def _festoon(canvas: FloatImage, view: View, street: Street) -> None:
    """Strings of small bulbs across the street, in about half of the scenes, drawn in place."""
    rng = np.random.default_rng([street.seed, 91])
    if rng.random() < 0.5:
        return
    for z in np.arange(rng.uniform(9, 12), 40, rng.uniform(5, 8)):
        t = np.linspace(0, 1, 240)
        x = street.wall_x(1) + t * (street.wall_x(0) - street.wall_x(1))
        points = np.stack([x, 5.6 - 3.2 * t * (1 - t), np.full_like(t, z)], axis=-1)
        places, depths = view.project(points)
        if depths.min() < 1:
            continue
        line = np.round(places * 16).astype(np.int32)
        cv2.polylines(canvas, [line], False, (0.006, 0.006, 0.006), max(int(0.012 * view.focal / z), 1), cv2.LINE_8, 4)
        for place, depth in zip(places[6::14], depths[6::14], strict=True):
            _bulb(canvas, place, 0.042 * view.focal / depth)


def _bulb(canvas: FloatImage, centre: np.ndarray, radius: float) -> None:
    """A glowing bulb of at least a pixel, as a soft disc; smaller ones are dimmer."""
    size = max(radius, 1.0)
    reach = int(np.ceil(size)) + 2
    left, top = (int(c) - reach for c in centre)
    y, x = np.mgrid[top : top + 2 * reach + 1, left : left + 2 * reach + 1]
    inside = (x >= 0) & (y >= 0) & (x < canvas.shape[1]) & (y < canvas.shape[0])
    cover = np.clip(size + 0.5 - np.hypot(x + 0.5 - centre[0], y + 0.5 - centre[1]), 0, 1)
    light = cover[inside, None] * np.array([1.0, 0.62, 0.26]) * 9.0 * min(radius / size, 1.0) ** 2
    canvas[y[inside], x[inside]] = np.maximum(canvas[y[inside], x[inside]], light.astype(np.float32))


def _through_lens(canvas: FloatImage, width: int, height: int) -> FloatImage:
    """Glow, slight softness, vignette and exposure; to the final size."""
    image = np.asarray(cv2.resize(canvas, (width, height), interpolation=cv2.INTER_AREA), np.float32)
    image = np.asarray(cv2.GaussianBlur(image, (0, 0), 0.42), np.float32)
    image = light.glow(image, width / 1600)
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    image *= (1 / (1 + 0.10 * (x**2 + y**2)) ** 2)[..., None]
    return np.asarray(np.maximum(image, 0) * np.float32(_exposure(image)), np.float32)


def _exposure(image: FloatImage) -> float:
    """The factor that brings the displayed picture's mean to `MEAN_DISPLAY`, by bisection in the logarithm."""
    small = cv2.resize(image, (160, 120), interpolation=cv2.INTER_AREA)
    low, high = -6.0, 6.0
    for _ in range(24):
        middle = (low + high) / 2
        mean = float(np.mean(np.clip(small * 2.0**middle, 0, 1) ** (1 / 2.2)))
        low, high = (middle, high) if mean < MEAN_DISPLAY else (low, middle)
    return float(2.0 ** ((low + high) / 2))
