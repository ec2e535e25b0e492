"""The pair that comes with the program."""

from __future__ import annotations

from pathlib import Path

from lsd2.resources import resource_path

_NAMES = ("samples/street_short.jpg", "samples/street_long.jpg")


def sample_pair() -> tuple[Path, Path]:
    """Paths of its short and long photo; whether they are there is another question."""
    short, long = (resource_path(name) for name in _NAMES)
    return short, long


def has_sample() -> bool:
    """Whether this installation carries it."""
    return all(path.is_file() for path in sample_pair())
