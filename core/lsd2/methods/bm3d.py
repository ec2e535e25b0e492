"""BM3D, the classical denoiser; see `lsd2.imaging.bm3d`."""

from __future__ import annotations

from lsd2.imaging.bm3d import denoise_bm3d
from lsd2.methods.base import MethodOutput
from lsd2.options import ProcessOptions
from lsd2.photo import FloatImage
from lsd2.progress import Progress


class Bm3d:
    """The denoiser behind the protocol of `methods.base`."""

    def denoise(self, image: FloatImage, sigma: float, options: ProcessOptions, progress: Progress) -> MethodOutput:
        """Remove white Gaussian noise by both stages."""
        return MethodOutput(denoise_bm3d(image, sigma, progress, memory_bytes=options.memory_budget_gb * 1e9))
