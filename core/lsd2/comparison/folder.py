"""The folder that a comparison writes: checked before the work, filled after it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lsd2.comparison.layout import Sheet
from lsd2.comparison.rows import Compared
from lsd2.comparison.sheet import as_pdf, as_png
from lsd2.errors import PhotoWriteError
from lsd2.io.atomic import check_target, write_atomically
from lsd2.io.naming import one_line, shown
from lsd2.io.write import check_writable, write_photo
from lsd2.photo import Photo

SHEET, PDF, REPORT = "sheet.png", "sheet.pdf", "report.json"


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the results of some methods go; `inputs` are never overwritten, other files only with `overwrite`."""

    path: Path
    methods: Sequence[str]
    inputs: Sequence[Path]
    overwrite: bool

    def check(self) -> None:
        """Raise the `PhotoWriteError` that writing would, as far as it is known before anything is computed."""
        if not self.path.exists():
            nearest = next(folder for folder in self.path.absolute().parents if folder.exists())
            if not nearest.is_dir() or not os.access(nearest, os.W_OK):
                raise PhotoWriteError(f"{shown(self.path)} cannot be made: {shown(nearest)} is no folder to write to")
        elif not self.path.is_dir():
            raise PhotoWriteError(f"{shown(self.path)} is a file: name a folder to write to")
        else:
            for name in self.methods:
                check_writable(self._picture(name), inputs=self.inputs, overwrite=self.overwrite)
            for name in (SHEET, PDF, REPORT):
                self._check_other(self.path / name)

    def _check_other(self, target: Path) -> None:
        """As `check_writable`, for files that are no photos."""
        if any(path.exists() and target.exists() and path.samefile(target) for path in self.inputs):
            raise PhotoWriteError(f"{shown(target)} is one of the photos being worked on: choose another folder")
        check_target(target, overwrite=self.overwrite)

    def write(self, rows: Sequence[Compared], sheet: Sheet, report: dict[str, Any], parent: Photo) -> None:
        """Every file whole or not at all, the report last; `parent` is the long frame, whose metadata results carry."""
        self._make()
        for row in rows:
            target = self._picture(row.result.method)
            write_photo(target, row.as_display(), parent=parent, inputs=self.inputs, overwrite=self.overwrite)
        write_atomically(self.path / SHEET, as_png(sheet), overwrite=self.overwrite)
        write_atomically(self.path / PDF, as_pdf(sheet), overwrite=self.overwrite)
        text = json.dumps(report, indent=2, default=str, allow_nan=False)
        write_atomically(self.path / REPORT, text.encode(), overwrite=self.overwrite)

    def _make(self) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PhotoWriteError(f"{shown(self.path)} cannot be made: {one_line(error)}") from error

    def _picture(self, method: str) -> Path:
        return self.path / f"{method}.png"
