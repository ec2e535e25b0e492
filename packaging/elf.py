"""The libraries of a Linux bundle: what it has for nothing, what it takes from the system, and what nobody has."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

_BOOTLOADERS_OWN = "libpython"
"""The programs open it by its name; nothing is linked to it."""


def elf_files(bundle: Path) -> Iterator[Path]:
    """Programs and libraries, by their first bytes."""
    for path in sorted(bundle.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def prune(bundle: Path) -> list[str]:
    """Delete the libraries that PyInstaller took from this machine for parts that were left out; their names."""
    gone: list[str] = []
    while True:
        wanted = _linked(bundle)
        idle = [
            path
            for path in _from_this_machine(bundle)
            if path.name not in wanted and not path.name.startswith(_BOOTLOADERS_OWN)
        ]
        if not idle:
            return gone
        for path in idle:
            path.unlink()
            gone.append(path.name)


def strip(bundle: Path) -> None:
    """Take symbols for debuggers out of what comes from this machine; a Python of one's own build has 17 MB of them.

    Libraries of wheels are left alone: tools that moved them about made some that cannot be stripped.
    """
    modules = (bundle / "_internal").glob("python3*/lib-dynload/*.so")
    files = [str(path) for path in (*_from_this_machine(bundle), *sorted(modules))]
    subprocess.run(["strip", "--strip-unneeded", *files], check=True)


def _from_this_machine(bundle: Path) -> list[Path]:
    """Libraries that lie on top; those of wheels have folders of their own."""
    return [path for path in sorted((bundle / "_internal").glob("lib*.so*")) if not path.is_symlink()]


def of_the_system(bundle: Path) -> set[str]:
    """Names of the libraries that something in the bundle is linked to and that are not in it."""
    return _linked(bundle) - {path.name for path in bundle.rglob("*.so*")}


def _linked(bundle: Path) -> set[str]:
    """Names of all libraries that something in the bundle is linked to (`NEEDED` in its dynamic section)."""
    done = subprocess.run(
        ["objdump", "-p", *map(str, elf_files(bundle))], capture_output=True, text=True, check=True, env=_PLAIN
    )
    return {line.split()[1] for line in done.stdout.splitlines() if line.strip().startswith("NEEDED ")}


_PLAIN = {**os.environ, "LC_ALL": "C"}


def check(bundle: Path) -> None:
    """Raise `SystemExit` naming every library that is neither in the bundle nor on this machine."""
    environment = {**_PLAIN, "LD_LIBRARY_PATH": str(bundle / "_internal")}
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
