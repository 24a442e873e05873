"""Backups: whole, one file, and put back only when they are ours."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from typing import TYPE_CHECKING

import pytest

from digest.errors import StorageCorruptError, StorageError, StorageLockedError
from digest.storage.backup import backup, restore, run_lock
from digest.storage.database import Database
from digest.storage.locks import try_lock
from digest.storage.migrations import PAPERS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@contextlib.asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Database]:
    """Open a database for the length of a block."""
    database = await Database.open(path, [PAPERS])
    try:
        yield database
    finally:
        await database.close()


async def _add(database: Database, service: str) -> None:
    row = {"service": service, "asked_at": 1.0}
    await database.write(lambda db: db.table("pace").insert(row))


def make(path: Path) -> None:
    """Make a database with one row, in WAL mode as ours are."""

    async def write() -> None:
        async with opened(path) as database:
            await _add(database, "kept")

    asyncio.run(write())


def services(path: Path) -> list[str]:
    """Read the rows that were written, as paperround would."""

    async def read() -> list[str]:
        async with opened(path) as database:
            return await database.read(lambda db: sorted(row["service"] for row in db.table("pace").rows))

    return asyncio.run(read())


def test_a_backup_is_whole_while_others_write_and_can_be_restored(tmp_path: Path) -> None:
    """A copy taken from a database in use is sound and brings its state back; the replaced one is kept."""
    path, copy = tmp_path / "papers.db", tmp_path / "copy.db"

    async def use() -> None:
        async with opened(path) as database:
            await _add(database, "before")
            await asyncio.to_thread(backup, path, copy)
            await _add(database, "after")

    asyncio.run(use())
    with pytest.raises(StorageError, match="exists already"):
        backup(path, copy)
    kept = restore(copy, path, [PAPERS])
    assert services(path) == ["before"]
    assert kept is not None
    with contextlib.closing(sqlite3.connect(kept)) as old:
        assert sorted(old.execute("SELECT service FROM pace").fetchall()) == [("after",), ("before",)]


def test_a_restore_is_refused_while_paperround_runs_or_from_a_bad_file(tmp_path: Path) -> None:
    """A served database isn't swapped, and a backup that isn't sound or ours changes nothing."""
    path, bad = tmp_path / "papers.db", tmp_path / "bad.db"
    make(path)
    with try_lock(run_lock(path)) as ours:
        assert ours
        with pytest.raises(StorageLockedError, match="Stop it, then restore"):
            restore(path, path, [PAPERS])
    bad.write_bytes(b"nonsense" * 1000)
    with pytest.raises(StorageCorruptError):
        restore(bad, path, [PAPERS])
    with contextlib.closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE songs (name TEXT)")
    with pytest.raises(StorageCorruptError, match="another program"):
        restore(tmp_path / "other.db", path, [PAPERS])
    assert services(path) == ["kept"]
    assert not list(tmp_path.glob("*.partial"))


def test_a_corrupt_database_can_be_replaced(tmp_path: Path) -> None:
    """A restore works when the database itself can't be read any more; the wreck is kept."""
    path, copy = tmp_path / "papers.db", tmp_path / "copy.db"
    make(path)
    backup(path, copy)
    path.write_bytes(b"wreck" * 2000)
    kept = restore(copy, path, [PAPERS])
    assert kept is not None
    assert kept.read_bytes().startswith(b"wreck")
    assert services(path) == ["kept"]


def test_what_is_empty_is_no_backup(tmp_path: Path) -> None:
    """An empty file, such as a full disk leaves behind, never takes the database's place."""
    path, empty = tmp_path / "papers.db", tmp_path / "empty.db"
    make(path)
    empty.touch()
    with pytest.raises(StorageCorruptError, match="is empty"):
        restore(empty, path, [PAPERS])
    assert services(path) == ["kept"]
    assert not list(tmp_path.glob("*.before-restore-*"))


def test_a_backup_is_one_file(tmp_path: Path) -> None:
    """A backup can be read without a file beside it, and neither backup nor restore leaves one behind."""
    path, copy = tmp_path / "papers.db", tmp_path / "copy.db"
    make(path)
    backup(path, copy)
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    restore(copy, path, [PAPERS])
    assert not list(tmp_path.glob("*partial*"))
    assert not list(tmp_path.glob("copy.db-*"))


def test_what_a_backup_cannot_write_is_named(tmp_path: Path) -> None:
    """The error names the file that can't be written, not the database that was read."""
    path = tmp_path / "papers.db"
    make(path)
    with pytest.raises(StorageError, match=r"There is no folder .*nowhere"):
        backup(path, tmp_path / "nowhere" / "copy.db")
    (tmp_path / "blocked").touch()
    with pytest.raises(StorageError, match="blocked/papers"):
        restore(path, tmp_path / "blocked" / "papers.db", [PAPERS])


def test_a_damaged_database_is_told_in_one_line(tmp_path: Path) -> None:
    """A copy that isn't sound is an error of one sentence, and no file is left."""
    path, copy = tmp_path / "papers.db", tmp_path / "copy.db"
    make(path)
    with path.open("r+b") as file:
        file.seek(4096 * 2)
        file.write(b"wreck" * 4096)
    with pytest.raises(StorageCorruptError) as raised:
        backup(path, copy)
    assert "\n" not in str(raised.value)
    assert not list(tmp_path.glob("copy.db*"))
