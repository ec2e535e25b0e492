"""Every kind of photo arrives with its values exact, upright and in RGB."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import cv2
import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image, ImageOps

from lsd2.errors import PhotoReadError
from lsd2.io.orientation import upright, upright_size
from lsd2.io.read import inspect, read_photo
from lsd2.io.rgb_spaces import ADOBE_RGB, DISPLAY_P3, REC_2020, profile_of
from lsd2.io.write import write_photo
from tests.core.io.tiff_files import ASCII, SHORT, Ifd
from tests.core.io.tiff_files import tiff as tiff_file


def tiff(array, **options) -> bytes:
    file = BytesIO()
    tifffile.imwrite(file, array, metadata=None, **options)
    return file.getvalue()


def png_chunk(kind: bytes, contents: bytes) -> bytes:
    return struct.pack(">I", len(contents)) + kind + contents + struct.pack(">I", zlib.crc32(kind + contents))


def assert_is(photo, expected, maximum):
    """The photo's pixels are `expected / maximum` to the last bit, in the layout that is promised."""
    assert photo.pixels.dtype == np.float32
    assert photo.pixels.flags.c_contiguous
    if expected.ndim == 2:
        expected = np.stack([expected] * 3, axis=-1)
    np.testing.assert_array_equal(photo.pixels, (expected / np.float64(maximum)).astype(np.float32))


def test_jpeg_gives_what_the_reference_decoder_gives(rgb8, encoded, saved):
    data = encoded(rgb8, "JPEG", quality=90)
    photo = read_photo(saved(data, "a.jpg"))
    assert_is(photo, np.asarray(Image.open(BytesIO(data))), 255)
    assert photo.metadata.file_format == "JPEG"
    assert photo.notes == ()


def test_name_does_not_count(rgb8, encoded, saved):
    assert read_photo(saved(encoded(rgb8, "PNG"), "wrong.jpg")).metadata.file_format == "PNG"


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "TIFF"])
def test_grey_becomes_rgb(file_format, rgb8, encoded, saved):
    data = encoded(rgb8[..., 0], file_format)
    photo = read_photo(saved(data, "grey"))
    assert_is(photo, np.asarray(Image.open(BytesIO(data))), 255)


def test_png_with_8_bits(rgb8, encoded, saved):
    assert_is(read_photo(saved(encoded(rgb8, "PNG"), "a.png")), rgb8, 255)


def test_png_with_16_bits_keeps_them(rgb16, saved):
    data = cv2.imencode(".png", rgb16[..., ::-1])[1].tobytes()
    photo = read_photo(saved(data, "a.png"))
    assert_is(photo, rgb16, 65535)
    assert photo.metadata.bit_depth == 16


def test_png_palette_is_expanded(rgb8, encoded, saved):
    image = Image.fromarray(rgb8).quantize(16)
    assert_is(read_photo(saved(encoded(image, "PNG"), "a.png")), np.asarray(image.convert("RGB")), 255)


@pytest.mark.parametrize("file_format", ["PNG", "TIFF"])
def test_one_bit_is_black_and_white(file_format, rgb8, encoded, saved):
    image = Image.fromarray(rgb8).convert("1")
    assert_is(read_photo(saved(encoded(image, file_format), "a")), np.asarray(image).astype(np.uint8), 1)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
@pytest.mark.parametrize("file_format", ["PNG", "TIFF"])
def test_transparency_is_dropped_with_a_note(file_format, mode, rgb8, encoded, saved):
    image = Image.fromarray(rgb8).convert("L" if mode == "LA" else "RGB")
    expected = np.asarray(image)
    image.putalpha(Image.fromarray(rgb8[..., 1]))
    photo = read_photo(saved(encoded(image, file_format), "a"))
    assert_is(photo, expected, 255)
    assert photo.notes == ("transparency was dropped",)


def test_png_gamma_that_is_not_applied_is_noted(rgb8, encoded, saved):
    plain = encoded(rgb8, "PNG")
    gamma = b"\0\0\0\4gAMA\0\1\x86\xa0" + b"\x31\xe8\x96\x5f"
    photo = read_photo(saved(plain[:33] + gamma + plain[33:], "linear.png"))
    assert photo.notes == ("its gamma of 1 is not applied; its colours are taken as sRGB",)


@pytest.mark.parametrize("compression", [None, "lzw", "adobe_deflate", "packbits", "zstd"])
@pytest.mark.parametrize("planar", ["contig", "separate"])
def test_tiff_16_bit_rgb(compression, planar, rgb16, saved):
    array = rgb16 if planar == "contig" else np.moveaxis(rgb16, -1, 0)
    data = tiff(array, photometric="rgb", planarconfig=planar, compression=compression, rowsperstrip=8)
    photo = read_photo(saved(data, "a.tif"))
    assert_is(photo, rgb16, 65535)
    assert photo.metadata.bit_depth == 16


