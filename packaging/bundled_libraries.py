"""The libraries inside wheels: a licence text must speak of each; one that nobody listed ends the build."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_GCC, _FFMPEG, _QT = "GCC RUNTIME LIBRARY EXCEPTION", "FFmpeg is redistributed", "Qt for Python's wheels"
WORDS = {
    "aom": "Alliance for Open Media", "avcodec": _FFMPEG, "avformat": _FFMPEG, "avif": "libavif", "avutil": _FFMPEG,
    "brotlicommon": "Brotli", "brotlidec": "Brotli", "brotlienc": "Brotli", "crypto": "OpenSSL", "de": "libde265",
    "deflate": "libdeflate", "drm": "libdrm", "freetype": "FreeType", "gfortran": _GCC, "gomp": _GCC,
    "harfbuzz": "HarfBuzz", "heif": "libheif", "icudata": "ICU", "icui": "ICU", "icuuc": "ICU",
    "jasper": "JasPer License", "jpeg": "Independent JPEG Group", "jxl": "JPEG XL Project", "lcms": "Marti Maria",
    "Lerc": "LICENSE-lerc", "lzma": "liblzma", "openblasp": "OpenBLAS", "openjp": "OpenJPEG", "png": "libpng",
    "pyside": _QT, "quadmath": _GCC, "raw": "LibRaw", "scipy_openblas": "OpenBLAS", "sharpyuv": "WebP",
    "shiboken": _QT, "ssl": "OpenSSL", "swresample": _FFMPEG, "swscale": _FFMPEG, "tiff": "Sam Leffler",
    "vpx": "libvpx", "webp": "WebP", "webpdemux": "WebP", "webpmux": "WebP", "Qt": _QT, "Xau": "Xau", "xcb": "XCB",
    "z": "Jean-loup Gailly", "zstd": "Zstandard",
}  # fmt: skip
"""The part of a library's name before digits and signs, and words that its licence text, or that file's name, has."""
_NAME = re.compile(r"^lib(scipy_openblas|[A-Za-z]+)")


def check(bundle: Path, texts: Iterable[Path]) -> None:
    """Raise `SystemExit` naming the libraries that no text speaks of."""
    said = " ".join(_words(path) for path in texts).lower()
    silent = [name for name in libraries(bundle) if WORDS.get(stem(name), name).lower() not in said]
    if silent:
        raise SystemExit(f"no licence text speaks of: {', '.join(silent)}; see {Path(__file__).name}")


def _words(path: Path) -> str:
    return " ".join((path.name, *path.read_text(encoding="utf-8", errors="replace").split()))


def libraries(bundle: Path) -> Iterator[str]:
    """Names of the shared libraries inside wheels; Linux."""
    inside = bundle / "_internal"
    for path in sorted(inside.glob("*/**/lib*.so*")):
        if not path.is_symlink() and not {"plugins", "onnxruntime"} & set(path.parts):
            yield path.name


def stem(library: str) -> str:
    """`libpng16-1d1ba958.so.16.58.0` is `png`."""
    found = _NAME.match(library)
    return found[1] if found else library
