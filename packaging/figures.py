"""Figures of what was built, for packaging/README.md: `python packaging/figures.py [BUNDLE]`; Linux.

Sizes, and starts: warm (the files are in the system's cache) and cold (they were taken out of it), in processor and
wall seconds, beside a bare interpreter and a bare window of Qt that start in turn with them, so that the ratios hold on
a busy machine.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from trial import Trial  # noqa: E402

ROUNDS = 5
BARE_WINDOW = HERE / "bare_window.py"


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", nargs="?", type=Path, default=HERE.parent / "dist" / "lsd2")
    bundle = parser.parse_args().bundle.resolve()
    files = [path for path in bundle.rglob("*") if path.is_file() and not path.is_symlink()]
    print(f"folder: {sum(path.stat().st_size for path in files) / 1e6:.0f} MB in {len(files)} files")
    for path in sorted(bundle.parent.glob("lsd2*")):
        if path.is_file():
            print(f"{path.name}: {path.stat().st_size / 2**20:.1f} MiB")
    with tempfile.TemporaryDirectory() as scratch:
        trial = Trial(bundle, Path(scratch))
        _compare(trial, "command", [trial.program("lsd2"), "--version"], ["-c", "pass"], files)
        _compare(trial, "window", [trial.program("lsd2-gui"), "--smoke-test"], [str(BARE_WINDOW)], files)


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds of the processor and of the clock of one start, and when a window was painted and whole."""

    processor: float
    clock: float
    painted: float = 0.0
    whole: float = 0.0


def _compare(trial: Trial, name: str, ours: list[str], bare: list[str], files: list[Path]) -> None:
    """A program of the bundle beside a bare one."""
    commands = {"ours": ours, "bare": [sys.executable, *bare]}
    warm: dict[str, list[Start]] = {key: [] for key in commands}
    for number in range(ROUNDS + 1):
        for key, command in commands.items():
            start = _start(trial, command)
            if number:
                warm[key].append(start)
    cold = []
    for _ in range(ROUNDS):
        _forget(files)
        cold.append(_start(trial, ours))
    print(f"{name}: warm {_shown(warm['ours'])}; cold {_shown(cold)}; bare {_shown(warm['bare'])}")
    for part in ("processor", "clock", "painted", "whole"):
        to = "clock" if part == "clock" else "processor"
        ratio = median(getattr(o, part) / getattr(b, to) for o, b in zip(warm["ours"], warm["bare"], strict=True))
        if ratio:
            print(f"    {part}: {ratio:.1f} times the bare one's {to}")


def _start(trial: Trial, command: list[str]) -> Start:
    started = time.perf_counter()
    processor = trial.run(*command)
    return Start(processor, time.perf_counter() - started, *(trial.painted_after() or ()))


def _shown(starts: list[Start]) -> str:
    parts = {part: median(getattr(start, part) for start in starts) for part in Start.__slots__}
    return ", ".join(f"{part} {seconds:.2f} s" for part, seconds in parts.items() if seconds)


def _forget(files: list[Path]) -> None:
    """Take files out of the system's cache."""
    for path in files:
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


if __name__ == "__main__":
    main()
