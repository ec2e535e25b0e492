"""Pairing a folder of 200 photos by five cameras: how many pairs are found, and how many of these are right."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lsd2.pairing.folder import find_pairs
from tests.core.pairing.shooting import Evening


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_pairs_of_an_evening(tmp_path: Path, seed: int) -> None:
    evening = Evening(tmp_path, seed)
    assert len(list(tmp_path.iterdir())) == 200
    found = find_pairs(tmp_path)
    pairs = {(pair.short.name, pair.long.name): pair for pair in found.pairs}
    right = pairs.keys() & evening.truth
    clear = {names for names, pair in pairs.items() if not pair.warnings}
    precision, recall = len(right) / len(pairs), len(right) / len(evening.truth)
    sys.stdout.write(
        f"evening {seed}: {len(evening.truth)} true pairs, {len(pairs)} found, {len(clear)} of them without a warning; "
        f"precision {precision:.3f}, recall {recall:.3f}; clear and wrong: {len(clear - evening.truth)}\n"
    )
    assert clear <= evening.truth, "a wrong pair without a warning"
    assert len(clear) >= 0.7 * len(evening.truth), "warnings at everything are no help"
    assert precision >= 0.95
    assert recall >= 0.98
    used = [path for pair in found.pairs for path in (pair.short.path, pair.long.path)]
    told = [*used, *(unpaired.path for unpaired in found.alone)]
    assert sorted(told) == sorted(tmp_path.iterdir()), "every photo is told of once"
