from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence

from lsd2.resources import resource_path
from lsd2_gui.actions import MENUS, SPECS, TABLE, ActionSpec, When
from lsd2_gui.dialogs.shortcuts import COLUMNS, columns, groups
from lsd2_gui.main_window import MainWindow
from lsd2_gui.panels import banner


def test_ids_are_unique() -> None:
    assert len(SPECS) == sum(isinstance(spec, ActionSpec) for spec in TABLE)


def test_no_key_does_two_things() -> None:
    keys = Counter(QKeySequence(key).toString() for spec in SPECS.values() for key in spec.keys)
    assert "" not in keys
    assert [key for key, count in keys.items() if count > 1] == []


def test_menus_exist_and_letters_in_a_menu_are_unique() -> None:
    names = [name for name, _ in MENUS]
    for name in names:
        words = [spec.text for spec in SPECS.values() if spec.menu == name]
        words += [title for inner, title in MENUS if inner.startswith(f"{name}/")]
        letters = [text[text.index("&") + 1].lower() for text in words]
        assert len(letters) == len(set(letters)) > 0, (name, letters)
    assert {spec.menu for spec in SPECS.values()} <= {*names, ""}


@pytest.mark.parametrize("name", sorted({spec.icon for spec in SPECS.values()} - {""}))
def test_icons_exist(name: str) -> None:
    assert resource_path(f"icons/{name}.svg").is_file()


def test_every_slot_resolves_and_every_condition_is_answered(window: MainWindow) -> None:
    assert set(window.actions_by_id) == set(SPECS)
    for when in When:
        assert window.commands.can(when) in (True, False)


def test_actions_offered_by_banners_exist() -> None:
    assert set(banner._BUTTON_TEXTS) <= set(SPECS)


def test_the_shortcut_sheet_names_every_action_with_a_key() -> None:
    words = {what for group in groups() for _, what in group.lines}
    for spec in SPECS.values():
        if spec.keys:
            assert spec.text.replace("&", "").rstrip("…") in words


def test_groups_of_keys_are_spread_over_columns() -> None:
    shown = columns(groups())
    assert len(shown) == COLUMNS
    assert sorted(group.title for column in shown for group in column) == sorted(group.title for group in groups())
    heights = [sum(group.height for group in column) for column in shown]
    assert max(heights) <= 1.25 * sum(heights) / COLUMNS


def test_our_icons_are_our_own_and_recolourable() -> None:
    for path in Path(resource_path("icons")).glob("*.svg"):
        source = path.read_text(encoding="utf-8")
        assert source.startswith("<svg")
        if not path.name.startswith(("sheet-", "app")):
            assert "currentColor" in source
            assert "#" not in source


def test_every_menu_opens_and_menus_in_menus_stand_in_their_place(window: MainWindow) -> None:
    view = next(action.menu() for action in window.menuBar().actions() if action.text() == "&View")
    titles = [action.text().replace("&", "") for action in view.actions()]
    assert titles.index("Difference") < titles.index("Exchange the sides") < titles.index("Zoom")
    inner = {action.text(): action.menu() for action in view.actions() if action.menu() is not None}
    assert set(inner) == {title for name, title in MENUS if "/" in name}
    assert all(not menu.isEmpty() for menu in inner.values())
