"""What exposure fusion costs: seconds and memory per megapixel against OpenCV's, and the memory of a whole `lsd2 fuse`.

    python tests/benchmarks/fusion.py [--megapixels 24] [--pairs FOLDER [--every N]]

Each measurement runs in a fresh process; seconds are those of the processor, which a busy machine changes little.  With
a folder of <name>_under and <name>_over exposures, fusing is also measured on pairs of their scenes as they would come
from a hand-held camera; MEF-SSIM is against the clean exposures.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from lsd2.evaluation.fusion import find_exposures
from lsd2.finishing import FUSION_WEIGHTS
from lsd2.imaging.fusion.highlights import fit_transfer, recover
from lsd2.imaging.mef_quality import mef_ssim
from lsd2.io.read import read_photo
from lsd2.io.write import write_photo
from lsd2.networks.manifest import all_models
from lsd2.options import Fusion, FusionOptions, ProcessOptions
from lsd2.photo import ExposurePair, FloatImage, Photo
from lsd2.pipeline import prepare, run_method
from lsd2.resources import resource_path
from lsd2.training.shake import Shaker
from lsd2.training.synthesis import colour, exposure, noise
from lsd2.training.synthesis.pair import REALISTIC, make_scene

_STEP = """
import sys, time, numpy as np
from lsd2.system import peak_rss_mb, forget_peak_rss
kind, height, width = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
import cv2
from lsd2.finishing.finish import finish
from lsd2.methods.base import MethodInfo, MethodOutput
from lsd2.options import FusionOptions, Fusion, ProcessOptions
from lsd2.progress import Silent
rng = np.random.default_rng(0)
small = rng.random((height // 8, width // 8, 3), dtype=np.float32) ** 2 * 3
linear = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC).clip(0, 3)
picture, short = (np.clip(linear * gain, 0, 1) ** np.float32(1 / 2.2) for gain in (np.float32(1), np.float32(0.1)))
del linear, small
forget_peak_rss()
held = peak_rss_mb()
started = time.process_time()
if kind == "opencv":
    picture *= 255
    short *= 255
    np.clip(cv2.createMergeMertens(1, 0, 1).process([picture, short]), 0, 1)
else:
    finish(MethodInfo("m", "M", ""), MethodOutput(picture), short, ProcessOptions(fusion=FusionOptions(Fusion(kind))),
           Silent())
print(time.process_time() - started, peak_rss_mb() - held)
"""
_FUSE = """
import json, sys, time
from lsd2.cli.main import main
from lsd2.system import peak_rss_mb
code = main(sys.argv[1:])
print(json.dumps({"peak": peak_rss_mb(), "seconds": time.process_time()}), flush=True)
sys.exit(code)
"""
SHIFT = (14, 23)
"""How far apart the frames of a large photo are, pixels."""
BRIGHTER = 2.5
"""Linear gain of its long frame, so that a good part of it clips."""


def kinds() -> list[Fusion]:
    """The finishing steps that can run here."""
    trained = any(entry.method == FUSION_WEIGHTS for entry in all_models())
    return [Fusion.MERTENS, *([Fusion.NETWORK] if trained else [])]


def time_step(kind: str, height: int, width: int) -> tuple[float, float]:
    """Processor seconds, and memory beside the two pictures in 10^6 bytes, of one step on a picture of that size."""
    arguments = [sys.executable, "-c", _STEP, kind, str(height), str(width)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    seconds, memory = done.stdout.split()[-2:]
    return float(seconds), float(memory)


def large_pair(height: int, width: int) -> tuple[FloatImage, FloatImage]:
    """The bundled pair, mirrored until it is large enough; the long frame shifted, and so bright that much clips."""
    short, long = (read_photo(resource_path(f"samples/street_{role}.jpg")).pixels for role in ("short", "long"))
    light = exposure.to_display(exposure.to_linear(long) * np.float32(BRIGHTER))
    return _mirrored(short, height, width, (0, 0)), _mirrored(light, height, width, SHIFT)


def _mirrored(image: FloatImage, height: int, width: int, corner: tuple[int, int]) -> FloatImage:
    rows, columns = (
        np.pad(np.arange(side), (0, max(length + start - side, 0)), "symmetric")[start : start + length]
        for side, length, start in zip(image.shape, (height, width), corner, strict=False)
    )
    return np.ascontiguousarray(image[rows][:, columns])


def fuse_files(kind: Fusion, height: int, width: int) -> str:
    """What a whole `lsd2 fuse --fusion` on files of that size takes, alignment, reading and writing included."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("short.jpg", "long.jpg")]
        for path, frame in zip(paths, large_pair(height, width), strict=True):
            write_photo(path, frame)
        output = str(Path(folder) / "out.jpg")
        arguments = ["fuse", *map(str, paths), "-o", output, "--json", "--no-recipe", "--fusion", str(kind)]
        command = [sys.executable, "-c", _FUSE, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    report, spent = (json.loads(text) for text in done.strip().rsplit("\n", 1))
    megapixels, aligned, finished = height * width / 1e6, report["alignment"], report["parameters"]["fusion"]
    return (
        f"{spent['peak']:.0f} MB in all and {spent['seconds'] / megapixels:.2f} s per megapixel for {megapixels:.1f} "
        f"megapixels; shifted by {aligned['shift_px']:.1f} pixels: {aligned['reason']}; "
        f"{finished['from_short']:.0%} from the short frame"
    )


@dataclass(frozen=True)
class Spoiled:
    """A pair out of a hand-held camera, and its two exposures without noise and blur, dark one first."""

    pair: ExposurePair
    clean: tuple[FloatImage, FloatImage]


def scene_of(under: FloatImage, over: FloatImage) -> FloatImage | None:
    """Linear light of what two exposures show together, 1 being the bright one's white; None if they do not match."""
    transfer = fit_transfer(over, under)
    if transfer is None or np.ptp(transfer.gains) == 0:
        return None
    dark = recover(over, under, replace(transfer, sigma=0.0)).dark
    linear = (exposure.to_linear(dark) - np.float32(transfer.offset)) / np.float32(transfer.gain)
    return np.asarray(np.maximum(linear, 0), np.float32)


def spoil(scene: FloatImage, rng: np.random.Generator) -> Spoiled:
    """Expose a scene as this program's pairs are: the bright frame shaken, the dark one noisy.

    The exposures of the folder themselves will not do: some are hundreds of times darker, with black where a short
    frame shows noise, and each has its own curve.
    """
    radiance = colour.distort(scene, *colour.WIDE.sample(rng))
    unboosted = replace(REALISTIC, lights=(0.0, 1.0))
    blurred = make_scene(exposure.encode(scene), Shaker([], 0.0).draw(rng), unboosted, rng).blurred
    draw = noise.draw_noise(noise.CAMERA, rng)
    frames = (noise.add_noise(light, draw, rng, ratio) for light, ratio in ((radiance, 1.0), (blurred, draw.ratio)))
    clean = (exposure.to_display(radiance), exposure.to_display(scene))
    return Spoiled(ExposurePair(*map(Photo, frames)), clean)


def score_spoiled(folder: Path, every: int) -> tuple[dict[str, float], int]:
    """Mean MEF-SSIM of plain exposure fusion, of the bright frame, and of LSD2 without and with a finishing step.

    Against the clean exposures: against the spoiled ones noise and blur would count as what is to be kept.
    """
    wanted = {"long": ProcessOptions(method="long"), "mertens": ProcessOptions(method="mertens")}
    wanted["lsd2"] = ProcessOptions()
    wanted |= {f"lsd2 + {kind}": ProcessOptions(fusion=FusionOptions(kind, white_point=1.0)) for kind in kinds()}
    scores: dict[str, list[float]] = {name: [] for name in wanted}
    for index, files in list(enumerate(find_exposures(folder).values()))[::every]:
        scene = scene_of(read_photo(files.under).pixels, read_photo(files.over).pixels)
        if scene is None:
            continue
        spoiled = spoil(scene, np.random.default_rng([7, index]))
        prepared = prepare(spoiled.pair, True)
        for name, options in wanted.items():
            scores[name].append(mef_ssim(run_method(prepared, options).pixels, spoiled.clean))
    return {name: float(np.mean(values)) for name, values in scores.items()}, len(scores["long"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megapixels", type=float, default=24)
    parser.add_argument("--pairs", type=Path, metavar="FOLDER")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth pair of the folder")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    height = int((args.megapixels * 1e6 / 1.5) ** 0.5) // 16 * 16
    width = height * 3 // 2
    megapixels = height * width / 1e6
    for kind in ("opencv", *map(str, kinds())):
        seconds, memory = time_step(kind, height, width)
        print(f"{kind}: {seconds / megapixels:.2f} s and {memory / megapixels:.0f} MB per megapixel", flush=True)
    for kind in kinds():
        print(f"lsd2 fuse --fusion {kind}: {fuse_files(kind, height, width)}", flush=True)
    if args.pairs:
        scores, count = score_spoiled(args.pairs, args.every)
        for name, score in scores.items():
            print(f"{name}: MEF-SSIM {score:.4f} on {count} blurred, noisy pairs")


if __name__ == "__main__":
    main()
