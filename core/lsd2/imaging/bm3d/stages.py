"""The two stages of BM3D on one piece of an image: match, filter the groups, aggregate.

References
----------
Dabov et al., IEEE TIP 16(8), 2007: the two stages; ICIP 2007 for colour: groups are found on the luminance and used for
all channels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.bm3d.matching import Groups, Positions, find_groups
from lsd2.imaging.bm3d.patches import Aggregate, PatchTransform, Planes, patch_spectra, spectra_shape
from lsd2.imaging.bm3d.profiles import Profile
from lsd2.imaging.bm3d.shrinkage import Block, Weights, hard_threshold, wiener_filter
from lsd2.imaging.bm3d.transforms import bior15_matrix, dct_matrix, haar_forward, haar_inverse, haar_order
from lsd2.imaging.bm3d.workspace import Workspace

CHUNK_FLOATS = 1 << 19
"""Coefficients that are filtered at a time: two megabytes, so that they hardly leave the caches between the steps, and
workers seldom meet at the interpreter's lock, which each call of numpy takes once."""

Places = NDArray[np.intp]
"""(n, B): where the n members of each of B groups are, in Haar order."""
Shrink = Callable[[list[Block]], Weights]
"""Shrinks the first block in place; a second one is its pilot."""
Sums = tuple[Planes, Planes]
"""Sums of weighted estimates and of weights, float32 (C, H, W) each; their quotient is the estimate."""


class Basis(StrEnum):
    """Transforms of single patches."""

    BIOR15 = "bior1.5"
    DCT = "dct"


@dataclass(frozen=True, slots=True)
class Piece:
    """What both stages know of the image.

    Attributes
    ----------
    noisy : float32 (C, H, W), opponent colours, luminance first.
    rows, columns : places of the reference patches along each axis.
    gains : (C,) noise standard deviation of each channel, in the units of `noisy`.
    """

    noisy: Planes
    rows: Positions
    columns: Positions
    gains: NDArray[np.float32]


def hard_stage(piece: Piece, profile: Profile, workspace: Workspace) -> Sums:
    """First stage: hard thresholding of the noisy image's groups."""
    groups = find_groups(piece.noisy[0], piece.rows, piece.columns, profile.hard, workspace)
    transform = _transform(Basis.BIOR15, profile.hard.patch, profile.kaiser_beta)
    filtering = _Filtering(transform, piece.gains, workspace)
    return filtering.run([piece.noisy], groups, lambda blocks: hard_threshold(blocks[0], profile.threshold))


def wiener_stage(piece: Piece, basic: Planes, profile: Profile, workspace: Workspace) -> Sums:
    """Second stage: Wiener filtering of the noisy image's groups, guided by the first stage's estimate.

    `basic` is float32 (C, H, W) as `piece.noisy` is; groups are found on it.
    """
    groups = find_groups(basic[0], piece.rows, piece.columns, profile.wiener, workspace)
    transform = _transform(Basis.DCT, profile.wiener.patch, profile.kaiser_beta)
    filtering = _Filtering(transform, piece.gains, workspace)
    return filtering.run([piece.noisy, basic], groups, lambda blocks: wiener_filter(*blocks))


@lru_cache(maxsize=8)
def _transform(basis: Basis, size: int, beta: float) -> PatchTransform:
    return PatchTransform.of(bior15_matrix(size) if basis is Basis.BIOR15 else dct_matrix(size), beta)


@dataclass(frozen=True, slots=True)
class _Filtering:
    """Filters groups of patches; coefficients are in units of each channel's noise standard deviation (`gains`)."""

    transform: PatchTransform
    gains: NDArray[np.float32]
    workspace: Workspace

    def run(self, sources: list[Planes], groups: Groups, shrink: Shrink) -> Sums:
        """Sums of the first source's filtered patches, weighted, and of their weights."""
        spectra = [self._spectra(planes, f"spectra {number}") for number, planes in enumerate(sources)]
        aggregate = Aggregate(sources[0], self.transform, self.workspace)
        for places in _chunks(groups, spectra[0].shape[1]):
            filtered, weights = self._collaborate(self._gather(spectra, places), shrink)
            flat = places.ravel()
            aggregate.add(flat, filtered.reshape(len(flat), -1), np.tile(weights, (len(places), 1)))
        pixels, weight_sums = aggregate.planes()
        return pixels * self.gains[:, None, None], weight_sums

    def _spectra(self, planes: Planes, name: str) -> NDArray[np.float32]:
        out = self.workspace.array(name, *spectra_shape(planes, self.transform))
        patch_spectra(planes / self.gains[:, None, None], self.transform, self.workspace, out)
        return out

    def _gather(self, spectra: list[NDArray[np.float32]], places: Places) -> list[Block]:
        """One block (n, B, C, N^2) per source."""
        flat = places.ravel()
        shape = (*places.shape, len(self.gains), self.transform.size**2)
        blocks = [self.workspace.array(f"block {number}", *shape) for number in range(len(spectra))]
        for source, block in zip(spectra, blocks, strict=True):
            np.take(source, flat, axis=0, out=block.reshape(len(flat), -1), mode="clip")  # "raise" would copy
        return blocks

    def _collaborate(self, blocks: list[Block], shrink: Shrink) -> tuple[Block, Weights]:
        """Transform groups along their members, shrink, transform back and weight them."""
        scratch = self.workspace.array("scratch", *blocks[0].shape)
        for block in blocks:
            haar_forward(block, scratch)
        weights = shrink(blocks)
        filtered = haar_inverse(blocks[0], scratch)
        filtered *= np.repeat(weights, filtered.shape[-1], axis=-1).reshape(filtered.shape[1:])
        return filtered, weights


def _chunks(groups: Groups, coefficients: int) -> Iterator[Places]:
    """Places of the members of groups of equal size, a cacheful at a time."""
    for size in np.unique(groups.sizes).tolist():
        members = groups.members[groups.sizes == size][:, haar_order(size)]
        count = max(CHUNK_FLOATS // (size * coefficients), 1)
        for first in range(0, len(members), count):
            yield np.ascontiguousarray(members[first : first + count].T)
