"""From a file to an upright photo.

A file is opened, recognised by its first bytes (never by its name), and its header is read and judged - format, size,
completeness - before memory is taken for its pixels.  The decoder gives integers as stored; they are turned upright
once and handed to `colour`, which makes sRGB of them.  Whatever goes wrong becomes a one-line `PhotoReadError`.
"""

from __future__ import annotations

import stat
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from lsd2.errors import PhotoReadError
from lsd2.io.colour import colour_notes, to_display
from lsd2.io.decoders import DECODERS, Decoder, Header, decoder_for, name_of_foreign_format, raw_preview, refined
from lsd2.io.decoders import jpeg as jpeg_decoder
from lsd2.io.decoders.base import UnreadableError
from lsd2.io.icc import profile_name
from lsd2.io.metadata import read_metadata
from lsd2.io.naming import one_line, shown
from lsd2.io.orientation import upright, upright_size
from lsd2.photo import Development, Metadata, Photo

MAX_FILE_BYTES = 2 * 2**30
"""16-bit RGBA of the most pixels allowed has 1.6 GB without compression; more is no photo."""
_HEAD_BYTES = 64
PREVIEW_NOTE = "this is the camera's own small picture; the raw file is still to be developed"


@dataclass(frozen=True, slots=True)
class PhotoInfo:
    """What is known about a photo without decoding it.

    Attributes
    ----------
    path : the file.
    file_format : "JPEG", "PNG", "TIFF"...
    stored_size, upright_size : (width, height), pixels, before and after EXIF orientation.
    bit_depth : bits per channel.
    channels : stored channels, transparency included.
    metadata : as in `Photo`.
    profile : description of the embedded colour profile.
    notes : what reading the photo changes or loses; the last says so if it cannot be read.
    """

    path: Path
    file_format: str
    stored_size: tuple[int, int]
    upright_size: tuple[int, int]
    bit_depth: int
    channels: int
    metadata: Metadata
    profile: str | None
    notes: tuple[str, ...]


def read_photo(path: Path, like: Development | None = None) -> Photo:
    """Decode a photo.

    Parameters
    ----------
    path : a file of one of the formats in `decoders`.
    like : develop a camera raw file of the same camera this way; others do not mind.

    Returns
    -------
    An upright display image, contiguous, with its metadata; `notes` say what was changed or lost.

    Raises
    ------
    PhotoReadError
        When the file cannot be read, is no photo, is incomplete, damaged, too large, or of a kind not supported.
    """
    data, decoder, header = _open(path)
    if header.refusal is not None:
        raise PhotoReadError(f"{shown(path)} {header.refusal}")
    metadata, notes = _metadata(decoder, header)
    with _foreign_code(path):
        samples = decoder.samples(data, replace(header, like=like))
        samples = replace(samples, pixels=upright(samples.pixels, metadata.orientation))
        pixels, converted = to_display(samples, header.icc_profile)
    all_notes = header.notes + notes + samples.notes + converted
    return Photo(pixels, metadata, path, header.icc_profile, all_notes, samples.development)


def read_preview(path: Path) -> Photo | None:
    """The small picture that a camera puts into its raw file: there at once, while the raw still has to be developed.

    Returns
    -------
    An upright display image with the metadata of the raw file; None if the file is no raw file or has no sound preview.

    Raises
    ------
    PhotoReadError
        When the file cannot be opened.
    """
    data, decoder, header = _open(path)
    with _foreign_code(path):
        found = raw_preview(decoder, data)
    if found is None:
        return None
    jpeg, orientation = found
    try:
        with _foreign_code(path):
            small = jpeg_decoder.header(jpeg)
            if small.refusal is not None:
                return None
            samples = jpeg_decoder.samples(jpeg, small)
            samples = replace(samples, pixels=upright(samples.pixels, orientation))
            pixels, _ = to_display(samples, small.icc_profile)
    except PhotoReadError:
        return None
    return Photo(pixels, _metadata(decoder, header)[0], path, small.icc_profile, (PREVIEW_NOTE,))


def inspect(path: Path) -> PhotoInfo:
    """What a file says about itself, without decoding its pixels; raises `PhotoReadError` where it says nothing."""
    _, decoder, header = _open(path)
    return photo_info(path, decoder, header)


def photo_info(path: Path, decoder: Decoder, header: Header) -> PhotoInfo:
    """What the header of a file says about its photo."""
    metadata, notes = _metadata(decoder, header)
    profile = header.icc_profile
    problem = header.refusal
    return PhotoInfo(
        path=path,
        file_format=decoder.name,
        stored_size=(header.width, header.height),
        upright_size=upright_size(header.width, header.height, metadata.orientation),
        bit_depth=header.bit_depth,
        channels=header.channels,
        metadata=metadata,
        profile=None if profile is None else profile_name(profile),
        notes=header.notes
        + notes
        + colour_notes(header.space, profile)
        + (() if problem is None else (f"cannot be read: it {problem}",)),
    )


def _open(path: Path) -> tuple[bytes, Decoder, Header]:
    data, decoder = _recognise(path)
    with _foreign_code(path):
        return data, decoder, decoder.header(data)


def _recognise(path: Path) -> tuple[bytes, Decoder]:
    try:
        information = path.stat()
        if not stat.S_ISREG(information.st_mode):
            kind = "a folder" if path.is_dir() else "not a file"
            raise PhotoReadError(f"{shown(path)} is {kind}: choose a photo")
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            decoder = decoder_for(head)
            if decoder is None:
                raise PhotoReadError(f"{shown(path)} {_why_not(head)}")
            if information.st_size > MAX_FILE_BYTES:
                raise PhotoReadError(f"{shown(path)} is larger than {MAX_FILE_BYTES >> 30} GB: choose a smaller photo")
            file.seek(0)
            data = file.read()
    except FileNotFoundError as error:
        raise PhotoReadError(f"{shown(path)} is not there: check the name") from error
    except PermissionError as error:
        raise PhotoReadError(f"{shown(path)} may not be read by you: check its permissions") from error
    except (OSError, ValueError, MemoryError) as error:
        raise PhotoReadError(
            f"{shown(path)} cannot be opened ({one_line(error)}): check the name and the drive"
        ) from error
    with _foreign_code(path):
        return data, refined(decoder, data)


def _why_not(head: bytes) -> str:
    if not head:
        return "is empty: copy it again from the camera or card"
    known = ", ".join(decoder.name for decoder in DECODERS)
    foreign = name_of_foreign_format(head)
    what = "is not a photo" if foreign is None else f"is {foreign}, which this version cannot read"
    return f"{what}: choose one of {known}"


def _metadata(decoder: Decoder, header: Header) -> tuple[Metadata, tuple[str, ...]]:
    metadata, notes = read_metadata(header.exif, decoder.name, header.bit_depth)
    if header.orientation is not None:
        metadata = replace(metadata, orientation=header.orientation)
    return replace(metadata, xmp=header.xmp, iptc=header.iptc), notes


@contextmanager
def _foreign_code(path: Path) -> Iterator[None]:
    """Code of decoders: silent, and whatever it raises at a hostile file becomes one line."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except UnreadableError as error:
        raise PhotoReadError(f"{shown(path)} {error}") from error
    except MemoryError as error:
        raise PhotoReadError(f"{shown(path)} needs more memory than there is: close other programs") from error
    except Exception as error:
        what = f"is damaged or of an unusual kind ({one_line(error)})"
        raise PhotoReadError(f"{shown(path)} {what}: copy it again, or export it anew") from error
