"""The client and a real worker process, on a scripted engine."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import numpy as np
import pytest

from lsd2.progress import Stage
from lsd2.worker.protocol import (
    Failed,
    ImageSaved,
    PhotoOpened,
    Progressed,
    ResultReady,
    ResultStarted,
    SaveImage,
    TileDone,
    WasCancelled,
    WorkerReady,
)
from tests.core.worker.desk import Desk, MakeDesk, blocks, eventually, image_of, is_alive, own_blocks

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


def test_opens_a_photo_with_its_pixels(desk: Desk) -> None:
    path = desk.photo(size=(5, 7), value=0.2)
    reply = desk.end_of(desk.open(path))
    assert isinstance(reply, PhotoOpened)
    assert (reply.path, reply.metadata.iso, reply.notes) == (path, 100, ("scripted",))
    pixels = desk.client.pixels(reply.image)
    assert pixels.shape == (5, 7, 3)
    assert np.all(pixels == round(0.2 * 65535))
    assert not pixels.flags.writeable


def test_processes_saves_and_opens_in_order(desk: Desk, tmp_path: Path) -> None:
    first = desk.process("tiles")
    result = desk.end_of(first)
    assert isinstance(result, ResultReady)
    assert (result.method, result.label, result.parameters, result.notes) == (
        "tiles",
        "Scripted",
        {"sigma": 1.5},
        ("note",),
    )
    second, target = desk.client.next_job(), tmp_path / "out.npy"
    desk.client.submit(SaveImage(second, result.image, target, desk.photo("parent.txt"), overwrite=True))
    desk.client.release(result.image)  # under the pending save
    third = desk.open(desk.photo())
    assert desk.end_of(second) == ImageSaved(second, target)
    assert isinstance(desk.end_of(third), PhotoOpened)
    assert np.abs(np.load(target) - 0.5).max() < 1 / 65535
    assert target.with_suffix(".parent").read_text() == "parent.txt"
    assert result.image.block not in blocks()


def test_tiles_and_progress_arrive_before_the_result(desk: Desk) -> None:
    job = desk.process("tiles", (8, 12))
    result = desk.end_of(job)
    replies = desk.replies_of(job)
    started = next(reply for reply in replies if isinstance(reply, ResultStarted))
    assert image_of(result) == started.image
    covered = np.zeros((8, 12), int)
    for tile in (reply for reply in replies if isinstance(reply, TileDone)):
        covered[tile.top : tile.top + tile.height, tile.left : tile.left + tile.width] += 1
    assert np.all(covered == 1)
    assert [reply for reply in replies if isinstance(reply, Progressed)][-1] == Progressed(job, Stage.PROCESS, 6, 6)
    assert replies[-1] == result
    assert np.all(desk.client.pixels(started.image) == round(0.5 * 65535))


def test_released_pixels_stay_readable_and_are_freed(desk: Desk) -> None:
    image = image_of(desk.end_of(desk.open(desk.photo(value=1))))
    view = desk.client.pixels(image)
    desk.client.release(image)
    desk.client.release(image)
    assert image.block not in blocks()
    assert view.min() == 65535
    with pytest.raises(KeyError):
        desk.client.pixels(image)


@pytest.mark.parametrize(
    ("method", "message", "has_detail"),
    [
        ("refuse", "these two do not make a pair", False),
        (
            "memory",
            "there is too little memory for processing short.txt and long.txt; try a smaller memory budget",
            True,
        ),
        ("bug", "unexpected problem in processing short.txt and long.txt (ZeroDivisionError: two lines)", True),
    ],
)
def test_failures_are_told_in_one_line(desk: Desk, method: str, message: str, has_detail: bool) -> None:
    reply = desk.end_of(desk.process(method))
    assert isinstance(reply, Failed)
    assert reply.message == message
    assert ("Traceback" in reply.detail) is has_detail
    assert isinstance(desk.end_of(desk.open(desk.photo())), PhotoOpened)
    assert len(desk.pids) == 1


def test_inputs_and_consent_reach_the_writer(desk: Desk, tmp_path: Path) -> None:
    image = image_of(desk.end_of(desk.open(desk.photo())))
    target = tmp_path / "out.npy"
    for consent, inputs, end in ((False, (), Failed), (True, (target,), Failed), (True, (), ImageSaved)):
        job = desk.client.next_job()
        desk.client.submit(SaveImage(job, image, target, None, consent, inputs))
        assert isinstance(desk.end_of(job), end)
        assert target.exists() is (end is ImageSaved)


def test_a_bad_file_and_a_lost_picture_fail_alone(desk: Desk, tmp_path: Path) -> None:
    unreadable = desk.end_of(desk.open(tmp_path / "none.txt"))
    assert isinstance(unreadable, Failed)
    assert unreadable.message == "none.txt is not a photo"
    image = image_of(desk.end_of(desk.open(desk.photo())))
    desk.client.release(image)
    job = desk.client.next_job()
    desk.client.submit(SaveImage(job, image, tmp_path / "out.npy", None))
    lost = desk.end_of(job)
    assert isinstance(lost, Failed)
    assert "no longer in memory" in lost.message


def test_a_result_of_another_size_is_our_bug(desk: Desk) -> None:
    reply = desk.end_of(desk.process("wrong-size"))
    assert isinstance(reply, Failed)
    assert "ValueError" in reply.message


def test_cancel_at_the_next_report_keeps_the_worker(make_desk: MakeDesk) -> None:
    desk = make_desk(grace_seconds=30)
    job = desk.process("endless")
    image = image_of(desk.until(ResultStarted))
    desk.client.cancel(job)
    assert desk.end_of(job) == WasCancelled(job)
    assert image.block not in blocks()
    assert isinstance(desk.end_of(desk.open(desk.photo())), PhotoOpened)
    assert len(desk.pids) == 1


def test_cancel_of_a_deaf_job_replaces_the_worker_and_spares_the_others(desk: Desk) -> None:
    running, waiting, dropped = desk.process("deaf"), desk.open(desk.photo()), desk.open(desk.photo())
    image = image_of(desk.until(ResultStarted))
    desk.client.cancel(dropped)
    assert desk.end_of(dropped) == WasCancelled(dropped)
    assert desk.client.pixels(image).shape == (6, 10, 3)
    desk.client.cancel(running)
    desk.client.cancel(running)
    assert desk.end_of(running) == WasCancelled(running)
    assert image.block not in blocks()
    assert isinstance(desk.end_of(waiting), PhotoOpened)
    assert len(desk.pids) == 2
    assert not is_alive(desk.pids[0])
    desk.client.cancel(running)  # ended long ago
    assert desk.rest() == []


@posix_only
def test_a_killed_worker_fails_all_jobs_and_is_replaced(desk: Desk) -> None:
    opened = image_of(desk.end_of(desk.open(desk.photo(value=1))))
    jobs = [desk.process("killed"), desk.open(desk.photo())]
    for job in jobs:
        assert desk.end_of(job) == Failed(
            job,
            "The worker process was killed (signal 9), perhaps for lack of memory. "
            "The photos are still loaded; try again with a smaller memory budget.",
            less_memory_may_help=True,
        )
    assert desk.client.pixels(opened).min() == 65535
    assert isinstance(desk.end_of(desk.process("tiles")), ResultReady)
    assert len(desk.pids) == 2


@posix_only
def test_a_worker_killed_while_it_makes_a_picture_leaves_none(desk: Desk) -> None:
    kept = image_of(desk.end_of(desk.open(desk.photo())))
    before = own_blocks()
    assert isinstance(desk.end_of(desk.open(desk.photo("lethal.txt"))), Failed)
    assert own_blocks() == before
    assert desk.client.pixels(kept).shape == (6, 10, 3)


@posix_only
def test_a_worker_killed_while_idle_is_replaced(desk: Desk) -> None:
    desk.until(WorkerReady)
    os.kill(desk.pids[0], signal.SIGKILL)
    desk.until(WorkerReady)
    assert isinstance(desk.end_of(desk.open(desk.photo())), PhotoOpened)


@posix_only
def test_a_crash_is_told_with_the_workers_last_words(desk: Desk) -> None:
    reply = desk.end_of(desk.process("crash"))
    assert isinstance(reply, Failed)
    assert "crashed (signal 11)" in reply.message
    assert "Segmentation fault" in reply.detail
    assert "_crash" in reply.detail


def test_workers_that_keep_dying_are_given_up(desk: Desk) -> None:
    messages = []
    for _ in range(5):
        reply = desk.end_of(desk.process("exit"))
        assert isinstance(reply, Failed)
        messages.append(reply.message)
    assert len(set(desk.pids)) == 4
    assert all("exit code 7" in message and "restart the program" not in message for message in messages[:3])
    assert all("restart the program" in message for message in messages[3:])


def test_an_engine_that_cannot_start_fails_the_jobs(make_desk: MakeDesk) -> None:
    desk = make_desk(engine="unstartable")
    reply = desk.end_of(desk.open(desk.photo()))
    assert isinstance(reply, Failed)
    assert "could not start" in reply.message
    assert not reply.less_memory_may_help
    assert "libmissing.so" in reply.detail


def test_start_and_submit_return_before_the_worker_is_up(desk: Desk) -> None:
    job = desk.open(desk.photo())
    desk.client.cancel(job)  # nothing has been awaited so far
    assert isinstance(desk.end_of(job), PhotoOpened | WasCancelled)


def test_noise_of_libraries_stays_away_from_the_terminal(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    assert isinstance(desk.end_of(desk.process("loud")), ResultReady)
    desk.client.close()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("method", ["endless", "deaf"])
def test_close_ends_a_running_job(make_desk: MakeDesk, method: str) -> None:
    desk = make_desk()
    desk.process(method)
    desk.open(desk.photo())
    desk.until(ResultStarted)
    desk.rest()
    desk.client.close()
    assert desk.rest() == []
    assert not is_alive(desk.pids[0])
    desk.client.close()


def test_close_before_the_worker_is_up(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.client.close()
    assert desk.rest() == []


def test_an_error_in_the_callback_does_not_stop_the_client(
    make_desk: MakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    desk = make_desk()
    desk.until(WorkerReady)
    desk.is_broken = True
    desk.open(desk.photo())
    assert eventually(lambda: "could not take a reply" in caplog.text)
    desk.is_broken = False
    assert isinstance(desk.end_of(desk.open(desk.photo())), PhotoOpened)


def test_death_is_noticed_while_a_job_hangs(desk: Desk) -> None:
    job = desk.process("deaf")
    desk.until(ResultStarted)
    os.kill(desk.pids[0], getattr(signal, "SIGKILL", signal.SIGTERM))
    assert isinstance(desk.end_of(job), Failed)
