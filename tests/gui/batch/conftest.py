"""The batch dialog over a scripted engine that finds pairs in folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lsd2_gui.batching import Batch
from lsd2_gui.controller import Controller
from lsd2_gui.dialogs.batch import BatchDialog
from lsd2_gui.settings import Settings
from tests.gui.fake_folders import FakeFolders


@pytest.fixture
def engine() -> FakeFolders:
    return FakeFolders()


@pytest.fixture
def batch(controller: Controller) -> Batch:
    return controller.batch


@pytest.fixture
def dialog(
    themed: QApplication, qtbot: QtBot, batch: Batch, settings: Settings, tmp_path: Path
) -> Iterator[BatchDialog]:
    made = BatchDialog(batch, settings)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


@pytest.fixture
def planned(dialog: BatchDialog, batch: Batch, qtbot: QtBot, tmp_path: Path) -> BatchDialog:
    """The dialog with three pairs of a folder."""
    batch.open_folder(tmp_path)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    return dialog
