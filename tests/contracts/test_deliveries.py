"""What `bot.ports.Deliveries` promises, held over every implementation."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.deliveries import Deliveries, Latest, Telling
from bot.outbox import DeliveryState, Gone, Moved, Refused, Retry, Sent, settle
from bot.trouble import Audience, Cause, Trouble
from digest.errors import StorageLockedError
from digest.model import PaperId
from tests.outbox import AT, PLATFORM, add_chats, address, opened, parcel, store_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.deliveries import Parcel
    from bot.outbox import Delivery, Outcome
    from bot.ports import OutboxStore
    from bot.records import Chats

    Use = Callable[[OutboxStore], Awaitable[None]]

LATER = AT + timedelta(minutes=5)
CHATS = 30


@pytest.fixture(params=["sqlite"])
def run(tmp_path: Path) -> Callable[[Use], None]:
    """Run a function on the outbox of thirty chats."""

    def call(use: Use) -> None:
        async def inside() -> None:
            async with opened(tmp_path / "bot.db") as database:
                await add_chats(database, range(1, CHATS + 1))
                await add_chats(database, [100], "elsewhere")
                await use(store_of(database))

        asyncio.run(inside())

    return call


async def keep(store: OutboxStore, *parcels: Parcel) -> None:
    """Keep parcels."""
    await store.write(lambda deliveries, _: deliveries.keep(parcels, AT))


async def claim(
    store: OutboxStore, limit: int = 100, platform: str = PLATFORM, late: int = 0
) -> tuple[Delivery, ...]:
    """Claim what is due, some seconds after it was kept."""
    now = AT + timedelta(seconds=late)
    return await store.write(lambda deliveries, _: deliveries.claim(platform, now, limit))


async def settled(store: OutboxStore, *outcomes: tuple[Delivery, Outcome]) -> tuple[Trouble, ...]:
    """Settle deliveries by their outcomes."""
    settlements = [settle(delivery, outcome, AT, 0) for delivery, outcome in outcomes]
    return await store.write(lambda deliveries, _: deliveries.settle(settlements, AT))


async def unsettled(store: OutboxStore) -> int:
    """Count what the outbox of the test's platform holds."""
    counts = await store.read(lambda deliveries: deliveries.unsettled())
    return counts.get(PLATFORM, 0)


def test_a_parcel_comes_out_as_it_went_in(run: Callable[[Use], None]) -> None:
    """Every chat gets every part, with its texts, address and time; only the first makes a sound."""

    async def use(store: OutboxStore) -> None:
        made = parcel(parts=2, chats=[1, 2])
        await keep(store, made)
        assert await unsettled(store) == 4
        first = await claim(store)
        await settled(store, *((delivery, Sent("m")) for delivery in first))
        second = await claim(store)
        assert [delivery.address for delivery in (*first, *second)] == [address(1), address(2)] * 2
        texts = [(delivery.message.body, delivery.message.plain) for delivery in (first[0], second[0])]
        assert texts == [(message.body, message.plain) for message in made.messages]
        assert [delivery.part for delivery in (*first, *second)] == [0, 0, 1, 1]
        assert [delivery.sound for delivery in (*first, *second)] == [True, True, False, False]
        assert {delivery.made_at for delivery in (*first, *second)} == {AT}
        assert {(delivery.tries, delivery.plain) for delivery in first} == {(0, False)}

    run(use)


def test_keys_are_stable_unique_and_short(run: Callable[[Use], None]) -> None:
    """A delivery has one key for all its tries, no two share one, and Discord's nonce holds it."""

    async def use(store: OutboxStore) -> None:
        await keep(store, parcel("a" * 64, chats=range(1, 20)), parcel("b" * 64, chats=range(20, CHATS)))
        first = await claim(store)
        await settled(store, *((delivery, Retry("busy", 1)) for delivery in first))
        again = await claim(store, late=1)
        assert [delivery.key for delivery in again] == [delivery.key for delivery in first]
        assert len({delivery.key for delivery in first}) == CHATS - 1
        assert max(len(delivery.key) for delivery in first) <= 25

    run(use)


