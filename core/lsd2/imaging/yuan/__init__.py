"""Deblurring with a blurred/noisy pair of a static scene, written from the paper of Yuan et al.

The denoised short frame is sharp but has lost fine detail, the long one has it but blurred.  Where the camera alone
moved, the long frame is the sharp scene convolved with a kernel that changes slowly over the picture.  `kernel` finds
it from the pair (by `least_squares`, from coarse to fine, cleaned by `support`); `exposure` relates the brightness of
both through it; `deconvolution` recovers what the denoised frame lacks from the long one, and `detail` the fine detail
of that.  All of it happens in linear light, in `blocks` that blend; `deblur` puts it together.

References
----------
L. Yuan, J. Sun, L. Quan and H.-Y. Shum, "Image deblurring with blurred/noisy image pairs", ACM TOG 26(3) (SIGGRAPH),
2007.
"""

from lsd2.imaging.yuan.deblur import Deblurred, deblur_with_pair

__all__ = ["Deblurred", "deblur_with_pair"]
