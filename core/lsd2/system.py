"""What the operating system gives this process: cores and memory."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from functools import cache
from pathlib import Path

_NICENESS = 5
"""A third of the processor time that the window gets while both want it."""
_BELOW_NORMAL = 0x4000
"""BELOW_NORMAL_PRIORITY_CLASS of Windows."""


def available_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def peak_rss_mb() -> float:
    """Largest resident memory of this process so far, in 10^6 bytes; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    if sys.platform == "linux":
        # getrusage would count what the parent process held when it started this one
        return next(
            int(line.split()[1]) * 1024 / 1e6
            for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines()
            if line.startswith("VmHWM:")
        )
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def forget_peak_rss() -> None:
    """Let `peak_rss_mb` count from now on, where the system can (Linux); elsewhere it goes on from before."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # proc(5): resets the high-water mark


def give_way() -> None:
    """Let the programs that somebody works with go first, such as the window, while this process computes."""
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        with contextlib.suppress(OSError):
            os.nice(_NICENESS)


def reuse_memory() -> None:
    """Have freed memory of any size used again instead of fetched anew from the system for every tile.

    glibc maps blocks above 32 MB afresh each time, and touching new pages took 40 % of the network's time.
    Other systems' allocators keep such blocks by themselves.
    """
    libc = _glibc()
    if libc is not None:
        libc.mallopt(_M_MMAP_THRESHOLD, 1 << 30)
        libc.mallopt(_M_TRIM_THRESHOLD, (1 << 31) - 1)


def release_freed_memory() -> None:
    """Give freed memory back to the system; what `reuse_memory` keeps would otherwise be held to the end."""
    libc = _glibc()
    if libc is not None:
        libc.malloc_trim(0)


_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
"""Numbers of parameters in glibc's malloc.h."""


@cache
def _glibc() -> ctypes.CDLL | None:
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "malloc_trim") and hasattr(libc, "mallopt") else None  # musl has no malloc_trim
