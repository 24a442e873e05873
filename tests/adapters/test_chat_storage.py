"""Chats in the database file: what newer versions wrote, migrations, locks, deliveries that move along."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
import sqlite_utils
from hypothesis import given
from hypothesis import strategies as st

from bot.access import Code, Person, Role
from bot.app import MIGRATIONS
from bot.chats import Address, Choices, Detail, Layout, QuietDays, SendAt, Subscription
from bot.storage.chat_rows import read_choices, write_choices
from bot.storage.chats import SqliteChats
from bot.storage.migrations import CHATS
from bot.storage.people import SqlitePeople
from digest.errors import StorageLockedError
from digest.model import Topic
from digest.storage.migrations import PAPERS
from tests.servers.new_database import open_database
from tests.wishes import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")

NOW = datetime(2026, 6, 26, 4, 10, tzinfo=UTC)
CHAT, OTHER, ADA = Address("telegram", "1"), Address("telegram", "2"), Person("telegram", "7")
WISH = Subscription(Topic("a", "A", "all:a"), preset=False, by="7", at=NOW)


def write(path: Path, *functions: Callable[[sqlite_utils.Database], T]) -> list[T]:
    """Run functions on a database file, a transaction each."""

    async def inside() -> list[T]:
        database = await open_database(path, MIGRATIONS)
        try:
            return [await database.write(function) for function in functions]
        finally:
            await database.close()

    return asyncio.run(inside())


CHOICES = st.builds(
    Choices,
    language=st.none() | st.sampled_from(["en", "zh", "pt-BR"]),
    brief_language=st.none() | st.sampled_from(["en", "zh"]),
    send_at=st.none()
    | st.just(SendAt.LISTED)
    | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.none() | st.sampled_from(["UTC", "Asia/Kathmandu"]),
    weekdays=st.none() | st.frozensets(st.integers(0, 6), min_size=1),
    papers=st.none() | st.integers(1, 50),
    detail=st.none() | st.sampled_from(Detail),
    figures=st.none() | st.booleans(),
    quiet_days=st.none() | st.sampled_from(QuietDays),
    sound=st.none() | st.booleans(),
    layout=st.none() | st.sampled_from(Layout),
)


@given(choices=CHOICES, before=CHOICES)
def test_choices_come_back_as_they_were(choices: Choices, before: Choices) -> None:
    """Every combination is kept, whatever stood there."""
    assert read_choices(write_choices(choices, write_choices(before))) == choices


UNREADABLE: dict[str, list[object]] = {
    "language": [7, ""],
    "brief_language": [None, ["en"]],
    "send_at": ["sunrise", "25:00", 7, "07:00+02:00"],
    "zone": ["Mars/Olympus", 2, "../etc/passwd", ""],
    "weekdays": [[], [7], "Mon", [[1]], 3],
    "papers": [0, "7", 2.5, True],
    "detail": ["haiku", 1],
    "figures": ["many", 1],
    "quiet_days": ["song"],
    "sound": ["loud", 1],
    "layout": ["holographic"],
    "frequency": ["hourly"],
}


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, values in UNREADABLE.items() for value in values]
)
def test_what_a_newer_version_chose_is_passed_over_and_kept(key: str, value: object) -> None:
    """An unknown key or value counts as not chosen; writing another choice leaves it as it was."""
    text = json.dumps({key: value, "papers" if key != "papers" else "sound": False if key == "papers" else 5})
    read = read_choices(text)
    assert read == (Choices(sound=False) if key == "papers" else Choices(papers=5))
    written = json.loads(write_choices(Choices(layout=Layout.RICH) if key != "layout" else Choices(), text))
    assert written[key] == value


@given(text=st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_any_json_can_stand_there(text: str) -> None:
    """What isn't an object chose nothing."""
    assert read_choices(text) == Choices()


def locked_calls() -> list[Callable[[sqlite_utils.Database], object]]:
    """Return a call of every method that people and chats have."""

    def chats(use: Callable[[SqliteChats], object]) -> Callable[[sqlite_utils.Database], object]:
        return lambda db: use(SqliteChats(db, DEFAULTS))

    def people(use: Callable[[SqlitePeople], object]) -> Callable[[sqlite_utils.Database], object]:
        return lambda db: use(SqlitePeople(db))

    claim, invite = Code("00", Role.OWNER, None, NOW), Code("01", Role.GUEST, ADA, NOW)
    return [
        chats(lambda c: c.due(NOW, 1, 1)),
        chats(lambda c: c.get(CHAT)),
        chats(lambda c: c.numbered(1)),
        chats(lambda c: c.reading(["telegram"], NOW, 0, 1)),
        chats(lambda c: c.count_reading(["telegram"], NOW)),
        chats(lambda c: c.newest_told()),
        chats(lambda c: c.told({1: NOW}, 1)),
        chats(lambda c: c.wait({1: NOW})),
        chats(lambda c: c.wait_no_longer()),
        chats(lambda c: c.add(CHAT, title="", parent=None, by="")),
        chats(lambda c: c.chosen(1)),
        chats(lambda c: c.inherited(1)),
        chats(lambda c: c.choose(1, Choices(papers=3))),
        chats(lambda c: c.subscribe(1, WISH)),
        chats(lambda c: c.unsubscribe(1, "a")),
        chats(lambda c: c.pause(1, NOW)),
        chats(lambda c: c.resume(1)),
        chats(lambda c: c.heard(CHAT)),
        chats(lambda c: c.regain(1)),
        chats(lambda c: c.follow(1, OTHER)),
        chats(lambda c: c.lose(1, NOW)),
        chats(lambda c: c.lose_all(1, NOW)),
        chats(lambda c: c.forget(NOW)),
        chats(lambda c: c.delete(1)),
        people(lambda p: p.role(ADA)),
        people(lambda p: p.owners()),
        people(lambda p: p.claim(claim)),
        people(lambda p: p.offer(invite)),
        people(lambda p: p.codes()),
        people(lambda p: p.redeem("x", ADA, NOW)),
        people(lambda p: p.withdraw()),
        people(lambda p: p.remove(ADA)),
        people(lambda p: p.detach(ADA)),
    ]


