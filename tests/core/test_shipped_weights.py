"""The weights that ship are whole, described, and do what they are for."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from lsd2.finishing import FUSION_WEIGHTS
from lsd2.imaging.quality import psnr
from lsd2.methods.base import PreparedPair
from lsd2.methods.joining import JOIN_WEIGHTS
from lsd2.methods.registry import get_method, processing_methods
from lsd2.networks.load import load_network
from lsd2.networks.manifest import ModelEntry, read_manifest
from lsd2.networks.uses import USES, check_use
from lsd2.options import Device, Effort, ProcessOptions
from lsd2.photo import FloatImage
from lsd2.progress import Silent
from lsd2.resources import resource_path

SHIPPED = read_manifest(resource_path("weights"))


def test_there_are_weights_for_the_default_method() -> None:
    assert SHIPPED[0].method == ProcessOptions().method


@pytest.mark.parametrize("entry", SHIPPED, ids=lambda entry: entry.name)
def test_shipped_weights_are_whole_and_described(entry: ModelEntry) -> None:
    network = load_network(entry)
    assert sum(weight.numel() for weight in network.parameters()) == entry.parameters
    assert {"photos", "crops", "seconds", "date"} <= entry.training.keys()
    assert entry.figures
    assert (entry.path.parent / f"{entry.name}.md").is_file(), "every model has a card"
    check_use(entry, network.config.in_channels)


def test_it_is_known_of_all_that_run_networks_which_kind_they_run() -> None:
    assert set(USES) == {FUSION_WEIGHTS, JOIN_WEIGHTS, *(info.name for info in processing_methods() if info.trained)}


def _scene() -> FloatImage:
    """Letters and a lamp on a textured wall; display image (192, 256, 3)."""
    rng = np.random.default_rng(2)
    wall = 0.45 + 0.08 * cv2.GaussianBlur(rng.standard_normal((192, 256, 3), dtype=np.float32), (0, 0), 1.2)
    scene = (np.clip(wall, 0, 1) * 255).astype(np.uint8)
    for row, text in enumerate(("NIGHT", "MARKET", "OPEN")):
        cv2.putText(scene, text, (20, 55 + 50 * row), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (25, 30, 75), 4, cv2.LINE_AA)
    cv2.circle(scene, (215, 150), 18, (255, 242, 204), -1, cv2.LINE_AA)
    return scene.astype(np.float32) / 255


def _pair(sharp: FloatImage) -> PreparedPair:
    rng = np.random.default_rng(3)
    linear = sharp**2.2
    trail = np.eye(13, dtype=np.float32) / 13
    long = cv2.filter2D(linear, -1, trail) + 0.01 * rng.standard_normal(sharp.shape, dtype=np.float32)
    short = linear * np.float32([0.2, 0.15, 0.22])
    short = short + np.sqrt(0.01 * short) * rng.standard_normal(sharp.shape, dtype=np.float32)
    return PreparedPair(*(np.clip(frame, 0, 1).astype(np.float32) ** (1 / 2.2) for frame in (short, long)))


def test_fusing_is_better_than_the_long_frame_and_than_the_brightened_short_frame() -> None:
    sharp = _scene()
    pair = _pair(sharp)
    out = get_method("lsd2").run(pair, ProcessOptions(device=Device.CPU), Silent())
    gained = np.clip(pair.short**2.2 / np.float32([0.2, 0.15, 0.22]), 0, 1) ** (1 / 2.2)
    fused = psnr(out.pixels, sharp)
    assert fused > psnr(pair.long, sharp) + 3
    assert fused > psnr(gained.astype(np.float32), sharp) + 3


@pytest.mark.parametrize(("effort", "most"), [(Effort.QUICK, 1 / 255), (Effort.NORMAL, 1.4 / 255)])
def test_tiled_result_equals_the_untiled_one(effort: Effort, most: float) -> None:
    """The seams between tiles stay under one step of 8 bit, so no eye can find them.

    The classical look makes the network's difference a little larger at a stray pixel.
    """
    sharp = np.tile(_scene(), (3, 3, 1))
    pair = _pair(sharp)
    whole, tiled = (
        get_method("lsd2").run(pair, ProcessOptions(device=Device.CPU, tile=tile, effort=effort), Silent())
        for tile in (1024, 320)
    )
    assert whole.parameters["tiles"] == 1
    assert tiled.parameters["tiles"] >= 6
    assert np.abs(whole.pixels - tiled.pixels).max() < most
