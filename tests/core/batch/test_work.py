"""Pairs become files, each once, whatever happens in between."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from lsd2.batch.journal import JOURNAL_NAME, Entry, Event, read_journal
from lsd2.batch.model import BatchItem, BatchRequest, Outcome, PairState
from lsd2.batch.plan import done_earlier, failed_earlier, in_order_of_trust, plan
from lsd2.batch.queue import BatchQueue
from lsd2.batch.run import run_batch
from lsd2.batch.work import UNFINISHED, Workplace
from lsd2.errors import BatchError, PhotoReadError
from lsd2.io.read import inspect
from lsd2.io.recipe import check_inputs, read_recipe
from lsd2.options import OutputProfile, ProcessOptions, WriteOptions
from lsd2.pairing.folder import find_pairs
from lsd2.progress import Cancelled, Silent, Stage
from tests.core.batch.power_cut import Deaf, files, results, shoot
from tests.core.pairing.shooting import Camera, scene

ROOT = Path(__file__).parents[3]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and fork")


@pytest.fixture
def request_(tmp_path: Path) -> BatchRequest:
    """Three pairs, and how they are to be done."""
    shoot(tmp_path / "photos", 3)
    return BatchRequest(
        tmp_path / "photos", tmp_path / "out", ProcessOptions(method="mertens", align=False), suffix=".png"
    )


def items_of(request: BatchRequest) -> list[BatchItem]:
    return plan(find_pairs(request.source, recursive=True).pairs, request, read_journal(request.output))


def run_all(request: BatchRequest, progress=None) -> dict[str, Outcome]:
    """Every pair of the source; the outcomes by the targets' names."""
    queue = BatchQueue()
    with Workplace(request) as place:
        items = items_of(request)
        queue.add(items, done_earlier(items, place.entries, request.output))
        run_batch(queue, place.do, Deaf(), progress or Silent())
    return {item.target.name: queue.outcome(item) for item in queue.items}


def test_every_pair_is_done_once(request_: BatchRequest) -> None:
    outcomes = run_all(request_)
    assert sorted(outcomes) == ["IMG_0001_mertens.png", "IMG_0003_mertens.png", "IMG_0005_mertens.png"]
    assert {outcome.state for outcome in outcomes.values()} == {PairState.DONE}
    first = results(request_.output)
    assert sorted(first) == sorted(outcomes)
    assert inspect(request_.output / "IMG_0001_mertens.png").bit_depth == 16
    assert not (request_.output / UNFINISHED).exists()
    again = run_all(request_)
    assert all(outcome.earlier for outcome in again.values())
    assert results(request_.output) == first


def test_a_recipe_stands_beside_every_result(request_: BatchRequest) -> None:
    run_all(request_)
    recipe = read_recipe(request_.output / "IMG_0001_mertens.png.json")
    check_inputs(recipe)
    assert recipe.process == request_.options
    assert (recipe.short.name, recipe.long.name) == ("IMG_0001.jpg", "IMG_0002.jpg")
    bare = replace(request_, output=request_.output.with_name("bare"), with_recipe=False)
    run_all(bare)
    assert len(files(bare.output)) == 3


def test_a_foreign_recipe_is_never_replaced_unasked(request_: BatchRequest) -> None:
    request_.output.mkdir()
    foreign = request_.output / "IMG_0003_mertens.png.json"
    foreign.write_bytes(b"the user's")
    outcome = run_all(request_)["IMG_0003_mertens.png"]
    assert outcome.state is PairState.FAILED
    assert "exists already" in outcome.message
    assert foreign.read_bytes() == b"the user's"


