"""The dispatcher over a real outbox and a platform that fails on command."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

import pytest

from bot.dispatcher import Dispatcher
from bot.outbox import Gone, Message, Moved, Refused, Retry, Sent, Unknown
from bot.platforms.scripted import Fault, Script, ScriptedPlatform
from bot.sender import SEND_SECONDS
from bot.storage.deliveries import SqliteDeliveries
from bot.trouble import Cause
from digest.errors import StorageError
from digest.model import PaperId
from tests.outbox import AT, add_chats, address, opened, parcel, soon, store_of
from tests.servers.clock import Alarm

if TYPE_CHECKING:
    from pathlib import Path

    import sqlite_utils

    from bot.deliveries import Parcel
    from bot.trouble import Trouble
    from digest.storage.database import Database

CHATS = 20
IN_FLIGHT = 4


class Post:
    """A dispatcher at work, with all that a test wants to see and turn."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.store = store_of(database)
        self.clock = Alarm()
        self.script = Script()
        self.lines: list[dict[str, str]] = []
        self.troubles: list[Trouble] = []
        self.under_way = 0
        self.platform = ScriptedPlatform(
            self._record, self.clock.now, script=self.script, in_flight=IN_FLIGHT
        )
        self.dispatcher = self.make()

    def make(self) -> Dispatcher:
        """Make a dispatcher, as another process would."""
        return Dispatcher(
            self.store,
            self.platform,
            now=self.clock.now,
            sleep=self.clock.sleep,
            random=lambda: 0.5,
            report=self.troubles.append,
        )

    def _record(self, line: str) -> None:
        self.lines.append(json.loads(line))

    async def keep(self, *parcels: Parcel) -> None:
        """Put parcels into the outbox and wake the dispatcher."""
        await self.store.write(lambda deliveries, _: deliveries.keep(parcels, self.clock.now()))
        self.dispatcher.wake()

    async def states(self) -> list[str]:
        """Return the states of all deliveries, in the order in which they were made."""
        rows = await self.database.read(
            lambda db: db.conn.execute("SELECT state FROM deliveries ORDER BY number").fetchall()
        )
        return [state for (state,) in rows]

    async def turn(self) -> None:
        """Let everybody run until the database has done what it was asked before, or can't."""
        with contextlib.suppress(StorageError):
            await self.store.write(lambda _, __: None)

    def chats(self) -> list[str]:
        """Return which chats got something, in order."""
        return [line["chat"] for line in self.lines]

    async def pass_until(self, happened: Callable[[], bool]) -> None:
        """Let time pass from sleeper to sleeper, all being quiet in between, until something happened."""
        async with asyncio.timeout(60):
            while not happened():
                await self.dispatcher.quiet()
                self.clock.move_to_next()
                for _ in range(3):
                    await asyncio.sleep(0)

    async def pass_until_sent(self) -> None:
        """Let time pass until everything is sent and written down."""
        async with asyncio.timeout(60):
            while set(await self.states()) != {"sent"}:
                self.clock.move(timedelta(seconds=0.1))
                await asyncio.sleep(0)


Use: TypeAlias = Callable[[Post], Awaitable[None]]


@contextlib.asynccontextmanager
async def at_work(post: Post) -> AsyncIterator[None]:
    """Let the dispatcher run for the length of a block."""
    running = asyncio.create_task(post.dispatcher.run())
    await asyncio.sleep(0)
    try:
        yield
    finally:
        stopping = asyncio.create_task(post.dispatcher.stop(9))
        while not stopping.done():
            await post.turn()
            post.clock.move(timedelta(seconds=0.1))
        await running


@pytest.fixture
def run(tmp_path: Path) -> Callable[[Use], None]:
    """Run a function on a dispatcher at work for twenty chats."""

    def call(use: Use) -> None:
        async def inside() -> None:
            async with opened(tmp_path / "bot.db", busy_seconds=0.01) as database:
                await add_chats(database, range(1, CHATS + 1))
                post = Post(database)
                async with asyncio.timeout(60), at_work(post):
                    await use(post)

        asyncio.run(inside())

    return call


