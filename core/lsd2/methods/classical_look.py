"""A classical look at the pair, after the network's: its result tells how the long frame is blurred, and what is noise.

The network errs where it cannot tell blur from scene.  With its result at hand the blur is soon found; the short frame,
cleaned by a Wiener filter that takes the result for its pilot (`imaging.pilot`), and the long one, deconvolved
(`imaging.yuan.quick`), make a picture that errs otherwise, and the mean of both is better than either: 26.5 dB in place
of the network's 25.7 on published triplets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from lsd2.imaging import pilot
from lsd2.imaging.coarse import energy, second_share
from lsd2.imaging.noise import estimate_noise
from lsd2.imaging.photometry import PhotometryReport, fit_to_long
from lsd2.imaging.tiling import choose_tile, plan_tiles, run_tiled
from lsd2.imaging.yuan import quick
from lsd2.imaging.yuan.fourier import Kernel
from lsd2.options import MIN_TILE, ProcessOptions
from lsd2.parts import Moved, part_around
from lsd2.photo import Crop, FloatImage
from lsd2.progress import Progress, Silent
from lsd2.system import release_freed_memory

LARGEST_TILE, LARGEST_PART = 928, 1280
"""Side of a tile of all of a photo, pixels; and of a part that is waited for, which one tile serves best."""
LARGEST_BESIDE_BASE = 768
"""The same of a photo whose denoised short frame is in memory, too."""
MOST = 0.6
"""Share in the mean: 0.5 is 0.1 dB worse on published and on synthetic triplets, 0.7 on pairs with cameras' noise."""
BYTES_PER_PIXEL = pilot.BYTES_PER_PIXEL + quick.BYTES_PER_PIXEL
OVERLAP, GUARD = 2 * quick.REACH, quick.REACH // 2
CONTEXT = 64
"""Pixels around a part that decide on it visibly, as beyond the guard of a tile; parts begin at multiples of them."""
FADE = 2.0
"""Standard deviation, pixels, of the blur of its say, so that this shows no edge."""
KNOWN = 0.04
"""Distance, of full scale, beyond the values that the samples have, over which this look loses its say."""
RARE = 8
"""Levels at either end of a curve of brightness that are left out of these: noise makes them, and they are steep."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A small part of the pair, registered, and what was fused of it; display images (H, W, 3).

    The short frame may be denoised already.
    """

    long: FloatImage
    short: FloatImage
    fused: FloatImage


