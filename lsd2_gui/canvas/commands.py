"""What actions do to the view: each is one step that a key, a menu or a button can call."""

from __future__ import annotations

from dataclasses import replace

from lsd2_gui.canvas.look import Channel, Difference, Look, Mode
from lsd2_gui.canvas.transform import STEP
from lsd2_gui.canvas.view import PictureView

DIVIDER_STEP = 0.02


class Commands(PictureView):
    """A `PictureView` with a method for every action of the View menu that concerns the canvas alone."""

    # ---- zoom ----

    def fit(self) -> None:
        """Show the whole picture."""
        if self.transform is not None:
            self._move(self.transform.fit())

    def toggle_fit(self) -> None:
        """100 % at the pointer, or the whole picture if it is at 100 %."""
        if self.transform is not None:
            self._move(self.transform.toggled(self.anchor()))

    def actual_size(self) -> None:
        """One image pixel on one pixel of the screen."""
        if self.transform is not None:
            self._move(self.transform.zoomed_to(1.0, self.anchor()))

    def zoom_to(self, scale: float) -> None:
        """Zoom in the middle to a scale, as far as there is one; 0 shows the whole picture."""
        if self.transform is not None:
            self._move(self.transform.zoomed_to(scale, self.transform.centre) if scale else self.transform.fit())

    def zoom_in(self) -> None:
        self.zoom(STEP)

    def zoom_out(self) -> None:
        self.zoom(1 / STEP)

    def zoom(self, factor: float) -> None:
        """Zoom at the pointer."""
        if self.transform is not None:
            self._move(self.transform.zoomed_by(factor, self.anchor()))

    # ---- arrangement ----

    def show_split(self) -> None:
        self._set(mode=Mode.SPLIT)

    def show_side(self) -> None:
        self._set(mode=Mode.SIDE)

    def show_grid(self) -> None:
        self._set(mode=Mode.GRID)

    def show_difference(self) -> None:
        """The difference; the next kind of it where it is shown already."""
        if self.look.mode is Mode.DIFFERENCE:
            self.next_difference()
        else:
            self._set(mode=Mode.DIFFERENCE)

    def next_difference(self) -> None:
        self.set_look(self.look.next_difference())

    def set_difference(self, kind: Difference) -> None:
        self._set(difference=kind)

    def set_gain(self, gain: int) -> None:
        self._set(gain=gain)

    def more_gain(self) -> None:
        self.set_look(self.look.stepped_gain(1))

    def less_gain(self) -> None:
        self.set_look(self.look.stepped_gain(-1))

    def turn(self) -> None:
        """The divider level or upright; side by side or one above the other."""
        self._set(across=not self.look.across)

    def divider_back(self) -> None:
        """To the left, or up."""
        self.set_divider(self.divider - DIVIDER_STEP)

    def divider_on(self) -> None:
        """To the right, or down."""
        self.set_divider(self.divider + DIVIDER_STEP)

    def divider_centre(self) -> None:
        self.set_divider(0.5)

    # ---- aids ----

    def next_ground(self) -> None:
        self.set_look(self.look.next_ground())

    def toggle_shadows(self) -> None:
        self._set(shadows=not self.look.shadows)

    def toggle_highlights(self) -> None:
        self._set(highlights=not self.look.highlights)

    def toggle_values(self) -> None:
        self._set(values=not self.look.values)

    def toggle_loupe(self) -> None:
        self._set(loupe=not self.look.loupe)

    def next_loupe_scale(self) -> None:
        """The loupe's next magnification; it appears if it was hidden."""
        self.set_look(self.look.next_loupe_scale() if self.look.loupe else replace(self.look, loupe=True))

    def toggle_minimap(self) -> None:
        self._set(minimap=not self.look.minimap)

    def toggle_histogram(self) -> None:
        self._set(histogram=not self.look.histogram)

    def set_histogram(self, *, log: bool, visible: bool, channel: Channel) -> None:
        """How the histogram counts, and what."""
        self._set(histogram_log=log, histogram_visible=visible, histogram_channel=channel)

    # ---- what is ticked in the menu ----

    @property
    def is_split_mode(self) -> bool:
        return self.look.mode is Mode.SPLIT

    @property
    def is_side_mode(self) -> bool:
        return self.look.mode is Mode.SIDE

    @property
    def is_grid_mode(self) -> bool:
        return self.look.mode is Mode.GRID

    @property
    def is_difference_mode(self) -> bool:
        return self.look.mode is Mode.DIFFERENCE

    def _set(self, **changes: object) -> None:
        look: Look = replace(self.look, **changes)  # type: ignore[arg-type]
        self.set_look(look)
