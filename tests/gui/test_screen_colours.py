"""The colours of the screen: the profile that is used, and that the picture follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QColorSpace, QImage

from lsd2_gui import display
from lsd2_gui import settings as declared
from lsd2_gui.display import for_screen, screen_space
from lsd2_gui.main_window import MainWindow
from lsd2_gui.settings import Settings

# ---- the screen's colours ----


def test_the_systems_profile_is_used(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb)
    asked: list[int] = []

    def profile(screen: int) -> bytes:
        asked.append(screen)
        return bytes(wide.iccProfile().data())

    monkeypatch.setattr(display, "system_profile", profile)
    space = screen_space(settings, 3)
    assert space is not None
    assert (space.primaries(), asked) == (wide.primaries(), [3])
    settings.put(declared.DISPLAY, "srgb")
    assert screen_space(settings, 3) is None
    assert asked == [3]


@pytest.mark.qt_log_ignore("fromIccProfile")
@pytest.mark.parametrize("profile", [None, b"no profile", "srgb"])
def test_without_a_usable_profile_of_the_system_values_go_as_they_are(
    profile: bytes | str | None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    if profile == "srgb":
        profile = bytes(QColorSpace(QColorSpace.NamedColorSpace.SRgb).iccProfile().data())
    monkeypatch.setattr(display, "system_profile", lambda screen: profile)
    assert screen_space(settings) is None


@pytest.mark.qt_log_ignore("fromIccProfile")
def test_colours_go_as_they_are_at_first_and_where_the_profile_is_bad(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert screen_space(settings) is None
    settings.put(declared.DISPLAY, "file")
    settings.put(declared.DISPLAY_FILE, str(tmp_path / "none.icc"))
    assert screen_space(settings) is None
    bad = tmp_path / "bad.icc"
    bad.write_bytes(b"no profile")
    settings.put(declared.DISPLAY_FILE, str(bad))
    assert screen_space(settings) is None
    assert "none.icc cannot be read" in caplog.text
    assert "bad.icc is no profile" in caplog.text


def test_a_profile_from_a_file_is_used(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "p3.icc"
    path.write_bytes(bytes(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data()))
    settings.put(declared.DISPLAY, "file")
    settings.put(declared.DISPLAY_FILE, str(path))
    space = screen_space(settings)
    assert space is not None
    red = QImage(1, 1, QImage.Format.Format_RGB32)
    red.fill(QColor(255, 0, 0))
    # sRGB's red within Display P3, computed by the matrices of both (SMPTE EG 432-1, IEC 61966-2-1).
    shown = for_screen(red, space).pixelColor(0, 0)
    assert (shown.red(), shown.green(), shown.blue()) == pytest.approx((234, 51, 35), abs=1)


def test_the_picture_follows_the_preference(window: MainWindow) -> None:
    assert window.canvas.screen_space is None
    window.controller.settings.put(declared.DISPLAY, "display-p3")
    assert window.canvas.screen_space == QColorSpace(QColorSpace.NamedColorSpace.DisplayP3)
