"""Small pictures and files that the tests of reading and writing share, made by other libraries' writers."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms
from PIL.TiffImagePlugin import IFDRational

EXIF_IFD, GPS_IFD = 0x8769, 0x8825


@pytest.fixture(scope="session")
def rgb8() -> NDArray[np.uint8]:
    """A noisy picture of odd size, 37 rows by 53 columns: no flip or turn of it looks like another."""
    return np.random.default_rng(1).integers(0, 256, (37, 53, 3), dtype=np.uint8)


@pytest.fixture(scope="session")
def rgb16() -> NDArray[np.uint16]:
    return np.random.default_rng(2).integers(0, 65536, (37, 53, 3), dtype=np.uint16)


@pytest.fixture(scope="session")
def encoded() -> Callable[..., bytes]:
    """Pillow's encoding of an array: `encoded(array, "PNG", exif=...)`."""

    def encode(array: NDArray[np.uint8] | Image.Image, file_format: str, **options: object) -> bytes:
        file = BytesIO()
        image = array if isinstance(array, Image.Image) else Image.fromarray(array)
        image.save(file, file_format, **options)
        return file.getvalue()

    return encode


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[bytes, str], Path]:
    """`saved(data, "a.jpg")`: the path of a file with this content."""

    def save(data: bytes, name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return save


@pytest.fixture(scope="session")
def camera_exif() -> bytes:
    """An EXIF block as a camera writes it, with its TIFF header first; orientation 6, half a second at ISO 1600."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Acme Optical", "Acme One", 6
    inner = exif.get_ifd(EXIF_IFD)
    inner.update({0x829A: IFDRational(1, 2), 0x829D: IFDRational(28, 10), 0x920A: IFDRational(35, 1)})
    inner.update({0x8827: 1600, 0xA434: "35mm F2"})
    inner.update({0x9003: "2024:05:01 21:03:04", 0x9291: "25", 0xA002: 4000, 0xA003: 3000})
    exif.get_ifd(GPS_IFD)[1] = "N"
    return exif.tobytes().removeprefix(b"Exif\0\0")


@pytest.fixture(scope="session")
def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.fixture(scope="session")
def swapped_profile(srgb_profile: bytes) -> bytes:
    """A sound RGB profile that is not sRGB: its red and green primaries have changed places."""
    return srgb_profile.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
