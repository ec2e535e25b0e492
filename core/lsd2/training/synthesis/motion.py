"""Motion blur from camera rotation (Sections 3.1.3 and 3.1.4 of the paper).

Angular velocity is integrated as quaternions to rotations R(t).  Row y of N is exposed from t1(y) = t_f + t_r y / N,
and a scene point seen at x at the start of its row's exposure has moved at time t to H(t) x with
H(t) = K R(t) R(t1)^T K^-1 (Eq. 2).  The origin of every point-spread function is the start of the exposure, which
misaligns the blurred frame as a real one is.

The frame is built by gathering: pixel x of the long frame is the mean over the exposure of the scene at H(t)^-1 x.
H varies smoothly, so that displacements are computed on a coarse grid and interpolated.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.training.synthesis.gyro import GyroTrack

GRID_STEP = 32
"""Pixels between grid points at which displacements are computed; the error stays under 0.02 px."""
MAX_SAMPLES = 64


@dataclass(frozen=True, slots=True)
class Camera:
    """Pinhole intrinsics of a frame, pixels, and the sensor's read-out time, s.

    `nvidia_shield` is the tablet of the paper's authors: focal length 1558.7 px at 1920 px width, read-out 24.49 ms.
    """

    width: int
    height: int
    focal: float
    readout: float

    @classmethod
    def nvidia_shield(cls, width: int, height: int) -> Camera:
        """The authors' tablet at another resolution."""
        return cls(width, height, 1558.7 / 1920 * max(width, height), 0.02449)

    def matrix(self) -> NDArray[np.float64]:
        """K, 3x3."""
        return np.array([[self.focal, 0, self.width / 2], [0, self.focal, self.height / 2], [0, 0, 1]])


