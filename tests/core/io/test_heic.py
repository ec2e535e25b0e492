"""HEIC files arrive upright, once, with their profile and EXIF block; broken ones are refused.

No library that this project may use writes HEIC, so that three small files are kept here as text: the picture below,
with a little red block towards its upper left corner, was encoded by libheif with x265, quality 75, 4:4:4.
"""

from __future__ import annotations

import base64
import zlib
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from lsd2.errors import PhotoReadError
from lsd2.io.colour import to_display
from lsd2.io.decoders import heic
from lsd2.io.decoders.base import MAX_PIXELS, Samples
from lsd2.io.read import inspect, read_photo
from lsd2.io.write import write_photo


def picture() -> np.ndarray:
    """40 rows by 56 columns, uint8 RGB."""
    y, x = np.mgrid[:40, :56]
    pixels = np.stack([x * 4 + 20, y * 5 + 20, np.full_like(x, 60)], axis=-1).astype(np.uint8)
    pixels[4:14, 6:20] = (240, 30, 30)
    return pixels


def unpacked(text: str) -> bytes:
    return zlib.decompress(base64.b64decode(text))


TURNED = unpacked(
    """
    eNpjYGCQSSupLMhIzaxgAILczDRDEDs3MzGNgYF5RW5qSSIDBChmpOQUQdkMBZnJJQxowCQzJz8ZxHBxYGBiYASxmM9AaAYGxtNAMSBgnQ4TYegC
    YovMzLw0MA8kKwrkpIKVAdVklCUbMiAJMoKUuFZkgpXzFWSW5DJAVTI9zywoKgDSxzILkvOBYuVAvc6MLBxwp8l9YPjz/8cPBgZ+5gSgDnEHRh7G
    //9BCpgZ5lmASAa5XUwOiUA5LSdGRlSJCSwCCpvuxky5bs7Iy8YCEksBESwKSUDlHC6MB4slDDgmAF3yJTk/p6igKB/oQsYXYD85AEM0r6QoyN1J
    ISIySgE5tBKTiwsY8IJv1yBBdVmXgXTAmZJaDIqMD0CcUV5SAIwtxgggWyS5oAjEzgGyeYuAjgKya0Di6RD2BBA7CcJeAmIXhQQ5A9k7QIGeDmGf
    ALGTIOwbIDbULhDgzU1MSVVIqlTISMxLYaAyQIQhImxKUivAKTEvPy8VVU3zfQYG2/3////fjRDz2s/AsNGcgYFrJ0JMAxjPgtwMDCd2JpcWlUGt
    YmQCxiIhPih8MosLUqFiDlCskZyTCIpbC0jyZNAA0UB3/AAlCSD9AprcgYm4IhNsGCilcmYW5ZcA0xuDZGZBLizTMTIwsjUyMbO2tAE5UplFqWlQ
    Cb7kFGCYg7IZKAPE5qYkgmL1uAbjepaK91OLTnxq+OhSdXn/TvbNG1If/U3M6p/Z2l4WFdOtNP3lo45rxd8OtU1W/HTo8Ivg0AdnlNR5bSZOD3h8
    w/bD17LNJjt9U+qinUVn5VpmnfTc5u8/M65zW+NX5tnuSp8Urj/un3/wy1lz/4qDIvMLo9sZe8zzVv998PHHzFcvPjLNWGekt6jfQkH8J7tE6/ln
    /rH+FnISE6dKa0/jPnHcwkdgKZN3nWuIxtZN6/2WXauJjn6leOGY6HuBeXwZuxe/WHJkxgYZsaqTGy9VbrNe+2ma98/LT44Wfq1z/3ZlafqZPaJb
    8xY7x/wMXJvZZbRn3Tfj/AtTT7X8Pqr7c0l59ZSHr16F2rxVEBNPerRs87pIX+1lhc+PVFSd8r8e8zdsCqM+c3Rt/XndYLPX8+ZXReZf71gz8bpe
    Vcpx/bfShzRU3Xl4e88vWJV5z+e/6+537sfqpikcMmVeJMCoOmllxLnuumP831JTubfJ25oLPfgjVfJt8wNp9eLP5vkvLgiqvph3gttHXnZlSVH5
    8tWJk6df6GndHNPweZrv6hmv1/SKHku7Jr6vy/K0nY/GPZara37fyon9/qo8P+Tl4bT7evmB3uo2ikkrtQ+6+LSVRFXUm0Yuj+C6E3rOVgIYwWyQ
    os7Xl0ELyONgYGEUACcaTiC2YxQClUzAqGdjYGjPZGCBJjSPDlU4Ow+UShyTc1MV/MEZg6lpFgMrVC6tQx2in80BnrcYwYmSEVLMMjD5QYUBIgSJ
    dw==
    """
)
TEN_BITS = unpacked(
    """
    eNpjYGCQSSupLMhIzaxgAILczDRDEDs3MzGNgYGxOje1JJEBAhQzUnKKoGyGgszkEgY0oJSZk58MYrg4MDACIRAwzofQQFYvkFDOzMxLg3CBWBTI
    SWWC8jLKkg1BTL6CzJJcuJLfmQVFBUD6dmZBcj6QLgMqc2Zk4YDbKfeB4c//X78YGPiZE4A6xB0YeRj//wcpYGaYYwEiGeR2MTkkAuU0nRgZUSUm
    sAgozNa9etK3uEDgQoIDAwObA0jCKQmomsOF8WCxhAHHBKAlwsn5OUV5yTkVQHFeBrYGoJBIZnFBKtQNDlCskZyTCHKsBdTxGiD6////P4A0E5B+
    AaIhXqzIBPuQC0hIZBbkwoIYGGqsjUzMrC1A5tTclERgEDN2ajCuZ6n4NHuWodTZGeKOahOW/42X3Gezcvps/zMPVztzOf9Niuf/knww4W++idQx
    2e3xDbWLur5GPTsz63jSHOuwV11yfZIqu3aELM8ofbKeefodjQdRa1tXJ+q1Pt/vfq2lZ1kvs/7FSfyXfqVfuVyyiPtK/yelRRotz34V5O18x33g
    hcIr+3I9xh9yuht/ulyUdWZirz8woVVK+svPKIfaQw3i79auCDTbcfG6vuxsHsappqnH/i3XiKhU/pS7WnmTkEuz2OUrvz7zWCisFOWZXVbt8vRi
    yJt77QeNL1n7f7u5TFMqobRPLS/53QRGtZe1GoVR5+qvC13entp04FpFHrtmrair4NNZ7bfFnzPP/9W8/P/8Cw7RLzf8NBdSP/3ncNj3+GkPqnbJ
    6txd+UVSb355kP78rcE1/070Htw3/ejnyfp5r1+ffeN/yDQryDLhasyfSxocmYsjqk822f7x/OLIx/jBMkek/t85t6LP68255eVmXv0fbCHf+CTa
    4eBf6XPTji5u/mfBd1e2J/KNzY/HzdufBTx+fVTwhQQATEgVnw==
    """
)
TRANSPARENT = unpacked(
    """
    eNpjYGCQSSupLMhIzaxgAILczDRDEDs3MzGNgYEpJje1JJEBAhQzUnKKoGyGgszkEgY0YJKZk58MYrg4MDAxMIJYTA0QmoGB8TRQDAhYvGEiDHxA
    bJGZmZcG5oFkRYGcVLAyoJqMsmRDBhRBJoQgX0FmSS4DVCXj7MyCogIgXZxZkJwPFCsHKnNmZOGAO03uA8Of/z9+MDDwMycAdYg7MPIw/v8PUsDM
    MM8CRDLI7WJySATKaTkxMqJKTGARUNh0N2bKdXNGXjYWkFgKiGBRSAIq53BhPFgsYcAxAWiLcHJ+TlFeck4FUJyXga0BKCSSWVyQCnWEAxRrJOck
    FoD8DnE9gwaI/v///w+QF4H0C2hoAP1YkQn2IsgjBdj89AeHn+b/QPGTKtxPMIkDTSxi0asnzXp2AOhKngaQYAvIO2wg7xzoBBqvnlha4Qyyp7Qo
    zyq3IDXdKiO1LNnKyMDQ1AoolZliBY4IhcyCXFgKAUY6ayMTM2sLAxNrGzNrewtQTCqzKDUNFuFAfTngpAGKtIe5KYnANMR4XINxPUvF+6lFJz41
    fHSpurx/J/vmDamP/iZm9c9sbS+LiulWmv7yUce14m+H2iYrfjp0+EVw6IMzSuq8NhOnBzy+Yfvha9lmk52+KXXRzqKzci2zTnpu8/efGde5rfEr
    82x3pU8K1x/3zz/45ay5f8VBkfmF0e2MPeZ5q/8++Phj5qsXH5lmrDPSW9RvoSD+k12i9fwz/1h/CzmJiVOltadxnzhu4SOwlMm7zjVEY+um9X7L
    rtVER79SvHBM9L3APL6M3YtfLDkyY4OMWNXJjZcqt1mv/TTN++flJ0cLv9a5f7uyNP3MHtGteYudY34Grs3sMtqz7ptx/oWpp1p+H9X9uaS8esrD
    V69Cbd4qiIknPVq2eV2kr/aywudHKqpO+V+P+Rs2hVGfObq2/rxusNnrefOrIvOvd6yZeF2vKuW4/lvpQxqq7jy8vecXrMq85/Pfdfc792N10xQO
    mTIvEmBUnbQy4lx33TH+b6mp3Nvkbc2FHvyRKvm2+YG0evFn8/wXFwRVX8w7we0jL7uypKh8+erEydMv9LRujmn4PM139YzXa3pFj6VdE9/XZXna
    zkfjHsvVNb9v5cR+f1WeH/LycNp9vfxAb3UbxaSV2gddfNpKoirqTSOXR3DdCT1nKwGMYC4NxnUcH+Y8PqwTAwAJo2Sc
    """
)
"""EXIF orientation 6, which the container repeats; profile: Display P3's primaries, gamma 2.4."""

