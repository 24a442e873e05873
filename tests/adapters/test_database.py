"""The database file: transactions, migrations, faults, backups."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import threading
from typing import TYPE_CHECKING, Any

import pytest
import sqlite_utils

from digest.errors import (
    StorageCorruptError,
    StorageError,
    StorageFullError,
    StorageLockedError,
    StorageReadOnlyError,
    StorageTooNewError,
)
from digest.storage.database import Database, Lane
from digest.storage.locks import try_lock
from digest.storage.migrations import PAPERS, migrate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path


@contextlib.asynccontextmanager
async def opened(path: Path, busy_seconds: float = 5.0) -> AsyncIterator[Database]:
    """Open a database for the length of a block."""
    database = await Database.open(path, [PAPERS], busy_seconds=busy_seconds)
    try:
        yield database
    finally:
        await database.close()


def add(service: str) -> Callable[[sqlite_utils.Database], Any]:
    """Make a small write."""
    return lambda db: db.table("pace").insert({"service": service, "asked_at": 1.0})


def services(db: sqlite_utils.Database) -> list[str]:
    """Read what `add` wrote."""
    return [row["service"] for row in db.table("pace").rows]


def test_the_file_is_made_as_promised(tmp_path: Path) -> None:
    """A new file is in WAL mode, fully synchronous, with foreign keys and incremental vacuum."""

    async def look() -> None:
        async with opened(tmp_path / "new" / "papers.db") as database:
            pragmas = ("journal_mode", "synchronous", "foreign_keys", "auto_vacuum")
            values = await database.write(
                lambda db: [db.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
            )
            assert values == ["wal", 2, 1, 2]
            tables = await database.read(
                lambda db: dict(db.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'"))
            )
            assert all(tables[name] for name in ("papers", "announcements", "listings", "pace"))

    asyncio.run(look())
    assert not list((tmp_path / "new").glob("*.before-*"))


def test_a_write_happens_whole_or_not_at_all(tmp_path: Path) -> None:
    """When a function raises halfway, nothing of it remains, and the next one works."""

    def fail(db: sqlite_utils.Database) -> None:
        add("half")(db)
        raise ValueError("stop")

    async def write() -> None:
        async with opened(tmp_path / "papers.db") as database:
            with pytest.raises(ValueError, match="stop"):
                await database.write(fail)
            assert await database.read(services) == []
            await database.write(add("whole"))
            assert await database.read(services) == ["whole"]

    asyncio.run(write())


def test_a_reader_cannot_write_and_nobody_changes_the_schema(tmp_path: Path) -> None:
    """A write through the reader and a mistyped table name are errors; no table appears."""

    async def trespass() -> None:
        async with opened(tmp_path / "papers.db") as database:
            with pytest.raises(StorageReadOnlyError):
                await database.read(add("x"))
            with pytest.raises(StorageError, match="not authorized"):
                await database.write(lambda db: db.table("papres").insert({"id": 1}))
            assert "papres" not in await database.read(lambda db: db.table_names())

    asyncio.run(trespass())


def test_a_write_waits_for_another_process_and_then_says_so(tmp_path: Path) -> None:
    """A transaction that somebody else holds open is waited for; past the wait the error is a sentence."""
    path = tmp_path / "papers.db"

    async def contend() -> None:
        async with opened(path, 0.05) as hasty, opened(path, 60.0) as database:
            other = sqlite3.connect(path, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageLockedError, match="held by another process"):
                await hasty.write(add("x"))
            waiting = asyncio.ensure_future(database.write(add("y")))
            await asyncio.sleep(0)
            other.execute("COMMIT")
            await waiting
            other.close()
            assert await database.read(services) == ["y"]

    asyncio.run(contend())


def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path: Path) -> None:
    """When no page can be added the write fails as a whole, and later ones work again."""

    async def fill() -> None:
        async with opened(tmp_path / "papers.db") as database:
            pages = await database.write(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
            await database.write(lambda db: db.execute(f"PRAGMA max_page_count = {pages}").fetchone())
            with pytest.raises(StorageFullError, match="No space left"):
                await database.write(
                    lambda db: db.table("pace").insert({"service": "x" * 100_000, "asked_at": 1.0})
                )
            await database.write(lambda db: db.execute("PRAGMA max_page_count = 100000").fetchone())
            await database.write(add("y"))
            assert await database.read(services) == ["y"]

    asyncio.run(fill())


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (
            b"not a database, but some text that is long enough to be one" * 20,
            StorageCorruptError,
            "isn't a sound",
        ),
        (None, StorageReadOnlyError, "Can't open"),
    ],
)
def test_what_is_no_database_is_said(
    tmp_path: Path, content: bytes | None, error: type[Exception], words: str
) -> None:
    """A text file and a folder in the database's place are clear errors, and stay as they were."""
    path = tmp_path / "papers.db"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)

    async def open_it() -> None:
        async with opened(path):
            pass

    with pytest.raises(error, match=words):
        asyncio.run(open_it())
    assert content is None or path.read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """A database with tables that aren't ours is refused before anything is written."""
    path = tmp_path / "papers.db"
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE songs (name TEXT)")

    async def open_it() -> None:
        async with opened(path):
            pass

    before = path.read_bytes()
    with pytest.raises(StorageCorruptError, match="another program"):
        asyncio.run(open_it())
    assert path.read_bytes() == before


