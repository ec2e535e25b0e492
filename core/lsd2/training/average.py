"""The mean of two networks' weights, where one has gone on from the other or both from a third.

What goes on from a network stays so near to it that weights between both are those of a network that works; it keeps
more of what the first could than the second does, and is often better than either.

References
----------
Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022.
"""

from __future__ import annotations

import json
from pathlib import Path

import safetensors
import safetensors.torch
from torch import Tensor

from lsd2.errors import OptionsError, WeightsError
from lsd2.io.atomic import write_atomically
from lsd2.io.naming import one_line, shown
from lsd2.networks.portable import METADATA_KEY, read_description


def average(first: Path, second: Path, share: float, target: Path, *, overwrite: bool = False) -> None:
    """Write the mean of two weight files, `share` of it the first one's, as fp16 safetensors that tell of both.

    Raises
    ------
    OptionsError, WeightsError, PhotoWriteError
        When the share is not between 0 and 1, the files are not usable or of different networks, or the target cannot
        be written, or exists and may not be replaced.
    """
    if not 0 < share < 1:
        raise OptionsError(f"the share of the first file must be between 0 and 1, not {share}")
    described, other = read_description(first), read_description(second)
    if any(described[key] != other[key] for key in ("method", "architecture", "config")):
        raise WeightsError(f"{shown(first)} and {shown(second)} are of different networks, which have no mean")
    one, two = _read(first), _read(second)
    if {name: value.shape for name, value in one.items()} != {name: value.shape for name, value in two.items()}:
        raise WeightsError(f"{shown(first)} and {shown(second)} hold different weights, which have no mean")
    state = {name: (share * one[name].float() + (1 - share) * two[name].float()).half() for name in one}
    averaged = {"share": share, "with": other.get("training", {})}
    described["training"] = {**described.get("training", {}), "averaged": averaged}
    data = safetensors.torch.save(state, metadata={METADATA_KEY: json.dumps(described)})
    write_atomically(target, data, overwrite=overwrite)


def _read(path: Path) -> dict[str, Tensor]:
    try:
        return safetensors.torch.load_file(path)
    except (OSError, safetensors.SafetensorError) as error:
        raise WeightsError(f"{shown(path)} cannot be read ({one_line(error)})") from error
