"""Try the packaged program as a user would: `make package-test`, or `python packaging/package_test.py [BUNDLE]`.

Command and window fuse the sample pair, the window without a screen and (Linux) under Xvfb, and once more with the
network cut off and watched for attempts to use it.  A line on standard error that is not expected, a time or size over
its budget, a file that is missing, or anything that is left behind outside the user's own folders is a failure.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))

import bundle_rules  # noqa: E402
from trial import Trial, check_file  # noqa: E402

FOLDER_MB = 480
"""Budget of the unpacked bundle, 10^6 bytes."""
INSTALLER_MIB = {"*.deb": 150, "*.tar.xz": 150, "*setup.exe": 150, "*.dmg": 180}
"""Budgets of what is downloaded, where it was made and compressed as for a release."""
START_SECONDS = {"lsd2": 0.6, "lsd2-gui": 2.5}
"""Processor seconds until `--version` is answered, and until the window is painted and gone again; not wall time, so
that it holds on a busy machine."""
FIRST_FUSE_OVER_SECOND = 1.25
"""The first fuse of a session, without start and model load, may cost this much of the second."""
MUST_HAVE = (
    "LICENSE", "THIRD_PARTY.md", "licences/numpy", "licences/PySide6_Essentials/LGPL-3.0.txt",
    "licences/rawpy/JasPer.txt", "_internal/resources/pages/LICENSE", "_internal/resources/pages/THIRD_PARTY.md",
    "_internal/resources/pages/docs/guide.md", "_internal/resources/icons/app.svg",
    "_internal/resources/weights/manifest.json", "_internal/resources/weights/lsd2-fast.onnx",
    "_internal/resources/weights/lsd2-fast.md",
)  # fmt: skip
"""What the program shows or needs, beside its libraries."""
MUST_NOT_HAVE = ("libtorch*", "libQt6Network*", "libgssapi*", "*.safetensors", "*.py.orig")


def main() -> None:
    """Run all checks; the first that fails ends it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", nargs="?", type=Path, default=ROOT / "dist" / "lsd2")
    parser.add_argument("--only", metavar="WORD", help="only the checks with this word in their names")
    parser.add_argument("--level", type=int, default=6, help="of xz that the packages were made with (default 6)")
    args = parser.parse_args()
    bundle = args.bundle.resolve()
    with tempfile.TemporaryDirectory() as scratch:
        for check in checks():
            if args.only and args.only not in check.__name__:
                continue
            started = time.perf_counter()
            said = check(Trial(bundle, Path(scratch) / check.__name__, args.level >= 6))
            seconds = time.perf_counter() - started
            print(f"{check.__name__.replace('_', ' ')}: good ({said}; {seconds:.1f} s)", flush=True)


def size_of_the_folder(trial: Trial) -> str:
    """The folder and what was packed of it are within their budgets."""
    files = [path for path in trial.bundle.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files if not path.is_symlink()) / 1e6
    if size > FOLDER_MB:
        raise SystemExit(f"the folder has {size:.0f} MB, over its budget of {FOLDER_MB} MB")
    said = [f"{size:.0f} MB in {len(files)} files"]
    for pattern, budget in INSTALLER_MIB.items():
        for path in trial.bundle.parent.glob(pattern):
            mib = path.stat().st_size / 2**20
            if mib > budget and trial.for_release:
                raise SystemExit(f"{path.name} has {mib:.0f} MiB, over its budget of {budget} MiB")
            said.append(f"{path.name} {mib:.0f} MiB")
    return ", ".join(said)


def contents_of_the_folder(trial: Trial) -> str:
    """All that the program shows is there, in every language, and nothing that must not be."""
    missing = [name for name in MUST_HAVE if not (trial.bundle / name).exists()]
    for code in bundle_rules.languages():
        missing += [name for name in (f"qtbase_{code}.qm", f"lsd2_{code}.qm") if not any(trial.bundle.rglob(name))]
    if missing:
        raise SystemExit(f"not in the bundle: {', '.join(missing)}")
    strangers = [str(path) for pattern in MUST_NOT_HAVE for path in trial.bundle.rglob(pattern)]
    if strangers:
        raise SystemExit(f"in the bundle: {', '.join(strangers)}")
    return f"{len(list((trial.bundle / 'licences').iterdir()))} parts with licences"


def start_of_the_command(trial: Trial) -> str:
    """It answers at once."""
    return _within("lsd2", min(trial.run(trial.program("lsd2"), "--version") for _ in range(3)))


def start_of_the_window(trial: Trial) -> str:
    """It is painted at once."""
    return _within("lsd2-gui", min(trial.run(trial.program("lsd2-gui"), "--smoke-test") for _ in range(3)))


def window_speaks_german(trial: Trial) -> str:
    """The catalogues of the program and of Qt's own dialogs load: else the log has a warning, which `run` refuses."""
    trial.run(trial.program("lsd2-gui"), "--smoke-test", language="de")
    return "program and dialogs"


