"""What the user has chosen for the next runs: for all methods, and for each.  One frozen value, and the book that holds
it, tells of changes and remembers it.
"""

from __future__ import annotations

import logging
import math
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self, TypeGuard

from PySide6.QtCore import QObject, Signal

from lsd2.errors import OptionsError
from lsd2.methods.base import Kind, MethodInfo
from lsd2.methods.registry import processing_methods
from lsd2.options import MAX_SIGMA, Device, Effort, Fusion, FusionOptions, ProcessOptions
from lsd2_gui import settings as declared
from lsd2_gui.setting_kinds import Setting
from lsd2_gui.settings import Settings

_log = logging.getLogger(__name__)
FINE_PARTS = ("detail", "colour", "light", "black_point", "white_point")
"""What is kept of `FusionOptions` beside its kind and strength."""


@dataclass(frozen=True, slots=True)
class MethodChoice:
    """What is chosen for one method.

    Attributes
    ----------
    wanted : it is run when the ticked methods are.
    sigma : noise level for denoisers on the 0-255 scale; None is estimated.
    model : name of the weights; None is the method's first.
    """

    wanted: bool = False
    sigma: float | None = None
    model: str | None = None

    @classmethod
    def from_dict(cls, stored: Any) -> Self:
        """From what `asdict` gave; what cannot be used is left out."""
        values = stored if isinstance(stored, Mapping) else {}
        sigma, model = values.get("sigma"), values.get("model")
        return cls(
            wanted=values.get("wanted") is True,
            sigma=float(min(max(sigma, 0.0), MAX_SIGMA)) if _is_finite(sigma) else None,
            model=model if isinstance(model, str) else None,
        )


def _is_finite(stored: Any) -> TypeGuard[float]:
    """Whether it is a number; JSON also has NaN, and whole numbers beyond all floats."""
    return isinstance(stored, int | float) and abs(stored) < math.inf


@dataclass(frozen=True, slots=True)
class Parameters:
    """All choices.  `device` is the setting's word (see `device_of`); `methods` holds those that differ from none."""

    align: bool = True
    effort: Effort = Effort.NORMAL
    device: str = "auto"
    memory_gb: float = declared.MEMORY_GB.default
    fusion: FusionOptions = field(default_factory=FusionOptions)
    methods: Mapping[str, MethodChoice] = field(default_factory=dict)

    def of(self, name: str) -> MethodChoice:
        return self.methods.get(name, MethodChoice())

    def with_method(self, name: str, **changes: Any) -> Parameters:
        """A copy with other choices for one method."""
        return replace(self, methods={**self.methods, name: replace(self.of(name), **changes)})

    def wanted(self) -> tuple[str, ...]:
        """Names of the ticked methods in their order."""
        return tuple(info.name for info in processing_methods() if self.of(info.name).wanted)


def device_of(name: str) -> Device:
    """The library's device for the setting's word; which GPU there can be depends on the system."""
    if name == "gpu":
        return Device.MPS if sys.platform == "darwin" else Device.CUDA
    return Device(name)


def options_for(info: MethodInfo, parameters: Parameters) -> ProcessOptions:
    """What a run of one method is asked to do; choices that do not concern it are left at their defaults."""
    choice = parameters.of(info.name)
    return ProcessOptions(
        method=info.name,
        model=choice.model,
        align=parameters.align,
        effort=parameters.effort if info.has_efforts else Effort.NORMAL,
        device=device_of(parameters.device),
        memory_budget_gb=parameters.memory_gb,
        sigma=choice.sigma if info.kind is Kind.DENOISER else None,
        fusion=parameters.fusion if _is_finished(info, parameters) else FusionOptions(),
    )


def _is_finished(info: MethodInfo, parameters: Parameters) -> bool:
    """How a step would be that is not made, makes no difference."""
    return info.can_be_finished and parameters.fusion.kind is not Fusion.NONE


class ParameterBook(QObject):
    """Holds the parameters and keeps them in the settings.

    Signal: `changed` with the value before and the value after, for whoever shows them or undoes a change.
    """

    changed = Signal(object, object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._value = _stored(settings)
        settings.changed.connect(self._follow)

    @property
    def value(self) -> Parameters:
        return self._value

    def put(self, value: Parameters) -> None:
        """Take another value; nothing happens if it is the same."""
        if value == self._value:
            return
        before, self._value = self._value, value
        self._settings.put(declared.ALIGN, value.align)
        self._settings.put(declared.EFFORT, str(value.effort))
        self._settings.put(declared.DEVICE, value.device)
        self._settings.put(declared.MEMORY_GB, value.memory_gb)
        self._settings.put(declared.FUSION, str(value.fusion.kind))
        self._settings.put(declared.FUSION_STRENGTH, value.fusion.strength)
        self._settings.put(declared.FUSION_FINE, {name: getattr(value.fusion, name) for name in FINE_PARTS})
        self._settings.put(declared.METHODS, {name: asdict(choice) for name, choice in value.methods.items()})
        self.changed.emit(before, value)

    def change(self, **changes: Any) -> None:
        """Other choices for all methods."""
        self.put(replace(self._value, **changes))

    def change_method(self, name: str, **changes: Any) -> None:
        """Other choices for one method."""
        self.put(self._value.with_method(name, **changes))

    def reset(self) -> None:
        """Everything as it comes, the ticks excepted."""
        kept = {name: MethodChoice(wanted=choice.wanted) for name, choice in self._value.methods.items()}
        self.put(Parameters(methods=kept))

    def _follow(self, setting: Setting[Any]) -> None:
        """The preferences change what holds for all methods, too."""
        if setting is declared.DEVICE:
            self.change(device=self._settings.get(declared.DEVICE))
        elif setting is declared.MEMORY_GB:
            self.change(memory_gb=self._settings.get(declared.MEMORY_GB))


def _stored(settings: Settings) -> Parameters:
    known = {info.name for info in processing_methods()}
    stored = settings.get(declared.METHODS)
    methods = {name: MethodChoice.from_dict(value) for name, value in stored.items() if name in known}
    if not any(choice.wanted for choice in methods.values()):
        first = processing_methods()[0].name
        methods[first] = replace(methods.get(first, MethodChoice()), wanted=True)
    return Parameters(
        align=settings.get(declared.ALIGN),
        effort=Effort(settings.get(declared.EFFORT)),
        device=settings.get(declared.DEVICE),
        memory_gb=settings.get(declared.MEMORY_GB),
        fusion=_stored_fusion(settings),
        methods=methods,
    )


def _stored_fusion(settings: Settings) -> FusionOptions:
    chosen = FusionOptions(Fusion(settings.get(declared.FUSION)), settings.get(declared.FUSION_STRENGTH))
    fine = {name: value for name, value in settings.get(declared.FUSION_FINE).items() if name in FINE_PARTS}
    try:
        return replace(chosen, **fine)
    except (OptionsError, TypeError) as error:
        _log.warning("setting %s: %s; it is as it comes", declared.FUSION_FINE.key, error)
        return chosen
