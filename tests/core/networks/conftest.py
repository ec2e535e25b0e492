"""A small trained-looking network in a folder of weights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import safetensors.torch
import torch

from lsd2.networks import manifest
from lsd2.networks.manifest import ModelEntry
from lsd2.networks.portable import METADATA_KEY, install
from lsd2.networks.unet import UNet
from lsd2.networks.unet_config import UNetConfig

TINY = UNetConfig(widths=(4, 8), shuffle=2, residual=True)


@pytest.fixture
def weight_file(tmp_path: Path) -> Path:
    """A weight file as training writes it."""
    torch.manual_seed(3)
    state = {name: tensor.half() for name, tensor in UNet(TINY).state_dict().items()}
    described = {"method": "lsd2", "architecture": "unet", "config": TINY.to_dict(), "training": {"crops": 5}}
    path = tmp_path / "tiny.safetensors"
    path.write_bytes(safetensors.torch.save(state, metadata={METADATA_KEY: json.dumps(described)}))
    return path


@pytest.fixture
def weight_folder(tmp_path: Path, weight_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder of weights that the program sees; it holds `tiny`."""
    folder = tmp_path / "weights"
    install(weight_file, "tiny", folder)
    monkeypatch.setattr(manifest, "weight_folders", lambda: (folder, tmp_path / "none"))
    return folder


@pytest.fixture
def entry(weight_folder: Path) -> ModelEntry:
    return manifest.find_model("lsd2", "tiny")
