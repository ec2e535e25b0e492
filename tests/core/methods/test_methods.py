"""The registry, the reference rows and what denoisers become on a pair."""

from __future__ import annotations

import numpy as np
import pytest

from lsd2.errors import OptionsError
from lsd2.imaging.photometry import match_to_long
from lsd2.methods import registry
from lsd2.methods.base import Kind, MethodInfo, MethodOutput, PreparedPair
from lsd2.methods.denoising import DenoisedShort, noise_level
from lsd2.options import MAX_SIGMA, ProcessOptions
from lsd2.photo import FloatImage
from lsd2.progress import Cancelled, Progress, Silent, Stage


@pytest.fixture
def pair() -> PreparedPair:
    rng = np.random.default_rng(0)
    shade = np.linspace(0.1, 0.4, 48, dtype=np.float32)[None, :, None].repeat(40, axis=0).repeat(3, axis=2)
    short = (shade + rng.normal(0, 0.02, shade.shape)).astype(np.float32)
    return PreparedPair(short, np.minimum(2 * shade, 1))


class Halving:
    """Stands in for a denoiser; keeps what it was given."""

    def denoise(self, image: FloatImage, sigma: float, options: ProcessOptions, progress: Progress) -> MethodOutput:
        self.image, self.sigma = image, sigma
        return MethodOutput(image / 2, {"halved": True}, device="abacus")


def test_every_method_can_be_loaded_and_knows_its_name() -> None:
    for info in registry.all_methods():
        assert registry.get_method(info.name).info == info


def test_references_are_compared_but_not_offered() -> None:
    offered = [info.name for info in registry.processing_methods()]
    assert offered[0] == "lsd2"
    assert {info.name for info in registry.all_methods()} - set(offered) == {"short", "long"}


def test_comparisons_show_the_frames_first_and_the_own_method_last() -> None:
    assert registry.in_comparison_order(["lsd2", "bm3d", "long", "short", "bm3d"]) == ["short", "long", "bm3d", "lsd2"]


def test_only_denoisers_denoise() -> None:
    assert all(registry.get_denoiser(info.name) for info in registry.denoisers())
    with pytest.raises(OptionsError, match=r"no denoiser .lsd2. .*bm3d"):
        registry.get_denoiser("lsd2")


def test_the_frames_are_shown_as_they_are_or_matched(pair: PreparedPair) -> None:
    short = registry.get_method("short").run(pair, ProcessOptions(), Silent())
    expected, report = match_to_long(pair.short, pair.long)
    assert np.array_equal(short.pixels, expected)
    assert short.parameters == {"photometry": report.to_dict()}
    assert registry.get_method("long").run(pair, ProcessOptions(), Silent()).pixels is pair.long


def test_a_denoiser_gets_the_short_frame_and_its_result_is_matched(pair: PreparedPair) -> None:
    denoiser = Halving()
    method = DenoisedShort(MethodInfo("half", "Half", "Halves.", Kind.DENOISER), denoiser)
    output = method.run(pair, ProcessOptions(sigma=12), Silent())
    assert denoiser.image is pair.short
    assert denoiser.sigma == 12
    assert np.array_equal(output.pixels, match_to_long(pair.short / 2, pair.long)[0])
    assert output.device == "abacus"
    assert output.parameters["halved"]
    assert (output.parameters["sigma"], output.parameters["sigma_source"]) == (12, "given")
    assert len(output.parameters["photometry"]["gain"]) == 3


def test_an_unknown_noise_level_is_estimated_within_what_denoisers_can(pair: PreparedPair) -> None:
    level = noise_level(pair.short, ProcessOptions(), Silent())
    assert level.source == "auto"
    assert level.sigma == pytest.approx(0.02 * 255, rel=0.15)
    storm = np.random.default_rng(1).normal(0.5, 1, (64, 64, 3)).astype(np.float32)
    assert noise_level(storm, ProcessOptions(), Silent()).sigma == MAX_SIGMA


def test_bm3d_takes_noise_away_and_can_be_cancelled(pair: PreparedPair) -> None:
    class Impatient(Silent):
        def report(self, stage: Stage, done: int, total: int) -> None:
            if stage is Stage.PROCESS:
                raise Cancelled

    denoiser = registry.get_denoiser("bm3d")
    clean = pair.long / 2
    denoised = denoiser.denoise(pair.short, 5, ProcessOptions(), Silent()).pixels
    assert np.abs(denoised - clean).mean() < 0.5 * np.abs(pair.short - clean).mean()
    with pytest.raises(Cancelled):
        registry.get_method("bm3d").run(pair, ProcessOptions(), Impatient())


def test_methods_without_weights_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    trained = [info for info in registry.all_methods() if info.trained]
    assert {"lsd2", "fdncnn"} <= {info.name for info in trained}
    monkeypatch.setattr(registry, "all_models", lambda: ())
    assert list(registry.without_weights(registry.all_methods())) == trained