def test_a_round_wakes_it_and_everything_is_sent_once_in_order(run: Callable[[Use], None]) -> None:
    """Every chat gets all its parts once, in order, without any time passing."""

    async def use(post: Post) -> None:
        await post.dispatcher.quiet()
        await post.keep(parcel(parts=3, chats=range(1, CHATS + 1)))
        await post.dispatcher.quiet()
        assert await post.states() == ["sent"] * 3 * CHATS
        for chat in range(1, CHATS + 1):
            bodies = [line["body"] for line in post.lines if line["chat"] == str(chat)]
            assert bodies == [f"0123456789abcdef part {part}\n" for part in range(3)]
        assert post.clock.now() == AT
        assert not post.troubles

    run(use)


def test_a_chat_that_hangs_or_waits_delays_no_other(run: Callable[[Use], None]) -> None:
    """While one chat hangs and another was told to wait, the rest gets everything; both get theirs later."""

    async def use(post: Post) -> None:
        post.script.then(Fault.HANG, to=address(1))
        post.script.then(Retry("slow down", 600), to=address(2))
        await post.keep(parcel(parts=2, chats=range(1, CHATS + 1)))
        await soon(lambda: len(post.lines) == 2 * (CHATS - 2))
        assert {"1", "2"}.isdisjoint(post.chats())
        assert post.clock.now() == AT
        for _ in range(2):
            post.clock.move(timedelta(seconds=SEND_SECONDS / 2))
            for _ in range(3):
                await asyncio.sleep(0)
        await post.pass_until(lambda: post.chats().count("1") == 2)
        assert post.clock.now() < AT + timedelta(seconds=600)
        await post.pass_until(lambda: post.chats().count("2") == 2)
        assert post.clock.now() >= AT + timedelta(seconds=600)
        keys = [line["key"] for line in post.lines]
        assert len(set(keys)) == len(keys)

    run(use)


def test_never_more_is_under_way_than_the_platform_allows(run: Callable[[Use], None]) -> None:
    """With every send hanging, as many are claimed as may be in flight, however often it's woken."""

    async def use(post: Post) -> None:
        post.script.always(Fault.HANG)
        await post.keep(parcel(chats=range(1, CHATS + 1)))
        while "claimed" not in await post.states():
            pass
        for _ in range(20):
            post.dispatcher.wake()
            await post.turn()
        assert sorted(await post.states()) == ["claimed"] * IN_FLIGHT + ["pending"] * (CHATS - IN_FLIGHT)

    run(use)


def test_every_trouble_is_settled_and_told(run: Callable[[Use], None]) -> None:
    """Moved chats are followed, gone ones lost, refused bodies sent plain, and bugs survived."""

    async def use(post: Post) -> None:
        post.script.then(Moved(address(77)), to=address(1))
        post.script.then(Gone("kicked"), to=address(2))
        post.script.then(Refused("tags"), to=address(3))
        post.script.then(Fault.RAISE, to=address(4))
        post.script.then(Unknown("cut off"), to=address(5))
        await post.keep(parcel(parts=2, chats=range(1, 7)))
        await post.pass_until(lambda: len(post.lines) == 10)
        await post.dispatcher.quiet()
        assert await post.states() == ["sent", "sent", "dropped", "dropped", *["sent"] * 8]
        assert post.chats().count("77") == 2
        assert [line["body"] for line in post.lines if line["chat"] == "3"] == [
            "0123456789abcdef plain 0\n",
            "0123456789abcdef part 1\n",
        ]
        assert [(trouble.cause, trouble.chat) for trouble in post.troubles] == [(Cause.GONE, 2)]
        lost = await post.database.read(
            lambda db: db.conn.execute("SELECT number FROM chats WHERE state = 'unreachable'").fetchall()
        )
        assert lost == [(2,)]

    run(use)


