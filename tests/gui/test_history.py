"""Undo and redo, the session that comes back, recent pairs, and what is said at the start."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from lsd2.photo import Crop
from lsd2_gui import history, recent
from lsd2_gui import settings as declared
from lsd2_gui.controller import Controller
from lsd2_gui.greeting import greet
from lsd2_gui.history import changed_part
from lsd2_gui.main_window import MainWindow
from lsd2_gui.parameters import MethodChoice, Parameters
from lsd2_gui.pictures import Role
from lsd2_gui.restoring import FILE_NAME, LastSession, read_last
from lsd2_gui.settings import Settings
from tests.gui.fake_engine import FakeEngine


def roles(window: MainWindow) -> tuple[str, ...]:
    return tuple(window.controller.session.photos[role].path.name for role in Role)


def undo(window: MainWindow) -> None:
    window.actions_by_id["undo"].trigger()


def redo(window: MainWindow) -> None:
    window.actions_by_id["redo"].trigger()


# ---- undo ----


def test_there_is_nothing_to_undo_at_first(paired: MainWindow) -> None:
    assert not paired.actions_by_id["undo"].isEnabled()
    assert not paired.actions_by_id["redo"].isEnabled()


def test_a_swap_is_undone_and_done_again(paired: MainWindow) -> None:
    paired.actions_by_id["swap_roles"].trigger()
    assert roles(paired) == ("a_long.jpg", "b_short.jpg")
    assert "roles" in paired.actions_by_id["undo"].text()
    undo(paired)
    assert roles(paired) == ("b_short.jpg", "a_long.jpg")
    assert not paired.actions_by_id["undo"].isEnabled()
    redo(paired)
    assert roles(paired) == ("a_long.jpg", "b_short.jpg")


def test_a_replaced_photo_comes_back(paired: MainWindow, files: dict[str, Path], settle: Callable[[], None]) -> None:
    paired.controller.open_as(long=files["c_long"])
    settle()
    assert roles(paired) == ("b_short.jpg", "c_long.jpg")
    undo(paired)
    settle()
    assert roles(paired) == ("b_short.jpg", "a_long.jpg")
    redo(paired)
    settle()
    assert roles(paired) == ("b_short.jpg", "c_long.jpg")
    assert paired.controller.history.stack.count() == 1


def test_another_pair_has_no_past(paired: MainWindow, tmp_path: Path, settle: Callable[[], None]) -> None:
    paired.actions_by_id["swap_roles"].trigger()
    new = [tmp_path / "x_short.jpg", tmp_path / "y_long.jpg"]
    for path in new:
        path.write_bytes(b"a photo")
    paired.controller.open_dropped(new)
    settle()
    assert roles(paired) == ("x_short.jpg", "y_long.jpg")
    assert not paired.actions_by_id["undo"].isEnabled()


def test_parameters_are_undone_in_the_panel_too(paired: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MERGE_SECONDS", 0.0)
    parameters = paired.controller.parameters
    first = parameters.value
    paired.side.process.align.click()
    parameters.change(memory_gb=4.0)
    parameters.change_method("bm3d", sigma=12.0)
    undo(paired)
    assert parameters.value.of("bm3d").sigma is None
    undo(paired)
    undo(paired)
    assert parameters.value == first
    assert paired.side.process.align.isChecked() == first.align
    redo(paired)
    assert parameters.value.align is not first.align


def test_steps_of_one_value_that_follow_at_once_are_one(paired: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MERGE_SECONDS", 1e9)
    parameters = paired.controller.parameters
    first = parameters.value
    for value in (1.0, 1.25, 1.5):
        parameters.change(memory_gb=value)
    parameters.change(align=not first.align)
    assert paired.controller.history.stack.count() == 2
    undo(paired)
    assert parameters.value.memory_gb == 1.5
    undo(paired)
    assert parameters.value == first


def test_the_part_that_differs_is_named() -> None:
    value = Parameters(methods={"bm3d": MethodChoice(sigma=1.0)})
    assert changed_part(value, value) == ""
    assert changed_part(Parameters(), Parameters(align=False)) == "align"
    assert changed_part(Parameters(), Parameters(align=False, device="cpu")) == ""
    assert changed_part(value, Parameters(methods={"bm3d": MethodChoice(sigma=2.0)})) == "methods.bm3d.sigma"
    assert changed_part((1, 2), (1, 3)) == "1"
    assert changed_part((1, 2), (2, 3)) == changed_part((1,), (1, 2)) == ""


def test_parts_of_the_sheet_are_undone(paired: MainWindow) -> None:
    one, two = Crop(10, 10, 20, 20), Crop(40, 10, 20, 20)
    sheets = paired.controller.sheets
    paired.commands.show_sheet_bar()
    paired.crop_overlay.placed.emit(one)
    paired.crop_overlay.placed.emit(two)
    sheets.remove_crop(one)
    assert "parts of the sheet" in paired.actions_by_id["undo"].text()
    undo(paired)
    assert sheets.crops == (one, two)
    undo(paired)
    undo(paired)
    assert sheets.crops == ()
    redo(paired)
    assert sheets.crops == (one,)


def test_parts_that_another_photo_has_no_room_for_are_not_undone(
    paired: MainWindow, files: dict[str, Path], engine: FakeEngine, settle: Callable[[], None]
) -> None:
    kept, lost = Crop(0, 0, 20, 20), Crop(60, 40, 60, 40)
    sheets = paired.controller.sheets
    sheets.put_crops((kept, lost))
    engine.sizes["c_long.jpg"] = (50, 60)
    paired.controller.open_as(short=files["c_long"])
    settle()
    assert sheets.crops == (kept,)
    assert "parts" not in paired.actions_by_id["undo"].text()
    paired.controller.close_pair()
    assert not paired.actions_by_id["undo"].isEnabled()


def test_nothing_is_undone_while_a_run_is_on(paired: MainWindow) -> None:
    paired.actions_by_id["swap_roles"].trigger()
    paired.side.run_button.click()
    assert not paired.actions_by_id["undo"].isEnabled()


# ---- the session ----


def state(settings: Settings) -> dict[str, object]:
    found = json.loads((settings.folder / FILE_NAME).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_the_pair_is_written_down_and_marked_at_the_end(
    paired: MainWindow, settings: Settings, files: dict[str, Path], qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: state(settings)["short"] == str(files["b_short"]))
    assert state(settings)["running"] is True
    paired.actions_by_id["swap_roles"].trigger()
    qtbot.waitUntil(lambda: state(settings)["short"] == str(files["a_long"]))
    paired.controller.close()
    assert state(settings)["running"] is False


def test_a_closed_pair_is_not_offered(paired: MainWindow, settings: Settings, qtbot: QtBot) -> None:
    qtbot.waitUntil((settings.folder / FILE_NAME).exists)
    paired.actions_by_id["close_pair"].trigger()
    qtbot.waitUntil(lambda: not (settings.folder / FILE_NAME).exists())
    assert not paired.actions_by_id["restore"].isEnabled()


@pytest.mark.parametrize("content", ["", "[]", '{"version": 99}', '{"version": 1, "short": 3, "long": "x"}'])
def test_a_damaged_state_is_logged_and_left(tmp_path: Path, content: str, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(content)
    with caplog.at_level(logging.WARNING):
        assert read_last(path) is None
    assert str(path) in caplog.text


def test_without_a_state_nothing_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert read_last(tmp_path / FILE_NAME) is None
    assert caplog.text == ""


@pytest.fixture
def left_open(settings: Settings, files: dict[str, Path]) -> LastSession:
    """The program before this one stopped in the middle with a pair open."""
    settings.folder.mkdir(parents=True, exist_ok=True)
    words = {"version": 1, "short": str(files["a_long"]), "long": str(files["b_short"]), "running": True}
    (settings.folder / FILE_NAME).write_text(json.dumps(words))
    return LastSession(files["a_long"], files["b_short"], crashed=True)


def test_after_a_crash_the_pair_is_offered_and_opened_in_its_roles(
    left_open: LastSession, window: MainWindow, settle: Callable[[], None]
) -> None:
    greet(window.controller)
    assert "did not come to its end" in window.banner.text
    button = next(one for one in window.banner.findChildren(QPushButton) if "last pair" in one.text())
    button.click()
    settle()
    assert roles(window) == ("a_long.jpg", "b_short.jpg")


def test_the_pair_comes_back_quietly_or_not_at_all(
    left_open: LastSession, window: MainWindow, settle: Callable[[], None], settings: Settings
) -> None:
    settings.put(declared.HINT_SEEN, True)
    settings.put(declared.RESTORE, "never")
    greet(window.controller)
    assert not window.banner.isVisible()
    assert window.controller.session.photos == {}
    settings.put(declared.RESTORE, "always")
    greet(window.controller)
    settle()
    assert roles(window) == ("a_long.jpg", "b_short.jpg")
    assert not window.banner.isVisible()


def test_a_pair_that_is_gone_is_said(left_open: LastSession, window: MainWindow) -> None:
    left_open.short.unlink()
    greet(window.controller)
    assert "a_long.jpg is no longer there" in window.status.words
    window.controller.changed.emit()
    assert not window.actions_by_id["restore"].isEnabled()


def test_a_last_pair_that_cannot_be_looked_at_is_gone(
    settings: Settings, files: dict[str, Path], out_of_reach: Path, request: pytest.FixtureRequest
) -> None:
    settings.folder.mkdir(parents=True, exist_ok=True)
    words = {"version": 1, "short": str(files["a_long"]), "long": str(out_of_reach / "b.jpg"), "running": True}
    (settings.folder / FILE_NAME).write_text(json.dumps(words))
    window: MainWindow = request.getfixturevalue("window")
    greet(window.controller)
    assert "b.jpg is no longer there" in window.status.words
    assert not window.actions_by_id["restore"].isEnabled()


def test_without_a_folder_for_settings_the_window_remembers_nothing(
    qapp: QApplication, tmp_path: Path, files: dict[str, Path]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    controller = Controller(Settings(tmp_path / "file" / "settings"), FakeEngine().attach)
    assert controller.keeper.last is None
    controller.open_as(files["b_short"], files["a_long"])
    QApplication.processEvents()
    assert controller.session.has_pair
    controller.close()


def test_a_second_window_leaves_the_first_ones_session_alone(
    paired: MainWindow, settings: Settings, qapp: QApplication
) -> None:
    other = Controller(settings, FakeEngine().attach)
    assert other.keeper.last is None
    other.keeper.forget()
    other.close()
    assert state(settings)["running"] is True


# ---- recent pairs and the first start ----


def test_recent_pairs_are_listed_opened_and_forgotten(
    paired: MainWindow, files: dict[str, Path], settle: Callable[[], None]
) -> None:
    paired.actions_by_id["swap_roles"].trigger()
    assert paired.controller.settings.get(declared.RECENT) == ((files["a_long"], files["b_short"]),)
    paired.controller.open_as(long=files["c_long"])
    settle()
    paired.recent.refresh()
    texts = [action.text() for action in paired.recent.actions()]
    assert [text.split("  ")[0] for text in texts[:2]] == ["a_long.jpg + c_long.jpg", "a_long.jpg + b_short.jpg"]
    paired.recent.actions()[1].trigger()
    settle()
    assert roles(paired) == ("a_long.jpg", "b_short.jpg")
    files["c_long"].unlink()
    paired.recent.refresh()
    assert [action.isEnabled() for action in paired.recent.actions()[:2]] == [True, False]
    paired.recent.actions()[-1].trigger()
    paired.recent.refresh()
    assert [action.isEnabled() for action in paired.recent.actions()] == [False]


def test_pairs_that_cannot_be_looked_at_are_greyed(window: MainWindow, out_of_reach: Path) -> None:
    recent.remember(window.controller.settings, (out_of_reach / "a.jpg", out_of_reach / "b.jpg"))
    window.recent.refresh()
    assert not window.recent.actions()[0].isEnabled()


def test_only_so_many_pairs_are_remembered(settings: Settings) -> None:
    for number in range(recent.MOST + 3):
        recent.remember(settings, (Path(f"/{number}/a"), Path(f"/{number}/b")))
    pairs = settings.get(declared.RECENT)
    assert len(pairs) == recent.MOST
    assert pairs[0][0] == Path(f"/{recent.MOST + 2}/a")


def test_the_first_start_helps_once(window: MainWindow, qtbot: QtBot) -> None:
    greet(window.controller)
    assert "New here?" in window.banner.text
    shown = [button.text().strip() for button in window.banner.findChildren(QPushButton) if button.isVisible()]
    assert shown == ["User guide"], "the sample pair is offered below"
    window.banner.hide()
    greet(window.controller)
    assert not window.banner.isVisible()


def test_a_pair_closed_just_before_the_end_is_not_offered_again(paired: MainWindow, settings: Settings) -> None:
    paired.actions_by_id["close_pair"].trigger()
    paired.controller.close()
    assert not (settings.folder / FILE_NAME).exists()
