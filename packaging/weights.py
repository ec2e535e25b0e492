"""The shipped models as the packaged program carries them: ONNX files, their manifest, and their cards."""

from __future__ import annotations

import shutil
from pathlib import Path

from lsd2.networks.convert import convert
from lsd2.networks.manifest import read_manifest
from lsd2.resources import resource_path


def package(folder: Path) -> None:
    """Convert every shipped model into `folder`, which is made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shipped = resource_path("weights")
    for entry in read_manifest(shipped):
        print(f"{entry.name}: {convert(entry, folder).path}")
    for card in shipped.glob("*.md"):
        shutil.copy(card, folder)
