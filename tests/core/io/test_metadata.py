"""Camera metadata from EXIF blocks, sound and broken."""

from __future__ import annotations

import struct
from datetime import datetime
from fractions import Fraction

import pytest
from exifread.core.exif_header import ExifHeader
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from lsd2.io import exif_block
from lsd2.io.exif_guard import LARGEST_BLOCK
from lsd2.io.metadata import BROKEN_EXIF_NOTE, read_metadata
from lsd2.io.read import read_photo

EXIF_IFD = 0x8769


def block(main=None, inner=None) -> bytes:
    exif = Image.Exif()
    exif.update(main or {})
    exif.get_ifd(EXIF_IFD).update(inner or {})
    return exif.tobytes().removeprefix(b"Exif\0\0")


def metadata(**tags):
    found, notes = read_metadata(block(**tags), "JPEG", 8)
    assert notes == ()
    return found


def assert_is_camera(found):
    assert found.exposure_seconds == Fraction(1, 2)
    assert found.iso == 1600
    assert found.f_number == pytest.approx(2.8)
    assert found.focal_length_mm == 35
    assert found.taken_at == datetime.fromisoformat("2024-05-01T21:03:04.25")
    assert found.camera == "Acme One"
    assert found.lens == "35mm F2"
    assert found.orientation == 6


@pytest.mark.parametrize("file_format", ["JPEG", "PNG"])
def test_block_arrives_as_it_is(file_format, rgb8, encoded, saved, camera_exif):
    photo = read_photo(saved(encoded(rgb8, file_format, exif=b"Exif\0\0" + camera_exif), "a"))
    assert_is_camera(photo.metadata)
    assert photo.metadata.exif == camera_exif
    assert photo.metadata.file_format == file_format


def test_tiff_gives_a_block_of_its_own(rgb8, encoded, saved, camera_exif):
    exif = Image.Exif()
    exif.load(b"Exif\0\0" + camera_exif)
    photo = read_photo(saved(encoded(rgb8, "TIFF", exif=exif), "a.tif"))
    assert_is_camera(photo.metadata)
    again, notes = read_metadata(photo.metadata.exif, "TIFF", 8)
    assert_is_camera(again)
    assert notes == ()
    reference = Image.Exif()
    reference.load(photo.metadata.exif)
    assert reference[0x0110] == "Acme One"
    assert reference.get_ifd(EXIF_IFD)[0xA434] == "35mm F2"
    assert reference.get_ifd(0x8825)[1] == "N"
    assert 0x0111 not in reference, "strip offsets of the file mean nothing in the block"


def test_nothing_known():
    found, notes = read_metadata(None, "PNG", 16)
    assert (found.exposure_seconds, found.iso, found.taken_at, found.orientation, found.exif) == (None,) * 3 + (1, None)
    assert (found.file_format, found.bit_depth, notes) == ("PNG", 16, ())


