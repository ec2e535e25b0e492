from __future__ import annotations

import numpy as np

from lsd2.worker.share import pack, unpack


def test_a_map_comes_back_as_it_was() -> None:
    share = np.random.default_rng(3).integers(0, 256, (37, 53)).astype(np.uint8)
    packed = pack(share)
    np.testing.assert_array_equal(unpack(packed), share)
    assert packed.mean == float(share.mean()) / 255


def test_a_map_of_lamps_is_small() -> None:
    share = np.zeros((1000, 1500), np.uint8)
    share[200:260, 300:340] = 255
    packed = pack(share)
    assert len(packed.data) < share.size / 100
    np.testing.assert_array_equal(unpack(packed), share)


def test_part_of_a_map_is_packed_too() -> None:
    share = np.arange(120, dtype=np.uint8).reshape(10, 12)
    np.testing.assert_array_equal(unpack(pack(share[2:7, 3:9])), share[2:7, 3:9])
