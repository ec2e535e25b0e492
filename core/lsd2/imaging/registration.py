"""Finding the global geometric relation of two frames of different exposure, noise and blur.

The frames are compared as locally normalised band-passed luminance after rank matching, which leaves neither gain,
colour cast nor clipping in the comparison.  A search by correlation over shifts and small rotations at low
resolution starts a refinement by enhanced correlation (ECC).  Motion blur moves fine detail, by up to half its
trail, against the centroid of the blur; so the refinement works at the resolution at which the blur found in the
pair is about two pixels wide, no finer.

Matrices take short-frame pixel coordinates (x, y, 1) to long-frame ones.

References
----------
G. Evangelidis and E. Psarakis, "Parametric Image Alignment Using Enhanced Correlation Coefficient Maximization", IEEE
TPAMI 30(10), 2008.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

import cv2
import numpy as np

from lsd2.imaging.fine_blur import fine_blur
from lsd2.imaging.likeness import Gray, Matrix, correlation, features, rank_match, score, smooth, warp

LUMA = np.array([0.25, 0.6, 0.15], np.float32)
"""Weights of R, G, B: leaning to green, which carries the least noise in a short frame."""
COARSE_SIDE = 256
FINEST_BLUR = 1.5
BLURS = (FINEST_BLUR, 2.0, 3.0, 4.0, 6.0, 8.0, 11.0, 16.0)
"""Blur widths (sigma, pixels at working size) that are told apart."""
SMALLEST_SIDE = 192
ROTATIONS = (0.0, -2.0, 2.0, -4.0, 4.0)
"""Degrees tried by the coarse search; ECC takes care of what lies between."""
MAX_SHIFT = 0.3
"""Largest shift searched for, as a part of each side."""
Told = Callable[[], object]
"""Called every tenth of a second or so; may raise `Cancelled`."""


def untold() -> None:
    """Nobody listens."""


class Motion(IntEnum):
    """Models of motion, the simplest first."""

    NONE = -1
    TRANSLATION = cv2.MOTION_TRANSLATION
    EUCLIDEAN = cv2.MOTION_EUCLIDEAN
    HOMOGRAPHY = cv2.MOTION_HOMOGRAPHY


@dataclass(frozen=True, slots=True)
class Registration:
    """What was found.

    Attributes
    ----------
    matrix : short to long pixel coordinates, at the size of the frames that were given.
    motion : the simplest model that explains the pair.
    score : mean correlation of blocks under `matrix`, -1 to 1; unrelated frames reach 0.5 by chance.
    blur : Gaussian blur (sigma, pixels) that makes the short frame most like the long one.
    """

    matrix: Matrix
    motion: Motion
    score: float
    blur: float = FINEST_BLUR


def register(short: Gray, long: Gray, told: Told = untold) -> Registration:
    """Relate two luminance images of equal size, up to about 1000 px a side."""
    short, long = smooth(short, 1.0), smooth(long, 1.0)
    short = rank_match(short, long)
    found = Registration(_coarse(short, long, told), Motion.EUCLIDEAN, 0.0)
    last = np.inf
    while (blur := _blur_width(short, long, found.matrix, told)) < last:  # a better fit may show the blur to be less
        found, last = _refine(short, long, found, blur, told), blur
    return replace(found, blur=_closer(last, short, long, found.matrix))


def relative_blur(short: Gray, long: Gray, told: Told = untold) -> float:
    """Gaussian blur (sigma, pixels) of the long of two registered luminance images against the short one."""
    short, long = smooth(short, 1.0), smooth(long, 1.0)
    short, straight = rank_match(short, long), np.eye(3)
    return _closer(_blur_width(short, long, straight, told), short, long, straight)


def _closer(blur: float, short: Gray, long: Gray, matrix: Matrix) -> float:
    """The blur that was found, looked at more closely where it is the least that is told apart."""
    return min(blur, fine_blur(short, long, matrix)) if blur <= FINEST_BLUR else blur


def scaled(matrix: Matrix, factor_x: float, factor_y: float) -> Matrix:
    """The same relation between frames enlarged by the factors; pixel centres stay at whole coordinates."""
    enlarge = np.array(
        [[factor_x, 0, (factor_x - 1) / 2], [0, factor_y, (factor_y - 1) / 2], [0, 0, 1]], dtype=np.float64
    )
    return np.asarray(enlarge @ matrix @ np.linalg.inv(enlarge), np.float64)


def _at(matrix: Matrix, source: Gray, target: Gray) -> Matrix:
    """A matrix between images the size of `source` as one between images the size of `target`."""
    return scaled(matrix, target.shape[1] / source.shape[1], target.shape[0] / source.shape[0])


def _coarse(short: Gray, long: Gray, told: Told) -> Matrix:
    """The best shift with the best of a few rotations, found by correlation; among equals the least movement."""
    a, b = (features(image, COARSE_SIDE, 1.5, 12.0) for image in (short, long))
    candidates = []
    for turn in _turns(a):
        told()
        candidates.append(turn @ _shift(a, warp(b, turn)))
    best = max(candidates, key=lambda matrix: score(a, b, matrix))
    return _at(best, a, short)


def _turns(image: Gray) -> Iterator[Matrix]:
    height, width = image.shape
    for degrees in ROTATIONS:
        turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1.0)
        yield np.vstack([turn, (0.0, 0.0, 1.0)])


def _shift(a: Gray, b: Gray) -> Matrix:
    """Shift of `b` against `a` by half-whitened cross-correlation, zero-padded so that it does not wrap."""
    height, width = a.shape
    window = np.sqrt(cv2.createHanningWindow((width, height), cv2.CV_32F))
    size = (cv2.getOptimalDFTSize(2 * height), cv2.getOptimalDFTSize(2 * width))
    spectrum = np.conj(np.fft.rfft2(a * window, size)) * np.fft.rfft2(b * window, size)
    peaks = np.fft.fftshift(np.fft.irfft2(spectrum / (np.sqrt(np.abs(spectrum)) + 1e-9), size))
    reach_y, reach_x = int(MAX_SHIFT * height), int(MAX_SHIFT * width)
    y, x = np.mgrid[-reach_y : reach_y + 1, -reach_x : reach_x + 1]
    near = peaks[y + size[0] // 2, x + size[1] // 2] * (1 - 0.1 * np.hypot(y / height, x / width) / MAX_SHIFT)
    best = np.argmax(near)
    return np.array([[1, 0, x.flat[best]], [0, 1, y.flat[best]], [0, 0, 1]], np.float64)


def _blur_width(short: Gray, long: Gray, matrix: Matrix, told: Told) -> float:
    """The Gaussian blur (sigma, pixels) of the short frame that makes it most like the long one."""
    seen = warp(np.ones_like(long), matrix) > 0.99
    detail = warp(long, matrix)
    detail = (detail - smooth(detail, 24.0))[seen]
    best, width = -1.0, FINEST_BLUR
    for sigma in BLURS:
        told()
        blurred = smooth(short, sigma)
        likeness = correlation((blurred - smooth(blurred, 24.0))[seen], detail)
        if likeness > best + 0.002:
            best, width = likeness, sigma
    return width


def _refine(short: Gray, long: Gray, prior: Registration, blur: float, told: Told) -> Registration:
    """The simplest model that explains the pair, by ECC at the resolution that suits the blur."""
    longest = max(max(short.shape) * min(1.0, 2.0 / max(blur, 2.0)), SMALLEST_SIDE)
    a, b = features(short, longest / 2, 1.5, 12.0), features(long, longest / 2, 1.5, 12.0)
    start, freedom = _at(prior.matrix, short, a), max(prior.motion, Motion.EUCLIDEAN)
    told()
    start = _ecc(a, b, start, freedom, otherwise=start)
    half = a
    a, b = features(short, longest, 2.0, 20.0), features(long, longest, 2.0, 20.0)
    start = _at(start, half, a)
    told()
    start = _ecc(a, b, start, freedom, otherwise=start)
    best = Registration(np.eye(3), Motion.NONE, score(a, b, np.eye(3)))
    for motion in (Motion.TRANSLATION, Motion.EUCLIDEAN, Motion.HOMOGRAPHY):
        told()
        first = _translation(start, a) if motion is Motion.TRANSLATION else start
        matrix = _ecc(a, b, first, motion, otherwise=best.matrix)
        if _explains_more(found := score(a, b, matrix), best.score, motion):
            best = Registration(matrix, motion, found)
    return Registration(_at(best.matrix, a, short), best.motion, best.score)


def _explains_more(found: float, simpler: float, motion: Motion) -> bool:
    """Whether a score beats that of a simpler model by more than freedom of fit alone would.

    A homography, which bends to fit blur and noise, must remove a third of what the simpler model left unexplained.
    """
    unexplained = 1.0 - simpler
    needed = unexplained / 3 if motion is Motion.HOMOGRAPHY else min(0.004, unexplained / 25)
    return found - simpler > needed


def _translation(matrix: Matrix, image: Gray) -> Matrix:
    """The shift that a matrix gives the image centre."""
    centre = np.array([(image.shape[1] - 1) / 2, (image.shape[0] - 1) / 2, 1.0])
    moved = matrix @ centre
    result = np.eye(3)
    result[:2, 2] = (moved / moved[2] - centre)[:2]
    return result


def _ecc(a: Gray, b: Gray, start: Matrix, motion: Motion, otherwise: Matrix) -> Matrix:
    """Refine `start`; `otherwise` where that does not converge, or runs away."""
    rows = 3 if motion is Motion.HOMOGRAPHY else 2
    everywhere = np.full(a.shape, 255, np.uint8)
    criteria = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 60, 1e-4)
    first = (start / start[2, 2])[:rows].astype(np.float32)
    try:
        _, found = cv2.findTransformECCWithMask(a, b, everywhere, everywhere, first, motion, criteria, 1)
    except cv2.error:
        return otherwise
    matrix = np.eye(3)
    matrix[:rows] = found
    return matrix if _is_plausible(matrix, a.shape) else otherwise


def _is_plausible(matrix: Matrix, size: tuple[int, ...]) -> bool:
    """Whether a matrix is what a hand does: the frame is not mirrored, folded or scaled beyond a quarter."""
    if not np.isfinite(matrix).all():
        return False
    (height, width), corners = size, np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    frame = (corners * (width - 1, height - 1)).astype(np.float32)
    moved = cv2.perspectiveTransform(frame[None], matrix)[0]
    growth = cv2.contourArea(moved, oriented=True) / cv2.contourArea(frame, oriented=True)
    return bool(cv2.isContourConvex(moved) and 0.8**2 < growth < 1.25**2)
