"""Whatever a file contains, reading it gives a photo or one clear line - never a traceback, a hang or grey pixels."""

from __future__ import annotations

import os
import struct
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import tifffile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from lsd2.errors import PhotoReadError
from lsd2.io import read
from lsd2.io.decoders.base import MAX_PIXELS
from lsd2.io.read import inspect, read_photo

FORMATS = ["JPEG", "PNG", "TIFF", "WEBP", "AVIF"]


def message(path) -> str:
    """The error that reading gives; it must be one line that begins with the file."""
    with pytest.raises(PhotoReadError) as caught:
        read_photo(path)
    text = str(caught.value)
    assert text.isprintable()
    assert text.startswith(str(path))
    return text.removeprefix(str(path)).strip()


def png(width, height, depth=8, colour=2, pixels=b""):
    def chunk(kind, contents):
        return struct.pack(">I", len(contents)) + kind + contents + struct.pack(">I", zlib.crc32(kind + contents))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def sound(rgb8, encoded, camera_exif, srgb_profile) -> dict[str, bytes]:
    """One sound file of each format, with all that can be attached to it."""
    exif = b"Exif\0\0" + camera_exif
    files = {name: encoded(rgb8, name, exif=exif, icc_profile=srgb_profile) for name in ("JPEG", "PNG", "WEBP", "AVIF")}
    tiff = BytesIO()
    tifffile.imwrite(tiff, rgb8, photometric="rgb", compression="lzw", metadata=None, iccprofile=srgb_profile)
    return files | {"TIFF": tiff.getvalue(), "progressive": encoded(rgb8, "JPEG", progressive=True)}


def test_missing(tmp_path):
    assert message(tmp_path / "none.jpg") == "is not there: check the name"


def test_folder(tmp_path):
    assert message(tmp_path) == "is a folder: choose a photo"


def test_empty(saved):
    assert message(saved(b"", "a.jpg")).startswith("is empty")


def test_text_with_a_photo_name(saved):
    known = "JPEG, PNG, RAW, TIFF, WebP, AVIF, HEIC"
    assert message(saved(b"dear diary", "a.jpg")) == f"is not a photo: choose one of {known}"


