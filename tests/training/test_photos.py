"""The photos that are learned from: found, weighed, cut."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from lsd2.errors import TrainingError
from lsd2.training.photos import find_photos, load_photo, random_crop, weigh


def test_night_photos_are_drawn_more_often(tmp_path: Path) -> None:
    import cv2

    for name, value in (("day", 200), ("night", 20)):
        cv2.imwrite(str(tmp_path / f"{name}.png"), np.full((64, 64, 3), value, np.uint8))
    photos = weigh(find_photos(tmp_path))
    assert [path.stem for path in photos.paths] == ["day", "night"]
    np.testing.assert_allclose(photos.probabilities, [0.2, 0.8])


def test_unreadable_and_hidden_photos_are_left_out(photo_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(photo_folder, tmp_path, dirs_exist_ok=True)
    for name in ("broken.jpg", "._photo0.png"):
        (tmp_path / name).write_bytes(b"nothing")
    photos = weigh(find_photos(tmp_path))
    assert [path.name for path in photos.left_out] == ["broken.jpg"]
    assert [path.name for path in photos.paths] == ["photo0.png", "photo1.png", "photo2.png"]
    assert photos.probabilities.sum() == pytest.approx(1)


def test_only_unreadable_photos_are_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"nothing")
    with pytest.raises(TrainingError, match=r"none of the 1 photos can be read, .*broken\.jpg"):
        weigh(find_photos(tmp_path))


def test_unreadable_training_photo_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.jpg"
    path.write_bytes(b"nothing")
    with pytest.raises(TrainingError, match=r"broken\.jpg cannot be read"):
        load_photo(path)


@pytest.mark.parametrize("size", [(32, 32), (200, 300), (90, 40)])
def test_crops_have_the_size_asked_for_even_from_small_photos(size: tuple[int, int]) -> None:
    rng = np.random.default_rng(0)
    image = rng.random((100, 80, 3), dtype=np.float32)
    for _ in range(10):
        crop = random_crop(image, *size, rng)
        assert crop.shape == (*size, 3)
        assert crop.flags.c_contiguous
        assert crop.min() >= 0
        assert crop.max() <= 1
