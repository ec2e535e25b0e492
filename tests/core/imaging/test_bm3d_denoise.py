"""BM3D as a whole, and its two shrinkages."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import NoReturn

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from lsd2.imaging.bm3d import NORMAL, Profile, StageParameters, denoise, denoise_bm3d
from lsd2.imaging.bm3d.patches import Planes
from lsd2.imaging.bm3d.shrinkage import hard_threshold, wiener_filter
from lsd2.imaging.bm3d.stages import Piece, Sums, hard_stage, wiener_stage
from lsd2.imaging.bm3d.workspace import Workspace
from lsd2.imaging.quality import psnr
from lsd2.photo import FloatImage
from lsd2.progress import Cancelled, Silent, Stage


def textured(height: int, width: int) -> FloatImage:
    """Stripes, discs and a ramp in three colours."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    stripes = np.sin(x / 3 + y / 7)
    discs = np.hypot(x % 32 - 16, y % 32 - 16) < 9
    ramp = (x + y) / (height + width)
    image = np.stack([0.5 + 0.2 * stripes, 0.3 + 0.3 * discs, 0.2 + 0.5 * ramp], axis=-1)
    return image.astype(np.float32)


def with_noise(image: FloatImage, sigma: float) -> FloatImage:
    noise = np.random.default_rng(7).standard_normal(image.shape, dtype=np.float32)
    return image + noise * np.float32(sigma / 255)


@dataclass
class Recorder(Silent):
    """Remembers the reports; cancels after some of them."""

    cancel_after: int | None = None
    reports: list[tuple[Stage, int, int]] = field(default_factory=list)

    def report(self, stage: Stage, done: int, total: int) -> None:
        self.reports.append((stage, done, total))
        if len(self.reports) == self.cancel_after:
            raise Cancelled


@pytest.mark.parametrize(("sigma", "gain"), [(15, 7.0), (25, 8.0), (60, 8.0)])
def test_noise_goes_and_texture_stays(sigma: float, gain: float) -> None:
    clean = textured(96, 110)
    noisy = with_noise(clean, sigma)
    denoised = denoise_bm3d(noisy, sigma, Silent())
    assert psnr(denoised, clean) > psnr(noisy, clean) + gain
    assert denoised.dtype == np.float32
    assert denoised.min() >= 0
    assert denoised.max() <= 1


def test_grey_loses_its_noise_too() -> None:
    clean = textured(80, 90)[..., 0]
    noisy = with_noise(clean, 25)
    denoised = denoise_bm3d(noisy, 25, Silent())
    assert denoised.shape == clean.shape
    assert psnr(denoised[..., None], clean[..., None]) > psnr(noisy[..., None], clean[..., None]) + 7


def test_colour_gains_from_its_channels_sharing_their_groups() -> None:
    clean = np.repeat(textured(80, 90)[..., :1], 3, axis=-1)
    noisy = with_noise(clean, 40)
    together = denoise_bm3d(noisy, 40, Silent())
    alone = np.stack([denoise_bm3d(noisy[..., c], 40, Silent()) for c in range(3)], axis=-1)
    assert psnr(together, clean) > psnr(alone, clean) + 1


def test_no_noise_leaves_the_image() -> None:
    image = with_noise(textured(20, 30), 25)
    result = denoise_bm3d(image, 0, Silent())
    np.testing.assert_array_equal(result, image)
    assert not np.shares_memory(result, image)


@pytest.mark.parametrize("colour", [(0.2, 0.5, 0.7), (1.0, 1.0, 1.0), (0.0, 0.0, 0.0), (0.5, 0.5, 0.5)])
def test_a_constant_image_stays(colour: tuple[float, float, float]) -> None:
    image = np.full((50, 45, 3), colour, np.float32)
    np.testing.assert_allclose(denoise_bm3d(image, 20, Silent()), image, atol=1e-3)


@pytest.mark.parametrize("sigma", [20.0, 50.0])
def test_cut_into_pieces_or_not(sigma: float) -> None:
    noisy = with_noise(textured(150, 140), sigma)
    whole, pieces = Recorder(), Recorder()
    expected = denoise_bm3d(noisy, sigma, whole, workers=1, memory_bytes=1e12)
    result = denoise_bm3d(noisy, sigma, pieces, memory_bytes=1)
    assert len(whole.reports) == 3
    assert len(pieces.reports) > 15
    np.testing.assert_allclose(result, expected, atol=4e-3)
    assert np.abs(result - expected).mean() < 1e-5, "a match among equals may differ here and there"


