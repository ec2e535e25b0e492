"""The numbers that cameras count their files by: IMG_1234.JPG, DSC01234.NEF, P1010123.JPG."""

from __future__ import annotations

import re
from dataclasses import dataclass

COUNTER_DIGITS = 4
"""Digits after which the counters of cameras (DCF, JEITA CP-3461) begin anew."""
_TRAILING = re.compile(r"(?P<prefix>.*?)(?P<digits>\d+)$")
_DCF_DIGITS = 7
"""P1010123: folder number and counter in one."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """The number at the end of a name, and what stands before it."""

    prefix: str
    number: int

    def distance(self, later: Numbered) -> int | None:
        """By how much `later` is further; None between names of different kinds.  9999 is followed by 1."""
        if self.prefix != later.prefix:
            return None
        step = later.number - self.number
        cycle = 10**COUNTER_DIGITS - 1
        return step + cycle if step < -cycle // 2 else step - cycle if step > cycle // 2 else step


def numbered(stem: str) -> Numbered | None:
    """The counter in a file's name without suffix; dates and times at its end are none."""
    match = _TRAILING.match(stem)
    if match is None:
        return None
    prefix, digits = match["prefix"], match["digits"]
    if len(digits) == _DCF_DIGITS:
        prefix, digits = prefix + digits[:-COUNTER_DIGITS], digits[-COUNTER_DIGITS:]
    if len(digits) > COUNTER_DIGITS + 1:
        return None
    return Numbered(prefix.casefold(), int(digits))
