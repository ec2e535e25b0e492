"""All results of the pair: choose, remove, compare their figures; below, what is known of the one on the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lsd2_gui.controller import Controller
from lsd2_gui.panels.dragging import drag_out
from lsd2_gui.panels.figures import FiguresTable
from lsd2_gui.panels.result import ResultPanel
from lsd2_gui.panels.result_row import ResultRow
from lsd2_gui.pictures import Fused
from lsd2_gui.small_pictures import SmallPictures
from lsd2_gui.text import tr


class ResultsPanel(QWidget):
    """Hidden until there is a result."""

    def __init__(self, controller: Controller, where_from: QAction) -> None:
        super().__init__()
        self._controller = controller
        self.rows: dict[int, ResultRow] = {}
        self.details, self.figures = ResultPanel(controller, where_from), FiguresTable()
        self.pictures = SmallPictures(controller.session, controller.layers, controller.background, self)
        self.pictures.changed.connect(self._show_picture)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._list)
        column.addWidget(self.details)
        column.addWidget(self.figures)
        controller.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the session's results."""
        session = self._controller.session
        self.setVisible(bool(session.results))
        numbers = [fused.number for fused in session.results]
        for number in [number for number in self.rows if number not in numbers]:
            row = self.rows.pop(number)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for fused in session.results:
            if fused.number not in self.rows:
                self.rows[fused.number] = self._new_row(fused)
            self._describe(self.rows[fused.number])
        self.details.refresh()
        self.figures.show_results([(self._controller.layers.name(key), fused) for key, fused in session.keyed()])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_pictures()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._fit_pictures()
        return super().event(event)

    def _fit_pictures(self) -> None:
        self.pictures.show_at(ResultRow.SMALL * self.devicePixelRatioF())

    def _show_picture(self, number: int) -> None:
        image = self.pictures.of(number)
        if image is not None and number in self.rows:
            self.rows[number].show_picture(image)

    def _new_row(self, fused: Fused) -> ResultRow:
        row = ResultRow(fused)
        row.chosen.connect(self._controller.session.show_result)
        row.removed.connect(self._controller.session.remove_result)
        row.dragged.connect(lambda fused: drag_out(self, fused, self._controller.exporter, self._controller.herald))
        self._list.addWidget(row)
        return row

    def _describe(self, row: ResultRow) -> None:
        session, fused = self._controller.session, row.fused
        key = session.key_of(fused)
        note = tr("photos or settings changed since") if self._controller.runner.is_stale(fused) else ""
        if fused.saved_to is not None:
            saved = tr("saved as {0}").format(fused.saved_to.name)
            note = f"{saved} · {note}" if note else saved
        title, *facts = self._controller.layers.result_words(fused)
        row.show_facts(title, "  ·  ".join(facts), note, is_shown=key in (session.before, session.after))
