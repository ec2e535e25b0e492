"""What is on the canvas at one moment: plain values, from which it is painted and in which the pointer is looked up.

Places are device pixels of the canvas unless they are called image pixels.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lsd2_gui.canvas.layout import Pane, Rect
from lsd2_gui.canvas.look import Look, Mode
from lsd2_gui.canvas.transform import Point, ViewTransform
from lsd2_gui.layers import Layer

MINIMAP_WIDTH, MINIMAP_HEIGHT = 168, 126
MINIMAP_MARGIN, MINIMAP_RAISED = 12, 84
"""Logical pixels; raised so far that the pixel values have their place below it."""
SMALLEST_VIEW = 420
"""Narrower canvases (logical pixels) have no room for a minimap."""


@dataclass(frozen=True)
class Scene:
    """`reference` and `chosen` count layers; `pointer` is the place looked at, of the canvas;
    `shifts` tells how far each layer was moved by itself.
    """

    layers: tuple[Layer, ...]
    panes: tuple[Pane, ...]
    transform: ViewTransform
    look: Look
    reference: int
    chosen: int
    peeking: bool
    divider: float
    width: float
    height: float
    ratio: float
    shifts: tuple[tuple[float, float], ...]
    pointer: Point | None = None

    @property
    def is_split(self) -> bool:
        return self.look.mode is Mode.SPLIT and len(self.panes) > 1

    @property
    def is_difference(self) -> bool:
        return self.look.mode is Mode.DIFFERENCE and self.reference != self.chosen and not self.peeking

    @property
    def shown(self) -> tuple[int, ...]:
        """The layers on the canvas, each once, in the order of their panes."""
        indices = [self.reference, self.chosen] if self.is_difference else [pane.layer for pane in self.panes]
        return tuple(dict.fromkeys(indices))

    def pane_of(self, layer: int) -> Pane:
        """The pane that shows a layer; of a difference, whose pane shows two, as if it showed this one."""
        found = next((pane for pane in self.panes if pane.layer == layer), self.panes[0])
        return replace(found, layer=layer, shift=self.shifts[layer])

    def pane_at(self, place: Point) -> Pane:
        """The pane under a place; the nearest one if it lies between panes."""

        def distance(pane: Pane) -> float:
            clip = pane.clip
            dx = max(clip.left - place.x, 0.0, place.x - clip.right)
            dy = max(clip.top - place.y, 0.0, place.y - clip.bottom)
            return dx * dx + dy * dy

        inside = [pane for pane in self.panes if pane.clip.contains(place.x, place.y)]
        return inside[0] if inside else min(self.panes, key=distance)

    @property
    def spot(self) -> Point | None:
        """The place looked at, as measured from the frame of the pane under it: the same in every pane."""
        return None if self.pointer is None else self.spot_of(self.pointer)

    def spot_of(self, place: Point) -> Point:
        """A place as measured from the corner of the frame under it."""
        frame = self.pane_at(place).frame
        return Point(place.x - frame.left, place.y - frame.top)

    def image_point(self, pane: Pane, spot: Point) -> Point:
        """Image pixels of the shared transform at a spot of a pane, with the pane's own shift."""
        return self.transform.to_image(Point(spot.x - pane.shift[0], spot.y - pane.shift[1]))

    def minimap(self) -> Rect | None:
        """Where the minimap is; None if there is none: when all is seen, or there is no room."""
        is_wanted = self.look.minimap and self.transform.is_zoomed
        if not is_wanted or self.width < SMALLEST_VIEW * self.ratio or self.height < SMALLEST_VIEW * self.ratio:
            return None
        image = self.transform.image
        scale = min(MINIMAP_WIDTH / image.width, MINIMAP_HEIGHT / image.height) * self.ratio
        width, height = float(max(8, round(image.width * scale))), float(max(8, round(image.height * scale)))
        margin, raised = MINIMAP_MARGIN * self.ratio, MINIMAP_RAISED * self.ratio if self.look.values else 0.0
        return Rect(round(self.width - margin - width), round(self.height - margin - raised - height), width, height)

    def minimap_point(self, box: Rect, place: Point) -> Point:
        """Image pixels at a place of the minimap."""
        image = self.transform.image
        x, y = (place.x - box.left) / box.width, (place.y - box.top) / box.height
        return Point(min(max(x, 0.0), 1.0) * image.width, min(max(y, 0.0), 1.0) * image.height)
