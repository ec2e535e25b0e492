"""The LSD2 network: a U-Net that takes a long and a short exposure and gives one clean, sharp image.

References
----------
Mustaniemi et al., "LSD2 - Joint Denoising and Deblurring of Short and Long Exposure Images with CNNs", BMVC 2020,
Section 3.2.
Ronneberger et al., "U-Net: Convolutional Networks for Biomedical Image Segmentation", MICCAI 2015.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from lsd2.networks.unet_config import OUT_CHANNELS, UNetConfig


def _double_conv(channels_in: int, channels_out: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(channels_in, channels_out, 3, padding=1),
        nn.ReLU(inplace=True),
        nn.Conv2d(channels_out, channels_out, 3, padding=1),
        nn.ReLU(inplace=True),
    )


class UNet(nn.Module):
    """The U-Net of `config`; takes and gives images of any size."""

    def __init__(self, config: UNetConfig) -> None:
        super().__init__()
        self.config = config
        self._body_dtype = torch.float32
        widths, cells = config.widths, config.shuffle**2
        inputs = (config.in_channels * cells, *widths[:-1])
        self.encoder = nn.ModuleList(_double_conv(a, b) for a, b in zip(inputs, widths, strict=True))
        pairs = list(zip(widths[:0:-1], widths[-2::-1], strict=True))
        self.up = nn.ModuleList(nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in pairs)
        self.decoder = nn.ModuleList(_double_conv(2 * b, b) for _, b in pairs)
        self.head = nn.Conv2d(widths[0], OUT_CHANNELS * cells, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Fuse a batch.

        Parameters
        ----------
        x : (N, in_channels, H, W), [long RGB, short RGB], gamma-encoded sRGB in [0, 1].

        Returns
        -------
        (N, 3, H, W), gamma-encoded sRGB, nominally in [0, 1] but not clipped.
        """
        height, width = x.shape[-2:]
        factor = self.config.shuffle
        maps = self._levels(F.pixel_unshuffle(self._padded(x), factor).to(self._body_dtype))
        out = F.pixel_shuffle(self.head(maps.to(x.dtype)), factor)[..., :height, :width]
        return out + x[:, :OUT_CHANNELS] if self.config.residual else out

    def body_to(self, dtype: torch.dtype) -> None:
        """Compute everything but the last layer and the residual in `dtype`.

        The picture itself stays float32: bfloat16 has only 8 bits, which would show as banding.
        """
        self._body_dtype = dtype
        for part in (self.encoder, self.up, self.decoder):
            part.to(dtype)

    def _padded(self, x: Tensor) -> Tensor:
        """Extend to a multiple of `shuffle` and to no less than one cell of the pooling grid."""
        height, width = x.shape[-2:]
        factor, least = self.config.shuffle, self.config.grid
        right = max(least - width, -width % factor)
        bottom = max(least - height, -height % factor)
        return F.pad(x, (0, right, 0, bottom), mode="replicate") if right or bottom else x

    def _levels(self, x: Tensor) -> Tensor:
        skips: list[Tensor] = []
        for level, block in enumerate(self.encoder):
            x = block(F.max_pool2d(x, 2) if level else x)
            skips.append(x)
        skips.pop()
        for up, block in zip(self.up, self.decoder, strict=True):
            x = block(_join(up(x), skips.pop()))
        return x


def _join(x: Tensor, skip: Tensor) -> Tensor:
    """Zero-pad the upsampled maps at the bottom and right to the encoder's size, then concatenate [up, skip]."""
    missing_h, missing_w = skip.shape[-2] - x.shape[-2], skip.shape[-1] - x.shape[-1]
    if missing_h or missing_w:
        x = F.pad(x, (0, missing_w, 0, missing_h))
    return torch.cat([x, skip], dim=1)


@torch.no_grad()
def start_as_input(network: UNet) -> None:
    """Let an untrained residual network give its input's first three channels: its last layer begins with zeros.

    The others begin as He et al. (ICCV 2015) have it.  torch's own start lets the maps fade from layer to layer; behind
    a last layer of zeros they then die in the first steps, and nothing is learnt.
    """
    for part in (network.encoder, network.up, network.decoder):
        for layer in part.modules():
            if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d):
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
                if layer.bias is not None:
                    layer.bias.zero_()
    network.head.weight.zero_()
    if network.head.bias is not None:
        network.head.bias.zero_()