@pytest.mark.parametrize("broken", [b"", b"II*", b"no exif at all", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\0"])
def test_broken_block_is_noted(broken):
    found, notes = read_metadata(broken, "JPEG", 8)
    assert notes == (BROKEN_EXIF_NOTE,)
    assert found.exposure_seconds is None
    assert found.orientation == 1


@given(st.data())
def test_any_bytes_are_survived(data):
    exif = bytearray(
        block({0x0112: 6, 0x010F: "Acme"}, {0x829A: IFDRational(1, 2), 0x8827: 100, 0x9003: "2024:05:01 21:03:04"})
    )
    for place, value in data.draw(st.lists(st.tuples(st.integers(0, len(exif) - 1), st.integers(0, 255)), max_size=8)):
        exif[place] = value
    found, _ = read_metadata(bytes(exif[: data.draw(st.integers(0, len(exif)))]), "JPEG", 8)
    assert found.orientation in range(1, 9)
    assert found.exposure_seconds is None or found.exposure_seconds > 0


def test_useless_numbers_are_unknown():
    found = metadata(inner={0x829A: IFDRational(1, 0), 0x829D: IFDRational(0, 1), 0x8827: 0})
    assert (found.exposure_seconds, found.f_number, found.iso) == (None, None, None)


def test_exposure_is_exact():
    assert metadata(inner={0x829A: IFDRational(1, 8000)}).exposure_seconds == Fraction(1, 8000)


def test_iso_above_16_bits():
    assert metadata(inner={0x8827: 65535, 0x8832: 102400}).iso == 102400
    assert metadata(inner={0x8827: 65535}).iso == 65535


@pytest.mark.parametrize("orientation", [0, 9, 200])
def test_impossible_orientation_is_upright(orientation):
    assert metadata(main={0x0112: orientation}).orientation == 1


@pytest.mark.parametrize("date", ["0000:00:00 00:00:00", "    :  :     :  :  ", "soon", "2024:13:01 00:00:00"])
def test_clock_that_was_never_set(date):
    assert metadata(inner={0x9003: date}).taken_at is None


def test_digitised_date_is_second_choice():
    found = metadata(inner={0x9003: "0000:00:00 00:00:00", 0x9004: "2020:01:02 03:04:05"})
    assert found.taken_at == datetime.fromisoformat("2020-01-02T03:04:05")


def test_camera_name():
    assert metadata(main={0x010F: "NIKON CORPORATION", 0x0110: "NIKON D5"}).camera == "NIKON D5"
    assert metadata(main={0x010F: "Apple", 0x0110: "iPhone 14"}).camera == "Apple iPhone 14"
    assert metadata(main={0x0110: "evil\n\x1b[31mname"}).camera == "evil [31mname"


def tiff(*directories: bytes) -> bytes:
    """A block of raw parts, the first of which is IFD0."""
    return b"II*\0" + struct.pack("<I", 8) + b"".join(directories)


def directory(entries: bytes, following: int = 0) -> bytes:
    return struct.pack("<H", len(entries) // 12) + entries + struct.pack("<I", following)


def many_pointers() -> bytes:
    """2,500 pointers to a directory of 5,000 entries: a reader that descends into each reads 12 million."""
    inner_at = 8 + 2 + 12 * 2500 + 4
    inner = directory(struct.pack("<HHII", 1, 2, 4, 0x41414141) * 5000)
    return tiff(directory(struct.pack("<HHII", 0x8825, 4, 1, inner_at) * 2500), inner)


def long_chain() -> bytes:
    """3,000 directories in a row, each with a pointer to the same 3,000 entries."""
    step = 2 + 12 + 4
    inner_at = 8 + step * 3000
    pointer = struct.pack("<HHII", 0x8825, 4, 1, inner_at)
    links = [8 + step * (index + 1) if index < 2999 else 0 for index in range(3000)]
    inner = directory(struct.pack("<HHII", 1, 2, 4, 0x41414141) * 3000)
    return tiff(*(directory(pointer, link) for link in links), inner)


def same_array_often() -> bytes:
    """3,000 tags that all name the same 999 ratios."""
    entries = b"".join(struct.pack("<HHII", 0xC000 + tag, 5, 999, 50_000) for tag in range(3000))
    return tiff(directory(entries)).ljust(60_000, b"\1")


def same_text_often() -> bytes:
    """3,000 tags that all name the same text of 400,000 bytes."""
    entries = b"".join(struct.pack("<HHII", 0xC000 + tag, 2, 400_000, 50_000) for tag in range(3000))
    return tiff(directory(entries)).ljust(450_000, b"A")


def values_behind_the_end() -> bytes:
    entries = b"".join(struct.pack("<HHII", 0xC000 + tag, 5, 999, 0x7FFFFFFF) for tag in range(3000))
    return tiff(directory(entries))


def directory_behind_the_end() -> bytes:
    return tiff(struct.pack("<H", 65535) + struct.pack("<HHII", 0x0112, 3, 1, 6))


HOSTILE = [
    many_pointers,
    long_chain,
    same_array_often,
    same_text_often,
    values_behind_the_end,
    directory_behind_the_end,
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_block_costs_no_more_than_its_size(hostile):
    exif = hostile()
    steps = []
    read_entry, read_number = exif_block._read_entry, ExifHeader.s2n
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exif_block, "_read_entry", lambda *args: steps.append(1) or read_entry(*args))
        patch.setattr(ExifHeader, "s2n", lambda *args: steps.append(1) or read_number(*args))
        _, notes = read_metadata(exif, "PNG", 8)
    assert notes == (BROKEN_EXIF_NOTE,)
    assert len(steps) <= len(exif) // 2


def test_block_that_is_too_large_is_not_read():
    assert read_metadata(block({0x0112: 6}).ljust(LARGEST_BLOCK + 1, b"\0"), "PNG", 8)[1] == (BROKEN_EXIF_NOTE,)


def test_large_maker_notes_are_no_reason_to_refuse():
    found = metadata(main={0x0110: "One"}, inner={0x927C: bytes(5_000_000), 0x8827: 200})
    assert (found.iso, found.camera) == (200, "One")


def test_value_outside_the_block_is_unknown():
    whole = block({0x010F: "Acme Optical Works"}, {0x829A: IFDRational(1, 2), 0x8827: 100})
    assert whole.endswith(struct.pack(">II", 1, 2)), "the shutter time is the last value"
    found, notes = read_metadata(whole[:-4], "JPEG", 8)
    assert (found.exposure_seconds, found.iso, notes) == (None, 100, ())


def test_reader_is_silent(caplog, capfd):
    read_metadata(block({0x0110: b"\xff\xfe"}, {0x829A: IFDRational(1, 2)})[:-4], "JPEG", 8)
    read_metadata(b"II*\0\x08\0\0\0", "JPEG", 8)
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")
