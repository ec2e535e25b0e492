"""How long the window takes to appear, as a ratio to a bare window of Qt: `python tests/benchmarks/start.py`.

Three kinds of processes are started in turn: a bare `QMainWindow`, the program up to its first painted window, and the
program up to the whole window, with every panel in its place.  The median of the ratios counts, so that a busy machine
slows all.  All of them find their modules compiled, as in an installation.  Aim: at most 2 for the first painted
window, and no network library in the process.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
ENGINES = ("torch", "onnxruntime", "rawpy", "imagecodecs")

BARE = (ROOT / "packaging" / "bare_window.py").read_text(encoding="utf-8")
_OURS = f"""
import os, sys
from lsd2_gui import app
def end(*_):
    found = [name for name in {ENGINES!r} if name in sys.modules]
    if found:
        sys.stderr.write(f"loaded in the window's process: {{found}}")
    os._exit(1 if found else 0)
    yield  # makes it a generator
"""
_RUN = "app.main(['--settings-dir', sys.argv[1]])"
FRAME = f"{_OURS}app.fill = end\n{_RUN}"
"""The filling of the window begins when its frame has been painted."""
WHOLE = f"{_OURS}app._begin = lambda *_: next(end())\n{_RUN}"


def seconds(code: str, folder: Path) -> float:
    """From the start of a process to its end."""
    paths = os.pathsep.join((str(ROOT), str(ROOT / "core")))
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = perf_counter()
    command = [sys.executable, "-c", code, str(folder / "settings")]
    subprocess.run(command, env=environment, check=True, stderr=subprocess.PIPE)
    return perf_counter() - start


def main() -> None:
    """Print the ratios and the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    kinds = {"bare QMainWindow": BARE, "first painted window": FRAME, "whole window": WHOLE}
    with tempfile.TemporaryDirectory() as name:
        for code in kinds.values():  # fills the system's file cache, and compiles
            seconds(code, Path(name))
        times = [[seconds(code, Path(name)) for code in kinds.values()] for _ in range(rounds)]
    for index, kind in enumerate(kinds):
        ratio = statistics.median(one[index] / one[0] for one in times)
        print(f"{kind:22} {ratio:5.2f}  ({statistics.median(one[index] for one in times):.3f} s)")


if __name__ == "__main__":
    main()
