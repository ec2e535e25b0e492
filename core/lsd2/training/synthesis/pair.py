"""A clean photo becomes a short, a long and a sharp frame.

Two steps.  `make_scene` does the costly one, motion blur, once per crop of a photo; it is linear in the intensities, so
that `make_triplet` can draw many exposures, colour distortions and noises from one scene.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.training.synthesis import colour, exposure, noise
from lsd2.training.synthesis.motion import Camera, Exposure, Rotations, blur
from lsd2.training.synthesis.moving import move_object

LONG_SECONDS = (0.03, 0.33)
"""Range of the long frame's exposure time, s, of the paper's captures."""


CRISP_RADIUS = (0.6, 1.2)
"""Range of the radius within which a photo is made crisper, pixels."""
LEFT_BY_COARSE = 0.1
"""Share of its length that a trail keeps, seen in the next size, when a copy of half the size has been fused."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What kinds of pairs are made.

    Attributes
    ----------
    scale : range of the over-exposure s, sampled evenly.
    colour, noise : of the short frame.
    frame_width : range of the simulated frame's width, pixels: the larger, the longer the trails.
    lights : probability that clipped lights are boosted, and the largest gain.
    residual_shift : standard deviation of a further shift between the frames, pixels.
    registered : probability that the long frame has been registered to the short one before the network sees it, as the
        program does; what is left of the misregistration is `residual_shift`.
    softened : probability that the long frame is what fusing a copy of half the size has left: little motion, no fine
        detail (see `imaging.coarse`).
    moving : probability of an object that has moved.
    still : probability of no motion at all.
    noise_free : probability of hardly any noise.
    dark : probability that a scene is darkened first, and the range of the factor.
    crisp : probability that a photo is made as crisp as shrunk ones are, and the largest amount; see `crispened`.
    """

    scale: tuple[float, float]
    colour: colour.ColourDistortion
    noise: noise.NoiseModel
    frame_width: tuple[float, float]
    lights: tuple[float, float] = (0.0, 1.0)
    residual_shift: float = 0.0
    registered: float = 0.0
    softened: float = 0.0
    moving: float = 0.0
    still: float = 0.0
    noise_free: float = 0.0
    dark: tuple[float, tuple[float, float]] = (0.0, (1.0, 1.0))
    crisp: tuple[float, float] = (0.0, 0.0)


PAPER = Recipe(scale=(1.0, 3.0), colour=colour.MEASURED, noise=noise.SHOT_ONLY, frame_width=(480, 1200))
"""Section 3.1 as it stands; trails from those of a 480-pixel frame to those that the published triplets show."""

CRISP = (0.7, 2.0)
"""Detail of a pixel or two has nearly twice the contrast in the published triplets, which are shrunk from large photos,
that it has in collections for training: standard deviations of 20 and 12 of 255 beyond a Gaussian of 1.2 pixels."""

REGISTERED = replace(PAPER, residual_shift=0.7, registered=1.0, crisp=CRISP)
"""The paper's pairs as this program's alignment hands them to the network, of crisper photos."""

REALISTIC = Recipe(
    scale=(0.8, 3.0),
    colour=colour.WIDE,
    noise=noise.CAMERA,
    frame_width=(600, 4000),
    lights=(0.5, 6.0),
    residual_shift=1.0,
    registered=0.7,
    softened=0.25,
    moving=0.1,
    still=0.05,
    noise_free=0.04,
    dark=(0.4, (0.05, 0.5)),
    crisp=CRISP,
)
"""Beyond the paper, for photos out of a camera: coarse noise, JPEG, darker scenes, lamps, trails of whole photos."""

RECIPES = {"paper": PAPER, "registered": REGISTERED, "realistic": REALISTIC}


@dataclass(frozen=True, slots=True)
class Scene:
    """A crop before exposure: `sharp` and `blurred` are float32 HWC RGB in linear light, not clipped."""

    sharp: NDArray[np.float32] = field(repr=False)
    blurred: NDArray[np.float32] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Triplet:
    """What a network is trained on: uint8 HWC RGB, gamma-encoded, as files would hold it."""

    short: NDArray[np.uint8] = field(repr=False)
    long: NDArray[np.uint8] = field(repr=False)
    sharp: NDArray[np.uint8] = field(repr=False)


def make_scene(image: NDArray[np.float32], rotations: Rotations, recipe: Recipe, rng: np.random.Generator) -> Scene:
    """Move a display image (H, W, 3) in [0, 1] through linear light and motion blur."""
    probability, most = recipe.crisp
    if probability and rng.random() < probability:
        image = crispened(image, float(rng.uniform(0, most)), float(rng.uniform(*CRISP_RADIUS)))
    sharp = exposure.to_linear(image)
    probability, largest = recipe.lights
    if rng.random() < probability:
        sharp = exposure.boost_lights(sharp, float(rng.uniform(1, largest)))
    if rng.random() < recipe.still:
        return Scene(sharp, sharp)
    camera, origin = _place(image.shape[0], image.shape[1], recipe, rng)
    softened = rng.random() < recipe.softened
    seconds = float(rng.uniform(*LONG_SECONDS)) * (LEFT_BY_COARSE if softened else 1.0)
    latest = rotations.times[-1] - seconds - camera.readout
    start = float(rng.uniform(rotations.times[0], latest))
    shift = rng.normal(0, recipe.residual_shift, 2) if recipe.residual_shift else np.zeros(2)
    offset = (float(shift[0]), float(shift[1]))
    centred = rng.random() < recipe.registered
    blurred = blur(sharp, rotations, camera, Exposure(start, seconds), origin, offset, centred=centred)
    if softened:
        blurred = _enlarged_again(blurred)
    return Scene(sharp, move_object(blurred, rng) if rng.random() < recipe.moving else blurred)


def crispened(image: NDArray[np.float32], amount: float, radius: float) -> NDArray[np.float32]:
    """A display image (H, W, 3) with 1 + `amount` times the contrast of what a Gaussian (sigma, pixels) takes."""
    return np.clip(image + np.float32(amount) * (image - cv2.GaussianBlur(image, (0, 0), radius)), 0, 1)


def _enlarged_again(image: NDArray[np.float32]) -> NDArray[np.float32]:
    """Linear light (H, W, 3) at half the size and back."""
    half = cv2.resize(image, (image.shape[1] // 2, image.shape[0] // 2), interpolation=cv2.INTER_AREA)
    return np.maximum(cv2.resize(half, image.shape[1::-1], interpolation=cv2.INTER_CUBIC), 0)


def _place(height: int, width: int, recipe: Recipe, rng: np.random.Generator) -> tuple[Camera, tuple[int, int]]:
    """A frame that holds the crop, and where in it the crop lies."""
    frame_width = int(np.exp(rng.uniform(*np.log(recipe.frame_width))))
    camera = Camera.nvidia_shield(max(frame_width, width), max(frame_width * 9 // 16, height))
    origin = (int(rng.integers(0, camera.width - width + 1)), int(rng.integers(0, camera.height - height + 1)))
    return camera, origin


def make_triplet(scene: Scene, recipe: Recipe, rng: np.random.Generator) -> Triplet:
    """Expose a scene: over-exposure, colour distortion, noise, clipping, gamma, 8 bit."""
    scale = float(rng.uniform(*recipe.scale))
    probability, factors = recipe.dark
    if rng.random() < probability:
        scale *= float(np.exp(rng.uniform(*np.log(factors))))
    draw = noise.draw_noise(recipe.noise, rng)
    if rng.random() < recipe.noise_free:
        draw = replace(draw, levels=draw.levels * np.float32(noise.FAINT))
    sharp = exposure.overexpose(scene.sharp, scale)
    long = noise.add_noise(exposure.overexpose(scene.blurred, scale), draw, rng, draw.ratio)
    short = noise.add_noise(colour.distort(sharp, *recipe.colour.sample(rng)), draw, rng)
    return Triplet(as_file(short, draw), as_file(long, draw), to_u8(exposure.to_display(sharp)))


def as_file(display: NDArray[np.float32], draw: noise.NoiseDraw) -> NDArray[np.uint8]:
    """A display image as a camera's file holds it: 8 bit, and JPEG where the camera writes it."""
    image = to_u8(display)
    return image if draw.jpeg_quality is None else noise.jpeg_round_trip(image, draw.jpeg_quality)


def to_u8(image: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Display image in [0, 1] to 8 bit, rounded."""
    return (image * 255 + 0.5).astype(np.uint8)