def _within(name: str, seconds: float) -> str:
    if seconds > START_SECONDS[name]:
        raise SystemExit(
            f"{name} took {seconds:.2f} processor seconds to start, over its budget of {START_SECONDS[name]}"
        )
    return f"{seconds:.2f} processor seconds"


def weights_are_whole(trial: Trial) -> str:
    """SHA-256 of every model, and every model loads."""
    trial.run(trial.program("lsd2"), "weights", "verify")
    return "all models"


def command_fuses_the_sample(trial: Trial) -> str:
    """Every method that makes a photo, and all files that belong to a comparison."""
    out = trial.folder / "out"
    small = trial.crops(trial.folder / "small", "street", (320, 240))
    trial.run(trial.program("lsd2"), "compare", *small, "-o", str(out))
    fused = trial.folder / "fused.tif"
    trial.run(trial.program("lsd2"), "fuse", *trial.pair, "-o", str(fused))
    for path in (fused, out / "lsd2.png", out / "bm3d.png", out / "sheet.png", out / "report.json"):
        check_file(path)
    return "fuse and compare"


def first_fuse_is_as_fast_as_the_second(trial: Trial) -> str:
    """But for starting and loading the models, which `weights verify` does alone."""
    loading = trial.run(trial.program("lsd2"), "weights", "verify")
    one, two = _seconds_of_a_batch(trial, 1), _seconds_of_a_batch(trial, 2)
    second = two - one
    first = one - loading
    if first > FIRST_FUSE_OVER_SECOND * second:
        raise SystemExit(f"the first fuse took {first:.1f} processor seconds beside the load, the second {second:.1f}")
    return f"load {loading:.1f}, first {first:.1f}, second {second:.1f} processor seconds"


def _seconds_of_a_batch(trial: Trial, pairs: int) -> float:
    photos, out = trial.folder / f"photos{pairs}", trial.folder / f"out{pairs}"
    for number in range(pairs):
        trial.crops(photos, f"street{number}", (960, 720), left=300 * number)
    seconds = trial.run(trial.program("lsd2"), "batch", str(photos), "-o", str(out))
    if len(list(out.glob("*.jpg"))) != pairs:
        raise SystemExit(f"a batch of {pairs} made {len(list(out.glob('*.jpg')))} photos")
    return seconds


def window_fuses_the_sample_without_a_screen(trial: Trial) -> str:
    """Opened, fused, saved in the window itself."""
    return trial.self_test()


def window_fuses_the_sample_under_xvfb(trial: Trial) -> str:
    """The same with a real X server."""
    return trial.self_test(["xvfb-run", "-a", "-s", "-screen 0 1280x800x24 -noreset"], platform="xcb")


def works_without_a_network(trial: Trial) -> str:
    """Command and window in a network namespace that has no interface at all."""
    alone = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-rn"]
    fused = trial.folder / "a.jpg"
    trial.run(*alone, trial.program("lsd2"), "fuse", *trial.pair, "-o", str(fused))
    check_file(fused)
    return trial.self_test(alone)


def never_asks_for_a_network(trial: Trial) -> str:
    """No system call in any of its processes makes an internet socket."""
    record = trial.folder / "calls"
    trial.self_test(["strace", "-f", "-qq", "-e", "trace=socket", "-o", str(record)])
    calls = [line for line in record.read_text().splitlines() if "AF_INET" in line]
    if calls:
        raise SystemExit("it opened internet sockets:\n" + "\n".join(calls[:5]))
    return f"{len(record.read_text().splitlines())} socket calls, none to the internet"


def leaves_nothing_but_settings(trial: Trial) -> str:
    """What is in a user's home after a session is in the folders for settings, logs and caches, and called lsd2."""
    trial.self_test()
    left = {path.relative_to(trial.home) for path in trial.home.rglob("*") if path.is_file()}
    strangers = [str(path) for path in left if "lsd2" not in path.parts and path.parts[:2] != (".cache", "fontconfig")]
    if sys.platform == "linux" and strangers:
        raise SystemExit(f"it left behind: {', '.join(strangers)}")
    return ", ".join(sorted(map(str, left)))


def checks() -> list[Callable[[Trial], str]]:
    """What this system can check."""
    everywhere = [
        size_of_the_folder,
        contents_of_the_folder,
        start_of_the_command,
        weights_are_whole,
        command_fuses_the_sample,
        first_fuse_is_as_fast_as_the_second,
        start_of_the_window,
        window_speaks_german,
        window_fuses_the_sample_without_a_screen,
        leaves_nothing_but_settings,
    ]
    tools = {"xvfb-run": window_fuses_the_sample_under_xvfb, "unshare": works_without_a_network}
    tools["strace"] = never_asks_for_a_network
    if sys.platform != "linux":
        return everywhere
    missing = [name for name in tools if shutil.which(name) is None]
    if missing:
        raise SystemExit(f"install first: {', '.join(missing)} (Debian: xvfb xauth util-linux strace)")
    return [*everywhere, *tools.values()]


if __name__ == "__main__":
    main()
