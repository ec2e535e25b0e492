"""What becomes of files that were dropped, chosen, or named on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lsd2.io.on_disk import is_file, is_folder
from lsd2.worker.protocol import Failed, OpenPhoto, PhotoOpened
from lsd2_gui import settings as declared
from lsd2_gui.jobs import Job, JobQueue
from lsd2_gui.notices import Herald, Level, Notice
from lsd2_gui.pictures import OpenedPhoto, Role
from lsd2_gui.previewing import Previewer
from lsd2_gui.session import Session
from lsd2_gui.settings import Settings
from lsd2_gui.text import tr


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of the offered files are taken; `remark` says it if some are not."""

    paths: tuple[Path, ...]
    remark: str = ""


@dataclass(eq=False)
class _Opening:
    """Files on their way in together.  `roles` is empty where they are to be guessed."""

    paths: tuple[Path, ...]
    roles: tuple[Role, ...]
    photos: dict[Path, OpenedPhoto] = field(default_factory=dict)
    failed: int = 0

    @property
    def is_complete(self) -> bool:
        return len(self.photos) + self.failed == len(self.paths)

    @property
    def is_pair(self) -> bool:
        return len(self.paths) == len(Role)

    def role_of(self, path: Path) -> Role | None:
        return self.roles[self.paths.index(path)] if self.roles else None


def choose(paths: Sequence[Path], limit: int = len(Role)) -> Choice:
    """At most `limit` files, the first by name; folders and repeats are left out."""
    files = sorted({path for path in paths if is_file(path)}, key=lambda path: (path.name, path))
    taken = tuple(files[:limit])
    if len(files) > limit:
        names = tr(" and ").join(path.name for path in taken)
        remark = tr("{0} files were given: {1} taken, the first by name.")
        return Choice(taken, remark.format(len(files), names))
    if not files and paths:
        what = tr("Drop one folder at a time, or photos.") if is_folder(paths[0]) else tr("There is no file {0}.")
        return Choice((), what.format(paths[0].name))
    if len(files) == 1 and sum(is_file(path) for path in paths) > 1:
        return Choice(taken, tr("{0} was given twice: add the other photo of the pair.").format(taken[0].name))
    return Choice(taken)


class Opener(QObject):
    """Has photos decoded and puts them into the session.  Signal: `changed` when it begins or ends work."""

    changed = Signal()

    def __init__(
        self, settings: Settings, jobs: JobQueue, session: Session, herald: Herald, previewer: Previewer
    ) -> None:
        super().__init__()
        self._settings, self._jobs, self._session, self._herald = settings, jobs, session, herald
        self._previewer = previewer
        self._openings: dict[int, _Opening] = {}
        self._roles_are_chosen = False
        jobs.ended.connect(self._on_end)

    @property
    def is_busy(self) -> bool:
        return bool(self._openings)

    def open_dropped(self, paths: Sequence[Path]) -> bool:
        """Open one or two photos and guess their roles; whether anything is being opened.

        Two make a new pair.  One joins the photo that is open; with a pair open there is no place for it.
        """
        choice = choose(paths)
        if choice.remark:
            self._tell(Level.INFO if choice.paths else Level.WARNING, choice.remark)
        if not choice.paths or (len(choice.paths) == 1 and self._refuses(choice.paths[0])):
            return False
        if not choice.remark:
            self._herald.settled.emit()
        self._begin(_Opening(choice.paths, ()))
        return True

    def open_as(self, short: Path | None = None, long: Path | None = None) -> bool:
        """Open photos whose roles are known; whether anything is being opened."""
        given = {Role.SHORT: short, Role.LONG: long}
        wanted = {role: path for role, path in given.items() if path is not None}
        others = [photo.path for role, photo in self._session.photos.items() if role not in wanted]
        if len({*wanted.values(), *others}) < len(wanted) + len(others):
            self._tell(Level.WARNING, tr("Short and long are the same file: choose another photo."))
            return False
        self._herald.settled.emit()
        self._begin(_Opening(tuple(wanted.values()), tuple(wanted)))
        return True

    def keep_roles(self) -> None:
        """The user has chosen the roles: they are not guessed again."""
        self._roles_are_chosen = True

    def _begin(self, opening: _Opening) -> None:
        self._settings.put(declared.LAST_FOLDER, str(opening.paths[0].absolute().parent))
        if not self._session.photos:
            self._previewer.ask(opening.paths)
        for path in opening.paths:
            job = self._jobs.submit(partial(OpenPhoto, path=path))
            self._openings[job.number] = opening
        self.changed.emit()

    def _refuses(self, path: Path) -> bool:
        """Whether a single dropped photo has no place, which is then said."""
        if self._session.has_pair:
            self._tell(
                Level.INFO,
                tr("Drop two photos to start a new pair, or drop one on the Short or Long card to replace it."),
            )
            return True
        if any(photo.path == path for photo in self._session.photos.values()):
            self._tell(Level.INFO, tr("{0} is open already: add the other photo.").format(path.name))
            return True
        return False

    def _tell(self, level: Level, words: str) -> None:
        self._herald.noticed.emit(Notice(level, words))

    def _on_end(self, job: Job, reply: object) -> None:
        opening = self._openings.pop(job.number, None)
        if opening is None or not isinstance(job.request, OpenPhoto):
            return
        if isinstance(reply, PhotoOpened):
            photo = OpenedPhoto.from_reply(reply, self._jobs.engine.pixels(reply.image))
            opening.photos[job.request.path] = photo
        else:
            opening.failed += 1
        if isinstance(reply, Failed):
            self._herald.fail(reply, ("open",))
        if opening.is_complete:
            self._previewer.clear()
            self._place(opening)
        self.changed.emit()

    def _place(self, opening: _Opening) -> None:
        """All files have arrived or failed.  Half of a new pair does not push out the pair that is open."""
        if opening.is_pair and opening.failed and self._session.photos:
            for photo in opening.photos.values():
                self._jobs.engine.release(photo.picture.image)
            return
        if opening.is_pair:
            self._session.clear()
        if opening.roles or not self._session.photos:
            self._roles_are_chosen = bool(opening.roles)
        for path, photo in opening.photos.items():
            self._session.put(opening.role_of(path) or self._session.missing_role or Role.SHORT, photo)
        if self._session.has_pair and not self._roles_are_chosen:
            self._session.guess_roles()