def test_equal_parcels_are_kept_once_and_no_chat_waits_for_one_twice(run: Callable[[Use], None]) -> None:
    """A second round that makes an equal parcel adds chats to it; who waits for it already gets it once."""

    async def use(store: OutboxStore) -> None:
        await keep(store, parcel(chats=[1, 2]))
        await keep(store, parcel(chats=[2, 3]))
        first = await claim(store)
        assert [delivery.chat for delivery in first] == [1, 2, 3]
        await settled(store, *((delivery, Sent("m")) for delivery in first))
        await keep(store, parcel(chats=[3]))  # an equal line on another day
        assert [delivery.chat for delivery in await claim(store)] == [3]

    run(use)


def test_a_chat_that_was_forgotten_meanwhile_gets_nothing(run: Callable[[Use], None]) -> None:
    """A chat that vanished while a round was under way doesn't fail the round."""

    async def use(store: OutboxStore) -> None:
        await keep(store, parcel(chats=[1, 999]))
        assert [delivery.chat for delivery in await claim(store)] == [1]

    run(use)


def test_parts_come_in_order_and_one_chat_holds_no_other(run: Callable[[Use], None]) -> None:
    """A chat's later parts and parcels wait for the first, even for its retry; other chats go on."""

    async def use(store: OutboxStore) -> None:
        await keep(store, parcel("one", parts=2, chats=[1, 2]), parcel("two", chats=[1]))
        one, two = await claim(store)
        await settled(store, (one, Retry("busy", 60)), (two, Sent("m")))
        assert [(delivery.chat, delivery.part) for delivery in await claim(store)] == [(2, 1)]
        assert await claim(store, late=59) == ()
        bodies = []
        while claimed := await claim(store, late=60):
            bodies += [delivery.message.body for delivery in claimed]
            await settled(store, *((delivery, Sent("m")) for delivery in claimed))
        assert bodies == ["one part 0\n", "one part 1\n", "two part 0\n"]

    run(use)


def test_a_part_knows_the_last_one_before_it_that_was_sent(run: Callable[[Use], None]) -> None:
    """What a platform dropped is no part to follow; another parcel, or another chat's, isn't either."""

    async def use(store: OutboxStore) -> None:
        await keep(store, parcel("a" * 16, parts=3, chats=[1, 2]))
        first, other = await claim(store)
        assert (first.after, other.after) == ("", "")
        await settled(store, (first, Sent("of-1")), (other, Sent("of-2")))
        second, others = await claim(store)
        assert (second.after, others.after) == ("of-1", "of-2")
        await settled(store, (replace(second, plain=True), Refused("no")), (others, Sent("more-of-2")))
        assert [each.after for each in await claim(store)] == ["of-1", "more-of-2"]
        await store.write(lambda deliveries, _: deliveries.release(PLATFORM))
        third, last = await claim(store)
        assert (third.after, last.after) == ("of-1", "more-of-2")
        await settled(store, (third, Sent("end-of-1")), (last, Sent("end-of-2")))
        await keep(store, parcel("b" * 16, parts=1, chats=[1], paper=9))
        assert [each.after for each in await claim(store)] == [""]

    run(use)


def test_what_lasts_is_told_once_and_the_rest_once_a_day(run: Callable[[Use], None]) -> None:
    """A permission that is missing is news on its first day, until it's forgotten; in each chat by itself."""
    gone = Trouble(Cause.GONE, Audience.SUBSCRIBER, PLATFORM, 1, "kicked")
    lacking = replace(gone, cause=Cause.PERMISSION)

    async def use(store: OutboxStore) -> None:
        for days, news in ((0, [True, True, True]), (1, [True, False, False])):
            for trouble, is_news in zip((gone, lacking, replace(lacking, chat=2)), news, strict=True):

                def note(deliveries: Deliveries, _: Chats, trouble: Trouble = trouble) -> bool:
                    return deliveries.is_news(trouble, AT + timedelta(days=days))  # noqa: B023 - at once

                assert await store.write(note) is is_news

    run(use)