@dataclass(frozen=True, slots=True)
class Rotations:
    """Orientation of the camera over time: unit quaternions (N, 4), scalar first, at `times` (N,), s."""

    times: NDArray[np.float64] = field(repr=False)
    quaternions: NDArray[np.float64] = field(repr=False)

    def at(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """Rotation matrices (..., 3, 3) at `times` (...), by normalised linear interpolation."""
        flat = np.stack([np.interp(times, self.times, self.quaternions[:, i]) for i in range(4)], axis=-1)
        return quaternion_to_matrix(flat / np.linalg.norm(flat, axis=-1, keepdims=True))


def integrate(track: GyroTrack) -> Rotations:
    """Integrate dq/dt = q * (0, w) / 2 exactly for rates that are constant between two readings."""
    angles = track.rates[:-1] * np.diff(track.times)[:, None]
    steps = _rotation_quaternions(angles)
    quaternions = np.empty((len(track.times), 4))
    quaternions[0] = q = np.array([1.0, 0, 0, 0])
    for i, step in enumerate(steps):
        q = quaternion_product(q, step)
        quaternions[i + 1] = q
    return Rotations(track.times, quaternions / np.linalg.norm(quaternions, axis=1, keepdims=True))


def _rotation_quaternions(angles: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rotation vectors (N, 3), rad, to unit quaternions (N, 4)."""
    size = np.linalg.norm(angles, axis=1, keepdims=True)
    axis = angles / np.maximum(size, 1e-12)
    return np.concatenate([np.cos(size / 2), axis * np.sin(size / 2)], axis=1)


def quaternion_product(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Hamilton product of two quaternions, scalar first."""
    w1, x1, y1, z1 = a
    w2, x2, y2, z2 = b
    return np.array(
        [
            w1 * w2 - x1 * x2 - y1 * y2 - z1 * z2,
            w1 * x2 + x1 * w2 + y1 * z2 - z1 * y2,
            w1 * y2 - x1 * z2 + y1 * w2 + z1 * x2,
            w1 * z2 + x1 * y2 - y1 * x2 + z1 * w2,
        ]
    )


def quaternion_to_matrix(q: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit quaternions (..., 4) to direction cosine matrices (..., 3, 3)."""
    w, x, y, z = np.moveaxis(q, -1, 0)
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ]
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


@dataclass(frozen=True, slots=True)
class Exposure:
    """When the long frame is exposed: start of the first row and length, s."""

    start: float
    seconds: float


def displacements(
    rotations: Rotations,
    camera: Camera,
    exposure: Exposure,
    fractions: NDArray[np.float64],
    xs: NDArray[np.float64],
    ys: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Where the scene shown at (x, y) at each moment of the exposure stood at the exposure's start.

    Parameters
    ----------
    fractions : (T,) moments of the exposure, 0 (start) to 1 (end).
    xs, ys : (X,), (Y,) pixel coordinates of a grid.

    Returns
    -------
    (T, Y, X, 2) displacements (dx, dy), pixels: H(t)^-1 x - x.
    """
    row_start = exposure.start + camera.readout * ys / camera.height
    moments = row_start[None, :] + fractions[:, None] * exposure.seconds
    k = camera.matrix()
    back = rotations.at(row_start)[None] @ np.swapaxes(rotations.at(moments), -1, -2)
    homographies = k @ back @ np.linalg.inv(k)
    grid = np.stack([*np.broadcast_arrays(xs[None, :], ys[:, None]), np.ones((len(ys), len(xs)))], axis=-1)
    moved = np.einsum("tyij,yxj->tyxi", homographies, grid)
    return np.asarray(moved[..., :2] / moved[..., 2:] - grid[..., :2])


def trail_length(moves: NDArray[np.float64]) -> float:
    """Longest trail, pixels, of displacements (T, Y, X, 2)."""
    return float(np.linalg.norm(np.diff(moves, axis=0), axis=-1).sum(axis=0).max(initial=0.0))


def blur(
    image: NDArray[np.float32],
    rotations: Rotations,
    camera: Camera,
    exposure: Exposure,
    origin: tuple[int, int] = (0, 0),
    offset: tuple[float, float] = (0.0, 0.0),
    *,
    centred: bool = False,
) -> NDArray[np.float32]:
    """Expose a linear-light crop of a frame while the camera turns.

    Parameters
    ----------
    image : float32 HWC, RGB, linear light, not clipped; mirrored at its borders.
    origin : (x, y) of the crop in the camera's frame, pixels.
    offset : further constant shift (dx, dy) of the frame, pixels: movement in the gap between the two exposures.
    centred : every trail has its centre, not its start, at the scene point: a frame that was registered afterwards.

    Returns
    -------
    float32 HWC, RGB, linear light, not clipped.
    """
    height, width = image.shape[:2]
    xs, ys = (np.linspace(0, size - 1, 2 + size // GRID_STEP) for size in (width, height))
    place = (rotations, camera, exposure)
    coarse = displacements(*place, np.linspace(0, 1, 17), xs + origin[0], ys + origin[1])
    samples = int(np.clip(np.ceil(trail_length(coarse)) + 1, 1, MAX_SAMPLES))
    fractions = (np.arange(samples) + 0.5) / samples
    moves = displacements(*place, fractions, xs + origin[0], ys + origin[1])
    if centred:
        moves -= moves.mean(axis=0)
    moves += np.asarray(offset)
    return expose(image, moves.astype(np.float32))


def expose(image: NDArray[np.float32], moves: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean of `image` gathered along displacements (T, Y, X, 2) given on a grid that spans it."""
    height, width = image.shape[:2]
    base_x, base_y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    spread = _grid_spread(moves.shape[1], moves.shape[2], height, width)
    total = np.zeros_like(image)
    for move in moves:
        dx, dy = (spread[0] @ move[..., i] @ spread[1] for i in range(2))
        cv2.accumulate(
            cv2.remap(image, base_x + dx, base_y + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101), total
        )
    total /= len(moves)
    return total


def _grid_spread(rows: int, columns: int, height: int, width: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Matrices that interpolate a (rows, columns) grid linearly to (height, width): left @ grid @ right."""
    return _interpolation(height, rows), np.ascontiguousarray(_interpolation(width, columns).T)


def _interpolation(fine: int, coarse: int) -> NDArray[np.float32]:
    """(fine, coarse) matrix of linear interpolation between end points that coincide."""
    position = np.linspace(0, coarse - 1, fine)
    left = np.minimum(position.astype(int), coarse - 2)
    matrix = np.zeros((fine, coarse), np.float32)
    rows = np.arange(fine)
    matrix[rows, left] = 1 - (position - left)
    matrix[rows, left + 1] += position - left
    return matrix
