"""Developing camera raw files: how linear light becomes a display image, and two frames of a pair alike.

A sensor clips each colour at another level once white balance has multiplied them.  LibRaw blends what is left of
partly clipped colours into neutral highlights above 1; a shoulder brings them into the display's range, so that they
keep their drawing and never turn pink.  Nothing depends on the picture's content: what is twice the light in one frame
is twice the light in the other.

References
----------
IEC 61966-2-1, the curve of sRGB.
E. Reinhard, M. Stark, P. Shirley, J. Ferwerda, Photographic Tone Reproduction for Digital Images, SIGGRAPH 2002,
equation 4, for the shoulder.
Adobe DNG 1.7, BaselineExposure.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lsd2.photo import Development, FloatImage, Photo

KNEE = 0.75
"""Linear light from which the shoulder bends; on the display 0.88."""
_SAME_BALANCE = 0.02
_LEVELS = 65536


def developed_like(own: Development, like: Development | None) -> tuple[Development, tuple[str, ...]]:
    """How a frame is developed whose camera meant `own`, when it is to look like another's; and notes."""
    if like is None or own == like:
        return own, ()
    if own.camera != like.camera:
        return own, ("it is of another camera than the long photo; each was developed with its own white balance",)
    ratios = [mine / other for mine, other in zip(own.white_balance, like.white_balance, strict=True)]
    if max(ratios) / min(ratios) - 1 <= _SAME_BALANCE:
        return like, ()
    return like, ("it was developed with the white balance of the long photo, as its own differs",)


def white_point(development: Development) -> float:
    """Linear light of a neutral highlight in which all colours of the sensor are clipped: what the display shows as 1.

    LibRaw's blending gives it the mean of the clipped colours; the least of them clips at 1.
    """
    return max(1.0, float(np.mean(development.white_balance)) * exposure_gain(development))


def exposure_gain(development: Development) -> float:
    """What the camera's baseline exposure multiplies linear light by."""
    return float(2.0**development.baseline_ev)


def display_table(development: Development, span: float) -> NDArray[np.float32]:
    """The display value of each of 65536 levels of LibRaw's linear output with blended highlights.

    Parameters
    ----------
    development : how the frame is developed.
    span : levels between black and saturation of this frame's own file.

    Returns
    -------
    (65536,) float32, rising, in [0, 1].
    """
    light = np.arange(_LEVELS) / (_LEVELS - 1) * _full_scale(development, span)
    return to_display_light(light, white_point(development)).astype(np.float32)


def linear_light(photo: Photo) -> FloatImage | None:
    """The linear light that a developed raw photo shows, or None for photos that were not developed here.

    Returns
    -------
    (H, W, 3) float32, primaries of sRGB; 1 is where the first of the sensor's colours clips.  Frames with the same
    `Development` have the same scale.
    """
    if photo.development is None:
        return None
    white = white_point(photo.development)
    light = np.linspace(0, white, _LEVELS)
    # Curve and samples are both rising: interpolation the other way round is the inverse.
    return np.interp(photo.pixels, to_display_light(light, white), light).astype(np.float32)


def _full_scale(development: Development, span: float) -> float:
    """Linear light of LibRaw's largest value: with blended highlights it scales the most multiplied colour to it."""
    return max(development.white_balance) * exposure_gain(development) * span / development.span


def to_display_light(light: NDArray[np.float64], white: float) -> NDArray[np.float64]:
    """Linear light to display values: a shoulder from `KNEE` on that reaches 1 at `white`, then sRGB's curve."""
    return srgb_curve(_shoulder(np.minimum(light, white), white))


def _shoulder(light: NDArray[np.float64], white: float) -> NDArray[np.float64]:
    above = np.maximum(light - KNEE, 0) / (1 - KNEE)
    end = (white - KNEE) / (1 - KNEE)
    bent = above * (1 + above / end**2) / (1 + above)
    return np.where(light <= KNEE, light, KNEE + (1 - KNEE) * bent)


def srgb_curve(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """Linear light in [0, 1] to the values of sRGB."""
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * np.maximum(light, 0.0031308) ** (1 / 2.4) - 0.055)
