"""The window's test of itself: the sample is fused and saved by the real worker."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def _self_test(target: Path, settings: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", "lsd2_gui", "--self-test", str(target), "--settings-dir", str(settings)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=280, check=False)


def test_the_sample_is_fused_and_saved(tmp_path: Path) -> None:
    done = _self_test(tmp_path / "fused.jpg", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "fused.jpg").read_bytes().startswith(b"\xff\xd8")
