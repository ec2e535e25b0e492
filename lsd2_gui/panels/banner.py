"""One line above the picture for what went wrong or needs saying, with what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lsd2_gui.notices import Level, Notice
from lsd2_gui.panels.widgets import label, push_button, set_kind
from lsd2_gui.text import mark, tr
from lsd2_gui.theme import icon

_ICONS = {
    Level.INFO: ("info", "text"),
    Level.WARNING: ("warning", "warning-text"),
    Level.ERROR: ("error", "error-text"),
}
_BUTTON_TEXTS = {
    "retry": mark("Try again"),
    "retry_less_memory": mark("Try with less memory"),
    "open_folder": mark("Choose another folder"),
    "open": mark("Choose other photos"),
    "save_comparison": mark("Save elsewhere"),
    "save": mark("Save elsewhere"),
    "restore": mark("Open the last pair"),
    "guide": mark("User guide"),
}


class Banner(QFrame):
    """Shows one notice at a time; hidden while there is none."""

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._actions = actions
        self._icon = QLabel()
        self._text = label(wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons = QHBoxLayout()
        self._offered: list[QPushButton] = []
        self._details_button = QPushButton(tr("Details"))
        self._details_button.setCheckable(True)
        self._details_button.setProperty("kind", "quiet")
        self._details_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setFixedHeight(140)
        self._details.setAccessibleName(tr("Details"))
        self._details_button.toggled.connect(self._details.setVisible)
        self._lay_out(self._close_button())
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def show_notice(self, notice: Notice) -> None:
        """Show a notice in place of the last one."""
        set_kind(self, str(notice.level))
        name, colour = _ICONS[notice.level]
        self._icon.setPixmap(icon(name, colour).pixmap(QSize(20, 20), self.devicePixelRatioF()))
        self._text.setText(notice.text)
        self._details.setPlainText(notice.detail)
        self._details_button.setChecked(False)
        self._details_button.setVisible(bool(notice.detail))
        self._details.hide()
        self._offer(notice.actions)
        self.show()

    def _close_button(self) -> QToolButton:
        made = QToolButton()
        made.setIcon(icon("cancel", "muted"))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setToolTip(tr("Close this message"))
        made.setAccessibleName(tr("Close this message"))
        made.clicked.connect(self.hide)
        return made

    def _lay_out(self, close: QToolButton) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._details_button)
        row.addLayout(self._buttons)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 8, 8)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._details)

    def _offer(self, ids: tuple[str, ...]) -> None:
        for button in self._offered:
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._offered = [push_button(self._actions[name], tr(_BUTTON_TEXTS[name]), "plain") for name in ids]
        for button in self._offered:
            self._buttons.addWidget(button)