@dataclass(frozen=True, slots=True)
class ClassicalLook:
    """What a pair's samples tell.

    Attributes
    ----------
    kernel : the long frame's blur.
    sigma : standard deviation of the noise that its short frame has, as a part of full scale.
    brightness : from the short frame to the fusion.
    correction : from the cleaned short frame in the fusion's brightness to the fusion.
    share : of this look in the mean, in [0, `MOST`].
    doubt : how much it differs from the fusion, mean square of what is not single pixels' noise.
    removed : standard deviation of the noise that a denoiser takes out of its short frame before; 0 where none does.
    """

    kernel: Kernel
    sigma: float
    brightness: PhotometryReport
    correction: PhotometryReport
    share: float = MOST
    doubt: float = 0.0
    removed: float = 0.0

    def cleaned(self, short: FloatImage, fused: FloatImage) -> FloatImage:
        """The short frame without its noise, in the fusion's brightness but for the correction."""
        return self.brightness.apply(pilot.filtered(short, self.brightness.undone(fused), self.sigma))

    def picture(self, long: FloatImage, short: FloatImage, fused: FloatImage) -> tuple[FloatImage, FloatImage]:
        """What this look alone makes of a part of the pair, and how far that can be believed; see `quick.sharpened`."""
        return quick.sharpened(self.correction.apply(self.cleaned(short, fused)), long, self.kernel)

    def mixed(self, long: FloatImage, short: FloatImage, fused: FloatImage, moved: FloatImage) -> FloatImage:
        """The mean with the fusion; where it cannot be believed, or values are unlike the samples', the fusion.

        So it is where `moved`, (H, W, 1), is 1.
        """
        picture, believed = self.picture(long, short, fused)
        weight = believed.min(axis=2) * (1 - moved[..., 0])
        for index, channel in enumerate(self.correction.channels):
            levels = channel.long_levels
            rare = min(RARE, (len(levels) - 1) // 2)
            low, high = levels[rare], levels[-1 - rare]
            beyond = np.maximum(low - fused[..., index], fused[..., index] - high)
            weight *= np.clip(1 - beyond / KNOWN, 0, 1)
        weight = cv2.GaussianBlur(np.float32(self.share) * weight, (0, 0), FADE)[..., None]
        return np.asarray(fused + weight * (picture - fused), np.float32)


def judge(samples: Sequence[Sample], sigma: float | None = None) -> ClassicalLook | None:
    """What samples of a pair tell; None where they show nothing, or where this look would be no gain.

    `sigma` is the standard deviation of their short frames' noise, as a part of full scale; None is measured.
    """
    sides = [min(sample.long.shape[:2]) for sample in samples]
    kernel = quick.kernel_between([(s.fused, s.long) for s in samples]) if min(sides) > 2 * quick.RADIUS else None
    if kernel is None:
        return None
    if sigma is None:
        sigma = float(np.median([estimate_noise(sample.short, Silent()).sigma for sample in samples])) / 255
    long, short, fused = (np.concatenate([getattr(s, name) for s in samples]) for name in ("long", "short", "fused"))
    brightness = fit_to_long(short, fused)
    look = ClassicalLook(kernel, sigma, brightness, brightness)
    cleaned = np.concatenate([look.cleaned(sample.short, sample.fused) for sample in samples])
    look = replace(look, correction=fit_to_long(cleaned, fused))
    alone = np.concatenate([look.picture(sample.long, sample.short, sample.fused)[0] for sample in samples])
    share = second_share(long, fused, alone, MOST)
    return replace(look, share=share, doubt=energy(alone - fused)) if share else None


def around_part(kept: Crop | None, image: FloatImage) -> Crop | None:
    """What this look has to see for a part; None is all of the image (H, W, 3)."""
    return part_around(kept, CONTEXT, CONTEXT, image.shape[1], image.shape[0]) if kept else None


def look_again(
    fused: FloatImage,
    long: FloatImage,
    short: FloatImage,
    look: ClassicalLook,
    options: ProcessOptions,
    progress: Progress,
    part: Crop | None,
    moved: Callable[[Crop], FloatImage],
) -> None:
    """Make a fusion the mean of itself and the classical look, tile by tile, in a part or all over.

    `fused`, `long` and `short` are display images (H, W, 3), the frames registered, the short one as `look` wants it;
    `moved` tells of a part of them how far it has to stay as it is, (H, W, 1) in [0, 1].
    """
    area = part or Crop(0, 0, fused.shape[1], fused.shape[0])

    def read(top: int, left: int, height: int, width: int) -> FloatImage:
        at = Crop(area.x + left, area.y + top, width, height)
        frames = (frame[at.rows, at.columns] for frame in (long, short, fused))
        return np.concatenate([*frames, moved(at)], axis=2)

    def mixed(tile: FloatImage) -> FloatImage:
        return look.mixed(*(np.ascontiguousarray(tile[..., first : first + 3]) for first in (0, 3, 6, 9)))

    size = area.height, area.width
    largest = LARGEST_BESIDE_BASE if look.removed else LARGEST_TILE
    if size != fused.shape[:2]:
        largest = LARGEST_PART
    tile = choose_tile(int(options.memory_budget_gb * 1e9), BYTES_PER_PIXEL, pilot.BLOCK, MIN_TILE, largest)
    plan = plan_tiles(*size, max(tile, 2 * OVERLAP), OVERLAP, pilot.BLOCK, GUARD)
    fused[area.rows, area.columns] = run_tiled(read, mixed, plan, Moved(progress, area))
    release_freed_memory()
