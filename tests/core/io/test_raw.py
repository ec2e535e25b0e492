"""Camera raw files, made by hand: pairs are developed alike, light is proportional, bad files are told in a line."""

from __future__ import annotations

import os
import resource
import struct
import time
from contextlib import suppress
from fractions import Fraction
from io import BytesIO

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from lsd2.errors import PhotoReadError
from lsd2.io import development as dev
from lsd2.io.decoders import name_of_foreign_format
from lsd2.io.decoders.raw import opened
from lsd2.io.development import KNEE, linear_light, white_point
from lsd2.io.read import inspect, read_photo, read_preview
from lsd2.io.read_pair import light_ratio, read_pair
from lsd2.photo import Development
from tests.core.io.raw_files import NEUTRAL, SRGB_TO_XYZ, Shot, dng
from tests.core.io.tiff_files import ASCII, BYTE, LONG, RATIONAL, SHORT, SRATIONAL, Ifd, tiff

GREYS = np.array([0.02, 0.1, 0.2, 0.5, 1.0])
"""Scene light of the patches of `chart`, from left to right."""
TUNGSTEN = (0.8, 1.0, 0.4)


def chart(height=60, patch=40):
    """Neutral patches of `GREYS`, below them the same in a warm colour."""
    scene = np.ones((height, patch * len(GREYS), 3)) * np.repeat(GREYS, patch)[None, :, None]
    scene[height // 2 :] *= [1.0, 0.6, 0.3]
    return scene


def patches(image, warm=False, patch=40):
    """The mean of the middle of each patch (5, 3)."""
    rows = slice(40, 50) if warm else slice(10, 20)
    return np.array([image[rows, patch * i + 12 : patch * i + 28].mean((0, 1)) for i in range(len(GREYS))])


@pytest.fixture
def shot(saved):
    """`shot(name, scene, Shot(...))`: the path of a raw file."""
    return lambda name, scene, how, **more: saved(dng(scene, how, **more), name)


def test_grey_is_grey_and_has_srgbs_curve(shot):
    photo = read_photo(shot("a.dng", chart(), Shot(gain=0.5)))
    assert photo.metadata.file_format == "RAW"
    # Green saturates first: a gain of 0.5 puts a white of 1 at half of that, well below the knee.
    light = GREYS * 0.5
    expected = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    np.testing.assert_allclose(patches(photo.pixels), expected[:, None] * np.ones(3), atol=0.004)


def test_colours_come_through_the_cameras_matrix(shot):
    light = linear_light(read_photo(shot("a.dng", chart(), Shot(gain=0.5))))
    np.testing.assert_allclose(patches(light, warm=True), 0.5 * GREYS[:, None] * [1.0, 0.6, 0.3], rtol=0.02, atol=1e-3)


def test_nothing_depends_on_what_is_in_the_picture(shot):
    """The same patch beside a bright and a dark neighbour: a brightness or white level made from it would differ."""
    dim = np.full((64, 128, 3), 0.1)
    lit = dim.copy()
    lit[:, 64:] = 1.6
    one, other = (read_photo(shot(name, scene, Shot())).pixels for name, scene in (("a.dng", dim), ("b.dng", lit)))
    np.testing.assert_array_equal(one[8:-8, 8:48], other[8:-8, 8:48])


def test_pair_is_developed_alike(shot):
    """Same scene, a sixteenth of the light, and a camera that chose another white balance for the short frame."""
    long = shot("long.dng", chart(), Shot(gain=0.8, seconds=Fraction(1, 4)))
    short = shot("short.dng", chart(), Shot(gain=0.05, seconds=Fraction(1, 64), as_shot=TUNGSTEN))
    pair = read_pair(short, long)
    assert pair.short.development == pair.long.development
    assert pair.short.notes == ("it was developed with the white balance of the long photo, as its own differs",)
    ratio = patches(linear_light(pair.long)) / patches(linear_light(pair.short))
    np.testing.assert_allclose(ratio[1:4], 16, rtol=0.03)
    alone = patches(read_photo(short).pixels)[3]
    assert alone[2] > 1.2 * alone[0], "on its own it has the white balance of its file"


def test_light_in_the_pictures_is_held_against_the_settings(shot):
    """A sixteenth of the time at the same ISO; once with a filter before the lens that takes three stops."""
    long = shot("long.dng", chart(), Shot(gain=0.5, seconds=Fraction(1, 4)))
    noisy = Shot(gain=0.5 / 16, seconds=Fraction(1, 64), noise=0.004)
    pair = read_pair(shot("short.dng", chart(), noisy), long)
    assert light_ratio(pair.short, pair.long) == pytest.approx(16, rel=0.1)
    assert pair.short.notes == ()
    dark = shot("dark.dng", chart(), Shot(gain=0.5 / 128, seconds=Fraction(1, 64)))
    assert "16 times the light" in read_pair(dark, long).short.notes[0]
    alone = read_photo(shot("other.dng", chart(), Shot(as_shot=TUNGSTEN)))
    assert light_ratio(alone, pair.long) is None


def test_saturation_of_each_file_counts_but_the_scale_is_the_long_frames(shot):
    """A short frame whose file calls a lower level white: light must not get brighter for it."""
    long = shot("long.dng", chart(), Shot(gain=0.5))
    short = shot("short.dng", chart(), Shot(gain=0.5, tags={50717: (SHORT, 12_000)}))
    pair = read_pair(short, long)
    np.testing.assert_allclose(patches(pair.short.pixels)[:4], patches(pair.long.pixels)[:4], atol=0.004)


def test_frames_of_two_cameras_keep_their_own_balance(shot):
    long = shot("long.dng", chart(), Shot())
    short = shot("short.dng", chart(), Shot(model="Acme Two", as_shot=TUNGSTEN))
    pair = read_pair(short, long)
    assert pair.short.development != pair.long.development
    assert "another camera" in pair.short.notes[0]


def test_highlights_are_neutral_keep_their_drawing_and_end_at_white(shot):
    ramp = np.repeat(np.linspace(0.2, 4, 256)[None, :, None], 32, 0) * np.ones(3)
    pixels = read_photo(shot("a.dng", ramp, Shot(gain=0.9))).pixels[8:24].mean(0)
    assert np.abs(pixels - pixels.mean(1, keepdims=True)).max() < 0.01, "a clipped grey is grey, not pink"
    assert (np.diff(pixels.mean(1)) > -0.004).all(), "more light is never darker"
    assert pixels[-1].min() > 0.995
    # Green clips at a light of 1; red, which clips at 2, tells the camera how bright the highlight is.
    clipped = np.searchsorted(np.linspace(0.2, 4, 256) * 0.9, 1.0)
    assert pixels[clipped + 20].mean() > pixels[clipped - 1].mean() + 0.01


def test_brightening_that_the_camera_asks_for(shot):
    plain = linear_light(read_photo(shot("a.dng", chart(), Shot(gain=0.2))))
    lifted = read_photo(shot("b.dng", chart(), Shot(gain=0.2, tags={50730: (SRATIONAL, [1.0])})))
    assert lifted.development.baseline_ev == 1.0
    np.testing.assert_allclose(patches(linear_light(lifted)), 2 * patches(plain), rtol=0.01, atol=1e-3)


@given(st.floats(1, 8), st.floats(1, 8), st.floats(1, 8), st.floats(-2, 2))
def test_the_curve_rises_from_black_to_white_and_can_be_undone(red, green, blue, stops):
    least = min(red, green, blue)
    development = Development((red / least, green / least, blue / least), 1000.0, stops)
    white = white_point(development)
    light = np.linspace(0, white, 4096)
    shown = dev.to_display_light(light, white)
    assert shown[0] == 0
    assert shown[-1] == pytest.approx(1)
    assert (np.diff(shown) > 0).all()
    straight = light <= KNEE
    np.testing.assert_allclose(shown[straight], dev.srgb_curve(light[straight]))


def test_every_level_is_kept_apart_in_the_shadows():
    """16 bits of linear light, curved: a step is nowhere wider than a fifth of an 8-bit step."""
    table = dev.display_table(Development((2.0, 1.0, 1.5), 4000.0), 4000.0)
    assert np.diff(table).max() < 1 / 255 / 5 * max(2.0, 1.0)
    assert table.dtype == np.float32


def test_metadata(shot):
    info = inspect(shot("a.dng", chart(), Shot(seconds=Fraction(1, 64), iso=3200)))
    known = info.metadata
    assert (known.exposure_seconds, known.iso, known.f_number, known.focal_length_mm) == (
        Fraction(1, 64),
        3200,
        2.8,
        35,
    )
    assert (known.camera, known.lens) == ("Acme One", "35mm F2.8")
    assert known.taken_at.isoformat() == "2024-05-01T21:03:04.250000"
    assert (info.file_format, info.upright_size, info.channels) == ("RAW", (200, 60), 3)


@pytest.mark.parametrize(("orientation", "turn"), [(1, 0), (3, 2), (6, 3), (8, 1)])
def test_orientation(orientation, turn, shot):
    upright = read_photo(shot("a.dng", chart(), Shot())).pixels
    turned = read_photo(shot("b.dng", chart(), Shot(orientation=orientation)))
    assert turned.metadata.orientation == orientation
    np.testing.assert_array_equal(turned.pixels, np.rot90(upright, turn))


def test_preview_is_the_cameras_own_picture_upright(shot):
    small = np.zeros((24, 64, 3), np.uint8)
    small[:, 32:] = (0, 0, 255)  # OpenCV's red, in the right half
    jpeg = cv2.imencode(".jpg", small)[1].tobytes()
    path = shot("a.dng", chart(), Shot(orientation=6), preview=jpeg)
    preview = read_preview(path)
    assert preview.pixels.shape == (64, 24, 3), "a quarter turn clockwise"
    assert preview.pixels[50, 12, 0] > 0.9
    assert preview.pixels[10, 12, 0] < 0.1
    assert preview.metadata.camera == "Acme One"
    assert read_photo(path).pixels.shape == (200, 60, 3)


def test_no_preview_is_no_error(shot, saved, encoded, rgb8):
    assert read_preview(shot("a.dng", chart(), Shot())) is None
    assert read_preview(saved(encoded(rgb8, "PNG"), "a.png")) is None


def test_damaged_preview_is_no_preview(shot):
    jpeg = cv2.imencode(".jpg", np.zeros((24, 64, 3), np.uint8))[1].tobytes()
    assert read_preview(shot("a.dng", chart(), Shot(), preview=jpeg[:100] + b"\0" * 50)) is None


def test_standard_error_is_itself_again_when_the_last_of_several_readers_is_done(shot):
    data = shot("a.dng", chart(), Shot()).read_bytes()
    before = os.fstat(2)
    one, two = opened(data), opened(data)
    one.__enter__()
    two.__enter__()
    one.__exit__(None, None, None)
    assert not os.path.samestat(os.fstat(2), before), "the other one still reads"
    two.__exit__(None, None, None)
    assert os.path.samestat(os.fstat(2), before)


def refused(path):
    """The line that a user gets, in bounded time and memory."""
    started, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(PhotoReadError) as caught:
        read_photo(path)
    assert time.process_time() - started < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_000_000
    line = str(caught.value)
    assert line.isprintable()
    assert path.name in line
    return line


def test_cut_file_is_called_incomplete(saved, capfd):
    whole = dng(chart())
    # The directory is at the end here; cameras write it first, so cut what comes before it.
    start = struct.unpack_from("<I", whole, 4)[0]
    moved = tiff(Ifd({}, data=b""))[:4] + struct.pack("<I", 8)
    assert len(moved) == 8
    assert "copy it again" in refused(saved(whole[: start - 100], "a.dng"))
    assert "copy it again" in refused(saved(whole[: start // 2], "b.dng"))
    assert capfd.readouterr().err == "", "LibRaw's own words are not for the user"


@pytest.mark.parametrize(
    ("width", "height", "words"),
    [(60_000, 60_000, "megapixels"), (14_000, 14_000, "incomplete"), (1, 1, ""), (0, 50, "raw file")],
)
def test_sizes_that_no_camera_has(width, height, words, saved):
    whole = bytearray(dng(chart()))
    start = struct.unpack_from("<I", whole, 4)[0]
    for index in range(struct.unpack_from("<H", whole, start)[0]):
        place = start + 2 + 12 * index
        tag = struct.unpack_from("<H", whole, place)[0]
        if tag in (256, 257):
            struct.pack_into("<HII", whole, place + 2, 4, 1, width if tag == 256 else height)
    assert words in refused(saved(bytes(whole), "a.dng"))


def test_unknown_raw_files_are_told_so(saved):
    thumbnail = Ifd(
        {254: (LONG, 1), 256: (LONG, 8), 257: (LONG, 8), 258: (SHORT, 8), 262: (SHORT, 1), 271: (ASCII, "?")}
    )
    thumbnail.subs = {330: [Ifd({256: (LONG, 8), 257: (LONG, 8)})]}
    assert "LibRaw does not know" in refused(saved(tiff(thumbnail), "a.nef"))
    for head in (b"FUJIFILMCCD-RAW " + bytes(200), b"\0\0\0\x18ftypcrx " + bytes(200), b"IIRO" + bytes(200)):
        assert name_of_foreign_format(head[:64]) in (None, "a video or another media file")
        assert "RAW" not in refused(saved(head, "b.raw"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_changed_bytes_never_crash_nor_hang(data, tmp_path_factory):
    file = bytearray(_SMALL)
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(8, len(file) - 1), st.integers(0, 255)), min_size=1, max_size=6)
    ):
        file[place] = value
    path = tmp_path_factory.mktemp("raw") / "a.dng"
    path.write_bytes(file)
    started = time.process_time()
    with suppress(PhotoReadError):
        photo = read_photo(path)
        assert 0 <= photo.pixels.min() <= photo.pixels.max() <= 1
    assert time.process_time() - started < 10


_SMALL = dng(chart(height=16, patch=8))


def test_raw_and_other_files_go_together(shot, saved, encoded, rgb8):
    raw = shot("a.dng", chart(), Shot())
    pair = read_pair(saved(encoded(rgb8, "PNG"), "a.png"), raw)
    assert pair.short.development is None
    assert linear_light(pair.short) is None
    assert Image.open(BytesIO(encoded(rgb8, "PNG"))).size == (pair.short.width, pair.short.height)


def test_neutral_of_the_test_camera_is_what_it_claims(shot):
    photo = read_photo(shot("a.dng", chart(), Shot()))
    np.testing.assert_allclose(photo.development.white_balance, [1 / NEUTRAL[0], 1, 1 / NEUTRAL[2]], rtol=1e-5)


@pytest.mark.parametrize("planes", [1, 3])
def test_linear_and_monochrome_dng(planes, saved):
    """As phones and converters write them, demosaiced; and as cameras without a colour filter do."""
    light = np.repeat(np.linspace(0, 0.5, 96)[None, :, None], 64, 0)
    levels = np.rint(light * (np.array(NEUTRAL) if planes == 3 else 1) * 65535).astype("<u2")
    matrix = np.diag(NEUTRAL) @ np.linalg.inv(SRGB_TO_XYZ)
    colour = {50721: (SRATIONAL, [float(value) for value in matrix.ravel()]), 50728: (RATIONAL, list(NEUTRAL))}
    tags = {254: (LONG, 0), 256: (LONG, 96), 257: (LONG, 64), 258: (SHORT, [16] * planes), 259: (SHORT, 1)}
    tags |= {262: (SHORT, 34892), 272: (ASCII, "One"), 277: (SHORT, planes), 278: (LONG, 64), 284: (SHORT, 1)}
    tags |= {50706: (BYTE, bytes([1, 4, 0, 0])), 50717: (SHORT, [65535] * planes), 50778: (SHORT, 21)}
    photo = read_photo(saved(tiff(Ifd({**tags, **(colour if planes == 3 else {})}, data=levels.tobytes())), "a.dng"))
    expected = dev.srgb_curve(light[:, 4:-4]) * np.ones(3)
    np.testing.assert_allclose(photo.pixels[:, 4:-4], expected, atol=0.01)
