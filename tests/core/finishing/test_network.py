"""The fusion network runs on the blend, and says in time when there are no weights for it."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import safetensors.torch
import torch

from lsd2.errors import WeightsError
from lsd2.finishing.finish import NOTHING_TO_CLEAN, finish
from lsd2.finishing.network import network_share, pack
from lsd2.methods.base import MethodInfo, MethodOutput
from lsd2.networks import manifest
from lsd2.networks.portable import METADATA_KEY, install
from lsd2.networks.unet import UNet, start_as_input
from lsd2.networks.unet_config import UNetConfig
from lsd2.options import Device, Fusion, FusionOptions, ProcessOptions
from lsd2.photo import ExposurePair, FloatImage, Photo
from lsd2.pipeline import process
from lsd2.progress import Silent, Stage

TINY = UNetConfig(widths=(4, 8), shuffle=2, residual=True, in_channels=9)
METHOD = MethodInfo("any", "Any", "Gives what it is given.")
LIFT = 0.05


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only weights that the program sees: a network that gives the blend, and a little more red."""
    network = UNet(TINY)
    start_as_input(network)
    with torch.no_grad():
        network.head.bias[:4] = LIFT
    state = {name: tensor.half() for name, tensor in network.state_dict().items()}
    described = {"method": "fusion", "architecture": "unet", "config": TINY.to_dict(), "training": {}}
    path = tmp_path / "f.safetensors"
    path.write_bytes(safetensors.torch.save(state, metadata={METADATA_KEY: json.dumps(described)}))
    folder = tmp_path / "weights"
    monkeypatch.setattr(manifest, "weight_folders", lambda: (folder, tmp_path / "none"))
    install(path, "red", folder)
    return folder


NOISY, HARDLY = 0.04, 0.01
"""Standard deviations of the short frame's noise: the network takes one out, and has half a say in the other."""


def _frames(noise: float = NOISY) -> tuple[FloatImage, FloatImage]:
    rng = np.random.default_rng(0)
    linear = cv2.GaussianBlur(rng.random((150, 210, 3), dtype=np.float32), (0, 0), 4.0)
    linear = (linear - linear.min()) / np.ptp(linear) * np.float32(1.5)
    picture, short = (np.clip(gain * linear, 0, 1).astype(np.float32) ** np.float32(1 / 2.2) for gain in (1, 0.1))
    grain = rng.normal(0, noise, short.shape) if noise else 0.0
    return picture, np.clip(short + grain, 0, 1).astype(np.float32)


def _options(kind: Fusion) -> ProcessOptions:
    return ProcessOptions(device=Device.CPU, fusion=FusionOptions(kind, white_point=1.0))


def _plain_and_refined(noise: float) -> tuple[MethodOutput, MethodOutput]:
    picture, short = _frames(noise)
    plain, refined = (
        finish(METHOD, MethodOutput(picture), short, _options(kind), Silent())
        for kind in (Fusion.MERTENS, Fusion.NETWORK)
    )
    return plain, refined


@pytest.mark.usefixtures("weights")
def test_the_network_adds_to_the_blend() -> None:
    plain, refined = _plain_and_refined(NOISY)
    expected = np.clip(plain.pixels + np.float32([LIFT, 0, 0]), 0, 1)
    assert np.abs(refined.pixels - expected).max() < 2e-4
    described = refined.parameters["fusion"]
    assert described["model"]["name"] == "red"
    assert described["network_share"] == 1
    assert {"engine", "tiles", "gain", "white_point"} <= described.keys()
    assert refined.short_share is not None
    assert plain.short_share is not None
    assert np.array_equal(refined.short_share, plain.short_share)


@pytest.mark.usefixtures("weights")
def test_its_say_grows_with_the_noise_of_the_short_frame() -> None:
    plain, refined = _plain_and_refined(HARDLY)
    share = refined.parameters["fusion"]["network_share"]
    assert 0.2 < share < 0.8
    expected = (1 - share) * plain.pixels + share * np.clip(plain.pixels + np.float32([LIFT, 0, 0]), 0, 1)
    assert np.abs(refined.pixels - expected).max() < 5e-4
    assert [network_share(sigma) for sigma in (0.0, 0.005, 0.01, 0.015, 0.1)] == pytest.approx([0, 0, 0.5, 1, 1])


@pytest.mark.usefixtures("weights")
def test_a_pair_without_noise_is_left_as_it_is_blended() -> None:
    plain, refined = _plain_and_refined(0.0)
    assert np.array_equal(refined.pixels, plain.pixels)
    assert refined.notes == (NOTHING_TO_CLEAN,)
    assert refined.parameters["fusion"]["network_share"] == 0
    assert "model" not in refined.parameters["fusion"]


@pytest.mark.usefixtures("weights")
def test_its_tiles_are_reported_as_finishing() -> None:
    stages: list[Stage] = []

    class Listener(Silent):
        def report(self, stage: Stage, done: int, total: int) -> None:
            stages.append(stage)

    picture, short = _frames()
    finish(METHOD, MethodOutput(picture), short, _options(Fusion.NETWORK), Listener())
    assert set(stages) == {Stage.FINISH, Stage.LOAD_MODEL}


def test_missing_weights_are_told_before_anything_is_computed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Forbidding(Silent):
        def report(self, stage: Stage, done: int, total: int) -> None:
            assert stage is not Stage.PROCESS

    monkeypatch.setattr(manifest, "weight_folders", lambda: (tmp_path, tmp_path))
    picture, short = _frames()
    options = ProcessOptions(method="bm3d", align=False, fusion=FusionOptions(Fusion.NETWORK))
    with pytest.raises(WeightsError, match="no weights for fusion"):
        process(ExposurePair(Photo(short), Photo(picture)), options, Forbidding())


def test_packing_keeps_a_blend_to_half_a_step_and_clips_it() -> None:
    blend = np.linspace(-0.1, 1.1, 300, dtype=np.float32).reshape(10, 10, 3)
    packed = pack(blend.copy())
    assert np.abs(packed / 65535 - np.clip(blend, 0, 1)).max() < 0.6 / 65535
