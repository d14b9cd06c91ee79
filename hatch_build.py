"""Puts what is learned from the pack into the wheel, so that the first start after an install need not learn it."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KeepLearned(BuildHookInterface[Any]):
    """Loads the pack once while a wheel is built and adds the files of the cache to it (see knowledge/cache.py)."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before the wheel is put together; an editable install has no use for it."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        folder = tempfile.mkdtemp(prefix="advisor-kept-")
        os.environ["ADVISOR_CACHE"] = folder
        from advisor.dialogue.knowledge import load

        load(root)
        build_data["force_include"][folder] = "advisor/pack/kept"
