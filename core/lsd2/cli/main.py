"""Entry point of the `lsd2` command: one module per sub-command, loaded when it is used."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper

import lsd2
from lsd2.cli import (
    batch,
    compare,
    denoise,
    evaluate,
    evaluate_denoising,
    evaluate_fusion,
    finetune,
    fuse,
    info,
    pairs,
    redo,
    synth,
    train,
    weights,
)
from lsd2.errors import Lsd2Error, OptionsError
from lsd2.progress import Cancelled

COMMANDS = (
    fuse,
    redo,
    batch,
    pairs,
    compare,
    denoise,
    info,
    evaluate,
    evaluate_denoising,
    evaluate_fusion,
    weights,
    synth,
    train,
    finetune,
)
DONE, FAILED, USAGE = 0, 1, 2
_LEFT_OUT = {"torch": "PyTorch", "onnx": "the package onnx", "onnxruntime": "ONNX Runtime"}
"""What is not part of every installation: the packaged program cannot train, and others need not convert."""
_HOW_TO_GET_IT = "which is not part of this installation; use one from source (pip install 'lsd2[onnx]')"


def build_parser() -> argparse.ArgumentParser:
    """The parser with all sub-commands."""
    parser = argparse.ArgumentParser(
        prog="lsd2",
        description="Fuses a short (sharp, noisy) and a long (bright, blurred) exposure into one clean, sharp photo.",
    )
    parser.add_argument("--version", action="version", version=f"lsd2 {lsd2.__version__}")
    parser.add_argument("--debug", action="store_true", help="show where in the program an error arose")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_parser(commands)
    return parser


def _print_any_name() -> None:
    """Names of files that are no text in the terminal's encoding are printed with escapes; the work is done by then."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 failed, 2 wrong usage."""
    args = build_parser().parse_args(argv)
    _print_any_name()
    try:
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except (Cancelled, KeyboardInterrupt):
        return _fail("cancelled", args.debug)
    except OptionsError as error:
        _fail(str(error), args.debug)
        return USAGE
    except Lsd2Error as error:
        return _fail(str(error), args.debug)
    except MemoryError:
        return _fail("out of memory; close other programs or give a smaller --memory", args.debug)
    except Exception as error:
        if isinstance(error, ModuleNotFoundError) and error.name in _LEFT_OUT:
            return _fail(f"this needs {_LEFT_OUT[error.name]}, {_HOW_TO_GET_IT}", args.debug)
        reason = " ".join(str(error).split()) or type(error).__name__
        return _fail(f"unexpected problem: {reason} (run again with 'lsd2 --debug ...' and report it)", args.debug)


def _fail(message: str, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    print(f"lsd2: {message}", file=sys.stderr)
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