def test_a_claim_is_a_batch_of_one_platform_the_oldest_first(run: Callable[[Use], None]) -> None:
    """A limit is kept, what is claimed isn't handed out again, and platforms don't see each other's."""

    async def use(store: OutboxStore) -> None:
        await keep(store, parcel(chats=[*range(1, 11), 100]))
        batches = [[delivery.chat for delivery in await claim(store, 4)] for _ in range(4)]
        assert batches == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10], []]
        assert [delivery.chat for delivery in await claim(store, platform="elsewhere")] == [100]
        assert await store.read(lambda deliveries: deliveries.unsettled()) == {PLATFORM: 10, "elsewhere": 1}

    run(use)


def test_outcomes_are_written_down(run: Callable[[Use], None]) -> None:
    """A refused body goes out plain, a retry counts its tries, and what is settled is never claimed again."""

    async def use(store: OutboxStore) -> None:
        await keep(store, parcel(chats=[1, 2, 3]))
        sent, refused, moved = await claim(store)
        outcomes: list[tuple[Delivery, Outcome]] = [
            (sent, Sent("m")),
            (refused, Refused("tags")),
            (moved, Moved(address(9))),
        ]
        await settled(store, *outcomes)
        await settled(store, *outcomes)  # a crash between commit and the next step settles again
        again = await claim(store)
        assert [(delivery.chat, delivery.plain, delivery.tries) for delivery in again] == [
            (2, True, 1),
            (3, False, 1),
        ]
        assert await unsettled(store) == 2

    run(use)


def test_what_waits_for_a_lost_chat_is_dropped(run: Callable[[Use], None]) -> None:
    """A lost chat leaves nothing in the outbox and its papers are free; its people are told once a day."""

    async def use(store: OutboxStore) -> None:
        await keep(store, parcel("one", parts=3, chats=[1, 2]), parcel("two", chats=[1]))
        one, _ = await claim(store)
        assert [trouble.chat for trouble in await settled(store, (one, Gone("left")))] == [1]
        assert await unsettled(store) == 3
        papers = [PaperId(f"9906.{number:05}") for number in (1, 2, 3)]
        had = await store.read(lambda deliveries: deliveries.had([1, 2], papers))
        assert had == {1: frozenset(), 2: frozenset(papers)}
        await keep(store, parcel("three", chats=[1]))
        (again,) = await claim(store)
        assert await settled(store, (again, Gone("left"))) == ()

    run(use)


def test_a_chat_had_what_was_sent_or_waits(run: Callable[[Use], None]) -> None:
    """Had is what deliveries tell that aren't expired or dropped; nothing but what was asked is named."""

    async def use(store: OutboxStore) -> None:
        await keep(store, parcel("one", parts=2, chats=[1, 2, 3]), parcel("two", paper=8, chats=[3]))
        first, second, _ = await claim(store)
        late = settle(second, Retry("down"), AT + timedelta(days=2), 0)
        await store.write(lambda deliveries, _: deliveries.settle([late], AT))
        await settled(store, (first, Sent("m")))
        papers = [PaperId(f"9906.{number:05}") for number in (1, 2, 7)]
        had = await store.read(lambda deliveries: deliveries.had([1, 2, 4], papers))
        assert had == {1: frozenset(papers[:2]), 2: frozenset(papers[1:2]), 4: frozenset()}

    run(use)


def test_what_a_crash_left_claimed_is_sent_again_under_the_same_keys(run: Callable[[Use], None]) -> None:
    """Released deliveries are pending with one try more; another platform's stay claimed."""

    async def use(store: OutboxStore) -> None:
        await keep(store, parcel(parts=2, chats=[1, 2, 100]))
        before = await claim(store)
        await claim(store, platform="elsewhere")
        assert await store.write(lambda deliveries, _: deliveries.release(PLATFORM)) == 2
        after = await claim(store)
        assert [delivery.key for delivery in after] == [delivery.key for delivery in before]
        assert [delivery.tries for delivery in after] == [1, 1]
        assert await claim(store, platform="elsewhere") == ()

    run(use)


