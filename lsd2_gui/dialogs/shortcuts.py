"""The sheet of keys and mouse, made from the table of actions."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from lsd2_gui.actions import SPECS, native_keys
from lsd2_gui.dialogs.parts import Sheet
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
            ",  ".join(native_keys(key) for key in spec.keys),
            tr(spec.text).replace("&", "").rstrip("…"),
        )
        for spec in SPECS.values()
        if spec.keys
    ]
    return of_keys + [(tr(keys), tr(words)) for keys, words in MOUSE]


class ShortcutsDialog(Sheet):
    """Two columns of keys and what they do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Keys and mouse"), parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        lines = shortcut_lines()
        half = (len(lines) + 1) // 2
        for index, (keys, words) in enumerate(lines):
            column = 2 * (index // half)
            grid.addWidget(label(keys, "name"), index % half, column)
            grid.addWidget(label(words, "muted"), index % half, column + 1)
        self.column.addLayout(grid)
