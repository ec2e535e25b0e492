"""Weight files of other programs, turned into this one's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lsd2.networks.importers.foreign import Foreign
from lsd2.networks.importers.kair import read_kair
from lsd2.networks.importers.keras import read_keras
from lsd2.networks.importers.matlab import read_matlab

READERS: dict[str, Callable[[Path], Foreign]] = {
    ".mat": read_matlab,
    ".hdf5": read_keras,
    ".h5": read_keras,
    ".pth": read_kair,
    ".pt": read_kair,
}
"""By the ending of the file's name, lower case."""
