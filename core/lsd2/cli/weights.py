"""`lsd2 weights list|verify|import|average|convert`."""

from __future__ import annotations

import argparse
from pathlib import Path

from lsd2.cli.console import print_json, table


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("weights", help="list, verify or import trained networks")
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|verify|import|average|convert")
    listing = actions.add_parser("list", help="the trained networks that can be used")
    listing.add_argument("--json", action="store_true", help="print everything that is known of them as JSON")
    listing.set_defaults(run=run_list)
    actions.add_parser("verify", help="check every weight file against its SHA-256").set_defaults(run=run_verify)
    importing = actions.add_parser(
        "import",
        help="take in weights: what 'lsd2 train' wrote, LSD2 as .hdf5 or .h5 (Keras), or FDnCNN as .mat (MATLAB v7.3) "
        "or .pth",
    )
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument("--name", required=True, metavar="NAME", help="what --model will take")
    importing.add_argument("--folder", type=Path, metavar="DIR", help="folder of weights (default: your own)")
    importing.add_argument("--method", metavar="NAME", help="which method is to use them (default: what FILE says)")
    importing.add_argument(
        "--figures",
        type=Path,
        metavar="REPORT",
        help="what 'lsd2 evaluate --json', or of a fusion network 'lsd2 evaluate-fusion --json', wrote with them",
    )
    importing.set_defaults(run=run_import)
    averaging = actions.add_parser(
        "average",
        help="the mean of two networks, one of which has gone on from the other: often better than either",
    )
    averaging.add_argument("files", type=Path, nargs=2, metavar="FILE", help="what 'lsd2 train' or 'finetune' wrote")
    averaging.add_argument("--share", type=float, default=0.5, metavar="S", help="of the first one (default 0.5)")
    averaging.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="the .safetensors to write")
    averaging.add_argument("--force", action="store_true", help="overwrite OUT if it is there")
    averaging.set_defaults(run=run_average)
    converting = actions.add_parser("convert", help="make models run in the packaged program, by an ONNX file each")
    converting.add_argument("names", nargs="+", metavar="NAME")
    converting.add_argument("--folder", type=Path, metavar="DIR", help="folder of weights (default: the model's own)")
    converting.set_defaults(run=run_convert)


def run_list(args: argparse.Namespace) -> int:
    """Name, method, size and figures of every model."""
    from lsd2.networks.manifest import all_models

    models = all_models()
    if args.json:
        print_json({m.name: {n: getattr(m, n) for n in m.__dataclass_fields__} for m in models})
        return 0
    rows = [["name", "method", "network", "parameters", "trained on", "sha256"]]
    for model in models:
        crops = f"{model.training['crops']} crops" if "crops" in model.training else "unknown"
        rows.append([model.name, model.method, model.architecture, f"{model.parameters}", crops, model.sha256[:12]])
    print(table(rows) if models else "no weights are installed")
    return 0


def run_verify(args: argparse.Namespace) -> int:
    """Load every model; the first damaged one is the error."""
    from lsd2.errors import WeightsError
    from lsd2.networks.engine import ready_engine
    from lsd2.networks.manifest import all_models, check_weights
    from lsd2.options import Device

    models = all_models()
    if not models:
        raise WeightsError("no weights are installed; install the program again")
    for model in models:
        engine = ready_engine(model, Device.CPU)
        # The same weights under another name may be loaded already, from another file.
        if engine.name == "torch" or model.path.exists():
            check_weights(model.path, model.sha256)
        if model.onnx:
            check_weights(model.onnx.path, model.onnx.sha256)
        print(f"{model.name}: good ({model.path})")
    return 0


def run_import(args: argparse.Namespace) -> int:
    """Copy a weight file into the user's folder and list it."""
    from lsd2.finishing import FUSION_WEIGHTS
    from lsd2.methods.joining import JOIN_WEIGHTS
    from lsd2.networks.manifest import weight_folders
    from lsd2.networks.portable import install, read_weight_file
    from lsd2.options import Fusion, ProcessOptions

    method = args.method or read_weight_file(args.file)[0]["method"]
    reported = {FUSION_WEIGHTS: str(Fusion.NETWORK), JOIN_WEIGHTS: ProcessOptions().method}
    reported_as = reported.get(method, method)
    entry = install(args.file, args.name, args.folder or weight_folders()[-1], args.figures, method, reported_as)
    print(f"{entry.name}: {entry.parameters} parameters, installed as {entry.path}")
    return 0


def run_average(args: argparse.Namespace) -> int:
    """Write the mean of two weight files."""
    from lsd2.training.average import average

    first, second = args.files
    average(first, second, args.share, args.output, overwrite=args.force)
    print(f"{args.output}: the mean of {first} ({args.share:g}) and {second} ({1 - args.share:g})")
    return 0


def run_convert(args: argparse.Namespace) -> int:
    """Write ONNX files and list them."""
    from lsd2.errors import WeightsError
    from lsd2.networks.convert import convert
    from lsd2.networks.manifest import all_models

    models = {model.name: model for model in all_models()}
    for name in args.names:
        if name not in models:
            raise WeightsError(f"there are no weights called {name}; see 'lsd2 weights list'")
        file = convert(models[name], args.folder or models[name].path.parent)
        print(f"{name}: {file.path}")
    return 0
