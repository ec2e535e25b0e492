"""BM3D for a whole image: pieces on all cores, band by band, so that memory hardly grows with the image.

References
----------
K. Dabov, A. Foi, V. Katkovnik and K. Egiazarian, "Image denoising by sparse 3-D transform-domain collaborative
filtering", IEEE TIP 16(8), 2007; the same authors, "Color image denoising via sparse 3D collaborative filtering with
grouping constraint in luminance-chrominance space", ICIP 2007.
M. Lebrun, "An analysis and implementation of the BM3D image denoising method", IPOL 2, 2012.

Notes
-----
The first stage transforms patches by the bior1.5 wavelet, the second by the DCT, and both transform along the group by
Haar.  Pieces share nothing but pixels: reference patches stand on one grid for the whole image and see all of their
search window, so the result does not depend on the cut, up to rounding.  The second stage begins at the top while the
first one is still at the bottom, so that no worker waits for another at the end of a stage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from lsd2.imaging.bm3d.colour import change_colours, noise_gains, opponent_matrix
from lsd2.imaging.bm3d.grid import Plan, Span, blend_bands, plan_pieces, shared_side, side_for
from lsd2.imaging.bm3d.pending import PendingRows
from lsd2.imaging.bm3d.pool import Pool
from lsd2.imaging.bm3d.profiles import NORMAL, Profile, StageParameters
from lsd2.imaging.bm3d.stages import Piece, Sums, hard_stage, wiener_stage
from lsd2.imaging.bm3d.workspace import Workspace
from lsd2.photo import FloatImage
from lsd2.progress import Progress, Stage
from lsd2.system import available_cores

MEMORY_BYTES = 750e6
"""Working memory of all pieces together, beside the image, the first stage's estimate of it and the result."""


def denoise_bm3d(
    image: FloatImage,
    sigma: float,
    progress: Progress,
    profile: Profile = NORMAL,
    workers: int | None = None,
    memory_bytes: float = MEMORY_BYTES,
) -> FloatImage:
    """Remove white Gaussian noise of known strength.

    Parameters
    ----------
    image : float32 (H, W, 3) RGB or (H, W) grey, in the encoding in which the noise is uniform; nominally [0, 1], but
        noise may go beyond.
    sigma : standard deviation of the noise in every channel, on the 0-255 scale.
    progress : told `Stage.PROCESS` before the first piece and after every piece of both stages.
    profile : parameters.
    workers : threads, one core each; None is all cores.
    memory_bytes : working memory, beside `image`, one more image of its size and the result.

    Returns
    -------
    A new image like `image`, in [0, 1]; for `sigma` 0, a copy of it as it is.

    Raises
    ------
    Cancelled
        When `progress` says so.
    """
    if image.ndim not in (2, 3) or (image.ndim == 3 and image.shape[2] != 3) or not image.size:
        raise ValueError(f"BM3D takes (H, W, 3) or (H, W) pixels, not {image.shape}")
    if not 0 <= sigma < np.inf:
        raise ValueError(f"sigma must be zero or more, not {sigma}")
    if sigma == 0:
        return image.copy()
    pixels = _enlarged(image.reshape(*image.shape[:2], -1), max(profile.hard.patch, profile.wiener.patch))
    job = _Job(pixels, sigma, profile, workers or available_cores(), memory_bytes)
    return job.run(progress)[: image.shape[0], : image.shape[1]].reshape(image.shape)


def _enlarged(pixels: FloatImage, least: int) -> FloatImage:
    """Pixels repeated at the far edges of an image that is smaller than one patch."""
    down, right = (max(least - length, 0) for length in pixels.shape[:2])
    return np.pad(pixels, ((0, down), (0, right), (0, 0)), mode="edge") if down or right else pixels


@dataclass(frozen=True, slots=True)
class _Task:
    """One piece of one stage."""

    work: Callable[[Span, Span, Workspace], Sums]
    rows: Span
    columns: Span

    def __call__(self, workspace: Workspace) -> Sums:
        return self.work(self.rows, self.columns, workspace)


class _Job:
    """One image on its way through both stages."""

    def __init__(self, pixels: FloatImage, sigma: float, profile: Profile, workers: int, memory_bytes: float) -> None:
        height, width, channels = pixels.shape
        self._pixels, self._profile, self._workers = pixels, profile, workers
        self._matrix = opponent_matrix(channels)
        self._gains = (sigma / 255 * noise_gains(self._matrix)).astype(np.float32)
        self._basic = np.empty((channels, height, width), np.float32)
        self._share = memory_bytes / workers
        self._hard_plan = self._plan(1, profile.hard)
        self._wiener_plan = self._plan(2, profile.wiener)
        self._basic_rows = PendingRows()

    def _plan(self, inputs: int, parameters: StageParameters) -> Plan:
        height, width, channels = self._pixels.shape
        side = shared_side(side_for(self._share, channels, inputs, parameters), height, width, self._workers)
        return plan_pieces(height, width, side, parameters)

    def run(self, progress: Progress) -> FloatImage:
        """Both stages; the result is RGB or grey, clipped."""
        count = _Counter(progress, len(self._hard_plan) + len(self._wiener_plan))
        output, back = np.empty_like(self._pixels), np.asarray(np.linalg.inv(self._matrix), np.float64)
        with Pool(self._workers) as pool, self._basic_rows:
            results = count.each(pool.run_in_order(_Task.__call__, self._tasks()))
            for top, strip in blend_bands(self._hard_plan, results, output.shape[1]):
                self._basic[:, top : top + strip.shape[1]] = strip
                self._basic_rows.finish(top + strip.shape[1])
            for top, strip in blend_bands(self._wiener_plan, results, output.shape[1]):
                rows = change_colours(strip.transpose(1, 2, 0), back)
                np.clip(rows, 0, 1, out=output[top : top + len(rows)])
        return output

    def _tasks(self) -> Iterator[_Task]:
        hard = (_Task(self._hard_piece, *spans) for spans in self._hard_plan.pieces())
        wiener = (_Task(self._wiener_piece, *spans) for spans in self._wiener_plan.pieces())
        return chain(hard, wiener)

    def _hard_piece(self, rows: Span, columns: Span, workspace: Workspace) -> Sums:
        return hard_stage(self._piece(rows, columns), self._profile, workspace)

    def _wiener_piece(self, rows: Span, columns: Span, workspace: Workspace) -> Sums:
        self._basic_rows.wait_for(rows.stop)  # all pieces that it waits for have been begun before
        basic = self._basic[:, rows.pixels, columns.pixels]
        return wiener_stage(self._piece(rows, columns), basic, self._profile, workspace)

    def _piece(self, rows: Span, columns: Span) -> Piece:
        changed = change_colours(self._pixels[rows.pixels, columns.pixels], self._matrix)
        planes = np.ascontiguousarray(changed.transpose(2, 0, 1))
        return Piece(planes, rows.local, columns.local, self._gains)


class _Counter:
    """Reports the pieces of both stages as one count."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._done, self._total = progress, 0, total
        progress.report(Stage.PROCESS, 0, total)

    def each(self, results: Iterator[Sums]) -> Iterator[Sums]:
        """The results as they are, each reported when it comes."""
        for result in results:
            self._done += 1
            self._progress.report(Stage.PROCESS, self._done, self._total)
            yield result
