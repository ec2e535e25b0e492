"""Build hook: the `resources` folder travels into the wheel; an editable install uses the checkout's."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))
from bundle_rules import PAGES


class ResourcesHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the resources to a standard wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before the wheel is built."""
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"]["resources"] = "lsd2/_resources"
            for page in PAGES:
                build_data["force_include"][page] = f"lsd2/_resources/pages/{page}"