def test_names_by_template(request_: BatchRequest) -> None:
    named = replace(request_, template="{date} {camera} {long}")
    assert items_of(named)[0].target.name == "2024-05-01 Acme One IMG_0002.png"
    same = replace(request_, template="night")
    assert [item.target.name for item in items_of(same)] == ["night.png", "night-2.png", "night-3.png"]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_pair_that_comes_later_leaves_the_others_their_names(request_: BatchRequest, overwrite: bool) -> None:
    same = replace(request_, template="night", overwrite=overwrite)
    pairs = find_pairs(request_.source).pairs
    queued = plan(pairs[1:], same, {})
    assert [item.target.name for item in plan(pairs, same, {}, queued)] == ["night-3.png", "night.png", "night-2.png"]
    assert [item.target.name for item in plan(pairs[:1], same, {}, queued)] == ["night-3.png"]
    entries = {item.key: Entry(Event.DONE, item.target.name) for item in queued}
    assert [item.target.name for item in plan(pairs, same, entries)] == ["night-3.png", "night.png", "night-2.png"]


def test_a_pair_that_failed_for_its_name_gets_another(request_: BatchRequest) -> None:
    same = replace(request_, template="night")
    first, second, third = items_of(same)
    entries = {
        first.key: Entry(Event.FAILED, "night.png"),
        second.key: Entry(Event.DONE, "night.png"),
        third.key: Entry(Event.FAILED, "night-3.png", was_announced=True),
    }
    items = plan(find_pairs(request_.source).pairs, same, entries)
    assert [item.target.name for item in items] == ["night-2.png", "night.png", "night-3.png"]


def test_what_was_made_of_photos_that_changed_is_replaced_if_that_is_asked_for(request_: BatchRequest) -> None:
    force = replace(request_, overwrite=True)
    queued = items_of(force)
    os.utime(queued[0].short, (1, 1))
    changed = plan(find_pairs(request_.source).pairs, force, {}, queued)
    assert {item.key for item in changed} != {item.key for item in queued}
    assert {item.target for item in changed} == {item.target for item in queued}


def test_results_are_not_taken_for_photos(request_: BatchRequest) -> None:
    run_all(replace(request_, output=request_.source / "out"))
    again = find_pairs(request_.source, recursive=True)
    assert len(again.pairs) == 3
    assert sorted(one.reason for one in again.alone) == ["it is a result of this program"] * 3


def test_what_is_missing_is_done_again(request_: BatchRequest) -> None:
    run_all(request_)
    (request_.output / "IMG_0003_mertens.png").unlink()
    again = run_all(request_)
    assert {name: outcome.earlier for name, outcome in again.items()} == {
        "IMG_0001_mertens.png": True,
        "IMG_0003_mertens.png": False,
        "IMG_0005_mertens.png": True,
    }
    assert {outcome.state for outcome in again.values()} == {PairState.DONE}, "the recipe beside it is in nobody's way"