SAMPLES = {"turned": TURNED, "ten bits": TEN_BITS, "transparent": TRANSPARENT}
LOSS = 12 / 255
"""Of this quality; the picture turned or mirrored differs by 200 levels."""


def test_turned_exactly_once(saved, tmp_path):
    path = saved(TURNED, "a.heic")
    photo = read_photo(path)
    upright = np.rot90(picture(), -1)
    expected, _ = to_display(Samples(upright, 255), photo.icc_profile)
    # The conversion from P3 makes more of the loss in dark greens.
    np.testing.assert_allclose(photo.pixels, expected, atol=2 * LOSS)
    assert inspect(path).upright_size == inspect(path).stored_size == (40, 56)
    written = write_photo(tmp_path / "a.jpg", photo.pixels, parent=photo)
    with Image.open(written) as image:
        assert image.getexif()[0x0112] == 1
    np.testing.assert_allclose(read_photo(written).pixels, expected, atol=3 * LOSS)


def test_what_the_camera_wrote_is_kept(saved):
    photo = read_photo(saved(TURNED, "a.heic"))
    assert photo.metadata.file_format == "HEIC"
    assert photo.metadata.camera == "Acme One"
    assert (photo.metadata.exposure_seconds, photo.metadata.iso) == (Fraction(1, 2), 1600)
    assert photo.metadata.exif.startswith((b"II*\0", b"MM\0*"))
    assert photo.metadata.orientation == 1, "the pixels as stored, as libheif gives them, are upright"
    assert photo.icc_profile[16:20] == b"RGB "
    assert photo.notes[0] == "its colours are converted from made by hand to sRGB"


