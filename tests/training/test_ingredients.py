"""The realistic recipe is the paper's and its ingredients, and each of them changes pairs in its own way."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from lsd2.training.synthesis.ingredients import INGREDIENTS, paper_with
from lsd2.training.synthesis.pair import PAPER, REALISTIC


def test_paper_with_all_ingredients_is_the_realistic_recipe() -> None:
    assert paper_with() == PAPER
    assert paper_with(*INGREDIENTS) == REALISTIC
    assert paper_with(*reversed(INGREDIENTS)) == REALISTIC


def _changed(name: str) -> set[str]:
    one, other = _flat(asdict(PAPER)), _flat(asdict(paper_with(name)))
    return {key for key in one if one[key] != other[key]}


def _flat(values: dict[str, object], prefix: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for key, value in values.items():
        flat |= _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return flat


@pytest.mark.parametrize("name", INGREDIENTS)
def test_an_ingredient_changes_what_no_other_does(name: str) -> None:
    own = _changed(name)
    assert own
    assert not own & set().union(*(_changed(other) for other in INGREDIENTS if other != name))
