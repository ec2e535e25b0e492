"""From finished rows to a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.comparison.captions import exposure, footer, method_lines
from lsd2.comparison.crops import choose_crops
from lsd2.comparison.layout import Column, Overview, Sheet
from lsd2.comparison.rows import Compared
from lsd2.io.encode import to_integers
from lsd2.io.naming import shown
from lsd2.photo import Crop, FloatImage, Photo

OVERVIEW_WIDTH = 1600
AUTOMATIC_CROPS = 3
UNLIKE = {"short", "mertens"}
"""Rows that differ from all others everywhere, by their noise or by their brightness."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The pair: what is known of its photos, and the prepared pixels (display images) that all methods got.

    `reference` is the sharp photo, if there is one.
    """

    short: Photo
    long: Photo
    prepared_short: FloatImage
    prepared_long: FloatImage
    reference: Photo | None = None


def pick_crops(scene: Scene, rows: Sequence[Compared]) -> list[Crop]:
    """Where the methods differ most; rows that differ from all of them everywhere have no say."""
    judged = [row for row in rows if row.result.method not in UNLIKE]
    pictures = (row.pixels for row in (judged if len(judged) > 1 else rows))
    return choose_crops(pictures, scene.prepared_long, rows[0].result.alignment, AUTOMATIC_CROPS)


def compose(scene: Scene, rows: Sequence[Compared], crops: Sequence[Crop], chosen_by_user: bool) -> Sheet:
    """Everything that is drawn, the last row as the third overview."""
    height, width = scene.prepared_short.shape[:2]
    last, lines = rows[-1], method_lines(rows)
    overviews = (
        Overview(_small(scene.prepared_short), "Short exposure", _about(scene.short)),
        Overview(_small(scene.prepared_long), "Long exposure", _about(scene.long)),
        Overview(_eight_bit(_reduced(last.pixels)), last.result.label, lines[-1][0]),
    )
    columns = tuple(
        Column(row.result.label, words, tuple(_eight_bit(row.pixels[crop.rows, crop.columns]) for crop in crops))
        for row, words in zip(rows, lines, strict=True)
    )
    about = footer(rows, crops, chosen_by_user, _name(scene.reference) if scene.reference else None)
    title = f"{_name(scene.short)}, {_name(scene.long)}"
    return Sheet(title, (width, height), overviews, tuple(crops), (*columns, *_truth(scene, crops)), about)


def _truth(scene: Scene, crops: Sequence[Crop]) -> tuple[Column, ...]:
    """The sharp photo as the last column."""
    if scene.reference is None:
        return ()
    pixels = scene.reference.pixels
    views = tuple(np.asarray(to_integers(pixels[crop.rows, crop.columns], 255), np.uint8) for crop in crops)
    return (Column("Reference", ("sharp photo",), views),)


def _name(photo: Photo) -> str:
    return shown(Path(photo.name))


def _about(photo: Photo) -> str:
    return ", ".join(part for part in (_name(photo), exposure(photo.metadata)) if part)


def _small(image: FloatImage) -> NDArray[np.uint8]:
    return np.asarray(to_integers(np.asarray(_reduced(image), np.float32), 255), np.uint8)


def _reduced(image: NDArray[np.float32] | NDArray[np.uint16]) -> NDArray[np.float32] | NDArray[np.uint16]:
    """No wider than an overview is ever printed."""
    height, width = image.shape[:2]
    if width <= OVERVIEW_WIDTH:
        return image
    size = OVERVIEW_WIDTH, max(1, round(height * OVERVIEW_WIDTH / width))
    reduced: NDArray[np.float32] = cv2.resize(image, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    return reduced


def _eight_bit(pixels: NDArray[np.float32] | NDArray[np.uint16]) -> NDArray[np.uint8]:
    return np.asarray(np.rint(pixels / np.float32(257)), np.uint8)
