"""How the canvas is divided: which layer is painted where.  Pure geometry in device pixels.

Every pane has a `frame`, which the shared transform refers to, and a `clip`, the part of it that is painted.  In a wipe
two panes have the same frame and the clips meet at the divider; a grid has frames of equal size side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

DIVIDER_ZONE = 8
"""Width of the strip in which the divider is grabbed, logical pixels."""


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

    def intersected(self, other: Rect) -> Rect:
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rect(left, top, max(0.0, right - left), max(0.0, bottom - top))


@dataclass(frozen=True, slots=True)
class Pane:
    """`layer` counts the shown layers from 0; `label_right` puts its label into the clip's right corner."""

    layer: int
    frame: Rect
    clip: Rect
    label_right: bool = False


def single(width: float, height: float, layer: int = 0) -> tuple[Pane, ...]:
    """One layer everywhere."""
    whole = Rect(0, 0, width, height)
    return (Pane(layer, whole, whole),)


def wipe(width: float, height: float, divider: float) -> tuple[Pane, ...]:
    """Layer 0 left of the divider (0 to 1 of the width), layer 1 right of it."""
    whole = Rect(0, 0, width, height)
    x = float(divider_x(width, divider))
    left, right = Rect(0, 0, x, height), Rect(x, 0, width - x, height)
    return (Pane(0, whole, left), Pane(1, whole, right, label_right=True))


def divider_x(width: float, divider: float) -> int:
    """The divider's place on a whole device pixel."""
    return round(min(max(divider, 0.0), 1.0) * width)


def place_label(clip: Rect, text_width: float, text_height: float, margin: float, *, right: bool) -> Rect | None:
    """The label's box inside the pane's clip at its top, cut to the room there; None where no text can be read.

    `text_width` and `text_height` are of the box that the whole text needs.
    """
    room = Rect(clip.left + margin, clip.top + margin, clip.width - 2 * margin, clip.height - 2 * margin)
    width = min(text_width, room.width)
    if width < 2 * text_height or room.height < text_height:
        return None
    left = room.right - width if right else room.left
    return Rect(left, room.top, width, text_height)
