"""Coarse alignment: the long frame is brought into the geometry of the short one, or left alone with a reason.

The network was trained on pairs that are a few pixels off, so this only has to take out what a hand-held camera
adds, and must never make a pair worse.  It is refused where the match could be chance, and where it would gain
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.errors import PairError
from lsd2.imaging.likeness import Gray, Matrix
from lsd2.imaging.photometry import PhotometryReport, fit_to_long
from lsd2.imaging.registration import LUMA, Motion, Registration, Told, register, relative_blur, scaled, untold
from lsd2.photo import AlignmentReport, Crop, FloatImage
from lsd2.progress import Progress, Stage

WORKING_SIDE = 1024
"""Longest side at which the relation is estimated, pixels."""
SMALLEST_PHOTO = 64
"""A photo with a shorter side than this shows too little to be sure of anything."""
CHANCE_SCORE, SURE_SCORE = 0.5, 0.8
"""Scores at which confidence is 0 and 1; unrelated photos reach 0.5, true pairs seldom stay below 0.8."""
MIN_CONFIDENCE = 0.3
LEAST_MOVE = 0.25
"""Movement, pixels, below which the long frame is left alone; in pixels of the working size if that is smaller.

It is the accuracy of the estimate.  Half a pixel is worth 1 to 2 dB where the long frame is hardly blurred.
"""
STRIP_ROWS = 256
FEATHER = 8.0
"""Width, pixels, over which the long frame's last pixels, repeated, fade into the fill beyond its border."""
FILL_SIGMA = 6
"""Standard deviation, pixels, of the Gaussian that takes the noise out of the fill."""

_Plane = NDArray[np.float64]

IDENTITY = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def align_long_to_short(short: FloatImage, long: FloatImage, progress: Progress) -> tuple[FloatImage, AlignmentReport]:
    """Register the long frame to the short one by shift, rotation or homography, whichever is the simplest that fits.

    Parameters
    ----------
    short, long : display images (H, W, 3) of equal size.
    progress : told `Stage.ALIGN` before and after the estimate, and after each strip of the warp.

    Returns
    -------
    The long frame in the short one's geometry (cubic resampling, clipped to [0, 1]; where it shows nothing, the
    softened short frame matched to its brightness and colour), or `long` itself; and the report.

    Raises
    ------
    PairError
        When the sizes differ.
    Cancelled
        When `progress` says so.
    """
    if short.shape != long.shape:
        sizes = f"{short.shape[1]}x{short.shape[0]} (short) and {long.shape[1]}x{long.shape[0]} (long)"
        raise PairError(f"the two photos differ in size or orientation, {sizes}; take both with the same settings")
    total = 1 + len(range(0, short.shape[0], STRIP_ROWS))
    progress.report(Stage.ALIGN, 0, total)
    report = estimate_alignment(short, long, partial(progress.report, Stage.ALIGN, 0, total))
    progress.report(Stage.ALIGN, 1, total)
    return warp_long(short, long, report, progress), report


def warp_long(
    short: FloatImage,
    long: FloatImage,
    report: AlignmentReport,
    progress: Progress,
    window: Crop | None = None,
    brightness: Callable[[], PhotometryReport] | None = None,
) -> FloatImage:
    """The part of the long frame that lies in `window` of the short one (None: all of it), as `report` registers it.

    `short` and `long` are the whole frames.  `progress` is told `Stage.ALIGN` after each strip; the estimate was
    step 1.  `brightness` tells how the short frame is matched to the long one, asked if something has to be filled; by
    default it is measured then.  `long` itself, or a view of it, where the report left it alone.
    """
    if not report.applied:
        return long if window is None else long[window.rows, window.columns]
    window = window or Crop(0, 0, short.shape[1], short.shape[0])
    tops = range(window.y, window.y + window.height, STRIP_ROWS)
    matrix = np.array(report.matrix)
    match = cache(brightness or partial(fit_to_long, short, long))
    aligned = np.empty((window.height, window.width, 3), np.float32)
    for done, top in enumerate(tops, start=2):
        rows = slice(top, min(top + STRIP_ROWS, window.y + window.height))
        strip = Crop(window.x, top, window.width, rows.stop - top)
        aligned[top - window.y :][: strip.height] = _warp_strip(short, long, matrix, strip, match)
        progress.report(Stage.ALIGN, done, 1 + len(tops))
    return aligned


def estimate_alignment(short: FloatImage, long: FloatImage, told: Told = untold) -> AlignmentReport:
    """How the long frame should be moved; display images (H, W, 3) of equal size.  `told` may raise `Cancelled`."""
    if min(short.shape[:2]) < SMALLEST_PHOTO:
        return _refused(0.0, "not aligned: the photos are too small to compare")
    small_short, small_long = _reduced_luminance(short), _reduced_luminance(long)
    found = register(small_short, small_long, told)
    confidence = float(np.clip((found.score - CHANCE_SCORE) / (SURE_SCORE - CHANCE_SCORE), 0.0, 1.0))
    if confidence < MIN_CONFIDENCE:
        return _refused(confidence, "not aligned: the photos show too little in common to be sure how they match")
    enlargement = short.shape[1] / small_short.shape[1], short.shape[0] / small_short.shape[0]
    matrix = scaled(found.matrix, *enlargement)
    move = _displacement(matrix, *short.shape[:2])
    if move.max() < LEAST_MOVE * max(1.0, *enlargement):
        report = _refused(confidence, "already aligned")
    else:
        report = _applied(found, matrix, confidence, short.shape[:2])
    return replace(report, blur_px=found.blur * max(enlargement))


