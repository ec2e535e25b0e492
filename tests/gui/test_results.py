"""The list of results: choosing, removing, strength, figures, the reference; over a scripted engine."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from lsd2.photo import Metadata
from lsd2.worker.protocol import MeasurePicture, OpenPhoto, PhotoOpened, ProcessPair, SaveImage
from lsd2_gui.blending import mixed
from lsd2_gui.main_window import MainWindow
from lsd2_gui.panels.elided import ElidedLabel
from lsd2_gui.panels.figures import FiguresTable
from lsd2_gui.pictures import REFERENCE, SHORT, ViewKey
from tests.gui.conftest import drop
from tests.gui.fake_engine import RESULT_LEVEL, FakeEngine
from tests.gui.hands import Settle

SIZE = "130 \N{MULTIPLICATION SIGN} 90"


def test_results_are_listed_with_their_labels_and_chosen_by_a_click(two: MainWindow, qtbot: QtBot) -> None:
    session, rows = two.controller.session, two.side.results.rows
    assert [row.words.split("\n")[:2] for row in rows.values()] == [["LSD2", "12 s"], ["BM3D sigma 8.4", "12 s"]]
    assert [row.property("shown") for row in rows.values()] == [False, True]
    qtbot.mouseClick(rows[1], Qt.MouseButton.LeftButton)
    assert (session.before, session.after) == (SHORT, ViewKey(result=1))
    assert [row.property("shown") for row in rows.values()] == [True, False]
    qtbot.keyClick(rows[2], Qt.Key.Key_Return)
    assert session.after == ViewKey(result=2)
    assert rows[2].accessibleName().startswith("BM3D")


def test_removing_frees_the_picture_and_shows_the_next_best(two: MainWindow, engine: FakeEngine, qtbot: QtBot) -> None:
    session = two.controller.session
    qtbot.keyClick(two.side.results.rows[2], Qt.Key.Key_Delete)
    assert [fused.number for fused in session.results] == [1]
    assert session.after == ViewKey(result=1)
    assert len(engine.arrays) == 3
    two.actions_by_id["remove_result"].trigger()
    assert session.results == []
    assert not two.side.results.isVisible()
    assert len(engine.arrays) == 2


def test_a_removed_result_can_be_made_again(fused: MainWindow, engine: FakeEngine) -> None:
    fused.actions_by_id["remove_result"].trigger()
    fused.actions_by_id["fuse"].trigger()
    assert fused.controller.runner.is_busy


# ---- strength ----


def test_strength_blends_without_running_the_method_again(
    fused: MainWindow, engine: FakeEngine, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    session, slider = fused.controller.session, fused.side.results.details.strength
    [result] = session.results
    slider.setValue(60)
    request = engine.last(ProcessPair)
    assert isinstance(request, ProcessPair)
    assert request.options.method == "short"  # what it is blended with, once for the pair
    engine.finish(level=10000)
    qtbot.waitUntil(lambda: result.mixed is not None)
    settle()
    assert int(result.shown.pixels[5, 5, 0]) == round(0.6 * RESULT_LEVEL + 0.4 * 10000)
    assert "at 60 %" in fused.controller.layers.label(ViewKey(result=1))
    layer = fused.controller.layers.layer(ViewKey(result=1))
    assert layer is not None
    assert layer.chain.levels[0].pixels[5, 5, 0] == round(28000 / 257)
    asked = len([one for one in engine.requests if isinstance(one, ProcessPair)])
    slider.setValue(90)
    slider.setValue(30)
    qtbot.waitUntil(lambda: int(result.shown.pixels[5, 5, 0]) == round(0.3 * RESULT_LEVEL + 0.7 * 10000))
    assert len([one for one in engine.requests if isinstance(one, ProcessPair)]) == asked
    saver = fused.controller.saver
    saver.save(saver.plan(result), [result])
    saved = engine.last(SaveImage)
    assert isinstance(saved, SaveImage)
    assert saved.blend is not None
    assert saved.blend.strength == pytest.approx(0.3)
    assert int(engine.pixels(saved.blend.base)[0, 0, 0]) == 10000


def test_a_double_click_gives_all_of_the_result_back(
    fused: MainWindow, engine: FakeEngine, qtbot: QtBot, settle: Settle
) -> None:
    [result] = fused.controller.session.results
    slider = fused.side.results.details.strength
    slider.setValue(0)
    engine.finish(level=10000)
    qtbot.waitUntil(lambda: result.mixed is not None)
    assert int(result.shown.pixels[0, 0, 0]) == 10000
    qtbot.mouseDClick(slider, Qt.MouseButton.LeftButton)
    assert slider.value() == 100
    assert result.shown is result.picture
    assert result.blend is None


def test_a_saved_result_of_another_strength_is_not_saved_yet(fused: MainWindow) -> None:
    [result] = fused.controller.session.results
    fused.controller.session.mark_saved(result, Path("night.jpg"))
    assert "saved as night.jpg" in fused.side.results.rows[1].words
    fused.side.results.details.strength.setValue(50)
    assert "saved as" not in fused.side.results.rows[1].words


def test_the_base_is_freed_with_the_last_result(fused: MainWindow, engine: FakeEngine, qtbot: QtBot) -> None:
    [result] = fused.controller.session.results
    fused.side.results.details.strength.setValue(50)
    engine.finish(level=10000)
    qtbot.waitUntil(lambda: result.mixed is not None)
    assert len(engine.arrays) == 4
    fused.actions_by_id["remove_result"].trigger()
    qtbot.waitUntil(lambda: len(engine.arrays) == 2)  # what is still being made ready holds it a moment longer


def test_without_its_base_the_result_stays_as_it_is(
    fused: MainWindow, engine: FakeEngine, settle: Settle, qtbot: QtBot
) -> None:
    [result] = fused.controller.session.results
    fused.side.results.details.strength.setValue(50)
    engine.fail("the pair is gone")
    settle()
    assert "pair is gone" in fused.banner.text
    assert result.shown is result.picture
    assert result.strength == 1.0
    assert fused.side.results.details.strength.value() == 100


def test_mixing_is_exact_at_its_ends() -> None:
    rng = np.random.default_rng(3)
    one, other = (rng.integers(0, 65536, (4, 5, 3), dtype=np.uint16) for _ in range(2))
    assert np.array_equal(mixed(one, other, 1.0), one)
    assert np.array_equal(mixed(one, other, 0.0), other)
    half = mixed(one, other, 0.5).astype(int)
    assert np.abs(half - (one.astype(int) + other) / 2).max() <= 0.5


# ---- figures and the reference ----


def test_figures_of_all_results_stand_beside_each_other(two: MainWindow) -> None:
    assert two.side.results.figures.table == (
        ("", "s"),
        ("LSD2", "12.3"),
        ("BM3D", "12.3"),
    )


@pytest.fixture
def measured(two: MainWindow, files: dict[str, Path], settle: Settle) -> MainWindow:
    two.actions_by_id["load_reference"].trigger()
    dialog = two.findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(files["c_long"])])
    dialog.reject()
    settle()
    return two


def test_a_reference_brings_psnr_and_ssim_for_every_result(
    measured: MainWindow, engine: FakeEngine, files: dict[str, Path]
) -> None:
    session = measured.controller.session
    assert measured.side.results.figures.table[0] == ("", "s", "dB", "SSIM")
    assert measured.side.results.figures.table[2] == ("BM3D", "12.3", "31.25", "0.875")
    assert REFERENCE in session.views()
    session.compare(REFERENCE, session.after)
    assert measured.controller.layers.name(REFERENCE) == "Reference"
    request = engine.last(MeasurePicture)
    assert isinstance(request, MeasurePicture)
    assert request.reference == files["c_long"]


def test_names_that_do_not_fit_beside_their_figures_stand_above_them(measured: MainWindow, qtbot: QtBot) -> None:
    figures, session = measured.side.results.figures, measured.controller.session
    rows = [(measured.controller.layers.name(key), fused) for key, fused in session.keyed()]
    qtbot.waitUntil(lambda: not figures.is_stacked)
    long_name = "A method whose name is far longer than others are #12"
    figures.show_results([(long_name, rows[0][1]), *rows[1:]])
    assert figures.is_stacked
    qtbot.waitUntil(lambda: _is_whole(figures, long_name))
    figures.show_results(rows)
    assert not figures.is_stacked


def _is_whole(figures: FiguresTable, name: str) -> bool:
    return any(isinstance(part, ElidedLabel) and part.text() == name for part in figures.findChildren(QLabel))


def test_the_reference_is_removed_with_its_figures(measured: MainWindow, engine: FakeEngine, settle: Settle) -> None:
    session = measured.controller.session
    session.compare(SHORT, REFERENCE)
    measured.actions_by_id["clear_reference"].trigger()
    settle()
    assert session.reference is None
    assert REFERENCE not in (session.before, session.after)
    assert measured.side.results.figures.table[0] == ("", "s")
    assert not measured.actions_by_id["clear_reference"].isEnabled()


def test_a_reference_of_another_size_is_refused_in_words(
    fused: MainWindow, engine: FakeEngine, files: dict[str, Path]
) -> None:
    engine.opens_at_once = False
    fused.controller.reference.load(files["c_long"])
    request = engine.last(OpenPhoto)
    engine.reply(PhotoOpened(request.job, files["c_long"], engine.picture(9, 40, 50), Metadata(), ()))
    QApplication.processEvents()
    assert fused.controller.session.reference is None
    assert "not of the size" in fused.banner.text
    assert len(engine.arrays) == 3


def test_what_looks_different_is_measured_again(measured: MainWindow, engine: FakeEngine, qtbot: QtBot) -> None:
    measured.side.results.details.strength.setValue(40)
    engine.finish(level=10000)
    [_, result] = measured.controller.session.results
    qtbot.waitUntil(lambda: result.mixed is not None)

    def is_measured_blended() -> bool:
        request = engine.last(MeasurePicture)
        return isinstance(request, MeasurePicture) and request.blend is not None

    qtbot.waitUntil(is_measured_blended)


# ---- photo data ----


def test_photo_data_stand_side_by_side(
    window: MainWindow, engine: FakeEngine, files: dict[str, Path], settle: Settle
) -> None:
    engine.metadata["b_short.jpg"] = Metadata(
        Fraction(1, 60), 1600, 2.0, 50.0, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), camera="Kamera", file_format="JPEG"
    )
    engine.metadata["a_long.jpg"] = Metadata(Fraction(1, 4), 1600, file_format="JPEG")
    drop(window, files["a_long"], files["b_short"])
    settle()
    facts = window.side.facts
    assert not facts.isVisible()
    window.side.sections["facts"].head.click()
    assert facts.isVisible()
    assert facts.table == [
        ("Shutter", "1/60 s", "1/4 s"),
        ("Sensitivity", "ISO 1600", "ISO 1600"),
        ("Aperture", "f/2", "\N{EN DASH}"),
        ("Focal length", "50 mm", "\N{EN DASH}"),
        ("Taken", "2026-01-02 03:04:05", "\N{EN DASH}"),
        ("Camera", "Kamera", "\N{EN DASH}"),
        ("Size", SIZE, SIZE),
        ("File", "JPEG, 8 bit", "JPEG, 8 bit"),
    ]
    shown = [part.text() for part in facts.findChildren(QLabel) if part.isVisible()]
    assert "Camera" in shown
    assert "Lens" not in shown, "neither photo tells"


# ---- small pictures ----


def small(window: MainWindow, number: int) -> tuple[int, int, int]:
    """Size of a result's small picture in device pixels, and its red value in the middle; zeros while there is none."""
    shown = window.side.results.rows[number].picture.pixmap().toImage()
    if shown.isNull():
        return (0, 0, 0)
    return shown.width(), shown.height(), shown.pixelColor(shown.width() // 2, shown.height() // 2).red()


def test_results_have_small_pictures(two: MainWindow, qtbot: QtBot) -> None:
    for number, level in ((1, RESULT_LEVEL), (2, 20000)):
        qtbot.waitUntil(lambda number=number: small(two, number)[0] > 0)
        assert small(two, number) == (54, 38, round(level / 257))


def test_a_small_picture_follows_the_strength(fused: MainWindow, engine: FakeEngine, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: small(fused, 1)[2] == round(RESULT_LEVEL / 257))
    fused.side.results.details.strength.setValue(50)
    engine.finish(level=10000)
    qtbot.waitUntil(lambda: small(fused, 1)[2] == round((RESULT_LEVEL + 10000) / 2 / 257))
    fused.side.results.details.strength.setValue(100)
    qtbot.waitUntil(lambda: small(fused, 1)[2] == round(RESULT_LEVEL / 257))


def test_a_stale_result_keeps_its_small_picture(fused: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: small(fused, 1)[0] > 0)
    before = small(fused, 1)
    fused.side.process.align.click()
    assert "changed since" in fused.side.results.rows[1].words
    assert small(fused, 1) == before


def test_a_small_picture_outlives_the_large_one(fused: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: small(fused, 1)[0] > 0)
    before = small(fused, 1)
    fused.controller.layers.shelf.retain(())
    fused.controller.layers.changed.emit()
    assert small(fused, 1) == before


# ---- strength, taken back ----


def test_a_drag_of_the_strength_is_one_step(fused: MainWindow, engine: FakeEngine, qtbot: QtBot) -> None:
    [result] = fused.controller.session.results
    slider = fused.side.results.details.strength
    slider.setSliderDown(True)
    for value in (90, 70, 40):
        slider.setSliderPosition(value)
    assert not fused.actions_by_id["undo"].isEnabled(), "while it is dragged there is nothing to take back"
    slider.setSliderDown(False)
    engine.finish(level=10000)
    qtbot.waitUntil(lambda: result.mixed is not None)
    assert "strength" in fused.actions_by_id["undo"].text()
    slider.setSliderDown(True)
    slider.setSliderPosition(20)
    slider.setSliderDown(False)
    fused.actions_by_id["undo"].trigger()
    assert result.strength == pytest.approx(0.4)
    assert slider.value() == 40
    fused.actions_by_id["undo"].trigger()
    assert (result.strength, slider.value()) == (1.0, 100)
    qtbot.waitUntil(lambda: result.shown is result.picture)
    assert not fused.actions_by_id["undo"].isEnabled()
    fused.actions_by_id["redo"].trigger()
    assert slider.value() == 40
    qtbot.waitUntil(lambda: result.mixed is not None)


def test_the_strength_of_a_removed_result_is_passed_over(two: MainWindow, qtbot: QtBot) -> None:
    [first, second] = two.controller.session.results
    two.side.process.align.click()
    aligned = two.controller.parameters.value.align
    two.controller.blender.set_strength(second, 0.5)
    two.controller.session.remove_result(second)
    two.actions_by_id["undo"].trigger()
    assert two.controller.parameters.value.align is not aligned
    two.actions_by_id["redo"].trigger()
    assert two.controller.parameters.value.align is aligned
    assert first.strength == 1.0


def test_a_strength_that_could_not_be_shown_is_not_brought_back(
    fused: MainWindow, engine: FakeEngine, settle: Settle
) -> None:
    [result] = fused.controller.session.results
    fused.side.results.details.strength.setValue(50)
    engine.fail("the pair is gone")
    settle()
    fused.side.results.details.strength.setValue(80)
    fused.actions_by_id["undo"].trigger()
    assert result.strength == 1.0


def test_the_histograms_come_into_sight_when_they_are_asked_for(fused: MainWindow, qtbot: QtBot) -> None:
    bar = fused.side.scrolling.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    fused.actions_by_id["histogram"].trigger()
    qtbot.waitUntil(lambda: bar.value() == 0 and fused.histogram.isVisible())


def test_the_first_result_comes_into_sight_with_all_that_is_said_of_it(
    paired: MainWindow, engine: FakeEngine, settle: Settle, qtbot: QtBot
) -> None:
    paired.resize(1200, 700)
    scrolling, results = paired.side.scrolling, paired.side.results
    bar = scrolling.verticalScrollBar()
    paired.actions_by_id["fuse"].trigger()
    engine.finish()
    settle()

    def is_seen() -> bool:
        top = results.mapTo(scrolling.widget(), QPoint(0, 0)).y()
        return top >= bar.value() and top + results.height() <= bar.value() + scrolling.viewport().height()

    qtbot.waitUntil(lambda: is_seen() and bar.value() > 0)
