"""Folders as a whole: lists, names, copies, photos that cannot be read, what is not looked at."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from lsd2.errors import PairError
from lsd2.pairing.folder import find_pairs
from lsd2.pairing.listing import LIST_NAME, PairList, as_list, read_list
from lsd2.pairing.model import FolderPairs, PairSource
from lsd2.pairing.shots import ShotReader
from lsd2.progress import Cancelled, Stage
from tests.core.pairing.shooting import Camera, scene


@pytest.fixture
def camera(tmp_path: Path) -> Camera:
    return Camera(tmp_path, "Acme One", "IMG_{number:04d}")


def shoot_pair(camera: Camera, at: float, seed: int = 1, **more) -> tuple[Path, Path]:
    picture = scene(seed)
    return camera.shoot(picture, at, 1 / 100, 0.25, **more), camera.shoot(picture, at + 1, 1 / 5, 0.9, **more)


def names(found: FolderPairs) -> list[tuple[str, str]]:
    return [(pair.short.name, pair.long.name) for pair in found.pairs]


def reasons(found: FolderPairs) -> dict[str, str]:
    return {unpaired.path.name: unpaired.reason for unpaired in found.alone}


def test_every_folder_is_judged_by_itself(camera: Camera, tmp_path: Path) -> None:
    shoot_pair(camera, 0)
    (tmp_path / "sub").mkdir()
    camera.folder = tmp_path / "sub"
    shoot_pair(camera, 100)
    (tmp_path / ".hidden.jpg").write_bytes(b"no photo")
    (tmp_path / "notes.txt").write_text("no photo", encoding="utf-8")
    assert names(find_pairs(tmp_path)) == [("IMG_0001.jpg", "IMG_0002.jpg")]
    found = find_pairs(tmp_path, recursive=True)
    assert names(found) == [("IMG_0001.jpg", "IMG_0002.jpg"), ("IMG_0003.jpg", "IMG_0004.jpg")]
    assert found.other_files == 1
    assert names(find_pairs(tmp_path, recursive=True, skip=[tmp_path / "sub"])) == [("IMG_0001.jpg", "IMG_0002.jpg")]


def test_a_list_beside_the_photos_overrides(camera: Camera, tmp_path: Path) -> None:
    for turn in range(3):
        shoot_pair(camera, 100 * turn)
    (tmp_path / LIST_NAME).write_text(
        "short,long\n# the second try\nIMG_0001.jpg, IMG_0004.jpg\nIMG_0003.jpg\n", encoding="utf-8"
    )
    found = find_pairs(tmp_path)
    assert names(found) == [("IMG_0001.jpg", "IMG_0004.jpg"), ("IMG_0005.jpg", "IMG_0006.jpg")]
    assert [pair.source for pair in found.pairs] == [PairSource.LIST, PairSource.EXPOSURE]
    assert reasons(found)["IMG_0003.jpg"] == "the list keeps it alone"
    only = find_pairs(tmp_path, only_listed=True)
    assert names(only) == [("IMG_0001.jpg", "IMG_0004.jpg")]
    assert reasons(only)["IMG_0005.jpg"] == "the list does not name it"


def test_the_command_overrides_the_list(camera: Camera, tmp_path: Path) -> None:
    one, two = shoot_pair(camera, 0)
    three, four = shoot_pair(camera, 100)
    (tmp_path / LIST_NAME).write_text("IMG_0001.jpg,IMG_0004.jpg\n", encoding="utf-8")
    found = find_pairs(tmp_path, listed=PairList(((three, two),), (one,)))
    assert names(found) == [("IMG_0003.jpg", "IMG_0002.jpg")]
    assert set(reasons(found)) == {one.name, four.name}


def test_a_photo_named_with_one_that_is_gone_says_so(camera: Camera, tmp_path: Path) -> None:
    one, two = shoot_pair(camera, 0)
    (tmp_path / "notes.txt").write_text("no photo", encoding="utf-8")
    for partner, why in (("gone.jpg", "but it is there no more"), ("notes.txt", "which is no photo")):
        found = find_pairs(tmp_path, listed=PairList(((one, tmp_path / partner),)))
        assert names(found) == []
        assert reasons(found)[one.name] == f"the list pairs it with {partner}, {why}"
        assert two.name in reasons(found)


def test_a_saved_list_says_the_same(camera: Camera, tmp_path: Path) -> None:
    shoot_pair(camera, 0)
    for number in range(3):
        camera.shoot(scene(7), 100 + 0.3 * number, 4**number / 100, 0.3 * (number + 1), iso=400)
    found = find_pairs(tmp_path)
    assert len(found.pairs) == 2
    text = as_list(found)
    assert b"# check: chosen from a bracket" in text
    (tmp_path / LIST_NAME).write_bytes(text)
    again = find_pairs(tmp_path)
    assert names(again) == names(found)
    assert {pair.source for pair in again.pairs} == {PairSource.LIST}


STRANGE = ["#1", "f\udcfcr", " a", 'a "b", c', "für", "a\u2028b", "a\nb", "#"]
"""Beginnings of names; the second one is no UTF-8."""


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="these names are not allowed there")
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_a_saved_list_says_the_same_of_strange_names(tmp_path: Path, bom: bytes) -> None:
    bare = Camera(tmp_path, None, "bare{number}")
    short, long, other = ([tmp_path / f"{name}{number}.jpg" for name in STRANGE] for number in range(3))
    for path in (*short, *long, *other):
        bare.shoot(scene(1), 0, 1, 0.5).rename(path)
    found = find_pairs(tmp_path, listed=PairList(tuple(zip(short, long, strict=True)), tuple(other)))
    assert len(found.pairs) == len(found.alone) == len(STRANGE)
    (tmp_path / LIST_NAME).write_bytes(bom + as_list(found))
    again = find_pairs(tmp_path)
    assert names(again) == names(found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("IMG_0001.jpg,IMG_0009.jpg\n", "line 1: "),
        ("\nIMG_0001.jpg,IMG_0002.jpg,IMG_0001.jpg\n", "line 2: 3 names"),
        ("IMG_0001.jpg,IMG_0002.jpg\nIMG_0002.jpg\n", "twice"),
    ],
)
def test_a_wrong_list_is_refused_in_one_line(camera: Camera, tmp_path: Path, text: str, words: str) -> None:
    shoot_pair(camera, 0)
    (tmp_path / LIST_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(PairError, match=words) as caught:
        find_pairs(tmp_path)
    assert "\n" not in str(caught.value)
    assert LIST_NAME in str(caught.value)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
@pytest.mark.parametrize("may_come", [False, True])
def test_a_list_in_another_encoding_is_refused(tmp_path: Path, encoding: str, may_come: bool) -> None:
    (tmp_path / LIST_NAME).write_bytes("für.jpg,b.jpg".encode(encoding))
    with pytest.raises(PairError, match=r"line 1: .* save the list as CSV in UTF-8"):
        read_list(tmp_path / LIST_NAME, may_come=may_come)


def test_names_say_it(tmp_path: Path) -> None:
    bare = Camera(tmp_path, None, "bare{number}")
    for name, light in (("Night short", 0.2), ("night_long", 0.8), ("night_sharp", 0.8), ("alone_short", 0.2)):
        bare.shoot(scene(1), 0, 1, light).rename(tmp_path / f"{name}.jpg")
    found = find_pairs(tmp_path)
    assert names(found) == [("Night short.jpg", "night_long.jpg")]
    assert found.pairs[0].warnings == ()


def test_a_shot_in_several_files_counts_once(camera: Camera, tmp_path: Path) -> None:
    for path in shoot_pair(camera, 0):
        (tmp_path / f"{path.stem} (1).jpg").write_bytes(path.read_bytes())
        (tmp_path / f"{path.stem}_lsd2.jpg").write_bytes(path.read_bytes())
    found = find_pairs(tmp_path)
    assert names(found) == [("IMG_0001.jpg", "IMG_0002.jpg")]
    assert len(found.alone) == 4
    assert all("same shot as IMG_000" in unpaired.reason for unpaired in found.alone)


def test_photos_without_any_data_go_by_brightness_and_looks(tmp_path: Path) -> None:
    bare = Camera(tmp_path, None, "SCAN{number:03d}")
    for seed, light in ((1, 0.2), (1, 0.8), (2, 0.2), (3, 0.8), (4, 0.5), (4, 0.5)):
        bare.shoot(scene(seed), 0, 1, light)
    found = find_pairs(tmp_path)
    assert names(found) == [("SCAN001.jpg", "SCAN002.jpg")]
    assert found.pairs[0].source is PairSource.BRIGHTNESS
    assert "guessed by brightness" in found.pairs[0].warnings[0]
    assert "their pixels do not tell" in reasons(found)["SCAN006.jpg"]


def test_what_cannot_be_read_is_told_and_stops_nothing(camera: Camera, tmp_path: Path) -> None:
    short, long = shoot_pair(camera, 0)
    shoot_pair(camera, 100)
    long.write_bytes(long.read_bytes()[:400])
    (tmp_path / "IMG_0009.CR3").write_bytes(b"nothing that anyone knows")
    found = find_pairs(tmp_path)
    assert names(found) == [("IMG_0003.jpg", "IMG_0004.jpg")]
    assert set(reasons(found)) == {short.name, long.name, "IMG_0009.CR3"}


def test_a_sub_folder_that_cannot_be_read_is_told_and_stops_nothing(
    camera: Camera, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shoot_pair(camera, 0)
    (tmp_path / "locked").mkdir()
    scandir = os.scandir

    def refuse(path: Path):
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("lsd2.pairing.shots.os.scandir", refuse)
    found = find_pairs(tmp_path, recursive=True)
    assert len(found.pairs) == 1
    assert "check its permissions" in reasons(found)["locked"]


@pytest.mark.parametrize("name", ["missing", "file.txt"])
def test_what_is_no_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("", encoding="utf-8")
    with pytest.raises(PairError, match="choose a folder"):
        find_pairs(tmp_path / name)


def test_a_reader_reads_only_what_is_new(camera: Camera, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lsd2.pairing import shots

    read: list[str] = []
    glance = shots.glance
    monkeypatch.setattr(shots, "glance", lambda path: (read.append(path.name), glance(path))[1])
    reader = ShotReader()
    shoot_pair(camera, 0)
    find_pairs(tmp_path, reader=reader)
    new = camera.shoot(scene(5), 500, 1 / 100, 0.5)
    read.clear()
    find_pairs(tmp_path, reader=reader)
    assert read == [new.name]


@pytest.mark.parametrize("patience", [4, 11])
def test_reading_and_looking_can_be_cancelled_and_leave_no_thread(
    camera: Camera, tmp_path: Path, patience: int
) -> None:
    for turn in range(4):
        shoot_pair(camera, 100 * turn)

    class Impatient:
        reports = 0

        def report(self, stage: Stage, done: int, total: int) -> None:
            assert (stage, total) == (Stage.READ, 8)
            self.reports += 1
            if self.reports == patience:
                raise Cancelled

        def tile(self, left: int, top: int, pixels: np.ndarray) -> None:
            raise AssertionError

    before = threading.active_count()
    with pytest.raises(Cancelled):
        find_pairs(tmp_path, progress=Impatient())
    assert threading.active_count() <= before
