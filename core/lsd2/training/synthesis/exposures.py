"""Exposure pairs for the fusion network: what a result and a short frame look like, and how they are best fused.

The paper's network for exposure fusion is not published; this is a reconstruction.  The target is the exposure fusion
(Mertens et al. 2007) of the clean, aligned exposures, as `finishing.blend` makes it.  The inputs are the same exposures
as a run gives them: the short frame with all its noise, and the picture that LSD2 makes of a shaken pair, or one with a
rest of blur and of coarse noise as other methods leave it.  Some are left clean, so that nothing is done to clean ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.finishing.blend import blend_exposed
from lsd2.imaging.fusion.highlights import Transfer
from lsd2.methods.base import PreparedPair
from lsd2.methods.registry import get_method
from lsd2.options import Effort, FusionOptions, ProcessOptions
from lsd2.progress import Silent
from lsd2.training.synthesis import colour, exposure, noise
from lsd2.training.synthesis.motion import Rotations
from lsd2.training.synthesis.pair import REALISTIC, as_file, make_scene, to_u8

METHOD = "lsd2"
NORMAL_EFFORT = 0.3
"""Share of shaken pairs for which the method takes the effort that a run takes by default; it is slow, the others get
the network alone."""
SCALE = (0.8, 6.0)
"""Over-exposure of the bright exposure, sampled evenly in the logarithm: up to a good part of the picture clips."""
LIGHTS = (0.7, 20.0)
"""Share of scenes in which clipped lights are boosted, and the largest gain."""
DARK = (0.4, (0.1, 0.6))
"""Share of scenes that are darkened first, and the range of the factor."""
CLEAN = 0.4
"""Share of pairs that are not shaken whose inputs are as clean as their target, so that such are left alone."""
STORED = (0.6, (80, 99))
"""Share of clean pairs that went through JPEG before they were fused, for input and target, and its qualities."""
NOISE = replace(noise.CAMERA, level=(1e-4, 0.02))
"""Of the short frame: from what is hardly seen to what real night pairs have."""
STRENGTH = (0.4, 1.0)
"""Range of the strength of the blend, most often the default."""
SHAKEN = replace(REALISTIC, lights=(0.0, 1.0), crisp=(0.0, 0.0))
"""How the long frame of a shaken pair is blurred; its lights are boosted before, and it is as crisp as the target."""
REST_OF_BLUR = (0.5, 6.0)
"""Share of pairs with a rest of motion blur in the result, and the longest trail, pixels."""
REST_OF_NOISE = 0.012
"""Largest standard deviation of the noise that a result still has, gamma-encoded in [0, 1]; as coarse as a camera's."""

_Image = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Exposed:
    """A clean scene at two exposures, display images (H, W, 3) in [0, 1], and how the dark one is exposed.

    `radiance` is the dark exposure's linear light before clipping, which its noise depends on; `shaken` the bright
    one's, blurred by camera shake; None where the pair is not shaken.
    """

    bright: _Image = field(repr=False)
    dark: _Image = field(repr=False)
    transfer: Transfer
    radiance: _Image = field(repr=False)
    shaken: _Image | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FusionExample:
    """What the network is given and to give: uint8 (H, W, 3) each, gamma-encoded."""

    blend: NDArray[np.uint8] = field(repr=False)
    picture: NDArray[np.uint8] = field(repr=False)
    short: NDArray[np.uint8] = field(repr=False)
    target: NDArray[np.uint8] = field(repr=False)


def expose(image: _Image, rng: np.random.Generator, rotations: Rotations | None = None) -> Exposed:
    """Two exposures of a clean display image (H, W, 3), whose lights are made brighter than its white.

    `rotations` shake the bright one.
    """
    linear = exposure.to_linear(image)
    if rng.random() < LIGHTS[0]:
        linear = exposure.boost_lights(linear, float(np.exp(rng.uniform(0, np.log(LIGHTS[1])))))
    scale = float(np.exp(rng.uniform(*np.log(SCALE))))
    if rng.random() < DARK[0]:
        scale *= float(np.exp(rng.uniform(*np.log(DARK[1]))))
    shaken = None
    if rotations is not None:
        scene = make_scene(exposure.encode(linear), rotations, SHAKEN, rng)
        shaken = exposure.overexpose(scene.blurred, scale)
    linear = exposure.overexpose(linear, scale)
    gains, offsets = colour.WIDE.sample(rng)
    radiance = colour.distort(linear, gains, offsets)
    transfer = Transfer(gains, offsets, 0.0)
    return Exposed(exposure.to_display(linear), exposure.to_display(radiance), transfer, radiance, shaken)


