"""What is open: the two photos and their roles, the results, and which two pictures are compared.

The session owns every picture in it: one that leaves is released.  It knows no widget and starts no work.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lsd2.io.pairing import ev_gap, guess_roles, pair_warnings
from lsd2.worker.protocol import ResultReady, SharedImage
from lsd2_gui.pictures import RUNNING, SHORT, Fused, OpenedPhoto, Picture, Role, ViewKey
from lsd2_gui.text import tr


class Session(QObject):
    """`release` frees a picture's shared memory.

    Signals: `pair_changed` (photos or roles), `results_changed` (results, or the one in the making), `view_changed`
    (which two are compared), `result_saved`.
    """

    pair_changed = Signal()
    results_changed = Signal()
    view_changed = Signal()

    def __init__(self, release: Callable[[SharedImage], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._release = release
        self._numbers = count(1)
        self.photos: dict[Role, OpenedPhoto] = {}
        self.results: list[Fused] = []
        self.running: Picture | None = None
        self.role_reason = ""
        self.before = self.after = SHORT

    # ---- the pair ----

    @property
    def has_pair(self) -> bool:
        return len(self.photos) == len(Role)

    @property
    def missing_role(self) -> Role | None:
        """The role of the photo still to be opened, if one is open."""
        return next(iter(self.photos)).other if len(self.photos) == 1 else None

    @property
    def ev_gap(self) -> float | None:
        if not self.has_pair:
            return None
        return ev_gap(self.photos[Role.SHORT].metadata, self.photos[Role.LONG].metadata)

    def warnings(self) -> tuple[str, ...]:
        """What looks wrong about the pair, a line each."""
        if not self.has_pair:
            return ()
        short, long = self.photos[Role.SHORT], self.photos[Role.LONG]
        return (*_size_warning(short, long), *pair_warnings(short.facts, long.facts))

    def put(self, role: Role, photo: OpenedPhoto) -> None:
        """The photo takes a role; one that had it is dropped, and so are the results of the former pair."""
        self._drop_photo(role)
        self.drop_results()
        self.photos[role] = photo
        self.role_reason = ""
        self._show_pair()

    def guess_roles(self) -> None:
        """Let the photos' facts decide which one is short."""
        short, long = self.photos[Role.SHORT], self.photos[Role.LONG]
        guess = guess_roles(short.facts, long.facts)
        if guess.short_index == 1:
            self.photos = {Role.SHORT: long, Role.LONG: short}
        self.role_reason = guess.reason
        self._show_pair()

    def swap(self) -> None:
        """Exchange the roles; the results so far came from the other roles and are dropped."""
        self.drop_results()
        self.photos = {role.other: photo for role, photo in self.photos.items()}
        self.role_reason = ""
        self._show_pair()

    def clear(self) -> None:
        """Drop everything."""
        for role in tuple(self.photos):
            self._drop_photo(role)
        self.drop_results()
        self.role_reason = ""
        self._show_pair()

    # ---- results ----

    def start_running(self, picture: Picture) -> None:
        """A result has begun: it is shown as it grows."""
        self.running = picture
        self.results_changed.emit()
        self.compare(self.before, RUNNING)

    def stop_running(self) -> None:
        """The result in the making is no more; its memory is the engine's to free."""
        if self.running is None:
            return
        self.running = None
        self.results_changed.emit()
        if RUNNING in (self.before, self.after):
            self._show_best()

    def add_result(self, reply: ResultReady, picture: Picture) -> Fused:
        """Keep a finished result and show it."""
        fused = Fused(next(self._numbers), reply, picture, self.photos[Role.SHORT].path, self.photos[Role.LONG].path)
        self.running = None
        self.results.append(fused)
        self.results_changed.emit()
        self.compare(self.before, ViewKey(result=fused.number))
        return fused

    def drop_results(self) -> None:
        for fused in self.results:
            self._release(fused.picture.image)
        had_some = bool(self.results)
        self.results = []
        if had_some:
            self.results_changed.emit()

    def mark_saved(self, fused: Fused, path: Path) -> None:
        fused.saved_to = path
        self.results_changed.emit()

    # ---- what is looked at ----

    def views(self) -> tuple[ViewKey, ...]:
        """All pictures that can be chosen for comparison."""
        roles = tuple(ViewKey(role=role) for role in Role if role in self.photos)
        results = tuple(ViewKey(result=fused.number) for fused in self.results)
        return (*roles, *results, *((RUNNING,) if self.running else ()))

    def picture(self, key: ViewKey) -> Picture | None:
        if key == RUNNING:
            return self.running
        if key.role is not None:
            photo = self.photos.get(key.role)
            return photo.picture if photo else None
        fused = self.result(key)
        return fused.picture if fused else None

    def result(self, key: ViewKey) -> Fused | None:
        return next((fused for fused in self.results if fused.number == key.result), None)

    @property
    def shown_result(self) -> Fused | None:
        """The finished result on the screen (the right one first), or the last one made."""
        shown = self.result(self.after) or self.result(self.before)
        return shown or (self.results[-1] if self.results else None)

    def compare(self, before: ViewKey, after: ViewKey) -> None:
        """Choose the two pictures of the comparison."""
        self.before, self.after = before, after
        self.view_changed.emit()

    def _drop_photo(self, role: Role) -> None:
        photo = self.photos.pop(role, None)
        if photo is not None:
            self._release(photo.picture.image)

    def _show_pair(self) -> None:
        self.pair_changed.emit()
        self._show_best()

    def _show_best(self) -> None:
        """Short beside the last result; beside the long photo while there is none; the only one if there is one."""
        views = self.views()
        if not views:
            self.compare(SHORT, SHORT)
        elif self.results:
            self.compare(SHORT, ViewKey(result=self.results[-1].number))
        else:
            self.compare(views[0], views[-1])


def _size_warning(short: OpenedPhoto, long: OpenedPhoto) -> tuple[str, ...]:
    sizes = [(photo.picture.width, photo.picture.height) for photo in (short, long)]
    if sizes[0] == sizes[1]:
        return ()
    words = tr("the sizes differ ({0} x {1} and {2} x {3}): choose two photos of one size")
    return (words.format(*sizes[0], *sizes[1]),)
