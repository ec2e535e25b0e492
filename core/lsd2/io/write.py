"""From pixels to a file, with the metadata of the photo that they were made from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lsd2.errors import PhotoWriteError
from lsd2.io.atomic import check_target, write_atomically
from lsd2.io.encode import DEFAULT_QUALITY, check_suffix, encode_photo
from lsd2.io.exif_carry import block_for_result
from lsd2.io.icc import srgb_profile
from lsd2.io.naming import shown
from lsd2.photo import FloatImage, Photo


def write_photo(
    target: Path,
    pixels: FloatImage,
    *,
    parent: Photo | None = None,
    inputs: Iterable[Path] = (),
    overwrite: bool = False,
    quality: int = DEFAULT_QUALITY,
) -> Path:
    """Write a result as a whole or not at all.

    Parameters
    ----------
    target : file to write; its suffix chooses JPEG (8 bit) or PNG or TIFF (16 bit).
    pixels : display image (H, W, 3) float32, gamma-encoded sRGB in [0, 1].
    parent : the photo whose EXIF data the result carries on, made true for it: upright, this size.
    inputs : further files that are never overwritten; the parent's own file is one anyway.
    overwrite : replace an existing file that is not an input.
    quality : of a JPEG, 1-100; colours keep their full resolution from 90 on.

    Returns
    -------
    The path written.

    Raises
    ------
    PhotoWriteError
        When it cannot be written, for a reason a user can read; the target is as it was.
    """
    check_writable(target, parent=parent, inputs=inputs, overwrite=overwrite)
    exif = _carried(parent, pixels)
    try:
        # Always sRGB and always said so, whatever the parent's profile is: `colour` converted its pixels.
        data = encode_photo(target.suffix, pixels, exif=exif, icc_profile=srgb_profile(), quality=quality)
    except PhotoWriteError as error:
        raise PhotoWriteError(f"{shown(target)} was not written: {error}") from error
    write_atomically(target, data, overwrite=overwrite)
    return target


def check_writable(
    target: Path, *, parent: Photo | None = None, inputs: Iterable[Path] = (), overwrite: bool = False
) -> None:
    """Raise the `PhotoWriteError` that `write_photo` would, as far as it is known before anything is computed."""
    try:
        check_suffix(target.suffix)
    except PhotoWriteError as error:
        raise PhotoWriteError(f"{shown(target)} was not written: {error}") from error
    protected = [*inputs, *([parent.path] if parent is not None and parent.path is not None else [])]
    if any(_same_file(target, path) for path in protected):
        raise PhotoWriteError(f"{shown(target)} is one of the photos being worked on: choose another name")
    check_target(target, overwrite=overwrite)


def _same_file(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except (OSError, ValueError):
        return False


def _carried(parent: Photo | None, pixels: FloatImage) -> bytes | None:
    """The parent's EXIF block, made true for these pixels."""
    if parent is None or parent.metadata.exif is None:
        return None
    height, width = pixels.shape[:2]
    return block_for_result(parent.metadata.exif, width, height)
