"""Manual pages, written from the programs' own parsers, so that they say what the programs do."""

from __future__ import annotations

import argparse
from collections.abc import Iterator


def page(parser: argparse.ArgumentParser, version: str, see_also: str) -> str:
    """A page of section 1 in the man macros."""
    lines = [
        f'.TH {parser.prog.upper()} 1 "" "LSD2 {version}" "User Commands"',
        ".SH NAME",
        f"{parser.prog} \\- {_roff((parser.description or '').rstrip('.'))}",
        ".SH SYNOPSIS",
        _roff(" ".join(parser.format_usage().removeprefix("usage:").split())),
        ".SH OPTIONS",
        *_options(parser),
    ]
    for name, command in _commands(parser).items():
        lines += [f".SH COMMAND {name.upper()}", _roff(command.description or ""), ".PP"]
        lines += [_roff(" ".join(command.format_usage().removeprefix("usage:").split())), *_options(command)]
        for action, nested in _commands(command).items():
            lines += [f".SS {name} {action}", *_options(nested)]
    lines += [".SH EXIT STATUS", "0 done, 1 failed, 2 wrong usage.", ".SH SEE ALSO", f".BR {see_also} (1)"]
    return "\n".join(lines) + "\n"


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    formatter = parser._get_formatter()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) or action.help == argparse.SUPPRESS:
            continue
        yield from (".TP", f".B {_roff(formatter._format_action_invocation(action))}")
        yield _roff(formatter._expand_help(action) if action.help else "")


def _roff(text: str) -> str:
    """Text whose first letters and signs roff leaves alone; never an empty line."""
    plain = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{plain}"