def test_the_number_of_workers_changes_nothing() -> None:
    noisy = with_noise(textured(100, 150), 25)
    one, again, four = (denoise_bm3d(noisy, 25, Silent(), workers=n, memory_bytes=n) for n in (1, 1, 4))
    np.testing.assert_array_equal(one, again)
    np.testing.assert_array_equal(one, four)


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 40, 3), (40, 5), (8, 8, 3), (11, 11), (9, 17, 3)])
@pytest.mark.parametrize("sigma", [10.0, 50.0])
def test_tiny_images(shape: tuple[int, ...], sigma: float) -> None:
    image = np.full(shape, 0.4, np.float32)
    result = denoise_bm3d(image, sigma, Silent())
    assert result.shape == shape
    np.testing.assert_allclose(result, image, atol=1e-3)


def test_progress_counts_the_pieces_of_both_stages() -> None:
    recorder = Recorder()
    denoise_bm3d(textured(100, 150), 25, recorder, memory_bytes=1)
    total = recorder.reports[0][2]
    assert recorder.reports == [(Stage.PROCESS, done, total) for done in range(total + 1)]


def _blas_threads() -> list[int]:
    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]


@pytest.mark.parametrize("after", [1, 2, 9])
def test_cancelling_ends_at_once_and_leaves_no_thread(after: int) -> None:
    threads = _blas_threads()
    recorder = Recorder(cancel_after=after)
    with pytest.raises(Cancelled):
        denoise_bm3d(textured(100, 150), 25, recorder, memory_bytes=1)
    assert len(recorder.reports) == after
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("bm3d")]
    assert _blas_threads() == threads


@pytest.mark.parametrize("stage", ["hard_stage", "wiener_stage"])
def test_a_stage_that_fails_ends_all_and_leaves_no_thread(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second stage's workers wait for rows that will never come."""

    def fail(*_: object) -> NoReturn:
        raise MemoryError

    monkeypatch.setattr(denoise, stage, fail)
    with pytest.raises(MemoryError):
        denoise_bm3d(textured(100, 150), 25, Silent(), workers=4, memory_bytes=1)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("bm3d")]


def test_the_second_stage_begins_before_the_first_one_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last piece of the first stage waits here until the second stage has begun: else this never ended."""
    begun, pieces = threading.Event(), []

    def hard(piece: Piece, profile: Profile, workspace: Workspace) -> Sums:
        pieces.append(piece)
        if len(pieces) == count:
            assert begun.wait(timeout=60)
        return hard_stage(piece, profile, workspace)

    def wiener(piece: Piece, basic: Planes, profile: Profile, workspace: Workspace) -> Sums:
        begun.set()
        return wiener_stage(piece, basic, profile, workspace)

    recorder = Recorder()
    image = with_noise(textured(300, 60), 25)
    expected = denoise_bm3d(image, 25, recorder, workers=2, memory_bytes=1)
    count = recorder.reports[0][2] // 2
    monkeypatch.setattr(denoise, "hard_stage", hard)
    monkeypatch.setattr(denoise, "wiener_stage", wiener)
    np.testing.assert_array_equal(denoise_bm3d(image, 25, Silent(), workers=2, memory_bytes=1), expected)


@pytest.mark.parametrize("sigma", [-1.0, float("nan"), float("inf")])
def test_impossible_noise_is_refused(sigma: float) -> None:
    with pytest.raises(ValueError, match="sigma"):
        denoise_bm3d(textured(20, 20), sigma, Silent())


@pytest.mark.parametrize("shape", [(20,), (20, 20, 4), (0, 20, 3)])
def test_other_arrays_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="pixels"):
        denoise_bm3d(np.zeros(shape, np.float32), 25, Silent())


def test_a_profile_can_be_chosen() -> None:
    noisy = with_noise(textured(60, 60), 25)
    large = replace(NORMAL, wiener=StageParameters(patch=11, step=6, group=32, window=39, max_distance=3500.0))
    assert not np.allclose(denoise_bm3d(noisy, 25, Silent(), large), denoise_bm3d(noisy, 25, Silent()), atol=1e-3)


def test_hard_threshold_by_hand() -> None:
    """Two members: differences (variance 2) are kept above 3 sqrt(2), sums alike; the bands come out divided by 2."""
    block = np.array([[4.0, 5.0], [4.3, -4.2]], np.float32).reshape(2, 1, 1, 2)
    weights = hard_threshold(block, 3.0)
    np.testing.assert_allclose(block.ravel(), [0, 2.5, 2.15, 0])
    np.testing.assert_allclose(weights, [[0.5]])


def test_wiener_filter_by_hand() -> None:
    """One member: 2^2 / (2^2 + 1) = 0.8 and 0 are the factors, 1 / max(0.64, 1) the weight."""
    block = np.array([10.0, 10.0], np.float32).reshape(1, 1, 1, 2)
    weights = wiener_filter(block, np.array([2.0, 0.0], np.float32).reshape(1, 1, 1, 2))
    np.testing.assert_allclose(block.ravel(), [8, 0])
    np.testing.assert_allclose(weights, [[1]])
    strong = np.array([1e3, 1e3], np.float32).reshape(1, 1, 1, 2)
    np.testing.assert_allclose(wiener_filter(block, strong), [[0.5]], rtol=1e-4)
