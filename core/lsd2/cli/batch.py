"""`lsd2 batch FOLDER -o DIR`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsd2.cli.batch_report import BatchReport, print_plan
from lsd2.cli.choices import seed
from lsd2.cli.console import add_process_options, positive, process_values
from lsd2.cli.fuse import FORMATS
from lsd2.cli.interrupts import cancel_on_interrupt
from lsd2.cli.pairs import add_pairing_options, listed
from lsd2.cli.writing import add_write_options, write_options
from lsd2.io.name_template import DEFAULT_TEMPLATE, check_template
from lsd2.progress import Cancelled, CancelToken

if TYPE_CHECKING:
    from lsd2.batch.journal import Entry
    from lsd2.batch.model import BatchItem, BatchRequest, Outcome
    from lsd2.batch.queue import BatchQueue
    from lsd2.batch.work import Workplace
    from lsd2.pairing.model import FolderPairs, FoundPair

EVERY_S = 2.0
"""Seconds between two looks into a folder that is watched."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "batch",
        help="fuse all pairs of a folder",
        description="Find the pairs of a folder (see 'lsd2 pairs') and fuse each into DIR. What was done is kept in "
        "DIR/lsd2-batch.jsonl: the same command again does what is missing, and tries again what failed.",
    )
    add_pairing_options(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="folder of results")
    parser.add_argument(
        "--name", default=DEFAULT_TEMPLATE, metavar="TEMPLATE", help="names of the results, as in 'lsd2 fuse'"
    )
    parser.add_argument("--format", choices=list(FORMATS), default="jpg", help="of results (default %(default)s)")
    parser.add_argument("--sure", action="store_true", help="leave out pairs that are doubtful")
    parser.add_argument("--skip-failed", action="store_true", help="do not try again what failed in an earlier run")
    parser.add_argument(
        "--retries",
        type=seed,
        default=0,
        metavar="N",
        help="try what failed in this run N times more at its end; not with --watch",
    )
    parser.add_argument("--watch", action="store_true", help="go on with pairs that come into FOLDER, until Ctrl+C")
    parser.add_argument(
        "--every", type=positive, metavar="S", help=f"seconds between two looks with --watch (default {EVERY_S:g})"
    )
    parser.add_argument("--dry-run", action="store_true", help="tell what would be done, and do nothing")
    parser.add_argument("--force", action="store_true", help="overwrite files in DIR that this batch did not write")
    parser.add_argument(
        "--recipe",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="write a recipe beside each result, for 'lsd2 redo' (default --recipe)",
    )
    parser.add_argument("--json", action="store_true", help="print the outcome of every pair as JSON")
    add_process_options(parser)
    add_write_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Plan, then do; the exit code is 1 if a pair failed or there was nothing to do."""
    _check_watching(args)
    request = _request(args)
    if args.dry_run:
        return _tell_plan(args, request)
    from lsd2.batch.queue import BatchQueue
    from lsd2.batch.work import Workplace
    from lsd2.errors import Lsd2Error

    token = CancelToken()
    queue = BatchQueue()
    report = BatchReport(queue, token, args.output, args.json, args.skip_failed)
    with cancel_on_interrupt(token), Workplace(request) as place:
        try:
            if args.watch:
                _watch(args, queue, place, report, token)
            else:
                _once(args, queue, place, report)
        except Cancelled:
            # Ctrl+C is how watching ends; otherwise it is an end before the end.
            report.was_stopped = not args.watch
        except Lsd2Error:
            if queue.items:
                report.tell_outcomes()
            raise
    return report.conclude(args.watch)


def _check_watching(args: argparse.Namespace) -> None:
    from lsd2.errors import OptionsError

    if args.every and not args.watch:
        raise OptionsError("--every says how often --watch looks; give that too, or leave it out")
    if args.watch and args.retries:
        raise OptionsError("--retries tries again when all is done, and --watch is never done; leave one of them out")


def _request(args: argparse.Namespace) -> BatchRequest:
    from lsd2.batch.model import BatchRequest
    from lsd2.errors import BatchError
    from lsd2.methods.registry import get_method
    from lsd2.networks.manifest import find_model
    from lsd2.options import ProcessOptions

    options = ProcessOptions(method="lsd2", **process_values(args))
    get_method(options.method)
    find_model(options.method, options.model)
    if args.output.exists() and args.folder.exists() and args.output.samefile(args.folder):
        raise BatchError(f"{args.output} holds the photos themselves: choose another folder for the results")
    check_template(args.name)
    return BatchRequest(
        args.folder,
        args.output,
        options,
        writing=write_options(args),
        template=args.name,
        suffix=FORMATS[args.format],
        with_recipe=args.recipe,
        overwrite=args.force,
    )


def _find(args: argparse.Namespace, report: BatchReport | None = None, **more: Any) -> FolderPairs:
    from lsd2.pairing.folder import find_pairs

    return find_pairs(
        args.folder,
        recursive=args.recursive,
        only_listed=args.only_listed,
        skip=[args.output],
        may_come=args.watch,
        progress=report,
        **{"listed": listed(args), **more},
    )


def _add(args: argparse.Namespace, found: Iterable[FoundPair], queue: BatchQueue, place: Workplace) -> None:
    """Plan the pairs that were found, with what earlier runs made of them."""
    queue.add(*_planned(args, found, place.request, place.entries, queue.items))


def _planned(
    args: argparse.Namespace,
    found: Iterable[FoundPair],
    request: BatchRequest,
    entries: Mapping[str, Entry],
    queued: Iterable[BatchItem] = (),
) -> tuple[list[BatchItem], dict[str, Outcome]]:
    """What is to be made of the pairs that were found, and the outcomes of those that are not to be done again."""
    from lsd2.batch.plan import done_earlier, failed_earlier, in_order_of_trust, plan

    pairs = [pair for pair in found if not (args.sure and pair.warnings)]
    items = in_order_of_trust(plan(pairs, request, entries, queued), entries)
    outcomes = done_earlier(items, entries, request.output)
    return items, outcomes | (failed_earlier(items, entries) if args.skip_failed else {})


def _once(args: argparse.Namespace, queue: BatchQueue, place: Workplace, report: BatchReport) -> None:
    from lsd2.batch.run import run_batch

    found = _find(args, report)
    report.alone = found.alone
    _add(args, found.pairs, queue, place)
    report.begin()
    run_batch(queue, place.do, report, report)
    for _ in range(args.retries):
        queue.retry_failed(earlier=False)
        run_batch(queue, place.do, report, report)


def _watch(
    args: argparse.Namespace, queue: BatchQueue, place: Workplace, report: BatchReport, token: CancelToken
) -> None:
    from lsd2.batch.run import run_batch
    from lsd2.batch.watch import Arrivals
    from lsd2.pairing.listing import PairList
    from lsd2.pairing.shots import ShotReader, list_files

    arrivals, reader = Arrivals(), ShotReader()
    before: set[Path] | None = None
    while not token.is_cancelled:
        ready = {path for path in list_files(args.folder, args.recursive, [args.output]) if arrivals.is_ready(path)}
        if ready != before:
            # What was begun stays a pair, whatever comes later.
            begun = PairList(tuple((item.short, item.long) for item in queue.items))
            orders = begun + listed(args).less(begun)
            found = _find(args, listed=orders, is_ready=ready.__contains__, reader=reader)
            report.alone, before = found.alone, ready
        _add(args, arrivals.settled(found.pairs), queue, place)
        run_batch(queue, place.do, report, report)
        report.rest()
        token.wait(args.every or EVERY_S)


def _tell_plan(args: argparse.Namespace, request: BatchRequest) -> int:
    """What would be done, from the journal as it is."""
    from lsd2.batch.journal import read_journal

    found = _find(args)
    print_plan(*_planned(args, found.pairs, request, read_journal(request.output)), found.alone, args.json)
    return 0
