"""What belongs into the packaged program: an allow-list of packages, and of Qt's plugins.

A package that is imported and not listed here ends the build, so that nothing slips in unseen.
"""

from __future__ import annotations

import fnmatch
import re
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

APP_ID = "local.lsd2.lsd2"
"""AppStream and macOS want a name in reverse-domain form; the project has none, and `local` is nobody's (RFC 6762)."""
PAGES = ("LICENSE", "THIRD_PARTY.md", "docs")
"""What the program shows of the top folder; `lsd2.resources.shipped_page` finds them."""
PROGRAMS = {"lsd2": ("command", ["lsd2"]), "lsd2-gui": ("window", ["lsd2", "lsd2_gui"])}
"""Executables: the script in `entries`, never with a package's name, and the packages that each takes whole."""
HIDDEN_IMPORTS = [
    # imagecodecs and tifffile load codecs by name when a file needs them.
    *(
        f"imagecodecs._{name}"
        for name in ("shared", "shared_cython", "imcd", "cms", "png", "webp", "avif", "jpeg8", "zlib", "deflate")
    ),
    *(f"imagecodecs._{name}" for name in ("tiff", "zstd", "lzma", "jpeg2k", "lerc", "jpegxl")),
    "onnxruntime.capi._pybind_state",
]
PACKAGES = {
    "lsd2", "lsd2_gui", "numpy", "cv2", "PIL", "PySide6", "shiboken6", "exifread", "tifffile", "imagecodecs", "pi_heif",
    "_pi_heif", "platformdirs", "rawpy", "safetensors", "onnxruntime", "threadpoolctl", "reportlab",
    "typing_extensions",
}  # fmt: skip
"""Third-party packages, besides Python's own modules."""
LEFT_OUT = [
    "torch", "onnx", "onnxscript", "scipy", "skimage", "sympy", "mpmath", "networkx", "matplotlib", "IPython",
    "pytest", "_pytest", "hypothesis", "setuptools", "pkg_resources", "pip", "wheel", "tkinter", "unittest.mock",
    "lib2to3", "mypy", "h5py", "jax", "jaxlib", "tensorflow", "mlx", "paddle", "pandas", "zarr", "fsspec",
    "imageio", "flatbuffers", "google.protobuf", "numpy.f2py", "numpy.testing", "PySide6.QtQml", "PySide6.QtQuick",
    "dask", "xarray", "defusedxml", "onnxruntime.quantization", "onnxruntime.tools", "onnxruntime.transformers",
    "onnxruntime.datasets", "packaging", "olefile", "pyarrow", "numcodecs", "kerchunk", "lxml", "psutil", "yaml",
    "requests", "curses", "readline", "doctest", "charset_normalizer", "pygments", "rlPyCairo",
]  # fmt: skip
"""Packages that those above import if they are there, and that the program never uses."""
UNWANTED = [
    "*/Qt/qml/*", "*/libqeglfs*", "*/libqlinuxfb*", "*/libqvnc*", "*/libqminimal*",
    "*/libqvkkhrdisplay*", "*/egldeviceintegrations/*", "*/libqgtk3*", "*/plugins/networkinformation/*",
    "*/plugins/tls/*", "*/plugins/generic/*", "*/plugins/qmltooling/*", "*/plugins/printsupport/*",
    "*/plugins/sqldrivers/*", "*/plugins/platforminputcontexts/libqtvirtual*", "*libQt6Qml*", "*libQt6Quick*",
    "*libQt6VirtualKeyboard*", "*libQt6Network*", "*libQt6Pdf*", "*libQt6EglFS*", "*Qt6Network*",
    "*/imageformats/*qpdf*", "*/QtNetwork*", "*/rawpy/*.pyi", "*opencv_videoio_ffmpeg*", "*/cv2/qt/*",
    "*.dist-info/RECORD", "*.dist-info/INSTALLER", "*libQt6EglFs*",
]  # fmt: skip
"""Plugins and libraries of Qt that a window does not need, and what wheels carry for others; by path in the bundle."""
OF_THE_SYSTEM = [
    "libgtk-3", "libgdk-3", "libgdk_pixbuf-2.0", "libcairo", "libcairo-gobject", "libpango", "libpango-1.0",
    "libpangocairo-1.0", "libpangoft2-1.0", "libatk", "libatk-1.0", "libatk-bridge-2.0", "libgio", "libgio-2.0",
    "libgobject", "libgobject-2.0", "libgmodule", "libgmodule-2.0", "libglib", "libglib-2.0", "libgthread",
    "libgthread-2.0", "libharfbuzz", "libfribidi", "libthai", "libdatrie", "libepoxy", "libpixman", "libpixman-1",
    "libfontconfig", "libfreetype", "libdbus", "libdbus-1", "libsystemd", "libmount", "libblkid", "libselinux",
    "libpcre", "libpcre2-8", "libgcrypt", "libgpg-error", "libcap", "libexpat", "libpng16", "libbrotli",
    "libbrotlidec", "libbrotlicommon", "libz", "libuuid", "libwayland-server", "libstdc++", "libgcc_s", "libX11",
    "libXext", "libXau", "libXdmcp", "libxcb", "libbsd", "libmd", "libgraphite2",
]  # fmt: skip
"""Libraries that every desktop has and that must be its own; those of wheels have a number in their names, and stay."""
_PYINSTALLERS_OWN = re.compile(r"^(pyi|_pyi|pyimod)")
_QT_CATALOGUE = re.compile(r"^/PySide6/(?:Qt/)?translations/(.+)$")


