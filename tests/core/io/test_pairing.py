"""Which photo is the short one, and what is wrong with a pair."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import lsd2
from lsd2.errors import PairError
from lsd2.io.pairing import PhotoFacts, check_pair, ev_gap, guess_roles, mean_brightness
from lsd2.metadata import shutter_text
from lsd2.photo import Metadata, Photo

EVENING = datetime.fromisoformat("2024-05-01T21:03:04")


def facts(seconds=None, iso=None, brightness=0.3, **more):
    time = None if seconds is None else Fraction(seconds)
    return PhotoFacts(Metadata(exposure_seconds=time, iso=iso, **more), brightness)


def photo(value=0.2, size=(32, 40), path=None, seed=0, **metadata):
    noise = np.random.default_rng(seed).random((*size, 3), dtype=np.float32)
    return Photo(np.float32(value) * noise, Metadata(**metadata), path)


def short_and_long():
    short = photo(0.2, seed=1, exposure_seconds=Fraction(1, 100), iso=800)
    return short, photo(0.8, seed=2, exposure_seconds=Fraction(2), iso=800)


class TestRoles:
    def test_shutter_time_decides_even_against_brightness(self):
        guess = guess_roles(facts("2", 100, 0.1), facts("1/100", 3200, 0.4))
        assert guess.short_index == 1
        assert guess.reason == "by shutter time: 1/100 s and 2 s"
        assert any("brighter" in warning for warning in guess.warnings)

    def test_iso_decides_when_the_times_are_equal(self):
        guess = guess_roles(facts("1/50", 1600, 0.1), facts("1/50", 100, 0.4))
        assert guess.short_index == 1
        assert "ISO 1600 and ISO 100" in guess.reason

    def test_rounded_times_count_as_equal(self):
        assert "ISO" in guess_roles(facts("1/60", 100), facts("1/64", 800)).reason

    def test_brightness_decides_without_times(self):
        guess = guess_roles(facts(brightness=0.5), facts("1/50", 100, 0.1))
        assert guess.short_index == 1
        assert guess.reason == "by brightness, as the files do not tell both shutter times"
        assert guess.ev_gap is None

    @given(
        *[
            st.builds(
                facts,
                st.none() | st.fractions(Fraction(1, 8000), Fraction(30)).filter(lambda time: time > 0),
                st.none() | st.integers(50, 102400),
                st.floats(0, 1),
            )
        ]
        * 2
    )
    def test_order_of_the_photos_does_not_matter(self, first, second):
        one, two = guess_roles(first, second), guess_roles(second, first)
        assert one.reason.split(":")[0] == two.reason.split(":")[0]
        if one.short_index == two.short_index:
            assert first.mean_brightness == second.mean_brightness
        else:
            assert one.warnings == two.warnings
            assert one.ev_gap == two.ev_gap


class TestGap:
    def test_shutter(self):
        assert ev_gap(facts("1/8").metadata, facts("2").metadata) == pytest.approx(4)

    def test_iso_and_aperture_count(self):
        short = facts("1/100", 3200, f_number=2.0).metadata
        long = facts("2", 100, f_number=4.0).metadata
        assert ev_gap(short, long) == pytest.approx(np.log2(200) - 5 - 2)

    def test_iso_of_one_photo_does_not(self):
        assert ev_gap(facts("1/8", 100).metadata, facts("2").metadata) == pytest.approx(4)

    def test_equal_exposures_warn(self):
        guess = guess_roles(facts("1/50", 100, 0.30), facts("1/50", 100, 0.31))
        assert [warning for warning in guess.warnings if "nearly alike (0.0 EV apart)" in warning]

    def test_short_frame_at_high_iso_is_no_reason_to_warn(self):
        """The usual hand-held pair: 1/50 s at ISO 1600 and half a second at ISO 64 are equally bright."""
        assert guess_roles(facts("1/50", 1600), facts("1/2", 64)).warnings == ()

    def test_equal_brightness_without_times_warns(self):
        assert "equally bright" in guess_roles(facts(brightness=0.3), facts(brightness=0.31)).warnings[0]


class TestPair:
    def test_good_pair_has_no_warnings(self):
        assert check_pair(*short_and_long()) == ()

    def test_swapped_roles_warn(self):
        short, long = short_and_long()
        assert check_pair(long, short) == ("the roles look swapped: the short photo has the longer shutter time",)

    def test_swapped_brightness_warns(self):
        assert "brighter" in check_pair(photo(0.8, seed=1), photo(0.2, seed=2))[0]

    def test_other_orientation_warns(self):
        warnings = check_pair(photo(0.2, seed=1, orientation=1), photo(0.8, seed=2, orientation=6))
        assert "held differently" in warnings[0]

    @pytest.mark.parametrize(
        ("seconds", "words"), [(60, None), (61, "61 s"), (900, "15 min"), (86400, "hours")], ids=str
    )
    def test_time_between(self, seconds, words):
        later = datetime.fromtimestamp(EVENING.timestamp() + seconds)  # noqa: DTZ006 - EXIF times are local
        warnings = check_pair(photo(0.8, seed=1, taken_at=later), photo(0.8, seed=2, taken_at=EVENING))
        told = [warning for warning in warnings if "apart" in warning]
        assert told == [] if words is None else words in told[0]

    def test_sizes_differ(self):
        with pytest.raises(PairError, match=r"40 x 32 pixels.* 48 x 32: choose two photos of one size"):
            check_pair(photo(size=(32, 40)), photo(size=(32, 48)))

    def test_one_is_turned(self):
        with pytest.raises(PairError, match="turn one of them"):
            check_pair(photo(size=(32, 40)), photo(size=(40, 32)))

    @pytest.mark.parametrize("size", [(1, 1), (15, 100), (100, 15)])
    def test_too_small(self, size):
        with pytest.raises(PairError, match="at least 16"):
            check_pair(photo(size=size, seed=1), photo(size=size, seed=2))

    def test_smallest(self):
        assert len(check_pair(photo(0.2, (16, 16), seed=1), photo(0.8, (16, 16), seed=2))) == 0

    def test_same_file(self, tmp_path):
        path = tmp_path / "a.jpg"
        path.touch()
        with pytest.raises(PairError, match="both the short and the long"):
            check_pair(photo(seed=1, path=path), photo(seed=2, path=tmp_path / "." / "a.jpg"))

    def test_same_file_under_two_names(self, tmp_path):
        one, two = tmp_path / "a.jpg", tmp_path / "b.jpg"
        one.touch()
        two.hardlink_to(one)
        with pytest.raises(PairError, match="both the short and the long"):
            check_pair(photo(seed=1, path=one), photo(seed=2, path=two))

    def test_same_pixels(self, tmp_path):
        with pytest.raises(PairError, match="are the same picture"):
            check_pair(photo(path=tmp_path / "a.jpg"), photo(path=tmp_path / "b.jpg"))


def test_mean_brightness_of_every_type():
    half = np.full((20, 30, 3), 0.5, np.float32)
    assert mean_brightness(half) == 0.5
    assert mean_brightness((half * 65535).astype(np.uint16)) == pytest.approx(0.5, abs=1e-5)
    assert mean_brightness(np.full((4, 4, 3), 255, np.uint8)) == 1


def test_mean_brightness_of_a_large_photo_is_sampled_evenly():
    ramp = np.linspace(0, 1, 3000, dtype=np.float32)
    large = np.broadcast_to(ramp[None, :, None], (3000, 3000, 3))
    assert mean_brightness(large) == pytest.approx(0.5, abs=1e-3)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [("1/8000", "1/8000 s"), ("0.4", "0.4 s"), ("2", "2 s"), ("30", "30 s"), ("120", "120 s"), ("1800", "1800 s")],
)
def test_shutter_text(seconds, text):
    assert shutter_text(Fraction(seconds)) == text


def test_the_window_may_import_it():
    """Neither a decoder nor a network comes with it."""
    code = "import sys, lsd2.io.pairing; print([m for m in ('torch', 'cv2', 'PIL', 'tifffile') if m in sys.modules])"
    core = lsd2.__path__[0].rpartition("lsd2")[0]
    environment = {**os.environ, "PYTHONPATH": core}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "[]"
