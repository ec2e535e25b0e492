"""Peak memory can be counted anew."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from lsd2.system import forget_peak_rss, peak_rss_mb


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can")
def test_the_peak_of_before_is_forgotten() -> None:
    block = np.ones(20_000_000)  # 160 MB
    high = peak_rss_mb()
    del block
    forget_peak_rss()
    assert peak_rss_mb() < high - 100
