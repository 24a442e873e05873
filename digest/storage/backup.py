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
    from collections.abc import Iterator, Sequence

    from sqlite_utils.migrations import Migrations

_SUFFIXES = ("-wal", "-shm", "-journal", "")  # the file itself last


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
    if not target.parent.is_dir():
        raise StorageError(f"There is no folder {target.parent}. Make it, or name another file.")
    with _partial(target) as partial:
        _copy(source, partial)
        _verify(partial)
        with translated(target):
            partial.rename(target)


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
    with try_lock(run_lock(target)) as ours:
        if not ours:
            raise StorageLockedError(f"paperround is running on {target}. Stop it, then restore.")
        with _partial(target) as partial:
            _copy(source, partial)
            _verify(partial)
            _require_ours(partial, source, sets)
            kept = _set_aside(target) if target.exists() else None
            _copy(partial, target)  # one transaction: a kill leaves the old one or the new one
    return kept


@contextlib.contextmanager
def _partial(target: Path) -> Iterator[Path]:
    """Yield where to write a copy that doesn't count yet; whatever is there at the end is removed."""
    partial = target.with_name(f"{target.name}.partial")
    _remove(partial)
    try:
        yield partial
    finally:
        _remove(partial)


def _remove(path: Path) -> None:
    with translated(path):
        for suffix in _SUFFIXES:
            Path(f"{path}{suffix}").unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    uri = f"{source.absolute().as_uri()}?mode=ro"
    with contextlib.ExitStack() as stack:
        with translated(source):
            read = stack.enter_context(contextlib.closing(sqlite3.connect(uri, uri=True)))
            read.execute("PRAGMA schema_version").fetchone()
        with translated(target):
            write = stack.enter_context(contextlib.closing(sqlite3.connect(target)))
            read.backup(write)


def _verify(partial: Path) -> None:
    """Make sure that a copy is sound, and that it is one file: in WAL mode it would need two more."""
    with translated(partial), contextlib.closing(sqlite3.connect(partial)) as connection:
        complaints = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
        connection.execute("PRAGMA journal_mode = DELETE")
    if complaints != ["ok"]:
        raise StorageCorruptError(
            f"The copy isn't sound: {complaints[0].splitlines()[-1]}. The database itself may be damaged."
        )


def _require_ours(partial: Path, source: Path, sets: Sequence[Migrations]) -> None:
    with translated(source), contextlib.closing(sqlite3.connect(partial)) as connection:
        db = sqlite_utils.Database(connection, execute_plugins=False)
        if not db.table_names():
            raise StorageCorruptError(f"{source} is empty. It isn't a backup.")
        refuse_foreign(db, source, sets)


def _set_aside(path: Path) -> Path:
    """Keep what the database holds under another name; one that can't be read is moved as it is."""
    kept = next(
        candidate
        for number in itertools.count(1)
        if not (candidate := path.with_name(f"{path.name}.before-restore-{number}")).exists()
    )
    try:
        _copy(path, kept)
    except StorageCorruptError:
        with translated(path):
            for suffix in _SUFFIXES:
                side = Path(f"{path}{suffix}")
                if side.exists():
                    side.rename(f"{kept}{suffix}")
    return kept
