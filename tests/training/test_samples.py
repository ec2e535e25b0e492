"""The script that renders the bundled sample pair works, and what is bundled is what it describes."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from lsd2.io.pairing import ev_gap
from lsd2.io.read import read_photo
from lsd2.resources import resource_path

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "make_samples.py"


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_samples", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_frames_are_a_dark_noisy_and_a_bright_one(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "SIZE", (240, 180))
    monkeypatch.setattr(script, "TRAIL_PIXELS", (4.0, 6.0))
    frames = script.make_frames()
    assert all(frame.shape == (180, 240, 3) for frame in frames.values())
    assert frames["short"].mean() < 0.4 * frames["long"].mean()
    assert frames["long"].mean() == pytest.approx(frames["sharp"].mean(), rel=0.1)


def test_bundled_pair_says_how_it_was_exposed(script: ModuleType) -> None:
    short, long = (read_photo(resource_path(f"samples/street_{role}.jpg")) for role in ("short", "long"))
    assert (long.width, long.height) == script.SIZE
    assert short.metadata.exposure_seconds == script.SHORT_SECONDS
    assert long.metadata.iso == script.LONG_ISO
    gap = ev_gap(short.metadata, long.metadata)
    assert gap is not None
    assert 2**-gap == pytest.approx(script.GAIN)
