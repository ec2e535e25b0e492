"""The scripts that build packages: what belongs into a bundle, and what the packages say of the program."""

from __future__ import annotations

import argparse
import importlib.util
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from types import ModuleType

import pytest

import lsd2
from lsd2.cli.main import COMMANDS, build_parser

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"


@pytest.fixture(autouse=True)
def _scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"packaging_{name}", PACKAGING / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6\\Qt\\plugins\\platforms\\libqvnc.dll", False),
        ("libxcb-cursor.so.0", True),
        ("libxcb.so.1", False),
        ("pillow.libs/libxcb-9065bb12.so.1.1.0", True),
        ("libfontconfig.so.1", False),
        ("resources/weights/lsd2-fast.onnx", True),
    ],
)
def test_files_that_belong_into_the_bundle(name: str, wanted: bool) -> None:
    assert _script("bundle_rules").is_wanted(name) is wanted


def test_unlisted_package_ends_the_build() -> None:
    rules = _script("bundle_rules")
    rules.check_modules([("numpy.linalg", "/x/site-packages/numpy/linalg.py", "PYMODULE")], [])
    with pytest.raises(SystemExit, match="surprise"):
        rules.check_modules([("surprise.sub", "/x/site-packages/surprise/sub.py", "PYMODULE")], [])


def test_version_comes_from_the_library() -> None:
    assert _script("bundle_rules").version(ROOT) == lsd2.__version__


def test_program_packages_are_all_allowed() -> None:
    """Whatever the sources import must be in the lists, or the next build would end."""
    rules = _script("bundle_rules")
    allowed = {*sys.stdlib_module_names, *rules.PACKAGES, *(name.split(".")[0] for name in rules.LEFT_OUT)}
    imported = set()
    for folder in ("core", "lsd2_gui"):
        for path in (ROOT / folder).rglob("*.py"):
            found = re.findall(
                r"^\s*(?:from|import) ([A-Za-z_]\w*)[\w.]*(?: import|\s*$| as)", path.read_text("utf-8"), re.M
            )
            imported |= set(found)
    assert imported - allowed == set()


def _texts(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        yield from action.option_strings


def test_manual_page_names_every_command_and_option() -> None:
    parser = build_parser()
    page = _script("man_page").page(parser, "1.2.3", "lsd2-gui")
    assert page.startswith(".TH LSD2 1")
    assert "LSD2 1.2.3" in page
    assert page.count(".SH COMMAND ") == len(COMMANDS)
    assert all(option.replace("-", "\\-") in page for option in _texts(parser))
    assert not [line for line in page.splitlines() if not line]


def test_desktop_file_and_metadata_agree() -> None:
    entry = ConfigParser(interpolation=None)
    entry.read(PACKAGING / "linux" / "lsd2.desktop", encoding="utf-8")
    about = ET.parse(PACKAGING / "linux" / "io.github.lsd2_photo.lsd2.metainfo.xml.in").getroot()
    assert entry["Desktop Entry"]["Exec"] == "lsd2-gui %F"
    assert about.findtext("launchable") == "lsd2.desktop"
    assert about.findtext("summary") == entry["Desktop Entry"]["Comment"]
    assert {"image/jpeg", "image/tiff", "image/heif", "image/x-adobe-dng"} <= set(
        entry["Desktop Entry"]["MimeType"].split(";")
    )


def test_sums_are_those_of_sha256sum(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    _script("sums").write([tmp_path / "a"], tmp_path / "SHA256SUMS")
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a\n"
    assert (tmp_path / "SHA256SUMS").read_text() == expected


def test_windows_uninstaller_removes_everything_that_is_installed() -> None:
    """Whatever PyInstaller and build.py put beside `_internal` must be named in the uninstaller."""
    script = (PACKAGING / "windows" / "lsd2.nsi").read_text(encoding="utf-8")
    removed = script[script.index('Section "Uninstall"') :]
    for name in ("_internal", "licences", "lsd2.exe", "lsd2-gui.exe", "LICENSE", "THIRD_PARTY.md", "uninstall.exe"):
        assert f"$INSTDIR\\{name}" in removed
