"""Pictures made ready for the screen, as many as the memory set aside for them holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from lsd2_gui.background import Background
from lsd2_gui.canvas.clipping import ClipMap
from lsd2_gui.qimage import U8, MipChain

BUDGET = 1_500_000_000
"""Bytes: six pictures of 45 megapixels."""
BYTES_PER_PIXEL = 6
"""Four bytes and a third for smaller levels; two at a quarter of the size, and a third, for clipping."""


@dataclass(frozen=True, eq=False)
class Shown:
    """A picture made ready for the screen, and where it is clipped.

    `share`, uint8 (H, W), where it shows how much of every pixel is the short frame's.
    """

    chain: MipChain
    clips: ClipMap
    share: U8 | None = None

    @property
    def size(self) -> int:
        """Bytes, about."""
        return self.chain.width * self.chain.height * BYTES_PER_PIXEL


@dataclass(frozen=True, slots=True)
class ShelfKey:
    """A picture's block of memory, and the gain in linear light that it is shown with.

    `shows_share`: where the picture comes from instead.
    """

    block: str
    gain: float
    shows_share: bool = False


class Shelf(QObject):
    """Has pictures made ready in the background and keeps them.

    Those that are on the screen are always kept; of the others, the last used as far as `budget` (bytes) reaches.
    Signal: `changed` when a picture is ready.
    """

    changed = Signal()

    def __init__(self, background: Background, budget: int = BUDGET, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.budget = budget
        self._background = background
        self._ready: dict[ShelfKey, Shown] = {}
        self._wanted: dict[ShelfKey, int] = {}
        self._on_screen: set[ShelfKey] = set()

    def get(self, key: ShelfKey) -> Shown | None:
        """A picture, if it is ready."""
        shown = self._ready.pop(key, None)
        if shown is not None:
            self._ready[key] = shown  # the last one is the last one used
        return shown

    def peek(self, key: ShelfKey) -> Shown | None:
        """A picture, if it is ready; it does not count as used."""
        return self._ready.get(key)

    def is_due(self, key: ShelfKey, size: int) -> bool:
        """Whether a picture of `size` bytes should be made ready: it is not, and is needed or has room."""
        if key in self._ready or key in self._wanted:
            return False
        return key in self._on_screen or self._in_use() + size <= self.budget

    def build(self, key: ShelfKey, size: int, work: Callable[[], Shown]) -> None:
        """Have a picture made ready, or made anew."""
        self._wanted[key] = size
        self._background.run(work, partial(self.put, key))

    def put(self, key: ShelfKey, shown: Shown) -> None:
        """A picture is ready; it is dropped if it is not wanted any more."""
        if key not in self._wanted:
            return
        del self._wanted[key]
        self._ready[key] = shown
        self._make_room()
        self.changed.emit()

    def expect(self, key: ShelfKey, size: int) -> None:
        """A picture will be put that is made elsewhere."""
        self._wanted[key] = size

    def retain(self, keys: Iterable[ShelfKey]) -> None:
        """Forget all other pictures: they have left the session."""
        kept = set(keys)
        self._ready = {key: shown for key, shown in self._ready.items() if key in kept}
        self._wanted = {key: size for key, size in self._wanted.items() if key in kept}
        self._on_screen &= kept

    def show(self, keys: Iterable[ShelfKey]) -> None:
        """These are on the screen from now on."""
        self._on_screen = set(keys)
        self._make_room()

    def is_shown(self, key: ShelfKey) -> bool:
        """Whether it is on the screen, or would be if it were ready."""
        return key in self._on_screen

    def _make_room(self) -> None:
        for key in tuple(self._ready):
            if self._in_use() <= self.budget:
                return
            if key not in self._on_screen:
                del self._ready[key]

    def _in_use(self) -> int:
        return sum(shown.size for shown in self._ready.values()) + sum(self._wanted.values())
