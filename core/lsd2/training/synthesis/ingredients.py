"""What the realistic recipe adds to the paper's, piece by piece, so that each can be tried alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lsd2.training.synthesis.pair import PAPER, REALISTIC, Recipe


def _pair(*fields: str) -> Callable[[Recipe], Recipe]:
    return lambda recipe: replace(recipe, **_values(REALISTIC, fields))


def _noise(*fields: str) -> Callable[[Recipe], Recipe]:
    return lambda recipe: replace(recipe, noise=replace(recipe.noise, **_values(REALISTIC.noise, fields)))


def _values(source: object, fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(source, name) for name in fields}


INGREDIENTS: dict[str, Callable[[Recipe], Recipe]] = {
    "noise-levels": _noise("level", "ratio"),
    "texture": _noise("textured"),
    "mosaic": _noise("mosaic"),
    "processing": _noise("processed"),
    "jpeg": _noise("jpeg", "quality"),
    "brightness": _pair("scale", "colour"),
    "dark": _pair("dark"),
    "lights": _pair("lights"),
    "misalignment": _pair("residual_shift", "registered"),
    "moving": _pair("moving"),
    "trails": _pair("frame_width", "softened"),
    "good-photos": _pair("still", "noise_free"),
    "crisp-photos": _pair("crisp"),
}
"""By name: takes a recipe and gives it that part of `REALISTIC`.

noise-levels : weaker noise, and long frames with 3 to 24 times less of it.
texture : noise as a camera's processing leaves it, coarse and alike in the channels.
mosaic : noise made on a Bayer sensor and demosaiced.
processing : a camera's colour noise removal, denoising and sharpening.
jpeg : compressed files.
brightness : wide brightness ratios and colour casts.
dark : scenes darkened first.
lights : lamps brighter than white, which leave trails.
misalignment : frames registered before, and what is left of the shift.
moving : objects that move between the frames.
trails : those of whole photos, and what fusing a smaller copy leaves of them.
good-photos : pairs without motion or without noise.
crisp-photos : photos with more of the finest detail.
"""


def paper_with(*names: str) -> Recipe:
    """The paper's recipe with these ingredients; with all, it is the realistic one.

    Raises
    ------
    KeyError
        When there is no such ingredient.
    """
    recipe = PAPER
    for name in names:
        recipe = INGREDIENTS[name](recipe)
    return recipe
