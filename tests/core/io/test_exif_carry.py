"""The parent's EXIF block in the result: patched in place, upright, without the old thumbnail."""

from __future__ import annotations

import struct
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lsd2.io.exif_carry import SOFTWARE, exif_for_result
from lsd2.io.exif_extract import block_from_tiff
from tests.core.io.tiff_files import ASCII, RATIONAL, Ifd, tiff

THUMBNAIL = b"\xff\xd8" + b"old picture" * 50 + b"\xff\xd9"
MAKER_NOTE = b"maker's own data, with offsets of its own"


def camera_block(order: str, thumbnail_last: bool = True) -> bytes:
    """A block laid out by hand: IFD0 at 8, Exif IFD with a maker note, IFD1 with a thumbnail."""

    def entry(tag, kind, count, value):
        packed = struct.pack(order + "HH", value, 0) if kind == 3 else struct.pack(order + "I", value)
        return struct.pack(order + "HHI", tag, kind, count) + packed

    def directory(entries, following=0):
        return struct.pack(order + "H", len(entries)) + b"".join(entries) + struct.pack(order + "I", following)

    root_size, inner_size, second_size = 2 + 12 * 4 + 4, 2 + 12 * 3 + 4, 2 + 12 * 2 + 4
    inner_at = 8 + root_size
    note_at = inner_at + inner_size
    second_at = note_at + len(MAKER_NOTE)
    picture_at = second_at + second_size
    root = [entry(0x0100, 4, 1, 4000), entry(0x0101, 4, 1, 3000), entry(0x0112, 3, 1, 6), entry(0x8769, 4, 1, inner_at)]
    inner = [
        entry(0x927C, 7, len(MAKER_NOTE), note_at),
        entry(0xA002, 3, 1, 4000),
        entry(0xA003, 3, 1, 3000),
    ]
    second = [entry(0x0201, 4, 1, picture_at), entry(0x0202, 4, 1, len(THUMBNAIL))]
    header = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    block = header + directory(root, second_at) + directory(inner) + MAKER_NOTE + directory(second) + THUMBNAIL
    return block if thumbnail_last else block + b"data of the maker" * 4


def block_for_result(block, width, height, **options):
    carried = exif_for_result(block, width, height, **options)
    return None if carried is None else carried.block()


@pytest.mark.parametrize("order", ["<", ">"])
def test_patched_block(order):
    before = camera_block(order)
    after = block_for_result(before, 70_000, 16)
    exif = Image.Exif()
    exif.load(after)
    assert exif[0x0112] == 1
    assert (exif[0x0100], exif[0x0101]) == (70_000, 16)
    inner = exif.get_ifd(0x8769)
    assert (inner[0xA002], inner[0xA003]) == (70_000, 16)
    assert inner[0x927C] == MAKER_NOTE
    assert after.index(MAKER_NOTE) == before.index(MAKER_NOTE), "offsets inside maker notes stay true"
    assert exif.get_ifd(1) == {}
    assert exif[0x0131] == SOFTWARE
    assert THUMBNAIL not in after
    assert len(after) < len(before) - len(THUMBNAIL) + 150, "IFD0 is written anew behind the rest"


def test_data_behind_the_thumbnail_is_kept():
    before = camera_block("<", thumbnail_last=False)
    after = block_for_result(before, 100, 100)
    assert b"data of the maker" * 4 in after
    assert THUMBNAIL[:20] not in after, "its bytes are gone where it cannot be cut off"
    exif = Image.Exif()
    exif.load(after)
    assert exif.get_ifd(1) == {}


def test_block_of_another_writer(camera_exif):
    exif = Image.Exif()
    exif.load(block_for_result(camera_exif, 53, 37))
    assert exif[0x0112] == 1
    assert exif.get_ifd(0x8769)[0xA002] == 53
    assert exif.get_ifd(0x8825) == {}


def test_position_is_kept_only_if_asked_for():
    gps = Ifd({1: (ASCII, "N"), 2: (RATIONAL, [Fraction(47), Fraction(22), Fraction(3018, 100)])})
    block = tiff(Ifd({0x0110: (ASCII, "One")}, {0x8825: [gps]}))
    position = struct.pack("<4I", 47, 1, 22, 1)
    assert position in block
    with_position = Image.Exif()
    with_position.load(block_for_result(block, 10, 10, gps=True))
    assert with_position.get_ifd(0x8825)[2] == (47, 22, 30.18)
    without = block_for_result(block, 10, 10)
    assert position not in without
    assert b"N\0\0\0" not in without
    exif = Image.Exif()
    exif.load(without)
    assert exif[0x0110] == "One"
    assert 0x8825 not in exif


@pytest.mark.parametrize(("is_srgb", "colours"), [(True, 1), (False, 0xFFFF)])
def test_colour_space_is_true_for_the_result(is_srgb, colours):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA001] = 0xFFFF
    exif.get_ifd(0x8769)[0xA005] = 0
    block = exif.tobytes().removeprefix(b"Exif\0\0")
    after = Image.Exif()
    after.load(block_for_result(block, 10, 10, is_srgb=is_srgb))
    assert after.get_ifd(0x8769)[0xA001] == colours


@pytest.mark.parametrize("broken", [b"", b"II*\0", b"nothing like a block", b"II*\0\xff\xff\0\0"])
def test_broken_block_is_not_carried(broken):
    assert block_for_result(broken, 10, 10) is None


@given(st.data())
def test_changed_bytes_are_survived(data):
    block = bytearray(camera_block("<"))
    for place, value in data.draw(st.lists(st.tuples(st.integers(0, 160), st.integers(0, 255)), max_size=8)):
        block[place] = value
    after = block_for_result(bytes(block), 10, 10)
    assert after is None or len(after) <= 2 * len(block) + 100


def test_hostile_tiff_gives_no_huge_block():
    """3,000 entries that all name the same 4,000 bytes would make a block of 12 MB."""
    count = 3000
    behind = 8 + 2 + 12 * count + 4
    entries = struct.pack("<HHII", 0x010E, 2, 4000, behind) * count
    tiff = b"II*\0" + struct.pack("<IH", 8, count) + entries + bytes(4) + b"x" * 4000
    assert block_from_tiff(tiff) is None
