"""Try the packaged program as a user would: `make package-test`, or `python packaging/package_test.py [BUNDLE]`.

Command and window fuse the sample pair, the window without a screen and (Linux) under Xvfb, and once more with the
network cut off and watched for attempts to use it.  A line on standard error that is not expected, a time or size over
its budget, or anything that is left behind outside the user's own folders is a failure.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = "_internal/resources/samples"
FOLDER_MB = 480
"""Budget of the unpacked bundle, 10^6 bytes."""
START_SECONDS = {"lsd2": 1.0, "lsd2-gui": 4.0}
"""Processor seconds until `--version` is answered, and until the window is painted and gone again; not wall time, so
that it holds on a busy machine."""
TIMEOUT = 600
EXPECTED_NOISE = ("This plugin does not support propagateSizeHints",)
"""Lines that Qt's offscreen platform prints."""


def main() -> None:
    """Run all checks; the first that fails ends it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", nargs="?", type=Path, default=ROOT / "dist" / "lsd2")
    bundle = parser.parse_args().bundle.resolve()
    with tempfile.TemporaryDirectory() as scratch:
        for check in checks():
            started = time.perf_counter()
            said = check(Trial(bundle, Path(scratch) / check.__name__))
            print(
                f"{check.__name__.replace('_', ' ')}: good ({said}; {time.perf_counter() - started:.1f} s)", flush=True
            )


class Trial:
    """One check's folder and home; runs the bundle's programs in it."""

    def __init__(self, bundle: Path, folder: Path) -> None:
        self.bundle, self.folder = bundle, folder
        folder.mkdir()

    def program(self, name: str) -> str:
        return str(self.bundle / (f"{name}.exe" if sys.platform == "win32" else name))

    def sample(self, role: str) -> str:
        return str(self.bundle / SAMPLES / f"street_{role}.jpg")

    def run(self, *command: str, platform: str = "offscreen") -> float:
        """Run to the end without a word on standard error; the processor seconds it took."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        environment = {**os.environ, "HOME": str(home), "QT_QPA_PLATFORM": platform}
        for name in [n for n in environment if n.startswith(("XDG_", "PYTHON", "LD_LIBRARY", "QT_PLUGIN", "VIRTUAL"))]:
            del environment[name]
        before = _child_seconds()
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=TIMEOUT, check=False)
        noise = [line for line in done.stderr.splitlines() if not any(known in line for known in EXPECTED_NOISE)]
        log = "".join(path.read_text(encoding="utf-8") for path in home.rglob("lsd2.log"))
        if done.returncode or noise or "ERROR" in log or "CRITICAL" in log:
            raise SystemExit(f"{' '.join(command)}\nended with {done.returncode} and said:\n{done.stderr}\n{log}")
        return _child_seconds() - before


def _child_seconds() -> float:
    times = os.times()
    return times.children_user + times.children_system


def size_of_the_folder(trial: Trial) -> str:
    """Within its budget, and without what must not be in it."""
    files = [path for path in trial.bundle.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files if not path.is_symlink()) / 1e6
    if size > FOLDER_MB:
        raise SystemExit(f"the folder has {size:.0f} MB, over its budget of {FOLDER_MB} MB")
    if not (trial.bundle / "licences").is_dir() or any(path.name.startswith("libtorch") for path in files):
        raise SystemExit("licences are missing, or PyTorch came along")
    return f"{size:.0f} MB in {len(files)} files"


def start_of_the_command(trial: Trial) -> str:
    """It answers at once."""
    return _within("lsd2", min(trial.run(trial.program("lsd2"), "--version") for _ in range(3)))


def start_of_the_window(trial: Trial) -> str:
    """It is painted at once."""
    return _within("lsd2-gui", min(trial.run(trial.program("lsd2-gui"), "--smoke-test") for _ in range(3)))


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
    trial.run(trial.program("lsd2"), "compare", trial.sample("short"), trial.sample("long"), "-o", str(out))
    fused = trial.folder / "fused.tif"
    trial.run(trial.program("lsd2"), "fuse", trial.sample("short"), trial.sample("long"), "-o", str(fused))
    for path in (fused, out / "lsd2.png", out / "bm3d.png", out / "sheet.png", out / "report.json"):
        _check_file(path)
    return "fuse and compare"


def window_fuses_the_sample_without_a_screen(trial: Trial) -> str:
    """Opened, fused, saved in the window itself."""
    return _self_test(trial)


def window_fuses_the_sample_under_xvfb(trial: Trial) -> str:
    """The same with a real X server."""
    return _self_test(trial, ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24 -noreset"], platform="xcb")


def works_without_a_network(trial: Trial) -> str:
    """The same in a network namespace that has no interface at all."""
    trial.run(
        "unshare",
        "-n",
        trial.program("lsd2"),
        "fuse",
        trial.sample("short"),
        trial.sample("long"),
        "-o",
        str(trial.folder / "a.jpg"),
    )
    return _self_test(trial, ["unshare", "-n"])


def never_asks_for_a_network(trial: Trial) -> str:
    """No system call in any of its processes makes an internet socket."""
    record = trial.folder / "calls"
    _self_test(trial, ["strace", "-f", "-qq", "-e", "trace=socket", "-o", str(record)])
    calls = [line for line in record.read_text().splitlines() if "AF_INET" in line]
    if calls:
        raise SystemExit("it opened internet sockets:\n" + "\n".join(calls[:5]))
    return f"{len(record.read_text().splitlines())} socket calls, none to the internet"


def leaves_nothing_but_settings(trial: Trial) -> str:
    """What is in a user's home after a session is in the folders for settings, logs and caches, and called lsd2."""
    _self_test(trial)
    home = trial.folder / "home"
    left = {path.relative_to(home) for path in home.rglob("*") if path.is_file()}
    strangers = [str(path) for path in left if "lsd2" not in path.parts and path.parts[:2] != (".cache", "fontconfig")]
    if sys.platform == "linux" and strangers:
        raise SystemExit(f"it left behind: {', '.join(strangers)}")
    return ", ".join(sorted(map(str, left)))


def _self_test(trial: Trial, before: list[str] | None = None, platform: str = "offscreen") -> str:
    target = trial.folder / "window.jpg"
    trial.run(*(before or []), trial.program("lsd2-gui"), "--self-test", str(target), platform=platform)
    _check_file(target)
    return f"saved {target.stat().st_size // 1000} kB"


def _check_file(path: Path) -> None:
    if not path.is_file() or path.stat().st_size < 1000:
        raise SystemExit(f"{path.name} was not written")


def checks() -> list[Callable[[Trial], str]]:
    """What this system can check."""
    everywhere = [
        size_of_the_folder,
        start_of_the_command,
        weights_are_whole,
        command_fuses_the_sample,
        start_of_the_window,
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
