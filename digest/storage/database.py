"""One SQLite file, its connections each on a thread of its own. Knows transactions, nothing about papers.

One connection writes. Several read, each in a lane, so that people who ask wait neither for a round that
reads a day of papers nor for each other's searches.

What is written goes to a log first, and from there into the file on a thread of its own: thousands of pages
that a transaction would have to carry over take it a tenth of a second.

One function handed to `Database.read` or `Database.write` is one transaction: all of it happens or none. A
write begins IMMEDIATE, because a deferred one that reads first fails at once when another process wrote
in between, whatever the busy timeout (https://www.sqlite.org/lang_transaction.html).
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Self, TypeVar

import sqlite_utils

from digest.storage.failures import translated
from digest.storage.migrations import migrate, refuse_foreign

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path
    from typing import Any

    from sqlite_utils.migrations import Migrations

T = TypeVar("T")

BUSY_SECONDS = 30.0
"""How long a transaction waits for another process's before it gives up."""

_WRITES = 32
"""After so many transactions the log is carried over."""

_LOG_PAGES = 16_000
"""Pages, 4 kB each, after which a transaction does that itself, when there was never a moment without any."""

_SCHEMA_CHANGES = frozenset(
    {
        sqlite3.SQLITE_CREATE_TABLE,
        sqlite3.SQLITE_CREATE_INDEX,
        sqlite3.SQLITE_CREATE_TRIGGER,
        sqlite3.SQLITE_CREATE_VIEW,
        sqlite3.SQLITE_CREATE_VTABLE,
        sqlite3.SQLITE_ALTER_TABLE,
        sqlite3.SQLITE_DROP_TABLE,
        sqlite3.SQLITE_DROP_INDEX,
        sqlite3.SQLITE_DROP_TRIGGER,
        sqlite3.SQLITE_DROP_VIEW,
        sqlite3.SQLITE_DROP_VTABLE,
    }
)


class Lane(Enum):
    """Whose reads wait for each other."""

    WORK = "work"
    """What nobody waits for: harvests, rounds, the outbox."""
    PEOPLE = "people"
    """What somebody waits for, in milliseconds."""
    SEARCHES = "searches"
    """What somebody waits for and takes up to a second."""


