from __future__ import annotations

import gc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsd2.photo import Crop
from lsd2_gui.display_gain import matching_gain
from lsd2_gui.qimage import MipChain, decode_srgb, display_table, owned_image, small_picture, thumbnail


def random_u16(height: int, width: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 65536, (height, width, 3), dtype=np.uint16)


def test_the_largest_level_holds_each_pixel_rounded_to_8_bit() -> None:
    pixels = random_u16(37, 53)
    level = MipChain.from_u16(pixels, display_table()).levels[0]
    expected = np.round(pixels / 65535 * 255).astype(np.uint8)
    for x, y in ((0, 0), (52, 36), (17, 20)):
        colour = level.image.pixelColor(x, y)
        assert [colour.red(), colour.green(), colour.blue()] == expected[y, x].tolist()
    assert np.array_equal(level.pixels[..., :3], expected[..., ::-1])


def test_each_level_averages_two_by_two() -> None:
    chain = MipChain.from_u16(random_u16(128, 192), display_table())
    upper, lower = chain.levels[0].pixels.astype(float), chain.levels[1].pixels
    mean = upper.reshape(64, 2, 96, 2, 4).mean(axis=(1, 3))
    assert np.abs(lower - mean).max() <= 0.5


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 150), st.integers(1, 150), st.integers(7, 90), st.integers(0, 9))
def test_tile_by_tile_is_the_same_as_at_once(height: int, width: int, tile: int, seed: int) -> None:
    pixels = random_u16(height, width, seed)
    whole = MipChain.from_u16(pixels, display_table())
    pieces = MipChain(width, height)
    for top in range(0, height, tile):
        for left in range(0, width, tile):
            pieces.write(left, top, pixels[top : top + tile, left : left + tile], display_table())
    for one, other in zip(whole.levels, pieces.levels, strict=True):
        assert np.array_equal(one.pixels[..., :3], other.pixels[..., :3])


def test_images_own_their_memory() -> None:
    pixels = np.full((80, 80, 3), 65535, np.uint16)
    image = MipChain.from_u16(pixels, display_table()).levels[0].image
    del pixels
    gc.collect()
    np.zeros((80, 80, 4), np.uint8)
    assert image.pixelColor(40, 40).red() == 255


def test_the_level_is_never_smaller_than_what_the_screen_shows() -> None:
    chain = MipChain(4000, 3000)
    assert [chain.level_for(scale) for scale in (8, 1, 0.51, 0.5, 0.26, 0.25, 0.06, 0.001)] == [0, 0, 0, 1, 1, 2, 4, 4]


def test_gain_is_applied_in_linear_light() -> None:
    table = display_table(4.0)
    # 18 % grey is 0.4614 encoded; 4 times as much light is 72 %, 0.8685 encoded.
    assert table[round(0.46136 * 65535)] == pytest.approx(0.86843 * 255, abs=0.6)
    assert table[0] == 0
    assert table[65535] == 255
    assert np.all(np.diff(table.astype(int)) >= 0)


def test_the_matching_gain_is_the_ratio_of_exposures() -> None:
    light = np.random.default_rng(1).uniform(0.001, 0.02, (64, 64, 3))

    def encoded(linear: np.ndarray) -> np.ndarray:
        value = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
        return np.round(value * 65535).astype(np.uint16)

    assert matching_gain(encoded(light), encoded(light * 16)) == pytest.approx(16, rel=0.01)
    assert matching_gain(encoded(light * 16), encoded(light)) == 1.0
    assert matching_gain(np.zeros((4, 4, 3), np.uint16), encoded(light)) == 1.0


def test_dimming_leaves_the_original_alone() -> None:
    chain = MipChain.from_u16(np.full((70, 70, 3), 51400, np.uint16), display_table())
    dim = chain.dimmed(0.5)
    assert dim.levels[0].pixels[3, 3, 0] == 100
    assert dim.levels[-1].pixels[3, 3, 0] == 100
    assert chain.levels[0].pixels[3, 3, 0] == 200


@pytest.mark.parametrize("shape", [(600, 400), (400, 600), (1, 1), (3000, 5)])
def test_a_thumbnail_has_the_size_asked_for(shape: tuple[int, int]) -> None:
    image = thumbnail(random_u16(*shape), 96, 72)
    assert (image.width(), image.height()) == (96, 72)


def test_the_matching_gain_gives_the_other_mean_where_much_is_clipped() -> None:
    rng = np.random.default_rng(5)
    short, long = (rng.integers(0, top, (50, 70, 3)).astype(np.uint16) for top in (9000, 65536))
    short[:8] = long[:8]
    gain = matching_gain(short, long)
    light, target = (decode_srgb(pixels / 65535) for pixels in (short, long))
    assert np.minimum(light * gain, 1.0).mean() == pytest.approx(target.mean(), rel=1e-5)
    assert (light * gain > 1.0).mean() > 0.01


@pytest.mark.parametrize("width", [1, 3, 64, 131])
def test_a_copy_of_a_level_owns_its_memory(width: int) -> None:
    pixels = np.random.default_rng(width).integers(0, 65536, (20, width, 3), dtype=np.uint16)
    level = MipChain.from_u16(pixels, display_table()).levels[0]
    before = level.image.copy()
    copied = owned_image(level.pixels)
    level.pixels[:] = 0
    assert copied == before


def test_a_small_picture_is_the_middle_of_the_picture_or_of_a_part() -> None:
    pixels = np.zeros((400, 800, 3), np.uint16)
    pixels[:, 200:600] = 20000  # what 1:1 shows of it
    pixels[100:200, 500:600] = 60000
    chain = MipChain.from_u16(pixels, display_table())
    whole = small_picture(chain, 40, 40)
    assert (whole.width(), whole.height()) == (40, 40)
    assert [whole.pixelColor(*spot).red() for spot in ((1, 20), (20, 30), (35, 15))] == [78, 78, 233]
    part = small_picture(chain, 40, 40, Crop(510, 110, 80, 60))
    assert {part.pixelColor(x, y).red() for x in range(40) for y in range(40)} == {233}


@pytest.mark.parametrize("shape", [(1, 1), (3, 500), (500, 2), (65, 64)])
def test_a_small_picture_can_be_made_of_any_size(shape: tuple[int, int]) -> None:
    image = small_picture(MipChain.from_u16(random_u16(*shape), display_table()), 54, 38)
    assert (image.width(), image.height()) == (54, 38)
