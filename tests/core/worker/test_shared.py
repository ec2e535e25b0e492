"""Pictures in shared memory, within one process."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lsd2.errors import Lsd2Error
from lsd2.worker.images import OwnedImages
from lsd2.worker.protocol import SharedImage
from lsd2.worker.shared import SharedPixels, to_uint16
from tests.core.worker.desk import SHM, blocks

linux_only = pytest.mark.skipif(not SHM.is_dir(), reason="shared memory as files")


def test_levels_by_hand() -> None:
    values = np.array([[[0.0, 1.0, 0.5], [-1.0, 2.0, np.nan], [np.inf, -np.inf, 1 / 65535]]], np.float32)
    assert to_uint16(values).tolist() == [[[0, 65535, 32768], [0, 65535, 0], [65535, 0, 1]]]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(height=st.integers(1, 9), width=st.integers(1, 9), seed=st.integers(0, 2**32 - 1))
def test_floats_give_back_the_same_levels(block_name: str, height: int, width: int, seed: int) -> None:
    levels = np.random.default_rng(seed).integers(0, 65536, (height, width, 3), dtype=np.uint16)
    block = SharedPixels.create(block_name, height, width)
    try:
        block.pixels[:] = levels
        floats = block.to_float()
        block.write(0, 0, floats)
        assert floats.dtype == np.float32
        assert np.array_equal(block.pixels, levels)
    finally:
        block.unlink()
        block.close()


def test_every_level_survives_and_strips_do_not_show(block_name: str) -> None:
    levels = np.arange(65536 * 12, dtype=np.uint32).astype(np.uint16).reshape(-1, 64, 3)
    block = SharedPixels.create(block_name, *levels.shape[:2])
    assert not block.pixels.any()
    block.pixels[:] = levels
    floats = block.to_float()
    block.pixels[:] = 0
    block.write(0, 0, floats)
    assert np.array_equal(block.pixels, levels)
    block.unlink()
    block.close()


def test_a_tile_is_written_where_it_belongs_and_nowhere_else(block_name: str) -> None:
    block = SharedPixels.create(block_name, 4, 6)
    tile = np.ones((2, 3, 3), np.float32)
    block.write(2, 1, tile)
    expected = np.zeros((4, 6), bool)
    expected[1:3, 2:5] = True
    assert np.array_equal(block.pixels.all(axis=2), expected)
    assert np.array_equal(block.pixels.any(axis=2), expected)
    for left, top in ((-1, 0), (0, -1), (4, 0), (0, 3)):
        with pytest.raises(ValueError, match="outside"):
            block.write(left, top, tile)
    block.unlink()
    block.close()


def test_an_absent_block_is_an_error_for_people() -> None:
    with pytest.raises(Lsd2Error, match="no longer in memory"):
        SharedPixels.attach(SharedImage("lsd2_absent", 1, 1))


@linux_only
def test_too_large_a_picture_is_refused_before_anything_is_made(block_name: str) -> None:
    with pytest.raises(Lsd2Error, match="too little shared memory"):
        SharedPixels.create(block_name, 10**6, 10**6)


@linux_only
def test_a_block_that_cannot_be_reserved_is_removed(block_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, offset: int, length: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(Lsd2Error, match="too little shared memory"):
        SharedPixels.create(block_name, 4, 4)


@linux_only
def test_the_memory_of_a_new_picture_is_really_taken(block_name: str) -> None:
    block = SharedPixels.create(block_name, 100, 100)
    assert (SHM / block_name).stat().st_blocks * 512 >= 100 * 100 * 6
    block.unlink()
    block.close()


def test_a_release_under_a_hold_waits_for_it(block_name: str) -> None:
    images = OwnedImages()
    image = _made(block_name)
    assert images.adopt(image)
    assert not images.adopt(image)
    images.hold(block_name)
    images.hold(block_name)
    images.release(block_name)
    with pytest.raises(KeyError):
        images.pixels(image)
    images.unhold(block_name)
    SharedPixels.attach(image).close()
    images.unhold(block_name)
    with pytest.raises(Lsd2Error):
        SharedPixels.attach(image)


def test_a_hold_that_ends_without_a_release_frees_nothing(block_name: str) -> None:
    images = OwnedImages()
    image = _made(block_name)
    images.adopt(image)
    images.hold(block_name)
    images.unhold(block_name)
    assert images.pixels(image).shape == (2, 3, 3)
    images.release_all()
    images.release(block_name)


@linux_only
def test_descriptors_are_given_back_when_the_last_view_dies(block_name: str) -> None:
    images = OwnedImages()
    before = _descriptors()
    image = _made(block_name)
    images.adopt(image)
    view = images.pixels(image)[1:, 1:]
    images.release(block_name)
    assert block_name not in blocks()
    assert view.shape == (1, 2, 3)
    del view
    images.release("another")
    assert _descriptors() == before


def test_a_block_removed_from_outside_leaves_no_complaint(tmp_path: Path) -> None:
    code = (
        "from multiprocessing.shared_memory import SharedMemory; import _posixshmem\n"
        "from lsd2.worker.shared import SharedPixels\n"
        "block = SharedPixels.create('lsd2_removed', 2, 2)\n"
        "_posixshmem.shm_unlink('/lsd2_removed')\n"
        "block.unlink(); block.close()\n"
    )
    if sys.platform == "win32":
        pytest.skip("POSIX shared memory")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=env, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def _made(name: str) -> SharedImage:
    """A block as another process would have made it."""
    block = SharedPixels.create(name, 2, 3)
    block.close()
    return block.image


def _descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())