def test_known_foreign_format_is_named(saved, rgb8, encoded):
    assert message(saved(encoded(rgb8, "GIF"), "a.jpg")).startswith("is a GIF picture")
    assert message(saved(b"\0\0\0\x18ftypcrx " + bytes(80), "a.jpg")).startswith("is a camera raw file")
    assert message(saved(b"\0\0\0\x18ftypisom" + bytes(80), "a.heic")).startswith("is a video")
    assert message(saved(b"II*\0\x10\0\0\0CR\2\0" + bytes(80), "a.tif")).startswith("is a camera raw file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_pipe_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    assert message(tmp_path / "pipe.jpg") == "is not a file: choose a photo"


def test_forbidden(saved, monkeypatch):
    path = saved(b"\xff\xd8\xff", "a.jpg")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert message(path) == "may not be read by you: check its permissions"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_name_with_line_break_stays_on_one_line(saved):
    with pytest.raises(PhotoReadError) as caught:
        read_photo(saved(b"no photo", "two\nlines\x1b[31m.jpg"))
    assert str(caught.value).isprintable()


def test_impossible_name():
    with pytest.raises(PhotoReadError, match="cannot be opened"):
        read_photo(Path("a\0b.jpg"))


@pytest.mark.parametrize("kind", [*FORMATS, "progressive"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_cut_anywhere_is_refused(kind, sound, saved, data):
    whole = sound[kind]
    cut = data.draw(st.integers(0, len(whole) - 1))
    message(saved(whole[:cut], "cut"))


@pytest.mark.parametrize("kind", ["JPEG", "progressive"])
@pytest.mark.parametrize("kept", [0.5, 0.8])
def test_jpeg_that_ends_in_zeros_is_refused(kind, kept, sound, saved):
    whole = sound[kind]
    kept = int(kept * len(whole))
    assert message(saved(whole[:kept].ljust(len(whole), b"\0"), "a.jpg")).startswith("is incomplete")


def test_animation_is_refused(saved, rgb8, encoded):
    second = Image.fromarray(255 - rgb8)
    data = encoded(Image.fromarray(rgb8), "WEBP", save_all=True, append_images=[second])
    assert message(saved(data, "a.webp")).startswith("is an animation")


def test_changed_byte_in_png_pixels_is_refused(sound, saved):
    data = bytearray(sound["PNG"])
    data[data.index(b"IDAT") + 100] ^= 0xFF
    message(saved(bytes(data), "a.png"))


def test_tiff_with_a_missing_strip_is_refused(saved, rgb8):
    file = BytesIO()
    tifffile.imwrite(file, rgb8, photometric="rgb", compression="lzw", rowsperstrip=10, metadata=None)
    data = bytearray(file.getvalue())
    with tifffile.TiffFile(BytesIO(bytes(data))) as opened:
        sizes = opened.pages[0].tags["StripByteCounts"]
        width = 2 if sizes.dtype == 3 else 4
        data[sizes.valueoffset : sizes.valueoffset + width] = bytes(width)
    assert message(saved(bytes(data), "a.tif")).startswith("is incomplete")


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_changed_bytes_never_raise_anything_else(kind, sound, saved, data):
    damaged = bytearray(sound[kind])
    # Half of the changes fall into the head of the file, where the structure is.
    places = st.integers(0, 400) | st.integers(0, len(damaged) - 1)
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=6)):
        damaged[min(place, len(damaged) - 1)] = value
    path = saved(bytes(damaged), "damaged")
    try:
        pixels = read_photo(path).pixels
    except PhotoReadError:
        message(path)
    else:
        assert pixels.ndim == 3
        assert 0 <= pixels.min() <= pixels.max() <= 1


def test_damage_is_silent(sound, saved, capfd):
    for kind, data in sound.items():
        damaged = data[:200] + bytes(50) + data[250 : len(data) - 100]
        message(saved(damaged, kind))
    assert capfd.readouterr() == ("", "")


class TestTraps:
    """Headers that claim more pixels than any photo has are refused before memory is taken."""

    def test_png(self, saved):
        path = saved(png(100_000, 100_000), "a.png")
        assert "100000 x 100000 pixels" in message(path)
        assert any("cannot be read" in note for note in inspect(path).notes)

    def test_png_second_header_does_not_count(self, saved):
        honest, trap = png(4, 4), png(100_000, 100_000)
        assert "above the limit" in message(saved(trap[:33] + honest[8:33] + trap[33:], "a.png"))

    def test_jpeg(self, saved, sound):
        data = bytearray(sound["progressive"])
        frame = data.index(b"\xff\xc2")
        data[frame + 5 : frame + 9] = struct.pack(">HH", 65000, 65000)
        assert "65000 x 65000" in message(saved(bytes(data), "a.jpg"))

    def test_jpeg_within_the_limit_but_without_the_data(self, saved, sound):
        data = bytearray(sound["progressive"])
        frame = data.index(b"\xff\xc2")
        data[frame + 5 : frame + 9] = struct.pack(">HH", 14000, 14000)
        assert message(saved(bytes(data), "a.jpg")).startswith("is incomplete")

    def test_tiff(self, saved, rgb8):
        file = BytesIO()
        tifffile.imwrite(file, rgb8, photometric="rgb", metadata=None)
        data = bytearray(file.getvalue())
        with tifffile.TiffFile(BytesIO(bytes(data))) as opened:
            for name in ("ImageWidth", "ImageLength"):
                place = opened.pages[0].tags[name].valueoffset
                data[place : place + 4] = struct.pack("<I", 60_000)
        assert "60000 x 60000" in message(saved(bytes(data), "a.tif"))

    def test_webp(self, saved, sound):
        data = bytearray(sound["WEBP"])
        canvas = data.index(b"VP8X") + 12
        data[canvas : canvas + 6] = (100_000 - 1).to_bytes(3, "little") * 2
        assert "100000 x 100000" in message(saved(bytes(data), "a.webp"))

    def test_webp_canvas_that_the_picture_does_not_fill(self, saved, sound):
        data = bytearray(sound["WEBP"])
        canvas = data.index(b"VP8X") + 12
        data[canvas : canvas + 6] = (13_000 - 1).to_bytes(3, "little") * 2
        message(saved(bytes(data), "a.webp"))

    def test_avif(self, saved, sound):
        data = bytearray(sound["AVIF"])
        place = data.index(b"ispe") + 8
        data[place : place + 8] = struct.pack(">II", 16_000, 16_000)
        assert "16000 x 16000" in message(saved(bytes(data), "a.avif"))
        data[place : place + 8] = struct.pack(">II", 100_000, 100_000)
        message(saved(bytes(data), "a.avif"))

    def test_limit_lets_the_largest_cameras_pass(self):
        assert 16384 * 12288 > MAX_PIXELS > 16320 * 12240

    def test_file_that_is_too_long(self, tmp_path):
        path = tmp_path / "a.tif"
        with path.open("wb") as file:
            file.write(b"II*\0")
            file.truncate(read.MAX_FILE_BYTES + 1)
        assert message(path) == "is larger than 2 GB: choose a smaller photo"

    def test_no_pixels(self, saved):
        assert "no pixels" in message(saved(png(0, 0), "a.png"))


class TestKindsOfTiff:
    """Kinds that would be read wrongly are refused with what to do."""

    def refused(self, saved, array, **options):
        file = BytesIO()
        tifffile.imwrite(file, array, metadata=None, **options)
        return message(saved(file.getvalue(), "a.tif"))

    def test_inks_other_than_cmyk(self, saved):
        ink_set = (332, 3, 1, 2, True)
        array = np.zeros((8, 8, 4), np.uint8)
        assert "16 bit RGB TIFF" in self.refused(saved, array, photometric="separated", extratags=[ink_set])

    def test_lab(self, saved):
        assert "16 bit RGB TIFF" in self.refused(saved, np.zeros((8, 8, 3), np.uint8), photometric="cielab")

    def test_many_channels(self, saved):
        array = np.zeros((8, 8, 8), np.uint8)
        assert "16 bit RGB TIFF" in self.refused(saved, array, photometric="rgb", extrasamples=[0] * 5)

    def test_camera_raw(self, saved):
        version = (50706, 1, 4, b"\1\4\0\0", True)
        assert "camera raw" in self.refused(saved, np.zeros((8, 8), np.uint16), photometric="cfa")
        assert "camera raw" in self.refused(
            saved, np.zeros((8, 8, 3), np.uint8), photometric="rgb", extratags=[version]
        )

    def test_camera_raw_of_other_makers(self, saved):
        """A thumbnail in the first page, the picture in a sub-directory."""
        file = BytesIO()
        with tifffile.TiffWriter(file) as writer:
            writer.write(np.zeros((8, 8, 3), np.uint8), photometric="rgb", subifds=1, subfiletype=1, metadata=None)
            writer.write(np.zeros((64, 64), np.uint16), photometric="minisblack", metadata=None)
        assert inspect(saved(file.getvalue(), "a.nef")).file_format == "RAW"


def test_out_of_memory(saved, sound, monkeypatch):
    def exhausted(*_):
        raise MemoryError

    monkeypatch.setattr(read, "to_display", exhausted)
    assert "more memory than there is" in message(saved(sound["PNG"], "a.png"))
