"""The kernel and the deconvolution of Yuan et al. where a sharp picture of the scene is at hand already.

With it the kernel is one division in the frequency domain, and two iterations bring the long frame's detail into
another, independently denoised picture: a classical opinion on the scene, at the cost of a few Fourier transforms.
"""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from lsd2.imaging.yuan.deconvolution import ResidualDeconvolution, Scene
from lsd2.imaging.yuan.fourier import Kernel, Plane
from lsd2.imaging.yuan.light import SATURATED, to_display, to_light
from lsd2.photo import FloatImage

RADIUS = 20
"""Of the kernels that are found, pixels."""
DAMPING = 0.1
"""What is added to the spectra of gradients that are divided by, as a part of their mean."""
LEAST = 0.05
"""Of a kernel's largest value; what is less is noise."""
DOUBTED, BELIEVED = 0.08, 0.24
"""Confidence of the deconvolution up to which it is not believed, and from which it is: dark noise leaves 0.3 and more,
something dark that stood in the long frame's way 0.12, something bright nothing."""
ITERATIONS = 2
"""On published triplets 1 to 3 are alike, and more cost detail: the long frame's noise grows."""
BYTES_PER_PIXEL = 420
"""Working memory of a deconvolution, as measured."""
REACH = 2 * ITERATIONS * RADIUS + RADIUS
"""Pixels around a pixel of a deconvolved picture that decide on it."""


def kernel_between(frames: Iterable[tuple[FloatImage, FloatImage]]) -> Kernel | None:
    """The blur that makes long frames of sharp pictures: least squares on gradients of linear light, over all of them.

    Parameters
    ----------
    frames : (sharp, long) display images (H, W, 3), all of one size, both sides longer than a kernel.

    Returns
    -------
    None where they show nothing that tells.
    """
    across = energy = None
    for sharp, long in frames:
        seen = _window(long.shape[0], long.shape[1])
        for axis in (0, 1):
            a, b = (np.fft.rfft2(seen * np.gradient(_luminance(frame), axis=axis)) for frame in (sharp, long))
            across = np.conj(a) * b + (0 if across is None else across)
            energy = np.abs(a) ** 2 + (0 if energy is None else energy)
            size = seen.shape
    if across is None or energy is None or not energy.any():
        return None
    lags = np.fft.fftshift(np.fft.irfft2(across / (energy + DAMPING * energy.mean()), size))
    top, left = size[0] // 2 - RADIUS, size[1] // 2 - RADIUS
    kernel = lags[top : top + 2 * RADIUS + 1, left : left + 2 * RADIUS + 1]
    kernel = np.where(kernel < LEAST * kernel.max(), 0, kernel)
    return None if kernel.max() <= 0 else np.asarray(kernel / kernel.sum(), np.float32)


def sharpened(base: FloatImage, long: FloatImage, kernel: Kernel) -> tuple[FloatImage, FloatImage]:
    """A denoised picture with the detail that the long frame has beyond it; display images (H, W, 3) of one brightness.

    Returns
    -------
    The picture; and how far it can be believed, (H, W, 3) in [0, 1]: not where the long frame is saturated, or where it
    contradicts the picture and the kernel because something moved.
    """
    deconvolution = ResidualDeconvolution(Scene(to_light(base), to_light(long), believable(long)), kernel)
    picture = to_display(deconvolution.run(ITERATIONS, lambda: None, controlled=True))
    believed = (deconvolution.confidence - DOUBTED) / (BELIEVED - DOUBTED)
    return picture, np.asarray(np.clip(believed, 0, 1), np.float32)


def believable(long: FloatImage) -> FloatImage:
    """1 where a channel of the long frame is not saturated, and no neighbour is: resampling has spread their light."""
    clear = (long < SATURATED).astype(np.float32)
    return np.asarray(cv2.erode(clear, np.ones((3, 3), np.uint8)), np.float32)


def _luminance(image: FloatImage) -> Plane:
    return np.asarray(to_light(image).mean(axis=2), np.float32)


def _window(height: int, width: int) -> Plane:
    """Fades to nothing at the sides, for a spectrum goes round."""
    return np.asarray(np.sqrt(np.outer(np.hanning(height), np.hanning(width))), np.float32)
