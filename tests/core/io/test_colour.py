"""Colours of any profile arrive as the sRGB colours that they are; the profiles are laid out by hand here."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from io import BytesIO

import numpy as np
import pytest
import tifffile
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageCms
from skimage.color import deltaE_ciede2000, rgb2lab

from lsd2.io import colour
from lsd2.io.colour import to_display
from lsd2.io.decoders.base import Samples
from lsd2.io.read import inspect, read_photo

_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_D50 = np.array([0.9642, 1.0, 0.8249])


@dataclass(frozen=True)
class Primaries:
    """An RGB space by the chromaticities (x, y) of its primaries and white, with a plain gamma."""

    red: tuple[float, float]
    green: tuple[float, float]
    blue: tuple[float, float]
    white: tuple[float, float] = (0.3127, 0.3290)
    gamma: float = 2.2

    def to_pcs(self) -> NDArray[np.float64]:
        """3x3 matrix from linear RGB to XYZ, adapted to D50 by Bradford's method."""
        columns = np.array([[x / y, 1, (1 - x - y) / y] for x, y in (self.red, self.green, self.blue)]).T
        x, y = self.white
        white = np.array([x / y, 1, (1 - x - y) / y])
        matrix = columns * np.linalg.solve(columns, white)
        cones = np.diag((_BRADFORD @ _D50) / (_BRADFORD @ white))
        return np.linalg.inv(_BRADFORD) @ cones @ _BRADFORD @ matrix


SPACES = {
    "sRGB with gamma 2.2": Primaries((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)),
    "Display P3": Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), gamma=2.4),
    "Adobe RGB": Primaries((0.64, 0.33), (0.21, 0.71), (0.15, 0.06), gamma=563 / 256),
    "ProPhoto": Primaries((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001), (0.3457, 0.3585), gamma=1.8),
    "Rec.2020": Primaries((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), gamma=2.4),
    "linear": Primaries((0.64, 0.33), (0.30, 0.60), (0.15, 0.06), gamma=1.0),
}


def _profile(space: bytes, tags: dict[bytes, bytes], kind: bytes = b"mntr") -> bytes:
    """An ICC profile, version 2.4, laid out by hand (ICC.1:2001-04, section 6)."""
    text = b"made by hand"
    tags = {
        b"desc": b"desc" + struct.pack(">II", 0, len(text) + 1) + text + bytes(1 + 12 + 67),
        b"wtpt": _xyz(_D50),
        b"cprt": b"text\0\0\0\0none\0",
        **tags,
    }
    offset = 132 + 12 * len(tags)
    table = data = b""
    for name, value in tags.items():
        table += name + struct.pack(">II", offset + len(data), len(value))
        data += value + bytes(-len(value) % 4)
    header = struct.pack(">I4s4s4s4s4s", offset + len(data), bytes(4), b"\2\x40\0\0", kind, space, b"XYZ ")
    header += bytes(12) + b"acsp" + bytes(28) + _xyz(_D50)[8:]
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + data


def _xyz(values: NDArray[np.float64]) -> bytes:
    return b"XYZ " + struct.pack(">I3i", 0, *(round(float(value) * 65536) for value in values))


def matrix_profile(primaries, curve="para") -> bytes:
    """The curve is written as "para" (parametric), "gamma" (one number) or "table"."""
    table = np.rint(np.linspace(0, 1, 4096) ** primaries.gamma * 65535).astype(">u2").tobytes()
    trc = {
        "para": b"para" + struct.pack(">IHHi", 0, 0, 0, round(primaries.gamma * 65536)),
        "gamma": b"curv" + struct.pack(">IIH", 0, 1, round(primaries.gamma * 256)),
        "table": b"curv" + struct.pack(">II", 0, 4096) + table,
    }[curve]
    matrix = primaries.to_pcs()
    colours = {name + b"XYZ": _xyz(matrix[:, index]) for index, name in enumerate((b"r", b"g", b"b"))}
    return _profile(b"RGB ", colours | {name + b"TRC": trc for name in (b"r", b"g", b"b")})


