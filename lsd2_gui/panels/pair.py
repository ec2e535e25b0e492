"""The two photos: a card each, the exposure between them, and what looks wrong."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lsd2_gui.background import Background
from lsd2_gui.library_words import translated
from lsd2_gui.panels.card import THUMBNAIL, PhotoCard
from lsd2_gui.panels.widgets import label, tool_button
from lsd2_gui.pictures import OpenedPhoto, Role
from lsd2_gui.qimage import thumbnail
from lsd2_gui.session import Session
from lsd2_gui.text import decimal, sentence, tr
from lsd2_gui.theme import icon


class PairPanel(QWidget):
    """Signals: `dropped` (role, path), `wanted` (role for which a photo is to be chosen)."""

    dropped = Signal(object, object)
    wanted = Signal(object)

    def __init__(self, session: Session, background: Background, swap: QAction) -> None:
        super().__init__()
        self._session, self._background = session, background
        self.cards = {role: PhotoCard(role) for role in Role}
        for role, card in self.cards.items():
            card.dropped.connect(partial(self.dropped.emit, role))
            card.clicked.connect(partial(self.wanted.emit, role))
        self._gap, self._reason = label(kind="name"), label(kind="faint", wrap=True)
        self._warning = QFrame()
        self._warning.setObjectName("warning")
        self._warning_text = label(wrap=True)
        self._lay_out(swap)
        session.pair_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the session's pair."""
        for role, card in self.cards.items():
            photo = self._session.photos.get(role)
            card.show_photo(photo)
            if photo is not None:
                self._ask_thumbnail(card, photo)
        self._gap.setText(_gap_text(self._session))
        self._gap.setToolTip(
            tr("How much more light the long photo got, by shutter, aperture and ISO. One EV is twice the light.")
        )
        self._reason.setText(_reason_text(self._session))
        warnings = self._session.warnings()
        self._warning_text.setText("\n".join(sentence(warning) for warning in warnings))
        self._warning.setVisible(bool(warnings))

    def _ask_thumbnail(self, card: PhotoCard, photo: OpenedPhoto) -> None:
        ratio = self.devicePixelRatioF()
        size = (round(THUMBNAIL.width() * ratio), round(THUMBNAIL.height() * ratio))
        self._background.run(
            partial(thumbnail, photo.picture.pixels, *size), partial(self._show_thumbnail, card.role, photo)
        )

    def _show_thumbnail(self, role: Role, photo: OpenedPhoto, image: QImage) -> None:
        if self._session.photos.get(role) is photo:
            self.cards[role].show_thumbnail(image)

    def _lay_out(self, swap: QAction) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._gap)
        words.addWidget(self._reason)
        between = QHBoxLayout()
        between.setContentsMargins(8, 0, 0, 0)
        between.setSpacing(8)
        between.addLayout(words, 1)
        between.addWidget(tool_button(swap))
        sign = QLabel()
        sign.setPixmap(icon("warning", "warning-text").pixmap(20, 20))
        row = QHBoxLayout(self._warning)
        row.setContentsMargins(8, 8, 8, 8)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._warning_text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.cards[Role.SHORT])
        column.addLayout(between)
        column.addWidget(self.cards[Role.LONG])
        column.addWidget(self._warning)


def _gap_text(session: Session) -> str:
    if not session.has_pair:
        return ""
    gap = session.ev_gap
    return tr("Exposure gap unknown") if gap is None else tr("{0} EV apart").format(decimal(abs(gap)))


def _reason_text(session: Session) -> str:
    if not session.has_pair:
        return ""
    return (
        tr("Roles guessed: {0}").format(translated(session.role_reason))
        if session.role_reason
        else tr("Roles as you chose")
    )
