"""`lsd2 batch` keeps its contract: resumable, stopped by no bad file, one line and code 1 where not all was done."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lsd2.batch import work
from lsd2.batch.journal import JOURNAL_NAME
from lsd2.batch.watch import SETTLE_SECONDS
from lsd2.cli.main import main
from lsd2.errors import PhotoWriteError
from lsd2.pairing.listing import LIST_NAME
from lsd2.progress import CancelToken
from tests.core.batch.power_cut import results, shoot

Run = pytest.CaptureFixture[str]
ROOT = Path(__file__).parents[2]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    shoot(tmp_path / "photos", 2)
    return tmp_path / "photos"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "new" / "out"


def batch(photos: Path, out: Path, *more: str) -> int:
    return main(["batch", str(photos), "-o", str(out), *more])


def test_it_fuses_every_pair_and_then_nothing(photos: Path, out: Path, capsys: Run) -> None:
    assert batch(photos, out) == 0
    assert sorted(results(out)) == ["IMG_0001_lsd2.jpg", "IMG_0003_lsd2.jpg"]
    assert "2 pairs done" in capsys.readouterr().out
    times = {path: path.stat().st_mtime_ns for path in out.glob("*.jpg")}
    assert batch(photos, out, "--json") == 0
    captured = capsys.readouterr()
    document = json.loads(captured.out)
    assert captured.err == ""
    assert document["counts"] == {"waiting": 0, "running": 0, "done": 2, "failed": 0}
    assert all(pair["earlier"] for pair in document["pairs"])
    assert {path: path.stat().st_mtime_ns for path in out.glob("*.jpg")} == times


def test_format_and_name(photos: Path, out: Path) -> None:
    assert batch(photos, out, "--format", "tif", "--no-recipe", "--name", "{long}") == 0
    assert sorted(path.name for path in out.iterdir()) == ["IMG_0002.tif", "IMG_0004.tif", JOURNAL_NAME]


def test_a_dry_run_tells_and_does_nothing(photos: Path, out: Path, capsys: Run) -> None:
    assert batch(photos, out, "--dry-run") == 0
    text = capsys.readouterr().out
    assert "IMG_0001.jpg + IMG_0002.jpg: " in text
    assert text.splitlines()[-1] == "2 pairs to do, 0 done before; 0 photos stay alone"
    assert not out.parent.exists()
    assert batch(photos, out, "--dry-run", "--json") == 0
    assert [pair["state"] for pair in json.loads(capsys.readouterr().out)["pairs"]] == ["waiting", "waiting"]


def damage(photo: Path) -> Callable[[], None]:
    """Cut a photo off without changing its size and time; gives what makes it whole again."""
    whole, status = photo.read_bytes(), photo.stat()

    def write(data: bytes) -> None:
        photo.write_bytes(data)
        os.utime(photo, ns=(status.st_atime_ns, status.st_mtime_ns))

    write(whole[:-200].ljust(len(whole), b"\0"))
    return lambda: write(whole)


def test_a_failure_is_told_and_tried_again(photos: Path, out: Path, capsys: Run) -> None:
    mend = damage(photos / "IMG_0002.jpg")
    assert batch(photos, out, "--retries", "1") == 1
    captured = capsys.readouterr()
    assert captured.out.count("IMG_0002.jpg is incomplete") == 2
    assert captured.err == (
        "lsd2: 1 of 2 pairs failed (IMG_0001.jpg + IMG_0002.jpg): run the same command again to retry them\n"
    )
    assert sorted(results(out)) == ["IMG_0003_lsd2.jpg"]
    assert batch(photos, out, "--skip-failed") == 1
    assert "incomplete" not in capsys.readouterr().out
    mend()
    assert batch(photos, out) == 0
    assert sorted(results(out)) == ["IMG_0001_lsd2.jpg", "IMG_0003_lsd2.jpg"]


def test_what_failed_earlier_is_skipped_whatever_is_retried(photos: Path, out: Path, capsys: Run) -> None:
    damage(photos / "IMG_0002.jpg")
    assert batch(photos, out) == 1
    for made in out.glob("IMG_0003_lsd2.jpg*"):
        made.unlink()
    damage(photos / "IMG_0004.jpg")
    capsys.readouterr()
    assert batch(photos, out, "--skip-failed", "--retries", "1") == 1
    captured = capsys.readouterr()
    assert captured.out.count("IMG_0004.jpg is incomplete") == 2
    assert "IMG_0002.jpg is incomplete" not in captured.out
    assert "2 of 2 pairs failed" in captured.err
    assert captured.err.endswith(": run the command without --skip-failed to retry them\n")


def test_a_dry_run_skips_what_the_run_would_skip(photos: Path, out: Path, capsys: Run) -> None:
    damage(photos / "IMG_0002.jpg")
    assert batch(photos, out) == 1
    (out / "IMG_0003_lsd2.jpg").unlink()
    capsys.readouterr()
    assert batch(photos, out, "--dry-run", "--skip-failed") == 0
    text = capsys.readouterr().out
    assert "IMG_0001.jpg + IMG_0002.jpg: failed before: " in text
    assert text.splitlines()[-1] == "1 pair to do, 0 done before, 1 failed before; 0 photos stay alone"
    assert batch(photos, out, "--dry-run", "--skip-failed", "--json") == 0
    first, second = json.loads(capsys.readouterr().out)["pairs"]
    assert (first["state"], second["state"]) == ("failed", "waiting")
    assert "IMG_0002.jpg is incomplete" in first["message"]
    assert batch(photos, out, "--dry-run") == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("2 pairs to do, 0 done before; ")


def test_the_document_is_printed_though_the_batch_ends_early(
    photos: Path, out: Path, capsys: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_first = work.write_photo

    def write(path: Path, *arguments: object, **more: object) -> Path:
        monkeypatch.setattr(work, "write_photo", fill)
        return write_first(path, *arguments, **more)

    def fill(path: Path, *_: object, **__: object) -> Path:
        raise PhotoWriteError(f"{path} was not written: the drive is full") from OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(work, "write_photo", write)
    assert batch(photos, out, "--json") == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("lsd2: ")
    assert captured.err.endswith("the drive is full\n")
    document = json.loads(captured.out)
    assert document["counts"] == {"waiting": 0, "running": 0, "done": 1, "failed": 1}
    assert "the drive is full" in document["pairs"][1]["message"]


def test_doubtful_pairs_can_be_left_out(photos: Path, out: Path, capsys: Run) -> None:
    (photos / "lsd2-pairs.csv").write_text("IMG_0002.jpg,IMG_0001.jpg\n", encoding="utf-8")
    assert batch(photos, out, "--sure", "--dry-run") == 0
    text = capsys.readouterr().out
    assert "IMG_0003.jpg + IMG_0004.jpg" in text
    assert "IMG_0002.jpg + IMG_0001.jpg" not in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing", "-o", "out"], "choose a folder"),
        (["photos", "-o", "photos"], "choose another folder for the results"),
        (["empty", "-o", "out"], "no pairs were found"),
        (["photos", "-o", "file"], "choose another folder"),
        (["photos", "-o", "out", "--model", "nothing"], "nothing"),
        (["photos", "-o", "out", "--name", "{nothing}"], "unknown part"),
        (["photos", "-o", "out", "--watch", "--retries", "1", "--dry-run"], "leave one of them out"),
        (["photos", "-o", "out", "--every", "5", "--dry-run"], "how often --watch looks"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    photos: Path, arguments: list[str], words: str, capsys: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(photos.parent)
    Path("empty").mkdir()
    Path("file").write_text("", encoding="utf-8")
    assert main(["batch", *arguments]) in (1, 2)
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1


def _start(*arguments: str) -> subprocess.Popen[str]:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "core")])
    return subprocess.Popen(
        [sys.executable, "-m", "lsd2.cli.main", "batch", *arguments],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _wait_for(condition, process: subprocess.Popen[str], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "nothing happened"
        time.sleep(0.05)


def watch(
    photos: Path, out: Path, *more: str, looks: list[Callable[[], object]], monkeypatch: pytest.MonkeyPatch
) -> int:
    """Watch in this process; files are whole at the second look, and after every look something happens."""
    todo = [*looks, lambda: None, lambda: None]

    def wait(token: CancelToken, seconds: float) -> bool:
        todo.pop(0)()
        if not todo:
            token.cancel()
        return token.is_cancelled

    monkeypatch.setattr("lsd2.batch.watch.SETTLE_SECONDS", 0)
    monkeypatch.setattr(CancelToken, "wait", wait)
    return batch(photos, out, "--watch", "--effort", "quick", *more)


def arriving(photos: Path, *names: str) -> Callable[[], None]:
    """Takes photos out of the folder; gives what puts them back."""
    kept = {photos / name: (photos / name).read_bytes() for name in names}
    for path in kept:
        path.unlink()

    def arrive() -> None:
        for path, data in kept.items():
            path.write_bytes(data)

    return arrive


@pytest.mark.parametrize("more", [[], ["--force"]])
def test_a_pair_that_comes_later_takes_no_name_of_a_result(
    photos: Path, out: Path, more: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = arriving(photos, "IMG_0001.jpg", "IMG_0002.jpg")
    made: dict[str, bytes] = {}
    looks = [lambda: None, lambda: (made.update(results(out)), first()), lambda: None]
    assert watch(photos, out, "--name", "{folder}", *more, looks=looks, monkeypatch=monkeypatch) == 0
    assert sorted(results(out)) == ["photos-2.jpg", "photos.jpg"]
    assert made == {"photos.jpg": results(out)["photos.jpg"]}


@pytest.mark.parametrize("source", ["--pair", "--list", "beside"])
def test_pairs_that_were_named_are_watched_for_too(
    photos: Path, out: Path, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether they are there, still to come, or begun when others come."""
    names = [("IMG_0002.jpg", "IMG_0001.jpg"), ("IMG_0004.jpg", "IMG_0003.jpg")]
    made = [f"{short.removesuffix('.jpg')}_lsd2.jpg" for short, _ in names]
    listing = (photos if source == "beside" else out.parent.parent) / LIST_NAME
    listing.write_text("".join(f"{photos / short},{photos / long}\n" for short, long in names), encoding="utf-8")
    pairs = [argument for short, long in names for argument in ("--pair", str(photos / short), str(photos / long))]
    arguments = {"--pair": pairs, "--list": ["--list", str(listing)], "beside": []}[source]
    second, third = arriving(photos, *names[1]), arriving(photos, names[0][0])
    seen: list[list[str]] = []
    looks = [third, lambda: None, lambda: seen.append(sorted(results(out))), second, lambda: None]
    assert watch(photos, out, *arguments, looks=looks, monkeypatch=monkeypatch) == 0
    assert seen == [made[:1]]
    assert sorted(results(out)) == made


