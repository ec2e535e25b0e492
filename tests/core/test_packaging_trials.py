"""The packages' own tests can fail: on any unexpected word, on a warning in the log; and dependencies are exact."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.core.packaging_scripts import load_script

QUIET = "true"
NOISY = "echo 'Gtk-WARNING: no theme' >&2"
EXPECTED = "echo 'qt.qpa: This plugin does not support propagateSizeHints()' >&2"
FAILING = "exit 3"
LOGGING = (
    'mkdir -p "$HOME/.local/state/lsd2/log"\n'
    'echo "2026-01-01 00:00:00,000 {} lsd2_gui: something" > "$HOME/.local/state/lsd2/log/lsd2.log"'
)


@pytest.fixture
def trial() -> ModuleType:
    return load_script("trial")


def _run(trial: ModuleType, folder: Path, does: str) -> float:
    bundle = folder / "bundle"
    bundle.mkdir()
    program = bundle / "lsd2"
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o755)
    tried = trial.Trial(bundle, folder / "trial")
    seconds: float = tried.run(tried.program("lsd2"))
    return seconds


@pytest.mark.skipif(sys.platform == "win32", reason="its stand-ins are shell scripts")
@pytest.mark.parametrize("does", [QUIET, EXPECTED, LOGGING.format("INFO")])
def test_expected_words_pass(trial: ModuleType, tmp_path: Path, does: str) -> None:
    assert 0 <= _run(trial, tmp_path, does) < 60


@pytest.mark.skipif(sys.platform == "win32", reason="its stand-ins are shell scripts")
@pytest.mark.parametrize("does", [NOISY, FAILING, LOGGING.format("WARNING"), LOGGING.format("ERROR")])
def test_unexpected_words_and_failures_end_the_test(trial: ModuleType, tmp_path: Path, does: str) -> None:
    with pytest.raises(SystemExit, match="ended with"):
        _run(trial, tmp_path, does)


def test_a_trial_sees_nothing_of_the_machines_own_settings(
    trial: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PYTHONPATH", "QT_PLUGIN_PATH", "XDG_CONFIG_HOME", "LD_LIBRARY_PATH", "LC_ALL"):
        monkeypatch.setenv(name, "/elsewhere")
    tried = trial.Trial(tmp_path / "bundle", tmp_path / "trial")
    environment = tried._environment("offscreen", "de")
    assert "/elsewhere" not in environment.values()
    assert environment["HOME"] == str(tried.home)
    assert environment["LANGUAGE"] == "de"


def test_package_depends_on_what_its_libraries_are_linked_to_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deb = load_script("deb")
    monkeypatch.setattr(deb.elf, "of_the_system", lambda bundle: {"libGL.so.1", "libc.so.6", "libm.so.6"})
    owners = {"libGL.so.1": "libgl1", "libc.so.6": "libc6", "libm.so.6": "libc6"}
    monkeypatch.setattr(deb, "_package_of", owners.__getitem__)
    monkeypatch.setattr(
        deb, "_linked_packages", lambda bundle: ["libc6 (>= 2.35)", "libgl1", "libxcb-cursor0 (>= 0.0.99)"]
    )
    assert deb._dependencies(tmp_path) == ["libc6 (>= 2.35)", "libgl1"]
    monkeypatch.setattr(deb, "_linked_packages", lambda bundle: ["libc6 (>= 2.35)"])
    with pytest.raises(SystemExit, match="says nothing of libgl1"):
        deb._dependencies(tmp_path)


def test_package_of_a_library_is_the_one_that_dpkg_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a merged /usr, ldconfig and dpkg may name a file differently."""
    deb = load_script("deb")

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        if command[0].endswith("ldconfig"):
            said = "\tlibGL.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libGL.so.1\n"
        else:
            known = command[-1] == "/usr/lib/x86_64-linux-gnu/libGL.so.1"
            said = "libgl1:amd64: /usr/lib/x86_64-linux-gnu/libGL.so.1\n" if known else ""
        return subprocess.CompletedProcess(command, 0, said, "")

    monkeypatch.setattr(deb.subprocess, "run", run)
    assert deb._package_of("libGL.so.1") == "libgl1"
    with pytest.raises(SystemExit, match=r"no package has libnone\.so\.1"):
        deb._package_of("libnone.so.1")
