"""Names from templates: what is told, allowed on every system, never over an existing file."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsd2.errors import OptionsError
from lsd2.io.name_template import DEFAULT_TEMPLATE, FIELDS, NameFacts, check_template, render_name, result_path
from lsd2.photo import Metadata

KNOWN = Metadata(
    exposure_seconds=Fraction(1, 4),
    iso=400,
    taken_at=datetime(2024, 5, 1, 21, 3, 4),  # noqa: DTZ001 - cameras write local time
    camera="Acme One/II",
    lens="35mm F2",
)
FACTS = NameFacts(Path("/photos/night/IMG_1.DNG"), Path("/photos/night/IMG_2.DNG"), "lsd2", "lsd2-fast", KNOWN)


@pytest.mark.parametrize(
    ("template", "name"),
    [
        (DEFAULT_TEMPLATE, "IMG_1_lsd2"),
        ("{long}-{model}", "IMG_2-lsd2-fast"),
        ("{date} {time} {folder}", "2024-05-01 21-03-04 night"),
        ("{camera}_{lens}_{iso}_{shutter}", "Acme One-II_35mm F2_400_1-4s"),
        ("{{{method}}}", "{lsd2}"),
        ("../{stem}", "..-IMG_1".strip(" _-.")),
        ("con", "_con"),
        ("a" * 400, "a" * 180),
        ("ä" * 400, "ä" * 90),
        (" . ", "result"),
    ],
)
def test_names(template, name):
    assert render_name(template, FACTS) == name


@pytest.mark.parametrize(
    ("seconds", "name"),
    [("1/250", "1-250s"), ("0.4", "0.4s"), ("0.6", "0.6s"), ("0.8", "0.8s"), ("2.5", "2.5s"), ("1800", "1800s")],
)
def test_shutter_times_are_those_that_the_window_shows(seconds, name):
    facts = NameFacts(Path("a.jpg"), Path("b.jpg"), "lsd2", metadata=Metadata(exposure_seconds=Fraction(seconds)))
    assert render_name("{shutter}", facts) == name


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{date}_{stem}_{camera}_{method}", "a_lsd2"),
        ("{stem}_{lens}", "a"),
        ("{camera}", "result"),
        ("x {iso} y", "x y"),
    ],
)
def test_what_a_photo_does_not_tell_leaves_no_trace(template, name):
    assert render_name(template, NameFacts(Path("a.jpg"), Path("b.jpg"), "lsd2")) == name


@pytest.mark.parametrize("template", ["{", "{}", "{no}", "{stem.parent}", "{stem!r}", "{iso:>99999999}", "{0}", "a}"])
def test_templates_that_mean_nothing(template):
    with pytest.raises(OptionsError) as caught:
        check_template(template)
    assert str(caught.value).isprintable()
    assert "{stem}" in str(caught.value)


def test_every_field_has_a_description_and_a_value():
    for field, (text, _) in FIELDS.items():
        assert text
        assert render_name(f"{{{field}}}", FACTS) != "result", field


@given(st.text(max_size=60).filter(lambda text: "{" not in text and "}" not in text), st.text(max_size=40))
def test_names_are_one_component_that_every_system_takes(text, camera):
    facts = NameFacts(Path("a.jpg"), Path("b.jpg"), "lsd2", metadata=Metadata(camera=camera))
    name = render_name(text + "{camera}", facts)
    assert name
    assert name == Path(name).name
    assert not set(name) & set('/\\:*?"<>|\0')
    assert not name.endswith((" ", "."))
    assert not name.startswith((".", "-"))
    assert len(name.encode()) <= 180


def test_path_is_free(tmp_path):
    first = result_path(tmp_path, DEFAULT_TEMPLATE, FACTS, ".tif")
    assert first == tmp_path / "IMG_1_lsd2.tif"
    first.touch()
    assert result_path(tmp_path, DEFAULT_TEMPLATE, FACTS, ".tif") == tmp_path / "IMG_1_lsd2-2.tif"
    (tmp_path / "IMG_1_lsd2-2.tif.json").touch()
    assert result_path(tmp_path, DEFAULT_TEMPLATE, FACTS, ".tif") == tmp_path / "IMG_1_lsd2-2.tif"
    assert result_path(tmp_path, DEFAULT_TEMPLATE, FACTS, ".tif", ".json") == tmp_path / "IMG_1_lsd2-3.tif"
