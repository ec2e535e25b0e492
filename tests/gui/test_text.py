from __future__ import annotations

from fractions import Fraction

import pytest

from lsd2.photo import AlignmentReport, Metadata
from lsd2.progress import Stage
from lsd2_gui import text


def test_exposure_is_written_as_on_a_camera() -> None:
    metadata = Metadata(exposure_seconds=Fraction(1, 30), f_number=2.8, iso=800)
    assert text.exposure(metadata) == "1/30 s  f/2.8  ISO 800"
    assert text.exposure(Metadata(iso=100)) == "ISO 100"
    assert text.exposure(Metadata()) == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.02, "under 0.1 s"), (0.42, "0.4 s"), (9.96, "10 s"), (59.4, "59 s"), (185, "3 min 05 s"), (3720, "1 h 02 min")],
)
def test_durations(seconds: float, words: str) -> None:
    assert text.duration(seconds) == words


@pytest.mark.parametrize(("seconds", "words"), [(7.9, "0:07"), (754, "12:34"), (3723, "1:02:03")])
def test_clocks(seconds: float, words: str) -> None:
    assert text.clock(seconds) == words


def test_sizes_zoom_and_stops() -> None:
    assert text.dimensions(6000, 4000) == "6000 \N{MULTIPLICATION SIGN} 4000  (24 MP)"
    assert text.dimensions(800, 800) == "800 \N{MULTIPLICATION SIGN} 800"
    assert [text.percent(scale) for scale in (0.0312, 0.333, 1, 8)] == ["3.1 %", "33 %", "100 %", "800 %"]
    assert text.stops(8.0) == "3.0 EV"


def test_sentences_and_alignment() -> None:
    assert text.sentence("the photo was turned") == "The photo was turned."
    assert text.sentence("Really?") == "Really?"
    refused = AlignmentReport.unaligned("too little in common")
    assert text.alignment(refused) == "The long photo was not moved: too little in common."
    applied = AlignmentReport(True, refused.matrix, 3.0, 0.9, "the long photo was moved by 3.0 px")
    assert text.alignment(applied) == "The long photo was moved by 3.0 px."


def test_every_stage_has_words() -> None:
    assert len({text.stage(stage) for stage in Stage}) == len(Stage)


def test_noise_level_says_whether_it_was_estimated() -> None:
    assert text.noise_level({"sigma": 10.15, "sigma_source": "auto"}) == "Noise level, estimated: sigma 10.2"
    assert text.noise_level({"sigma": 12, "sigma_source": "given"}) == "Noise level as given: sigma 12.0"
    assert text.noise_level({"tiles": 4}) == ""


def test_key_parameter_is_short() -> None:
    assert text.noise_taken({"sigma": 10.15}) == " sigma 10.2"
    assert text.effort({"options": {"effort": "best"}}) == ("best",)
    assert text.effort({"options": {"effort": "normal"}}) == ()


@pytest.mark.parametrize(
    ("effort", "coarse", "classical", "mirrored", "told"),
    [
        ("best", 2, 0.0, 0.0, "effort Quick"),
        ("best", 2, 0.5, 0.0, "effort Normal"),
        ("quick", 2, 0.0, 0.0, ""),
        ("best", 0, 0.0, 0.0, "effort Quick"),
        ("normal", 0, 0.0, 0.0, "effort Quick"),
        ("best", 0, 0.5, 0.0, "effort Normal"),
        ("normal", 0, 0.5, 0.0, ""),
        ("best", 0, 0.5, 0.4, ""),
        ("best", 0, 0.0, 0.4, ""),
        ("best", 1, 0.5, 0.4, ""),
    ],
)
def test_an_effort_that_changed_nothing_is_told(
    effort: str, coarse: int, classical: float, mirrored: float, told: str
) -> None:
    looks = {"coarse_levels": coarse, "classical_look": classical, "mirrored_look": mirrored}
    words = text.effort_words({"options": {"effort": effort}, **looks})
    assert bool(words) == bool(told)
    assert told in words


def test_of_results_that_know_no_looks_no_effort_is_told() -> None:
    assert text.effort_words({"options": {"effort": "best"}}) == ""
    assert text.noise_taken({}) == ""
    assert text.effort({}) == ()
