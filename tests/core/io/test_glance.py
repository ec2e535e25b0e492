"""Headers without the pixels, and small pictures without the large ones."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, JpegImagePlugin

from lsd2.errors import PhotoReadError
from lsd2.io.glance import glance
from lsd2.io.read import inspect, read_photo, read_preview
from lsd2.io.thumbnail import quick_thumbnail, read_thumbnail
from tests.core.io.raw_files import dng

Encode = Callable[..., bytes]
Save = Callable[[bytes, str], Path]


@pytest.fixture(scope="module")
def large_jpeg(camera_exif: bytes) -> bytes:
    from io import BytesIO

    file = BytesIO()
    noise = np.random.default_rng(3).integers(0, 256, (900, 1200, 3), dtype=np.uint8)
    Image.fromarray(noise).save(file, "JPEG", quality=95, exif=b"Exif\0\0" + camera_exif)
    assert len(file.getvalue()) > 1_000_000
    return file.getvalue()


def test_both_ends_of_a_jpeg_tell_what_the_whole_tells(large_jpeg: bytes, saved: Save, monkeypatch) -> None:
    path = saved(large_jpeg, "a.jpg")
    whole = inspect(path)
    monkeypatch.setattr("lsd2.io.glance.inspect", lambda path: pytest.fail("the whole file was read"))
    assert glance(path) == whole
    assert whole.upright_size == (900, 1200)


@pytest.mark.parametrize("kept", [300_000, 900_000])
def test_a_jpeg_that_ends_too_early_is_told(large_jpeg: bytes, saved: Save, kept: int) -> None:
    assert any("incomplete" in note for note in glance(saved(large_jpeg[:kept], "a.jpg")).notes)


@pytest.mark.parametrize(("name", "file_format"), [("a.png", "PNG"), ("a.tif", "TIFF"), ("a.jpg", "JPEG")])
def test_other_files_are_told_of_as_before(
    rgb8: NDArray[np.uint8], encoded: Encode, saved: Save, name: str, file_format: str
) -> None:
    path = saved(encoded(rgb8, file_format), name)
    assert glance(path) == inspect(path)


@pytest.mark.parametrize("data", [b"", b"nothing", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\xff\xff" + bytes(10)])
def test_what_is_no_photo_is_refused(saved: Save, data: bytes) -> None:
    with pytest.raises(PhotoReadError):
        glance(saved(data, "a.jpg"))


def _smooth(height: int, width: int) -> NDArray[np.uint8]:
    rough = np.random.default_rng(4).random((6, 8, 3))
    return np.rint(255 * cv2.resize(rough, (width, height), interpolation=cv2.INTER_LINEAR)).astype(np.uint8)


@pytest.mark.parametrize("file_format", ["JPEG", "PNG"])
@pytest.mark.parametrize("orientation", [1, 6, 3])
def test_a_thumbnail_is_the_photo_on_a_small_scale(
    encoded: Encode, saved: Save, file_format: str, orientation: int
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = saved(encoded(_smooth(480, 640), file_format, exif=exif.tobytes()), "a")
    small = read_thumbnail(path, 160)
    assert small.dtype == np.uint8
    assert small.shape == ((160, 120, 3) if orientation == 6 else (120, 160, 3))
    whole = cv2.resize(read_photo(path).pixels, small.shape[1::-1], interpolation=cv2.INTER_AREA)
    assert np.abs(small / 255 - whole).max() < 0.05


def test_a_small_photo_is_not_blown_up(encoded: Encode, saved: Save) -> None:
    assert read_thumbnail(saved(encoded(_smooth(30, 40), "PNG"), "a.png"), 160).shape == (30, 40, 3)


def _with_thumbnail(block: bytes, thumbnail: bytes) -> bytes:
    """A little-endian EXIF block of one orientation entry, with a thumbnail directory behind it."""
    assert block == b""
    first = struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, 1, 0, 26)
    at = 26 + 2 + 2 * 12 + 4
    second = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, at, 0x0202, 4, 1, len(thumbnail), 0)
    return b"II*\0" + struct.pack("<I", 8) + first + second + thumbnail


def test_the_cameras_own_thumbnail_is_used(encoded: Encode, saved: Save) -> None:
    red = np.zeros((120, 160, 3), np.uint8)
    red[..., 0] = 200
    block = _with_thumbnail(b"", encoded(red, "JPEG"))
    path = saved(encoded(_smooth(1200, 1600), "JPEG", exif=b"Exif\0\0" + block), "a.jpg")
    small = quick_thumbnail(path, 128)
    assert small is not None
    assert small.shape == (120, 160, 3)
    assert np.abs(small[..., 0] - 200 / 255).max() < 0.02
    letterboxed = saved(encoded(_smooth(900, 1600), "JPEG", exif=b"Exif\0\0" + block), "b.jpg")
    assert read_thumbnail(letterboxed, 128).shape == (72, 128, 3)


def _claiming(data: bytes, side: int) -> bytes:
    """A progressive JPEG whose header claims a square of another size."""
    at = data.index(b"\xff\xc2")
    return data[: at + 5] + struct.pack(">HH", side, side) + data[at + 9 :]


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The sizes of the JPEGs that were decoded; those above 4 megapixels are not, here."""
    sizes: list[tuple[int, int]] = []
    load = JpegImagePlugin.JpegImageFile.load

    def note(image: JpegImagePlugin.JpegImageFile) -> object:
        sizes.append(image.size)
        assert image.width * image.height < 4_000_000, "memory is taken for pixels that are not there"
        return load(image)

    monkeypatch.setattr(JpegImagePlugin.JpegImageFile, "load", note)
    return sizes


