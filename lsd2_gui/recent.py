"""The pairs that were opened last, and their menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from lsd2.io.on_disk import is_file
from lsd2_gui import settings as declared
from lsd2_gui.setting_kinds import RecentPair
from lsd2_gui.settings import Settings
from lsd2_gui.text import tr

MOST = 10


def remember(settings: Settings, pair: RecentPair) -> None:
    """Put a pair in front; the same two photos with other roles are the same pair."""
    kept = [known for known in settings.get(declared.RECENT) if set(known) != set(pair)]
    settings.put(declared.RECENT, (pair, *kept)[:MOST])


def pair_words(pair: RecentPair) -> str:
    """`IMG_1.jpg + IMG_2.jpg  (Holidays)`."""
    short, long = pair
    return tr("{0} + {1}  ({2})").format(short.name, long.name, short.parent.name or short.parent)


class RecentMenu(QMenu):
    """Made anew whenever it is opened; pairs whose files are gone are greyed."""

    def __init__(self, settings: Settings, open_pair: Callable[[Path, Path], None], parent: QWidget) -> None:
        super().__init__(tr("&Recent pairs"), parent)
        self._settings, self._open_pair = settings, open_pair
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the pairs that are remembered."""
        self.clear()
        pairs = self._settings.get(declared.RECENT)
        for pair in pairs:
            action = self.addAction(pair_words(pair).replace("&", "&&"))
            action.setToolTip(str(pair[0].parent))
            action.setEnabled(all(is_file(path) for path in pair))
            action.triggered.connect(partial(self._open, pair))
        if pairs:
            self.addSeparator()
            self.addAction(tr("Forget these")).triggered.connect(self._forget)
        else:
            self.addAction(tr("None yet")).setEnabled(False)

    def _open(self, pair: RecentPair, _checked: bool = False) -> None:
        self._open_pair(*pair)

    def _forget(self) -> None:
        self._settings.put(declared.RECENT, ())
