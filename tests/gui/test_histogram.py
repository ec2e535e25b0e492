from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lsd2.photo import Crop
from lsd2_gui.background import Background
from lsd2_gui.canvas.canvas import Canvas
from lsd2_gui.canvas.look import Channel, Look
from lsd2_gui.canvas.transform import Point
from lsd2_gui.histogram import MOST_SAMPLES, Histogram, measure, mended
from lsd2_gui.panels.histogram import HistogramPanel
from lsd2_gui.panels.plot import curves, heights, peak
from tests.gui.stage import flat, layer, noise


def bgra(*pixels: tuple[int, int, int]) -> np.ndarray:
    return np.array([[(blue, green, red, 255) for red, green, blue in pixels]], np.uint8)


def test_counts_by_hand() -> None:
    found = measure(bgra((255, 0, 10), (255, 0, 20), (0, 0, 10), (1, 0, 10)))
    red, green, blue = found.channels
    assert (red[255], red[0], red[1]) == (0.5, 0.25, 0.25)
    assert green[0] == 1.0
    assert (blue[10], blue[20]) == (0.75, 0.25)
    # 0.2126 * 255 + 0.0722 * 10 = 54.9, * 20 = 55.7; 0.722; 0.935
    assert (found.luma[55], found.luma[56], found.luma[1]) == (0.25, 0.25, 0.5)


@given(st.integers(1, 40), st.integers(1, 40), st.floats(-5, 45), st.floats(-5, 45), st.floats(0, 50), st.floats(0, 50))
def test_shares_add_up_to_one_or_there_are_no_pixels(
    width: int, height: int, left: float, top: float, right: float, bottom: float
) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (height, width, 4), np.uint8)
    found = measure(pixels, (left, top, right, bottom))
    for shares in (*found.channels, found.luma):
        assert shares.sum() == pytest.approx(1.0) or not shares.any()


def test_a_large_picture_is_sampled_without_averaging() -> None:
    pixels = np.zeros((2100, 2100, 4), np.uint8)
    pixels[:, 1::2] = 255
    pixels[1::2] = 255
    assert pixels[..., 0].size > 4 * MOST_SAMPLES
    found = measure(pixels)
    assert set(np.flatnonzero(found.luma)) <= {0, 255}


def test_a_region_counts_alone() -> None:
    pixels = np.zeros((10, 10, 4), np.uint8)
    pixels[2:4, 3:6] = 200
    assert measure(pixels, (3, 2, 6, 4)).luma[200] == 1.0
    assert measure(pixels).luma[200] == pytest.approx(0.06)


def test_clipped_pixels_do_not_flatten_the_curve() -> None:
    found = measure(bgra(*[(0, 0, 0)] * 80, *[(255, 255, 255)] * 10, *[(100, 100, 100)] * 10))
    assert peak(found, Channel.RGB) == pytest.approx(0.1)
    linear = heights(found.luma, peak(found, Channel.LUMINANCE), log=False)
    assert (linear[0], linear[100], linear[50]) == (1.0, 1.0, 0.0)


def test_rare_values_show_when_counted_logarithmically() -> None:
    shares = np.array([0, 1e-4, 1e-2])
    assert heights(shares, 1e-2, log=False)[1] == pytest.approx(0.01)
    assert 0.3 < heights(shares, 1e-2, log=True)[1] < 0.5
    assert not heights(shares, 0.0, log=True).any()


def test_channels_are_chosen() -> None:
    found = measure(bgra((255, 0, 10)))
    assert set(curves(found, Channel.RGB)) == {Channel.RED, Channel.GREEN, Channel.BLUE}
    assert curves(found, Channel.BLUE)[Channel.BLUE][10] == 1.0
    assert set(curves(found, Channel.LUMINANCE)) == {Channel.LUMINANCE}


def test_gaps_that_a_gain_tears_are_mended_and_the_clipped_ends_are_kept() -> None:
    torn = np.zeros(256)
    torn[4:200:4] = 1 / 100
    torn[255] = 1 - torn.sum()
    found = mended(Histogram(np.stack([torn] * 3), torn), 16.0)
    assert found.luma[255] == torn[255]
    assert found.luma[0] == 0
    assert found.luma[20:180].min() > 0
    assert np.ptp(found.luma[20:180]) < 0.3 * torn.max()
    assert found.luma.sum() == pytest.approx(1.0, abs=0.01)
    as_it_is = Histogram(np.stack([torn] * 3), torn)
    assert mended(as_it_is, 1.0) is as_it_is


