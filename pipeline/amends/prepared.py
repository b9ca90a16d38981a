"""Work that a start need not do again: what was made from rule files, kept as JSON in the user's cache.

Its file is named after a hash of what it was made of, so it is never stale; and it is never needed: where it is missing,
broken or cannot be written, it is made anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from amends.settings import cache_folder

_T = TypeVar("_T")
#: So many versions of one thing are kept; a checkout and an installed version may take turns.
_KEPT = 3


def prepared(name: str, sources: Iterable[bytes], make: Callable[[], _T]) -> _T:
    """Return what `make` makes of `sources`, from the cache if it was made of the same ones before.

    `name` names the thing in the cache. What JSON does not give back as it was is not kept.
    """
    digest = blake2b(digest_size=12)
    for source in sources:
        digest.update(len(source).to_bytes(8, "big") + source)
    with suppress(OSError, ValueError, RuntimeError):  # no file, no JSON, no home
        found: _T = json.loads((_folder() / f"{name}.{digest.hexdigest()}.json").read_bytes())
        return found
    made = make()
    with suppress(OSError, TypeError, RuntimeError):  # no place to write, no JSON, no home
        text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
        if json.loads(text) == made:
            _keep(name, digest.hexdigest(), text)
    return made


def _folder() -> Path:
    return cache_folder() / "prepared"


def _keep(name: str, digest: str, text: str) -> None:
    """Write one file, whole or not at all, and remove the oldest versions."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{name}.{os.getpid()}.tmp"
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(folder / f"{name}.{digest}.json")
    for old in sorted(folder.glob(f"{name}.*.json"), key=lambda path: path.stat().st_mtime)[:-_KEPT]:
        old.unlink(missing_ok=True)
