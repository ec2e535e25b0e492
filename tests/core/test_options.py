"""Options are checked where they are made, and survive JSON."""

from __future__ import annotations

import json

import pytest

from lsd2.errors import OptionsError
from lsd2.options import Device, ProcessOptions


def test_options_survive_json() -> None:
    options = ProcessOptions(model="mine", align=False, device=Device.CPU, tile=256, sigma=12.5)
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
