"""What weights may be for: who runs a network, and which kind of network each feeds.

Manifests name who uses weights.  Methods and the finishing step stand above this layer; what their networks are given
is said here, so that weights that could not run are refused before they are listed.
"""

from __future__ import annotations

from dataclasses import dataclass

from lsd2.errors import WeightsError
from lsd2.io.naming import shown
from lsd2.networks.fdncnn_config import COLOUR, GREY
from lsd2.networks.manifest import ModelEntry
from lsd2.networks.unet_config import FUSION, JOIN, PAPER


@dataclass(frozen=True, slots=True)
class Kind:
    """Networks that take the same input.

    Attributes
    ----------
    architecture : as in manifests.
    in_channels : of a tile that the network is given.
    """

    architecture: str
    in_channels: int


_PAIR = Kind("unet", PAPER.in_channels)
_FUSION = Kind("unet", FUSION.in_channels)
_JOIN = Kind("unet", JOIN.in_channels)
_COLOUR = Kind("fdncnn", COLOUR.in_channels)
_GREY = Kind("fdncnn", GREY.in_channels)
_NAMES = {
    _PAIR: "an LSD2 network",
    _FUSION: "a network for exposure fusion",
    _JOIN: "a network that joins two looks",
    _COLOUR: "FDnCNN for colour",
    _GREY: "FDnCNN for grey pictures",
}
USES = {"lsd2": _PAIR, "lsd2-synth": _PAIR, "fdncnn": _COLOUR, "fusion": _FUSION, "join": _JOIN}
"""What runs networks, as manifests name it, and the kind that it runs."""


def check_use(entry: ModelEntry, in_channels: int) -> None:
    """Make sure that what an entry is listed for can run its network, which takes so many channels.

    Raises
    ------
    WeightsError
        When it cannot, or nothing of that name runs networks.
    """
    file = shown(entry.path)
    if entry.method not in USES:
        known = ", ".join(USES)
        raise WeightsError(
            f"{file} is for a method '{entry.method}' that this version does not know (weights are for: {known})"
        )
    kind, wanted = Kind(entry.architecture, in_channels), USES[entry.method]
    if kind != wanted:
        raise WeightsError(
            f"{file} holds {_name(kind)}, and {entry.method} runs {_name(wanted)}: import another file, or choose "
            "another --method"
        )


def _name(kind: Kind) -> str:
    return _NAMES.get(kind, f"a network '{kind.architecture}' of {kind.in_channels} channels")
