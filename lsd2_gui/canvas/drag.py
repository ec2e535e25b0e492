"""What the pointer has hold of between press and release."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from PySide6.QtCore import QPointF

from lsd2_gui.canvas.kinetic import DragSpeed
from lsd2_gui.canvas.layout import DIVIDER_ZONE
from lsd2_gui.canvas.paint import HANDLE_RADIUS
from lsd2_gui.canvas.painter import divider_line
from lsd2_gui.canvas.scene import Scene
from lsd2_gui.canvas.transform import Point

CLICK_SLOP = 4
"""A press that moves less than this is a click, logical pixels."""


class Grip(Enum):
    """What a press takes hold of."""

    PICTURE = auto()
    PANE = auto()
    DIVIDER = auto()
    MINIMAP = auto()


@dataclass(eq=False)
class Drag:
    """A press in progress; positions are logical pixels of the canvas."""

    grip: Grip
    start: QPointF
    last: QPointF
    speed: DragSpeed = field(default_factory=DragSpeed)
    is_click: bool = True

    def move(self, position: QPointF, time_ms: float) -> QPointF:
        """Go on to a position; the way since the last one."""
        way = position - self.last
        self.last = position
        self.speed.add(time_ms, position.x(), position.y())
        if (position - self.start).manhattanLength() >= CLICK_SLOP:
            self.is_click = False
        return way


def grip_at(scene: Scene, place: Point, *, alone: bool) -> Grip:
    """What a press at a place (device pixels) takes hold of; `alone` moves one pane only."""
    box = scene.minimap()
    if box is not None and box.contains(place.x, place.y):
        return Grip.MINIMAP
    if is_on_divider(scene, place):
        return Grip.DIVIDER
    return Grip.PANE if alone else Grip.PICTURE


def is_on_divider(scene: Scene, place: Point) -> bool:
    """Whether a place is in the zone of the divider or on its grip."""
    if not scene.is_split:
        return False
    line = divider_line(scene)
    dx, dy = place.x - line.left, place.y - line.top
    across, along = (dy, dx - line.width / 2) if scene.look.across else (dx, dy - line.height / 2)
    zone, radius = DIVIDER_ZONE / 2 * scene.ratio, HANDLE_RADIUS * scene.ratio
    return abs(across) <= zone or across * across + along * along <= radius * radius
