"""Results keep their values, carry their parent's metadata, and never damage a file."""

from __future__ import annotations

import os
from io import BytesIO

import numpy as np
import pytest
import tifffile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from lsd2.errors import PhotoWriteError
from lsd2.io import encode
from lsd2.io.carried import Carried
from lsd2.io.encode import to_integers
from lsd2.io.exif_carry import bare
from lsd2.io.icc import srgb_profile
from lsd2.io.read import read_photo
from lsd2.io.write import write_photo, writing_notes
from lsd2.options import Subsampling, WriteOptions
from lsd2.photo import Metadata, Photo

SUFFIXES_16 = [".png", ".tif", ".tiff"]


def encode_photo(suffix, pixels, options=None):
    return encode.encode_photo(suffix, pixels, Carried(bare()), srgb_profile(), options)


def exif_in(path) -> Image.Exif:
    """What another library finds in the file."""
    return Image.open(BytesIO(path.read_bytes())).getexif()


@pytest.fixture
def pixels(rgb16):
    return (rgb16 / 65535).astype(np.float32)


@pytest.fixture
def parent(rgb8, encoded, saved, camera_exif, swapped_profile):
    """A photo on disk, stored lying on its side, with EXIF data and a profile that is not sRGB."""
    data = encoded(rgb8, "JPEG", exif=b"Exif\0\0" + camera_exif, icc_profile=swapped_profile)
    return read_photo(saved(data, "parent.jpg"))


@pytest.mark.parametrize("suffix", SUFFIXES_16)
def test_16_bits_survive_the_round_trip(suffix, tmp_path, pixels):
    path = write_photo(tmp_path / f"a{suffix}", pixels)
    back = read_photo(path)
    assert back.metadata.bit_depth == 16
    np.testing.assert_array_equal(back.pixels, pixels)
    assert back.notes == ()


def test_tiff_is_compressed_with_predictor(pixels):
    with tifffile.TiffFile(BytesIO(encode_photo(".TIF", pixels))) as file:
        page = file.pages[0]
        assert (page.compression.name, page.predictor.name) == ("ADOBE_DEFLATE", "HORIZONTAL")
        assert (page.bitspersample, page.photometric.name) == (16, "RGB")


def test_jpeg_is_close(tmp_path):
    ramp = np.broadcast_to(np.linspace(0, 1, 64, dtype=np.float32)[None, :, None], (48, 64, 3))
    back = read_photo(write_photo(tmp_path / "a.JPG", ramp, options=WriteOptions(quality=98)))
    assert np.abs(back.pixels - ramp).max() < 3 / 255


@pytest.mark.parametrize(
    ("quality", "asked", "sampling"),
    [
        (95, Subsampling.AUTO, (1, 1)),
        (90, Subsampling.AUTO, (1, 1)),
        (80, Subsampling.AUTO, (2, 2)),
        (80, Subsampling.FULL, (1, 1)),
        (95, Subsampling.HALF, (2, 1)),
        (95, Subsampling.QUARTER, (2, 2)),
    ],
)
def test_jpeg_chroma(quality, asked, sampling, pixels):
    image = Image.open(BytesIO(encode_photo(".jpg", pixels, WriteOptions(quality=quality, subsampling=asked))))
    assert image.layer[0][1:3] == sampling


@given(st.floats(-0.5, 1.5, width=32), st.sampled_from([255, 65535]))
def test_rounding_is_to_the_nearest_value(value, maximum):
    stored = to_integers(np.full((1, 1, 3), value, np.float32), maximum)
    exact = min(max(value, 0.0), 1.0) * maximum
    assert np.abs(stored.astype(np.float64) - exact).max() <= 0.5 + maximum * 2**-24


def test_rounding_has_no_bias():
    values = np.random.default_rng(5).random((600, 100, 3), dtype=np.float32)
    error = to_integers(values, 255).astype(np.float64) / 255 - values
    assert abs(error.mean()) < 4 * error.std() / np.sqrt(error.size)


@pytest.mark.parametrize("maximum", [255, 65535])
def test_every_level_survives(maximum):
    levels = np.arange(maximum + 1)
    stored = to_integers((levels / maximum).astype(np.float32).reshape(-1, 1, 1), maximum)
    np.testing.assert_array_equal(stored.ravel(), levels)


def test_not_a_number_is_refused(tmp_path, pixels):
    broken = pixels.copy()
    broken[3, 4, 1] = np.nan
    with pytest.raises(PhotoWriteError, match="not numbers"):
        write_photo(tmp_path / "a.png", broken)
    assert list(tmp_path.iterdir()) == []


def test_too_long_for_jpeg(tmp_path):
    with pytest.raises(PhotoWriteError, match=r"save as \.png or \.tif"):
        write_photo(tmp_path / "a.jpg", np.zeros((1, 65501, 3), np.float32))


