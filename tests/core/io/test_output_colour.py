"""Results in other spaces than sRGB: the colours of the definition, without banding, and back again."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageCms
from skimage.color import deltaE_ciede2000, rgb2lab

from lsd2.io.icc import srgb_profile
from lsd2.io.output_colour import in_profile, output_profile
from lsd2.io.read import read_photo
from lsd2.io.rgb_spaces import ADOBE_RGB, DISPLAY_P3, REC_2020, profile_of
from lsd2.io.write import write_photo
from lsd2.options import OutputProfile, WriteOptions
from lsd2.photo import Photo
from tests.core.io.test_colour import SPACES, Primaries, matrix_profile

NAMED = {"Display P3": DISPLAY_P3, "Adobe RGB": ADOBE_RGB, "Rec.2020": REC_2020}
MOST_DELTA_E = {".tif": 0.05, ".png": 0.05, ".jpg": 3.5}
"""CIE DE2000 of the worst pixel, round trip; JPEG's 8 bits and compression cost more."""


def srgb_light(values):
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def curve(light):
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * np.maximum(light, 0.0031308) ** (1 / 2.4) - 0.055)


def delta_e(one, two):
    return deltaE_ciede2000(rgb2lab(one), rgb2lab(two))


@pytest.fixture(scope="module")
def colours():
    """Smooth colours all over sRGB: a JPEG has them nearly as a TIFF does."""
    y, x = np.mgrid[0:1:96j, 0:1:128j]
    return np.stack([x, y, 0.5 + 0.5 * np.sin(3 * (x + y))], axis=-1).astype(np.float32)


@pytest.mark.parametrize("name", NAMED)
def test_profiles_are_those_of_the_definition(name):
    """Against a second computation, by the primaries in the test's own table."""
    profile = ImageCms.ImageCmsProfile(BytesIO(profile_of(NAMED[name]))).profile
    theirs = SPACES[name].to_pcs().T
    for column, found in zip(
        theirs, (profile.red_colorant, profile.green_colorant, profile.blue_colorant), strict=True
    ):
        np.testing.assert_allclose(found[0], column, atol=4e-5)
    assert profile.version >= 4
    assert np.allclose(profile.media_white_point[0], [0.9642, 1, 0.8249], atol=1e-4)


def test_display_p3_is_what_the_definition_says(colours):
    """The linear values by the matrices of the primaries, then sRGB's curve."""
    p3, srgb = SPACES["Display P3"], SPACES["sRGB with gamma 2.2"]
    linear = srgb_light(colours.astype(np.float64)) @ (np.linalg.inv(p3.to_pcs()) @ srgb.to_pcs()).T
    expected = curve(np.clip(linear, 0, 1))
    found = in_profile(colours, profile_of(DISPLAY_P3))
    assert np.abs(found - expected).max() < 3e-4
    assert found.min() > -1e-3
    assert found.max() < 1 + 1e-3


@pytest.mark.parametrize("name", ["sRGB", *SPACES])
@pytest.mark.parametrize("suffix", MOST_DELTA_E)
def test_round_trip_in_the_sources_profile(name, suffix, colours, tmp_path):
    profile = srgb_profile() if name == "sRGB" else matrix_profile(SPACES[name])
    parent = Photo(colours, icc_profile=profile)
    options = WriteOptions(OutputProfile.SOURCE, quality=98)
    path = write_photo(tmp_path / f"a{suffix}", colours, parent=parent, options=options)
    assert Image.open(BytesIO(path.read_bytes())).info["icc_profile"] == profile, "bit for bit"
    found = delta_e(read_photo(path).pixels, colours)
    assert found.max() < MOST_DELTA_E[suffix]


@pytest.mark.parametrize("space", [DISPLAY_P3, REC_2020, ADOBE_RGB], ids=lambda space: space.name)
def test_16_bit_ramp_does_not_band(space, tmp_path):
    """Every 16-bit grey in turn, converted and written: the steps stay even."""
    ramp = np.repeat((np.arange(65536, dtype=np.float32) / 65535).reshape(64, 1024, 1), 3, axis=2)
    steps = np.diff(in_profile(ramp, profile_of(space))[..., 1].ravel().astype(np.float64)) * 65535
    assert steps.min() > -1e-2
    # A plain gamma is infinitely steep at black, where sRGB's curve is straight.
    assert np.abs(steps[655:] if space is ADOBE_RGB else steps).max() < 2


def test_greys_stay_grey():
    greys = np.repeat(np.linspace(0, 1, 256, dtype=np.float32)[None, :, None], 3, axis=2)
    for space in (DISPLAY_P3, REC_2020, ADOBE_RGB):
        found = in_profile(greys, profile_of(space))
        assert np.abs(found - found.mean(axis=2, keepdims=True)).max() < 2e-4


def test_profile_is_always_the_same_bytes():
    first = profile_of(DISPLAY_P3)
    profile_of.cache_clear()
    assert profile_of(DISPLAY_P3) == first
    assert len(first) < 700


def test_choices_without_a_parent():
    assert output_profile(OutputProfile.SOURCE, None) == srgb_profile()
    assert output_profile(OutputProfile.SRGB, None) == srgb_profile()
    assert output_profile(OutputProfile.DISPLAY_P3, None) == profile_of(DISPLAY_P3)


def test_strips_make_no_difference(colours, monkeypatch):
    whole = in_profile(colours, profile_of(DISPLAY_P3))
    monkeypatch.setattr("lsd2.io.output_colour._STRIP_PIXELS", 300)
    np.testing.assert_array_equal(in_profile(colours, profile_of(DISPLAY_P3)), whole)


def test_primaries_of_the_test_are_those_of_srgb():
    """The table of the tests itself: white is D50, adapted."""
    white = Primaries((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)).to_pcs().sum(axis=1)
    np.testing.assert_allclose(white, [0.9642, 1, 0.8249], atol=1e-4)