def test_ten_bits_are_kept(saved):
    photo = read_photo(saved(TEN_BITS, "a.heic"))
    np.testing.assert_allclose(photo.pixels, picture() / 255, atol=LOSS)
    assert photo.metadata.bit_depth == 10
    levels = photo.pixels * 1023
    np.testing.assert_allclose(levels, np.rint(levels), atol=1e-3)
    assert (np.rint(levels) % 4).any(), "finer steps than 8 bits have"
    assert photo.notes == ()


def test_transparency_is_dropped_with_a_note(saved):
    path = saved(TRANSPARENT, "a.heic")
    photo = read_photo(path)
    np.testing.assert_allclose(photo.pixels, picture() / 255, atol=LOSS)
    assert photo.notes == ("transparency was dropped",)
    assert inspect(path).channels == 4


def test_name_and_brand_do_not_matter(saved):
    """Some phones write the brand of any HEIF file first."""
    data = TEN_BITS.replace(b"ftypheix", b"ftypmif1")
    np.testing.assert_array_equal(read_photo(saved(data, "a.jpg")).pixels, read_photo(saved(TEN_BITS, "b.heic")).pixels)


def refused(path) -> str:
    with pytest.raises(PhotoReadError) as caught:
        read_photo(path)
    assert str(caught.value).isprintable()
    return str(caught.value)


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_cut_anywhere_is_refused(name, saved, data):
    whole = SAMPLES[name]
    refused(saved(whole[: data.draw(st.integers(0, len(whole) - 1))], "cut"))