@pytest.mark.parametrize("name", ["a.bmp", "a", "a.png.exe"])
def test_unknown_suffix(name, tmp_path, pixels):
    with pytest.raises(PhotoWriteError, match=r"use one of \.jpg, \.jpeg, \.png, \.tif, \.tiff"):
        write_photo(tmp_path / name, pixels)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif"])
def test_exif_is_carried_upright(suffix, tmp_path, pixels, parent):
    path = write_photo(tmp_path / f"a{suffix}", pixels, parent=parent)
    exif = exif_in(path)
    assert exif[0x0112] == 1
    assert exif[0x0110] == "Acme One"
    inner = exif.get_ifd(0x8769)
    assert (inner[0xA002], inner[0xA003]) == (53, 37)
    assert inner[0x8827] == 1600
    back = read_photo(path)
    assert back.pixels.shape == pixels.shape, "a result is upright already: orientation must not be applied again"
    assert back.metadata.exposure_seconds == parent.metadata.exposure_seconds


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif"])
def test_result_is_marked_srgb_whatever_the_parent_was(suffix, tmp_path, pixels, parent):
    assert parent.icc_profile not in (None, srgb_profile())
    for name, source in (("a", parent), ("b", None)):
        back = read_photo(write_photo(tmp_path / f"{name}{suffix}", pixels, parent=source))
        assert back.icc_profile == srgb_profile()
        assert back.notes == ()


def test_profile_is_the_same_at_any_time(monkeypatch):
    first = srgb_profile()
    srgb_profile.cache_clear()
    untouched = ImageCms.createProfile
    later = ImageCms.ImageCmsProfile(untouched("sRGB")).tobytes()[:24] + b"\x08\x0a" + bytes(10) + first[36:]
    monkeypatch.setattr(ImageCms, "createProfile", lambda _: ImageCms.ImageCmsProfile(BytesIO(later)).profile)
    assert srgb_profile() == first
    srgb_profile.cache_clear()


def test_colours_survive_reading_and_writing_twice(tmp_path, parent):
    """The parent is in another space: what is written of its pixels must look as the parent does."""
    path = write_photo(tmp_path / "a.png", parent.pixels, parent=parent)
    np.testing.assert_allclose(read_photo(path).pixels, parent.pixels, atol=1 / 65535)


def test_exif_too_long_for_jpeg_loses_only_what_is_long(tmp_path, pixels, camera_exif):
    parent = Photo(pixels, Metadata(exif=camera_exif + bytes(70_000)))
    small = write_photo(tmp_path / "a.jpg", pixels, parent=parent)
    assert exif_in(small)[0x0110] == "Acme One", "what has room is carried"
    assert "no room for the maker's notes" in writing_notes(small, pixels, parent)[0]
    assert exif_in(write_photo(tmp_path / "a.png", pixels, parent=parent))[0x0110] == "Acme One"


def test_existing_file_is_kept(tmp_path, pixels):
    path = write_photo(tmp_path / "a.png", pixels)
    before = path.read_bytes()
    with pytest.raises(PhotoWriteError, match="--force"):
        write_photo(path, 1 - pixels)
    assert path.read_bytes() == before
    write_photo(path, 1 - pixels, overwrite=True)
    assert path.read_bytes() != before


def test_inputs_are_never_overwritten(tmp_path, pixels, parent):
    before = parent.path.read_bytes()
    other = write_photo(tmp_path / "other.png", pixels)
    for target in (parent.path, parent.path.parent / "." / parent.path.name, other):
        with pytest.raises(PhotoWriteError, match="one of the photos being worked on"):
            write_photo(target, pixels, parent=parent, inputs=[other], overwrite=True)
    assert parent.path.read_bytes() == before


def test_input_under_another_name_is_never_overwritten(tmp_path, pixels, parent):
    os.link(parent.path, tmp_path / "second-name.jpg")
    with pytest.raises(PhotoWriteError, match="one of the photos being worked on"):
        write_photo(tmp_path / "second-name.jpg", pixels, parent=parent, overwrite=True)


def test_missing_folder_is_told_in_one_line(tmp_path, pixels):
    target = tmp_path / "none" / "a.png"
    with pytest.raises(PhotoWriteError) as caught:
        write_photo(target, pixels)
    assert str(target) in str(caught.value)
    assert str(caught.value).isprintable()


def test_encoder_that_fails_is_told_in_one_line(tmp_path):
    with pytest.raises(PhotoWriteError, match="cannot be encoded"):
        write_photo(tmp_path / "a.jpg", np.zeros((0, 4, 3), np.float32))
    assert list(tmp_path.iterdir()) == []
