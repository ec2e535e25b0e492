"""Exposure fusion measured by MEF-SSIM on pairs of exposures of still scenes, <name>_under and <name>_over."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from lsd2.errors import PairError, PhotoReadError
from lsd2.evaluation.figures import ByMethod, Report
from lsd2.finishing.finish import finish
from lsd2.imaging.fusion.mertens import fuse
from lsd2.imaging.fusion.weights import Weighting
from lsd2.imaging.mef_quality import mef_ssim
from lsd2.io.read import read_photo
from lsd2.io.suffixes import PHOTO_SUFFIXES
from lsd2.methods.base import MethodInfo, MethodOutput
from lsd2.options import Fusion, FusionOptions, ProcessOptions
from lsd2.photo import FloatImage
from lsd2.progress import Progress

SINGLE = ("under", "over")
OPENCV, PLAIN = "opencv", "plain"
NOTHING = MethodInfo("over", "Over-exposed", "The bright exposure as it is, in place of a method's result.")
Fuser = Callable[[FloatImage, FloatImage], FloatImage]
"""Takes the dark and the bright exposure, display images (H, W, 3); gives the fused one."""


@dataclass(frozen=True, slots=True)
class ExposureFiles:
    """The two files of one scene."""

    under: Path
    over: Path


def find_exposures(folder: Path) -> dict[str, ExposureFiles]:
    """All complete pairs of a folder by name, in order.

    Raises
    ------
    PhotoReadError
        When there is none.
    """
    if not folder.is_dir():
        raise PhotoReadError(f"{folder} is not a folder; give a folder of <name>_under and <name>_over photos")
    by_stem = {path.stem: path for path in sorted(folder.iterdir()) if path.suffix.lower() in PHOTO_SUFFIXES}
    names = [stem.removesuffix("_under") for stem in by_stem if stem.endswith("_under")]
    pairs = {
        name: ExposureFiles(by_stem[f"{name}_under"], by_stem[f"{name}_over"])
        for name in names
        if f"{name}_over" in by_stem
    }
    if not pairs:
        raise PhotoReadError(f"{folder} holds no pairs; files must be named <name>_under and <name>_over")
    return pairs


def fusers(kinds: list[Fusion], options: ProcessOptions, progress: Progress) -> dict[str, Fuser]:
    """What is measured: each exposure, OpenCV's Mertens as it comes, our plain fusion, and finishing steps.

    `options.model` names weights of the fusion network.  White points are left alone: they are a matter of taste, and
    MEF-SSIM counts contrast that no exposure has against a picture.
    """
    found: dict[str, Fuser] = {
        SINGLE[0]: lambda under, over: under,
        SINGLE[1]: lambda under, over: over,
        OPENCV: _opencv,
        PLAIN: lambda under, over: fuse([over, under], Weighting(), np.inf, lambda done, total: None).pixels,
    }
    for kind in kinds:
        found[str(kind)] = _finisher(kind, options, progress)
    return found


def _finisher(kind: Fusion, options: ProcessOptions, progress: Progress) -> Fuser:
    model = options.model if kind is Fusion.NETWORK else None
    chosen = replace(options, model=None, fusion=FusionOptions(kind, white_point=1.0, model=model))
    return lambda under, over: finish(NOTHING, MethodOutput(over), under, chosen, progress).pixels


def _opencv(under: FloatImage, over: FloatImage) -> FloatImage:
    """With its defaults, which leave exposedness out; it divides by 255 whatever it is given, and overshoots."""
    fused = cv2.createMergeMertens().process([under * 255, over * 255])
    return np.asarray(np.clip(fused, 0, 1), np.float32)


def evaluate_fusion(
    pairs: dict[str, ExposureFiles], measured: dict[str, Fuser], show: Callable[[str, ByMethod], None]
) -> Report:
    """MEF-SSIM against the two exposures, and seconds, of everything measured on every pair, and their means.

    Raises
    ------
    PairError
        When the two exposures of a pair differ in size.
    """
    images: dict[str, ByMethod] = {}
    for name, files in pairs.items():
        under, over = read_photo(files.under).pixels, read_photo(files.over).pixels
        if under.shape != over.shape:
            raise PairError(f"the exposures of {name} differ in size; give two of the same size")
        images[name] = {method: _measure(fuser, under, over) for method, fuser in measured.items()}
        show(name, images[name])
    mean = {
        method: {
            figure: float(np.mean([image[method][figure] for image in images.values()]))
            for figure in ("mef_ssim", "seconds")
        }
        for method in measured
    }
    return Report(images, mean)


def _measure(fuser: Fuser, under: FloatImage, over: FloatImage) -> dict[str, float]:
    started = time.perf_counter()
    fused = fuser(under, over)
    seconds = time.perf_counter() - started
    return {"mef_ssim": mef_ssim(fused, [under, over]), "seconds": seconds}
