"""Taking hold of a crop: by which edges, and where it goes.  Plain values, no widget."""

from __future__ import annotations

from enum import IntFlag

from lsd2.photo import Crop
from lsd2_gui.canvas.layout import Rect

SMALLEST_CROP = 8
"""Sides of a crop, pixels; less is no picture."""
GRIP_ZONE = 7
"""How far from an edge it can be taken hold of, logical pixels."""


class Edges(IntFlag):
    """What of a crop goes with the pointer; all of it moves, some of it resizes."""

    LEFT = 1
    TOP = 2
    RIGHT = 4
    BOTTOM = 8
    ALL = 15


def edges_at(box: Rect, x: float, y: float) -> Edges | None:
    """What a press at (x, y) takes hold of where a crop lies in `box`; all logical pixels; None beside it.

    A small crop has no room for edges on its inside: its middle always moves it.
    """
    zone_x, zone_y = min(GRIP_ZONE, box.width / 3), min(GRIP_ZONE, box.height / 3)
    if not (
        -GRIP_ZONE <= x - box.left <= box.width + GRIP_ZONE and -GRIP_ZONE <= y - box.top <= box.height + GRIP_ZONE
    ):
        return None
    held = Edges(0)
    if x <= box.left + zone_x:
        held |= Edges.LEFT
    elif x >= box.right - zone_x:
        held |= Edges.RIGHT
    if y <= box.top + zone_y:
        held |= Edges.TOP
    elif y >= box.bottom - zone_y:
        held |= Edges.BOTTOM
    return held or Edges.ALL


def carried(crop: Crop, edges: Edges, dx: int, dy: int, width: int, height: int) -> Crop:
    """A crop with some edges moved by (dx, dy) image pixels, inside a picture of width x height.

    Moved as a whole it keeps its size; resized it never becomes smaller than a crop may be.
    """
    if edges == Edges.ALL:
        x = min(max(crop.x + dx, 0), width - crop.width)
        y = min(max(crop.y + dy, 0), height - crop.height)
        return Crop(x, y, crop.width, crop.height)
    left, right = _span(crop.columns, dx, width, first=bool(edges & Edges.LEFT), last=bool(edges & Edges.RIGHT))
    top, bottom = _span(crop.rows, dy, height, first=bool(edges & Edges.TOP), last=bool(edges & Edges.BOTTOM))
    return Crop(left, top, right - left, bottom - top)


def _span(span: slice, by: int, room: int, *, first: bool, last: bool) -> tuple[int, int]:
    least = min(SMALLEST_CROP, span.stop - span.start)
    if first:
        return min(max(span.start + by, 0), span.stop - least), span.stop
    if last:
        return span.start, max(min(span.stop + by, room), span.start + least)
    return span.start, span.stop
