"""Both engines give the same pictures, and what cannot run is said in plain words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from lsd2.errors import DeviceError, WeightsError
from lsd2.networks import convert as converting
from lsd2.networks import engine, manifest, onnx_engine
from lsd2.networks.convert import convert
from lsd2.networks.load import load_network
from lsd2.networks.manifest import ModelEntry, find_model
from lsd2.networks.predictor import Footprint, Predictor, stacked
from lsd2.networks.torch_engine import TorchEngine
from lsd2.options import Device, ProcessOptions
from lsd2.progress import Silent

FOOTPRINT = Footprint(grid=4, overlap=64, guard=24, maps=25.0)
HIDING_TELEMETRY = {"ORT_DISABLE_TELEMETRY", "CI", "GITHUB_ACTIONS"}
"""Variables of the test's own process that would keep ONNX Runtime from reporting anyway."""
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def converted(entry: ModelEntry, weight_folder: Path) -> ModelEntry:
    """The tiny model with an ONNX file."""
    convert(entry, weight_folder)
    return find_model("lsd2", "tiny")


@pytest.mark.parametrize("size", [(1, 1), (4, 4), (37, 50), (210, 250)])
def test_both_engines_give_the_same_picture_at_any_size(converted: ModelEntry, size: tuple[int, int]) -> None:
    rng = np.random.default_rng(5)
    read = stacked(*(rng.random((*size, 3), dtype=np.float32) for _ in range(2)))
    exact = TorchEngine(load_network(converted), torch.device("cpu"), torch.float32)
    engines = (exact, onnx_engine.open_engine(converted, Device.CPU))
    options = ProcessOptions(tile=192)
    ours, theirs = (Predictor(each, FOOTPRINT).predict(read, size, options, Silent())[0] for each in engines)
    assert ours.shape == (*size, 3)
    np.testing.assert_allclose(theirs, ours, atol=1e-5)


def test_file_is_listed_with_its_hash_and_stored_in_half_precision(converted: ModelEntry) -> None:
    assert converted.onnx is not None
    assert converted.onnx.path.name == "tiny.onnx"
    manifest.check_weights(converted.onnx.path, converted.onnx.sha256)
    import onnx

    weights = onnx.load_model(str(converted.onnx.path)).graph.initializer
    halves = [weight for weight in weights if weight.data_type == onnx.TensorProto.FLOAT16]
    assert sum(int(np.prod(weight.dims)) for weight in halves) == converted.parameters


def test_weights_that_half_precision_would_round_are_kept_whole(entry: ModelEntry, weight_folder: Path) -> None:
    import onnx

    network = load_network(entry)
    with torch.no_grad():
        network.head.bias.fill_(0.1)  # no half-precision number
    model = onnx.load_model_from_string(converting._exported(network))
    kept = [weight.name for weight in model.graph.initializer if weight.data_type == onnx.TensorProto.FLOAT]
    assert "head.bias" in kept


def test_file_that_gives_other_pictures_is_not_kept(
    entry: ModelEntry, weight_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = (weight_folder / manifest.MANIFEST).read_bytes()
    monkeypatch.setattr(converting, "LARGEST_DIFFERENCE", 0.0)
    with pytest.raises(WeightsError, match="gives other pictures"):
        convert(entry, weight_folder)
    assert not list(weight_folder.glob("*.onnx"))
    assert (weight_folder / manifest.MANIFEST).read_bytes() == listed


def test_model_without_onnx_file_says_how_to_make_one(entry: ModelEntry) -> None:
    with pytest.raises(WeightsError, match=r"the model tiny cannot run without PyTorch.*'lsd2 weights convert tiny'"):
        onnx_engine.open_engine(entry, Device.CPU)


def test_one_wrong_byte_in_the_onnx_file_is_noticed(converted: ModelEntry) -> None:
    assert converted.onnx is not None
    data = bytearray(converted.onnx.path.read_bytes())
    data[-1] ^= 1
    converted.onnx.path.write_bytes(data)
    with pytest.raises(WeightsError, match=r"tiny\.onnx are damaged"):
        onnx_engine.open_engine(converted, Device.CPU)


def test_onnx_file_that_is_none_is_named(converted: ModelEntry) -> None:
    import hashlib

    assert converted.onnx is not None
    converted.onnx.path.write_bytes(b"nonsense")
    odd = replace(converted, onnx=replace(converted.onnx, sha256=hashlib.sha256(b"nonsense").hexdigest()))
    with pytest.raises(WeightsError, match=r"tiny\.onnx is no network that can run"):
        onnx_engine.open_engine(odd, Device.CPU)


def test_graphics_processor_that_onnxruntime_cannot_use_is_said(
    converted: ModelEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onnxruntime.get_available_providers", lambda: ["CPUExecutionProvider"])
    with pytest.raises(DeviceError, match="cannot compute on 'cuda' here; choose the device 'auto' or 'cpu'"):
        onnx_engine.open_engine(converted, Device.CUDA)


@pytest.mark.parametrize(
    ("installed", "chosen"), [({"torch", "onnxruntime"}, "torch"), ({"onnxruntime"}, "onnxruntime")]
)
def test_engine_is_what_is_installed(installed: set[str], chosen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda name: name if name in installed else None)
    assert engine.engine_name() == chosen


def test_missing_engine_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda name: None)
    with pytest.raises(DeviceError, match="neither PyTorch nor ONNX Runtime is installed"):
        engine.engine_name()


OPEN_AND_RUN = """
import sys, time
from pathlib import Path
import numpy as np
from lsd2.networks import onnx_engine
from lsd2.networks.manifest import read_manifest
from lsd2.options import Device
(entry,) = read_manifest(Path(sys.argv[1]))
onnx_engine.open_engine(entry, Device.CPU).run(np.zeros((8, 8, 6), np.float32))
time.sleep(1)
"""


def test_onnxruntime_reports_to_nobody(converted: ModelEntry, tmp_path: Path) -> None:
    """Its telemetry would leave an identifier in the user's folders, and call its maker."""
    home = tmp_path / "home"
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if name not in HIDING_TELEMETRY}
    environment |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    command = [sys.executable, "-c", OPEN_AND_RUN, str(converted.path.parent)]
    subprocess.run(command, env=environment, check=True, timeout=120)
    assert list(home.rglob("*")) == []


FUSE_WITHOUT_TORCH = """
import json, sys
from pathlib import Path

class Without:
    "Hides PyTorch, as where it is not installed."
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "torch":
            raise ModuleNotFoundError("No module named 'torch'", name="torch")

sys.meta_path.insert(0, Without())
import lsd2.networks.engine as engine
find = engine.find_spec
engine.find_spec = lambda name: None if name == "torch" else find(name)
import numpy as np
from lsd2.methods.base import PreparedPair
from lsd2.methods.registry import get_method
from lsd2.networks import manifest
from lsd2.options import ProcessOptions
from lsd2.progress import Silent
manifest.weight_folders = lambda: (Path(sys.argv[1]), Path("none"))
pixels = np.full((40, 50, 3), 0.5, np.float32)
output = get_method("lsd2").run(PreparedPair(pixels, pixels), ProcessOptions(), Silent())
print(json.dumps({"shape": output.pixels.shape, "torch": "torch" in sys.modules, **output.parameters}))
"""


def test_pairs_are_fused_where_torch_is_not_installed(converted: ModelEntry) -> None:
    folder = str(converted.path.parent)
    done = subprocess.run(
        [sys.executable, "-c", FUSE_WITHOUT_TORCH, folder], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["shape"], said["torch"], said["engine"]) == ([40, 50, 3], False, "onnxruntime")
