"""From pixels to a file, with the metadata of the photo that they were made from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lsd2.errors import PhotoWriteError
from lsd2.io.atomic import check_target, write_atomically
from lsd2.io.carried import Carried, carried
from lsd2.io.encode import check_suffix, encode_photo
from lsd2.io.icc import srgb_profile
from lsd2.io.naming import shown
from lsd2.io.output_colour import in_profile, output_profile
from lsd2.options import WriteOptions
from lsd2.photo import FloatImage, Photo

_DEFAULTS = WriteOptions()


def write_photo(
    target: Path,
    pixels: FloatImage,
    *,
    parent: Photo | None = None,
    inputs: Iterable[Path] = (),
    overwrite: bool = False,
    options: WriteOptions = _DEFAULTS,
) -> Path:
    """Write a result as a whole or not at all.

    Parameters
    ----------
    target : file to write; its suffix chooses JPEG (8 bit) or PNG or TIFF (16 bit).
    pixels : display image (H, W, 3) float32, gamma-encoded sRGB in [0, 1].
    parent : the photo whose EXIF, XMP and IPTC data the result carries on, made true for it: upright, this size.
    inputs : further files that are never overwritten; the parent's own file is one anyway.
    overwrite : replace an existing file that is not an input.
    options : colours, quality, whether the position is kept; the parent in them is the caller's to choose.

    Returns
    -------
    The path written.

    Raises
    ------
    PhotoWriteError
        When it cannot be written, for a reason a user can read; the target is as it was.
    """
    check_writable(target, parent=parent, inputs=inputs, overwrite=overwrite, options=options)
    try:
        profile = output_profile(options.profile, parent)
        numbers = in_profile(pixels, profile)
        data = encode_photo(target.suffix, numbers, _carried(target, pixels, parent, options), profile, options)
    except PhotoWriteError as error:
        raise PhotoWriteError(f"{shown(target)} was not written: {error}") from error
    write_atomically(target, data, overwrite=overwrite)
    return target


def check_writable(
    target: Path,
    *,
    parent: Photo | None = None,
    inputs: Iterable[Path] = (),
    overwrite: bool = False,
    options: WriteOptions = _DEFAULTS,
) -> None:
    """Raise the `PhotoWriteError` that `write_photo` would, as far as it is known before anything is computed."""
    try:
        check_suffix(target.suffix)
        output_profile(options.profile, parent)
    except PhotoWriteError as error:
        raise PhotoWriteError(f"{shown(target)} was not written: {error}") from error
    protected = [*inputs, *([parent.path] if parent is not None and parent.path is not None else [])]
    if any(_same_file(target, path) for path in protected):
        raise PhotoWriteError(f"{shown(target)} is one of the photos being worked on: choose another name")
    check_target(target, overwrite=overwrite)


def writing_notes(
    target: Path, pixels: FloatImage, parent: Photo | None, options: WriteOptions = _DEFAULTS
) -> tuple[str, ...]:
    """What of the parent's metadata this file has no room for, in plain words."""
    return _carried(target, pixels, parent, options).notes


def _carried(target: Path, pixels: FloatImage, parent: Photo | None, options: WriteOptions) -> Carried:
    """The parent's metadata, made true for these pixels."""
    size = (pixels.shape[1], pixels.shape[0])
    is_srgb = output_profile(options.profile, parent) == srgb_profile()
    metadata = None if parent is None else parent.metadata
    return carried(metadata, target.suffix.lower(), size, gps=options.gps, is_srgb=is_srgb)


def _same_file(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except (OSError, ValueError):
        return False
