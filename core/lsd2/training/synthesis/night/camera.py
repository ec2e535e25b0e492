"""The camera of the rendered night scene, and how it draws flat pieces of the world."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.training.synthesis.night.light import Frame, Vector
from lsd2.training.synthesis.night.surface import FloatImage

NEAREST = 0.4
"""Depth, metres, nearer than which nothing is drawn."""
STRIP = 1.6
"""Width, metres, of the strips in which long walls are drawn, each filtered for its own distance."""


@dataclass(frozen=True, slots=True)
class View:
    """A level camera at x = z = 0; verticals stay vertical, as with a shifted lens.

    Attributes
    ----------
    width, height : pixels.  focal : pixels.  horizon : row of the horizon, pixels.
    eye : height above the ground, metres.  yaw : rad, to the right of the street's direction.
    """

    width: int
    height: int
    focal: float
    horizon: float
    eye: float
    yaw: float

    def scaled(self, factor: float) -> View:
        """The same view on a raster that is `factor` times as fine."""
        size = (round(self.width * factor), round(self.height * factor))
        return View(*size, self.focal * factor, self.horizon * factor, self.eye, self.yaw)

    def project(
        self, points: NDArray[np.float64], mirrored: bool = False
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """World points (..., 3) to pixels (..., 2) and depths (...); `mirrored` as the ground reflects them."""
        x, y, z = np.moveaxis(points, -1, 0)
        if mirrored:
            y = -y
        across = x * np.cos(self.yaw) - z * np.sin(self.yaw)
        depth = x * np.sin(self.yaw) + z * np.cos(self.yaw)
        safe = np.maximum(depth, 1e-3)
        place = np.stack(
            [self.width / 2 + self.focal * across / safe, self.horizon - self.focal * (y - self.eye) / safe], -1
        )
        return place, depth

    def depth(self, point: Vector) -> float:
        """Distance along the viewing direction, metres."""
        return float(point[0] * np.sin(self.yaw) + point[2] * np.cos(self.yaw))

    def facing(self) -> Vector:
        """Unit vector to the right of the picture: the direction of a sign that faces the camera."""
        return (float(np.cos(self.yaw)), 0.0, float(-np.sin(self.yaw)))


@dataclass(frozen=True, slots=True)
class Piece:
    """A flat, finished piece of the world: premultiplied radiance and coverage (H, W, 4) spread over its frame."""

    frame: Frame
    width: float
    height: float
    texture: FloatImage

    def centre(self) -> NDArray[np.float64]:
        return self.frame.points(np.array(self.width / 2), np.array(self.height / 2))

    def strips(self) -> list[Piece]:
        """The piece cut into overlapping upright strips."""
        count = max(int(np.ceil(self.width / STRIP)), 1)
        if count == 1:
            return [self]
        columns = self.texture.shape[1]
        cuts = np.linspace(0, columns, count + 1).round().astype(int)
        return [self._cut(max(a - 3, 0), min(b + 3, columns)) for a, b in pairwise(cuts)]

    def _cut(self, first: int, last: int) -> Piece:
        texel = self.width / self.texture.shape[1]
        corner = self.frame.points(np.array(first * texel), np.array(0.0))
        frame = Frame((float(corner[0]), float(corner[1]), float(corner[2])), self.frame.right, self.frame.up)
        return Piece(frame, (last - first) * texel, self.height, self.texture[:, first:last])


def draw(canvas: FloatImage, view: View, piece: Piece, mirrored: bool = False) -> None:
    """Draw a piece over the canvas (H, W, 3), in place."""
    for strip in piece.strips():
        _draw_strip(canvas, view, strip, mirrored)


def _draw_strip(canvas: FloatImage, view: View, piece: Piece, mirrored: bool) -> None:
    x, y = np.array([0, piece.width, piece.width, 0]), np.array([piece.height, piece.height, 0, 0])
    corners, depths = view.project(piece.frame.points(x, y), mirrored)
    if depths.min() < NEAREST:
        return
    left, top = np.maximum(np.floor(corners.min(axis=0)) - 1, 0).astype(int)
    right, bottom = np.minimum(np.ceil(corners.max(axis=0)) + 2, (view.width, view.height)).astype(int)
    if right <= left or bottom <= top:
        return
    texture = _minified(piece.texture, corners)
    rows, columns = texture.shape[:2]
    source = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32) - np.float32(0.5)
    target = (corners - (left, top) - 0.5).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    warped = cv2.warpPerspective(texture, matrix, (int(right - left), int(bottom - top)), flags=cv2.INTER_LINEAR)
    part = canvas[top:bottom, left:right]
    part *= 1 - warped[..., 3:]
    part += warped[..., :3]


def _minified(texture: FloatImage, corners: NDArray[np.float64]) -> FloatImage:
    """The texture area-averaged to about the number of pixels it will cover."""
    edges = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    width, height = max(edges[0], edges[2]), max(edges[1], edges[3])
    rows, columns = texture.shape[:2]
    size = (max(min(columns, int(np.ceil(width))), 1), max(min(rows, int(np.ceil(height))), 1))
    if size == (columns, rows):
        return texture
    return np.asarray(cv2.resize(texture, size, interpolation=cv2.INTER_AREA), np.float32)
