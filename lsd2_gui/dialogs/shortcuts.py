"""The sheet of keys and mouse, made from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from lsd2_gui.actions import MENUS, SPECS, native_keys
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
    (mark("Drag a sheet's part"), mark("Move or resize it; with Ctrl draw another")),
    (mark("Click in the grid"), mark("Choose the right picture; with Ctrl the left one")),
)
COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and its lines: keys, and what they do."""

    title: str
    lines: tuple[tuple[tuple[str, ...], str], ...]

    @property
    def height(self) -> int:
        """In lines, with the heading and the room after it."""
        return len(self.lines) + 2


def groups() -> list[Group]:
    """Every action that has keys by its menu, and the mouse."""
    found = [Group(_plain(title), _of_menu(menu)) for menu, title in MENUS]
    mouse = tuple(((tr(keys),), tr(words)) for keys, words in MOUSE)
    return [group for group in (*found, Group(tr("In the picture"), mouse)) if group.lines]


def columns(of: Sequence[Group]) -> list[list[Group]]:
    """The groups in columns of about one height, each group whole."""
    room = -(-sum(group.height for group in of) // COLUMNS) + 1
    made: list[list[Group]] = [[] for _ in range(COLUMNS)]
    for group in of:
        heights = [sum(one.height for one in column) for column in made]
        fitting = [place for place in range(COLUMNS) if heights[place] + group.height <= room]
        place = fitting[0] if fitting else heights.index(min(heights))
        made[place].append(group)
    return made


class ShortcutsDialog(Sheet):
    """Groups of keys and what they do, in columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Keys and mouse"), parent)
        row = QHBoxLayout()
        row.setSpacing(20)
        for shown in columns(groups()):
            column = QVBoxLayout()
            column.setSpacing(14)
            for group in shown:
                column.addLayout(_laid_out(group))
            column.addStretch(1)
            row.addLayout(column)
        self.column.addLayout(row)


def _of_menu(menu: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    return tuple(
        (tuple(native_keys(key) for key in spec.keys), _plain(spec.text))
        for spec in SPECS.values()
        if spec.keys and spec.menu == menu
    )


def _plain(text: str) -> str:
    """Words of a menu without the signs that menus need."""
    return tr(text).replace("&", "").rstrip("…")


def _laid_out(group: Group) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(0, 1)
    grid.addWidget(label(group.title, "heading"), 0, 0, 1, 2)
    for number, (keys, words) in enumerate(group.lines, start=1):
        grid.addWidget(label(words, "muted"), number, 0)
        caps = QHBoxLayout()
        caps.setSpacing(4)
        for key in keys:
            caps.addWidget(label(key, "key"))
        grid.addLayout(caps, number, 1, Qt.AlignmentFlag.AlignRight)
    return grid
