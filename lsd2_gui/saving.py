"""Results on their way to files: where they go, how they are written, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Self

from PySide6.QtCore import QObject, Signal

from lsd2.io.name_template import NameFacts, render_name
from lsd2.io.naming import unique_path
from lsd2.io.recipe import SUFFIX, Recipe, made_by
from lsd2.options import OutputProfile, WriteOptions
from lsd2.options import Role as FileRole
from lsd2.worker.protocol import Failed, ImageSaved, SaveImage
from lsd2_gui import settings as declared
from lsd2_gui.jobs import Job, JobQueue
from lsd2_gui.notices import Herald, Level, Notice
from lsd2_gui.pictures import Fused, Role
from lsd2_gui.save_choices import SHORT_PROFILES, SUFFIXES
from lsd2_gui.session import Session
from lsd2_gui.settings import Settings
from lsd2_gui.text import sentence, tr


def format_of(target: Path) -> str | None:
    """The format that a file's suffix stands for."""
    known = {".jpeg": "jpeg", ".tiff": "tiff", **{suffix: name for name, suffix in SUFFIXES.items()}}
    return known.get(target.suffix.lower())


@dataclass(frozen=True, slots=True)
class SavePlan:
    """How results are saved.

    Attributes
    ----------
    folder : where they go.
    template : makes their names, see `lsd2.io.name_template`.
    format : a key of `save_choices.SUFFIXES`.
    options : colours, quality, whose metadata.
    recipe : write beside each how it was made.
    """

    folder: Path
    template: str
    format: str
    options: WriteOptions = field(default_factory=WriteOptions)
    recipe: bool = False

    @classmethod
    def preferred(cls, settings: Settings, folder: Path) -> Self:
        """As the preferences say, or as it was saved last."""
        return cls(
            folder,
            settings.get(declared.SAVE_TEMPLATE),
            settings.get(declared.SAVE_FORMAT),
            WriteOptions(
                profile=OutputProfile(settings.get(declared.SAVE_PROFILE)),
                quality=settings.get(declared.SAVE_QUALITY),
                parent=FileRole(settings.get(declared.SAVE_PARENT)),
                gps=settings.get(declared.SAVE_GPS),
            ),
            settings.get(declared.SAVE_RECIPE),
        )

    def remember(self, settings: Settings) -> None:
        """Prefer it from now on."""
        settings.put(declared.SAVE_TEMPLATE, self.template)
        settings.put(declared.SAVE_FORMAT, self.format)
        settings.put(declared.SAVE_PROFILE, str(self.options.profile))
        settings.put(declared.SAVE_QUALITY, self.options.quality)
        settings.put(declared.SAVE_PARENT, str(self.options.parent))
        settings.put(declared.SAVE_GPS, self.options.gps)
        settings.put(declared.SAVE_RECIPE, self.recipe)

    @property
    def suffix(self) -> str:
        return SUFFIXES[self.format]

    def in_words(self) -> str:
        """How files are written, in one line."""
        options = self.options
        parts = [f"{self.template}{self.suffix}", tr(SHORT_PROFILES[options.profile])]
        if self.format == "jpeg":
            parts.append(tr("quality {0}").format(options.quality))
        parts.append(tr("with its position") if options.gps else tr("without its position"))
        if self.recipe:
            parts.append(tr("with a recipe"))
        return "  ·  ".join(parts)


