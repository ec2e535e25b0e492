"""Kills a batch with SIGKILL at random moments, and looks at what it leaves and at what the next run does.

As a program: `python -m tests.core.batch.power_cut KILLS SEED`, which prints a JSON line.  Every batch runs in a
process of its own, forked from one that has imported everything; so a kill hits the batch, not its imports.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from lsd2.batch.journal import JOURNAL_NAME, Event
from lsd2.batch.model import BatchRequest
from lsd2.batch.plan import done_earlier, in_order_of_trust, plan
from lsd2.batch.queue import BatchQueue
from lsd2.batch.run import run_batch
from lsd2.batch.work import UNFINISHED, Workplace
from lsd2.options import ProcessOptions
from lsd2.pairing.folder import find_pairs
from lsd2.progress import Silent
from tests.core.pairing.shooting import Camera, scene

PAIRS = 6


class Deaf:
    """A listener that does not listen."""

    def started(self, item: object) -> None:
        pass

    def ended(self, item: object, outcome: object) -> None:
        pass


def shoot(folder: Path, pairs: int, size: tuple[int, int] = (160, 120)) -> None:
    """A folder of tiny pairs."""
    folder.mkdir()
    camera = Camera(folder, "Acme One", "IMG_{number:04d}", size=size)
    for number in range(pairs):
        picture = scene(number, size)
        camera.shoot(picture, 100 * number, 1 / 100, 0.25)
        camera.shoot(picture, 100 * number + 1, 1 / 5, 0.9)


def batch(source: Path, output: Path) -> None:
    """All of a batch in this process, by a method that is quick and always gives the same."""
    request = BatchRequest(source, output, ProcessOptions(method="mertens", align=False), suffix=".png")
    with Workplace(request) as place:
        queue = BatchQueue()
        items = in_order_of_trust(plan(find_pairs(source).pairs, request, place.entries), place.entries)
        queue.add(items, done_earlier(items, place.entries, output))
        run_batch(queue, place.do, Deaf(), Silent())


@dataclass
class Findings:
    """What was seen over all kills."""

    kills: int = 0
    before_any: int = 0
    after_all: int = 0
    broken: list[str] = field(default_factory=list)
    not_exact: list[str] = field(default_factory=list)
    in_the_middle: int = 0


def files(output: Path) -> dict[str, bytes]:
    """The files that a user sees, recipes included, the journal apart."""
    return {path.name: path.read_bytes() for path in output.glob("*") if path.is_file() and path.name != JOURNAL_NAME}


def results(output: Path) -> dict[str, bytes]:
    """The photos among them."""
    return {name: data for name, data in files(output).items() if not name.endswith(".json")}


def events(output: Path) -> list[tuple[str, str]]:
    """(event, target) of every whole line of the journal."""
    lines = []
    for line in (output / JOURNAL_NAME).read_bytes().splitlines() if (output / JOURNAL_NAME).exists() else []:
        try:
            values = json.loads(line)
        except ValueError:
            continue
        lines.append((values["event"], values["target"]))
    return lines


def run_in_child(source: Path, output: Path, kill_after: float | None = None) -> float:
    """Fork, run the batch there, kill it after so many seconds; the seconds it lived."""
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            batch(source, output)
            code = 0
        finally:
            os._exit(code)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if kill_after is None and status != 0:
        raise RuntimeError(f"the batch failed: {status}")
    return time.monotonic() - started


def power_cut(folder: Path, kills: int, seed: int) -> Findings:
    """Kill that many batches, each at another moment; after each kill, finish it."""
    source, whole = folder / "photos", folder / "whole"
    shoot(source, PAIRS)
    seconds = run_in_child(source, whole)
    expected = files(whole)
    assert len(expected) == 2 * len(results(whole)) == 2 * PAIRS
    rng, found = random.Random(seed), Findings()
    for number in range(kills):
        output = folder / f"out{number}"
        run_in_child(source, output, rng.uniform(0, 1.1 * seconds))
        found.kills += 1
        _look(output, expected, found)
        before, lines = results(output), len(events(output))
        run_in_child(source, output)
        begun = [target for event, target in events(output)[lines:] if event == Event.STARTED]
        missing = results(whole).keys() - before.keys()
        if files(output) != expected or sorted(begun) != sorted(missing) or (output / UNFINISHED).exists():
            found.not_exact.append(f"kill {number}: {sorted(missing)} were missing, {sorted(begun)} were done")
    return found


def _look(output: Path, expected: dict[str, bytes], found: Findings) -> None:
    seen = files(output) if output.exists() else {}
    found.broken += [name for name, data in seen.items() if expected.get(name) != data]
    found.before_any += not seen
    found.after_all += len(seen) == len(expected)
    lines = events(output)
    found.in_the_middle += bool(lines) and lines[-1][0] != Event.DONE


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        print(json.dumps(vars(power_cut(Path(name), int(sys.argv[1]), int(sys.argv[2])))))  # noqa: T201
