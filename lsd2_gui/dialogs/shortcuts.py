"""The sheet of keys and mouse, made from the table of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QVBoxLayout, QWidget

from lsd2_gui.actions import SPECS
from lsd2_gui.panels.widgets import label
from lsd2_gui.text import mark, tr

MOUSE = (
    (mark("1 - 9"), mark("Result 1 to 9 at the right")),
    (mark("Hold Space or \\"), mark("See the left picture everywhere")),
    (mark("Arrow keys"), mark("Move the pictures")),
    (mark("Drag"), mark("Move the pictures")),
    (mark("Shift + drag"), mark("Move one picture by itself")),
    (mark("Wheel, pinch"), mark("Zoom at the pointer")),
    (mark("Double click, middle click"), mark("Fit / 100 % at the pointer")),
    (mark("Drag the divider"), mark("Compare; double click puts it in the middle")),
    (mark("Click in the grid"), mark("Choose the right picture; with Ctrl the left one")),
)


def shortcut_lines() -> list[tuple[str, str]]:
    """(keys, what they do) of every action that has keys, and of the mouse."""
    of_keys = [
        (
            ",  ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in spec.keys),
            tr(spec.text).replace("&", "").rstrip("…"),
        )
        for spec in SPECS.values()
        if spec.keys
    ]
    return of_keys + [(tr(keys), tr(words)) for keys, words in MOUSE]


def show_shortcuts(parent: QWidget) -> QDialog:
    """Open the sheet beside the window."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(tr("Keys and mouse"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    lines = shortcut_lines()
    half = (len(lines) + 1) // 2
    for index, (keys, words) in enumerate(lines):
        column = 2 * (index // half)
        grid.addWidget(label(keys, "name"), index % half, column)
        grid.addWidget(label(words, "muted"), index % half, column + 1)
    close = QPushButton(tr("Close"))
    close.setDefault(True)
    close.clicked.connect(dialog.accept)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(24, 24, 24, 16)
    layout.setSpacing(16)
    layout.addLayout(grid)
    layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
    dialog.show()
    return dialog
