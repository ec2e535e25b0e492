"""`lsd2 redo RECIPE`."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lsd2.io.recipe import Recipe
    from lsd2.photo import ModelIdentity

DIFFERENT = "the pixels differ from the recorded ones: another device, processor or version of the program made those"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "redo",
        help="make a result again from the recipe beside it",
        description="Make a result again, exactly, from the recipe that was written beside it.",
    )
    parser.add_argument("recipe", type=Path, metavar="RECIPE", help="the .json file beside a result")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="OUT", help="the photo to write; by default a free name beside the recipe"
    )
    parser.add_argument("--force", action="store_true", help="overwrite OUT if it is there")
    parser.add_argument("--json", action="store_true", help="print how the result was made as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check that everything is as it was, then follow the recipe."""
    from lsd2.cli.making import Target, make
    from lsd2.io.naming import unique_path
    from lsd2.io.recipe import SUFFIX, check_inputs, read_recipe

    recipe = _with_its_model(read_recipe(args.recipe))
    check_inputs(recipe)
    written = Path(recipe.result)
    output = args.output or unique_path(args.recipe.parent, written.stem, written.suffix, SUFFIX)
    target = Target(output, suffix=written.suffix, overwrite=args.force)
    same = make(recipe, target, as_json=args.json, expected=recipe.hashes["pixels"])
    if not args.json:
        print("identical to the recorded result" if same else f"note: {DIFFERENT}")
    return 0


def _with_its_model(recipe: Recipe) -> Recipe:
    """The recipe with the weights that it names chosen; `RecipeError` if those that are installed are others."""
    from lsd2.finishing import FUSION_WEIGHTS
    from lsd2.methods.denoised_base import DENOISER
    from lsd2.methods.joining import JOIN_WEIGHTS

    process = recipe.process
    for method, model in ((DENOISER, recipe.denoiser), (JOIN_WEIGHTS, recipe.joiner)):
        if model:
            _check(method, model, named=False)
    if recipe.fusion_model:
        _check(FUSION_WEIGHTS, recipe.fusion_model)
        process = replace(process, fusion=replace(process.fusion, model=recipe.fusion_model.name))
    if recipe.model:
        _check(process.method, recipe.model)
        process = replace(process, model=recipe.model.name)
    return replace(recipe, process=process)


def _check(method: str, model: ModelIdentity, *, named: bool = True) -> None:
    """Raise `RecipeError` unless these very weights are installed; not `named`, as the method's first."""
    from lsd2.errors import RecipeError
    from lsd2.networks.manifest import find_model

    if find_model(method, model.name if named else None).sha256 != model.sha256:
        wanted = f"'{model.name}' ({model.sha256[:12]}...)"
        raise RecipeError(f"the recipe was made with other weights called {wanted}: install those first")