def grey_profile() -> bytes:
    return _profile(b"GRAY", {b"kTRC": b"curv" + struct.pack(">IIH", 0, 1, round(1.8 * 256))})


def table_profile(space: bytes, light) -> bytes:
    """A lookup-table profile; `light` makes (N, 3) XYZ of (N, C) in [0, 1]."""
    channels, steps = len(space.strip()), 9
    axes = np.meshgrid(*[np.linspace(0, 1, steps)] * channels, indexing="ij")
    xyz = light(np.stack(axes, -1).reshape(-1, channels))
    head = struct.pack(">IBBBB", 0, channels, 3, steps, 0)
    identity = struct.pack(">9i", *np.rint(np.eye(3).ravel() * 65536).astype(int))
    straight = struct.pack(">2H", 0, 65535)
    lut = np.rint(np.clip(xyz * 32768, 0, 65535)).astype(">u2").tobytes()
    body = struct.pack(">HH", 2, 2) + straight * channels + lut + straight * 3
    return _profile(space, {b"A2B0": b"mft2" + head + identity + body}, b"prtr")


def to_srgb(encoded: NDArray[np.float64], primaries: Primaries) -> NDArray[np.float64]:
    """The definition, in double precision: (..., 3) in a space of these primaries to sRGB, not clipped."""
    srgb = SPACES["sRGB with gamma 2.2"]
    linear = encoded**primaries.gamma @ (np.linalg.inv(srgb.to_pcs()) @ primaries.to_pcs()).T
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * np.maximum(linear, 1e-9) ** (1 / 2.4) - 0.055)


def delta_e(one, two) -> float:
    """The largest difference of two pictures, CIE DE2000."""
    return float(deltaE_ciede2000(rgb2lab(one), rgb2lab(two)).max())


@pytest.mark.parametrize("curve", ["para", "gamma", "table"])
@pytest.mark.parametrize("space", SPACES)
def test_16_bit_colours_are_those_of_the_definition(space, curve, rgb16):
    primaries = SPACES[space]
    if curve == "gamma":
        # Such profiles have 8 bits behind the point.
        primaries = replace(primaries, gamma=round(primaries.gamma * 256) / 256)
    photo, notes = to_display(Samples(rgb16, 65535), matrix_profile(primaries, curve))
    expected = np.clip(to_srgb(rgb16 / 65535, primaries), 0, 1)
    assert photo.dtype == np.float32
    assert np.abs(photo - expected).max() < 1e-3
    assert delta_e(photo, expected) < 0.2
    assert notes[0] == "its colours are converted from made by hand to sRGB"


@pytest.mark.parametrize("space", SPACES)
def test_8_bit_colours_are_those_of_the_reference(space, rgb8):
    profile = matrix_profile(SPACES[space])
    transform = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        "RGB",
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    reference = np.asarray(ImageCms.applyTransform(Image.fromarray(rgb8), transform))
    photo, _ = to_display(Samples(rgb8, 255), profile)
    assert np.abs(photo * 255 - reference).max() <= 1
    assert np.abs(photo - np.clip(to_srgb(rgb8 / 255, SPACES[space]), 0, 1)).max() < 0.5 / 255


@pytest.mark.parametrize("space", SPACES)
def test_round_trip_keeps_colours(space):
    """What sRGB can hold, written in another space with 16 bits, comes back as it was."""
    primaries, srgb = SPACES[space], SPACES["sRGB with gamma 2.2"]
    original = np.random.default_rng(8).uniform(0.02, 0.98, (40, 50, 3))
    linear = np.where(original <= 0.04045, original / 12.92, ((original + 0.055) / 1.055) ** 2.4)
    elsewhere = np.maximum(linear @ (np.linalg.inv(primaries.to_pcs()) @ srgb.to_pcs()).T, 0) ** (1 / primaries.gamma)
    stored = np.rint(np.clip(elsewhere, 0, 1) * 65535).astype(np.uint16)
    photo, notes = to_display(Samples(stored, 65535), matrix_profile(primaries))
    assert delta_e(photo, original) < 0.2
    assert len(notes) == 1, "nothing was clipped"