def test_the_next_due_time_is_known(run: Callable[[Use], None]) -> None:
    """It's the earliest of what may be claimed: not of what is claimed, held, or another platform's."""

    async def use(store: OutboxStore) -> None:
        assert await store.read(lambda deliveries: deliveries.next_due(PLATFORM)) is None
        await keep(store, parcel(parts=2, chats=[1, 2, 100]))
        assert await store.read(lambda deliveries: deliveries.next_due(PLATFORM)) == AT
        one, two = await claim(store)
        assert await store.read(lambda deliveries: deliveries.next_due(PLATFORM)) is None
        await settled(store, (one, Retry("busy", 9)), (two, Retry("busy", 7.25)))
        assert await store.read(lambda deliveries: deliveries.next_due(PLATFORM)) == AT + timedelta(
            seconds=7.25
        )

    run(use)


def test_a_clock_that_is_set_back_holds_nothing(run: Callable[[Use], None]) -> None:
    """What was made in what is now the future is due again after a rewind; what wasn't keeps its time."""

    async def use(store: OutboxStore) -> None:
        await keep(store, parcel(chats=[1]))
        earlier = AT - timedelta(hours=1)
        assert await store.write(lambda deliveries, _: deliveries.claim(PLATFORM, earlier, 9)) == ()
        assert await store.write(lambda deliveries, _: deliveries.rewind(PLATFORM, earlier)) == 1
        (delivery,) = await store.write(lambda deliveries, _: deliveries.claim(PLATFORM, earlier, 9))
        assert delivery.made_at == earlier
        assert await store.write(lambda deliveries, _: deliveries.rewind(PLATFORM, earlier)) == 0

    run(use)


def test_tidying_forgets_what_was_settled_long_ago_in_small_steps(run: Callable[[Use], None]) -> None:
    """Old settled deliveries go, then parcels that nobody needs; what waits or is recent stays whole."""

    async def use(store: OutboxStore) -> None:
        await keep(store, parcel("old", chats=range(1, 11)), parcel("waiting", paper=5, chats=[20]))
        old = await claim(store, 10)
        await settled(store, *((delivery, Sent("m")) for delivery in old))

        async def tidied(age: timedelta) -> list[int]:
            steps = []
            while step := await store.write(lambda deliveries, _: deliveries.tidy(AT + age, 4)):
                steps.append(step)
            return steps

        papers = [PaperId("9906.00001"), PaperId("9906.00005")]
        assert await tidied(timedelta()) == []
        assert (await store.read(lambda deliveries: deliveries.had([1], papers)))[1] == {papers[0]}
        assert await tidied(timedelta(seconds=1)) == [4, 4, 3]
        assert (await store.read(lambda deliveries: deliveries.had([1], papers)))[1] == frozenset()
        (waiting,) = await claim(store)
        assert waiting.message.body == "waiting part 0\n"
        await keep(store, parcel("old", chats=[1]))
        (again,) = await claim(store)
        assert again.message.body == "old part 0\n"

    run(use)


def test_moving_and_losing_are_the_chats_matter(run: Callable[[Use], None]) -> None:
    """A delivery goes where its chat is when it's claimed."""

    async def use(store: OutboxStore) -> None:
        await keep(store, parcel(parts=2, chats=[1]))
        await store.write(lambda _, chats: chats.follow(1, address(77)))
        (delivery,) = await claim(store)
        assert delivery.address == address(77)

    run(use)


TROUBLE = Trouble(Cause.ARXIV, Audience.OWNER, "arxiv", None, "no connection")
METHODS: dict[str, Callable[[Deliveries], object]] = {
    "keep": lambda deliveries: deliveries.keep([parcel()], AT),
    "had": lambda deliveries: deliveries.had([1], [PaperId("9906.00001")]),
    "tellings": lambda deliveries: deliveries.tellings(1, PaperId("9906.00001")),
    "freed": lambda deliveries: deliveries.freed([1], AT),
    "claim": lambda deliveries: deliveries.claim(PLATFORM, AT, 1),
    "settle": lambda deliveries: deliveries.settle([], AT),
    "is_news": lambda deliveries: deliveries.is_news(TROUBLE, AT),
    "release": lambda deliveries: deliveries.release(PLATFORM),
    "rewind": lambda deliveries: deliveries.rewind(PLATFORM, AT),
    "next_due": lambda deliveries: deliveries.next_due(PLATFORM),
    "unsettled": lambda deliveries: deliveries.unsettled(),
    "tidy": lambda deliveries: deliveries.tidy(AT, 1),
    "latest": lambda deliveries: deliveries.latest(1),
    "forget": lambda deliveries: deliveries.forget(1),
}