def test_after_two_days_the_outbox_expires_and_the_owner_is_told(run: Callable[[Use], None]) -> None:
    """What a platform put off for two days expires, its papers are free, and the owner is told once."""

    async def use(post: Post) -> None:
        post.script.always(Retry("down"))
        await post.keep(parcel(chats=range(1, CHATS + 1)))
        while set(await post.states()) != {"expired"}:
            post.clock.move(timedelta(minutes=20))
            for _ in range(10):
                await post.turn()
        assert AT + timedelta(days=2) <= post.clock.now() <= AT + timedelta(days=2, hours=4)
        assert [trouble.cause for trouble in post.troubles] == [Cause.EXPIRED]
        had = await post.store.read(lambda deliveries: deliveries.had([1], [PaperId("9906.00001")]))
        assert had == {1: frozenset()}

    run(use)


def test_a_reply_goes_past_every_digest(run: Callable[[Use], None]) -> None:
    """With all slots taken by sends that hang a person gets an answer, plain or after a wait if need be."""

    async def use(post: Post) -> None:
        post.script.always(Fault.HANG)
        await post.keep(parcel(chats=range(1, CHATS + 1)))
        await asyncio.sleep(0)
        asker, answer = address(99), Message("<b>yes</b>\n", "yes\n")
        post.script.always(Sent(""), to=asker)
        assert isinstance(await post.dispatcher.reply(asker, answer), Sent)
        post.script.then(Refused("tags"), to=asker)
        assert isinstance(await post.dispatcher.reply(asker, answer), Sent)
        post.script.then(Retry("busy", 3), to=asker)
        replying = asyncio.create_task(post.dispatcher.reply(asker, answer))
        while not replying.done():
            await asyncio.sleep(0)
            post.clock.move(timedelta(seconds=0.1))
        post.script.then(Gone("left"), to=asker)
        assert await post.dispatcher.reply(asker, answer) == Gone("left")
        assert [line["body"] for line in post.lines] == ["<b>yes</b>\n", "yes\n", "<b>yes</b>\n"]

    run(use)


def test_a_locked_database_loses_and_repeats_nothing(run: Callable[[Use], None], tmp_path: Path) -> None:
    """While another process holds the database what was sent is remembered; nothing comes twice."""

    async def use(post: Post) -> None:
        await post.keep(parcel(parts=2, chats=range(1, CHATS + 1)))
        await soon(lambda: len(post.lines) >= IN_FLIGHT)
        with contextlib.closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            until = post.clock.now() + timedelta(seconds=20)
            while post.clock.now() < until:
                await asyncio.sleep(0)
                post.clock.move(timedelta(seconds=0.01))
            await soon(lambda: bool(post.troubles))
            assert len(post.lines) < 2 * CHATS
            other.execute("ROLLBACK")
        await post.pass_until_sent()
        assert [trouble.cause for trouble in post.troubles] == [Cause.STORAGE]
        keys = [line["key"] for line in post.lines]
        assert (len(keys), len(set(keys))) == (2 * CHATS, 2 * CHATS)

    run(use)


def test_a_full_disk_loses_and_repeats_nothing(run: Callable[[Use], None]) -> None:
    """While no page can be written outcomes are kept; with room again all goes on, nothing twice."""

    async def use(post: Post) -> None:
        made = parcel(parts=2, chats=range(1, CHATS + 1))
        post.script.then(Retry("no room for this: " + "x" * 100_000, 5), to=address(2))

        def fill(db: sqlite_utils.Database) -> None:
            SqliteDeliveries(db).keep([made], AT)
            (pages,) = db.conn.execute("PRAGMA page_count").fetchone()
            db.conn.execute(f"PRAGMA max_page_count = {pages}")

        await post.database.write(fill)
        post.dispatcher.wake()
        await soon(lambda: bool(post.troubles))
        assert "No space left" in post.troubles[0].why
        for _ in range(20):
            post.clock.move(timedelta(seconds=60))
            await post.states()
        assert len(post.lines) < 2 * CHATS
        assert "claimed" in await post.states()
        await post.database.write(lambda db: db.conn.execute("PRAGMA max_page_count = 100000").fetchone())
        await post.pass_until_sent()
        keys = [line["key"] for line in post.lines]
        assert (len(keys), len(set(keys))) == (2 * CHATS, 2 * CHATS)

    run(use)


