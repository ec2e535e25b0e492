"""`lsd2 fuse SHORT LONG -o OUT`."""

from __future__ import annotations

import argparse
from pathlib import Path

from lsd2.cli.console import TerminalProgress, add_process_options, print_json, print_notes, process_values
from lsd2.options import ProcessOptions
from lsd2.photo import FloatImage, Result


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("fuse", help="fuse a pair into one photo", description="Fuse a pair into one photo.")
    parser.add_argument("short", type=Path, metavar="SHORT", help="the sharp, noisy, dark exposure")
    parser.add_argument("long", type=Path, metavar="LONG", help="the bright, blurred exposure")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="the photo to write")
    parser.add_argument("--force", action="store_true", help="overwrite OUT if it is there")
    parser.add_argument(
        "--weights-view", type=Path, metavar="FILE", help="also write where it comes from: white is the short frame"
    )
    parser.add_argument("--json", action="store_true", help="print how the result was made as JSON")
    add_process_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read, process, write."""
    from lsd2.io.read_pair import read_pair
    from lsd2.io.write import check_writable, write_photo
    from lsd2.pipeline import prepare, run_method
    from lsd2.progress import Stage

    options = ProcessOptions(method="lsd2", **process_values(args))
    inputs = (args.short, args.long)
    _check_weights_view(args, options)
    for target in _targets(args):
        check_writable(target, inputs=inputs, overwrite=args.force)
    progress = TerminalProgress()
    pair = read_pair(args.short, args.long)
    prepared, parent = prepare(pair, options.align, progress), pair.long.without_pixels()
    del pair  # a registered long frame replaces the one that was read: at 24 megapixels that saves 288 MB
    result = run_method(prepared, options, progress)
    progress.report(Stage.WRITE, 0, 1)
    written = write_photo(args.output, result.pixels, parent=parent, inputs=inputs, overwrite=args.force)
    if args.weights_view:
        write_photo(args.weights_view, _weights_view(result), inputs=(*inputs, written), overwrite=args.force)
    progress.clear()
    if args.json:
        print_json({"output": str(written), **describe(result)})
    else:
        print(f"{written}: {result.label}, {result.seconds:.1f} s on {result.device}; {result.alignment.reason}")
        print_notes(result.notes)
    return 0


def _targets(args: argparse.Namespace) -> list[Path]:
    return [path for path in (args.output, args.weights_view) if path]


def _check_weights_view(args: argparse.Namespace, options: ProcessOptions) -> None:
    from lsd2.errors import OptionsError
    from lsd2.options import Fusion

    if args.weights_view and options.fusion.kind is Fusion.NONE:
        raise OptionsError("--weights-view shows what exposure fusion does; give --fusion mertens or network too")
    if args.weights_view and args.weights_view.absolute() == args.output.absolute():
        raise OptionsError(f"{args.weights_view} is the result's name too; give --weights-view another one")


def _weights_view(result: Result) -> FloatImage:
    """The share of the short frame as a grey display image (H, W, 3); black where nothing was fused."""
    import numpy as np

    share = result.short_share
    if share is None:
        return np.zeros_like(result.pixels)
    return np.divide(share, np.float32(255), dtype=np.float32)[..., None].repeat(3, axis=2)


def describe(result: Result) -> dict[str, object]:
    """A result without its pixels, as plain values."""
    return {
        "method": result.method,
        "parameters": dict(result.parameters),
        "model": {"name": result.model.name, "sha256": result.model.sha256} if result.model else None,
        "seconds": result.seconds,
        "device": result.device,
        "peak_rss_mb": result.peak_rss_mb,
        "alignment": {
            "applied": result.alignment.applied,
            "matrix": result.alignment.matrix,
            "shift_px": result.alignment.shift_px,
            "confidence": result.alignment.confidence,
            "reason": result.alignment.reason,
        },
        "notes": list(result.notes),
    }