def test_a_deleted_result_is_made_again_though_that_failed_once(
    request_: BatchRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all(request_)
    (request_.output / "IMG_0003_mertens.png").unlink()

    def fail(*_: object) -> None:
        raise PhotoReadError("not this time")

    monkeypatch.setattr("lsd2.batch.work.run_once", fail)
    assert run_all(request_)["IMG_0003_mertens.png"].state is PairState.FAILED
    monkeypatch.undo()
    assert run_all(request_)["IMG_0003_mertens.png"].state is PairState.DONE
    check_inputs(read_recipe(request_.output / "IMG_0003_mertens.png.json"))


def test_one_bad_file_never_stops_the_rest(request_: BatchRequest) -> None:
    items = items_of(request_)
    bad = request_.source / "IMG_0002.jpg"
    status = bad.stat()
    bad.write_bytes(bad.read_bytes()[: status.st_size // 2].ljust(status.st_size, b"\0"))
    os.utime(bad, ns=(status.st_atime_ns, status.st_mtime_ns))
    outcomes = run_all(request_)
    assert [outcomes[item.target.name].state for item in items] == [PairState.FAILED, PairState.DONE, PairState.DONE]
    assert "IMG_0002.jpg is incomplete" in outcomes["IMG_0001_mertens.png"].message
    entries = read_journal(request_.output)
    assert [outcome.message for outcome in failed_earlier(items, entries).values()] == [
        outcomes["IMG_0001_mertens.png"].message
    ]


@pytest.mark.parametrize("folder", ["photos", "photos/sub"])
def test_a_profile_that_cannot_be_written_is_told_before_the_work(
    tmp_path: Path, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lsd2.batch.work.run_once", lambda *_: pytest.fail("it was computed for nothing"))
    (tmp_path / "photos").mkdir()
    camera = Camera(tmp_path / folder, "Acme One", "IMG_{number:04d}")
    camera.folder.mkdir(exist_ok=True)
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for seconds, light in ((1 / 100, 0.25), (1 / 5, 0.9)):
        path = camera.shoot(scene(1), seconds, seconds, light)
        with Image.open(path) as image:
            image.save(path, exif=image.info["exif"], icc_profile=lab)
    request = BatchRequest(
        tmp_path / "photos", tmp_path / "out", ProcessOptions(method="mertens"), WriteOptions(OutputProfile.SOURCE)
    )
    (outcome,) = run_all(request).values()
    assert "choose srgb or p3" in outcome.message


def test_a_foreign_file_is_never_replaced_unasked(request_: BatchRequest) -> None:
    request_.output.mkdir()
    foreign = request_.output / "IMG_0003_mertens.png"
    foreign.write_bytes(b"the user's")
    outcome = run_all(request_)[foreign.name]
    assert (outcome.state, foreign.read_bytes()) == (PairState.FAILED, b"the user's")
    assert "exists already" in outcome.message
    assert run_all(replace(request_, overwrite=True))[foreign.name].state is PairState.DONE
    assert foreign.read_bytes() != b"the user's"


def test_a_file_that_appears_while_a_pair_is_worked_on_is_kept(request_: BatchRequest) -> None:
    foreign = request_.output / "IMG_0001_mertens.png"

    class Rival(Silent):
        def report(self, stage: Stage, done: int, total: int) -> None:
            if stage is Stage.WRITE and not foreign.exists():
                foreign.write_bytes(b"the user's")

    outcome = run_all(request_, Rival())[foreign.name]
    assert outcome.state is PairState.FAILED
    assert "exists already" in outcome.message
    assert foreign.read_bytes() == b"the user's"
    assert not (request_.output / UNFINISHED).exists()


def test_other_options_are_another_result(request_: BatchRequest) -> None:
    run_all(request_)
    other = replace(request_, options=ProcessOptions(method="mertens", align=True))
    assert [item.target.name for item in items_of(other)] == [
        "IMG_0001_mertens-2.png",
        "IMG_0003_mertens-2.png",
        "IMG_0005_mertens-2.png",
    ]
    same = replace(request_, options=replace(request_.options, memory_budget_gb=2.0, tile=256))
    assert [item.key for item in items_of(same)] == [item.key for item in items_of(request_)]


def test_sub_folders_are_kept_and_names_do_not_meet(request_: BatchRequest) -> None:
    (request_.source / "sub").mkdir()
    for path in request_.source.glob("IMG_000[12].jpg"):
        (request_.source / "sub" / path.name).write_bytes(path.read_bytes())
    outcomes = {item.target.relative_to(request_.output).as_posix() for item in items_of(request_)}
    assert "sub/IMG_0001_mertens.png" in outcomes
    assert len(outcomes) == 4
    run_all(request_)
    assert (request_.output / "sub" / "IMG_0001_mertens.png").is_file()


def test_a_cancelled_pair_waits_again_and_leaves_nothing(request_: BatchRequest) -> None:
    class Impatient(Silent):
        def report(self, stage: Stage, done: int, total: int) -> None:
            if stage is Stage.WRITE:
                raise Cancelled

    with pytest.raises(Cancelled):
        run_all(request_, Impatient())
    assert results(request_.output) == {}
    assert [entry.event for entry in read_journal(request_.output).values()] == [Event.STOPPED]
    assert all(not outcome.earlier for outcome in run_all(request_).values())


def test_a_full_drive_stops_the_batch_at_once(request_: BatchRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("lsd2.io.atomic._write_through", full)
    with pytest.raises(BatchError, match="the drive is full") as caught:
        run_all(request_)
    assert "IMG_0001_mertens.png was not written" in str(caught.value)
    monkeypatch.undo()
    assert {outcome.state for outcome in run_all(request_).values()} == {PairState.DONE}


def test_an_unforeseen_error_is_one_line_and_stops_nothing(
    request_: BatchRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lsd2.batch import work

    process = work.run_once
    calls: list[int] = []

    def fail_once(*arguments):
        calls.append(1)
        if len(calls) == 1:
            raise ZeroDivisionError("division\nby zero")
        return process(*arguments)

    monkeypatch.setattr(work, "run_once", fail_once)
    outcomes = run_all(request_)
    assert outcomes["IMG_0001_mertens.png"].message == "unexpected problem (ZeroDivisionError: division by zero)"
    assert [outcome.state for outcome in outcomes.values()].count(PairState.DONE) == 2


def test_a_photo_that_changed_meanwhile_is_not_taken_for_the_other(request_: BatchRequest) -> None:
    items = items_of(request_)
    items[0].short.write_bytes(items[1].short.read_bytes() + b"\0")
    with Workplace(request_) as place:
        outcome = place.do(items[0], Silent())
    assert "changed while they waited" in outcome.message


def test_two_batches_do_not_share_a_folder(request_: BatchRequest) -> None:
    with Workplace(request_), pytest.raises(BatchError, match="another batch"):
        Workplace(request_).__enter__()
    with Workplace(request_):
        pass


def test_a_folder_that_cannot_be_made_is_one_line(request_: BatchRequest) -> None:
    request_.output.write_text("a file", encoding="utf-8")
    with pytest.raises(BatchError, match="choose another folder"):
        Workplace(request_).__enter__()


def test_a_name_without_content_that_a_kill_left_is_taken_again(request_: BatchRequest) -> None:
    """As on drives without hard links, where the name comes before the content."""
    run_all(request_)
    target = request_.output / "IMG_0003_mertens.png"
    whole = target.read_bytes()
    journal = request_.output / JOURNAL_NAME
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:5]))  # up to the announcement of the second pair
    target.write_bytes(b"")
    assert run_all(request_)[target.name].state is PairState.DONE
    assert target.read_bytes() == whole


def test_what_ended_the_program_comes_last(request_: BatchRequest) -> None:
    items = items_of(request_)
    request_.output.mkdir()
    line = {"event": "started", "key": items[0].key, "target": items[0].target.name}
    (request_.output / JOURNAL_NAME).write_text(2 * (json.dumps(line) + "\n"), encoding="utf-8")
    ordered = in_order_of_trust(items, read_journal(request_.output))
    assert ordered == [items[1], items[2], items[0]]


def test_memory_does_not_grow_with_the_number_of_pairs(request_: BatchRequest) -> None:
    """The same three pairs a hundred times over: what is allocated at the end of each turn stays level."""
    items = items_of(request_)
    levels = []
    with Workplace(replace(request_, overwrite=True)) as place:
        tracemalloc.start()
        try:
            for turn in range(34):
                for item in items:
                    fresh = replace(item, target=item.target.with_name(f"{turn}_{item.target.name}"))
                    assert place.do(fresh, Silent()).state is PairState.DONE
                levels.append(tracemalloc.get_traced_memory()[0])
        finally:
            tracemalloc.stop()
    frame = 160 * 120 * 3 * 4
    assert max(levels[10:]) - levels[9] < frame, "72 pairs more, and not one picture more in memory"


@posix_only
def test_power_cuts_at_random_moments(tmp_path: Path) -> None:
    """In a process of its own that forks; 50 kills: `python -m tests.core.batch.power_cut 50 1`."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "core")])
    done = subprocess.run(
        [sys.executable, "-m", "tests.core.batch.power_cut", "8", "20"],
        env={**os.environ, "PYTHONPATH": paths, "TMPDIR": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["broken"] == []
    assert found["not_exact"] == []
    assert found["kills"] == 8
    assert found["in_the_middle"] > 0, "no kill hit a pair"
