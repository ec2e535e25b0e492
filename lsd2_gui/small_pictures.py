"""A small picture of every result, made anew whenever the result looks different."""

from __future__ import annotations

from functools import partial
from weakref import ref

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from lsd2_gui.background import Background
from lsd2_gui.layers import LayerBook
from lsd2_gui.qimage import MipChain, small_picture
from lsd2_gui.session import Session


class SmallPictures(QObject):
    """Made off the main thread from the pictures that are ready for the screen.

    A result that is not ready any more, because the memory for such pictures is full, keeps its last small picture.
    Signal: `changed` with the number of a result.
    """

    changed = Signal(int)

    def __init__(self, session: Session, layers: LayerBook, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._layers, self._background = session, layers, background
        self._size = QSize()
        self._made: dict[int, QImage] = {}
        self._made_from: dict[int, tuple[ref[MipChain], int]] = {}
        layers.changed.connect(self._refresh)

    def show_at(self, size: QSize) -> None:
        """The size of the pictures, device pixels."""
        if size != self._size:
            self._size = size
            self._made_from.clear()
            self._refresh()

    def of(self, number: int) -> QImage | None:
        """The small picture of a result, if it is made."""
        return self._made.get(number)

    def _refresh(self) -> None:
        numbers = {fused.number for fused in self._session.results}
        self._made = {number: image for number, image in self._made.items() if number in numbers}
        self._made_from = {number: source for number, source in self._made_from.items() if number in numbers}
        if self._size.isEmpty():
            return
        for key, fused in self._session.keyed():
            chain = self._layers.chain(key)
            if chain is None:
                continue
            source = ref(chain), chain.version
            if self._made_from.get(fused.number) != source:
                self._made_from[fused.number] = source
                work = partial(small_picture, chain, self._size.width(), self._size.height(), fused.crop)
                self._background.run(work, partial(self._take, fused.number, source))

    def _take(self, number: int, source: tuple[ref[MipChain], int], image: QImage) -> None:
        if self._made_from.get(number) == source:  # or it was removed, or looks different already
            self._made[number] = image
            self.changed.emit(number)
