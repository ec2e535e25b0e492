from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from lsd2_gui import settings as declared
from lsd2_gui.canvas.look import Ground, Look, Mode
from lsd2_gui.setting_kinds import Former, Setting, number
from lsd2_gui.settings import Settings

VALUES = {
    "window/restore": "never",
    "files/recent": ((Path("/photos/夜 1.jpg"), Path("/photos/2.jpg")),),
    "window/hint_seen": True,
    "view/display": "display-p3",
    "view/display_file": "/profiles/Größe.icc",
    "window/language": "de",
    "window/geometry": b"\x01\x02\x00\xff",
    "files/last_folder": "/photos/Größe 夜",
    "files/save_format": "tiff",
    "window/folded": {"facts": False, "process": True},
    "process/methods": {"bm3d": {"wanted": True, "sigma": 12.5, "model": None}},
    "process/align": False,
    "process/effort": "best",
    "process/fusion": "mertens",
    "process/fusion_strength": 0.25,
    "process/fusion_fine": {"detail": 2.0, "white_point": None},
    "files/save_template": "{date} {stem}",
    "files/save_quality": 80,
    "files/save_profile": "p3",
    "files/save_parent": "short",
    "files/save_gps": True,
    "files/save_recipe": True,
    "process/device": "gpu",
    "process/memory_gb": 3.25,
    "view/look": Look(mode=Mode.GRID, across=True, gain=16, ground=Ground.ASSESS, loupe=True),
}
BAD = {
    "window/restore": "perhaps",
    "files/recent": '[["only one"]]',
    "window/hint_seen": "perhaps",
    "view/display": "paper",
    "view/display_file": 7.5,
    "window/language": "klingon",
    "files/save_format": "webp",
    "process/align": "perhaps",
    "process/effort": "twice",
    "process/fusion": "cold",
    "process/fusion_strength": 2,
    "process/fusion_fine": "[0.5]",
    "files/save_template": "{stem} {weather}",
    "files/save_quality": 30,
    "files/save_profile": "cmyk",
    "files/save_parent": "both",
    "files/save_gps": "sometimes",
    "files/save_recipe": "often",
    "process/device": "abacus",
    "process/memory_gb": "1e9",
    "window/geometry": 7,
    "window/folded": "facts",
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
def test_a_value_survives_a_restart(setting: Setting, tmp_path: Path) -> None:
    value = VALUES[setting.key]
    assert value != setting.default
    first = Settings(tmp_path)
    first.put(setting, value)
    first.flush()
    assert Settings(tmp_path).get(setting) == value


@pytest.mark.parametrize("setting", declared.ALL, ids=lambda setting: setting.key)
def test_a_bad_value_is_logged_and_the_default_taken(
    setting: Setting, tmp_path: Path, caplog: pytest.LogCaptureFixture
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


def test_a_value_is_taken_over_from_an_earlier_version(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = QSettings(str(tmp_path / declared.FILE_NAME), QSettings.Format.IniFormat)
    store.setValue("old/size", "4")
    store.setValue("older/size", "9")
    store.sync()
    convert = Former("old/size", lambda stored: 2 * float(stored))
    setting = Setting("new/size", 1.0, number(0, 100), "a size", former=(convert, Former("older/size")))
    settings = Settings(tmp_path)
    assert settings.get(setting) == 8.0
    settings.flush()
    assert not QSettings(str(tmp_path / declared.FILE_NAME), QSettings.Format.IniFormat).contains("old/size")
    settings.put(setting, 3.0)
    assert settings.get(setting) == 3.0


def test_options_of_writing_that_were_one_are_taken_apart(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = QSettings(str(tmp_path / declared.FILE_NAME), QSettings.Format.IniFormat)
    store.setValue("files/save_options", '{"profile": "p3", "quality": 80, "gps": true}')
    store.sync()
    settings = Settings(tmp_path)
    with caplog.at_level(logging.WARNING):
        found = [settings.get(one) for one in (declared.SAVE_PROFILE, declared.SAVE_QUALITY, declared.SAVE_GPS)]
        assert found == ["p3", 80, True]
        assert not caplog.records
        assert settings.get(declared.SAVE_PARENT) == "long"
    assert declared.SAVE_PARENT.key in caplog.text, "it was not there"


def test_an_earlier_value_that_cannot_be_converted_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = QSettings(str(tmp_path / declared.FILE_NAME), QSettings.Format.IniFormat)
    store.setValue("old/size", "large")
    store.sync()
    setting = Setting("new/size", 1.0, number(0, 9), "a size", former=(Former("old/size", float),))
    assert Settings(tmp_path).get(setting) == 1.0
    assert "old/size" in caplog.text


def test_a_change_is_told_once(tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(tmp_path)
    told: list[object] = []
    settings.changed.connect(told.append)
    settings.put(declared.ALIGN, False)
    settings.put(declared.ALIGN, False)
    assert told == [declared.ALIGN]