def test_a_database_from_the_future_is_refused(tmp_path: Path) -> None:
    """A step that this version doesn't know means that a newer one wrote the file."""
    path = tmp_path / "papers.db"
    make_schema(path, None)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('digest', 'm999_flying')")

    async def open_it() -> None:
        async with opened(path):
            pass

    with pytest.raises(StorageTooNewError, match=r"newer paperround \(it has “m999_flying”\)"):
        asyncio.run(open_it())


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_without_permission_is_said(tmp_path: Path) -> None:
    """A file that may not be written is a clear error."""
    path = tmp_path / "papers.db"
    make_schema(path, None)
    path.chmod(0o400)

    async def open_it() -> None:
        async with opened(path):
            pass

    with pytest.raises(StorageReadOnlyError):
        asyncio.run(open_it())


def make_schema(path: Path, stop_before: str | None) -> None:
    """Make a database as an earlier version made it."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        PAPERS.apply(sqlite_utils.Database(connection), stop_before=stop_before or "nothing")


def schema(path: Path) -> list[tuple[str, str]]:
    """Return the statements that make a database's tables."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        return [(name, sql) for name, sql in rows]


def test_a_migrated_database_equals_a_fresh_one_and_keeps_its_rows(tmp_path: Path) -> None:
    """From the first schema with rows in it to today's: same schema, rows kept and found, copies made."""
    old, fresh = tmp_path / "old.db", tmp_path / "fresh.db"
    make_schema(old, "m002_full_text")
    with contextlib.closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO papers (id, version, title, abstract, authors, categories, detailed) "
            "VALUES ('2401.00001', 1, 'Bending rivers', 'They bend.', '[\"Ada Ash\"]', '[\"cs.CV\"]', 1)"
        )

    async def open_both() -> None:
        async with opened(fresh):
            pass
        async with opened(old) as database:
            found = await database.read(lambda db: [row["id"] for row in db.table("papers").search("river")])
            assert found == ["2401.00001"]

    asyncio.run(open_both())
    assert schema(old) == schema(fresh)
    copies = sorted(path.name for path in tmp_path.glob("old.db.before-*"))
    steps = ("m002_full_text", "m003_pace", "m004_serial", "m005_categories", "m006_briefs", "m007_notes")
    assert copies == [f"old.db.before-{step}" for step in steps]
    with contextlib.closing(sqlite3.connect(tmp_path / copies[0])) as copy:
        assert copy.execute("SELECT title FROM papers").fetchall() == [("Bending rivers",)]
        assert not copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'papers_fts'").fetchall()


def test_a_step_that_fails_leaves_the_schema_before_it(tmp_path: Path) -> None:
    """A migration is one transaction: after a failure the file is as it was, and the next try succeeds."""
    path = tmp_path / "papers.db"
    make_schema(path, "m003_pace")
    before = schema(path)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE pace (x)")  # in the way
        with pytest.raises(sqlite3.OperationalError):
            migrate(sqlite_utils.Database(connection), path, [PAPERS])
        connection.execute("DROP TABLE pace")
        assert schema(path) == before
        migrate(sqlite_utils.Database(connection), path, [PAPERS])
    assert "pace" in {name for name, _ in schema(path)}


def test_opening_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    """A database that another process writes opens as any other does, and can be read meanwhile."""
    path = tmp_path / "papers.db"

    async def look() -> None:
        async with opened(path) as database:
            await database.write(add("kept"))
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            async with opened(path, busy_seconds=0.1) as database:
                assert await database.read(services) == ["kept"]
                other.execute("ROLLBACK")
                assert await database.write(lambda db: db.supports_on_conflict)

    asyncio.run(look())


def test_a_lock_that_cannot_be_made_is_a_storage_error(tmp_path: Path) -> None:
    """What goes wrong with a lock file is one of our errors."""
    (tmp_path / "blocked").touch()
    with pytest.raises(StorageError), try_lock(tmp_path / "blocked" / "x.lock"):
        pass


def test_a_lock_has_one_holder_and_ends_with_it(tmp_path: Path) -> None:
    """While one holds the lock nobody else does; afterwards it is free."""
    path = tmp_path / "x.lock"
    with try_lock(path) as first:
        assert first
        with try_lock(path) as second:
            assert not second
    with try_lock(path) as third:
        assert third


def test_reads_of_one_lane_do_not_wait_for_another(tmp_path: Path) -> None:
    """While a round or a search reads, people's reads are answered; none of them can write."""

    async def look() -> None:
        async with opened(tmp_path / "papers.db") as database:
            goes_on = threading.Event()
            long = [
                asyncio.create_task(database.read(lambda _: goes_on.wait(30), lane))
                for lane in (Lane.WORK, Lane.SEARCHES)
            ]
            assert await database.read(services, Lane.PEOPLE) == []
            goes_on.set()
            assert await asyncio.gather(*long) == [True, True]
            for lane in Lane:
                with pytest.raises(StorageReadOnlyError):
                    await database.read(add("x"), lane)

    asyncio.run(look())


def test_the_log_is_carried_over_beside_the_writes(tmp_path: Path) -> None:
    """The file grows while the log is far from what a transaction would carry over; it's gone at the end."""
    path = tmp_path / "papers.db"
    log = path.with_name("papers.db-wal")

    async def write(database: Database, text: str) -> None:
        await database.write(lambda db: db.execute("INSERT INTO pace VALUES (?, 0)", [text]))

    async def run() -> None:
        async with opened(path) as database:
            before = path.stat().st_size
            for number in range(2_000):
                await write(database, f"{number} {'x' * 4_000}")
                if path.stat().st_size > before + 100_000:
                    break
            assert path.stat().st_size > before + 100_000
            assert log.stat().st_size < 50_000_000
        assert not log.exists()

    asyncio.run(run())
