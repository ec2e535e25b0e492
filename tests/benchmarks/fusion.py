"""What exposure fusion costs: seconds and memory per megapixel against OpenCV's, and the memory of a whole `lsd2 fuse`.

    python tests/benchmarks/fusion.py [--megapixels 24] [--pairs FOLDER]

Each measurement runs in a fresh process, one after the other, so that times are comparable within one call only.  With
a folder of <name>_under and <name>_over exposures, fusing is also measured on them as they would come from a camera:
the bright ones blurred by shake, the dark ones noisy; MEF-SSIM is against the clean exposures.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np

from lsd2.evaluation.fusion import find_exposures
from lsd2.finishing import FUSION_WEIGHTS
from lsd2.imaging.mef_quality import mef_ssim
from lsd2.io.read import read_photo
from lsd2.io.write import write_photo
from lsd2.networks.manifest import all_models
from lsd2.options import Fusion, FusionOptions, ProcessOptions
from lsd2.photo import ExposurePair, FloatImage, Photo
from lsd2.pipeline import prepare, run_method
from lsd2.training.shake import Shaker
from lsd2.training.synthesis import exposure, noise
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
started = time.perf_counter()
if kind == "opencv":
    picture *= 255
    short *= 255
    np.clip(cv2.createMergeMertens(1, 0, 1).process([picture, short]), 0, 1)
else:
    finish(MethodInfo("m", "M", ""), MethodOutput(picture), short, ProcessOptions(fusion=FusionOptions(Fusion(kind))),
           Silent())
print(time.perf_counter() - started, peak_rss_mb() - held)
"""
_FUSE = (
    "import sys; from lsd2.cli.main import main; from lsd2.system import peak_rss_mb;"
    "code = main(sys.argv[1:]); print(peak_rss_mb()); sys.exit(code)"
)


def kinds() -> list[Fusion]:
    """The finishing steps that can run here."""
    trained = any(entry.method == FUSION_WEIGHTS for entry in all_models())
    return [Fusion.MERTENS, *([Fusion.NETWORK] if trained else [])]


def time_step(kind: str, height: int, width: int) -> tuple[float, float]:
    """Seconds, and memory beside the two pictures in 10^6 bytes, of one step on a picture of that size."""
    arguments = [sys.executable, "-c", _STEP, kind, str(height), str(width)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    seconds, memory = done.stdout.split()[-2:]
    return float(seconds), float(memory)


def peak_of_fuse(kind: Fusion, height: int, width: int) -> float:
    """Largest resident memory of `lsd2 fuse --fusion` on files of that size, 10^6 bytes."""
    rng = np.random.default_rng(0)
    long = np.clip(1.5 * rng.random((height, width, 3), dtype=np.float32), 0, 1)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("short.jpg", "long.jpg")]
        write_photo(paths[0], long * np.float32(0.3))
        write_photo(paths[1], long)
        arguments = ["fuse", *map(str, paths), "-o", str(Path(folder) / "out.jpg"), "--fusion", str(kind)]
        command = [sys.executable, "-c", _FUSE, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def spoil(over: FloatImage, under: FloatImage, rng: np.random.Generator) -> ExposurePair:
    """A pair out of a hand-held camera: the bright exposure blurred by shake, the dark one noisy."""
    scene = make_scene(over, Shaker([], 0.0).draw(rng), REALISTIC, rng)
    draw = noise.draw_noise(noise.CAMERA, rng)
    long = noise.add_noise(np.minimum(scene.blurred, 1), draw, rng, draw.ratio)
    return ExposurePair(Photo(noise.add_noise(exposure.to_linear(under), draw, rng)), Photo(long))


def score_spoiled(folder: Path) -> dict[str, float]:
    """Mean MEF-SSIM of plain exposure fusion, of the bright frame, and of LSD2 without and with a finishing step."""
    wanted = {"long": ProcessOptions(method="long"), "mertens": ProcessOptions(method="mertens")}
    wanted["lsd2"] = ProcessOptions()
    wanted |= {f"lsd2 + {kind}": ProcessOptions(fusion=FusionOptions(kind)) for kind in kinds()}
    scores: dict[str, list[float]] = {name: [] for name in wanted}
    for index, files in enumerate(find_exposures(folder).values()):
        under, over = read_photo(files.under).pixels, read_photo(files.over).pixels
        prepared = prepare(spoil(over, under, np.random.default_rng([7, index])), True)
        for name, options in wanted.items():
            scores[name].append(mef_ssim(run_method(prepared, options).pixels, [under, over]))
    return {name: float(np.mean(values)) for name, values in scores.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megapixels", type=float, default=24)
    parser.add_argument("--pairs", type=Path, metavar="FOLDER")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    height = int((args.megapixels * 1e6 / 1.5) ** 0.5) // 16 * 16
    width = height * 3 // 2
    megapixels = height * width / 1e6
    for kind in ("opencv", *map(str, kinds())):
        seconds, memory = time_step(kind, height, width)
        print(f"{kind}: {seconds / megapixels:.2f} s and {memory / megapixels:.0f} MB per megapixel", flush=True)
    for kind in kinds():
        peak = peak_of_fuse(kind, height, width)
        print(f"lsd2 fuse --fusion {kind}: {peak:.0f} MB in all for {megapixels:.1f} megapixels", flush=True)
    if args.pairs:
        for name, score in score_spoiled(args.pairs).items():
            print(f"{name}: MEF-SSIM {score:.4f} on blurred, noisy pairs")


if __name__ == "__main__":
    main()
