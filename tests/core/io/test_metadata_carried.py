"""Results carry their parent's metadata through every format, made true for them; exiftool agrees."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image, ImageCms

from lsd2.errors import PhotoWriteError
from lsd2.io.exif_carry import SOFTWARE
from lsd2.io.iptc import as_resource, record_in
from lsd2.io.read import read_photo
from lsd2.io.write import write_photo, writing_notes
from lsd2.io.xmp import packet_for_result
from lsd2.options import OutputProfile, WriteOptions
from lsd2.photo import Metadata, Photo
from tests.core.io import rich_parent
from tests.core.io.exiftool import complaints, exiftool
from tests.core.io.raw_files import Shot, dng

GPS_KEPT = WriteOptions(gps=True)
SOURCE = WriteOptions(gps=True, profile=OutputProfile.SOURCE)
CAMERA_TAGS = {
    "IFD0:Make": "Acme Optical",
    "IFD0:Model": "Acme One",
    "IFD0:Artist": "A. Photographer",
    "ExifIFD:ExposureTime": 0.25,
    "ExifIFD:FNumber": 2.8,
    "ExifIFD:ISO": 400,
    "ExifIFD:FocalLength": 35,
    "ExifIFD:DateTimeOriginal": "2024:05:01 21:03:04",
    "ExifIFD:SubSecTimeOriginal": 25,
    "ExifIFD:LensModel": "35mm F2",
}
POSITION = {
    "GPS:GPSLatitudeRef": "N",
    "GPS:GPSLongitudeRef": "W",
    "GPS:GPSLatitude": pytest.approx(47.375050, abs=1e-6),
    "GPS:GPSLongitude": pytest.approx(8.541667, abs=1e-6),
    "GPS:GPSAltitude": pytest.approx(408.1),
}
OTHERS = {
    "IPTC:By-line": "A. Photographer",
    "IPTC:Keywords": "night",
    "XMP-xmp:Rating": 4,
    "XMP-dc:Subject": "nächtlich",
}


@pytest.fixture(scope="module")
def p3_profile():
    """A profile of another library: what matters is that its bytes come through."""
    import imagecodecs

    primaries = [0.680, 0.320, 1, 0.265, 0.690, 1, 0.150, 0.060, 1]
    return bytes(imagecodecs.cms_profile("rgb", whitepoint=[0.3127, 0.3290, 1], primaries=primaries, gamma=2.2))


@pytest.fixture
def parents(rgb8, rgb16, saved, p3_profile):
    """Parents by name."""
    dim = np.full((40, 60, 3), 0.3)
    return {
        "jpeg": read_photo(saved(rich_parent.jpeg(rgb8, p3_profile), "parent.jpg")),
        "jpeg, big-endian": read_photo(saved(rich_parent.jpeg(rgb8, p3_profile, order=">"), "motorola.jpg")),
        "png16": read_photo(saved(rich_parent.png16(rgb16, p3_profile), "parent.png")),
        "raw": read_photo(saved(dng(dim, Shot(make="Acme Optical", iso=400, orientation=6)), "parent.dng")),
    }


ROUTES = [
    ("jpeg", ".jpg"),
    ("jpeg", ".tif"),
    ("jpeg", ".png"),
    ("jpeg, big-endian", ".tif"),
    ("jpeg, big-endian", ".jpg"),
    ("png16", ".png"),
    ("png16", ".tif"),
]


@pytest.mark.parametrize(("source", "suffix"), ROUTES)
def test_exiftool_finds_everything(source, suffix, parents, tmp_path):
    parent = parents[source]
    height, width = parent.pixels.shape[:2]
    found = exiftool(write_photo(tmp_path / f"a{suffix}", parent.pixels, parent=parent, options=SOURCE))
    expected = {**CAMERA_TAGS, **POSITION, **OTHERS, "IFD0:Orientation": 1, "IFD0:Software": SOFTWARE}
    expected |= {"ExifIFD:ExifImageWidth": width, "ExifIFD:ExifImageHeight": height}
    assert {name: found.get(name) for name in expected} == expected
    assert not [name for name in found if name.startswith("IFD1:")], "the parent's thumbnail does not show the result"
    assert found.get("XMP-tiff:Orientation", 1) == 1


def faults(path):
    """What exiftool dislikes, but for what it dislikes of the parents, too: the maker and its notes are inventions."""
    known = ("MakerNotes", "Missing required")
    return [line for line in complaints(path) if not any(word in line for word in known)]


@pytest.mark.parametrize(("source", "suffix"), ROUTES)
def test_what_exiftool_validates(source, suffix, parents, tmp_path):
    parent = parents[source]
    written = write_photo(tmp_path / f"a{suffix}", parent.pixels, parent=parent, options=SOURCE)
    assert faults(written) == []


@pytest.mark.parametrize(("source", "suffix"), ROUTES)
def test_maker_notes_and_profile_come_through_bit_for_bit(source, suffix, parents, tmp_path, p3_profile):
    parent = parents[source]
    written = write_photo(tmp_path / f"a{suffix}", parent.pixels, parent=parent, options=SOURCE)
    data = written.read_bytes()
    block = read_photo(written).metadata.exif
    assert Image.open(BytesIO(data)).info["icc_profile"] == p3_profile
    if suffix != ".tif":
        before = parent.metadata.exif
        assert block.index(rich_parent.MAKER_NOTE) == before.index(rich_parent.MAKER_NOTE), "offsets in it stay true"
    else:
        assert data.index(rich_parent.MAKER_NOTE) == parent.metadata.exif.index(rich_parent.MAKER_NOTE)
    assert read_photo(written).metadata.iptc == rich_parent.IPTC


@pytest.mark.parametrize(("source", "suffix"), [*ROUTES, ("raw", ".tif"), ("raw", ".jpg")])
def test_position_goes_unless_it_is_to_stay(source, suffix, parents, tmp_path):
    parent = parents[source]
    written = write_photo(tmp_path / f"a{suffix}", parent.pixels, parent=parent)
    assert [name for name in exiftool(written) if "GPS" in name] == []
    assert read_photo(written).metadata.position is None
    assert parent.metadata.position.latitude == pytest.approx(47.375050, abs=1e-6)
    data = written.read_bytes()
    assert b"47,22.503" not in data
    assert b"GPS" not in data


def test_raw_to_tiff(parents, tmp_path):
    parent = parents["raw"]
    written = write_photo(tmp_path / "a.tif", parent.pixels, parent=parent, options=GPS_KEPT)
    found = exiftool(written)
    expected = {**CAMERA_TAGS, "ExifIFD:LensModel": "35mm F2.8", "GPS:GPSLatitudeRef": "N", "GPS:GPSLongitudeRef": "E"}
    del expected["IFD0:Artist"]
    expected |= {
        "GPS:GPSLatitude": pytest.approx(47.375050, abs=1e-6),
        "IFD0:Orientation": 1,
        "IFD0:Make": "Acme Optical",
    }
    expected |= {"IFD0:ImageWidth": 40, "IFD0:ImageHeight": 60, "IFD0:BitsPerSample": "16 16 16"}
    assert {name: found.get(name) for name in expected} == expected
    assert faults(written) == []


def test_our_own_reader_agrees(parents, tmp_path):
    for name, parent in parents.items():
        back = read_photo(write_photo(tmp_path / f"{name}.tif", parent.pixels, parent=parent, options=GPS_KEPT))
        before, after = parent.metadata, back.metadata
        for field in (
            "exposure_seconds",
            "iso",
            "f_number",
            "focal_length_mm",
            "taken_at",
            "camera",
            "lens",
            "position",
        ):
            assert getattr(after, field) == getattr(before, field), (name, field)
        assert after.orientation == 1


def test_tiff_pixels_and_layout(parents, tmp_path, rgb16):
    pixels = (rgb16 / 65535).astype(np.float32)
    for name, parent in {"none": None, **parents}.items():
        path = write_photo(tmp_path / f"{name}.tif", pixels, parent=parent)
        np.testing.assert_array_equal(tifffile.imread(path), rgb16)
        np.testing.assert_array_equal(cv2.imread(str(path), cv2.IMREAD_UNCHANGED)[..., ::-1], rgb16)
        with tifffile.TiffFile(path) as file:
            tags = [tag.code for tag in file.pages[0].tags.values()]
            assert tags == sorted(set(tags)), "in order, each once"


def test_tiff_of_many_strips(tmp_path):
    rng = np.random.default_rng(3)
    levels = rng.integers(0, 65536, (1100, 500, 3), dtype=np.uint16)
    path = write_photo(tmp_path / "a.tif", (levels / 65535).astype(np.float32))
    with tifffile.TiffFile(path) as file:
        assert len(file.pages[0].dataoffsets) > 2
    np.testing.assert_array_equal(tifffile.imread(path), levels)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".tif", ".png"])
def test_every_orientation_is_turned_once(orientation, suffix, rgb8, saved, p3_profile, tmp_path):
    """Stored turned, tagged so: read upright; written upright, and never turned again by any reader."""
    upright = cv2.resize(rgb8, (48, 32), interpolation=cv2.INTER_NEAREST)
    turned = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.transpose(1, 0, 2),
        6: np.rot90(upright),
        7: upright[::-1, ::-1].transpose(1, 0, 2),
        8: np.rot90(upright, 3),
    }[orientation]
    stored = np.ascontiguousarray(turned)
    file = BytesIO()
    Image.fromarray(stored).save(file, "TIFF", exif=_only_orientation(orientation))
    photo = read_photo(saved(file.getvalue(), "a.tif"))
    np.testing.assert_array_equal(np.rint(photo.pixels * 255), upright)
    jpeg = read_photo(saved(rich_parent.jpeg(stored, p3_profile, orientation), "b.jpg"))
    assert jpeg.pixels.shape == upright.shape
    written = write_photo(tmp_path / f"out{suffix}", photo.pixels, parent=jpeg)
    back = read_photo(written)
    assert back.metadata.orientation == 1
    assert np.abs(back.pixels - photo.pixels).max() < (0.5 if suffix == ".jpg" else 1e-4)
    assert exiftool(written)["IFD0:Orientation"] == 1
    assert Image.open(BytesIO(written.read_bytes())).size == (48, 32)


def _only_orientation(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def test_profile_choices(parents, tmp_path, p3_profile):
    parent = parents["jpeg"]
    names = {}
    for choice in OutputProfile:
        path = write_photo(tmp_path / f"{choice}.tif", parent.pixels, parent=parent, options=WriteOptions(choice))
        profile = Image.open(BytesIO(path.read_bytes())).info["icc_profile"]
        names[choice] = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile))).strip()
        np.testing.assert_allclose(read_photo(path).pixels, parent.pixels, atol=1.5 / 1023)
        assert exiftool(path)["ExifIFD:ColorSpace"] == (1 if choice is OutputProfile.SRGB else 65535)
    assert names[OutputProfile.DISPLAY_P3] == "Display P3"
    assert len(set(names.values())) == 3


def test_profile_that_cannot_be_written_is_told_before_the_work(parents, tmp_path):
    grey = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    parent = Photo(parents["jpeg"].pixels, icc_profile=grey)
    with pytest.raises(PhotoWriteError, match="choose srgb or p3"):
        write_photo(tmp_path / "a.tif", parent.pixels, parent=parent, options=SOURCE)
    assert list(tmp_path.glob("a.*")) == []


def test_what_has_no_room_in_a_jpeg_is_told(tmp_path, rgb8):
    pixels = (rgb8 / 255).astype(np.float32)
    long = rich_parent.XMP.replace("nächtlich".encode(), b"x" * 70_000)
    parent = Photo(
        pixels, Metadata(xmp=long, iptc=b"\x1c\2\x78" + b"\x80\4" + (70_000).to_bytes(4, "big") + bytes(70_000))
    )
    target = tmp_path / "a.jpg"
    assert [line.split("data")[0] for line in writing_notes(target, pixels, parent)] == [
        "a JPEG has no room for the XMP ",
        "a JPEG has no room for the IPTC ",
    ]
    write_photo(target, pixels, parent=parent)
    whole = write_photo(tmp_path / "a.tif", pixels, parent=parent)
    assert writing_notes(whole, pixels, parent) == ()
    assert exiftool(whole)["XMP-dc:Subject"] == "x" * 70_000


@pytest.mark.parametrize(
    "packet", [b"<x", b"\xff\xfe", b"", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<a>" * 100_000]
)
def test_packet_that_cannot_be_made_true_is_left_out(packet):
    assert packet_for_result(packet, 10, 10) is None


def test_packet_is_changed_only_where_it_must_be():
    kept = packet_for_result(rich_parent.XMP, 53, 37, gps=True).decode()
    assert "tiff:Orientation='1'" in kept
    assert "<exif:PixelXDimension>53</exif:PixelXDimension>" in kept
    assert "GPSLatitude" in kept
    without = packet_for_result(rich_parent.XMP, 53, 37).decode()
    assert "GPS" not in without
    assert without.count("<rdf:li>nächtlich</rdf:li>") == 1
    assert len(rich_parent.XMP.decode()) - len(without) < 100


def test_a_packet_of_much_white_space_is_read_in_no_time():
    packet = b"<a>" + b" \n" * 500_000 + b"</a>"
    assert packet_for_result(packet, 10, 10) == packet, "or the test never ends"


def test_what_is_not_true_for_a_result_goes():
    """Gain map, motion photo and Lightroom's settings of the parent, as attributes and as elements in one another."""
    packet = b"""<x xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="r"><rdf:Description xmlns:GCamera="g" xmlns:hdrgm="h"
      xmlns:Container="c" xmlns:GContainer="d" xmlns:Item="i" xmlns:crs="s" xmlns:xmp="x" GCamera:MotionPhoto="1"
      hdrgm:Version='1.0' crs:HasCrop="True" crs:Exposure2012="+2.00" xmp:Rating="4">
      <Container:Directory><rdf:Seq><rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="Primary"/></rdf:li>
      <rdf:li><Container:Item Item:Length="5000">two</Container:Item></rdf:li></rdf:Seq></Container:Directory>
      <GContainer:Directory>three</GContainer:Directory><xmp:Label>red</xmp:Label>
      <crs:Look><rdf:Description crs:Name="A"><crs:Parameters crs:B="1"><crs:C/></crs:Parameters></rdf:Description>
      </crs:Look><crs:ToneCurve><rdf:Seq><rdf:li>0, 0</rdf:li></rdf:Seq></crs:ToneCurve>
      </rdf:Description></rdf:RDF></x>"""
    left = " ".join(packet_for_result(packet, 10, 10).decode().split())
    assert left == (
        '<x xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="r"><rdf:Description xmlns:GCamera="g" xmlns:hdrgm="h" '
        'xmlns:Container="c" xmlns:GContainer="d" xmlns:Item="i" xmlns:crs="s" xmlns:xmp="x" xmp:Rating="4"> '
        "<xmp:Label>red</xmp:Label> </rdf:Description></rdf:RDF></x>"
    )