def make_example(exposed: Exposed, rng: np.random.Generator) -> FusionExample:
    """Fuse the clean exposures for the target, and spoil them for the input."""
    options = _options(rng)
    clean = exposed.shaken is None and rng.random() < CLEAN
    if clean and rng.random() < STORED[0]:
        exposed = _stored(exposed, rng)
    target = _fused(exposed.bright, exposed.dark, exposed.transfer, options)
    picture, short = (exposed.bright, exposed.dark) if clean else _inputs(exposed, rng)
    transfer = replace(exposed.transfer, sigma=float(np.std(short - exposed.dark)))
    blend = _fused(picture, short, transfer, options)
    return FusionExample(to_u8(blend), to_u8(picture), to_u8(short), to_u8(target))


def _options(rng: np.random.Generator) -> FusionOptions:
    return FusionOptions() if rng.random() < 0.5 else FusionOptions(strength=float(rng.uniform(*STRENGTH)))


def _stored(exposed: Exposed, rng: np.random.Generator) -> Exposed:
    """The exposures out of JPEG files."""
    quality = int(rng.integers(*STORED[1]))
    bright, dark = (
        _from_file(noise.jpeg_round_trip(to_u8(image), quality)) for image in (exposed.bright, exposed.dark)
    )
    return replace(exposed, bright=bright, dark=dark)


def _from_file(image: NDArray[np.uint8]) -> _Image:
    return image.astype(np.float32) / np.float32(255)


def _inputs(exposed: Exposed, rng: np.random.Generator) -> tuple[_Image, _Image]:
    """The picture and the short frame as a run has them."""
    if exposed.shaken is not None:
        return _by_method(exposed.shaken, exposed.radiance, rng)
    short = noise.add_noise(exposed.radiance, noise.draw_noise(NOISE, rng), rng)
    return _rest_of_noise(_rest_of_blur(exposed.bright, rng), rng), short


def _by_method(shaken: _Image, radiance: _Image, rng: np.random.Generator) -> tuple[_Image, _Image]:
    """What the method makes of a shaken pair out of a camera, and the pair's short frame."""
    draw = noise.draw_noise(NOISE, rng)
    long, short = (
        _from_file(as_file(noise.add_noise(light, draw, rng, ratio), draw))
        for light, ratio in ((shaken, draw.ratio), (radiance, 1.0))
    )
    effort = Effort.NORMAL if rng.random() < NORMAL_EFFORT else Effort.QUICK
    options = ProcessOptions(method=METHOD, effort=effort)
    output = get_method(METHOD).run(PreparedPair(short, long), options, Silent())
    return output.pixels, short


def _fused(bright: _Image, dark: _Image, transfer: Transfer, options: FusionOptions) -> _Image:
    blended = blend_exposed(bright, dark, transfer, options, np.inf, lambda done, total: None)
    return np.clip(blended.pixels, 0, 1, out=blended.pixels)


def _rest_of_blur(image: _Image, rng: np.random.Generator) -> _Image:
    """Straight, short trails, averaged in linear light; what a deblurred picture may keep of longer ones."""
    if rng.random() >= REST_OF_BLUR[0]:
        return image
    length, angle = rng.uniform(1, REST_OF_BLUR[1]), rng.uniform(0, np.pi)
    side = 2 * int(np.ceil(length / 2)) + 3
    kernel = np.zeros((side, side), np.float32)
    centre = (side // 2) * 16
    reach = length / 2 * 16 * np.array([np.cos(angle), np.sin(angle)])
    ends = [tuple(round(centre + sign * float(step)) for step in reach) for sign in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], 1.0, 1, cv2.LINE_AA, 4)
    linear = cv2.filter2D(exposure.to_linear(image), -1, kernel / kernel.sum(), borderType=cv2.BORDER_REFLECT)
    return exposure.to_display(np.asarray(linear, np.float32))


def _rest_of_noise(image: _Image, rng: np.random.Generator) -> _Image:
    sigma = np.float32(rng.uniform(0, REST_OF_NOISE))
    grain = noise.textured_noise((image.shape[0], image.shape[1]), noise.draw_texture(rng), rng)
    return np.asarray(np.clip(image + sigma * grain, 0, 1), np.float32)
