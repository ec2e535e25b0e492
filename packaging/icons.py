"""Icons and properties for Windows and macOS, made from the program's SVG."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def render(size: int) -> Image.Image:
    """The program's icon as RGBA pixels."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
    from PySide6.QtGui import QGuiApplication, QIcon

    application = QGuiApplication.instance() or QGuiApplication(["icons", "-platform", "offscreen"])
    pixmap = QIcon(str(ROOT / "resources" / "icons" / "app.svg")).pixmap(QSize(size, size))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "PNG")
    del application
    return Image.open(io.BytesIO(data.data())).convert("RGBA")


def write(folder: Path, version: str) -> None:
    """What this system's bundle needs."""
    if sys.platform == "win32":
        largest = render(256)
        largest.save(folder / "lsd2.ico", sizes=[(size, size) for size in SIZES if size <= 256])
        (folder / "version.txt").write_text(windows_properties(version), encoding="utf-8")
    elif sys.platform == "darwin":
        render(1024).save(folder / "lsd2.icns")


def windows_properties(version: str) -> str:
    """PyInstaller's version file."""
    numbers = (*(int(part) for part in version.split(".")[:3]), 0)
    strings = {"ProductName": "LSD2", "FileDescription": "LSD2", "FileVersion": version, "ProductVersion": version}
    table = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in strings.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004, "
        "fileType=0x1, subtype=0x0, date=(0, 0)), kids=[StringFileInfo([StringTable('040904B0', "
        f"[{table}])]), VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )
