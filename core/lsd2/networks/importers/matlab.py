"""FDnCNN as its authors publish it: a MatConvNet network in a MATLAB v7.3 file, which is HDF5.

MATLAB stores arrays column by column, so that HDF5 shows their axes in reverse: a kernel (kh, kw, in, out) appears as
(out, in, kw, kh), and its last two axes must change places.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import h5py
import numpy as np

from lsd2.errors import WeightsError
from lsd2.io.naming import one_line, shown
from lsd2.networks.importers.foreign import Foreign, Layer, check_size, fdncnn_of


def read_matlab(path: Path) -> Foreign:
    """The FDnCNN in a `.mat` file.

    Raises
    ------
    WeightsError
        When there is none.
    """
    check_size(path)
    try:
        with h5py.File(path, "r") as file:
            layers = list(_convolutions(file))
    except (OSError, KeyError, ValueError, TypeError, AttributeError, RuntimeError) as error:
        raise WeightsError(
            f"{shown(path)} is no network in a MATLAB v7.3 file ({one_line(error)}); import another file"
        ) from error
    return fdncnn_of(layers, path, "MatConvNet, MATLAB v7.3")


def _convolutions(file: h5py.File) -> Iterator[Layer]:
    """The layers of type "conv" in order."""
    for reference in file["net"]["layers"][()].ravel():
        layer = file[reference]
        if "".join(map(chr, layer["type"][()].ravel())) != "conv":
            continue
        weight, bias = (np.asarray(file[part], np.float32) for part in layer["weights"][()].ravel())
        yield weight.swapaxes(-1, -2), bias.ravel()
