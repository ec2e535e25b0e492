"""The scripts that build packages: what belongs into a bundle, and what the packages say of the program."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest

import lsd2
from lsd2.cli.main import COMMANDS, build_parser
from lsd2.resources import shipped_page
from tests.core.packaging_scripts import PACKAGING, load_script

ROOT = Path(__file__).resolve().parents[2]


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
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6\\translations\\qtbase_de.qm", True),
        ("PySide6/Qt/translations/qtbase_fr.qm", False),
        ("PySide6/Qt/translations/qt_help_de.qm", False),
        ("resources/translations/lsd2_de.qm", True),
    ],
)
def test_files_that_belong_into_the_bundle(name: str, wanted: bool) -> None:
    assert load_script("bundle_rules").is_wanted(name) is wanted


def test_unlisted_package_ends_the_build() -> None:
    rules = load_script("bundle_rules")
    rules.check_modules([("numpy.linalg", "/x/site-packages/numpy/linalg.py", "PYMODULE")], [])
    with pytest.raises(SystemExit, match="surprise"):
        rules.check_modules([("surprise.sub", "/x/site-packages/surprise/sub.py", "PYMODULE")], [])


def test_pages_are_where_the_frozen_program_looks_for_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = load_script("bundle_rules")
    assert rules.pages(ROOT) == [
        (str(ROOT / "LICENSE"), "resources/pages/"),
        (str(ROOT / "THIRD_PARTY.md"), "resources/pages/"),
        (str(ROOT / "docs"), "resources/pages/docs"),
    ]
    (tmp_path / "resources" / "pages").mkdir(parents=True)
    for source, folder in rules.pages(ROOT):
        target = tmp_path / folder
        shutil.copytree(source, target) if Path(source).is_dir() else shutil.copy(source, target)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    for name in ("LICENSE", "THIRD_PARTY.md", "docs/guide.md", "docs/images/window.jpg"):
        assert shipped_page(name) == tmp_path / "resources" / "pages" / name
        assert shipped_page(name).is_file()


def test_libraries_that_nothing_is_linked_to_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chain that nobody uses goes as a whole; what a wheel's library uses, and Python's own library, stay."""
    elf, inside = load_script("elf"), tmp_path / "_internal"
    needs = {
        "libend.so.1": [],
        "libidle.so.1": ["libend.so.1"],
        "libused.so.1": [],
        "libpython3.11.so.1.0": [],
        "wheel/liba.so": ["libused.so.1", "libelsewhere.so.1"],
    }
    (inside / "wheel").mkdir(parents=True)
    for name in needs:
        (inside / name).write_bytes(b"\x7fELF")

    def objdump(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        names = [str(Path(path).relative_to(inside)) for path in command[2:]]
        lines = [f"  NEEDED               {need}" for name in names for need in needs[name]]
        return subprocess.CompletedProcess(command, 0, "\n".join(["Dynamic Section:", *lines, "  SONAME  x"]), "")

    monkeypatch.setattr(elf.subprocess, "run", objdump)
    assert elf.of_the_system(tmp_path) == {"libelsewhere.so.1"}
    assert elf.prune(tmp_path) == ["libidle.so.1", "libend.so.1"]
    assert {path.name for path in inside.rglob("lib*")} == {"libused.so.1", "libpython3.11.so.1.0", "liba.so"}


def test_library_that_no_licence_text_speaks_of_ends_the_build(tmp_path: Path) -> None:
    libraries = load_script("bundled_libraries")
    wheel, text = tmp_path / "_internal" / "some.libs", tmp_path / "LICENSE-libpng"
    wheel.mkdir(parents=True)
    (wheel / "libpng16-1d1ba958.so.16.58.0").touch()
    text.write_text("the  PNG\nreference library")
    libraries.check(tmp_path, [text])
    (wheel / "libsecret-1.so").touch()
    with pytest.raises(SystemExit, match=r"no licence text speaks of: libsecret-1\.so;"):
        libraries.check(tmp_path, [text])


def test_version_comes_from_the_library() -> None:
    assert load_script("bundle_rules").version(ROOT) == lsd2.__version__


def test_program_packages_are_all_allowed() -> None:
    """Whatever the sources import must be in the lists, or the next build would end."""
    rules = load_script("bundle_rules")
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
    page = load_script("man_page").page(parser, "1.2.3", "lsd2-gui")
    assert page.startswith(".TH LSD2 1")
    assert "LSD2 1.2.3" in page
    assert page.count(".SH COMMAND ") == len(COMMANDS)
    assert all(option.replace("-", "\\-") in page for option in _texts(parser))
    assert not [line for line in page.splitlines() if not line]


def test_desktop_file_and_metadata_agree() -> None:
    entry = ConfigParser(interpolation=None)
    entry.read(PACKAGING / "linux" / "lsd2.desktop", encoding="utf-8")
    about = ET.parse(PACKAGING / "linux" / "metainfo.xml.in").getroot()
    assert entry["Desktop Entry"]["Exec"] == "lsd2-gui %F"
    assert about.findtext("launchable") == "lsd2.desktop"
    assert about.findtext("summary") == entry["Desktop Entry"]["Comment"]
    assert {"image/jpeg", "image/tiff", "image/heif", "image/x-adobe-dng"} <= set(
        entry["Desktop Entry"]["MimeType"].split(";")
    )


def test_sums_are_those_of_sha256sum(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    load_script("sums").write([tmp_path / "a"], tmp_path / "SHA256SUMS")
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a\n"
    assert (tmp_path / "SHA256SUMS").read_text() == expected


def test_windows_uninstaller_removes_everything_that_is_installed() -> None:
    """Whatever PyInstaller and build.py put beside `_internal` must be named in the uninstaller."""
    script = (PACKAGING / "windows" / "lsd2.nsi").read_text(encoding="utf-8")
    removed = script[script.index('Section "Uninstall"') :]
    for name in ("_internal", "licences", "lsd2.exe", "lsd2-gui.exe", "LICENSE", "THIRD_PARTY.md", "uninstall.exe"):
        assert f"$INSTDIR\\{name}" in removed
