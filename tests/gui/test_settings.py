from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from lsd2_gui import settings as declared
from lsd2_gui.canvas.look import Ground, Look, Mode
from lsd2_gui.settings import Settings

VALUES = {
    "window/language": "de",
    "window/geometry": b"\x01\x02\x00\xff",
    "files/last_folder": "/photos/Größe 夜",
    "files/save_format": "tiff",
    "process/methods": {"bm3d": {"wanted": True, "sigma": 12.5, "model": None}},
    "process/align": False,
    "process/device": "gpu",
    "process/memory_gb": 3.25,
    "view/look": Look(mode=Mode.GRID, across=True, gain=16, ground=Ground.ASSESS, loupe=True),
}
BAD = {
    "window/language": "klingon",
    "files/save_format": "webp",
    "process/align": "perhaps",
    "process/device": "abacus",
    "process/memory_gb": "1e9",
    "window/geometry": 7,
    "process/methods": "[1]",
    "files/last_folder": "",
    "view/look": "{",
}


def test_keys_are_unique_and_defaults_are_valid() -> None:
    assert len({setting.key for setting in declared.ALL}) == len(declared.ALL)
    for setting in declared.ALL:
        assert setting.text
        if setting.default not in ("", b""):
            assert setting.parse(setting.store(setting.default)) == setting.default


@pytest.mark.parametrize("setting", declared.ALL, ids=lambda setting: setting.key)
def test_a_value_survives_a_restart(setting: declared.Setting, tmp_path: Path) -> None:
    value = VALUES[setting.key]
    assert value != setting.default
    first = Settings(tmp_path)
    first.put(setting, value)
    first.flush()
    assert Settings(tmp_path).get(setting) == value


@pytest.mark.parametrize("setting", declared.ALL, ids=lambda setting: setting.key)
def test_a_bad_value_is_logged_and_the_default_taken(
    setting: declared.Setting, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = QSettings(str(tmp_path / declared.FILE_NAME), QSettings.Format.IniFormat)
    store.setValue(setting.key, BAD[setting.key])
    store.sync()
    with caplog.at_level(logging.WARNING):
        assert Settings(tmp_path).get(setting) == setting.default
    assert setting.key in caplog.text


def test_without_a_folder_the_systems_place_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert Settings().folder.name == "lsd2"
