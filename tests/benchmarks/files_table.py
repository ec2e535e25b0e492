"""Puts every file of some folders through `lsd2 info` and `lsd2 fuse`, and prints what became of each.

    python tests/benchmarks/files_table.py FOLDER...

A photo that can be read is fused with a darker copy of itself, in this process, so that the network is loaded once.
The others go through a process of their own each, and must be refused in one line, within 10 s of processor time and
1 GB, without a crash or a traceback.  Exit code 1 if any file breaks this.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np

from lsd2.cli.main import main as lsd2_main
from lsd2.errors import PhotoReadError
from lsd2.io.pairing import MIN_SIDE
from lsd2.io.read import read_photo
from lsd2.io.write import write_photo
from lsd2.system import peak_rss_mb

MOST_SECONDS, MOST_MB = 10.0, 1000.0
_MEASURED = """
import pathlib, resource, subprocess, sys
try:
    code = subprocess.run(sys.argv[2:], timeout=120).returncode
except subprocess.TimeoutExpired:
    code = -9
used = resource.getrusage(resource.RUSAGE_CHILDREN)
pathlib.Path(sys.argv[1]).write_text(f"{code} {used.ru_utime + used.ru_stime:.3f} {used.ru_maxrss}")
"""
"""A small process between: memory is counted from what the parent has at the start."""


@dataclass(frozen=True)
class Ran:
    """How a command ended: exit code (negative: a signal), its lines, processor time, peak memory in 10^6 bytes."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float

    @property
    def message(self) -> str:
        return self.err.strip().splitlines()[-1] if self.err.strip() else ""

    def fault(self) -> str:
        """What breaks the command's contract; empty if nothing does."""
        lines = self.err.strip().splitlines()
        if self.code not in (0, 1):
            return f"exit code {self.code}"
        if self.code == 0:
            return "words on standard error" if lines else ""
        if len(lines) != 1 or not lines[0].startswith("lsd2: ") or "unexpected problem" in lines[0]:
            return "not one foreseen line"
        if self.seconds > MOST_SECONDS or self.megabytes > MOST_MB:
            return f"refused only after {self.seconds:.1f} s and {self.megabytes:.0f} MB"
        return ""


def lsd2(*arguments: object) -> Ran:
    """Run the command in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        usage = Path(folder) / "usage"
        command = [sys.executable, "-c", _MEASURED, usage, sys.executable, "-m", "lsd2.cli.main", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=True)
        code, seconds, kilobytes = usage.read_text().split()
    return Ran(int(code), done.stdout, done.stderr, float(seconds), int(kilobytes) * 1024 / 1e6)


def fuse_here(*arguments: object) -> Ran:
    """The same without a process of its own."""
    out, err = StringIO(), StringIO()
    started = time.process_time()
    with redirect_stdout(out), redirect_stderr(err):
        code = lsd2_main(["fuse", *map(str, arguments)])
    return Ran(code, out.getvalue(), err.getvalue(), time.process_time() - started, peak_rss_mb())


def fuse(path: Path, folder: Path) -> Ran:
    """Fuse a photo with a darker and noisier copy of itself, or with any picture where it cannot be read."""
    short, out = folder / "short.png", folder / "out.tif"
    try:
        pixels = read_photo(path).pixels
    except PhotoReadError:
        write_photo(short, np.full((64, 64, 3), 0.5, np.float32), overwrite=True)
        return lsd2("fuse", short, path, "-o", out)
    noise = np.random.default_rng(1).normal(0, 0.01, pixels.shape)
    write_photo(short, np.clip(0.25 * pixels + noise, 0, 1).astype(np.float32), overwrite=True)
    return fuse_here(short, path, "-o", out)


def rows(root: Path, folder: Path) -> Iterator[tuple[str, Ran, Ran]]:
    for path in sorted(found for found in root.rglob("*") if found.is_file()):
        for stale in folder.iterdir():
            stale.unlink()
        yield str(path.relative_to(root.parent)), lsd2("info", path), fuse(path, folder)
        left = {found.name for found in folder.iterdir()} - {"short.png", "out.tif", "out.tif.json"}
        if left:
            raise AssertionError(f"{left} was left behind")


def outcome(info: Ran, fused: Ran) -> str:
    """good: fused; small: read, but too small to fuse; refused."""
    if fused.code == 0:
        return "fused"
    return "read, too small to fuse" if f"at least {MIN_SIDE}" in fused.message else "refused"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    arguments = parser.parse_args()
    faults, counts = [], Counter[str]()
    print("| file | outcome | info s, MB | fuse s, MB | message |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for root in arguments.folders:
            for name, info, fused in rows(root, Path(folder)):
                fault = info.fault() or fused.fault()
                result = outcome(info, fused)
                counts[result] += 1
                message = re.sub(r"^lsd2: \S+/(\S+)", r"\1", fused.message)
                print(
                    f"| {name} | {f'FAULT: {fault}' if fault else result} | {info.seconds:.1f}, {info.megabytes:.0f} "
                    f"| {fused.seconds:.1f}, {fused.megabytes:.0f} | {message} |",
                    flush=True,
                )
                if fault:
                    faults.append(name)
    print(f"\n{dict(counts)}; faults: {faults or 'none'}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
