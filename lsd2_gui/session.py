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
from lsd2_gui.pictures import REFERENCE, RUNNING, SHORT, Fused, OpenedPhoto, Picture, Role, ViewKey
from lsd2_gui.recipes import Recipe
from lsd2_gui.text import tr


class Session(QObject):
    """`release` frees a picture's shared memory.

    Results outlive a swap of the roles and the replacement of one photo by another of its size: they are of other
    inputs then, which their recipes tell.

    Signals: `pair_changed` (photos or roles), `results_changed` (results, what is known of them, or the one in the
    making), `view_changed` (which two are compared), `reference_changed` (the sharp photo for measuring).
    """

    pair_changed = Signal()
    results_changed = Signal()
    view_changed = Signal()
    reference_changed = Signal()

    def __init__(self, release: Callable[[SharedImage], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._release = release
        self._numbers = count(1)
        self.photos: dict[Role, OpenedPhoto] = {}
        self.results: list[Fused] = []
        self.running: Picture | None = None
        self.running_label = ""
        self.reference: OpenedPhoto | None = None
        self.role_reason = ""
        self.before = self.after = SHORT
        self._traced: tuple[int, tuple[ViewKey, ViewKey]] | None = None

    # ---- the pair ----

    @property
    def has_pair(self) -> bool:
        return len(self.photos) == len(Role)

    @property
    def can_run(self) -> bool:
        """Whether there are two photos that methods can take: they have one size."""
        return self.has_pair and len({(one.picture.width, one.picture.height) for one in self.photos.values()}) == 1

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
        """The photo takes a role; one that had it is dropped, and so is what has another size."""
        self._drop_photo(role)
        size = photo.picture.width, photo.picture.height
        if any((fused.picture.width, fused.picture.height) != size for fused in self.results):
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
        """Exchange the roles."""
        self.photos = {role.other: photo for role, photo in self.photos.items()}
        self.role_reason = ""
        self._show_pair()

    def clear(self) -> None:
        """Drop everything."""
        for role in tuple(self.photos):
            self._drop_photo(role)
        self.drop_results()
        self.put_reference(None)
        self.role_reason = ""
        self._show_pair()

    # ---- results ----

    def start_running(self, picture: Picture, label: str) -> None:
        """A result of the method with that label has begun: it is shown as it grows."""
        self.running, self.running_label = picture, label
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

    def put_reference(self, photo: OpenedPhoto | None) -> None:
        """The sharp photo that results are measured against; None takes it away."""
        if self.reference is photo:
            return
        if self.reference is not None:
            self._release(self.reference.picture.image)
        self.reference = photo
        self.reference_changed.emit()
        if REFERENCE in (self.before, self.after) and photo is None:
            self._show_best()

    def add_result(self, reply: ResultReady, picture: Picture, recipe: Recipe) -> Fused:
        """Keep a finished result and show it.

        It takes the place of what shows less of the same: the same recipe, or a part that the method made before.
        """
        fused = Fused(next(self._numbers), reply, picture, recipe)
        for old in [old for old in self.results if _is_superseded(old, fused)]:
            self._drop_result(old)
        self.running = None
        self.results.append(fused)
        self.results_changed.emit()
        self.compare(self.before, ViewKey(result=fused.number))
        return fused

    def drop_results(self) -> None:
        had_some = bool(self.results)
        for fused in tuple(self.results):
            self._drop_result(fused)
        if had_some:
            self.results_changed.emit()

    def remove_result(self, fused: Fused) -> None:
        """Drop one result; what was compared with it is compared with the next best."""
        if fused not in self.results:
            return
        self._drop_result(fused)
        self.results_changed.emit()
        if fused.number in (self.before.result, self.after.result):
            self._show_best()

    def find(self, recipe: Recipe, *, whole: bool = True) -> Fused | None:
        """The result with that recipe; of the whole photo, or as well of a part."""
        alike = (fused for fused in self.results if fused.recipe == recipe)
        return next((fused for fused in alike if fused.crop is None or not whole), None)

    def show_result(self, fused: Fused) -> None:
        """Put a result beside what it is compared with."""
        key = ViewKey(result=fused.number)
        self.compare(self.before if self.before != key else SHORT, key)

    def mark_saved(self, fused: Fused, path: Path | None) -> None:
        """Remember where a result is on disk; None once it looks different from its file."""
        fused.saved_to = path
        self.results_changed.emit()

    # ---- where a result comes from ----

    @property
    def traced(self) -> Fused | None:
        """The result of which it is shown where it comes from."""
        return next((fused for fused in self.results if self._traced and fused.number == self._traced[0]), None)

    @property
    def can_trace(self) -> bool:
        fused = self.shown_result
        return self.traced is not None or (fused is not None and fused.reply.share is not None)

    def toggle_trace(self) -> None:
        """Beside the result on the screen, show where it comes from; or what was shown before."""
        fused = self.shown_result
        if self._traced is not None:
            self._end_trace()
        elif fused is not None and fused.reply.share is not None:
            self._traced = fused.number, (self.before, self.after)
            self.results_changed.emit()
            self.compare(self.key_of(fused), ViewKey(result=fused.number, shows_share=True))

    def _end_trace(self) -> None:
        assert self._traced is not None
        number, compared = self._traced
        self._traced = None
        self.results_changed.emit()
        if ViewKey(result=number, shows_share=True) not in (self.before, self.after):
            return
        if all(key in self.views() for key in compared):
            self.compare(*compared)
        else:
            self._show_best()

    def _keys_of(self, fused: Fused) -> tuple[ViewKey, ...]:
        share = (ViewKey(result=fused.number, shows_share=True),) if fused is self.traced else ()
        return self.key_of(fused), *share

    def _drop_result(self, fused: Fused) -> None:
        if fused is self.traced:
            self._traced = None
        self.results.remove(fused)
        self._release(fused.picture.image)

    def is_of_pair(self, fused: Fused) -> bool:
        """Whether it was made from the open photos in their present roles."""
        stamps = [self.photos[role].stamp for role in Role if role in self.photos]
        return stamps == [fused.recipe.short, fused.recipe.long]

    # ---- what is looked at ----

    def views(self) -> tuple[ViewKey, ...]:
        """All pictures that can be chosen for comparison."""
        roles = tuple(ViewKey(role=role) for role in Role if role in self.photos)
        results = tuple(key for fused in self.results for key in self._keys_of(fused))
        running = (RUNNING,) if self.running else ()
        return (*roles, *results, *running, *((REFERENCE,) if self.reference else ()))

    def picture(self, key: ViewKey) -> Picture | None:
        if key == RUNNING:
            return self.running
        if key.role is not None:
            photo = self.photos.get(key.role)
            return photo.picture if photo else None
        if key.is_reference:
            return self.reference.picture if self.reference else None
        fused = self.result(key)
        return fused.shown if fused else None

    def key_of(self, fused: Fused) -> ViewKey:
        return ViewKey(result=fused.number)

    def keyed(self) -> list[tuple[ViewKey, Fused]]:
        """The results with the keys that they are looked at by."""
        return [(self.key_of(fused), fused) for fused in self.results]

    def result(self, key: ViewKey) -> Fused | None:
        return next((fused for fused in self.results if fused.number == key.result), None)

    @property
    def shown_result(self) -> Fused | None:
        """The finished result on the screen (the right one first), or the last one of this pair."""
        return self.result(self.after) or self.result(self.before) or self._latest()

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
            return
        latest = self._latest()
        if latest is not None:
            self.compare(SHORT, ViewKey(result=latest.number))
        else:
            roles = [key for key in views if key.role is not None]
            self.compare(roles[0], roles[-1])

    def _latest(self) -> Fused | None:
        return next((fused for fused in reversed(self.results) if self.is_of_pair(fused)), None)


def _is_superseded(old: Fused, new: Fused) -> bool:
    if old.recipe == new.recipe:
        return True
    return old.crop is not None and old.recipe.method == new.recipe.method


def _size_warning(short: OpenedPhoto, long: OpenedPhoto) -> tuple[str, ...]:
    sizes = [(photo.picture.width, photo.picture.height) for photo in (short, long)]
    if sizes[0] == sizes[1]:
        return ()
    words = tr("the sizes differ ({0} x {1} and {2} x {3}): choose two photos of one size")
    return (words.format(*sizes[0], *sizes[1]),)