def measure_blur(short: FloatImage, long: FloatImage, told: Told = untold) -> float:
    """`AlignmentReport.blur_px` of two display images (H, W, 3) that are left where they are; see above for `told`."""
    if min(short.shape[:2]) < SMALLEST_PHOTO:
        return 0.0
    small = _reduced_luminance(short)
    return float(relative_blur(small, _reduced_luminance(long), told) * max(short.shape) / max(small.shape))


def _reduced_luminance(image: FloatImage) -> Gray:
    factor = min(1.0, WORKING_SIDE / max(image.shape[:2]))
    height, width = (max(round(side * factor), 1) for side in image.shape[:2])
    small = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA) if factor < 1 else image
    return np.asarray(small @ LUMA, np.float32)


def _refused(confidence: float, reason: str) -> AlignmentReport:
    return AlignmentReport(applied=False, matrix=IDENTITY, shift_px=0.0, confidence=confidence, reason=reason)


def _applied(found: Registration, matrix: Matrix, confidence: float, size: tuple[int, int]) -> AlignmentReport:
    height, width = size
    matrix = matrix / matrix[2, 2]
    shift = float(_displacement(matrix, height, width)[2, 2])
    how = {
        Motion.TRANSLATION: "shift without rotation",
        Motion.EUCLIDEAN: "shift and rotation",
        Motion.HOMOGRAPHY: "change of perspective",
    }
    reason = f"the long photo was moved by {shift:.1f} px at the centre ({how[found.motion]}) to match the short one"
    missing = 1.0 - _coverage(matrix, height, width)
    if missing > 0.0005:
        reason += f"; {missing:.1%} that it does not show was filled from the short one"
    rows = ((float(a), float(b), float(c)) for a, b, c in matrix)
    return AlignmentReport(True, tuple(rows), shift, confidence, reason)


def _displacement(matrix: Matrix, height: int, width: int) -> NDArray[np.float64]:
    """Lengths by which a matrix moves a grid of 5x5 points from corner to corner; [2, 2] is the image centre."""
    y, x = np.meshgrid(np.linspace(0, height - 1, 5), np.linspace(0, width - 1, 5), indexing="ij")
    moved = matrix @ np.stack([x.ravel(), y.ravel(), np.ones(25)])
    moved_x, moved_y = (moved[:2] / moved[2]).reshape(2, 5, 5)
    return np.asarray(np.hypot(moved_x - x, moved_y - y), np.float64)


def _coverage(matrix: Matrix, height: int, width: int) -> float:
    """The part of the short frame that the long one shows as well."""
    frame = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float32)
    shown = cv2.perspectiveTransform(frame[None], np.linalg.inv(matrix))[0]
    return float(cv2.intersectConvexConvex(frame, shown)[0] / cv2.contourArea(frame))


def _side_distances(matrix: Matrix, x: _Plane, y: _Plane, size: tuple[int, int]) -> list[_Plane]:
    """How far inside the left, right, top and bottom side of the long frame the short frame's pixels (x, y) lie."""
    across, down, w = (row[0] * x + row[1] * y + row[2] for row in matrix)
    return [across / w, size[1] - 1 - across / w, down / w, size[0] - 1 - down / w]


def _known(matrix: Matrix, x: _Plane, y: _Plane, size: tuple[int, int]) -> FloatImage | None:
    """Weight of the long frame at the short frame's pixels (x, y): 1 on it, falling to 0 beyond sides that cut.

    None if no side cuts by more than half a pixel, so that a frame moved inwards keeps all it shows.
    """
    corners = np.array([0.0, size[1] - 1.0]), np.array([[0.0], [size[0] - 1.0]])
    cuts = [distance.min() < -0.5 for distance in _side_distances(matrix, *corners, size)]
    sides = [distance for distance, cut in zip(_side_distances(matrix, x, y, size), cuts, strict=True) if cut]
    if not sides:
        return None
    weight = np.clip(1.0 + np.minimum.reduce(sides) / FEATHER, 0.0, 1.0)
    return np.asarray(weight, np.float32)[..., None]


def _warp_strip(
    short: FloatImage, long: FloatImage, matrix: Matrix, strip: Crop, match: Callable[[], PhotometryReport]
) -> FloatImage:
    """The given part of the aligned long frame."""
    place = np.array([[1.0, 0.0, strip.x], [0.0, 1.0, strip.y], [0.0, 0.0, 1.0]])
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    size = strip.width, strip.height
    warped = cv2.warpPerspective(long, matrix @ place, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    warped = np.clip(warped, 0.0, 1.0, out=warped)
    y, x = np.mgrid[strip.rows, strip.columns].astype(np.float64)
    known = _known(matrix, x, y, (long.shape[0], long.shape[1]))
    if known is not None and known.min() < 1:
        warped = known * warped + (1 - known) * match().apply(_softened(short, strip))
    return np.asarray(warped, np.float32)


def _softened(short: FloatImage, part: Crop) -> FloatImage:
    """A part of the short frame without most of their noise: soft and clean, as a long frame is.

    A network takes the colours of flat areas from the long frame, and would keep the noise of a fill that has any.
    """
    margin = 4 * FILL_SIGMA
    top, left = max(part.y - margin, 0), max(part.x - margin, 0)
    soft = cv2.GaussianBlur(short[top : part.rows.stop + margin, left : part.columns.stop + margin], (0, 0), FILL_SIGMA)
    inner = part.seen_from(Crop(left, top, 0, 0))
    return np.asarray(soft[inner.rows, inner.columns], np.float32)
