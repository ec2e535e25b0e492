"""What is left, and said, when the window process ends in whatever way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.core.worker.desk import blocks, eventually, is_alive

WINDOW = """
import sys, tempfile, threading
from pathlib import Path
from lsd2.options import ProcessOptions
from lsd2.worker.client import WorkerClient
from lsd2.worker.protocol import OpenPhoto, PhotoOpened, ProcessPair, ResultStarted, WorkerReady

tempfile.tempdir = sys.argv[2]
photo = Path(sys.argv[1])
done = threading.Event()

def on_reply(reply):
    if isinstance(reply, WorkerReady):
        print(reply.pid, flush=True)
    if isinstance(reply, PhotoOpened | ResultStarted):
        print(reply.image.block, flush=True)
    if isinstance(reply, ResultStarted):
        done.set()

if __name__ == "__main__":
    client = WorkerClient(on_reply, engine="tests.core.worker.scripted_engine:ScriptedEngine")
    client.start()
    client.submit(OpenPhoto(client.next_job(), photo))
    client.submit(ProcessPair(client.next_job(), photo, photo, ProcessOptions(method="endless")))
    assert done.wait(30)
    ENDING
else:
    print("the main script was imported by the worker", file=sys.stderr)
"""


@contextmanager
def window(tmp_path: Path, ending: str) -> Iterator[tuple[subprocess.Popen[str], int, set[str]]]:
    """A window process, the number of its worker, and its two pictures, one of them of a running job."""
    script, photo = tmp_path / "window.py", tmp_path / "photo.txt"
    script.write_text(WINDOW.replace("ENDING", ending), encoding="utf-8")
    photo.write_text("4 4 0.5", encoding="utf-8")
    (tmp_path / "logs").mkdir()
    command = [sys.executable, "-W", "error", str(script), str(photo), str(tmp_path / "logs")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment()) as process:
        try:
            assert process.stdout is not None
            pid, *images = [process.stdout.readline().strip() for _ in range(3)]
            yield process, int(pid), set(images)
        finally:
            process.kill()


def environment() -> dict[str, str]:
    """That of this process, with the path by which it found the library."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}


@pytest.mark.parametrize("ending", ["client.close()", "pass", "sys.exit(0)"])
def test_an_orderly_end_is_silent_and_leaves_nothing(tmp_path: Path, ending: str) -> None:
    with window(tmp_path, ending) as (process, worker, images):
        output, errors = process.communicate(timeout=30)
    assert (process.returncode, output, errors) == (0, "", "")
    assert not is_alive(worker)
    assert not blocks() & images
    assert not list((tmp_path / "logs").iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_killed_window_takes_everything_with_it(tmp_path: Path) -> None:
    with window(tmp_path, "done.clear(); done.wait(60)") as (process, worker, images):
        assert is_alive(worker)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
        assert eventually(lambda: not is_alive(worker))
        assert eventually(lambda: not blocks() & images)
        assert eventually(lambda: not list((tmp_path / "logs").iterdir()))


def test_the_client_loads_no_network_no_decoder_and_no_qt() -> None:
    code = "import sys, lsd2.worker.client; print([m for m in ('torch', 'cv2', 'PIL', 'PySide6') if m in sys.modules])"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment(), check=True)
    assert done.stdout.strip() == "[]"
