"""Copies a database while it is used, and puts a copy back; a copy counts only once it was verified."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import sqlite_utils

from digest.errors import StorageCorruptError, StorageError, StorageLockedError
from digest.storage.failures import translated
from digest.storage.locks import try_lock
from digest.storage.migrations import refuse_foreign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils.migrations import Migrations


def run_lock(path: Path) -> Path:
    """Return the lock file of the one process that serves this database."""
    return Path(f"{path}.run.lock")


def backup(source: Path, target: Path) -> None:
    """Copy the database to `target`, which mustn't exist, while others use it.

    Raises:
        StorageError: it can't be read or written, or the copy isn't sound; no file is left then.
    """
    if not source.exists():
        raise StorageError(f"There is no database at {source} yet. Run: paperround harvest")
    if target.exists():
        raise StorageError(f"{target} exists already. Name a new file.")
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        with translated(source):
            _copy(source, partial)
            _verify(partial)
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)


def restore(source: Path, target: Path, sets: Sequence[Migrations]) -> Path | None:
    """Put the backup `source` in the place of the database `target`.

    Returns:
        Where the database that was there is kept now; None if there was none.

    Raises:
        StorageLockedError: the database is being served.
        StorageError: the backup isn't sound, or isn't ours; the database is as it was then.
    """
    if not source.exists():
        raise StorageError(f"There is no backup at {source}.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with try_lock(run_lock(target)) as ours:
        if not ours:
            raise StorageLockedError(f"paperround is running on {target}. Stop it, then restore.")
        partial = target.with_name(f"{target.name}.partial")
        partial.unlink(missing_ok=True)
        try:
            with translated(source):
                _copy(source, partial)
                _verify(partial)
                with contextlib.closing(sqlite3.connect(partial)) as copy:
                    refuse_foreign(sqlite_utils.Database(copy, execute_plugins=False), source, sets)
            kept = _set_aside(target) if target.exists() else None
            with translated(target):
                _copy(partial, target)  # one transaction: a kill leaves the old one or the new one
        finally:
            partial.unlink(missing_ok=True)
    return kept


def _copy(source: Path, target: Path) -> None:
    uri = f"{source.absolute().as_uri()}?mode=ro"
    with (
        contextlib.closing(sqlite3.connect(uri, uri=True)) as read,
        contextlib.closing(sqlite3.connect(target)) as write,
    ):
        read.backup(write)


def _verify(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        complaints = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    if complaints != ["ok"]:
        raise StorageCorruptError(
            f"The copy isn't sound: {complaints[0]}. The database itself may be damaged."
        )


def _set_aside(path: Path) -> Path:
    """Keep what the database holds under another name; one that can't be read is moved as it is."""
    kept = next(
        candidate
        for number in itertools.count(1)
        if not (candidate := path.with_name(f"{path.name}.before-restore-{number}")).exists()
    )
    try:
        with translated(path):
            _copy(path, kept)
    except StorageCorruptError:
        kept.unlink(missing_ok=True)
        for suffix in ("-wal", "-shm", ""):
            side = Path(f"{path}{suffix}")
            if side.exists():
                side.rename(f"{kept}{suffix}")
    return kept