def test_what_claims_too_much_is_not_decoded_on_a_small_scale_either(
    encoded: Encode, saved: Save, decoded: list[tuple[int, int]]
) -> None:
    for side, words in ((20_000, "megapixels"), (14_000, "incomplete")):
        path = saved(_claiming(encoded(_smooth(64, 64), "JPEG", progressive=True), side), "a.jpg")
        assert quick_thumbnail(path, 128) is None
        with pytest.raises(PhotoReadError, match=words):
            read_thumbnail(path, 128)
    assert decoded == []


@pytest.mark.parametrize("side", [20_000, 14_000, 1_500])
def test_a_thumbnail_that_claims_too_much_is_not_used(
    encoded: Encode, saved: Save, decoded: list[tuple[int, int]], side: int
) -> None:
    noise = np.random.default_rng(3).integers(0, 256, (160, 160, 3), dtype=np.uint8)
    block = _with_thumbnail(b"", _claiming(encoded(noise, "JPEG", progressive=True), side))
    path = saved(encoded(_smooth(480, 640), "JPEG", exif=b"Exif\0\0" + block), "a.jpg")
    small = quick_thumbnail(path, 128)
    assert small is not None
    assert small.shape[:2] == (120, 160)
    assert len(set(decoded)) == 1


@pytest.mark.parametrize("side", [20_000, 14_000])
def test_a_preview_that_claims_too_much_is_none(
    encoded: Encode, saved: Save, decoded: list[tuple[int, int]], side: int
) -> None:
    preview = _claiming(encoded(_smooth(64, 64), "JPEG", progressive=True), side)
    path = saved(dng(np.full((64, 96, 3), 0.2), preview=preview), "a.dng")
    assert read_preview(path) is None
    assert quick_thumbnail(path, 72) is None
    assert decoded == []


def test_a_raw_file_shows_the_cameras_preview(encoded: Encode, saved: Save) -> None:
    preview = encoded(_smooth(96, 144), "JPEG", quality=95)
    path = saved(dng(np.full((64, 96, 3), 0.2), preview=preview), "a.dng")
    small = read_thumbnail(path, 72)
    assert small.shape == (48, 72, 3)
    assert np.abs(small.astype(int) - _smooth(48, 72)).max() < 40
    bare = saved(dng(np.full((64, 96, 3), 0.2)), "b.dng")
    assert quick_thumbnail(bare, 72) is None
    assert read_thumbnail(bare, 72).shape[1] == 72
