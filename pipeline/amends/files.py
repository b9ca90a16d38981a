"""Writing results: a file is there whole, or it is not there."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from amends.errors import InputError


def write_whole(path: str | Path, data: str | bytes) -> Path:
    """Write `data` to `path` in one step, making its folders; text as UTF-8. Returns the path written.

    Raises:
        InputError: the target cannot be written; what stood there before is untouched.
    """
    return write_all({Path(path): data})[0]


def write_all(contents: Mapping[Path, str | bytes]) -> tuple[Path, ...]:
    """Write all files or none: first under temporary names beside their targets, then renamed.

    Raises:
        InputError: a target cannot be written; every target is as it was before.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, data in contents.items():
            target = _usable(path)
            waiting.append((_temporary(target, data), target))
        _rename_all(waiting)
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
    return tuple(target for _, target in waiting)


def _usable(path: Path) -> Path:
    """Return the real target behind `path`, its folder made; a rename would replace a device, so it is refused."""
    target = path.resolve() if path.is_symlink() else path
    if target.exists() and not target.is_file():
        what = "a folder" if target.is_dir() else "not an ordinary file"
        raise InputError(
            f"Cannot write to {path}: it is {what}.", hint="Name a file inside a folder that you may write."
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error
    return target


def _temporary(target: Path, data: str | bytes) -> Path:
    """Write `data` beside `target`, flushed to disk, and return the temporary file's path."""
    temporary = target.with_name(f".amends-{secrets.token_hex(6)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data.encode("utf-8") if isinstance(data, str) else data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _unwritable(target, error) from error
    return temporary


def _rename_all(waiting: list[tuple[Path, Path]]) -> None:
    """Rename every temporary file; on a fault put back what stood at the targets that were already replaced."""
    replaced: list[tuple[Path, bytes | None]] = []
    for temporary, target in waiting:
        try:
            before = target.read_bytes() if len(waiting) > 1 and target.exists() else None
            temporary.replace(target)
        except OSError as error:
            _put_back(replaced)
            raise _unwritable(target, error) from error
        replaced.append((target, before))


def _put_back(replaced: list[tuple[Path, bytes | None]]) -> None:
    for target, before in replaced:
        if before is None:
            target.unlink(missing_ok=True)
        else:
            target.write_bytes(before)


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError(
        f"Cannot write {path}: {error.strerror or error}.",
        hint="Nothing was written. Choose a folder that you may write and that has space left, with -o.",
    )
