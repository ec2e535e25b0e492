"""SHA-256 sums in the format of sha256sum(1)."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path


def write(files: list[Path], target: Path) -> None:
    """One line per file, by name, so that `sha256sum -c` checks them in their folder."""
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(files)]
    target.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    write([Path(name) for name in sys.argv[2:]], Path(sys.argv[1]))
