"""Peak memory can be counted anew, and kept memory is handed back when asked.

Each test runs in a process of its own: how the allocator behaves is set for a whole process.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can")


def _figures(code: str) -> list[float]:
    """The numbers that the code prints."""
    head = "import numpy as np\nfrom lsd2.system import *\n"
    done = subprocess.run([sys.executable, "-c", head + code], capture_output=True, text=True, check=True)
    return [float(word) for word in done.stdout.split()]


def test_the_peak_of_before_is_forgotten() -> None:
    high, low = _figures(
        "block = np.ones(20_000_000)\nprint(peak_rss_mb())\ndel block\nforget_peak_rss()\nprint(peak_rss_mb())"
    )
    assert low < high - 100


def test_memory_is_kept_for_reuse_until_it_is_released() -> None:
    kept, released = _figures(
        "reuse_memory()\nblock = np.ones(20_000_000)\ndel block\nforget_peak_rss()\nprint(peak_rss_mb())\n"
        "release_freed_memory()\nforget_peak_rss()\nprint(peak_rss_mb())"
    )
    assert released < kept - 100


def test_a_process_that_computes_goes_after_others() -> None:
    before, after = _figures("import os\nprint(os.nice(0))\ngive_way()\nprint(os.nice(0))")
    assert after == min(before + 5, 19)
