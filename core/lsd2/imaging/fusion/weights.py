"""How much every pixel of an exposure counts: the three measures of Mertens et al. 2007, Section 3.1.

References
----------
T. Mertens, J. Kautz and F. Van Reeth, "Exposure Fusion", Pacific Graphics 2007.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.photo import FloatImage

WELL_EXPOSED_SPREAD = 0.2
"""Sigma of the Gaussian around middle grey that measures exposedness, of full scale, as in the paper."""
FLOOR = 1e-12
"""Added to every weight, so that a pixel that no exposure shows well is the mean of all."""


@dataclass(frozen=True, slots=True)
class Weighting:
    """Exponents of the three measures: 0 ignores a measure, 1 is the paper's.

    Attributes
    ----------
    detail : local contrast, the absolute Laplacian of the grey picture.
    colour : saturation, the standard deviation of R, G and B.
    light : exposedness, how near R, G and B are to middle grey.
    noise : local contrast that counts as none, being noise; all that is the same in all pictures is left to the other
        measures.
    """

    detail: float = 1.0
    colour: float = 1.0
    light: float = 1.0
    noise: float = 0.0


def normalised_weights(
    pictures: Sequence[FloatImage], weighting: Weighting, priors: Sequence[float] | None = None
) -> list[FloatImage]:
    """Weights (H, W) of display images (H, W, 3), which sum to 1 at every pixel.

    `priors` are factors of the pictures' weights before they are made to sum to 1; None prefers none.
    """
    weights = [_weight(picture, weighting) for picture in pictures]
    if priors is not None:
        weights = [weight * np.float32(prior) for weight, prior in zip(weights, priors, strict=True)]
    total = sum(weights[1:], start=weights[0].copy())
    return [np.divide(weight, total, out=weight) for weight in weights]


def _weight(picture: FloatImage, weighting: Weighting) -> FloatImage:
    weight = np.ones(picture.shape[:2], np.float32)
    if weighting.detail:
        weight *= _power(_detail(picture) + np.float32(weighting.noise), weighting.detail)
    if weighting.colour:
        weight *= _power(_colour(picture), weighting.colour)
    if weighting.light:
        weight *= _light(picture, weighting.light)
    weight += np.float32(FLOOR)
    return weight


def _power(measure: FloatImage, exponent: float) -> FloatImage:
    return measure if exponent == 1 else np.asarray(cv2.pow(measure, exponent), np.float32)


def _detail(picture: FloatImage) -> FloatImage:
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    return np.abs(np.asarray(cv2.Laplacian(grey, cv2.CV_32F, ksize=1, borderType=cv2.BORDER_REFLECT), np.float32))


def _colour(picture: FloatImage) -> FloatImage:
    red, green, blue = cv2.split(picture)
    mean = (red + green + blue) / np.float32(3)
    return np.asarray(np.sqrt(((red - mean) ** 2 + (green - mean) ** 2 + (blue - mean) ** 2) / np.float32(3)))


def _light(picture: FloatImage, exponent: float) -> FloatImage:
    distance: NDArray[np.float32] = picture - np.float32(0.5)
    squares = cv2.transform(distance * distance, np.ones((1, 3), np.float32))
    return np.asarray(cv2.exp(squares * np.float32(-exponent / (2 * WELL_EXPOSED_SPREAD**2))), np.float32)
