"""What `bot.ports.Desk` promises of announcements, figures and readers, over every implementation."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.chats import Address, State, Subscription
from bot.notices import Notice
from bot.outbox import DeliveryState, Settlement
from bot.storage.desk import SqliteStore
from bot.storage.migrations import CHATS
from digest.errors import StorageGoneError
from digest.model import Listing, PaperId, Topic
from digest.storage.migrations import PAPERS
from tests.outbox import parcel
from tests.papers import DAY, announced
from tests.servers.new_database import open_database
from tests.wishes import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.ports import Desk

    Use = Callable[[Desk], None]

NOW = datetime(2026, 6, 26, 9, 0, tzinfo=UTC)
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
NOTICE = Notice("a1", "Off on Sunday — 周日暂停", NOW)


@pytest.fixture(params=["sqlite"])
def run(tmp_path: Path) -> Callable[[Use], None]:
    """Run a function on an empty desk, in one transaction."""

    def call(use: Use) -> None:
        async def inside() -> None:
            database = await open_database(tmp_path / "papers.db", (PAPERS, CHATS))
            try:
                await SqliteStore(database, DEFAULTS).write(use)
            finally:
                await database.close()

        asyncio.run(inside())

    return call


def add(desk: Desk, name: str, *topics: str, platform: str = "telegram") -> int:
    """Store a chat with subscriptions and return its number."""
    number = desk.chats.add(Address(platform, name), title="", parent=None, by="7").number
    for topic in topics:
        subscription = Subscription(Topic(topic, topic.title(), topic), preset=False, by="7", at=NOW)
        desk.chats.subscribe(number, subscription)
    return number


def test_a_notice_is_kept_as_it_is(run: Callable[[Use], None]) -> None:
    """And how far it came, until it's dropped; what nobody keeps isn't there."""

    def use(desk: Desk) -> None:
        assert desk.notices.get("a1") is None
        desk.notices.keep(NOTICE)
        assert desk.notices.get("a1") == NOTICE
        begun = Notice("a1", NOTICE.text, NOW, reached=3, chats=2, done=True)
        desk.notices.keep(begun)
        assert desk.notices.get("a1") == begun

    run(use)


def test_what_was_begun_cannot_be_dropped(run: Callable[[Use], None]) -> None:
    """Neither by its button nor by the next announcement; what nobody sent can."""

    def use(desk: Desk) -> None:
        begun = Notice("b2", "x", NOW, reached=5)
        nobody = Notice("c3", "x", NOW, done=True)
        for notice in (begun, nobody, NOTICE):
            desk.notices.keep(notice)
        assert [desk.notices.drop(key) for key in ("b2", "c3", "a1", "a1", "?")] == [
            False,
            False,
            True,
            False,
            False,
        ]
        assert desk.notices.begun(NOW) == ("b2",)
        assert desk.notices.begun(NOW + HOUR) == ()
        desk.notices.keep(NOTICE)
        desk.notices.keep(Notice("d4", "y", NOW))
        assert [desk.notices.get(key) for key in ("a1", "b2", "c3")] == [None, begun, nobody]

    run(use)


def test_readers_are_who_gets_digests(run: Callable[[Use], None]) -> None:
    """Of the platforms named, by their numbers; not who subscribed nothing, is paused or out of reach."""

    def use(desk: Desk) -> None:
        first, second, third = add(desk, "1", "a"), add(desk, "2", "a", "b"), add(desk, "3", "b")
        add(desk, "nothing")
        add(desk, "elsewhere", "a", platform="console")
        paused, awake, lost = (add(desk, name, "a") for name in ("paused", "awake", "lost"))
        desk.chats.pause(paused, None)
        desk.chats.pause(awake, NOW)
        desk.chats.lose(lost, NOW)

        def reading(after: int = 0, limit: int = 9, platform: str = "telegram") -> list[int]:
            return [chat.number for chat in desk.chats.reading([platform, "x"], NOW, after, limit)]

        assert reading() == [first, second, third, awake]
        assert reading(limit=2) == [first, second]
        assert reading(after=second) == [third, awake]
        assert len(reading(platform="console")) == 1
        assert reading(platform="discord") == []
        assert desk.chats.count_reading(["telegram", "console"], NOW) == 5
        assert desk.chats.count_reading(["telegram"], NOW - HOUR) == 3
        assert desk.chats.reading(["telegram"], NOW, 0, 1)[0].subscriptions[0].topic.name == "a"

    run(use)


def test_counts_everything(run: Callable[[Use], None]) -> None:
    """Chats by platform and state, topics by how many want them, papers, days and what became of messages."""

    def use(desk: Desk) -> None:
        numbers = [add(desk, str(n), "rivers", *["bends"] * (n > 1)) for n in range(4)]
        add(desk, "c", "bends", "lakes", platform="console")
        desk.chats.pause(numbers[0], None)
        desk.chats.lose(numbers[1], NOW)
        for day in (DAY, DAY - timedelta(1)):
            desk.papers.keep(Listing(day, ("cs", "math"), (announced(1), announced(day.day))), NOW)
        desk.deliveries.keep([parcel(parts=2, chats=numbers[2:]), parcel("f" * 16, chats=numbers[:1])], NOW)

        def settle(state: DeliveryState, at: datetime) -> None:
            (one, *_) = desk.deliveries.claim("telegram", NOW, 1)
            desk.deliveries.settle(
                [Settlement(one.number, one.chat, state, at, 1, plain=False, sent_as="1")], at
            )

        settle(DeliveryState.SENT, NOW - WEEK - HOUR)
        settle(DeliveryState.SENT, NOW)
        settle(DeliveryState.EXPIRED, NOW)
        settle(DeliveryState.DROPPED, NOW)
        figures = desk.counts.figures(NOW - WEEK)
        assert figures.chats == {
            "telegram": {State.ACTIVE: 2, State.PAUSED: 1, State.UNREACHABLE: 1},
            "console": {State.ACTIVE: 1},
        }
        assert figures.subscriptions == 8
        assert list(figures.wanted) == [("Rivers", 4), ("Bends", 3), ("Lakes", 1)]
        assert (figures.papers, figures.days) == (3, 2)
        assert (figures.sent, figures.failed, figures.waiting) == (1, 2, 1)
        assert figures.size > 4096

    run(use)


def test_counts_nothing(run: Callable[[Use], None]) -> None:
    """An empty database has figures too."""

    def use(desk: Desk) -> None:
        figures = desk.counts.figures(NOW)
        assert figures.chats == {}
        assert list(figures.wanted) == []
        assert not any((figures.subscriptions, figures.papers, figures.days, figures.sent, figures.waiting))

    run(use)


def test_saved_papers_are_kept_in_order(run: Callable[[Use], None]) -> None:
    """Each once in a chat, in the order in which they were saved, apart from other chats, until removed."""
    one, two, three = (PaperId(f"9906.{number:05}") for number in (1, 2, 3))

    def use(desk: Desk) -> None:
        first, second = add(desk, "1"), add(desk, "2")
        assert desk.saved.of(first) == ()
        assert desk.saved.add(first, [three, one], NOW) == (three, one)
        assert desk.saved.add(first, [one, two], NOW - HOUR) == (two,)
        assert desk.saved.add(second, [one], NOW) == (one,)
        assert desk.saved.of(first) == (three, one, two)
        assert desk.saved.remove(first, one)
        assert not desk.saved.remove(first, one)
        assert desk.saved.of(first) == (three, two)
        assert desk.saved.of(second) == (one,)

    run(use)


def test_saved_papers_go_where_their_chat_goes(run: Callable[[Use], None]) -> None:
    """They are moved with it, come together when two chats become one, and are deleted with it."""
    one, two, three = (PaperId(f"9906.{number:05}") for number in (1, 2, 3))

    def use(desk: Desk) -> None:
        to = Address("telegram", "-100999")
        small, super_ = add(desk, "-5"), add(desk, "-100999")
        desk.saved.add(small, [one, two], NOW)
        desk.saved.add(super_, [two, three], NOW)
        desk.chats.follow(small, to)
        moved = desk.chats.get(to)
        assert moved
        assert sorted(desk.saved.of(moved.number)) == [one, two, three]
        desk.chats.delete(moved.number)
        assert desk.saved.of(moved.number) == desk.saved.of(super_) == ()

    run(use)


def test_nothing_is_kept_for_a_chat_that_was_deleted_meanwhile(run: Callable[[Use], None]) -> None:
    """Who subscribes or saves at that moment is told so, and nothing of it remains."""
    subscription = Subscription(Topic("t", "T", "t"), preset=False, by="7", at=NOW)
    for act in (
        lambda desk, chat: desk.chats.subscribe(chat, subscription),
        lambda desk, chat: desk.saved.add(chat, [PaperId("2408.16725")], NOW),
    ):

        def use(desk: Desk, act: Callable[[Desk, int], object] = act) -> None:
            chat = add(desk, "7")
            desk.chats.delete(chat)
            act(desk, chat)

        with pytest.raises(StorageGoneError):
            run(use)
