"""What the worker process settles for itself before it serves: output, signals, its place among processes."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType

from lsd2.system import give_way

TERMINATED = 128 + signal.SIGTERM
_OOM_SCORE = 500
"""Added to the kernel's badness score (0-1000): when memory runs out, Linux kills the worker and not the window."""


def settle(noise_log: Path) -> None:
    """Send all output of Python and of C libraries to a file, and make signals end the worker in an orderly way."""
    _redirect_output(noise_log)
    faulthandler.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the window's business
    signal.signal(signal.SIGTERM, _terminate)
    give_way()
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(_OOM_SCORE), encoding="ascii")


def forget_noise() -> None:
    """Empty the file of output, so that it holds that of the running job only."""
    with suppress(OSError):
        sys.stderr.flush()
        os.ftruncate(sys.stderr.fileno(), 0)


def _redirect_output(noise_log: Path) -> None:
    stream = noise_log.open("a", buffering=1, encoding="utf-8", errors="replace")
    for descriptor in (1, 2):
        os.dup2(stream.fileno(), descriptor)
    sys.stdout = sys.stderr = stream


def _terminate(number: int, frame: FrameType | None) -> None:
    # An exception, so that a half-written file is removed on the way out.
    raise SystemExit(TERMINATED)
