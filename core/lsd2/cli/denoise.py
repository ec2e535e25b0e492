"""`lsd2 denoise IMAGE -o OUT`."""

from __future__ import annotations

import argparse
from pathlib import Path

from lsd2.cli.choices import add_sigma, requests_for
from lsd2.cli.console import TerminalProgress, add_network_options, print_json, print_notes
from lsd2.cli.writing import add_write_options, write_options


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "denoise", help="take the noise out of one photo", description="Take the noise out of one photo."
    )
    parser.add_argument("image", type=Path, metavar="IMAGE", help="the noisy photo")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="the photo to write")
    parser.add_argument("--method", default="bm3d", metavar="NAME", help="denoiser to use (default %(default)s)")
    add_sigma(parser)
    parser.add_argument("--force", action="store_true", help="overwrite OUT if it is there")
    parser.add_argument("--json", action="store_true", help="print how the result was made as JSON")
    add_network_options(parser)
    add_write_options(parser, of_pair=False)
    parser.set_defaults(run=run, no_align=True)


def run(args: argparse.Namespace) -> int:
    """Read, denoise, write."""
    import time

    from lsd2.io.read import read_photo
    from lsd2.io.write import check_writable, write_photo, writing_notes
    from lsd2.methods.denoising import denoise
    from lsd2.methods.registry import get_denoiser
    from lsd2.progress import Stage

    denoiser = get_denoiser(args.method)
    (options,) = requests_for(args, [args.method])
    write = write_options(args)
    check_writable(args.output, inputs=(args.image,), overwrite=args.force)
    progress = TerminalProgress()
    photo = read_photo(args.image)
    check_writable(args.output, parent=photo, overwrite=args.force, options=write)
    started = time.perf_counter()
    output = denoise(denoiser, photo.pixels, options, progress)
    seconds = time.perf_counter() - started
    progress.report(Stage.WRITE, 0, 1)
    lost = writing_notes(args.output, output.pixels, photo, write)
    inputs = (args.image,)
    written = write_photo(args.output, output.pixels, parent=photo, inputs=inputs, overwrite=args.force, options=write)
    progress.clear()
    parameters = dict(output.parameters)
    if args.json:
        print_json({"output": str(written), "method": args.method, "parameters": parameters, "seconds": seconds})
    else:
        level = f"sigma {parameters['sigma']:.1f} ({parameters['sigma_source']})"
        print(f"{written}: {args.method}, {level}, {seconds:.1f} s on {output.device}")
        print_notes((*photo.notes, *output.notes, *lost))
    return 0
