"""What `fuse` and `redo` share: from a recipe to a file and its report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from lsd2.cli.console import TerminalProgress, print_json, print_notes
from lsd2.io.name_template import DEFAULT_TEMPLATE, NameFacts, check_template, result_path
from lsd2.io.recipe import SUFFIX, Recipe, check_recipe, made_by, pixels_sha256, write_recipe
from lsd2.options import Role
from lsd2.photo import ExposurePair, FloatImage, Photo, Result
from lsd2.progress import Stage


@dataclass(frozen=True, slots=True)
class Target:
    """Where a result goes: a file, or a folder in which `template` and `suffix` name it; with its recipe or without.

    `weights_view` is a second picture: where exposure fusion took the pixels from.
    """

    output: Path
    template: str = DEFAULT_TEMPLATE
    suffix: str = ".tif"
    overwrite: bool = False
    with_recipe: bool = True
    weights_view: Path | None = None

    @property
    def is_folder(self) -> bool:
        return self.output.is_dir()

    def check(self, recipe: Recipe) -> None:
        """Raise what writing would, as far as it is known before anything is read."""
        from lsd2.io.write import check_writable

        if self.weights_view:
            check_writable(self.weights_view, inputs=(recipe.short, recipe.long), overwrite=self.overwrite)
        if self.is_folder:
            check_template(self.template)
            return
        check_writable(self.output, inputs=(recipe.short, recipe.long), overwrite=self.overwrite)
        if self.with_recipe:
            check_recipe(self.output, overwrite=self.overwrite)

    def path(self, recipe: Recipe, parent: Photo, model: str | None) -> Path:
        """The file to write; `model` is the name of the weights, as far as it is known."""
        if not self.is_folder:
            return self.output
        facts = NameFacts(recipe.short, recipe.long, recipe.process.method, model, parent.metadata)
        return result_path(self.output, self.template, facts, self.suffix, SUFFIX if self.with_recipe else "")


def make(recipe: Recipe, target: Target, *, as_json: bool, expected: str | None = None) -> bool | None:
    """Follow a recipe, write the result and report it.

    Parameters
    ----------
    expected : hash of the pixels that the result should have.

    Returns
    -------
    Whether the pixels are the expected ones; None if nothing was expected.
    """
    from lsd2.io.read_pair import read_pair
    from lsd2.io.write import check_writable
    from lsd2.pipeline import Preparation, run_once

    target.check(recipe)
    progress = TerminalProgress()
    pair = read_pair(recipe.short, recipe.long)
    parent = _parent(pair, recipe.write.parent)
    # A profile that cannot be written is known only now, as is the name in a folder.
    path, inputs = target.path(recipe, parent, recipe.process.model), (recipe.short, recipe.long)
    check_writable(path, parent=parent, inputs=inputs, overwrite=target.overwrite, options=recipe.write)
    preparation = Preparation(pair, recipe.process.align)
    del pair  # so that it can be let go
    result = run_once(preparation, recipe.process, progress)
    progress.report(Stage.WRITE, 0, 1)
    path, notes = _write(recipe, target, result, parent)
    same = None if expected is None else pixels_sha256(result.pixels) == expected
    progress.clear()
    if as_json:
        compared = {} if same is None else {"identical": same}
        print_json({"output": str(path), **compared, **describe(result), "notes": [*result.notes, *notes]})
    else:
        print(f"{path}: {result.label}, {result.seconds:.1f} s on {result.device}; {result.alignment.reason}")
        print_notes((*result.notes, *notes))
    return same


def _parent(pair: ExposurePair, role: Role) -> Photo:
    return (pair.long if role is Role.LONG else pair.short).without_pixels()


def _write(recipe: Recipe, target: Target, result: Result, parent: Photo) -> tuple[Path, tuple[str, ...]]:
    from lsd2.io.write import write_photo, writing_notes

    path = target.path(recipe, parent, result.model.name if result.model else None)
    notes = writing_notes(path, result.pixels, parent, recipe.write)
    inputs = (recipe.short, recipe.long)
    write_photo(path, result.pixels, parent=parent, inputs=inputs, overwrite=target.overwrite, options=recipe.write)
    if target.weights_view:
        view = _weights_view(result)
        write_photo(target.weights_view, view, inputs=(*inputs, path), overwrite=target.overwrite)
    if target.with_recipe:
        made = replace(recipe, made=made_by(result))
        write_recipe(path, made, result.pixels, overwrite=target.overwrite)
    return path, notes


def _weights_view(result: Result) -> FloatImage:
    """The share of the short frame as a grey display image (H, W, 3); black where nothing was fused."""
    share = result.short_share
    if share is None:
        return np.zeros_like(result.pixels)
    return np.divide(share, np.float32(255), dtype=np.float32)[..., None].repeat(3, axis=2)


def describe(result: Result) -> dict[str, object]:
    """A result without its pixels, as plain values."""
    return {**made_by(result), "seconds": result.seconds, "peak_rss_mb": result.peak_rss_mb}
