"""The strength of a result, changed without running it again: the result mixed with the matched short frame.

The matched short frame is a method of the library; it is run once for a pair, when a strength is first lowered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from lsd2.options import ProcessOptions
from lsd2.worker.protocol import Failed, ProcessPair, ResultReady, SharedImage
from lsd2_gui.background import Background
from lsd2_gui.jobs import Job, JobQueue
from lsd2_gui.notices import Herald
from lsd2_gui.pictures import Fused, Picture
from lsd2_gui.recipes import FileStamp
from lsd2_gui.session import Session

BASE_METHOD = "short"

_BaseKey = tuple[FileStamp, FileStamp, bool]


@dataclass(frozen=True, slots=True)
class Strengths:
    """Of the results that are not shown in full, by their numbers."""

    of: Mapping[int, float]

    def concerns(self, other: Strengths, numbers: Iterable[int]) -> bool:
        """Whether one of these results has another strength here than there."""
        return any(self.of.get(number) != other.of.get(number) for number in numbers)


class Blender(QObject):
    """Mixes results with the matched short frame, the last wish of each first.

    Signals: `mixed` with a result that looks different now; `drag_began`; `strength_chosen` with every other strength
    and at the end of a drag; `gave_up` before the session tells that a strength could not be shown.
    """

    mixed = Signal(object)
    drag_began = Signal()
    strength_chosen = Signal()
    gave_up = Signal()

    def __init__(self, jobs: JobQueue, session: Session, background: Background, herald: Herald) -> None:
        super().__init__()
        self._jobs, self._session, self._background, self._herald = jobs, session, background, herald
        self._bases: dict[_BaseKey, Picture] = {}
        self._jobs_for: dict[Job, _BaseKey] = {}
        self._mixing: Fused | None = None
        self._is_dragging = False
        self._wanted: list[Fused] = []
        jobs.ended.connect(self._on_end)
        session.results_changed.connect(self._drop_unused)

    @property
    def strengths(self) -> Strengths | None:
        """Of the results; None while one is being dragged."""
        if self._is_dragging:
            return None
        return Strengths({fused.number: fused.strength for fused in self._session.results if fused.strength < 1.0})

    def put_strengths(self, strengths: Strengths) -> None:
        """Show results as strongly as they were at another time."""
        for fused in tuple(self._session.results):
            self._set(fused, strengths.of.get(fused.number, 1.0))
        self.strength_chosen.emit()

    def begin_drag(self) -> None:
        """The strengths that follow are on the way to the one that is meant."""
        self._is_dragging = True
        self.drag_began.emit()

    def end_drag(self) -> None:
        self._is_dragging = False
        self.strength_chosen.emit()

    def set_strength(self, fused: Fused, strength: float) -> None:
        """Show `strength` (0 to 1) of a result from now on."""
        self._set(fused, strength)
        self.strength_chosen.emit()

    def _set(self, fused: Fused, strength: float) -> None:
        strength = min(max(strength, 0.0), 1.0)
        if strength == fused.strength or fused not in self._session.results:
            return
        was_settled, fused.strength = fused.is_settled, strength
        if fused.saved_to is not None:
            self._session.mark_saved(fused, None)
        elif fused.is_settled is not was_settled:
            self._session.results_changed.emit()
        if fused not in self._wanted:
            self._wanted.append(fused)
        self._go_on()

    def _go_on(self) -> None:
        """Mix the next one that can be, unless one is being mixed: its strength is read when its turn comes."""
        if self._mixing is not None:
            return
        for fused in tuple(self._wanted):
            base = self._bases.get(_key(fused))
            if fused not in self._session.results or fused.strength >= 1.0:
                self._wanted.remove(fused)
                self._show(fused, None)
            elif base is None:
                self._ask_for_base(fused)
            else:
                self._wanted.remove(fused)
                was_settled, self._mixing, fused.base = fused.is_settled, fused, base.image
                work = partial(mixed, fused.picture.pixels, base.pixels, fused.strength)
                self._background.run(work, partial(self._take, fused, fused.strength))
                if not was_settled:
                    self._session.results_changed.emit()
                return

    def _take(self, fused: Fused, strength: float, pixels: NDArray[np.uint16]) -> None:
        self._mixing = None
        image = fused.picture.image
        name = f"{image.block} at {strength:.4f}"
        if fused.strength < 1.0:
            self._show(fused, Picture(SharedImage(name, image.height, image.width), pixels))
        self._go_on()

    def _show(self, fused: Fused, picture: Picture | None) -> None:
        if fused not in self._session.results or fused.mixed is picture:
            return
        fused.mixed = picture
        self._session.results_changed.emit()
        self.mixed.emit(fused)

    def _ask_for_base(self, fused: Fused) -> None:
        key = _key(fused)
        if key in self._jobs_for.values():
            return
        short, long, align = key
        options = ProcessOptions(method=BASE_METHOD, align=align)
        job = self._jobs.submit(partial(ProcessPair, short=short.path, long=long.path, options=options))
        self._jobs_for[job] = key

    def _on_end(self, job: Job, reply: object) -> None:
        key = self._jobs_for.pop(job, None)
        if key is None:
            return
        if isinstance(reply, ResultReady):
            self._bases[key] = Picture(reply.image, self._jobs.engine.pixels(reply.image))
        else:
            for fused in [fused for fused in self._wanted if _key(fused) == key]:
                fused.strength = 1.0
            self.gave_up.emit()
            self._session.results_changed.emit()
        if isinstance(reply, Failed):
            self._herald.fail(reply, ())
        self._go_on()
        self._drop_unused()

    def _drop_unused(self) -> None:
        """Free the base of a pair that no result is left of."""
        needed = {_key(fused) for fused in self._session.results}
        for key in [key for key in self._bases if key not in needed]:
            self._jobs.engine.release(self._bases.pop(key).image)


def mixed(pixels: NDArray[np.uint16], base: NDArray[np.uint16], strength: float) -> NDArray[np.uint16]:
    """`strength` of one picture and the rest of another: uint16 (H, W, 3), gamma-encoded sRGB, as the worker does."""
    return np.asarray(cv2.addWeighted(pixels, strength, base, 1.0 - strength, 0.0), np.uint16)


def _key(fused: Fused) -> _BaseKey:
    return fused.recipe.short, fused.recipe.long, fused.recipe.options.align