def test_every_method_says_that_the_database_is_locked(tmp_path: Path) -> None:
    """While another process holds the file for itself, each call is a StorageLockedError; then each works."""
    path = tmp_path / "papers.db"
    calls = locked_calls()
    methods = [
        name for store in (SqliteChats, SqlitePeople) for name in vars(store) if not name.startswith("_")
    ]
    assert len(calls) == len(methods)

    async def contend() -> None:
        database = await open_database(path, MIGRATIONS, busy_seconds=0.0)
        other = sqlite3.connect(path, isolation_level=None)
        try:
            await database.write(lambda db: SqliteChats(db, DEFAULTS).add(CHAT, title="", parent=None, by=""))
            other.execute("BEGIN EXCLUSIVE")
            for call in calls:
                with pytest.raises(StorageLockedError):
                    await database.write(call)
            other.execute("ROLLBACK")
            for call in calls:
                await database.write(call)
        finally:
            other.close()
            await database.close()

    asyncio.run(contend())


def make_schema(path: Path, stop_before: str) -> None:
    """Make a database as an earlier version made it."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        db = sqlite_utils.Database(connection)
        PAPERS.apply(db)
        CHATS.apply(db, stop_before=stop_before)


def schema(path: Path) -> list[tuple[str, str]]:
    """Return the statements that make a database's tables."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        return [(name, sql) for name, sql in rows]


def test_chats_of_the_first_schema_are_found_in_todays(tmp_path: Path) -> None:
    """From the first schema of chats with rows in it to today's: same schema, and the chat as it was."""
    old, fresh = tmp_path / "old.db", tmp_path / "fresh.db"
    make_schema(old, "m002_outbox")
    with contextlib.closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute(
            """INSERT INTO chats VALUES
               (1, 'telegram', '9', '', NULL, 'Group', '{"papers": 3}', 'active', NULL, NULL, 4, '', ''),
               (2, 'telegram', '1', '', 1, 'Topic', '{}', 'active', NULL, NULL, 4,
                '2026-06-26T04:00:00+00:00', '7')"""
        )
        connection.execute(
            """INSERT INTO subscriptions VALUES
               (1, 2, 'a', 'A', 'all:a', '[]', '', 0, '7', '2026-06-26T04:10:00+00:00')"""
        )
    write(fresh)
    (due,) = write(old, lambda db: SqliteChats(db, DEFAULTS).due(NOW, 5, 10))
    assert schema(old) == schema(fresh)
    (found,) = [chat for chat in due if chat.address == CHAT]
    assert (found.subscriptions, found.preferences.papers, found.told) == ((WISH,), 3, 4)
    copies = {path.name for path in tmp_path.glob("old.db.before-*")}
    assert {"old.db.before-m002_outbox", "old.db.before-m003_waiting"} <= copies


def test_deliveries_follow_their_chat(tmp_path: Path) -> None:
    """When two chats become one the other's deliveries are the first's; a deleted chat's are gone."""

    def deliver(db: sqlite_utils.Database) -> None:
        chats = SqliteChats(db, DEFAULTS)
        numbers = [chats.add(at, title="", parent=None, by="").number for at in (CHAT, OTHER)]
        db.execute("INSERT INTO parcels VALUES (1, 'k', 's', '')")
        db.execute("INSERT INTO messages VALUES (1, 1, 0, 'b', 'p')")
        for number in numbers:
            row: dict[str, Any] = {"chat": number, "message": 1, "part": 0, "state": "sent", "tries": 1}
            row |= {"key": str(number), "plain": 0, "sound": 0, "due_at": "", "made_at": ""}
            db.table("deliveries").insert(row)
        chats.follow(numbers[0], OTHER)

    def owners(db: sqlite_utils.Database) -> list[int]:
        return [row["chat"] for row in db.table("deliveries").rows]

    def delete(db: sqlite_utils.Database) -> None:
        SqliteChats(db, DEFAULTS).delete(1)

    path = tmp_path / "papers.db"
    assert write(path, deliver, owners, delete, owners) == [None, [1, 1], None, []]


def test_only_hashes_of_codes_are_stored(tmp_path: Path) -> None:
    """The file holds no code that could be sent."""
    columns = write(tmp_path / "papers.db", lambda db: set(db.table("codes").columns_dict))[0]
    assert columns == {"hash", "role", "platform", "person", "made_at"}
