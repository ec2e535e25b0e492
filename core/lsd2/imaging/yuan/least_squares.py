"""The kernel that explains a blurred picture by a sharp one: regularised least squares, not negative."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt

import numpy as np

from lsd2.imaging.yuan.fourier import Fourier, Kernel, Plane

ITERATIONS = 80
POWER_ITERATIONS = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """Features of the sharp and the blurred frame, plane by plane, and how far each pixel counts, 0 to 1."""

    sharp: tuple[Plane, ...] = field(repr=False)
    blurred: tuple[Plane, ...] = field(repr=False)
    weight: Plane = field(repr=False)

    def energy(self) -> float:
        """Weighted energy of the sharp features: what regularisation is measured against."""
        return float(sum((self.weight * plane * plane).sum(dtype=np.float64) for plane in self.sharp))


def solve(evidence: Evidence, start: Kernel, support: Plane, pull: float, target: Plane) -> Plane:
    """Minimise |weight (sharp * k - blurred)|^2 + pull |k - target|^2 over k >= 0 inside a support.

    Parameters
    ----------
    evidence : planes (H, W); pixels less than the radius from an edge must have weight 0.
    start : where to begin.
    support : 1 where the kernel may be other than zero, else 0; same size as the kernel.
    pull, target : the regularisation; a target of zero is the paper's.

    Returns
    -------
    k, not normalised: its sum is the gain between the two.

    Notes
    -----
    Landweber's iteration as in the paper's Section 3, with Nesterov's momentum (Beck and Teboulle, "A fast iterative
    shrinkage-thresholding algorithm", SIAM J. Imaging Sciences 2(1), 2009): the same fixed point in fewer steps.
    """
    normal = _Normal(evidence, start.shape[0] // 2)
    projected = normal.right_side() + np.float32(pull) * target
    rate = 1 / (1.05 * _norm(normal, support) + pull)
    found, ahead, momentum = start, start, 1.0
    for _ in range(ITERATIONS):
        slope = normal.apply(ahead) + np.float32(pull) * ahead - projected
        new = np.maximum(ahead - np.float32(rate) * slope, 0) * support
        next_momentum = (1 + sqrt(1 + 4 * momentum**2)) / 2
        ahead = new + np.float32((momentum - 1) / next_momentum) * (new - found)
        found, momentum = new, next_momentum
    return found


class _Normal:
    """The normal equations of the kernel, by Fourier transform."""

    def __init__(self, evidence: Evidence, radius: int) -> None:
        self._fourier = Fourier(evidence.weight.shape[0], evidence.weight.shape[1], radius)
        self._evidence = evidence
        self._sharp = [self._fourier.of_plane(plane) for plane in evidence.sharp]

    def right_side(self) -> Plane:
        return self._adjoint([self._evidence.weight * plane for plane in self._evidence.blurred])

    def apply(self, kernel: Plane) -> Plane:
        spectrum = self._fourier.of_kernel(kernel)
        return self._adjoint([self._evidence.weight * self._fourier.convolved(s, spectrum) for s in self._sharp])

    def _adjoint(self, planes: list[Plane]) -> Plane:
        parts = [
            self._fourier.lags(self._fourier.of_plane(plane), sharp)
            for plane, sharp in zip(planes, self._sharp, strict=True)
        ]
        return np.asarray(sum(parts), np.float32)


def _norm(normal: _Normal, support: Plane) -> float:
    """The largest eigenvalue of the normal equations, by power iteration."""
    vector, norm = support / max(float(np.linalg.norm(support)), 1e-12), 0.0
    for _ in range(POWER_ITERATIONS):
        image = normal.apply(np.asarray(vector, np.float32)) * support
        norm = float(np.linalg.norm(image))
        vector = image / max(norm, 1e-30)
    return norm