class Desk:
    """A canvas beside its histogram."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.background = Background(self.window)
        self.canvas = Canvas()
        self.panel = HistogramPanel(self.canvas, self.background)
        row = QHBoxLayout(self.window)
        row.addWidget(self.canvas, 1)
        row.addWidget(self.panel)
        self.window.resize(800, 500)
        with qtbot.waitExposed(self.window):
            self.window.show()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.panel.is_busy)

    def words(self) -> list[str]:
        return [row.words for row in self.panel.rows if row.isVisible()]


@pytest.fixture
def desk(themed: QApplication, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.background.close()


def test_the_compared_pictures_are_measured_and_named(desk: Desk) -> None:
    assert not desk.panel.isVisible()
    white = np.full((90, 120, 3), 65535, np.uint16)
    white[:9] = 0
    desk.canvas.show_layers((layer(white, "one"), flat(40, "two"), flat(90, "three")), 0, 2)
    desk.canvas.toggle_histogram()
    desk.settle()
    assert desk.words() == ["one  black 10 %   white 90 %", "three  black 0 %   white 0 %"]
    desk.canvas.show_layers((flat(40, "two"),))
    desk.settle()
    assert desk.words() == ["two  black 0 %   white 0 %"]


def test_only_what_is_seen_is_counted_if_so_chosen_and_it_follows_the_view(desk: Desk) -> None:
    pixels = np.zeros((2000, 2000, 3), np.uint16)
    pixels[:, 1000:] = 65535
    desk.canvas.set_look(replace(Look(), histogram=True))
    desk.canvas.show_layers((layer(pixels, "one"),))
    desk.canvas.actual_size()
    assert desk.canvas.transform is not None
    desk.canvas.move_to(desk.canvas.transform.centred_on(Point(0, 1000)))
    desk.settle()
    assert desk.words() == ["one  black 50 %   white 50 %"]
    desk.panel.visible_only.click()
    desk.settle()
    assert desk.words() == ["one  black 100 %   white 0 %"]
    desk.canvas.move_to(desk.canvas.transform.centred_on(Point(2000, 1000)))
    desk.settle()
    assert desk.words() == ["one  black 0 %   white 100 %"]


def test_of_a_part_only_the_part_is_counted(desk: Desk) -> None:
    pixels = np.zeros((200, 200, 3), np.uint16)
    pixels[50:100, 50:100] = 65535
    desk.canvas.set_look(replace(Look(), histogram=True))
    desk.canvas.show_layers((replace(layer(pixels, "one"), part=Crop(50, 50, 100, 50)),))
    desk.settle()
    assert desk.words() == ["one  black 50 %   white 50 %"]


def test_its_choices_are_part_of_the_look(desk: Desk) -> None:
    desk.canvas.show_layers((layer(noise(1), "one"),))
    desk.canvas.toggle_histogram()
    desk.settle()
    linear = desk.panel.grab().toImage()
    desk.panel.log.click()
    assert desk.canvas.look.histogram_log
    assert desk.panel.grab().toImage() != linear
    desk.panel.channel.setCurrentIndex(desk.panel.channel.findData(Channel.GREEN))
    desk.panel.channel.activated.emit(0)
    assert desk.canvas.look.histogram_channel is Channel.GREEN


def test_movements_in_a_row_are_measured_once_more_at_the_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs: list[object] = []
    run = desk.background.run
    monkeypatch.setattr(desk.background, "run", lambda work, receive: (jobs.append(work), run(work, receive)))
    desk.canvas.set_look(replace(Look(), histogram=True, histogram_visible=True))
    desk.canvas.show_layers((layer(noise(1, 900, 900), "one"),))
    desk.canvas.actual_size()
    assert desk.canvas.transform is not None
    for step in range(50):
        desk.canvas.move_to(desk.canvas.transform.centred_on(Point(10 * step, 450)))
    desk.settle()
    assert len(jobs) <= 2
