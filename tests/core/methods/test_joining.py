"""One picture of two looks: where a network makes it, where the fusion stays, and where the mean has to do."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from lsd2.errors import DeviceError, WeightsError
from lsd2.imaging.quality import psnr
from lsd2.io.read import read_photo
from lsd2.methods import joining, registry
from lsd2.methods.base import MethodOutput, PreparedPair
from lsd2.methods.classical_look import ClassicalLook, Sample, Views, judge
from lsd2.methods.joining import JOIN_WEIGHTS, SHARE, Frames, Joiner, look_again, planes, ready_joiner
from lsd2.networks.manifest import find_model
from lsd2.networks.unet_config import JOIN
from lsd2.options import Effort, ProcessOptions
from lsd2.photo import Crop, FloatImage, ModelIdentity
from lsd2.progress import Silent
from lsd2.resources import resource_path

SIZE = (144, 180)
NORMAL = ProcessOptions(effort=Effort.NORMAL)


class Fake:
    """An engine that gives more than white, or no numbers, and keeps the sizes that it was given."""

    name, device, precision, value_bytes = "fake", "cpu", "float32", 4

    def __init__(self, *, broken: bool = False) -> None:
        self.seen: list[tuple[int, ...]] = []
        self._broken = broken

    def run(self, tile: FloatImage) -> FloatImage:
        self.seen.append(tile.shape)
        return np.full((*tile.shape[:2], 3), np.nan if self._broken else 2.0, np.float32)

    def free_memory(self) -> None:
        pass


def _joiner(engine: Fake) -> Joiner:
    return Joiner(engine, JOIN.grid, ModelIdentity("fake", "0"))


def _scene() -> FloatImage:
    photo = read_photo(resource_path("samples/street_sharp.jpg")).pixels
    quarter = cv2.resize(photo, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    return np.asarray(quarter[40 : 40 + SIZE[0], 40 : 40 + SIZE[1]], np.float32)


def _pair() -> PreparedPair:
    light = _scene() ** 2.2
    noise = np.random.default_rng(6).standard_normal(light.shape)
    dark = np.clip(light * 0.1 + np.sqrt(light * 4e-4) * noise, 0, 1)
    frames = (dark, cv2.blur(light, (7, 1)))
    return PreparedPair(*((np.rint(frame ** (1 / 2.2) * 255) / 255).astype(np.float32) for frame in frames))


def _run(effort: Effort = Effort.NORMAL) -> MethodOutput:
    return registry.get_method("lsd2").run(_pair(), ProcessOptions(effort=effort), Silent())


def _looked_at() -> tuple[PreparedPair, FloatImage, ClassicalLook]:
    pair, fused = _pair(), _run(Effort.QUICK).pixels
    look = judge([Sample(pair.long, pair.short, fused)])
    assert look is not None
    return pair, fused, look


def test_the_network_is_given_both_looks_and_what_they_began_with() -> None:
    views = Views(*(np.full((2, 2, 3), value, np.float32) for value in (0.1, 0.3, 0.4)), np.ones((2, 2, 1), np.float32))
    fused, long, short = (np.full((2, 2, 3), value, np.float32) for value in (0.2, 0.5, 0.6))
    given = planes(views, fused, long, short)
    assert given.shape == (2, 2, JOIN.in_channels)
    assert np.allclose(given[0, 0], np.repeat([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], 3))


def test_the_fusion_stays_where_it_may_not_be_left_and_the_picture_is_clipped() -> None:
    mean, fused = np.full((20, 30, 3), 0.5, np.float32), np.full((20, 30, 3), 0.25, np.float32)
    free = np.zeros((20, 30, 1), np.float32)
    free[:, 15:] = 1
    engine = Fake()
    joined = _joiner(engine).joined(planes(Views(mean, mean, mean, free), fused, mean, mean), free)
    assert np.array_equal(joined[:, :15], fused[:, :15])
    assert (joined[:, 15:] == 0.5 + 0.5 * SHARE).all(), "the mean with the mean of both looks"
    assert engine.seen == [(32, 32, JOIN.in_channels)], "the tile is extended to the network's grid"


def test_a_network_that_gives_no_numbers_is_an_error() -> None:
    mean = np.full((16, 16, 3), 0.5, np.float32)
    with pytest.raises(DeviceError, match="no valid picture"):
        _joiner(Fake(broken=True)).joined(np.tile(mean, 6), mean[..., :1])


def test_a_part_is_joined_as_the_whole() -> None:
    pair, fused, look = _looked_at()
    frames = Frames(pair.long, pair.short, pair.short, lambda at: np.zeros((at.height, at.width, 1), np.float32))
    joiner, note = ready_joiner(NORMAL)
    assert (joiner is not None, note) == (True, None)
    part, whole, part_of = Crop(0, 0, 128, 144), fused.copy(), fused.copy()
    look_again(whole, frames, look, joiner, NORMAL, Silent(), None)
    look_again(part_of, frames, look, joiner, NORMAL, Silent(), part)
    np.testing.assert_allclose(part_of[:, :64], whole[:, :64], atol=4e-3)
    assert np.array_equal(part_of[:, 128:], fused[:, 128:]), "nothing is done beyond the part"


def test_the_shipped_network_is_better_than_the_mean_and_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    joined = _run()
    entry = find_model(JOIN_WEIGHTS, None)
    assert joined.parameters["joiner"] == {"name": entry.name, "sha256": entry.sha256}
    assert joined.notes == ()

    def missing(*_: object) -> None:
        raise WeightsError("there are no weights for join")

    monkeypatch.setattr(joining, "find_model", missing)
    mean = _run()
    assert "joiner" not in mean.parameters
    assert mean.notes == ("the two looks at the pair were averaged, not joined: there are no weights for join",)
    assert psnr(joined.pixels, _scene()) > psnr(mean.pixels, _scene()) + 0.02


def test_the_best_effort_joins_what_is_turned_over_in_four_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Fake()
    monkeypatch.setattr(joining, "ready_engine", lambda *_: engine)
    mean = np.full((16, 32, 3), 0.5, np.float32)
    for effort, looks in ((Effort.NORMAL, 1), (Effort.BEST, 4)):
        joiner, _ = ready_joiner(ProcessOptions(effort=effort))
        assert joiner is not None
        engine.seen.clear()
        joiner.joined(np.tile(mean, 6), mean[..., :1])
        assert len(engine.seen) == looks


def test_a_quick_result_asks_for_no_joining(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "find_model", lambda *_: pytest.fail("it was asked for"))
    assert "joiner" not in _run(Effort.QUICK).parameters