def is_wanted(name: str) -> bool:
    """Whether a file, by its path in the bundle, belongs into it."""
    path = "/" + PurePosixPath(name.replace("\\", "/")).as_posix()
    if path.count("/") == 1 and path[1:].split(".so")[0] in OF_THE_SYSTEM:
        return False
    catalogue = _QT_CATALOGUE.match(path)
    if catalogue:
        return catalogue[1] in {f"qtbase_{code}.qm" for code in languages()}
    return not any(fnmatch.fnmatch(path, pattern) for pattern in UNWANTED)


def languages() -> list[str]:
    """Codes of the languages that the window speaks besides English."""
    catalogues = (Path(__file__).resolve().parents[1] / "resources" / "translations").glob("lsd2_*.qm")
    return sorted(path.stem.removeprefix("lsd2_") for path in catalogues)


def pages(root: Path) -> list[tuple[str, str]]:
    """The pages that the program shows, and the folders of the bundle that they go into."""
    return [(str(root / name), f"resources/pages/{name if (root / name).is_dir() else ''}") for name in PAGES]


def check_modules(pure: Iterable[tuple[str, str, str]], binaries: Iterable[tuple[str, str, str]]) -> None:
    """End the build if a package came along that nobody listed."""
    found = {name.split(".")[0] for name, source, _ in pure if source and "site-packages" in source}
    found |= {
        PurePosixPath(name.replace("\\", "/")).parts[0].removesuffix(".libs").split(".")[0]
        for name, source, kind in binaries
        if kind == "EXTENSION" and "site-packages" in source
    }
    strangers = {
        name for name in found - PACKAGES if not _PYINSTALLERS_OWN.match(name) and not name.endswith("__mypyc")
    }
    if strangers:
        raise SystemExit(f"packages that are in neither list of bundle_rules.py: {', '.join(sorted(strangers))}")


def version(root: Path) -> str:
    """The program's version, from the one place where it stands."""
    text = (root / "core" / "lsd2" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    if not found:
        raise SystemExit("core/lsd2/__init__.py names no version")
    return found[1]


def icon(root: Path) -> str | None:
    """The programs' icon; on Linux the desktop file names it."""
    suffix = {"win32": "ico", "darwin": "icns"}.get(sys.platform)
    return str(root / "build" / "package" / f"lsd2.{suffix}") if suffix else None


def version_file(root: Path) -> str | None:
    """Windows shows what stands in it as a program's properties."""
    return str(root / "build" / "package" / "version.txt") if sys.platform == "win32" else None