@pytest.mark.parametrize("byteorder", ["<", ">"])
@pytest.mark.parametrize("options", [{"predictor": True, "compression": "lzw"}, {"tile": (16, 32)}, {"bigtiff": True}])
def test_tiff_variants(byteorder, options, rgb16, saved):
    data = tiff(rgb16, photometric="rgb", byteorder=byteorder, **options)
    assert_is(read_photo(saved(data, "a.tif")), rgb16, 65535)


def test_tiff_white_is_zero(rgb16, saved):
    grey = rgb16[..., 0]
    assert_is(read_photo(saved(tiff(65535 - grey, photometric="miniswhite"), "a.tif")), grey, 65535)


def test_tiff_palette(rgb8, saved):
    palette = np.random.default_rng(3).integers(0, 65536, (3, 256), dtype=np.uint16)
    data = tiff(rgb8[..., 0], photometric="palette", colormap=palette)
    assert_is(read_photo(saved(data, "a.tif")), np.moveaxis(palette[:, rgb8[..., 0]], 0, -1), 65535)


def test_tiff_with_several_pictures_says_so(rgb8, encoded, saved):
    second = Image.fromarray(255 - rgb8)
    data = encoded(Image.fromarray(rgb8), "TIFF", save_all=True, append_images=[second])
    photo = read_photo(saved(data, "a.tif"))
    assert_is(photo, rgb8, 255)
    assert photo.notes == ("it holds several pictures; the first was read",)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "TIFF"])
