"""Names and foreign messages stay on one printable line."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from lsd2.io.naming import one_line, shown


@given(st.text())
def test_foreign_messages(text):
    line = one_line(ValueError(text))
    assert line.isprintable()
    assert 0 < len(line) <= 100


@given(st.text(min_size=1))
def test_paths(text):
    assert shown(Path(text)).isprintable()


def test_common_names_are_shown_as_they_are():
    assert shown(Path("Nacht über Zürich 夜.jpg")) == "Nacht über Zürich 夜.jpg"


def test_undecodable_bytes_are_escaped():
    name = shown(Path("caf\udce9.jpg"))
    assert name == "caf\\udce9.jpg"
    assert name.encode("ascii")
