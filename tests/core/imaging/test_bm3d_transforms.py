"""The transforms, colours and patches of BM3D."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsd2.imaging.bm3d.colour import OPPONENT, change_colours, noise_gains, opponent_matrix
from lsd2.imaging.bm3d.patches import Aggregate, PatchTransform, patch_spectra, spectra_shape
from lsd2.imaging.bm3d.transforms import (
    bior15_matrix,
    dct_matrix,
    haar_forward,
    haar_inverse,
    haar_levels,
    haar_order,
)
from lsd2.imaging.bm3d.workspace import Workspace

POWERS = [1, 2, 4, 8, 16, 32]


@given(st.integers(1, 16))
def test_dct_is_orthonormal(size: int) -> None:
    matrix = dct_matrix(size)
    np.testing.assert_allclose(matrix @ matrix.T, np.eye(size), atol=1e-12)


@pytest.mark.parametrize("size", POWERS)
def test_bior15_has_unit_rows_and_gathers_a_constant_in_one_coefficient(size: int) -> None:
    matrix = bior15_matrix(size)
    np.testing.assert_allclose(np.linalg.norm(matrix, axis=1), 1)
    np.testing.assert_allclose(matrix @ np.ones(size), [sqrt(size)] + [0] * (size - 1), atol=1e-12)


@pytest.mark.parametrize("size", POWERS[1:])
def test_bior15_is_rebuilt_from_haar_steps(size: int) -> None:
    """The synthesis low-pass of this wavelet is the box: whatever the finest details, the rest is constant on pairs."""
    coarse = np.zeros(size)
    coarse[: size // 2] = np.random.default_rng(0).standard_normal(size // 2)
    rebuilt = np.linalg.solve(bior15_matrix(size), coarse)
    np.testing.assert_allclose(rebuilt[0::2], rebuilt[1::2], atol=1e-12)
    assert np.ptp(rebuilt) > 0 or size == 2


def test_bior15_details_are_differences_of_neighbours() -> None:
    details = bior15_matrix(8)[4:]
    np.testing.assert_allclose(details @ np.arange(8), -1 / sqrt(2))


@pytest.mark.parametrize("size", POWERS)
def test_haar_is_undone(size: int) -> None:
    block = np.random.default_rng(size).standard_normal((size, 2, 3)).astype(np.float32)
    changed, scratch = block.copy(), np.empty_like(block)
    haar_forward(changed, scratch)
    for rows, summed in haar_levels(size):
        changed[rows] /= np.float32(summed)
    np.testing.assert_allclose(haar_inverse(changed, scratch), block, atol=1e-5)


@pytest.mark.parametrize("size", POWERS)
def test_haar_rows_are_orthogonal_with_the_stated_norms(size: int) -> None:
    basis = np.eye(size, dtype=np.float32)
    haar_forward(basis, np.empty_like(basis))
    expected = np.zeros(size)
    for rows, summed in haar_levels(size):
        expected[rows] = summed
    np.testing.assert_allclose(basis @ basis.T, np.diag(expected), atol=1e-5)


def test_haar_pairs_the_most_similar_members_first() -> None:
    block = haar_order(8).astype(np.float32).reshape(8, 1) ** 2
    haar_forward(block, np.empty_like(block))
    assert sorted(block[4:, 0].tolist()) == sorted((2 * k) ** 2 - (2 * k + 1) ** 2 for k in range(4))
    assert block[0, 0] == sum(k * k for k in range(8))


def test_opponent_colours() -> None:
    np.testing.assert_allclose(noise_gains(OPPONENT), [sqrt(1 / 3), sqrt(1 / 2), sqrt(3 / 8)])
    np.testing.assert_allclose(OPPONENT @ [0.3, 0.3, 0.3], [0.3, 0, 0], atol=1e-12)
    pixels = np.random.default_rng(0).random((5, 4, 3), dtype=np.float32)
    there_and_back = change_colours(change_colours(pixels, OPPONENT), np.linalg.inv(OPPONENT))
    np.testing.assert_allclose(there_and_back, pixels, atol=1e-6)


def test_grey_has_no_opponent_colours() -> None:
    pixels = np.random.default_rng(0).random((5, 4, 1), dtype=np.float32)
    np.testing.assert_array_equal(change_colours(pixels, opponent_matrix(1)), pixels)


@pytest.mark.parametrize("matrix", [bior15_matrix(8), dct_matrix(8), dct_matrix(11)], ids=["bior1.5", "dct", "dct11"])
def test_patches_laid_over_each_other_give_back_the_planes(matrix: np.ndarray) -> None:
    planes = np.random.default_rng(0).random((3, 21, 26), dtype=np.float32)
    transform, workspace = PatchTransform.of(matrix, beta=2.0), Workspace()
    spectra = np.empty(spectra_shape(planes, transform), np.float32)
    patch_spectra(planes, transform, Workspace(), spectra)
    inside = [y * 26 + x for y in range(21 - len(matrix) + 1) for x in range(26 - len(matrix) + 1)]
    places = np.tile(inside, 2)
    weights = np.random.default_rng(0).random((len(places), 1), np.float32) + np.float32(0.5)
    aggregate = Aggregate(planes, transform, workspace)
    aggregate.add(places, spectra[places] * weights, np.tile(weights, (1, 3)))
    pixels, sums = aggregate.planes()
    np.testing.assert_allclose(pixels / sums, planes, atol=1e-5)


def test_spectra_of_one_patch_are_its_transform() -> None:
    planes = np.random.default_rng(0).random((2, 12, 15), dtype=np.float32)
    transform = PatchTransform.of(bior15_matrix(8), beta=2.0)
    spectra = np.empty(spectra_shape(planes, transform), np.float32)
    patch_spectra(planes, transform, Workspace(), spectra)
    matrix = bior15_matrix(8)
    expected = [(matrix @ plane[2:10, 3:11] @ matrix.T).T.ravel() for plane in planes]
    np.testing.assert_allclose(spectra[2 * 15 + 3], np.concatenate(expected), atol=1e-5)
