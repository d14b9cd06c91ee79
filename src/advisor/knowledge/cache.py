"""What is dear to work out from a pack, kept in the user's cache folder as JSON, keyed by the pack's content.

A cache file is input like any other: it is never executed, and one that cannot be read is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

#: Changes when what is kept changes its form, or when more is held to be wrong in a pack.
VERSION = 4


def pack_key(root: Path) -> str:
    """A digest over the names and bytes of all files of a pack."""
    digest = hashlib.sha256(f"advisor {VERSION}".encode())
    for folder in ("data", "rules"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix.lower() in (".yaml", ".yml", ".txt"):
                digest.update(str(path.relative_to(root)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def _folder() -> Path:
    if own := os.environ.get("ADVISOR_CACHE"):
        return Path(own)
    from platformdirs import user_cache_path  # only when a cache is used

    return user_cache_path("advisor", appauthor=False)


def load(key: str, name: str, root: Path | None = None) -> Any:
    """What was kept under this name for this pack: beside the pack (`kept/`, in a wheel) or in the user's cache folder;
    None when there is nothing readable."""
    for folder in (*((root / "kept",) if root else ()), _folder()):
        try:
            return json.loads((folder / f"{key}.{name}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            continue
    return None


def save(key: str, name: str, data: Any) -> None:
    """Keep `data`; a folder that cannot be written is no error. Files of other packs by the same name are dropped."""
    try:
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        old = sorted(folder.glob(f"*.{name}.json"), key=lambda path: path.stat().st_mtime)
        for path in old[:-4]:
            path.unlink(missing_ok=True)
        part = folder / f"{key}.{name}.{os.getpid()}.part"
        part.write_text(json.dumps(data, separators=(",", ":")), encoding="utf-8")
        part.replace(folder / f"{key}.{name}.json")
    except OSError:
        return