def test_a_clock_that_is_set_back_an_hour_delays_nothing(run: Callable[[Use], None]) -> None:
    """What waited or is made when the clock was set back goes out at once, and once."""

    async def use(post: Post) -> None:
        post.script.then(Retry("busy", 30), to=address(1))
        await post.keep(parcel(chats=range(1, CHATS + 1)))
        await post.dispatcher.quiet()
        assert len(post.lines) == CHATS - 1
        post.clock.move(timedelta(hours=-1))
        await post.keep(parcel("another", chats=range(1, CHATS + 1), paper=5))
        await post.dispatcher.quiet()
        assert await post.states() == ["sent"] * 2 * CHATS
        assert post.clock.now() == AT - timedelta(hours=1)
        keys = [line["key"] for line in post.lines]
        assert (len(keys), len(set(keys))) == (2 * CHATS, 2 * CHATS)

    run(use)


async def stopped(post: Post, seconds: float) -> None:
    """Stop the dispatcher while time passes; fail if it takes longer than it was given."""
    start = post.clock.now()
    stopping = asyncio.create_task(post.dispatcher.stop(seconds))
    while not stopping.done():
        await post.turn()
        post.clock.move(timedelta(seconds=0.1))
    assert post.clock.now() - start <= timedelta(seconds=seconds + 1)


def test_stopping_finishes_what_is_being_sent(run: Callable[[Use], None]) -> None:
    """A stop claims nothing more, settles what was sent, and cuts off what hangs: it comes again."""

    async def use(post: Post) -> None:
        post.script.always(Fault.HANG, to=address(2))
        await post.keep(parcel(parts=2, chats=range(1, CHATS + 1)))
        await soon(lambda: len(post.lines) >= 2)
        await stopped(post, 9)
        states = await post.states()
        assert states.count("sent") == len(post.lines)
        assert states[2:4] == ["pending", "pending"]
        assert "claimed" not in states
        before = len(post.lines)
        post.script.always(Sent(""), to=address(2))
        post.dispatcher = post.make()
        async with at_work(post):
            await post.pass_until_sent()
        assert len(post.lines) == 2 * CHATS > before

    run(use)


def test_stopping_doesnt_wait_for_a_locked_database(run: Callable[[Use], None], tmp_path: Path) -> None:
    """A stop ends in time though nothing can be settled; the next start sends that again."""

    async def use(post: Post) -> None:
        await post.keep(parcel(chats=range(1, CHATS + 1)))
        await soon(lambda: len(post.lines) >= 2)
        with contextlib.closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await stopped(post, 9)
            other.execute("ROLLBACK")
        assert (await post.states()).count("claimed") <= IN_FLIGHT
        post.dispatcher = post.make()
        async with at_work(post):
            await post.pass_until_sent()
        assert set(post.chats()) == {str(chat) for chat in range(1, CHATS + 1)}
        assert len(post.lines) <= CHATS + IN_FLIGHT

    run(use)


def test_cancelling_settles_what_was_sent(tmp_path: Path) -> None:
    """A dispatcher whose task is cancelled leaves nothing claimed."""

    async def use() -> None:
        async with opened(tmp_path / "bot.db") as database:
            await add_chats(database, range(1, CHATS + 1))
            post = Post(database)
            running = asyncio.create_task(post.dispatcher.run())
            await post.dispatcher.quiet()
            post.script.always(Fault.HANG, to=address(2))
            await post.keep(parcel(chats=[1, 2]))
            await soon(lambda: len(post.lines) == 1)
            running.cancel()
            while not running.done():
                await post.turn()
                post.clock.move(timedelta(seconds=0.1))
            assert running.cancelled()
            assert await post.states() == ["sent", "pending"]

    asyncio.run(use())