@pytest.mark.parametrize("space", ["Adobe RGB", "ProPhoto", "Rec.2020"])
def test_16_bit_ramp_does_not_band(space):
    ramp = np.repeat(np.arange(65536, dtype=np.uint16).reshape(64, 1024, 1), 3, axis=2)
    photo, _ = to_display(Samples(ramp, 65535), matrix_profile(SPACES[space]))
    steps = np.diff(photo[..., 1].ravel().astype(np.float64))
    # The last greys may be clipped: profiles round their white.
    assert steps[:-8].min() > 0
    assert steps.max() < 4 / 255, "the first step out of black is the largest"


@pytest.mark.parametrize("make", [lambda srgb: srgb, lambda srgb: None])
def test_srgb_is_left_as_it_is(make, rgb16, srgb_profile):
    photo, notes = to_display(Samples(rgb16, 65535), make(srgb_profile))
    np.testing.assert_array_equal(photo, (rgb16 / 65535).astype(np.float32))
    assert notes == ()


def test_strips_make_no_difference(rgb16, monkeypatch):
    profile = matrix_profile(SPACES["Display P3"])
    whole, _ = to_display(Samples(rgb16, 65535), profile)
    monkeypatch.setattr(colour, "_STRIP_PIXELS", 100)
    np.testing.assert_array_equal(to_display(Samples(rgb16, 65535), profile)[0], whole)


def test_odd_depths_mean_the_same_colours(rgb8):
    """12 bit, and a value that all depths have: 15/15 = 255/255."""
    profile = matrix_profile(SPACES["Adobe RGB"])
    coarse = rgb8 // 17
    expected, _ = to_display(Samples(coarse.astype(np.uint16) * 4369, 65535), profile)
    np.testing.assert_allclose(to_display(Samples(coarse, 15), profile)[0], expected, atol=1e-6)


@pytest.mark.parametrize(("level", "noted"), [(0, True), (128, False)])
def test_clipped_colours_are_noted(level, noted):
    """Pure P3 green lies outside sRGB, half of it over an equal red and blue does not."""
    green = np.full((30, 30, 3), level, np.uint8)
    green[..., 1] = 255 - level // 2
    photo, notes = to_display(Samples(green, 255), matrix_profile(SPACES["Display P3"]))
    assert ("100% of its pixels have colours that sRGB cannot hold; they were clipped" in notes) == noted
    assert 0 <= photo.min() <= photo.max() <= 1


def test_few_clipped_pixels_are_no_news():
    green = np.full((100, 100, 3), 128, np.uint8)
    green[0, :50] = (0, 255, 0)
    assert len(to_display(Samples(green, 255), matrix_profile(SPACES["Display P3"]))[1]) == 1


@pytest.mark.parametrize(("dtype", "maximum"), [(np.uint8, 255), (np.uint16, 65535), (np.uint16, 4095)])
def test_grey_profile(dtype, maximum):
    ramp = np.arange(0, maximum + 1, maximum // 51, dtype=dtype)[np.newaxis]
    photo, notes = to_display(Samples(ramp, maximum), grey_profile())
    linear = (ramp / maximum) ** (round(1.8 * 256) / 256)
    expected = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * np.maximum(linear, 1e-9) ** (1 / 2.4) - 0.055)
    np.testing.assert_allclose(photo, np.stack([expected] * 3, axis=-1), atol=1e-4)
    assert notes == ("its colours are converted from made by hand to sRGB",)


