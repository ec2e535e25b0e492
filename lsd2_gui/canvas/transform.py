"""Where an image lies in a pane: the one transform that all panes share.

Everything is in device pixels of the pane, so that a scale of 1 is one image pixel on one pixel of the screen at any
scale factor of the desktop.  The class knows no Qt and is immutable: every move gives a new transform.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

MAX_SCALE = 32.0
"""32 screen pixels for one image pixel."""
SMALLEST_SHARE_OF_FIT = 0.5
"""Zooming out stops when the whole image takes half of the pane."""
STEP = 2**0.5
"""One notch of the wheel, or one press of + or -."""


@dataclass(frozen=True, slots=True)
class Size:
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class ViewTransform:
    """view = image * scale + offset.

    Attributes
    ----------
    view : size of the pane, device pixels.
    image : size of the image, image pixels.
    scale : device pixels for one image pixel.
    offset : where the image's top left corner lies in the pane, device pixels.
    fits : whether the image is to fill the pane again when the pane's size changes.
    """

    view: Size
    image: Size
    scale: float
    offset: Point
    fits: bool

    @classmethod
    def fitting(cls, view: Size, image: Size) -> ViewTransform:
        """The whole image, centred, as large as the pane allows."""
        scale = min(MAX_SCALE, fit_scale(view, image))
        return cls(view, image, scale, _centred(view, image, scale), fits=True)

    @property
    def fit_scale(self) -> float:
        return min(MAX_SCALE, fit_scale(self.view, self.image))

    @property
    def min_scale(self) -> float:
        return min(1.0, self.fit_scale * SMALLEST_SHARE_OF_FIT)

    @property
    def centre(self) -> Point:
        """The middle of the pane, device pixels."""
        return Point(self.view.width / 2, self.view.height / 2)

    @property
    def origin(self) -> Point:
        """`offset` on whole device pixels, for painting: the same in all panes, and exact at 100 %."""
        return Point(float(round(self.offset.x)), float(round(self.offset.y)))

    @property
    def is_zoomed(self) -> bool:
        """Whether a part of the image lies outside the pane."""
        extent_x, extent_y = self.image.width * self.scale, self.image.height * self.scale
        return extent_x > self.view.width + 0.5 or extent_y > self.view.height + 0.5

    @property
    def visible(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what is seen of the image, image pixels."""
        start, end = self.to_image(Point(0, 0)), self.to_image(Point(self.view.width, self.view.height))
        right, bottom = min(self.image.width, end.x), min(self.image.height, end.y)
        return max(0.0, start.x), max(0.0, start.y), right, bottom

    def to_view(self, point: Point) -> Point:
        """From image pixels to device pixels of the pane."""
        return Point(point.x * self.scale + self.offset.x, point.y * self.scale + self.offset.y)

    def to_image(self, point: Point) -> Point:
        """From device pixels of the pane to image pixels; the inverse of `to_view`."""
        return Point((point.x - self.offset.x) / self.scale, (point.y - self.offset.y) / self.scale)

    def fit(self) -> ViewTransform:
        return ViewTransform.fitting(self.view, self.image)

    def zoomed_to(self, scale: float, anchor: Point) -> ViewTransform:
        """At `scale`, with the image point under `anchor` (device pixels) kept there as far as the edges allow."""
        scale = min(max(scale, self.min_scale), MAX_SCALE)
        fixed = self.to_image(anchor)
        offset = Point(anchor.x - fixed.x * scale, anchor.y - fixed.y * scale)
        return replace(self, scale=scale, offset=offset, fits=False)._clamped()

    def zoomed_by(self, factor: float, anchor: Point) -> ViewTransform:
        """Zoomed by `factor`; a step that would jump over 100 % or over fit stops there."""
        target = self.scale * factor
        for stop in (1.0, self.fit_scale):
            if min(self.scale, target) * 1.0001 < stop < max(self.scale, target) / 1.0001:
                target = stop
        return self.zoomed_to(target, anchor)

    def toggled(self, anchor: Point) -> ViewTransform:
        """100 % at `anchor`; fit if it is at 100 % already."""
        return self.fit() if abs(self.scale - 1.0) < 1e-6 and not self.fits else self.zoomed_to(1.0, anchor)

    def panned(self, dx: float, dy: float) -> ViewTransform:
        """The image moved by (dx, dy) device pixels; an image smaller than the pane stays in its middle."""
        moved = replace(self, offset=Point(self.offset.x + dx, self.offset.y + dy))._clamped()
        return moved if moved.offset != self.offset else self

    def centred_on(self, point: Point) -> ViewTransform:
        """With an image point in the middle of the pane, as far as the edges allow."""
        offset = Point(self.view.width / 2 - point.x * self.scale, self.view.height / 2 - point.y * self.scale)
        return replace(self, offset=offset)._clamped()

    def resized(self, view: Size) -> ViewTransform:
        """For a pane of another size: fitting stays fitting, else the image point in the middle stays there."""
        if self.fits:
            return ViewTransform.fitting(view, self.image)
        middle = self.to_image(self.centre)
        offset = Point(view.width / 2 - middle.x * self.scale, view.height / 2 - middle.y * self.scale)
        return replace(self, view=view, offset=offset)._clamped()

    def _clamped(self) -> ViewTransform:
        x = _clamp_axis(self.offset.x, self.view.width, self.image.width * self.scale)
        y = _clamp_axis(self.offset.y, self.view.height, self.image.height * self.scale)
        return replace(self, offset=Point(x, y))


def fit_scale(view: Size, image: Size) -> float:
    """The scale at which the whole image just fits the pane."""
    return max(1e-6, min(view.width / max(image.width, 1.0), view.height / max(image.height, 1.0)))


def _centred(view: Size, image: Size, scale: float) -> Point:
    return Point((view.width - image.width * scale) / 2, (view.height - image.height * scale) / 2)


def _clamp_axis(offset: float, view: float, extent: float) -> float:
    """No empty band beside an image that is larger than the pane; a smaller one is centred."""
    if extent <= view:
        return (view - extent) / 2
    return min(0.0, max(view - extent, offset))
