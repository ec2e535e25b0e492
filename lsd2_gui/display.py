"""The colours of the screen: which colour space it has, and pictures made ready for it."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtGui import QColorSpace, QImage

from lsd2_gui import settings as declared
from lsd2_gui.screen_profile import system_profile
from lsd2_gui.settings import Settings

_log = logging.getLogger(__name__)
_NAMED = {
    "display-p3": QColorSpace.NamedColorSpace.DisplayP3,
    "adobe-rgb": QColorSpace.NamedColorSpace.AdobeRgb,
}


def screen_space(settings: Settings, screen: int = 0) -> QColorSpace | None:
    """The colour space that the system or the user says a screen has; None where values go to it as they are.

    A profile that cannot be used is logged, and values go as they are.
    """
    chosen = settings.get(declared.DISPLAY)
    if chosen in _NAMED:
        return QColorSpace(_NAMED[chosen])
    if chosen == "system":
        return _system_space(screen)
    return _space_of(Path(settings.get(declared.DISPLAY_FILE))) if chosen == "file" else None


def _system_space(screen: int) -> QColorSpace | None:
    profile = system_profile(screen)
    if profile is None:
        return None
    space = QColorSpace.fromIccProfile(profile)
    if not space.isValidTarget():
        _log.warning("the system's profile of the screen cannot be used: values go to it as they are")
        return None
    _log.debug("the screen has the profile %s", space.description())
    return None if space == QColorSpace(QColorSpace.NamedColorSpace.SRgb) else space


def _space_of(path: Path) -> QColorSpace | None:
    try:
        space = QColorSpace.fromIccProfile(path.read_bytes())
    except OSError as error:
        _log.warning("the screen's profile %s cannot be read: %s", path, error.strerror)
        return None
    if not space.isValidTarget():
        _log.warning("%s is no profile of a screen that can be used", path)
        return None
    return space


def for_screen(image: QImage, space: QColorSpace) -> QImage:
    """The sRGB picture in the colours of a screen."""
    image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    image.convertToColorSpace(space)
    return image
