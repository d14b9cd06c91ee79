"""What is dear to work out from a pack, kept in the user's cache folder.

Two kinds of files. What was learned is JSON, keyed by the content of the pack: any version of the program reads it, and a
wheel brings it along. The compiled engine is a pickle, keyed by the code, Python and msgspec as well. A cache file is input
like any other: a pickle may only name classes of this package and a few plain ones, so that reading it calls nothing else
(https://docs.python.org/3/library/pickle.html#restricting-globals), and a file that cannot be read is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

#: Changes when what is learned changes its form, or how it is learned.
VERSION = 6
#: Files of one name that stay: those of packs used before.
KEPT = 4
#: What a pickle may name beside the classes of this package: by it a Struct with keyword-only fields is made again.
PLAIN = frozenset({("msgspec._utils", "rebuild")})


def pack_key(root: Path) -> str:
    """A digest over the names and bytes of all files of a pack."""
    digest = hashlib.sha256(f"advisor {VERSION}".encode())
    for folder in ("data", "rules"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix.lower() in (".yaml", ".yml", ".txt"):
                digest.update(str(path.relative_to(root)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def code_key(key: str) -> str:
    """The key of what this very code makes of a pack: it changes with any module of the package, with Python and with msgspec."""
    digest = hashlib.sha256(f"{key} {sys.version} {msgspec.__version__}".encode())
    for name, changed, size in sorted(_modules(str(Path(__file__).parents[1]))):
        digest.update(f"{name} {changed} {size}\n".encode())
    return digest.hexdigest()[:32]


def _modules(folder: str) -> Iterator[tuple[str, int, int]]:
    """Path, time of change and size of every module in a folder and below."""
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _modules(entry.path)
        elif entry.name.endswith(".py"):
            found = entry.stat()
            yield entry.path, found.st_mtime_ns, found.st_size


def _folder() -> Path:
    if own := os.environ.get("ADVISOR_CACHE"):
        return Path(own)
    from platformdirs import user_cache_path  # only when a cache is used

    return user_cache_path("advisor", appauthor=False)


def load(key: str, name: str, root: Path | None = None) -> Any:
    """What was learned and kept under this name for this pack: beside the pack (`kept/`, in a wheel) or in the user's cache
    folder; None when there is nothing readable."""
    for folder in (*((root / "kept",) if root else ()), _folder()):
        try:
            return json.loads((folder / f"{key}.{name}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            continue
    return None


def save(key: str, name: str, data: Any) -> None:
    """Keep plain data; a folder that cannot be written is no error. Files of other packs by the same name are dropped."""
    _write(key, f"{name}.json", lambda: json.dumps(data, separators=(",", ":")).encode())


class _Unpickler(pickle.Unpickler):
    """Names nothing but classes of this package and plain ones."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in PLAIN:
            return super().find_class(module, name)
        if module.startswith("advisor.") and isinstance(found := super().find_class(module, name), type):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a cache file")


def load_compiled(key: str, name: str) -> Any:
    """The value that `save_compiled` kept under this key and name; None when there is nothing readable."""
    try:
        with (_folder() / f"{key}.{name}.pickle").open("rb") as file:
            return _Unpickler(file).load()
    except Exception:  # noqa: BLE001  a damaged pickle can raise anything; whatever it is, there is nothing to be read
        return None


def save_compiled(key: str, name: str, value: object) -> None:
    """Keep a value of our own classes; see `save`."""
    _write(key, f"{name}.pickle", lambda: pickle.dumps(value, protocol=5))


def _write(key: str, name: str, content: Callable[[], bytes]) -> None:
    try:
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        old = sorted(folder.glob(f"*.{name}"), key=lambda path: path.stat().st_mtime)
        for path in old[:-KEPT]:
            path.unlink(missing_ok=True)
        part = folder / f"{key}.{name}.{os.getpid()}.part"
        part.write_bytes(content())
        part.replace(folder / f"{key}.{name}")
    except OSError:
        return
