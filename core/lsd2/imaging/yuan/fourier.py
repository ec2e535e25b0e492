"""Convolution of planes with kernels in the frequency domain.

OpenCV's transform is used: with float32 planes it is as fast as any library at hand, and it needs no other engine.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
"""float32 (H, W), linear light unless it says otherwise."""
Kernel = NDArray[np.float32]
"""float32 (2 r + 1, 2 r + 1), not negative, sum 1; the middle moves nothing."""
Spectrum = NDArray[np.float32]
"""What `cv2.dft` packs the half spectrum of a real plane into."""


class Fourier:
    """Planes of one size and kernels of one radius; beyond its edges a plane is zero.

    With `cyclic`, a plane may go on at its other side instead: for planes whose rim of one radius is not looked at.
    """

    def __init__(self, height: int, width: int, radius: int, *, cyclic: bool = False) -> None:
        self._height, self._width, self._radius = height, width, radius
        room = 0 if cyclic else 2 * radius
        self._size = cv2.getOptimalDFTSize(height + room), cv2.getOptimalDFTSize(width + room)

    def of_plane(self, plane: Plane) -> Spectrum:
        """The spectrum of a plane (H, W)."""
        padded = np.zeros(self._size, np.float32)
        padded[: self._height, : self._width] = plane
        return np.asarray(cv2.dft(padded, nonzeroRows=self._height), np.float32)

    def of_kernel(self, kernel: Plane) -> Spectrum:
        """The spectrum of a kernel, or of anything of its size, its middle in the origin."""
        padded = np.zeros(self._size, np.float32)
        side = 2 * self._radius + 1
        padded[:side, :side] = kernel
        return np.asarray(cv2.dft(np.roll(padded, (-self._radius, -self._radius), (0, 1))), np.float32)

    def convolved(self, a: Spectrum, b: Spectrum) -> Plane:
        """The plane (H, W) that is `a` convolved with `b`."""
        return self._back(a, b, conjugate=False)[: self._height, : self._width]

    def correlated(self, a: Spectrum, b: Spectrum) -> Plane:
        """The plane (H, W) that is `a` correlated with `b`: the adjoint of convolving with `b`."""
        return self._back(a, b, conjugate=True)[: self._height, : self._width]

    def lags(self, a: Spectrum, b: Spectrum) -> Plane:
        """The correlation of `a` with `b` at the lags that a kernel has."""
        lags = np.roll(self._back(a, b, conjugate=True), (self._radius, self._radius), (0, 1))
        return lags[: 2 * self._radius + 1, : 2 * self._radius + 1]

    @staticmethod
    def _back(a: Spectrum, b: Spectrum, *, conjugate: bool) -> Plane:
        product = cv2.mulSpectrums(a, b, 0, conjB=conjugate)
        return np.asarray(cv2.idft(product, flags=cv2.DFT_SCALE | cv2.DFT_REAL_OUTPUT), np.float32)