@posix_only
def test_a_watched_folder_until_ctrl_c(photos: Path, out: Path) -> None:
    """Files that are still being copied are waited for; Ctrl+C ends it with 0."""
    late = photos / "IMG_0004.jpg"
    whole = late.read_bytes()
    late.write_bytes(whole[:-300])
    process = _start(str(photos), "-o", str(out), "--watch", "--every", "0.2")
    try:
        # The second pair might belong to the first, so both wait until all is there.
        _wait_for((out / JOURNAL_NAME).exists, process)
        time.sleep(2 * SETTLE_SECONDS)
        assert results(out) == {}
        late.write_bytes(whole)
        _wait_for(lambda: len(results(out)) == 2, process)
        process.send_signal(signal.SIGINT)
        told, errors = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0, errors
    assert errors == ""
    assert told.splitlines()[-1].startswith("2 pairs done")


@posix_only
def test_ctrl_c_in_the_middle_is_told_and_gone_on_from(tmp_path: Path, out: Path, capsys: Run) -> None:
    photos = tmp_path / "many"
    shoot(photos, 5, size=(480, 360))
    process = _start(str(photos), "-o", str(out))
    try:
        _wait_for(lambda: len(results(out)) >= 1, process)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 1
    assert errors.startswith("lsd2: stopped with ")
    done = len(results(out))
    assert 1 <= done < 5
    assert batch(photos, out, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert sum(pair["earlier"] for pair in document["pairs"]) == done
    assert len(results(out)) == 5
