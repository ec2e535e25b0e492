"""How the canvas is divided: which layer is painted where.  Pure geometry in device pixels.

Every pane has a `frame`, which the shared transform refers to, and a `clip`, the part of it that is painted.  In a wipe
two panes have the same frame and the clips meet at the divider; a grid has frames of equal size side by side.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

DIVIDER_ZONE = 8
"""Width of the strip in which the divider is grabbed, logical pixels."""
GAP = 2
"""Device pixels between the panes of a grid."""
MARGIN_SHARE = 0.06
"""Margin around a picture that is being assessed, as a share of the pane's shorter side."""

PART_GAP = "  ·  "
"""Between the parts of a pane's label."""


@dataclass(frozen=True, slots=True)
class Rect:
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def is_empty(self) -> bool:
        return self.width <= 0 or self.height <= 0

    def contains(self, x: float, y: float) -> bool:
        return self.left <= x < self.right and self.top <= y < self.bottom

    def intersected(self, other: Rect) -> Rect:
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rect(left, top, max(0.0, right - left), max(0.0, bottom - top))

    def moved(self, dx: float, dy: float) -> Rect:
        return Rect(self.left + dx, self.top + dy, self.width, self.height)

    def scaled(self, factor: float) -> Rect:
        return Rect(self.left * factor, self.top * factor, self.width * factor, self.height * factor)


@dataclass(frozen=True, slots=True)
class Pane:
    """`layer` counts the shown layers from 0; `label_right` puts its label into the clip's right corner.

    `shift` moves this pane's picture away from the shared transform, whole device pixels.
    """

    layer: int
    frame: Rect
    clip: Rect
    label_right: bool = False
    shift: tuple[float, float] = (0.0, 0.0)


def single(width: float, height: float, layer: int = 0) -> tuple[Pane, ...]:
    """One layer everywhere."""
    whole = Rect(0, 0, width, height)
    return (Pane(layer, whole, whole),)


def split(width: float, height: float, divider: float, *, across: bool = False) -> tuple[Pane, ...]:
    """Layer 0 left of the divider (0 to 1 of the width) or above it, layer 1 on the other side."""
    whole = Rect(0, 0, width, height)
    if across:
        y = float(divider_place(height, divider))
        return Pane(0, whole, Rect(0, 0, width, y)), Pane(1, whole, Rect(0, y, width, height - y))
    x = float(divider_place(width, divider))
    left, right = Rect(0, 0, x, height), Rect(x, 0, width - x, height)
    return Pane(0, whole, left), Pane(1, whole, right, label_right=True)


def divider_place(extent: float, divider: float) -> int:
    """The divider's place on a whole device pixel."""
    return round(min(max(divider, 0.0), 1.0) * extent)


def grid(width: float, height: float, count: int, columns: int) -> tuple[Pane, ...]:
    """`count` panes of one size, row by row, a gap apart and in the middle of the canvas."""
    rows = math.ceil(count / columns)
    side_x = max(1.0, float((width - GAP * (columns - 1)) // columns))
    side_y = max(1.0, float((height - GAP * (rows - 1)) // rows))
    left = (width - side_x * columns - GAP * (columns - 1)) // 2
    top = (height - side_y * rows - GAP * (rows - 1)) // 2
    panes = []
    for index in range(count):
        row, column = divmod(index, columns)
        frame = Rect(left + column * (side_x + GAP), top + row * (side_y + GAP), side_x, side_y)
        panes.append(Pane(index, frame, frame))
    return tuple(panes)


def best_columns(width: float, height: float, count: int, aspect: float) -> int:
    """The number of columns with which pictures of `aspect` (width / height) are largest; the fewest on a tie."""

    def scale(columns: int) -> float:
        rows = math.ceil(count / columns)
        return min(width / columns / aspect, height / rows)

    return max(range(1, max(1, count) + 1), key=lambda columns: (scale(columns), -columns))


def with_margin(pane: Pane) -> Pane:
    """The pane with room around its picture, on whole pixels.  For panes whose clip is their frame or a side of it."""
    margin = float(round(min(pane.frame.width, pane.frame.height) * MARGIN_SHARE))
    frame = Rect(
        pane.frame.left + margin,
        pane.frame.top + margin,
        max(1.0, pane.frame.width - 2 * margin),
        max(1.0, pane.frame.height - 2 * margin),
    )
    return Pane(pane.layer, frame, pane.clip.intersected(frame), pane.label_right, pane.shift)


def place_label(
    clip: Rect, text_width: float, text_height: float, margin: float, *, right: bool, lines: int = 1
) -> Rect | None:
    """The label's box inside the pane's clip at its top, cut to the room there; None where no text can be read.

    `text_width` and `text_height` are of the box that the whole text needs.
    """
    room = Rect(clip.left + margin, clip.top + margin, clip.width - 2 * margin, clip.height - 2 * margin)
    width = min(text_width, room.width)
    if width < 2 * text_height / lines or room.height < text_height:
        return None
    left = room.right - width if right else room.left
    return Rect(left, room.top, width, text_height)


def label_room(clip: Rect, picture: Rect, width: float, height: float, margin: float, *, right: bool) -> Rect:
    """The part of a clip whose corner a label is put into: the picture's corner, or as near to it as the label fits.

    `width` and `height` are of the label's box, `picture` is where the whole picture lies.
    """
    need_x, need_y = width + 2 * margin, height + 2 * margin
    top = max(clip.top, min(picture.top, clip.bottom - need_y))
    if right:
        end = min(clip.right, max(picture.right, clip.left + need_x))
        return Rect(clip.left, top, max(0.0, end - clip.left), max(0.0, clip.bottom - top))
    left = max(clip.left, min(picture.left, clip.right - need_x))
    return Rect(left, top, max(0.0, clip.right - left), max(0.0, clip.bottom - top))


def place_foot(clip: Rect, width: float, height: float, margin: float, *, right: bool) -> Rect | None:
    """A box in a lower corner of the clip; None where there is no room for it beside a label at the top."""
    if clip.width < width + 2 * margin or clip.height < 2 * height + 3 * margin:
        return None
    left = clip.right - margin - width if right else clip.left + margin
    return Rect(left, clip.bottom - margin - height, width, height)


def place_loupe(view: Rect, x: float, y: float, width: float, height: float, distance: float) -> Rect:
    """A box beside the point (x, y), on the side where there is room, always inside `view` as far as it fits."""
    left = x + distance if x + distance + width <= view.right else x - distance - width
    top = y + distance if y + distance + height <= view.bottom else y - distance - height
    left = min(max(left, view.left), max(view.left, view.right - width))
    top = min(max(top, view.top), max(view.top, view.bottom - height))
    return Rect(left, top, width, height)
