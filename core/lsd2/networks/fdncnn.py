"""FDnCNN: a plain convolutional denoiser that is told the noise level by a constant map beside the picture.

References
----------
Zhang et al., "Beyond a Gaussian Denoiser: Residual Learning of Deep CNN for Image Denoising", IEEE TIP 26(7), 2017
(DnCNN); its authors' FDnCNN has no batch normalisation and no residual, and takes a noise level map as in
Zhang et al., "FFDNet: Toward a Fast and Flexible Solution for CNN based Image Denoising", IEEE TIP 27(9), 2018.
"""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn

from lsd2.networks.fdncnn_config import KERNEL, FDnCNNConfig


class FDnCNN(nn.Module):
    """The denoiser of `config`; takes and gives images of any size.

    The picture itself goes through all layers, so bfloat16, whose 8 bits would round it 19 times, is not for it.
    """

    def __init__(self, config: FDnCNNConfig) -> None:
        super().__init__()
        self.config = config
        sides = [config.in_channels, *[config.width] * (config.depth - 1), config.channels]
        self.layers = nn.ModuleList(nn.Conv2d(a, b, KERNEL, padding=KERNEL // 2) for a, b in pairwise(sides))

    def forward(self, x: Tensor) -> Tensor:
        """Denoise a batch.

        Parameters
        ----------
        x : (N, channels + 1, H, W): the picture, gamma-encoded, nominally in [0, 1], its noise may go beyond; and a map
            of the noise's standard deviation on the same scale (sigma / 255).

        Returns
        -------
        (N, channels, H, W), nominally in [0, 1] but not clipped.
        """
        *body, last = self.layers
        for layer in body:
            x = torch.relu_(layer(x))
        return last(x)  # type: ignore[no-any-return]


@torch.no_grad()
def start_as_identity(network: FDnCNN, gain: float = 0.1) -> None:
    """Initial weights with which the network hands the picture through, beside He-initialised maps that add little.

    Twenty plain layers learn the identity slowly; begun as it, they only have to learn what is noise.

    Parameters
    ----------
    gain : factor on the last layer's weights of the maps that do not carry the picture.
    """
    channels, centre = network.config.channels, KERNEL // 2
    for index, layer in enumerate(network.layers):
        assert isinstance(layer, nn.Conv2d)
        nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
        nn.init.zeros_(layer.bias)  # type: ignore[arg-type]
        if index == len(network.layers) - 1:
            layer.weight *= gain
        layer.weight[:channels] = 0 if index < len(network.layers) - 1 else layer.weight[:channels]
        for channel in range(channels):
            layer.weight[channel, :channels] = 0
            layer.weight[channel, channel, centre, centre] = 1
