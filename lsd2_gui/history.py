"""What can be taken back: roles of the photos, parameters of the methods, strengths of results, crops of the sheet.

Each is a value that somebody else holds.  The history looks at it whenever its holder says that it changed, and keeps
both values; taking back puts the earlier one in again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QUndoCommand, QUndoStack

from lsd2_gui.pictures import Role
from lsd2_gui.text import tr

MERGE_SECONDS = 1.0
"""Changes of the same thing that follow one another so quickly, as by holding an arrow, are one."""
LIMIT = 100


class Watched:
    """A value under the history's eyes.

    `get` gives it, or None while there is none to be kept; `put` takes another one, at once or after a while;
    `matters` says of two values whether putting one in place of the other would still make a difference.
    """

    def __init__(
        self,
        words: str,
        get: Callable[[], Any],
        put: Callable[[Any], None],
        matters: Callable[[Any, Any], bool] = lambda before, after: True,
    ) -> None:
        self.words, self.get, self.put, self.matters = words, get, put, matters
        self.last = get()


class _Change(QUndoCommand):
    def __init__(self, watched: Watched, before: Any, after: Any) -> None:
        super().__init__(watched.words)
        self._watched, self._before, self.after = watched, before, after
        self._part = changed_part(before, after)
        self._is_done = True
        self._when = monotonic()

    def undo(self) -> None:
        self._put(self._before)

    def redo(self) -> None:
        """Qt redoes what is pushed; the user has done that already."""
        if self._is_done:
            self._is_done = False
        else:
            self._put(self.after)

    @property
    def matters(self) -> bool:
        return self._watched.matters(self._before, self.after)

    def takes_in(self, watched: Watched, before: Any, after: Any) -> bool:
        """Whether a change goes on with this one, which then ends as that does."""
        same = self._watched is watched and self._part == changed_part(before, after) != ""
        if not same or monotonic() - self._when > MERGE_SECONDS:
            return False
        self.after, self._when = after, monotonic()
        return True

    def _put(self, value: Any) -> None:
        self._watched.last = value
        self._watched.put(value)


class History(QObject):
    """Signal: `changed` when there is something else to take back, or to do again."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(LIMIT)
        self._newest: _Change | None = None
        self.stack.indexChanged.connect(self.changed)

    def watch(self, words: str, signal: SignalInstance, *access: Callable[..., Any]) -> Watched:
        """Keep the changes of a value; `words` names it for the menu, `access` is as `Watched` has it."""
        watched = Watched(words, *access)
        signal.connect(lambda *_: self._look(watched))
        return watched

    def overlook(self, watched: Watched) -> None:
        """The program changed a value by itself: nothing that the user would take back."""
        watched.last = watched.get()

    def undo(self) -> None:
        """Take the last change back; what makes no difference any more is passed over."""
        self.seal()
        while self.stack.canUndo():
            change = self.stack.command(self.stack.index() - 1)
            self.stack.undo()
            if _matters(change):
                return

    def redo(self) -> None:
        self.seal()
        while self.stack.canRedo():
            change = self.stack.command(self.stack.index())
            self.stack.redo()
            if _matters(change):
                return

    def seal(self) -> None:
        """What follows is another change, however soon it comes."""
        self._newest = None

    def forget(self) -> None:
        """What came before is of another pair."""
        self._newest = None
        self.stack.clear()
        self.changed.emit()

    def _look(self, watched: Watched) -> None:
        after = watched.get()
        before = watched.last  # which `get` may have brought up to date where the user did nothing
        if after is None or after == before:
            return
        watched.last = after
        if before is not None:
            self._note(watched, before, after)

    def _note(self, watched: Watched, before: Any, after: Any) -> None:
        if self._newest is not None and self._newest.takes_in(watched, before, after):
            return
        self._newest = _Change(watched, before, after)
        self.stack.push(self._newest)


def _matters(change: object) -> bool:
    return not isinstance(change, _Change) or change.matters


def changed_part(before: Any, after: Any) -> str:
    """The one field in which two dataclass values differ, or item of two tuples; empty if it is not just one."""
    if isinstance(before, tuple) and isinstance(after, tuple) and len(before) == len(after):
        places = [place for place, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
        return str(places[0]) if len(places) == 1 else ""
    if not is_dataclass(before) or type(before) is not type(after):
        return ""
    differing = [field.name for field in fields(before) if getattr(before, field.name) != getattr(after, field.name)]
    if len(differing) != 1:
        return ""
    (name,) = differing
    parts = getattr(before, name), getattr(after, name)
    inner = _changed_key(*parts) or changed_part(*parts)
    return f"{name}.{inner}" if inner else name


def _changed_key(before: Any, after: Any) -> str:
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return ""
    differing = [key for key in {*before, *after} if before.get(key) != after.get(key)]
    return f"{differing[0]}.{changed_part(before.get(differing[0]), after.get(differing[0]))}" if differing else ""


class RoleKeeper:
    """The roles as a value: the paths of the short and the long photo."""

    def __init__(self, controller: Any, history: History) -> None:
        self._controller, self._history = controller, history
        self._watched = history.watch(tr("roles"), controller.session.pair_changed, self._get, self._put)

    def _get(self) -> tuple[Any, ...] | None:
        session = self._controller.session
        if not session.has_pair:
            return None
        pair = tuple(session.photos[role].path for role in Role)
        last = getattr(self, "_watched", None) and self._watched.last
        if last and not set(last) & set(pair):
            self._history.forget()
            self._watched.last = pair
        elif last and session.role_reason:
            self._watched.last = pair  # guessed by the program, not chosen by the user
        return pair

    def _put(self, pair: tuple[Any, ...]) -> None:
        session, controller = self._controller.session, self._controller
        now = {role: session.photos[role].path for role in Role if role in session.photos}
        wanted = dict(zip(Role, pair, strict=True))
        if {role.other: path for role, path in now.items()} == wanted:
            controller.swap_roles()
        else:
            changed = {str(role): path for role, path in wanted.items() if now.get(role) != path}
            controller.open_as(**changed)
