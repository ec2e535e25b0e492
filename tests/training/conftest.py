"""A folder of small clean photos to learn from."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest


def textured(height: int, width: int, seed: int) -> np.ndarray:
    """A colourful picture with edges and texture, uint8 HWC."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (height // 12 + 1, width // 12 + 1, 3), dtype=np.uint8)
    image = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_NEAREST)
    cv2.circle(image, (width // 2, height // 2), height // 4, (255, 240, 220), -1, cv2.LINE_AA)
    return image


@pytest.fixture(scope="session")
def photo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean")
    for index in range(3):
        cv2.imwrite(str(folder / f"photo{index}.png"), textured(150, 200, index))
    return folder
