"""The licences of everything in the bundle, collected into it, and the list of its parts (CycloneDX)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import bundled_libraries

ROOT = Path(__file__).resolve().parents[1]
_TEXT = re.compile(r"(licen[cs]e|copying|notice|copyright|authors|thirdparty|third.party)", re.IGNORECASE)
_CODE = (".py", ".pyc", ".h", ".so")
_OF_QT = ("LGPL-3.0", "GPL-3.0", "Qt-third-party", "ICU")
_NOT_IN_THE_WHEEL = {
    "PySide6_Essentials": _OF_QT,
    "shiboken6": _OF_QT,
    "opencv-python-headless": ("libdrm",),
    "rawpy": ("JasPer",),
}
"""Texts in `packaging/texts` of what wheels carry without one; LGPL 3 is a supplement to GPL 3."""


@dataclass(frozen=True, slots=True)
class Part:
    """A package in the bundle: name, version, licence as it states it, and its licence files."""

    name: str
    version: str
    licence: str
    kind: str
    files: tuple[Path, ...]


def collect(bundle: Path) -> list[Part]:
    """Copy all licence texts into `bundle/licences`; the parts.

    Raises
    ------
    SystemExit
        When a part has no licence text, or a library inside a wheel is not spoken of.
    """
    parts = sorted({part.name: part for part in _parts(bundle)}.values(), key=lambda part: part.name.lower())
    silent = [part.name for part in parts if not part.files]
    if silent:
        raise SystemExit(f"no licence text was found of: {', '.join(silent)}")
    target = bundle / "licences"
    for part in parts:
        (target / part.name).mkdir(parents=True)
        for number, file in enumerate(part.files):
            name = file.name if len({f.name for f in part.files}) == len(part.files) else f"{number:02}-{file.name}"
            shutil.copy(file, target / part.name / name)
    if sys.platform == "linux":
        bundled_libraries.check(bundle, [file for file in target.rglob("*") if file.is_file()])
    for name in ("LICENSE", "THIRD_PARTY.md"):
        shutil.copy(ROOT / name, bundle / name)
    return parts


def _parts(bundle: Path) -> Iterator[Part]:
    from bundle_rules import PACKAGES

    distributions = metadata.packages_distributions()
    for name in sorted({d for package in PACKAGES for d in distributions.get(package, [])} - {"lsd2"}):
        yield _from_wheel(name)
    yield _from_wheel("pyinstaller")
    yield Part("Python", ".".join(map(str, sys.version_info[:3])), "PSF-2.0", "pypi", (_python_licence(),))
    if sys.platform == "linux":
        yield from _from_debian(bundle)


def _from_wheel(name: str) -> Part:
    found = metadata.distribution(name)
    texts = [file for file in found.files or [] if _TEXT.search(file.name) and file.suffix.lower() not in _CODE]
    ours = (ROOT / "packaging" / "texts" / f"{text}.txt" for text in _NOT_IN_THE_WHEEL.get(found.name, ()))
    paths = (*(Path(str(file.locate())) for file in texts), *ours)
    about = found.metadata
    licence = about.get("License-Expression") or about.get("License") or "see its texts"
    return Part(found.name, found.version, licence.splitlines()[0][:80], "pypi", paths)


def _python_licence() -> Path:
    debian = Path(f"/usr/share/doc/python3.{sys.version_info[1]}")
    for folder in (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix), debian):
        for name in ("LICENSE.txt", "LICENSE", "copyright"):
            if (folder / name).is_file():
                return folder / name
    raise SystemExit("Python's licence text was not found")


def _from_debian(bundle: Path) -> Iterator[Part]:
    """Packages of the libraries that PyInstaller took from this machine."""
    names = {path.name for path in (bundle / "_internal").glob("lib*.so*") if not path.is_symlink()}
    for package in sorted({owner for name in names for owner in _owners(name)}):
        text = Path("/usr/share/doc") / package / "copyright"
        version = _dpkg_query("-W", "-f=${Version}", package)
        yield Part(package, version, "see its text", "deb", (text,) if text.is_file() else ())


def _owners(library: str) -> set[str]:
    found = _dpkg_query("-S", f"*/{library}").splitlines()
    return {line.split(":")[0] for line in found if not line.startswith("diversion")}


def _dpkg_query(*arguments: str) -> str:
    return subprocess.run(["dpkg-query", *arguments], capture_output=True, text=True, check=False).stdout


def write_sbom(parts: list[Part], target: Path, version: str) -> None:
    """The parts as CycloneDX 1.5 JSON."""
    components = [
        {
            "type": "library",
            "name": part.name,
            "version": part.version,
            "licenses": [{"license": {"name": part.licence}}],
            "purl": f"pkg:{'deb/debian' if part.kind == 'deb' else part.kind}/{part.name.lower()}@{part.version}",
        }
        for part in parts
    ]
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "lsd2", "version": version}},
        "components": components,
    }
    target.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
