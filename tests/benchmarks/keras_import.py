"""Whether the importer reads what Keras writes: the paper's network, built and saved by Keras, against ours.

    pip install --target SCRATCH keras
    python tests/benchmarks/keras_import.py SCRATCH

Keras is not a dependency; it runs on the torch that is here.  Weights are random, of the size at which values keep
their scale from layer to layer.  Prints the largest difference of the two outputs, for both of Keras' file formats.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch

from lsd2.networks.importers.keras import read_keras
from lsd2.networks.unet import UNet
from lsd2.networks.unet_config import PAPER, UNetConfig

SIZE = (64, 96)


def paper_network(keras: Any) -> Any:
    """The authors' network, layer by layer in their order, with random weights."""
    layers = keras.layers
    inputs = values = layers.Input((None, None, 6))
    skips = []
    for level, width in enumerate(PAPER.widths):
        if level:
            values = layers.MaxPooling2D()(values)
        values = double(layers, width, values)
        skips.append(values)
    skips.pop()
    for width in PAPER.widths[-2::-1]:
        up = layers.Conv2DTranspose(width, 2, strides=2)(values)
        values = double(layers, width, layers.Concatenate()([up, skips.pop()]))
    network = keras.Model(inputs, layers.Conv2D(3, 1)(values))
    rng = np.random.default_rng(1)
    for weight in network.weights:
        spread = np.sqrt(2 / np.prod(weight.shape[:-1])) if len(weight.shape) == 4 else 0.05
        weight.assign(rng.normal(0, spread, weight.shape))
    return network


def double(layers: Any, width: int, values: Any) -> Any:
    for _ in range(2):
        values = layers.Conv2D(width, 3, padding="same", activation="relu")(values)
    return values


def ours(file: Path, pair: np.ndarray) -> np.ndarray:
    """What our network makes of (1, H, W, 6) with the imported weights, (H, W, 3)."""
    found = read_keras(file)
    network = UNet(UNetConfig.from_dict(found.described["config"])).eval()
    network.load_state_dict(found.state)
    with torch.no_grad():
        return network(torch.from_numpy(pair).permute(0, 3, 1, 2))[0].permute(1, 2, 0).numpy()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scratch", type=Path, help="where Keras was installed")
    os.environ["KERAS_BACKEND"] = "torch"
    sys.path.append(str(parser.parse_args().scratch))
    import keras

    network = paper_network(keras)
    pair = np.random.default_rng(0).random((1, *SIZE, 6), np.float32)
    theirs = network.predict(pair, verbose=0)[0]
    print(f"Keras {keras.__version__}, {network.count_params():,} weights, output up to {np.abs(theirs).max():.2f}")
    with tempfile.TemporaryDirectory() as folder:
        for name, save in (("weights alone", network.save_weights), ("whole model", network.save)):
            file = Path(folder) / ("a.weights.h5" if save == network.save_weights else "a.h5")
            save(file)
            print(f"{name}: differs by {np.abs(ours(file, pair) - theirs).max():.1e} at most")


if __name__ == "__main__":
    main()
