"""All methods.  A new method is one file and one line here; it then appears in the command, the window and the sheets.

This module names methods without importing what they compute with, so that the window can list them.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lsd2.errors import OptionsError
from lsd2.methods.base import Denoiser, Kind, Method, MethodInfo, Reach
from lsd2.networks.manifest import all_models


@dataclass(frozen=True, slots=True)
class _Registered:
    info: MethodInfo
    module: str
    class_name: str

    def load(self) -> Any:
        return getattr(importlib.import_module(self.module), self.class_name)


_METHODS = (
    _Registered(
        MethodInfo(
            "lsd2",
            "LSD2",
            "Fuses the sharp short frame and the clean long frame by a trained network.",
            reach=Reach(context=64, grid=64),
            trained=True,
            coarse_first=True,
            has_efforts=True,
        ),
        "lsd2.methods.lsd2",
        "Lsd2",
    ),
    _Registered(
        MethodInfo(
            "bm3d",
            "BM3D",
            "Denoises the short frame by block matching; no network.",
            Kind.DENOISER,
            reach=Reach(context=64, grid=48),  # its reference patches stand 3, 4 or 6 pixels apart
        ),
        "lsd2.methods.bm3d",
        "Bm3d",
    ),
    _Registered(
        MethodInfo(
            "mertens",
            "Plain exposure fusion",
            "Fuses the frames as they are; noise and blur stay.",
            fuses_exposures=True,
        ),
        "lsd2.methods.mertens",
        "Mertens",
    ),
    _Registered(
        MethodInfo(
            "fdncnn",
            "FDnCNN",
            "Denoises the short frame by a trained network.",
            Kind.DENOISER,
            reach=Reach(context=20, grid=1),
            trained=True,
        ),
        "lsd2.methods.fdncnn",
        "Fdncnn",
    ),
    _Registered(
        MethodInfo("yuan", "Yuan et al.", "Deblurs by the pair's own blur kernel; for scenes in which nothing moves."),
        "lsd2.methods.yuan",
        "Yuan",
    ),
    _Registered(
        MethodInfo(
            "lsd2-synth",
            "LSD2, paper's recipe",
            "LSD2's network as the paper trains it, on its synthetic pairs alone; for comparison.",
            reach=Reach(context=64, grid=64),
            trained=True,
            coarse_first=True,
            caveat="For comparison only: trained on synthetic pairs alone, weaker on real photos.",
        ),
        "lsd2.methods.lsd2",
        "Lsd2",
    ),
    _Registered(
        MethodInfo(
            "short",
            "Short, matched",
            "The short frame, as bright as the long one.",
            Kind.REFERENCE,
            reach=Reach(context=0, grid=1),
        ),
        "lsd2.methods.frames",
        "ShortMatched",
    ),
    _Registered(
        MethodInfo(
            "long",
            "Long, registered",
            "The long frame, moved onto the short one.",
            Kind.REFERENCE,
            reach=Reach(context=0, grid=1),
        ),
        "lsd2.methods.frames",
        "LongRegistered",
    ),
)


def all_methods() -> tuple[MethodInfo, ...]:
    """What can be compared, references included; the program's own method comes first."""
    return tuple(method.info for method in _METHODS)


def processing_methods() -> tuple[MethodInfo, ...]:
    """What makes a photo, in the order in which it is offered: all methods but the references."""
    return tuple(info for info in all_methods() if info.kind is not Kind.REFERENCE)


def denoisers() -> tuple[MethodInfo, ...]:
    """What takes a single noisy photo."""
    return tuple(info for info in all_methods() if info.kind is Kind.DENOISER)


def without_weights(infos: Iterable[MethodInfo]) -> tuple[MethodInfo, ...]:
    """Those methods that cannot run because no weights for them are installed.

    Raises
    ------
    WeightsError
        When the list of weights cannot be read.
    """
    trained = {model.method for model in all_models()}
    return tuple(info for info in infos if info.trained and info.name not in trained)


def in_comparison_order(names: list[str]) -> list[str]:
    """As a comparison shows methods: the frames, the baselines, and the program's own method last."""
    own, *baselines = processing_methods()
    references = [info for info in all_methods() if info.kind is Kind.REFERENCE]
    order = [info.name for info in (*references, *baselines, own)]
    return sorted(dict.fromkeys(names), key=order.index)


def method_info(name: str) -> MethodInfo:
    """What is known of the method of that name.

    Raises
    ------
    OptionsError
        When there is none.
    """
    return _find(name, all_methods()).info


def get_method(name: str) -> Method:
    """The method of that name; a denoiser comes as the method that denoises the short frame.

    Raises
    ------
    OptionsError
        When there is none.
    """
    entry = _find(name, all_methods())
    if entry.info.kind is Kind.DENOISER:
        from lsd2.methods.denoising import DenoisedShort

        return DenoisedShort(entry.info, entry.load()())
    method: Method = entry.load()(entry.info)
    return method


def get_denoiser(name: str) -> Denoiser:
    """The denoiser of that name.

    Raises
    ------
    OptionsError
        When there is none, or the method of that name needs a pair.
    """
    denoiser: Denoiser = _find(name, denoisers()).load()()
    return denoiser


def _find(name: str, among: tuple[MethodInfo, ...]) -> _Registered:
    known = [info.name for info in among]
    if name not in known:
        what = "method" if among == all_methods() else "denoiser"
        raise OptionsError(f"there is no {what} '{name}' (known: {', '.join(known)})")
    return next(method for method in _METHODS if method.info.name == name)
