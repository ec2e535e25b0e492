"""The language of the window: which one, and Qt's catalogues for it.

Texts are translated by `text.tr`; the catalogues are made by `packaging/translations.py`, see CONTRIBUTING.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from lsd2.resources import resource_path

_log = logging.getLogger(__name__)

AUTOMATIC, SOURCE = "auto", "en"
"""The system's language; the language that the texts are written in, which needs no catalogue."""


@dataclass(frozen=True, slots=True)
class Language:
    """`name` is the language's own word for itself, which is never translated."""

    code: str
    name: str


LANGUAGES = (Language(SOURCE, "English"), Language("de", "Deutsch"))


def resolve(chosen: str, system: Sequence[str] | None = None) -> str:
    """The code of the language to use: the chosen one, or the first of the system's that there is.

    `system` are language tags like `de-AT`, most wanted first; None asks the system.
    """
    known = [language.code for language in LANGUAGES]
    if chosen in known:
        return chosen
    wanted = QLocale.system().uiLanguages() if system is None else system
    codes = (tag.replace("_", "-").split("-")[0].lower() for tag in wanted)
    return next((code for code in codes if code in known), SOURCE)


def catalogue(code: str) -> Path:
    """The compiled catalogue of a language."""
    return resource_path(f"translations/lsd2_{code}.qm")


def use_language(app: QCoreApplication, chosen: str) -> str:
    """Have the application speak a language, before its first window is made; its code.

    A catalogue that is missing or damaged is logged, and the texts stay English.
    """
    code = resolve(chosen)
    locale = QLocale(code)
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    QLocale.setDefault(locale)
    if code != SOURCE:
        _install(app, catalogue(code))
        _install(app, Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / f"qtbase_{code}.qm")
    return code


def _install(app: QCoreApplication, path: Path) -> None:
    translator = QTranslator(app)
    if translator.load(str(path)):
        app.installTranslator(translator)
    else:
        _log.warning("the translation %s cannot be read; texts stay English", path)
