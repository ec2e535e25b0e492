"""Which of the session's pictures are on the canvas: the two that are compared, or those of the grid."""

from __future__ import annotations

from PySide6.QtCore import QObject

from lsd2_gui import settings as declared
from lsd2_gui.canvas.canvas import Canvas
from lsd2_gui.canvas.look import Mode
from lsd2_gui.canvas.view import MOST_PANES
from lsd2_gui.layers import Layer, LayerBook
from lsd2_gui.pictures import ViewKey
from lsd2_gui.session import Session
from lsd2_gui.settings import Settings


class Viewer(QObject):
    """Keeps the canvas showing what the session compares, and how it is looked at for the next time."""

    def __init__(self, settings: Settings, session: Session, layers: LayerBook, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._settings = settings
        self._session, self._layers, self._canvas = session, layers, canvas
        self._left_out: set[ViewKey] = set()
        canvas.set_look(settings.get(declared.LOOK))
        layers.changed.connect(self.refresh)
        layers.tile_drawn.connect(canvas.update)
        session.view_changed.connect(self.refresh)
        canvas.look_changed.connect(self._on_look)
        canvas.picked.connect(self.pick)
        canvas.number_pressed.connect(self.show_number)

    # ---- slots of the table of actions ----

    def swap(self) -> None:
        """Left picture to the right, right picture to the left."""
        self._session.compare(self._session.after, self._session.before)

    def next_picture(self) -> None:
        """The next picture in the place of the right one; the left one stays."""
        self._step(1)

    def previous_picture(self) -> None:
        self._step(-1)

    # ---- choosing ----

    def show_number(self, number: int) -> None:
        """Put a result, counted from 1 as they were made, beside the reference."""
        results = self._session.results
        if 1 <= number <= len(results):
            self._choose(ViewKey(result=results[number - 1].number))

    def pick(self, index: int, as_reference: bool) -> None:
        """A pane of the grid was clicked."""
        if index >= len(self._canvas.layers):
            return
        key = self._canvas.layers[index].key
        assert isinstance(key, ViewKey)
        if not as_reference:
            self._choose(key)
        elif key == self._session.after:
            self.swap()
        else:
            self._session.compare(key, self._session.after)

    def in_grid(self) -> tuple[ViewKey, ...]:
        """The pictures of the grid: all that were not left out, nine at most; the compared two are always there."""
        compared = (self._session.before, self._session.after)
        views = self._session.views()
        wanted = [key for key in views if key not in self._left_out or key in compared]
        while len(wanted) > MOST_PANES:
            wanted.remove(next(key for key in reversed(wanted) if key not in compared))
        return tuple(wanted)

    def set_in_grid(self, key: ViewKey, on: bool) -> None:
        """Take a picture into the grid, or leave it out."""
        if on:
            self._left_out.discard(key)
        else:
            self._left_out.add(key)
        self.refresh()

    # ---- showing ----

    def refresh(self) -> None:
        """Bring what is ready onto the canvas.

        Both sides of a comparison or none: half of one on the screen would be a flicker of the wrong picture.
        """
        session = self._session
        before, after = session.before, session.after
        keys = self.in_grid() if self._canvas.look.mode is Mode.GRID else tuple(dict.fromkeys((before, after)))
        self._layers.show(keys)
        made = {key: self._layers.layer(key) for key in keys}
        ready: dict[ViewKey, Layer] = {key: layer for key, layer in made.items() if layer is not None}
        if not session.photos:
            self._canvas.show_layers(())
        elif before in ready and after in ready:
            shown = list(ready)
            self._canvas.show_layers(tuple(ready.values()), shown.index(before), shown.index(after))

    def _on_look(self) -> None:
        self._settings.put(declared.LOOK, self._canvas.look)
        self.refresh()

    def _choose(self, key: ViewKey) -> None:
        session = self._session
        if key == session.before:
            self.swap()
        elif key != session.after:
            session.compare(session.before, key)

    def _step(self, by: int) -> None:
        session = self._session
        others = [key for key in session.views() if key != session.before]
        if others:
            place = others.index(session.after) + by if session.after in others else 0
            session.compare(session.before, others[place % len(others)])
