"""BM3D, the block-matching and 3-D filtering denoiser, grey and colour, written from its papers.

An image goes through two stages that differ only in their parameters and their shrinkage.  In each, patches on a
regular grid are matched with similar patches around them (`matching`), all patches are transformed once (`patches`),
groups of matched patches are transformed along the group and shrunk (`transforms`, `shrinkage`), and the shrunk
patches are laid over each other (`patches`).  The first stage thresholds the noisy patches; the second is a Wiener
filter that takes the first one's estimate for the truth (`stages`).  Colour images are matched on their luminance
only (`colour`).  `grid` and `pool` cut large images and spread the pieces over the cores; `denoise` puts it together.
"""

from lsd2.imaging.bm3d.denoise import denoise_bm3d
from lsd2.imaging.bm3d.profiles import NORMAL, Profile, StageParameters

__all__ = ["NORMAL", "Profile", "StageParameters", "denoise_bm3d"]
