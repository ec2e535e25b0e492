"""What is kept from one frame to the next, or left out of it, is never seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lsd2_gui.canvas.look import Difference, Ground, Look, Mode
from lsd2_gui.canvas.painter import covers_ground
from lsd2_gui.canvas.transform import Point
from tests.gui.screens import SCALES
from tests.gui.stage import Stage, flat, layer, noise

BARE = Look(values=False, minimap=False, ground=Ground.WHITE)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("kind", list(Difference))
def test_a_difference_looks_the_same_whatever_was_painted_before(
    themed: QApplication, qtbot: QtBot, scale: float, kind: Difference
) -> None:
    look = replace(BARE, mode=Mode.DIFFERENCE, difference=kind)
    one, two = (layer(noise(seed, 300, 420)) for seed in (1, 2))
    old, fresh = Stage(qtbot, scale), Stage(qtbot, scale)
    old.canvas.set_look(replace(look, difference=Difference.ABSOLUTE, gain=32))
    old.canvas.show_layers((flat(250, height=300, width=420), flat(10, height=300, width=420)))
    old.canvas.actual_size()
    old.grab()
    for stage in (old, fresh):
        stage.canvas.show_layers((one, two))
        stage.canvas.set_look(look)
        stage.canvas.fit()
    assert np.array_equal(old.grab(), fresh.grab())


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("mode", list(Mode))
def test_pictures_that_cover_the_canvas_leave_no_ground_to_be_seen(
    themed: QApplication, qtbot: QtBot, scale: float, mode: Mode
) -> None:
    stage = Stage(qtbot, scale)
    stage.canvas.set_look(replace(BARE, mode=mode))
    stage.canvas.show_layers((flat(60, height=900, width=1200), flat(60, height=900, width=1200)))
    stage.canvas.actual_size()
    scene = stage.canvas.scene()
    assert scene is not None
    assert covers_ground(scene) is (mode in (Mode.SPLIT, Mode.DIFFERENCE))  # others have a gap between them
    shown = stage.grab()
    assert np.mean(shown > 240) < 0.02  # the divider and its grip


def test_ground_is_seen_beside_a_pane_that_was_moved_away(themed: QApplication, qtbot: QtBot) -> None:
    stage = Stage(qtbot, 1.0)
    stage.canvas.set_look(BARE)
    stage.canvas.show_layers((flat(60, height=900, width=1200), flat(60, height=900, width=1200)))
    stage.canvas.actual_size()
    stage.canvas.move_pane(Point(5, 100), 600.0, 0.0)
    scene = stage.canvas.scene()
    assert scene is not None
    assert not covers_ground(scene)
    assert np.all(stage.grab()[150:200, 2:20] == 255)