@pytest.mark.parametrize("name", METHODS)
def test_a_locked_database_is_said_and_does_no_harm(tmp_path: Path, name: str) -> None:
    """Every method says who's in the way while another process holds the database, and works afterwards."""

    async def use() -> None:
        path = tmp_path / "bot.db"
        async with opened(path, busy_seconds=0.01) as database:
            await add_chats(database, [1])
            store = store_of(database)
            with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                with pytest.raises(StorageLockedError, match="held by another process"):
                    await store.write(lambda deliveries, _: METHODS[name](deliveries))
                other.execute("ROLLBACK")
            await store.write(lambda deliveries, _: METHODS[name](deliveries))

    asyncio.run(use())


def test_every_method_was_tried_against_a_locked_database() -> None:
    """A method that is added to the port is added to the test above."""
    assert set(METHODS) == {name for name in vars(Deliveries) if not name.startswith("_")}


def test_a_chats_newest_delivery_is_told(run: Callable[[Use], None]) -> None:
    """What became of it, when, and how many wait; a chat without any has none."""

    async def use(store: OutboxStore) -> None:
        async def latest(chat: int) -> Latest | None:
            return await store.read(lambda deliveries: deliveries.latest(chat))

        assert await latest(1) is None
        await keep(store, parcel(parts=2, chats=[1]), parcel("b" * 16, chats=[2]))
        assert await latest(1) == Latest(DeliveryState.PENDING, AT, 0, "", 2)
        first, other = await claim(store)
        await settled(store, (first, Sent("m")), (other, Retry("busy", 1)))
        assert await latest(1) == Latest(DeliveryState.PENDING, AT, 0, "", 1)
        assert await latest(2) == Latest(DeliveryState.PENDING, AT, 1, "busy", 1)
        (second,) = await claim(store)
        await settled(store, (second, Sent("m")))
        assert await latest(1) == Latest(DeliveryState.SENT, AT, 1, "", 0)

    run(use)


def test_what_a_chat_was_sent_can_be_forgotten(run: Callable[[Use], None]) -> None:
    """Its deliveries go, with messages that nobody else gets; others keep theirs, and hear of new ones."""

    async def use(store: OutboxStore) -> None:
        await keep(store, parcel("a" * 16, chats=[1]), parcel("b" * 16, chats=[1, 2]))
        await store.write(lambda deliveries, _: deliveries.forget(1))
        assert await store.read(lambda deliveries: deliveries.latest(1)) is None
        assert [delivery.message.body for delivery in await claim(store)] == [
            parcel("b" * 16).messages[0].body
        ]
        assert await store.write(lambda deliveries, _: deliveries.tidy(LATER, 10)) == 0
        await keep(store, parcel("a" * 16, chats=[1]))
        assert len(await claim(store)) == 1

    run(use)


def test_what_became_of_a_paper_is_known_for_each_chat(run: Callable[[Use], None]) -> None:
    """A chat's deliveries of a paper are told with state, time and trouble, and nobody else's."""

    async def use(store: OutboxStore) -> None:
        made = parcel(parts=1, chats=[1, 2])
        told = made.messages[0].papers[0]
        await keep(store, made)
        first, _ = await claim(store)
        await settled(store, (first, Gone("blocked")))
        given_up = await store.read(lambda deliveries: deliveries.tellings(first.chat, told))
        assert given_up == (Telling(DeliveryState.DROPPED, AT, "blocked"),)
        (other,) = await store.read(lambda deliveries: deliveries.tellings(3 - first.chat, told))
        assert (other.state, other.at, other.why) == (DeliveryState.CLAIMED, AT, "")
        assert await store.read(lambda deliveries: deliveries.tellings(1, PaperId("9912.00001"))) == ()
        assert await store.read(lambda deliveries: deliveries.tellings(3, told)) == ()

    run(use)
