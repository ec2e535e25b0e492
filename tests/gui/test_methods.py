"""The list of methods: ticks, results that are made once, parameters; over a scripted engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from lsd2.methods.registry import denoisers, processing_methods
from lsd2.options import Effort
from lsd2.worker.protocol import MeasureNoise
from lsd2_gui.main_window import MainWindow
from lsd2_gui.parameters import MethodChoice, ParameterBook, Parameters
from lsd2_gui.pictures import SHORT, ViewKey
from lsd2_gui.settings import Settings
from tests.gui.conftest import drop
from tests.gui.fake_engine import SIGMA, FakeEngine
from tests.gui.hands import Settle, last_run, runs, trigger

# ---- which methods ----


def test_every_registered_method_has_a_row_and_the_own_one_is_ticked(window: MainWindow) -> None:
    rows = window.side.methods.rows
    assert list(rows) == [info.name for info in processing_methods()]
    assert [name for name, row in rows.items() if row.tick.isChecked()] == ["lsd2"]
    assert not rows["lsd2"].run_button.isEnabled()


def test_one_method_is_run_by_its_button(paired: MainWindow, engine: FakeEngine) -> None:
    paired.side.methods.rows["bm3d"].run_button.click()
    assert runs(engine) == ["bm3d"]
    assert not paired.side.methods.rows["bm3d"].run_button.isVisible()
    assert paired.side.methods.rows["lsd2"].run_button.isVisible()


def test_ticked_methods_are_run_in_their_order_one_at_a_time(
    paired: MainWindow, engine: FakeEngine, settle: Settle
) -> None:
    assert paired.side._next.text() == "Run LSD2 on:"  # visible part, or whole photo, say the buttons below it
    paired.side.methods.rows["bm3d"].tick.click()
    assert paired.side._next.text() == "Run 2 methods on:"
    trigger(paired, "fuse")
    assert runs(engine) == ["lsd2"]
    assert paired.side.methods.rows["bm3d"].words == "waiting"
    assert paired.side.run_button.text().strip() == "Cancel all 2"
    engine.finish()
    settle()
    assert runs(engine) == ["lsd2", "bm3d"]
    engine.finish(seconds=41.0)
    settle()
    assert [fused.reply.method for fused in paired.controller.session.results] == ["lsd2", "bm3d"]
    assert paired.side.methods.rows["bm3d"].words == "done"
    assert not paired.controller.runner.is_busy


def test_all_methods_that_can_be_run_are_whatever_is_ticked(
    paired: MainWindow, engine: FakeEngine, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = paired.controller.runner.shelf
    monkeypatch.setattr(shelf, "refresh", lambda: None)
    monkeypatch.setattr(shelf, "_models", tuple(model for model in shelf._models if model.method == "lsd2"))
    runnable = [info.name for info in processing_methods() if not info.trained or info.name == "lsd2"]
    assert len(runnable) >= 2
    trigger(paired, "fuse_all")
    for _ in runnable:
        engine.finish()
        settle()
    assert runs(engine) == runnable
    for name, row in paired.side.methods.rows.items():
        assert row.tick.isEnabled() == row.run_button.isEnabled() == (name in runnable)
        assert (row.words == "no network installed") == (name not in runnable)


def test_a_method_for_comparison_only_says_so_and_is_among_all_only_where_it_is_ticked(
    paired: MainWindow, engine: FakeEngine, settle: Settle
) -> None:
    usual = [info.name for info in processing_methods() if not info.caveat]
    [special] = [info for info in processing_methods() if info.caveat]
    assert special.name == "lsd2-synth"
    row = paired.side.methods.rows[special.name]
    assert special.caveat in [part.text() for part in row.findChildren(QLabel) if part.isVisible()]
    trigger(paired, "fuse_all")
    assert [run.info.name for run in paired.controller.runner.runs] == usual
    trigger(paired, "cancel_all")
    engine.confirm_cancel()
    settle()
    row.tick.click()
    trigger(paired, "fuse_all")
    assert [run.info.name for run in paired.controller.runner.runs] == [*usual, special.name]
    trigger(paired, "cancel_all")
    engine.confirm_cancel()
    settle()
    paired.controller.runner.run([special.name])
    engine.finish()
    settle()
    assert special.caveat in paired.side.results.details.words


def test_without_a_tick_nothing_is_offered(paired: MainWindow) -> None:
    paired.side.methods.rows["lsd2"].tick.click()
    assert not paired.side.run_button.isEnabled()
    assert not paired.side.visible_button.isEnabled()
    assert paired.side._next.text() == "Tick a method."


# ---- results are made once ----


def test_what_was_made_is_shown_and_not_made_again(fused: MainWindow, engine: FakeEngine, settle: Settle) -> None:
    session = fused.controller.session
    session.compare(SHORT, SHORT)
    trigger(fused, "fuse")
    settle()
    assert runs(engine) == ["lsd2"]
    assert session.after == ViewKey(result=1)
    assert "Made already" in fused.status.words


def test_a_changed_parameter_marks_the_result_and_changing_it_back_unmarks_it(
    fused: MainWindow, engine: FakeEngine
) -> None:
    row = fused.side.methods.rows["lsd2"]
    fused.side.process.align.setChecked(False)
    assert row.words == "settings changed"
    assert "changed since" in fused.side.results.rows[1].words
    assert fused.side.run_button.property("kind") == "primary"
    fused.side.process.align.setChecked(True)
    assert row.words == "done"
    assert "changed since" not in fused.side.results.rows[1].words
    assert fused.side.run_button.property("kind") == "plain"


def test_memory_and_ticks_do_not_make_a_result_stale(fused: MainWindow) -> None:
    fused.side.process.memory.setValue(3.0)
    fused.side.methods.rows["bm3d"].tick.click()
    assert fused.side.methods.rows["lsd2"].words == "done"


def test_other_weights_make_other_results(fused: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    runner = fused.controller.runner
    [result] = fused.controller.session.results
    assert not runner.is_stale(result)
    monkeypatch.setattr(runner.shelf, "weights", lambda method, model: "another file")
    assert runner.is_stale(result)


def test_a_file_that_changed_on_disk_is_another_input(
    fused: MainWindow, files: dict[str, Path], settle: Settle, engine: FakeEngine
) -> None:
    files["a_long"].write_bytes(b"another photo under the same name")
    drop(fused.side.pair.cards[next(iter(fused.side.pair.cards)).other], files["a_long"])
    settle()
    [result] = fused.controller.session.results
    assert fused.controller.runner.is_stale(result)


# ---- parameters ----


def noise_of(window: MainWindow, method: str = "bm3d") -> object:
    noise = window.side.methods.rows[method].options.noise
    assert noise is not None
    return noise


def test_the_noise_level_is_measured_shown_and_explained(paired: MainWindow, engine: FakeEngine) -> None:
    assert sum(isinstance(request, MeasureNoise) for request in engine.requests) == 1
    row = paired.side.methods.rows["bm3d"]
    row.options_button.click()
    assert row.options.noise is not None
    assert row.options.noise.words == f"Sigma {SIGMA:.1f}, measured in the short photo."
    assert not row.options.noise.slider.isVisible()
    assert "standard deviation" in row.options.noise.slider.toolTip()


def test_by_hand_begins_at_the_estimate_and_a_double_click_goes_back(
    paired: MainWindow, engine: FakeEngine, qtbot: QtBot, settle: Settle
) -> None:
    row = paired.side.methods.rows["bm3d"]
    row.options_button.click()
    noise = row.options.noise
    assert noise is not None
    noise.mode.setCurrentIndex(1)
    noise.mode.activated.emit(1)
    assert noise.slider.isVisible()
    assert noise.value.value() == SIGMA
    noise.slider.setValue(200)
    assert noise.value.value() == 20.0
    row.run_button.click()
    assert last_run(engine).options.sigma == 20.0
    engine.finish()
    settle()
    assert "BM3D sigma 20" in paired.controller.layers.label(ViewKey(result=1))
    qtbot.mouseDClick(noise.slider, Qt.MouseButton.LeftButton)
    assert noise.value.value() == SIGMA
    noise.value.setValue(3.5)
    assert paired.controller.parameters.value.of("bm3d").sigma == 3.5
    noise.mode.setCurrentIndex(0)
    noise.mode.activated.emit(0)
    assert paired.controller.parameters.value.of("bm3d").sigma is None


def test_the_effort_is_chosen_where_lsd2_is_set_up_and_told_of_its_result(
    paired: MainWindow, engine: FakeEngine, settle: Settle
) -> None:
    rows = paired.side.methods.rows
    assert rows["bm3d"].options.effort is None
    effort = rows["lsd2"].options.effort
    assert effort is not None
    assert effort.currentData() == Effort.NORMAL
    effort.setCurrentIndex(effort.findData(Effort.BEST))
    effort.activated.emit(effort.currentIndex())
    rows["lsd2"].run_button.click()
    assert last_run(engine).options.effort is Effort.BEST
    engine.finish()
    settle()
    assert paired.controller.layers.label(ViewKey(result=1)).startswith("LSD2  ·  best")
    paired.controller.parameters.change(effort=Effort.QUICK)
    assert effort.currentData() == Effort.QUICK


def test_the_wheel_changes_no_slider(fused: MainWindow) -> None:
    row = fused.side.methods.rows["bm3d"]
    fused.controller.parameters.change_method("bm3d", sigma=9.0)
    row.options_button.click()
    assert row.options.noise is not None
    for slider in (row.options.noise.slider, row.options.noise.value, fused.side.results.details.strength):
        before = slider.value()
        event = QWheelEvent(
            QPointF(5, 5), slider.mapToGlobal(QPointF(5, 5)), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(slider, event)
        assert slider.value() == before


def test_parameters_are_remembered_and_bad_ones_left_out(tmp_path: Path) -> None:
    book = ParameterBook(Settings(tmp_path))
    assert book.value.wanted() == ("lsd2",)
    seen: list[tuple[Parameters, Parameters]] = []
    book.changed.connect(lambda before, after: seen.append((before, after)))
    book.change(align=False, device="cpu")
    book.change(align=False, device="cpu")
    book.change_method("bm3d", wanted=True, sigma=12.0)
    assert [after.of("bm3d").sigma for _, after in seen] == [None, 12.0]
    again = ParameterBook(Settings(tmp_path)).value
    assert again == book.value
    assert again.wanted() == ("lsd2", "bm3d")
    assert MethodChoice.from_dict({"sigma": 1e9, "model": 7, "wanted": "yes"}) == MethodChoice(sigma=75.0)
    assert MethodChoice.from_dict("nonsense") == MethodChoice()
    for level in (float("nan"), float("inf"), float("-inf")):
        assert MethodChoice.from_dict({"sigma": level}) == MethodChoice(), "as JSON can hold it"
    assert MethodChoice.from_dict({"sigma": 10**400}).sigma == 75.0
    book.reset()
    assert book.value == Parameters(methods=book.value.methods)
    assert book.value.wanted() == ("lsd2", "bm3d")
    assert book.value.of("bm3d").sigma is None


def test_only_denoisers_are_given_a_noise_level(paired: MainWindow) -> None:
    for info in processing_methods():
        has_level = paired.side.methods.rows[info.name].options.noise is not None
        assert has_level == (info in denoisers())
