"""Photos come into the window: dropped, chosen, replaced, swapped, closed; over a scripted engine."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from lsd2.photo import Metadata
from lsd2.worker.protocol import OpenPhoto
from lsd2_gui import settings as declared
from lsd2_gui.main_window import MainWindow
from lsd2_gui.pictures import LONG, SHORT, Role, ViewKey
from tests.gui.conftest import drop
from tests.gui.fake_engine import FakeEngine
from tests.gui.hands import buttons

# ---- opening ----


def test_the_empty_window_says_what_to_do(window: MainWindow) -> None:
    assert window.empty.isVisible()
    assert not window.view_bar.isVisible()
    assert not window.side.run_button.isEnabled()
    assert not window.actions_by_id["save"].isEnabled()


def test_two_dropped_files_become_a_pair_by_brightness(paired: MainWindow, files: dict[str, Path]) -> None:
    session = paired.controller.session
    assert session.photos[Role.SHORT].path == files["b_short"]
    assert session.photos[Role.LONG].path == files["a_long"]
    assert (session.before, session.after) == (SHORT, LONG)
    assert paired.canvas.isVisible()
    assert paired.canvas.is_split
    assert paired.side.run_button.isEnabled()
    assert "EV brighter" in paired.controller.layers.label(SHORT)


def test_shutter_times_decide_before_brightness(
    window: MainWindow, engine: FakeEngine, files: dict[str, Path], settle: Callable[[], None]
) -> None:
    engine.metadata["a_long.jpg"] = Metadata(exposure_seconds=Fraction(1, 100), iso=800)
    engine.metadata["b_short.jpg"] = Metadata(exposure_seconds=Fraction(1, 10), iso=800)
    drop(window, files["a_long"], files["b_short"])
    settle()
    session = window.controller.session
    assert session.photos[Role.SHORT].path == files["a_long"]
    assert session.ev_gap == pytest.approx(3.32, abs=0.01)
    assert session.warnings()  # the short one is the brighter one
    assert window.side.pair._warning.isVisible()


def test_one_and_then_another(window: MainWindow, files: dict[str, Path], settle: Callable[[], None]) -> None:
    drop(window, files["a_long"])
    settle()
    assert window.controller.session.missing_role is Role.LONG
    assert "long" in window.canvas.hint
    assert not window.view_bar.before.isVisible()
    drop(window, files["b_short"])
    settle()
    assert window.canvas.hint == ""
    assert window.controller.session.photos[Role.SHORT].path == files["b_short"]


def test_the_same_file_again_and_a_third_file_are_answered(
    window: MainWindow, files: dict[str, Path], settle: Callable[[], None]
) -> None:
    drop(window, files["a_long"])
    settle()
    drop(window, files["a_long"])
    assert "is open already" in window.banner.text
    drop(window, files["b_short"])
    settle()
    assert not window.banner.isVisible()
    drop(window, files["c_long"])
    assert "Drop two photos to start a new pair" in window.banner.text
    assert len(window.controller.session.photos) == 2


def test_of_more_than_two_the_first_by_name_are_taken_and_it_is_said(
    window: MainWindow, files: dict[str, Path], settle: Callable[[], None]
) -> None:
    drop(window, files["c_long"], files["b_short"], files["a_long"])
    settle()
    assert "3 files were given: a_long.jpg and b_short.jpg taken" in window.banner.text
    assert {photo.path for photo in window.controller.session.photos.values()} == {files["a_long"], files["b_short"]}


def test_one_file_given_twice_is_said(window: MainWindow, files: dict[str, Path], settle: Callable[[], None]) -> None:
    drop(window, files["a_long"], files["a_long"])
    settle()
    assert len(window.controller.session.photos) == 1
    assert window.banner.text == "a_long.jpg was given twice: add the other photo of the pair."


def test_of_folders_only_one_is_taken(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    drop(window, tmp_path, tmp_path / "other")
    assert "one folder at a time" in window.banner.text


def test_what_cannot_be_looked_at_is_not_there(window: MainWindow, out_of_reach: Path) -> None:
    drop(window, out_of_reach / "night.jpg")
    assert "There is no file night.jpg" in window.banner.text
    assert window.controller.session.photos == {}


def test_a_photo_dropped_on_a_card_replaces_that_role(
    paired: MainWindow, files: dict[str, Path], settle: Callable[[], None], engine: FakeEngine
) -> None:
    drop(paired.side.pair.cards[Role.LONG], files["c_long"])
    settle()
    session = paired.controller.session
    assert session.photos[Role.LONG].path == files["c_long"]
    assert session.photos[Role.SHORT].path == files["b_short"]
    assert len(engine.arrays) == 2
    drop(paired.side.pair.cards[Role.LONG], files["b_short"])
    assert "same file" in paired.banner.text


def test_an_unreadable_file_is_told_and_the_pair_stays(
    paired: MainWindow, files: dict[str, Path], settle: Callable[[], None], engine: FakeEngine
) -> None:
    drop(paired, files["broken"], files["c_long"])
    settle()
    assert "Broken.jpg is not a photo" in paired.banner.text
    assert buttons(paired.banner) == ["Choose other photos"]
    assert paired.controller.session.photos[Role.LONG].path == files["a_long"]
    assert len(engine.arrays) == 2


def test_roles_given_on_the_command_line_are_not_guessed(
    window: MainWindow, files: dict[str, Path], settle: Callable[[], None]
) -> None:
    window.controller.open_as(short=files["a_long"], long=files["b_short"])
    settle()
    assert window.controller.session.photos[Role.SHORT].path == files["a_long"]
    assert any("swapped" in warning for warning in window.controller.session.warnings())


def test_swap_exchanges_the_roles_and_marks_results(fused: MainWindow, files: dict[str, Path]) -> None:
    fused.actions_by_id["swap_roles"].trigger()
    session = fused.controller.session
    assert session.photos[Role.SHORT].path == files["a_long"]
    assert (session.before, session.after) == (SHORT, LONG)
    assert "changed since" in fused.side.results.rows[1].words
    assert session.shown_result is None
    fused.actions_by_id["swap_roles"].trigger()
    assert "changed since" not in fused.side.results.rows[1].words
    assert (session.before, session.after) == (SHORT, ViewKey(result=1))


def test_closing_the_pair_frees_everything(fused: MainWindow, engine: FakeEngine) -> None:
    assert len(engine.arrays) == 3
    fused.actions_by_id["close_pair"].trigger()
    assert engine.arrays == {}
    assert fused.empty.isVisible()
    assert fused.canvas.transform is None


# ---- the rest ----


def test_the_open_dialog_takes_two(window: MainWindow, files: dict[str, Path], settle: Callable[[], None]) -> None:
    window.actions_by_id["open"].trigger()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(files["a_long"]), str(files["b_short"])])
    dialog.reject()
    settle()
    assert window.controller.session.has_pair
    assert window.controller.settings.get(declared.LAST_FOLDER) == str(files["a_long"].parent)


def test_a_card_asks_for_one_photo(
    paired: MainWindow, files: dict[str, Path], settle: Callable[[], None], qtbot: QtBot
) -> None:
    card = paired.side.pair.cards[Role.LONG]
    qtbot.keyClick(card, Qt.Key.Key_Return)
    dialog = paired.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFile
    dialog.filesSelected.emit([str(files["c_long"])])
    dialog.reject()
    settle()
    assert paired.controller.session.photos[Role.LONG].path == files["c_long"]


def test_the_sample_pair_opens_with_known_roles(
    window: MainWindow, engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lsd2_gui.sample.resource_path", lambda name: tmp_path / Path(name).name)
    window.commands.open_sample()
    paths = [request.path.name for request in engine.requests if isinstance(request, OpenPhoto)]
    assert paths == ["street_short.jpg", "street_long.jpg"]