class Saver(QObject):
    """Has results written, never over a file.

    Signals: `changed` when it begins or ends work; before it `failed` where a file was not written.
    """

    changed = Signal()
    failed = Signal()

    def __init__(self, settings: Settings, jobs: JobQueue, session: Session, herald: Herald) -> None:
        super().__init__()
        self._settings, self._jobs, self._session, self._herald = settings, jobs, session, herald
        self._saving: dict[int, tuple[Fused, float]] = {}
        """Results being written, and at which strengths."""
        jobs.ended.connect(self._on_end)

    @property
    def is_busy(self) -> bool:
        return bool(self._saving)

    @property
    def savable(self) -> Fused | None:
        """The result on the screen, if it is of the whole photo."""
        fused = self._session.shown_result
        return fused if fused is not None and fused.crop is None else None

    @property
    def all_savable(self) -> tuple[Fused, ...]:
        """Every result of a whole photo, in the order in which they were made."""
        return tuple(fused for fused in self._session.results if fused.crop is None)

    @property
    def can_save(self) -> bool:
        """Whether there is a result to be saved, and all of them can be written at their strengths."""
        return self.savable is not None and all(fused.is_settled for fused in self.all_savable)

    def plan(self, fused: Fused) -> SavePlan:
        """As the preferences say, beside the result's short photo."""
        return SavePlan.preferred(self._settings, fused.short.absolute().parent)

    def targets(self, plan: SavePlan, results: Sequence[Fused]) -> list[Path]:
        """Where the results would go: names that are free now, and different.

        Raises
        ------
        OptionsError
            When the template has an unknown field.
        """
        taken: list[Path] = []
        beside = SUFFIX if plan.recipe else ""
        for fused in results:
            name = render_name(plan.template, self._facts(plan, fused))
            path, number = unique_path(plan.folder, name, plan.suffix, beside), 2
            while path in taken:
                path = unique_path(plan.folder, f"{name}-{number}", plan.suffix, beside)
                number += 1
            taken.append(path)
        return taken

    def save(self, plan: SavePlan, results: Sequence[Fused]) -> None:
        """Write the results, and remember the plan."""
        plan.remember(self._settings)
        targets = self.targets(plan, results)
        for fused, target in zip(results, targets, strict=True):
            self.write(fused, target, plan)
        self._herald.settled.emit()
        if len(targets) == 1:
            self._herald.said.emit(tr("Saving {0}…").format(targets[0].name))
        else:
            self._herald.said.emit(tr("Saving {0} results…").format(len(targets)))
        self.changed.emit()

    def write(self, fused: Fused, target: Path, plan: SavePlan) -> None:
        """Write one result to `target`, whose suffix counts and which must be free."""
        job = self._jobs.submit(partial(save_request, fused, target, plan))
        self._saving[job.number] = fused, fused.blend.strength if fused.blend is not None else 1.0

    def _facts(self, plan: SavePlan, fused: Fused) -> NameFacts:
        role = Role.SHORT if plan.options.parent is FileRole.SHORT else Role.LONG
        parent = self._session.photos.get(role)
        model = fused.reply.model.name if fused.reply.model else None
        facts = NameFacts(fused.short, fused.long, fused.reply.method, model)
        return replace(facts, metadata=parent.metadata) if parent is not None else facts

    def _on_end(self, job: Job, reply: object) -> None:
        saved = self._saving.pop(job.number, None)
        if saved is None:
            return
        fused, strength = saved
        if isinstance(reply, ImageSaved):
            if fused.strength == strength:  # or the file is not what is shown by now
                self._session.mark_saved(fused, reply.path)
            self._herald.saved.emit(reply.path)
            if reply.notes:
                self._herald.noticed.emit(Notice(Level.INFO, " ".join(sentence(note) for note in reply.notes)))
        elif isinstance(reply, Failed):
            self.failed.emit()
            self._herald.fail(reply, ("save",))
        self.changed.emit()


def save_request(fused: Fused, target: Path, plan: SavePlan, job: int) -> SaveImage:
    """The request to write a result to `target`, which must be free."""
    options = plan.options
    made = made_by(fused.reply)
    return SaveImage(
        job=job,
        image=fused.picture.image,
        target=target,
        parent=fused.short if options.parent is FileRole.SHORT else fused.long,
        inputs=(fused.short, fused.long),
        options=options,
        recipe=Recipe(fused.short, fused.long, fused.recipe.options, options, made) if plan.recipe else None,
        blend=fused.blend,
    )