def test_orientation_is_applied_exactly_once(file_format, orientation, rgb8, encoded, saved):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(rgb8, file_format, exif=exif)
    photo = read_photo(saved(data, "a"))
    assert_is(photo, np.asarray(ImageOps.exif_transpose(Image.open(BytesIO(data)))), 255)
    assert photo.metadata.orientation == orientation


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_of_webp_is_applied_exactly_once(orientation, rgb8, encoded, saved, tmp_path):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(rgb8, "WEBP", lossless=True, exif=exif)
    photo = read_photo(saved(data, "a"))
    expected = np.asarray(ImageOps.exif_transpose(Image.open(BytesIO(data)).convert("RGB")))
    assert_is(photo, expected, 255)
    written = write_photo(tmp_path / "b.png", photo.pixels, parent=photo)
    assert_is(read_photo(written), expected, 255)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_of_avif_is_applied_exactly_once(orientation, rgb8, encoded, saved, tmp_path):
    """The container turns the picture; the EXIF block, if it is there, only repeats it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(rgb8, "AVIF", quality=100, subsampling="4:4:4", exif=exif)
    photo = read_photo(saved(data, "a"))
    expected = np.asarray(ImageOps.exif_transpose(Image.open(BytesIO(data))))
    assert_is(photo, expected, 255)
    assert np.abs(photo.pixels - upright(rgb8, orientation) / 255).max() < 0.1
    written = write_photo(tmp_path / "b.png", photo.pixels, parent=photo)
    assert_is(read_photo(written), expected, 255)


@pytest.mark.parametrize("file_format", ["WEBP", "AVIF"])
def test_exif_and_profile_of_newer_formats(file_format, rgb8, encoded, saved, camera_exif, swapped_profile):
    path = saved(encoded(rgb8, file_format, exif=b"Exif\0\0" + camera_exif, icc_profile=swapped_profile), "a")
    photo = read_photo(path)
    assert (photo.metadata.camera, photo.metadata.iso, photo.metadata.orientation) == ("Acme One", 1600, 6)
    assert photo.icc_profile == swapped_profile
    assert photo.notes == ("its colours are converted from sRGB built-in to sRGB",)
    information = inspect(path)
    assert (information.notes, information.stored_size, information.channels) == (photo.notes, (53, 37), 3)


@pytest.mark.parametrize("options", [{"lossless": True}, {"quality": 90}])
@pytest.mark.parametrize("transparent", [False, True])
def test_webp(transparent, options, rgb8, encoded, saved):
    image = Image.fromarray(rgb8)
    if transparent:
        image.putalpha(200)
    data = encoded(image, "WEBP", **options)
    path = saved(data, "a.webp")
    photo = read_photo(path)
    assert_is(photo, np.asarray(Image.open(BytesIO(data)).convert("RGB")), 255)
    assert photo.notes == inspect(path).notes == ("transparency was dropped",) * transparent
    assert inspect(path).stored_size == (53, 37)
    assert photo.metadata.file_format == "WebP"


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
def test_avif(mode, rgb8, encoded, saved):
    image = Image.fromarray(rgb8).convert(mode)
    if mode == "RGBA":
        image.putalpha(200)
    data = encoded(image, "AVIF", quality=90)
    path = saved(data, "a.avif")
    photo = read_photo(path)
    assert_is(photo, np.asarray(Image.open(BytesIO(data)).convert("RGB" if mode != "L" else "L")), 255)
    assert photo.notes == inspect(path).notes == ("transparency was dropped",) * (mode == "RGBA")
    assert photo.metadata.file_format == "AVIF"


@pytest.mark.parametrize("bits", [10, 12])
def test_avif_with_more_bits_keeps_them(bits, rgb16, saved):
    array = rgb16 >> (16 - bits)
    photo = read_photo(saved(imagecodecs.avif_encode(array, level=100, bitspersample=bits), "a.avif"))
    assert_is(photo, array, 2**bits - 1)
    assert photo.metadata.bit_depth == bits


@pytest.mark.parametrize("make", ["avif", "png"])
@pytest.mark.parametrize(("primaries", "name"), [(12, "Display P3"), (9, "Rec. 2020 primaries, sRGB curve")])
def test_colours_told_by_number_are_converted(make, primaries, name, rgb8, saved, encoded):
    if make == "avif":
        data = imagecodecs.avif_encode(rgb8, level=100, primaries=primaries, transfer=13)
    else:
        bare = encoded(rgb8, "PNG")
        data = bare[:33] + png_chunk(b"cICP", bytes([primaries, 13, 0, 1])) + bare[33:]
    photo = read_photo(saved(data, f"a.{make}"))
    profile = profile_of({12: DISPLAY_P3, 9: REC_2020}[primaries])
    same = read_photo(saved(encoded(rgb8, "PNG", icc_profile=profile), "b.png"))
    np.testing.assert_array_equal(photo.pixels, same.pixels)
    assert photo.notes[0] == f"its colours are converted from {name} to sRGB"


def test_colours_that_cannot_be_converted_are_noted(rgb8, saved):
    data = imagecodecs.avif_encode(rgb8, level=100, primaries=9, transfer=16)
    assert read_photo(saved(data, "a.avif")).notes == ("its colours (Rec. 2020, HDR, PQ) are taken as sRGB",)


def test_adobe_rgb_that_only_the_exif_data_tells(rgb8, saved, encoded):
    """As cameras write it that embed no profile."""
    colours = Ifd({0xA001: (SHORT, 0xFFFF)}, {0xA005: [Ifd({1: (ASCII, "R03")})]})
    block = b"Exif\0\0" + tiff_file(Ifd({0x0110: (ASCII, "One")}, {0x8769: [colours]}))
    photo = read_photo(saved(encoded(rgb8, "JPEG", quality=100, exif=block), "a.jpg"))
    assert photo.icc_profile == profile_of(ADOBE_RGB)
    told = encoded(rgb8, "JPEG", quality=100, icc_profile=profile_of(ADOBE_RGB))
    np.testing.assert_array_equal(photo.pixels, read_photo(saved(told, "b.jpg")).pixels)
    basic = block.replace(b"R03\0", b"R98\0")
    assert read_photo(saved(encoded(rgb8, "JPEG", exif=basic), "c.jpg")).notes == ()


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("options", [{}, {"compression": "adobe_deflate", "predictor": True}, {"tile": (16, 16)}])
def test_tiff_of_floating_point(kind, options, rgb16, saved):
    values = (rgb16 / 65535).astype(kind)
    if kind is np.float64:
        options = {name: value for name, value in options.items() if name != "predictor"}
    photo = read_photo(saved(tiff(values, photometric="rgb", **options), "a.tif"))
    np.testing.assert_allclose(photo.pixels, values, atol=0.6 / 65535)
    assert photo.notes == ("its floating-point values have no colour profile; they are taken as sRGB",)


def test_tiff_of_floating_point_out_of_range(saved, srgb_profile):
    values = np.full((8, 8, 3), 0.5, np.float32)
    values[0, 0], values[0, 1], values[0, 2] = np.nan, 3.0, -1.0
    photo = read_photo(saved(tiff(values, photometric="rgb", iccprofile=srgb_profile), "a.tif"))
    assert photo.notes == ("its values above 1 were clipped",)
    np.testing.assert_allclose(photo.pixels[0, :3, 0], [0, 1, 0])
    with pytest.raises(PhotoReadError, match="scale it to the range of 0 to 1"):
        read_photo(saved(tiff(values * 255, photometric="rgb"), "b.tif"))


@pytest.mark.parametrize("kind", [np.int8, np.int16, np.int32])
def test_tiff_of_numbers_with_a_sign(kind, saved):
    most = np.iinfo(kind).max
    values = np.array([[-most - 1, -1, 0, most // 2, most]] * 5, kind)
    photo = read_photo(saved(tiff(values, photometric="minisblack"), "a.tif"))
    np.testing.assert_allclose(photo.pixels[0, :, 0], [0, 0, 0, 0.5, 1], atol=1 / 127)


@pytest.mark.parametrize("byteorder", ["<", ">"])
def test_tiff_of_32_bits(byteorder, rgb16, saved):
    photo = read_photo(saved(tiff(rgb16.astype(np.uint32) << 16, photometric="rgb", byteorder=byteorder), "a.tif"))
    assert_is(photo, rgb16, 65535)


def test_orientation_of_a_tiff_without_a_legible_exif_block(rgb8, saved):
    """BigTIFF: its directories have another layout than EXIF blocks."""
    photo = read_photo(saved(tiff(rgb8, photometric="rgb", bigtiff=True, extratags=[(274, 3, 1, 6, True)]), "a.tif"))
    assert_is(photo, np.rot90(rgb8, -1), 255)
    assert photo.metadata.orientation == 6


@pytest.mark.parametrize("orientation", range(1, 9))
def test_inspect_agrees_with_reading(orientation, rgb8, encoded, saved):
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = saved(encoded(rgb8, "PNG", exif=exif), "a.png")
    information, photo = inspect(path), read_photo(path)
    assert information.upright_size == (photo.width, photo.height)
    assert information.stored_size == (53, 37)
    assert upright_size(*information.stored_size, orientation) == information.upright_size
    assert information.metadata == photo.metadata
    assert (information.file_format, information.bit_depth, information.channels) == ("PNG", 8, 3)
    assert information.notes == photo.notes


def test_inspect_decodes_no_pixels(rgb8, encoded, saved):
    data = bytearray(encoded(rgb8, "JPEG"))
    middle = len(data) // 2
    data[middle : middle + 2] = b"\xff\xd8"
    assert inspect(saved(bytes(data), "a.jpg")).stored_size == (53, 37)


def test_inspect_tells_why_a_photo_cannot_be_read(rgb8, encoded, saved):
    information = inspect(saved(encoded(rgb8, "JPEG")[:-2], "a.jpg"))
    assert information.channels == 3
    assert information.notes == ("cannot be read: it is incomplete: copy it again from the camera or card",)


def test_srgb_profile_needs_no_note(rgb8, encoded, saved, srgb_profile):
    path = saved(encoded(rgb8, "PNG", icc_profile=srgb_profile), "a.png")
    photo = read_photo(path)
    assert photo.icc_profile == srgb_profile
    assert photo.notes == ()
    assert "sRGB" in inspect(path).profile


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "TIFF"])
def test_other_profiles_are_applied_and_noted(file_format, rgb8, encoded, saved, swapped_profile):
    """Red and green have changed places in this profile, so they do in the pixels."""
    plain = read_photo(saved(encoded(rgb8, file_format), "plain")).pixels
    path = saved(encoded(rgb8, file_format, icc_profile=swapped_profile), "a")
    photo = read_photo(path)
    assert photo.icc_profile == swapped_profile
    np.testing.assert_allclose(photo.pixels, plain[..., [1, 0, 2]], atol=1 / 255)
    assert photo.notes == ("its colours are converted from sRGB built-in to sRGB",)
    assert inspect(path).notes == photo.notes


def test_damaged_profile_is_noted(rgb8, encoded, saved):
    photo = read_photo(saved(encoded(rgb8, "JPEG", icc_profile=b"no profile at all" * 20), "a.jpg"))
    assert photo.notes == ("its colour profile is damaged; its colours are taken as sRGB",)


def test_single_pixel_can_be_read(encoded, saved):
    photo = read_photo(saved(encoded(np.full((1, 1, 3), 255, np.uint8), "PNG"), "a.png"))
    assert photo.pixels.tolist() == [[[1.0, 1.0, 1.0]]]


def test_bytes_after_the_picture_do_no_harm(rgb8, encoded, saved):
    """Phones append a film; its bytes may look like the start of a scan."""
    data = encoded(rgb8, "JPEG")
    expected = read_photo(saved(data, "a.jpg")).pixels
    film = b"\xff\xda\0\x0c" + bytes(500)
    np.testing.assert_array_equal(read_photo(saved(data + film, "b.jpg")).pixels, expected)


def test_non_ascii_name(rgb8, encoded, saved):
    photo = read_photo(saved(encoded(rgb8, "PNG"), "Nacht über Zürich 夜.png"))
    assert photo.path == Path(photo.path.parent, "Nacht über Zürich 夜.png")
    assert_is(photo, rgb8, 255)
