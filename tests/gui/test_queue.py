"""Runs that wait, are cancelled, fail and are tried again, and those of the visible part; over a scripted engine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QPushButton

from lsd2.photo import Crop
from lsd2.worker.protocol import MeasureNoise
from lsd2_gui.canvas.seen import seen_crop
from lsd2_gui.canvas.transform import Point, Size, ViewTransform
from lsd2_gui.main_window import MainWindow
from lsd2_gui.panels.elided import ElidedLabel
from lsd2_gui.panels.side import next_step
from lsd2_gui.pictures import ViewKey
from lsd2_gui.queue_entry import RunState
from tests.gui.conftest import drop
from tests.gui.fake_engine import HEIGHT, WIDTH, FakeEngine
from tests.gui.hands import Settle, last_run, runs, trigger

# ---- the visible part ----


def test_what_is_seen_in_whole_pixels() -> None:
    fitting = ViewTransform.fitting(Size(400, 300), Size(4000, 3000))
    assert seen_crop(fitting) is None
    zoomed = fitting.zoomed_to(1.0, Point(0, 0)).panned(-1000.4, -700)
    assert seen_crop(zoomed) == Crop(1000, 700, 401, 300)
    deep = fitting.zoomed_to(16.0, Point(399, 299)).panned(-1e9, -1e9)
    assert seen_crop(deep) == Crop(3936, 2936, 64, 64)
    assert seen_crop(ViewTransform.fitting(Size(40, 30), Size(20, 30)).zoomed_to(2, Point(0, 0))) is None


def test_the_visible_part_is_run_and_then_the_whole(paired: MainWindow, engine: FakeEngine, settle: Settle) -> None:
    canvas, session = paired.canvas, paired.controller.session
    assert canvas.transform is not None
    canvas.move_to(canvas.transform.zoomed_to(12.0, Point(0, 0)))
    seen = seen_crop(canvas.transform)
    assert seen is not None
    trigger(paired, "fuse_visible")
    assert last_run(engine).crop == seen
    engine.finish(seconds=0.9)
    settle()
    [part] = session.results
    assert part.crop == seen
    assert "visible part" in paired.controller.layers.label(ViewKey(result=1))
    assert paired.side.methods.rows["lsd2"].words == "visible part done"
    layer = paired.controller.layers.layer(ViewKey(result=1))
    assert layer is not None
    top_left = layer.chain.levels[0].pixels[seen.y, seen.x, 0]
    assert top_left == round(40000 / 257)
    outside = layer.chain.levels[0].pixels[HEIGHT - 1, WIDTH - 1, 0]
    assert 0 < outside < top_left  # the short frame, dimmed
    assert paired.side.run_button.property("kind") == "primary"
    trigger(paired, "fuse_visible")
    assert runs(engine) == ["lsd2"]
    trigger(paired, "fuse")
    assert last_run(engine).crop is None
    engine.finish()
    settle()
    [whole] = session.results
    assert whole.crop is None
    assert len(engine.arrays) == 3


def test_where_all_is_seen_the_visible_part_is_the_whole(paired: MainWindow, engine: FakeEngine) -> None:
    trigger(paired, "fuse_visible")
    assert last_run(engine).crop is None


def test_parts_go_before_whole_photos_that_wait(paired: MainWindow, engine: FakeEngine) -> None:
    runner = paired.controller.runner
    runner.run(["lsd2", "bm3d"])
    runner.run(["bm3d"], Crop(0, 0, 64, 64))
    runner.run(["bm3d"], Crop(0, 0, 64, 64))
    assert [(run.info.name, run.crop is not None) for run in runner.runs] == [
        ("lsd2", False),
        ("bm3d", True),
        ("bm3d", False),
    ]


# ---- cancelling and failing ----


def test_one_of_several_is_cancelled_and_the_others_go_on(
    paired: MainWindow, engine: FakeEngine, settle: Settle
) -> None:
    runner = paired.controller.runner
    runner.run(["lsd2", "bm3d"])
    paired.side.methods.rows["lsd2"].cancel_button.click()
    assert not paired.side.methods.rows["lsd2"].cancel_button.isEnabled()
    engine.confirm_cancel()
    settle()
    assert runs(engine) == ["lsd2", "bm3d"]
    paired.side.methods.rows["bm3d"].cancel_button.click()
    engine.confirm_cancel()
    settle()
    assert runner.runs == []
    assert paired.controller.session.results == []


def test_a_waiting_run_is_cancelled_at_once(paired: MainWindow, engine: FakeEngine) -> None:
    runner = paired.controller.runner
    runner.run(["lsd2", "bm3d"])
    paired.side.methods.rows["bm3d"].cancel_button.click()
    assert [run.info.name for run in runner.runs] == ["lsd2"]
    assert engine.cancelled == []
    runner.run(["bm3d"])
    trigger(paired, "cancel_all")
    assert [run.state for run in runner.runs] == [RunState.CANCELLING]


def test_a_failure_keeps_results_and_the_queue_and_can_be_tried_again(
    fused: MainWindow, engine: FakeEngine, settle: Settle
) -> None:
    runner, row = fused.controller.runner, fused.side.methods.rows["bm3d"]
    budget = fused.controller.parameters.value.memory_gb
    fused.controller.parameters.change(align=False)
    runner.run(["bm3d", "lsd2"])
    engine.fail("there is too little memory", memory=True)
    settle()
    assert runs(engine)[-1] == "lsd2"
    assert row.words == "failed"
    assert fused.banner.text == "BM3D: There is too little memory."
    [state] = [part for part in row.findChildren(ElidedLabel) if part.words == "failed"]
    assert state.toolTip() == "There is too little memory."
    assert state.property("kind") == "error"
    assert len(fused.controller.session.results) == 1
    engine.finish()
    settle()
    assert len(fused.controller.session.results) == 2
    assert fused.banner.isVisible(), "what failed is told until something else is asked for"
    click_banner(fused, "Try with less memory")
    assert fused.banner.isHidden()
    assert last_run(engine).options.method == "bm3d"
    assert last_run(engine).options.memory_budget_gb == budget / 2
    assert fused.controller.parameters.value.memory_gb == budget / 2
    engine.fail("it went wrong")
    settle()
    assert not any("less memory" in one.text() for one in fused.banner.findChildren(QPushButton) if one.isVisible())
    click_banner(fused, "Try again")
    assert last_run(engine).options.memory_budget_gb == budget / 2
    engine.fail("it went wrong")
    settle()
    row.run_button.click()
    assert [run.state for run in runner.runs] == [RunState.RUNNING]
    engine.finish()
    settle()
    assert runner.runs == []
    assert state.property("kind") == "faint"


def click_banner(window: MainWindow, words: str) -> None:
    """Press a button of the banner."""
    [button] = [one for one in window.banner.findChildren(QPushButton) if one.text().strip() == words]
    button.click()


def test_failures_of_another_pair_are_forgotten(
    paired: MainWindow, engine: FakeEngine, settle: Settle, files: dict[str, Path]
) -> None:
    trigger(paired, "fuse")
    engine.fail()
    settle()
    assert paired.actions_by_id["retry"].isEnabled()
    drop(paired, files["b_short"], files["c_long"])
    settle()
    assert not paired.actions_by_id["retry"].isEnabled()


def test_measuring_makes_way_for_runs(
    window: MainWindow, engine: FakeEngine, files: dict[str, Path], settle: Settle
) -> None:
    engine.measures_at_once = False
    drop(window, files["a_long"], files["b_short"])
    settle()
    noise = engine.last(MeasureNoise)
    trigger(window, "fuse")
    assert engine.cancelled == [noise.job]
    engine.confirm_cancel()
    engine.finish()
    settle()
    assert engine.last(MeasureNoise).job > noise.job


def test_progress_is_shown_in_the_row(paired: MainWindow, engine: FakeEngine) -> None:
    trigger(paired, "fuse")
    row = paired.side.methods.rows["lsd2"]
    assert row.words == "Starting…"
    engine.progress(0, 40)
    QApplication.processEvents()
    row.tick_clock()
    assert row.words == "Fusing…"
    assert row._bar.maximum() == 0, "it only says that something goes on"
    engine.progress(3, 40)
    QApplication.processEvents()
    row.tick_clock()
    assert row.words.startswith("7 %")
    assert (row._bar.value(), row._bar.maximum()) == (3, 40)
    assert row._bar.isVisible()


def test_photos_of_two_sizes_are_not_run(
    window: MainWindow, engine: FakeEngine, files: dict[str, Path], settle: Settle
) -> None:
    engine.sizes["a_long.jpg"] = (50, 60)
    window.controller.open_as(files["b_short"], files["a_long"])
    settle()
    assert not window.side.run_button.isEnabled()
    assert not window.side.visible_button.isEnabled()
    assert [window.actions_by_id[name].isEnabled() for name in ("fuse", "fuse_visible", "fuse_all")] == [False] * 3
    assert not any(row.run_button.isEnabled() for row in window.side.methods.rows.values())
    assert "one size" in next_step(window.controller, has_work=False)
    window.controller.open_as(long=files["c_long"])
    settle()
    assert window.side.run_button.isEnabled()
