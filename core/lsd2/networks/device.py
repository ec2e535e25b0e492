"""Where networks run, and in which number format."""

from __future__ import annotations

import torch

from lsd2.errors import DeviceError
from lsd2.options import Device


def choose_device(wanted: Device) -> torch.device:
    """The torch device for a user's choice; `AUTO` takes the fastest there is.

    Raises
    ------
    DeviceError
        When the chosen device is not there.
    """
    if wanted is Device.AUTO:
        return torch.device("cuda" if torch.cuda.is_available() else "mps" if _has_mps() else "cpu")
    if wanted is Device.CUDA and not torch.cuda.is_available():
        raise DeviceError("no CUDA graphics processor was found; choose the device 'auto' or 'cpu'")
    if wanted is Device.MPS and not _has_mps():
        raise DeviceError("no Apple graphics processor was found; choose the device 'auto' or 'cpu'")
    return torch.device(str(wanted))


def _has_mps() -> bool:
    return torch.backends.mps.is_available()


def choose_dtype(device: torch.device) -> torch.dtype:
    """bfloat16 where the processor multiplies it natively, float32 elsewhere.

    On processors with AVX512-BF16 or AMX the networks run about twice as fast; emulated, it is slower.
    """
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    if device.type == "cpu":
        able = torch.cpu.get_capabilities()
        return torch.bfloat16 if able.get("avx512_bf16") or able.get("amx_bf16") else torch.float32
    return torch.float32