class Database:
    """An open database: `open` makes one, `close` ends it, functions reach it."""

    def __init__(self, path: Path, busy_seconds: float) -> None:
        self.path = path
        self._busy_seconds = busy_seconds
        self._writer = _Thread("database-writer")
        self._readers = {lane: _Thread(f"database-{lane.value}") for lane in Lane}
        self._carrier = _Thread("database-carrier")
        self._carrying: asyncio.Future[None] | None = None
        self._written = 0

    @classmethod
    async def open(
        cls, path: Path, migrations: Sequence[Migrations], *, busy_seconds: float = BUSY_SECONDS
    ) -> Self:
        """Open the file, creating it and bringing its schema up to date where needed.

        Args:
            path: the SQLite file; its folder is created.
            migrations: every set that owns a part of the schema, in the order they build on each other.
            busy_seconds: how long a transaction waits for another process's.

        Raises:
            StorageError: with what is wrong and what to do.
        """
        database = cls(path, busy_seconds)
        try:
            await database._writer.run(path, lambda: database._connect_writer(migrations))
            await database._carrier.run(path, lambda: database._carrier.connect(str(path), busy_seconds))
            for reader in database._readers.values():
                await reader.run(path, partial(database._connect_reader, reader))
        except BaseException:
            await database.close()
            raise
        return database

    async def read(self, fn: Callable[[sqlite_utils.Database], T], lane: Lane = Lane.WORK) -> T:
        """Run `fn` on one snapshot of the database, which it can't change."""
        reader = self._readers[lane]
        return await reader.run(self.path, lambda: reader.transaction("BEGIN", fn))

    async def write(self, fn: Callable[[sqlite_utils.Database], T]) -> T:
        """Run `fn` as one transaction; when it raises, nothing of it remains."""
        result = await self._writer.run(self.path, lambda: self._writer.transaction("BEGIN IMMEDIATE", fn))
        self._written += 1
        if self._written >= _WRITES and (self._carrying is None or self._carrying.done()):
            self._written = 0
            self._carrying = asyncio.ensure_future(self._carrier.run(self.path, self._carrier.carry_over))
            self._carrying.add_done_callback(_look_away)
        return result

    async def trim(self, pages: int) -> None:
        """Give free pages, 4 kB each, back to the disk; at most so many, as others wait meanwhile."""
        await self.write(lambda db: db.conn.execute(f"PRAGMA incremental_vacuum({pages:d})").fetchall())

    async def close(self) -> None:
        """Close every connection after what is under way has ended."""
        for thread in (*self._readers.values(), self._carrier, self._writer):
            await thread.close()

    def _connect_writer(self, migrations: Sequence[Migrations]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db = self._writer.connect(str(self.path), self._busy_seconds)
        refuse_foreign(db, self.path, migrations)  # before anything is written
        if not db.table_names():
            db.execute("PRAGMA auto_vacuum = INCREMENTAL")  # only before the first table
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
        db.execute("PRAGMA foreign_keys = ON")
        migrate(db, self.path, migrations)
        db.conn.set_authorizer(_refuse_schema_changes)

    def _connect_reader(self, reader: _Thread) -> None:
        db = reader.connect(f"{self.path.absolute().as_uri()}?mode=ro", self._busy_seconds)
        db.execute("PRAGMA query_only = ON")


class _Thread:
    """A connection and the one thread that ever touches it."""

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._db: _Modern | None = None

    def connect(self, address: str, busy_seconds: float) -> sqlite_utils.Database:
        connection = sqlite3.connect(
            address, uri=address.startswith("file:"), timeout=busy_seconds, isolation_level=None
        )
        self._db = _Modern(connection, execute_plugins=False)
        return self._db

    async def run(self, path: Path, fn: Callable[[], T]) -> T:
        def call() -> T:
            with translated(path):
                return fn()

        return await asyncio.get_running_loop().run_in_executor(self._executor, call)

    def transaction(self, begin: str, fn: Callable[[sqlite_utils.Database], T]) -> T:
        if self._db is None:
            raise sqlite3.ProgrammingError("the database isn't open")
        self._db.conn.execute(begin)
        try:
            result = fn(self._db)
            self._db.conn.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):  # a full disk may have ended the transaction already
                self._db.conn.execute("ROLLBACK")
            raise
        return result

    def carry_over(self) -> None:
        """Carry over what the log holds, as far as no reader needs it where it is."""
        if self._db is not None:
            self._db.conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    async def close(self) -> None:
        def end() -> None:
            if self._db is not None:
                self._db.close()
                self._db = None

        await asyncio.get_running_loop().run_in_executor(self._executor, end)
        self._executor.shutdown(wait=False)


class _Modern(sqlite_utils.Database):
    """The library's database, as transactions of our own need it.

    It knows what SQLite 3.37 can do; the library tries that out by making a table, which waits for writers.
    """

    @property
    def supports_strict(self) -> bool:
        """Say yes."""
        return True

    @property
    def supports_on_conflict(self) -> bool:
        """Say yes."""
        return True

    def query(
        self, sql: str, params: Sequence[Any] | dict[str, Any] | None = None
    ) -> Generator[dict[str, Any], None, None]:
        """Yield the rows of a statement that has some, without the savepoint that the library puts around it.

        With it one statement is three, and after each the thread waits for the interpreter's lock anew, which
        is half a millisecond where the event loop is busy.
        """
        rows = self.execute(sql, params)
        names = [column[0] for column in rows.description]
        return (dict(zip(names, row, strict=True)) for row in rows)


def _look_away(carrying: asyncio.Future[None]) -> None:
    """Leave a log that couldn't be carried over to the next time; whoever writes is told what is wrong."""
    if not carrying.cancelled():
        carrying.exception()


def _refuse_schema_changes(action: int, *_: object) -> int:
    """Let migrations alone own the schema: a mistyped table name is an error, not a new table."""
    return sqlite3.SQLITE_DENY if action in _SCHEMA_CHANGES else sqlite3.SQLITE_OK
