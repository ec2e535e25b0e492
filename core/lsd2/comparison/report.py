"""The report of a comparison, as plain values for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from math import isfinite
from typing import Any

from lsd2.comparison.compose import Scene
from lsd2.comparison.rows import Compared
from lsd2.photo import Crop


def report(scene: Scene, rows: Sequence[Compared], crops: Sequence[Crop]) -> dict[str, Any]:
    """The pair, and per method its figures (PSNR and SSIM with a reference only), seconds, memory and parameters."""
    return {
        "pair": _pair(scene, rows, crops),
        "methods": {row.result.method: _method(row) for row in rows},
    }


def _pair(scene: Scene, rows: Sequence[Compared], crops: Sequence[Crop]) -> dict[str, Any]:
    height, width = scene.prepared_short.shape[:2]
    return {
        "short": str(scene.short.path),
        "long": str(scene.long.path),
        "reference": str(scene.reference.path) if scene.reference else None,
        "width": width,
        "height": height,
        "alignment": asdict(rows[0].result.alignment),
        "crops": [asdict(crop) for crop in crops],
    }


def _method(row: Compared) -> dict[str, Any]:
    result = row.result
    figures = {name: value if isfinite(value) else None for name, value in row.figures.items()}  # JSON has no infinity
    how = {
        **result.parameters,
        "device": result.device,
        "model": asdict(result.model) if result.model else None,
        "notes": list(result.notes),
    }
    return {**figures, "seconds": result.seconds, "peak_rss_mb": result.peak_rss_mb, "parameters": how}