def test_grey_picture_with_a_profile_for_rgb(rgb8, srgb_profile):
    grey = rgb8[..., 0]
    assert to_display(Samples(grey, 255), srgb_profile)[1] == ()
    profile = matrix_profile(SPACES["Adobe RGB"])
    spread, _ = to_display(Samples(np.stack([grey.astype(np.uint16) * 257] * 3, axis=-1), 65535), profile)
    np.testing.assert_allclose(to_display(Samples(grey, 255), profile)[0], spread, atol=1e-6)


def test_lookup_tables_for_rgb(rgb16):
    """A table that says the same as a linear matrix profile: the values between its grid points are exact."""
    linear = SPACES["linear"]
    profile = table_profile(b"RGB ", lambda rgb: rgb @ linear.to_pcs().T)
    photo, _ = to_display(Samples(rgb16, 65535), profile)
    bright = rgb16.min(axis=2) > 3000
    assert np.abs(photo - np.clip(to_srgb(rgb16 / 65535, linear), 0, 1))[bright].max() < 2e-3


def ink_light(inks: NDArray[np.float64]) -> NDArray[np.float64]:
    """XYZ of four ideal inks."""
    return (1 - inks[:, :3]) * (1 - inks[:, 3:]) @ SPACES["linear"].to_pcs().T


def test_cmyk_profile_agrees_with_the_reference(rgb8, encoded, saved):
    profile = table_profile(b"CMYK", ink_light)
    data = encoded(Image.fromarray(rgb8).convert("CMYK"), "JPEG", quality=95, icc_profile=profile)
    transform = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        "CMYK",
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    reference = ImageCms.applyTransform(Image.open(BytesIO(data)), transform)
    path = saved(data, "a.jpg")
    photo = read_photo(path)
    assert np.abs(photo.pixels * 255 - np.asarray(reference)).max() <= 1
    assert photo.icc_profile == profile
    assert "its colours are converted from made by hand to sRGB" in photo.notes
    assert inspect(path).channels == 4


@pytest.mark.parametrize("planar", ["contig", "separate"])
@pytest.mark.parametrize(("dtype", "maximum"), [(np.uint8, 255), (np.uint16, 65535)])
def test_cmyk_tiff_without_a_profile(dtype, maximum, planar, saved):
    inks = np.array([[[0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0.2]]]) * maximum
    inks = np.rint(inks).astype(dtype)
    array = inks if planar == "contig" else np.moveaxis(inks, -1, 0)
    file = BytesIO()
    tifffile.imwrite(file, array, photometric="separated", planarconfig=planar, metadata=None)
    photo = read_photo(saved(file.getvalue(), "a.tif"))
    expected = [[1, 1, 1], [0, 1, 1], [1, 0, 0], [0, 0, 0], [0.8, 0.8, 0.8]]
    np.testing.assert_allclose(photo.pixels[0], expected, atol=1e-5)
    assert photo.notes == ("its CMYK colours have no profile; they are converted by a rule of thumb",)


@pytest.mark.parametrize("profile", [b"", b"no profile" * 30, grey_profile(), table_profile(b"CMYK", ink_light)])
def test_profile_that_does_not_fit_is_noted(profile, rgb8):
    photo, notes = to_display(Samples(rgb8, 255), profile)
    np.testing.assert_array_equal(photo, (rgb8 / 255).astype(np.float32))
    assert notes == ("its colour profile is damaged; its colours are taken as sRGB",)


@given(st.data())
def test_damaged_profiles_are_survived(data):
    profile = bytearray(matrix_profile(SPACES["Adobe RGB"], data.draw(st.sampled_from(["para", "gamma"]))))
    places = st.integers(0, len(profile) - 1)
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=6)):
        profile[place] = value
    pixels = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
    photo, notes = to_display(Samples(pixels, 255), bytes(profile[: data.draw(st.integers(128, len(profile)))]))
    assert np.isfinite(photo).all()
    assert 0 <= photo.min() <= photo.max() <= 1
    assert all(note.isprintable() for note in notes)
