"""The sheet shows the very pixels, enlarged a whole number of times, and stays readable."""

from __future__ import annotations

import re
import zlib
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from lsd2.comparison.layout import GAP, MARGIN, TEXT, TILE, Column, Overview, Sheet, size_for_titles, zoom_of
from lsd2.comparison.lettering import common_size, fitted, font, printable, wrapped
from lsd2.comparison.sheet import as_pdf, as_picture, as_png
from lsd2.photo import Crop


def _noise(height: int, width: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(30, 220, (height, width, 3), dtype=np.uint8)


def _views(crops: tuple[Crop, ...], seed: int) -> tuple[np.ndarray, ...]:
    return tuple(_noise(crop.height, crop.width, 10 * seed + k) for k, crop in enumerate(crops))


def _sheet(columns: int, crops: tuple[Crop, ...]) -> Sheet:
    overview = Overview(_noise(90, 120, 0), "Short exposure", "photo.jpg, 1/100 s")
    made = tuple(Column(f"Method {n}", ("sigma 12.0, given",), _views(crops, n)) for n in range(columns))
    return Sheet("photo.jpg", (120, 90), (overview,) * 3, crops, made, "All methods were given the same pixels.")


def _rows_of(picture: Image.Image, view: np.ndarray, x: int, zoom: int) -> list[int]:
    """Where, in the column of tiles at x, the enlarged view begins."""
    tile = view.repeat(zoom, axis=0).repeat(zoom, axis=1)
    pixels = np.asarray(picture)[:, x : x + tile.shape[1]]
    last = tile[-1]
    ends = [y for y in range(len(pixels)) if np.array_equal(pixels[y], last)]
    tops = sorted({y - tile.shape[0] + 1 for y in ends})
    return [top for top in tops if top >= 0 and np.array_equal(pixels[top + 80 : top + len(tile)], tile[80:])]


def test_every_method_shows_every_crop_pixel_by_pixel_in_its_own_column() -> None:
    crops = (Crop(4, 6, 60, 40), Crop(70, 30, 48, 48))
    sheet = _sheet(4, crops)
    picture = as_picture(sheet)
    assert picture.width == 4 * TILE + 3 * GAP + 2 * MARGIN
    tops = []
    for number, column in enumerate(sheet.columns):
        x = MARGIN + number * (TILE + GAP)
        found = [_rows_of(picture, view, x, zoom_of(c)) for view, c in zip(column.views, crops, strict=True)]
        assert all(len(rows) == 1 for rows in found)
        tops.append([rows[0] for rows in found])
    assert all(rows == tops[0] for rows in tops)
    assert tops[0][1] - tops[0][0] == 40 * 8 + GAP


@pytest.mark.parametrize("columns", [1, 2, 5, 8, 9])
def test_any_number_of_methods_has_room(columns: int) -> None:
    picture = np.asarray(as_picture(_sheet(columns, (Crop(4, 6, 24, 24),))))
    edge = np.concatenate([picture[:, : MARGIN - 1], picture[:, 1 - MARGIN :]], axis=1)
    assert (edge == 255).all()
    assert (picture[: MARGIN - 1] == 255).all()
    assert (picture[1 - MARGIN :] == 255).all()
    assert (picture[-MARGIN - 40 : -MARGIN] < 150).any()


def test_zoom_is_whole_and_fits_the_tile() -> None:
    assert [zoom_of(Crop(0, 0, side, side)) for side in (80, 100, 240, 480, 900)] == [6, 4, 2, 1, 1]
    assert zoom_of(Crop(0, 0, 20, 480)) == 2


def test_a_crop_wider_than_a_tile_is_reduced() -> None:
    wide = _sheet(2, (Crop(0, 0, 960, 100),))
    assert as_picture(wide).width == 4 * TILE + 3 * GAP + 2 * MARGIN


def test_the_crops_are_marked_in_the_overviews() -> None:
    with_crop, without = (np.asarray(as_picture(_sheet(4, crops))) for crops in ((Crop(30, 30, 24, 24),), ()))
    top = with_crop[MARGIN : MARGIN + 400], without[MARGIN : MARGIN + 400]
    orange = (with_crop[: MARGIN + 400] == (230, 85, 13)).all(axis=2)
    assert orange.sum() > 500
    assert not (top[1] == (230, 85, 13)).all(axis=2).any()


def test_up_to_eight_methods_stand_side_by_side() -> None:
    """So that a page of a paper, 7 x 9 inches, holds a sheet of all methods with three crops."""
    crops = (Crop(4, 6, 24, 24), Crop(40, 6, 24, 24), Crop(80, 6, 24, 24))
    widest, two_bands = (as_picture(_sheet(columns, crops)) for columns in (8, 9))
    assert widest.width == 8 * (TILE + GAP) - GAP + 2 * MARGIN
    assert widest.height / widest.width < 9 / 7
    assert two_bands.width < widest.width
    assert two_bands.height > widest.height


def test_a_png_is_the_picture_at_its_printed_size() -> None:
    sheet = _sheet(4, (Crop(4, 6, 24, 24),))
    again = Image.open(BytesIO(as_png(sheet)))
    assert np.array_equal(np.asarray(again), np.asarray(as_picture(sheet)))
    assert again.width / again.info["dpi"][0] == pytest.approx(7.0, abs=0.01)


def _images_in(pdf: bytes) -> list[np.ndarray]:
    found = []
    described = rb"/Height (\d+) /Length (\d+) /Subtype /Image\s+/Type /XObject /Width (\d+)\s+>>\s+stream\r?\n"
    for head in re.finditer(described, pdf):
        height, length, width = map(int, head.groups())
        pixels = zlib.decompress(pdf[head.end() : head.end() + length])
        found.append(np.frombuffer(pixels, np.uint8).reshape(height, width, 3))
    return found


def test_a_pdf_holds_every_view_without_loss_on_one_page_seven_inches_wide() -> None:
    crops = (Crop(4, 6, 60, 40),)
    sheet = _sheet(4, crops)
    pdf = as_pdf(sheet)
    assert pdf.startswith(b"%PDF-")
    [(width, height)] = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", pdf)
    picture = as_picture(sheet)
    assert float(width) == pytest.approx(7 * 72)
    assert float(height) / float(width) == pytest.approx(picture.height / picture.width, rel=1e-3)
    images = _images_in(pdf)
    shown = [column.views[0].repeat(8, 0).repeat(8, 1) for column in sheet.columns]
    for view in [*shown, sheet.overviews[0].pixels]:
        assert any(np.array_equal(view, image) for image in images)


def test_letters_in_a_pdf_are_letters() -> None:
    """The font is in the file with a table back to characters, so that words can be searched for and copied."""
    pdf = as_pdf(_sheet(4, ()))
    assert b"/FontFile2" in pdf
    assert b"/ToUnicode" in pdf
    assert b"/Title (photo.jpg)" in pdf


def test_the_same_sheet_gives_the_same_files() -> None:
    sheet = _sheet(2, (Crop(4, 6, 24, 24),))
    assert as_pdf(sheet) == as_pdf(sheet)
    assert as_png(sheet) == as_png(sheet)


def test_text_fits_or_is_cut() -> None:
    assert fitted("BM3D", 30, 400) == "BM3D"
    cut = fitted("a very long name of a method that nobody can read", 30, 200)
    assert cut.endswith("...")
    assert font(30).getlength(cut) <= 200
    lines = wrapped("one two three four five six seven", 30, 200)
    assert " ".join(lines) == "one two three four five six seven"
    assert all(font(30).getlength(line) <= 200 for line in lines)


def test_signs_that_the_font_lacks_become_others() -> None:
    assert printable("Schlo\u00df \u00e9t\u00e9 \u65e5.jpg") == "Schlo? ete ?.jpg"


def test_headings_share_a_size_at_which_the_longest_fits() -> None:
    labels = ["BM3D", "Plain exposure fusion"]
    size = common_size(labels, 36, 300)
    assert 24 < size < 36
    assert [fitted(words, size, 300) for words in labels] == labels
    assert common_size(["BM3D"], 36, 300) == 36
    assert common_size(["W" * 200], 36, 300) == 24
    assert common_size([], 36, 300) == 36


def test_titles_are_broken_rather_than_made_small() -> None:
    titles = ["Long, registered", "Plain exposure fusion"]
    size = size_for_titles(titles, 60)
    assert 51 <= size <= 60
    assert [wrapped(words, size, TEXT) for words in titles] == [["Long, registered"], ["Plain exposure", "fusion"]]
    assert size_for_titles(["BM3D"], 60) == 60
