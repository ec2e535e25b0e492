"""Pictures of the real window at work, with the real worker and network, for the README and the user guide.

`make_pictures.py` calls it.  Each picture is a line of `SHOTS`: a name, and what is done in the window before it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from lsd2.resources import resource_path

SIZE = (1280, 800)
TIMEOUT_S = 180
SETTLE_S = 0.6
PARTS = ((250, 330, 320, 180), (620, 560, 260, 200), (1180, 300, 240, 240))
"""x, y, width and height of what the comparison sheet enlarges."""

SHOTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("folder.jpg", ("folder", "pair")),
    ("window.jpg", ("close folder", "fuse")),
    ("grid.jpg", ("run mertens", "grid", "actual_size")),
    ("sheet.jpg", ("split", "fit", "place parts")),
    ("highlights.jpg", ("leave sheet", "bring highlights back", "where from")),
    ("preferences.jpg", ("display preferences",)),
)
"""Steps go on from the picture before; what is no step of `_STEPS` is an action of the window."""


def take_pictures(target: Path) -> None:
    """Write all pictures into a folder."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from lsd2.worker.client import WorkerClient
    from lsd2_gui.app import make_application
    from lsd2_gui.controller import Controller
    from lsd2_gui.furnishing import open_window
    from lsd2_gui.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        app = make_application()
        controller = Controller(Settings(Path(folder)), WorkerClient)
        window = open_window(controller, Path(folder) / "lsd2.log")
        window.resize(*SIZE)
        window.show()
        controller.jobs.start()
        try:
            for name, steps in SHOTS:
                for step in steps:
                    _STEPS.get(step, _trigger(step))(app, window)
                _settle(app)
                shown = app.activeModalWidget() or _dialog(app, window) or window
                shown.grab().save(str(target / name), quality=86)
        finally:
            controller.close()


def _open_folder(app: Any, window: Any) -> None:
    window.controller.open_dropped([resource_path("samples")])
    _wait(app, lambda: bool(window.controller.folder.pairs), "the pairs of the samples")


def _open_pair(app: Any, window: Any) -> None:
    window.commands.open_sample()
    _wait(app, lambda: window.controller.session.has_pair, "the sample pair")


def _close_folder(app: Any, window: Any) -> None:
    window.controller.folder.close()


def _run(method: str) -> Callable[[Any, Any], None]:
    def run(app: Any, window: Any) -> None:
        runner, session = window.controller.runner, window.controller.session
        count = len(session.results)
        runner.run((method,))
        _wait(app, lambda: len(session.results) > count and not runner.is_busy, f"the result of {method}")
        _wait(app, lambda: all("noise" in fused.figures for fused in session.results), "the figures of all results")

    return run


def _place_parts(app: Any, window: Any) -> None:
    from lsd2.photo import Crop

    window.controller.session.show_result(window.controller.session.results[0])
    window.actions_by_id["save_comparison"].trigger()
    window.controller.sheets.put_crops(tuple(Crop(*part) for part in PARTS))


def _leave_sheet(app: Any, window: Any) -> None:
    window.commands.hide_sheet_bar()


def _bring_highlights_back(app: Any, window: Any) -> None:
    from lsd2.options import Fusion, FusionOptions

    window.controller.parameters.change(fusion=FusionOptions(Fusion.MERTENS))
    _run("lsd2")(app, window)


def _where_from(app: Any, window: Any) -> None:
    window.actions_by_id["where_from"].trigger()
    session, layers = window.controller.session, window.controller.layers
    _wait(app, lambda: layers.layer(session.after) is not None, "where the result comes from")


def _display_preferences(app: Any, window: Any) -> None:
    from lsd2_gui.dialogs.preferences import PreferencesDialog
    from lsd2_gui.setting_fields import Page

    window.actions_by_id["preferences"].trigger()
    window.findChild(PreferencesDialog).go_to_page(Page.DISPLAY)


def _trigger(action: str) -> Callable[[Any, Any], None]:
    return lambda app, window: window.actions_by_id[action].trigger()


_STEPS: dict[str, Callable[[Any, Any], None]] = {
    "folder": _open_folder,
    "pair": _open_pair,
    "close folder": _close_folder,
    "fuse": _run("lsd2"),
    "run mertens": _run("mertens"),
    "place parts": _place_parts,
    "leave sheet": _leave_sheet,
    "bring highlights back": _bring_highlights_back,
    "where from": _where_from,
    "display preferences": _display_preferences,
}


def _dialog(app: Any, window: Any) -> Any:
    return next((one for one in app.topLevelWidgets() if one.isVisible() and one is not window), None)


def _settle(app: Any) -> None:
    start = monotonic()
    while monotonic() - start < SETTLE_S:
        app.processEvents()
        sleep(0.01)


def _wait(app: Any, condition: Callable[[], bool], what: str) -> None:
    start = monotonic()
    while not condition():
        if monotonic() - start > TIMEOUT_S:
            raise SystemExit(f"{what} did not come in time")
        app.processEvents()
        sleep(0.01)
