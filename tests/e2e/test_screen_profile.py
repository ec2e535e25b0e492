"""The profile that an X server keeps for its screen."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColorSpace

from lsd2_gui.screen_profile import _x11, x11_profile
from tests.e2e.screen import Screen


@pytest.fixture
def server() -> Iterator[Screen]:
    screen = Screen.start(320, 240)
    yield screen
    screen.stop()


def keep(display: str, name: str, profile: bytes) -> None:
    """Set a property of the root window, as colord does."""
    x11 = _x11()
    x11.XChangeProperty.argtypes = [
        ctypes.c_void_p, *[ctypes.c_ulong] * 3, ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int,
    ]  # fmt: skip
    connection = x11.XOpenDisplay(display.encode())
    atom, cardinal = (x11.XInternAtom(connection, word.encode(), 0) for word in (name, "CARDINAL"))
    x11.XChangeProperty(connection, x11.XDefaultRootWindow(connection), atom, cardinal, 8, 0, profile, len(profile))
    x11.XCloseDisplay(connection)


def test_profiles_of_screens_are_found(server: Screen) -> None:
    assert x11_profile(server.display) is None
    made = {
        name: bytes(QColorSpace(space).iccProfile().data())
        for name, space in (
            ("_ICC_PROFILE", QColorSpace.NamedColorSpace.DisplayP3),
            ("_ICC_PROFILE_1", QColorSpace.NamedColorSpace.AdobeRgb),
        )
    }
    for name, profile in made.items():
        keep(server.display, name, profile)
    assert x11_profile(server.display) == made["_ICC_PROFILE"]
    assert x11_profile(server.display, 1) == made["_ICC_PROFILE_1"]
    assert x11_profile(server.display, 2) is None


def test_a_screen_that_is_not_there_has_none() -> None:
    assert x11_profile(":9876") is None