@pytest.mark.parametrize(
    "data", [b"", b"8BIM", b"8BIM\4\4", b"8BIM\4\4\xff", b"8BIM\4\4\0\0\xff\xff\xff\xff", b"junk" * 10]
)
def test_broken_resources_hold_no_record(data):
    assert record_in(data) is None


def test_record_among_other_resources():
    other = b"8BIM\4\x25\3abc" + (4).to_bytes(4, "big") + b"1234"
    assert record_in(other + as_resource(b"odd")) == b"odd"


def test_position_of_the_southern_and_western_half(saved, rgb8, p3_profile):
    data = rich_parent.jpeg(rgb8, p3_profile).replace(b"N\0\0\0\2\0\5\0", b"S\0\0\0\2\0\5\0")
    position = read_photo(saved(data, "a.jpg")).metadata.position
    assert position.latitude == pytest.approx(-47.375050, abs=1e-6)
    assert position.longitude == pytest.approx(-8.541667, abs=1e-6)
    assert position.altitude == pytest.approx(408.1)


@pytest.mark.parametrize(
    ("seconds", "f_number", "iso", "value"), [(Fraction(1, 100), 8.0, 100, 12.644), (Fraction(4), 2.0, 1600, -4.0)]
)
def test_exposure_value(seconds, f_number, iso, value):
    known = Metadata(exposure_seconds=seconds, f_number=f_number, iso=iso)
    assert known.exposure_value == pytest.approx(value, abs=1e-3)
    assert Metadata(exposure_seconds=seconds).exposure_value is None
