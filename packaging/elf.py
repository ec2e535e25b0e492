"""The libraries of a Linux bundle: what it needs and does not find ends the build."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path


def elf_files(bundle: Path) -> Iterator[Path]:
    """Programs and libraries, by their first bytes."""
    for path in sorted(bundle.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def check(bundle: Path) -> None:
    """Raise `SystemExit` naming every library that is neither in the bundle nor on this machine."""
    environment = {**os.environ, "LD_LIBRARY_PATH": str(bundle / "_internal")}
    missing: dict[str, list[str]] = {}
    for path in elf_files(bundle):
        done = subprocess.run(["ldd", str(path)], capture_output=True, text=True, check=False, env=environment)
        for line in done.stdout.splitlines():
            if "not found" in line and "version" not in line:
                missing.setdefault(line.split()[0], []).append(path.name)
    if missing:
        raise SystemExit(
            "missing system libraries: "
            + "; ".join(f"{library} (for {', '.join(users[:3])})" for library, users in missing.items())
        )
