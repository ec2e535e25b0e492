"""Rules of the house that no linter checks: what may be imported where, and what ships."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 400


def _modules_after(statement: str) -> set[str]:
    """Names of all modules in a clean interpreter that ran `statement`."""
    paths = [str(ROOT), str(ROOT / "core")]
    code = f"import sys; sys.path[:0] = {paths}\n{statement}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_library_knows_no_qt() -> None:
    loaded = _modules_after("import lsd2.pipeline, lsd2.cli.main, lsd2.methods.lsd2, lsd2.worker.server")
    assert not {name for name in loaded if name.startswith(("PySide6", "lsd2_gui"))}


def test_the_window_process_loads_no_engine() -> None:
    loaded = _modules_after("import lsd2_gui.app, lsd2_gui.main_window, lsd2.worker.client, lsd2.methods.registry")
    assert "PySide6.QtWidgets" in loaded
    assert not loaded & {"torch", "onnxruntime", "rawpy"}


def test_the_command_line_parses_without_loading_an_engine() -> None:
    loaded = _modules_after("import lsd2.cli.main; lsd2.cli.main.build_parser()")
    assert not loaded & {"torch", "cv2", "rawpy", "onnxruntime"}


def test_methods_load_where_pytorch_is_not_installed() -> None:
    """The packaged program carries ONNX Runtime instead; see lsd2.networks.engine."""
    block = "sys.modules['torch'] = None"
    load = "import lsd2.methods.registry as r; [m.load() for m in r._METHODS]"
    assert "lsd2.networks.predictor" in _modules_after(f"{block}\n{load}\ndel sys.modules['torch']")


def test_the_application_never_loads_training() -> None:
    loaded = _modules_after("import lsd2.pipeline, lsd2.methods.lsd2, lsd2.worker.server, lsd2_gui.app")
    assert not {name for name in loaded if name.startswith("lsd2.training")}


@pytest.mark.parametrize("folder", ["core", "lsd2_gui", "packaging"])
def test_every_file_begins_with_a_docstring(folder: str) -> None:
    import ast

    silent = [
        str(path.relative_to(ROOT))
        for path in (ROOT / folder).rglob("*.py")
        if ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []


@pytest.mark.parametrize("folder", ["core", "lsd2_gui", "packaging", "tests"])
def test_files_are_short(folder: str) -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / folder).rglob("*.py")}
    assert len(lengths) > 10
    assert {str(path.relative_to(ROOT)): lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_page_has_a_gap_left_to_fill() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "resources").rglob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert len(pages) >= 6
    assert [page.name for page in pages if "@@" in page.read_text(encoding="utf-8")] == []
