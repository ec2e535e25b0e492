"""Options are checked where they are made, and survive JSON."""

from __future__ import annotations

import json

import pytest

from lsd2.errors import OptionsError
from lsd2.options import Device, Fusion, FusionOptions, ProcessOptions


def test_options_survive_json() -> None:
    fusion = FusionOptions(Fusion.NETWORK, strength=0.7, white_point=0.9, model="mine")
    options = ProcessOptions(model="mine", align=False, device=Device.CPU, tile=256, sigma=12.5, fusion=fusion)
    assert ProcessOptions.from_dict(json.loads(json.dumps(options.to_dict()))) == options


@pytest.mark.parametrize(
    "values", [{"tile": 8}, {"tile": 10**6}, {"memory_budget_gb": 0}, {"sigma": -1.0}, {"sigma": 76.0}]
)
def test_values_out_of_bounds_are_refused(values: dict[str, float]) -> None:
    with pytest.raises(OptionsError, match="must be"):
        ProcessOptions(**values)  # type: ignore[arg-type]


def test_unknown_names_and_devices_are_refused() -> None:
    with pytest.raises(OptionsError, match="unknown option: speed"):
        ProcessOptions.from_dict({"speed": 3})
    with pytest.raises(OptionsError, match="abacus"):
        ProcessOptions.from_dict({"device": "abacus"})


@pytest.mark.parametrize(
    "values", [{"strength": 1.1}, {"detail": -1.0}, {"light": 5.0}, {"black_point": 0.5, "white_point": 0.5}]
)
def test_fusion_values_out_of_bounds_are_refused(values: dict[str, float]) -> None:
    with pytest.raises(OptionsError, match="must be"):
        FusionOptions(**values)  # type: ignore[arg-type]


def test_unknown_fusions_are_refused() -> None:
    with pytest.raises(OptionsError, match="alchemy"):
        ProcessOptions.from_dict({"fusion": {"kind": "alchemy"}})
    with pytest.raises(OptionsError, match="unknown option: taste"):
        ProcessOptions.from_dict({"fusion": {"taste": 1}})
