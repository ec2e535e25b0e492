"""The profile that the system has for a screen, as far as it tells: on X11 and on Windows.

Qt does not know it.  X11 keeps profiles as properties of the root window (ICC Profiles in X Specification 0.4), which
colord and every calibration set; Windows names the file of the main screen.  On Wayland and macOS nothing is asked for.
"""

from __future__ import annotations

import ctypes
import logging
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication

_log = logging.getLogger(__name__)
_MOST_LONGS = 1 << 22
"""Of a property that are asked for, four bytes each; profiles with large tables take some megabytes."""
_SUCCESS, _BYTES = 0, 8


def system_profile(screen: int = 0) -> bytes | None:
    """The ICC profile of the screen with that index; None where the system has none or does not tell."""
    try:
        if QGuiApplication.platformName() == "xcb":
            return x11_profile(None, screen)
        if sys.platform == "win32":
            return _windows_profile()
    except (OSError, AttributeError) as error:  # a library that is not there, or is another one
        _log.warning("the system's profile of the screen cannot be asked for: %s", error)
    return None


def x11_profile(display: str | None, screen: int = 0) -> bytes | None:
    """The profile that an X server keeps for a screen; `display` as in `:0`, None is the environment's."""
    x11 = _x11()
    connection = x11.XOpenDisplay(display.encode() if display is not None else None)
    if not connection:
        return None
    try:
        return _property(x11, connection, f"_ICC_PROFILE_{screen}" if screen else "_ICC_PROFILE")
    finally:
        x11.XCloseDisplay(connection)


def _x11() -> ctypes.CDLL:
    x11 = ctypes.CDLL("libX11.so.6")  # Qt's plugin for X11 has loaded it already
    pointer, number, word = ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int
    x11.XOpenDisplay.restype, x11.XOpenDisplay.argtypes = pointer, [ctypes.c_char_p]
    x11.XCloseDisplay.argtypes = [pointer]
    x11.XDefaultRootWindow.restype, x11.XDefaultRootWindow.argtypes = number, [pointer]
    x11.XInternAtom.restype, x11.XInternAtom.argtypes = number, [pointer, ctypes.c_char_p, word]
    x11.XGetWindowProperty.argtypes = [
        pointer, number, number, ctypes.c_long, ctypes.c_long, word, number,
        *[pointer] * 5,
    ]  # fmt: skip
    x11.XFree.argtypes = [pointer]
    return x11


def _property(x11: ctypes.CDLL, connection: int, name: str) -> bytes | None:
    """A property of the root window that is a row of bytes; None where there is none."""
    atom = x11.XInternAtom(connection, name.encode(), 1)
    if not atom:
        return None
    kind, form = ctypes.c_ulong(), ctypes.c_int()
    count, left, data = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_void_p()
    found = x11.XGetWindowProperty(
        connection, x11.XDefaultRootWindow(connection), atom, 0, _MOST_LONGS, 0, 0,
        *(ctypes.byref(value) for value in (kind, form, count, left, data)),
    )  # fmt: skip
    if found != _SUCCESS or not data.value:
        return None
    try:
        is_whole = form.value == _BYTES and not left.value
        return ctypes.string_at(data.value, count.value) if is_whole and count.value else None
    finally:
        x11.XFree(data)


def _windows_profile() -> bytes | None:
    """That of the main screen."""
    libraries = ctypes.windll  # type: ignore[attr-defined, unused-ignore]
    context = libraries.user32.GetDC(None)
    try:
        size, name = ctypes.c_ulong(1024), ctypes.create_unicode_buffer(1024)
        found = libraries.gdi32.GetICMProfileW(ctypes.c_void_p(context), ctypes.byref(size), name)
        return Path(name.value).read_bytes() if found and name.value else None
    finally:
        libraries.user32.ReleaseDC(None, ctypes.c_void_p(context))