@pytest.mark.parametrize("name", SAMPLES)
def test_changed_bytes_never_raise_anything_else(name, saved):
    """The same changes at every run: a crash of the library would end the whole test run."""
    rng = np.random.default_rng(6)
    whole = np.frombuffer(SAMPLES[name], np.uint8)
    for changes in rng.integers(1, 5, 60):
        damaged = whole.copy()
        damaged[rng.integers(0, len(whole), changes)] = rng.integers(0, 256, changes)
        path = saved(damaged.tobytes(), "damaged")
        try:
            pixels = read_photo(path).pixels
        except PhotoReadError:
            refused(path)
        else:
            assert 0 <= pixels.min() <= pixels.max() <= 1


@pytest.mark.parametrize("kind", [b"\xe0xif", b"Ex\xe1f"])
def test_item_type_that_is_no_text_is_refused(kind, saved):
    """The library crashes when it is asked for metadata of such a type."""
    assert TURNED.count(b"Exif\0\0\0\0\x0epitm") == 1
    assert "damaged" in refused(saved(TURNED.replace(b"Exif\0\0\0\0\x0epitm", kind + b"\0\0\0\0\x0epitm"), "a.heic"))


def test_claimed_size_is_judged_before_decoding(saved, monkeypatch):
    """The size stands in the ispe property, which another one may crop to the few pixels that are said to be seen."""
    place = TEN_BITS.index(b"ispe") + 8
    data = TEN_BITS[:place] + (20_000).to_bytes(4, "big") * 2 + TEN_BITS[place + 8 :]
    assert MAX_PIXELS < 20_000**2
    decoded = []
    monkeypatch.setattr(heic, "samples", lambda *_: decoded.append(1))
    assert "above the limit" in refused(saved(data, "a.heic"))
    assert decoded == []


def test_size_that_the_picture_does_not_have(saved):
    place = TEN_BITS.index(b"ispe") + 8
    data = TEN_BITS[:place] + (57).to_bytes(4, "big") + TEN_BITS[place + 4 :]
    assert "damaged" in refused(saved(data, "a.heic"))


def test_colours_told_by_number_are_noted(saved):
    place = TEN_BITS.index(b"nclx") + 4
    data = TEN_BITS[:place] + (9).to_bytes(2, "big") + (16).to_bytes(2, "big") + TEN_BITS[place + 4 :]
    assert read_photo(saved(data, "a.heic")).notes == ("its colours (Rec. 2020, HDR, PQ) are taken as sRGB",)
