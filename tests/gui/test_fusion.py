"""Exposure fusion in the window: what can be chosen, and where a picture comes from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from lsd2.options import Fusion, FusionOptions
from lsd2.photo import Crop
from lsd2_gui import settings as declared
from lsd2_gui.canvas.readout import pixel_rows
from lsd2_gui.main_window import MainWindow
from lsd2_gui.panels.fusion_options import FusionPanel
from lsd2_gui.parameters import ParameterBook
from lsd2_gui.pictures import LONG, SHORT, ViewKey
from lsd2_gui.recipes import ModelShelf
from lsd2_gui.settings import Settings
from lsd2_gui.tracing import DARKEST_COLOUR, GREY_SHARE, colour, tinted
from tests.gui.fake_engine import HEIGHT, WIDTH, FakeEngine
from tests.gui.hands import Settle

RESULT, SHARE = ViewKey(result=1), ViewKey(result=1, shows_share=True)


@pytest.fixture
def brought_back(paired: MainWindow, engine: FakeEngine, settle: Settle) -> MainWindow:
    """A window with a result whose left half comes from the short photo."""
    panel = paired.side.process.fusion
    panel.kind.setCurrentIndex(1)
    panel.kind.activated.emit(1)
    paired.actions_by_id["fuse"].trigger()
    engine.finish()
    settle()
    return paired


# ---- what can be chosen ----


def test_a_network_is_offered_where_there_is_one(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    parameters, shelf = window.controller.parameters, window.controller.runner.shelf
    for installed, offered in ((("a model",), 3), ((), 2)):
        monkeypatch.setattr(ModelShelf, "of", lambda self, method, found=installed: found)
        panel = FusionPanel(parameters, shelf)
        qtbot.addWidget(panel)
        assert panel.kind.count() == offered


def test_other_weights_of_the_network_make_other_results(
    brought_back: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner, book = brought_back.controller.runner, brought_back.controller.parameters
    [result] = brought_back.controller.session.results
    known = runner.shelf.weights("lsd2", None)
    monkeypatch.setattr(runner.shelf, "weights", lambda method, model: known if method == "lsd2" else "another file")
    assert not runner.is_stale(result), "made without the network"
    recipes = [runner.recipe("lsd2")]
    book.change(fusion=replace(book.value.fusion, kind=Fusion.NETWORK))
    recipes.append(runner.recipe("lsd2"))
    assert [recipe.weights for recipe in recipes] == [known, known + "another file"]


def test_without_a_fusion_only_the_choice_is_there(window: MainWindow) -> None:
    panel = window.side.process.fusion
    assert panel.kind.currentIndex() == 0
    assert not panel.parts["strength"].isVisibleTo(panel)
    panel.kind.activated.emit(1)
    assert panel.parts["strength"].isVisibleTo(panel)
    assert not panel.black.isVisibleTo(panel)
    panel.more.click()
    assert panel.black.isVisibleTo(panel)
    assert not panel.white.isVisibleTo(panel), "automatic"


def test_every_slider_reaches_the_options(window: MainWindow) -> None:
    panel, book = window.side.process.fusion, window.controller.parameters
    panel.kind.activated.emit(1)
    panel.parts["strength"].slider.setValue(80)
    panel.parts["detail"].slider.setValue(20)
    panel.parts["colour"].slider.setValue(5)
    panel.parts["light"].slider.setValue(11)
    panel.black.slider.setValue(51)
    panel.white_mode.activated.emit(1)
    panel.white.slider.setValue(204)
    assert book.value.fusion == FusionOptions(
        Fusion.MERTENS, strength=0.8, detail=2.0, colour=0.5, light=1.1, black_point=0.2, white_point=0.8
    )
    assert [panel.parts["strength"].words, panel.black.words, panel.white.words] == ["80 %", "51", "204"]
    panel.white_mode.activated.emit(0)
    assert book.value.fusion.white_point is None


def test_a_double_click_and_backspace_put_a_slider_back(window: MainWindow, qtbot: QtBot) -> None:
    panel, book = window.side.process.fusion, window.controller.parameters
    panel.kind.activated.emit(1)
    for undo in (
        lambda slider: qtbot.mouseDClick(slider, Qt.MouseButton.LeftButton),
        lambda slider: qtbot.keyClick(slider, Qt.Key.Key_Backspace),
    ):
        for name in ("strength", "detail", "colour", "light"):
            panel.parts[name].slider.setValue(33)
            assert getattr(book.value.fusion, name) != getattr(FusionOptions(), name)
            undo(panel.parts[name].slider)
        panel.black.slider.setValue(9)
        undo(panel.black.slider)
        assert book.value.fusion == FusionOptions(Fusion.MERTENS)


def test_the_choice_survives_a_restart_and_a_bad_one_does_not(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    book = ParameterBook(settings)
    chosen = FusionOptions(Fusion.MERTENS, strength=0.7, light=2.0, black_point=0.1, white_point=0.9)
    book.change(fusion=chosen)
    assert ParameterBook(settings).value.fusion == chosen
    settings.put(declared.FUSION_FINE, {"black_point": 7, "unheard": 1})
    assert ParameterBook(settings).value.fusion == FusionOptions(Fusion.MERTENS, strength=0.7)
    assert declared.FUSION_FINE.key in caplog.text


def test_two_sliders_of_the_fusion_are_two_steps_back(paired: MainWindow) -> None:
    panel, book = paired.side.process.fusion, paired.controller.parameters
    panel.parts["detail"].slider.setValue(20)
    panel.parts["detail"].slider.setValue(22)
    panel.parts["light"].slider.setValue(20)
    assert paired.controller.history.stack.count() == 2
    paired.actions_by_id["undo"].trigger()
    assert book.value.fusion == FusionOptions(detail=2.2)


# ---- where it comes from ----


def test_tints_are_as_computed_by_hand() -> None:
    pixels = np.full((300, 2, 3), 20000, np.uint16)
    share = np.zeros((300, 2), np.uint8)
    share[:, 1] = 255
    made = tinted(pixels, share)
    assert np.abs(made[:, 0].astype(int) - round(GREY_SHARE * 20000)).max() <= 1
    bright = DARKEST_COLOUR * 65535 + (1 - DARKEST_COLOUR) * 20000
    assert np.abs(made[:, 1] - colour() * bright).max() <= 1


def test_a_result_and_where_it_comes_from_are_compared(brought_back: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    session, layers = brought_back.controller.session, brought_back.controller.layers
    assert (session.before, session.after) == (SHORT, RESULT)
    qtbot.keyClick(brought_back.canvas, Qt.Key.Key_W)
    settle()
    assert (session.before, session.after) == (RESULT, SHARE)
    assert brought_back.actions_by_id["where_from"].isChecked()
    layer = layers.layer(SHARE)
    assert layer is not None
    assert "from the short photo, 50 %" in layer.label
    left, right = (layer.chain.levels[0].pixels[HEIGHT // 2, x, :3].astype(int) for x in (5, WIDTH - 5))
    assert left[2] > left[0] + 50, "orange"
    assert np.ptp(right) <= 1, "grey"
    assert [row.values[-1] for x in (5, WIDTH - 5) for row in pixel_rows(layer, x, 5)] == ["100 %", "0 %"]
    qtbot.keyClick(brought_back.canvas, Qt.Key.Key_W)
    assert (session.before, session.after) == (SHORT, RESULT)
    assert SHARE not in session.views()


def test_it_is_one_more_picture_of_the_grid_and_the_result_stays_savable(
    brought_back: MainWindow, settle: Settle
) -> None:
    brought_back.actions_by_id["where_from"].trigger()
    brought_back.actions_by_id["grid"].trigger()
    settle()
    assert [layer.key for layer in brought_back.canvas.layers] == [SHORT, LONG, RESULT, SHARE]
    assert brought_back.actions_by_id["save"].isEnabled()
    assert "50 %" in brought_back.side.results.details.words


def test_it_leaves_with_its_result(brought_back: MainWindow, settle: Settle) -> None:
    session = brought_back.controller.session
    brought_back.side.results.details.trace_button.click()
    settle()
    assert session.after == SHARE
    session.remove_result(session.results[0])
    settle()
    assert (session.before, session.after) == (SHORT, LONG)
    assert session.traced is None
    assert not brought_back.actions_by_id["where_from"].isEnabled()


def test_results_without_a_fusion_have_nothing_to_show(fused: MainWindow) -> None:
    assert not fused.actions_by_id["where_from"].isEnabled()
    assert not fused.side.results.details.trace_button.isVisibleTo(fused.side)
    fused.controller.session.toggle_trace()
    assert fused.controller.session.after == RESULT


def test_of_a_part_the_rest_is_the_dimmed_short_photo(paired: MainWindow, engine: FakeEngine, settle: Settle) -> None:
    paired.controller.parameters.change(fusion=FusionOptions(Fusion.MERTENS))
    paired.controller.runner.run(["lsd2"], Crop(40, 30, 64, 32))
    engine.finish()
    settle()
    paired.actions_by_id["where_from"].trigger()
    settle()
    layer = paired.controller.layers.layer(SHARE)
    assert layer is not None
    assert layer.share is not None
    assert layer.share.shape == (HEIGHT, WIDTH)
    assert (layer.share[30:62, 40:72] == 255).all()
    assert layer.share.sum() == 32 * 32 * 255
    assert not layer.knows(10, 10)


def test_clipping_is_not_marked_where_it_is_shown_where_a_picture_comes_from(
    paired: MainWindow, engine: FakeEngine, settle: Settle
) -> None:
    paired.controller.parameters.change(fusion=FusionOptions(Fusion.MERTENS))
    paired.controller.runner.run(["lsd2"])
    engine.finish(level=65535)
    settle()
    paired.actions_by_id["where_from"].trigger()
    paired.actions_by_id["side_by_side"].trigger()
    paired.actions_by_id["values"].trigger()
    settle()
    half = paired.canvas.width() // 2 + 4

    def sides() -> tuple[QImage, QImage]:
        shown = paired.canvas.grab().toImage()
        return shown.copy(0, 0, half - 8, shown.height()), shown.copy(half, 0, half - 8, shown.height())

    before = sides()
    paired.actions_by_id["clipped_highlights"].trigger()
    after = sides()
    assert before[0] != after[0], "the result is burnt out"
    assert before[1] == after[1]
