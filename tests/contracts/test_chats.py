"""What `bot.ports.Chats` promises, held over every implementation."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.chats import (
    Address,
    Chat,
    Choices,
    Detail,
    Layout,
    Preferences,
    QuietDays,
    SendAt,
    State,
    Subscription,
)
from bot.storage.chats import SqliteChats
from bot.storage.migrations import CHATS
from digest.model import Listing, Topic
from digest.storage.migrations import PAPERS
from digest.storage.papers import SqlitePapers
from tests.papers import DAY, announced
from tests.servers.new_database import open_database
from tests.wishes import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import sqlite_utils

    from bot.records import Chats
    from digest.ports import Papers

    Use = Callable[[Chats, Papers], None]
    Run = Callable[[Use], None]

NOW = datetime(2026, 6, 26, 4, 10, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
MUCH_LATER = NOW + timedelta(days=300)
SERVER, CHANNEL, THREAD = Address("discord", "1"), Address("discord", "11"), Address("discord", "11", "111")
CHAT = Address("telegram", "-100200")
TOPIC = Topic(
    name="splats", title="Splats 高斯", query='all:"gaussian splatting"', archives=("cs.CV",), about="3D"
)
EVERYTHING = Choices(
    language="zh",
    brief_language="pt-BR",
    send_at=time(9, 30),
    zone="Asia/Kathmandu",
    weekdays=frozenset({0, 4}),
    papers=3,
    detail=Detail.NOTES,
    figures=True,
    quiet_days=QuietDays.NOTHING,
    sound=False,
    layout=Layout.RICH,
)


def sqlite(path: Path, use: Use) -> None:
    """Run on what the product uses, in one transaction."""

    async def inside() -> None:
        database = await open_database(path / "papers.db", [PAPERS, CHATS])

        def transaction(db: sqlite_utils.Database) -> None:
            use(SqliteChats(db, DEFAULTS), SqlitePapers(db))

        try:
            await database.write(transaction)
        finally:
            await database.close()

    asyncio.run(inside())


@pytest.fixture(params=[sqlite])
def run(request: pytest.FixtureRequest, tmp_path: Path) -> Run:
    """Run a function on fresh chats, beside the papers that tell which listings came."""
    return lambda use: request.param(tmp_path, use)


def wish(name: str = "splats", by: str = "7") -> Subscription:
    """Make a subscription."""
    return Subscription(replace(TOPIC, name=name), preset=False, by=by, at=NOW)


def add(chats: Chats, address: Address = CHAT, *names: str) -> int:
    """Store a chat with subscriptions and return its number."""
    number = chats.add(address, title="", parent=None, by="").number
    for name in names or ("splats",):
        chats.subscribe(number, wish(name))
    return number


def known(chats: Chats, address: Address = CHAT) -> Chat:
    """Return a chat that must be there."""
    found = chats.get(address)
    assert found
    return found


def arrive(papers: Papers, number: int = 1) -> int:
    """Have a listing come, and return its serial."""
    day = DAY + timedelta(days=number)
    papers.keep(Listing(day, ("cs",), (replace(announced(number), date=day),)), NOW)
    return papers.newest()


def due(chats: Chats, now: datetime = NOW, newest: int = 1, limit: int = 100) -> list[Address]:
    """Return where the candidates are."""
    return sorted(chat.address for chat in chats.due(now, newest, limit))


def test_a_chat_is_kept_whole(run: Run) -> None:
    """What is stored comes out equal, with its subscriptions in the order in which they were made."""

    def use(chats: Chats, _: Papers) -> None:
        assert chats.get(CHAT) is None
        made = chats.add(CHAT, title="Leser 读者", parent=None, by="42")
        assert made == Chat(
            number=made.number,
            address=CHAT,
            parent=None,
            title="Leser 读者",
            preferences=DEFAULTS,
            subscriptions=(),
            state=State.ACTIVE,
            until=None,
            since=None,
            told=0,
            claimed_by="42",
        )
        assert chats.subscribe(made.number, wish("b"))
        assert chats.subscribe(made.number, wish("a"))
        assert chats.get(CHAT) == replace(made, subscriptions=(wish("b"), wish("a")))

    run(use)


def test_a_chat_that_is_added_again_keeps_what_it_has(run: Run) -> None:
    """A new title and parent are noted, an empty title isn't; who came first stays."""

    def use(chats: Chats, _: Papers) -> None:
        first = chats.add(CHANNEL, title="papers", parent=SERVER, by="42")
        chats.subscribe(first.number, wish())
        again = chats.add(CHANNEL, title="new papers", parent=None, by="43")
        assert (again.number, again.title, again.parent) == (first.number, "new papers", SERVER)
        assert (again.claimed_by, again.subscriptions) == ("42", (wish(),))
        assert chats.add(CHANNEL, title="", parent=None, by="").title == "new papers"

    run(use)


def test_choices_are_inherited_level_by_level(run: Run) -> None:
    """A thread has what its server chose unless its channel or it itself chose otherwise."""

    def use(chats: Chats, _: Papers) -> None:
        chats.add(CHANNEL, title="", parent=SERVER, by="")
        chats.add(THREAD, title="", parent=CHANNEL, by="")
        chats.choose(known(chats, SERVER).number, EVERYTHING)
        chats.choose(known(chats, CHANNEL).number, Choices(papers=5, sound=True))
        chats.choose(known(chats, THREAD).number, Choices(papers=9))
        found = known(chats, THREAD)
        assert found.parent == CHANNEL
        assert found.preferences == Preferences(
            language="zh",
            brief_language="pt-BR",
            send_at=time(9, 30),
            zone="Asia/Kathmandu",
            weekdays=frozenset({0, 4}),
            papers=9,
            detail=Detail.NOTES,
            figures=True,
            quiet_days=QuietDays.NOTHING,
            sound=True,
            layout=Layout.RICH,
        )
        assert chats.chosen(known(chats, SERVER).number) == EVERYTHING
        assert chats.chosen(found.number) == Choices(papers=9)
        chats.choose(found.number, Choices())
        assert known(chats, THREAD).preferences.papers == 5

    run(use)


@pytest.mark.parametrize("send_at", [SendAt.LISTED, time(0, 0), time(23, 59)])
def test_every_send_time_is_kept(run: Run, send_at: time | SendAt) -> None:
    """Midnight is a time, and so is "when the list is in"."""

    def use(chats: Chats, _: Papers) -> None:
        number = add(chats)
        chats.choose(number, Choices(send_at=send_at))
        assert chats.chosen(number) == Choices(send_at=send_at)

    run(use)


def test_a_topic_is_subscribed_once_by_name(run: Run) -> None:
    """The same name replaces the topic in its place; what was removed comes back as it was."""

    def use(chats: Chats, _: Papers) -> None:
        number = add(chats, CHAT, "a", "b")
        narrower = replace(wish("a"), topic=replace(TOPIC, name="a", query="ti:splat"), preset=True)
        assert not chats.subscribe(number, narrower)
        assert known(chats).subscriptions == (narrower, wish("b"))
        assert chats.unsubscribe(number, "a") == narrower
        assert chats.unsubscribe(number, "a") is None
        assert known(chats).subscriptions == (wish("b"),)

    run(use)


def test_a_chat_starts_with_the_next_listing(run: Run) -> None:
    """What came before the first subscription isn't told, even if the chat was there; the rest is."""

    def use(chats: Chats, papers: Papers) -> None:
        number = chats.add(CHAT, title="", parent=None, by="").number
        first = arrive(papers, 1)
        chats.subscribe(number, wish("a"))
        assert known(chats).told == first
        assert due(chats, newest=first) == []
        second = arrive(papers, 2)
        chats.subscribe(number, wish("b"))
        assert known(chats).told == first
        assert due(chats, newest=second) == [CHAT]

    run(use)


def test_due_finds_who_was_not_told_and_may_be_sent_something(run: Run) -> None:
    """Told chats, waiting ones, paused and lost ones and mere levels of settings aren't candidates."""

    def use(chats: Chats, papers: Papers) -> None:
        at = {name: Address("console", name) for name in ("told", "wait", "paused", "lost", "a", "b")}
        numbers = {name: add(chats, address) for name, address in at.items()}
        chats.add(SERVER, title="", parent=None, by="")
        newest = arrive(papers)
        chats.told({numbers["told"]: NOW}, newest)
        chats.wait({numbers["wait"]: LATER})
        chats.pause(numbers["paused"], None)
        chats.lose(numbers["lost"], NOW)
        assert due(chats, NOW, newest) == [at["a"], at["b"]]
        assert due(chats, LATER - timedelta(seconds=1), newest) == [at["a"], at["b"]]
        assert due(chats, LATER, newest) == [at["a"], at["b"], at["wait"]]
        assert due(chats, MUCH_LATER, newest) == [at["a"], at["b"], at["wait"]]
        assert due(chats, LATER, newest + 1) == [at["a"], at["b"], at["told"], at["wait"]]
        assert len(chats.due(LATER, newest, 2)) == 2
        assert known(chats, at["told"]).told == newest

    run(use)


def test_an_older_serial_does_not_untell(run: Run) -> None:
    """What a chat heard stays heard."""

    def use(chats: Chats, _: Papers) -> None:
        number = add(chats)
        chats.told({number: NOW}, 5)
        chats.told({number: NOW}, 3)
        assert known(chats).told == 5

    run(use)


def test_due_returns_chats_as_get_does(run: Run) -> None:
    """With the preferences of all levels and their own subscriptions."""

    def use(chats: Chats, _: Papers) -> None:
        chats.add(CHANNEL, title="", parent=SERVER, by="")
        chats.choose(known(chats, SERVER).number, EVERYTHING)
        chats.subscribe(known(chats, CHANNEL).number, wish("a"))
        add(chats, CHAT, "b", "c")
        assert sorted(chats.due(NOW, 1, 10), key=lambda chat: chat.address) == [
            known(chats, CHANNEL),
            known(chats, CHAT),
        ]

    run(use)


def test_whatever_may_bring_the_moment_forward_has_a_chat_looked_at(run: Run) -> None:
    """A choice of its own or of a level above, a subscription, a resumption, a new parent, new defaults."""

    def use(chats: Chats, _: Papers) -> None:
        chats.add(CHANNEL, title="", parent=SERVER, by="")
        chats.add(THREAD, title="", parent=CHANNEL, by="")
        chats.subscribe(known(chats, THREAD).number, wish())
        server, channel, thread = (known(chats, at).number for at in (SERVER, CHANNEL, THREAD))
        changes: tuple[Callable[[], object], ...] = (
            lambda: chats.choose(thread, Choices(zone="Asia/Shanghai")),
            lambda: chats.choose(channel, Choices(zone="Asia/Shanghai")),
            lambda: chats.choose(server, Choices(zone="Asia/Shanghai")),
            lambda: chats.subscribe(thread, wish("other")),
            lambda: chats.resume(thread),
            lambda: chats.add(THREAD, title="", parent=SERVER, by=""),
            lambda: chats.delete(server),
            chats.wait_no_longer,
        )
        for change in changes:
            chats.wait({thread: MUCH_LATER})
            assert due(chats) == []
            change()
            assert due(chats) == [THREAD]

    run(use)


def test_a_chat_that_is_merely_seen_again_goes_on_waiting(run: Run) -> None:
    """Adding it with the parent that it has, or adding a sibling, changes no moment."""

    def use(chats: Chats, _: Papers) -> None:
        chats.add(CHANNEL, title="", parent=SERVER, by="")
        number = add(chats, CHANNEL)
        chats.wait({number: MUCH_LATER})
        chats.add(CHANNEL, title="papers", parent=SERVER, by="")
        chats.add(Address("discord", "12"), title="", parent=SERVER, by="")
        assert due(chats) == []

    run(use)


def test_a_chat_without_subscriptions_is_never_due(run: Run) -> None:
    """Neither one that has none yet nor one that has none left, whatever happens to it."""

    def use(chats: Chats, _: Papers) -> None:
        number = add(chats)
        chats.unsubscribe(number, "splats")
        changes: tuple[Callable[[], None], ...] = (
            lambda: chats.choose(number, EVERYTHING),
            lambda: chats.pause(number, LATER),
            lambda: chats.resume(number),
            lambda: chats.wait({number: NOW}),
            chats.wait_no_longer,
        )
        for change in changes:
            change()
            assert due(chats, MUCH_LATER) == []

    run(use)


def test_a_pause_ends_by_itself_or_by_hand(run: Run) -> None:
    """Until its end a paused chat isn't a candidate; from then on it is, without anybody's help."""

    def use(chats: Chats, _: Papers) -> None:
        number = add(chats)
        chats.pause(number, LATER)
        assert (known(chats).state, known(chats).until) == (State.PAUSED, LATER)
        assert due(chats, NOW) == []
        assert due(chats, LATER) == [CHAT]
        chats.pause(number, None)
        assert (known(chats).state, known(chats).until) == (State.PAUSED, None)
        assert due(chats, MUCH_LATER) == []
        chats.resume(number)
        assert (known(chats).state, known(chats).until) == (State.ACTIVE, None)
        assert due(chats, NOW) == [CHAT]

    run(use)


def test_a_lost_chat_is_resumed_when_it_speaks(run: Run) -> None:
    """It remembers since when it is lost; being spoken to brings back a lost chat and no paused one."""

    def use(chats: Chats, _: Papers) -> None:
        number = add(chats)
        chats.lose(number, NOW)
        chats.lose(number, LATER)
        assert (known(chats).state, known(chats).since) == (State.UNREACHABLE, NOW)
        assert chats.heard(CHAT)
        assert (known(chats).state, known(chats).since) == (State.ACTIVE, None)
        assert due(chats) == [CHAT]
        assert not chats.heard(CHAT)
        assert not chats.heard(SERVER)
        chats.pause(number, None)
        assert not chats.heard(CHAT)
        assert known(chats).state is State.PAUSED

    run(use)


def test_what_is_lost_together_comes_back_together(run: Run) -> None:
    """A server that is left takes its channels along, both ways; one that was lost before stays lost."""

    def use(chats: Chats, _: Papers) -> None:
        for address in (CHANNEL, THREAD):
            chats.add(address, title="", parent=SERVER, by="42")
        server, channel = known(chats, SERVER).number, known(chats, CHANNEL).number
        chats.lose(channel, NOW)
        chats.lose_all(server, LATER)
        chats.lose_all(server, MUCH_LATER)
        states = {address: known(chats, address).since for address in (SERVER, CHANNEL, THREAD)}
        assert states == {SERVER: LATER, CHANNEL: NOW, THREAD: LATER}
        assert chats.heard(SERVER)
        states = {address: known(chats, address).since for address in (SERVER, CHANNEL, THREAD)}
        assert states == {SERVER: None, CHANNEL: NOW, THREAD: None}

    run(use)


def test_what_was_lost_one_by_one_is_regained_together(run: Run) -> None:
    """Below a chat, whether that was lost or not; a pause stays one, and so does what is elsewhere."""

    def use(chats: Chats, _: Papers) -> None:
        for address in (CHANNEL, THREAD):
            chats.add(address, title="", parent=SERVER, by="42")
        chats.lose(known(chats, CHANNEL).number, NOW)
        chats.lose(add(chats, CHAT), NOW)
        chats.pause(known(chats, THREAD).number, None)
        chats.regain(known(chats, SERVER).number)
        states = {address: known(chats, address).state for address in (SERVER, CHANNEL, THREAD, CHAT)}
        assert states == {
            SERVER: State.ACTIVE,
            CHANNEL: State.ACTIVE,
            THREAD: State.PAUSED,
            CHAT: State.UNREACHABLE,
        }

    run(use)


def test_lost_chats_are_forgotten_in_the_end(run: Run) -> None:
    """Those lost for more than 90 days are deleted with what they subscribed; others stay."""

    def use(chats: Chats, _: Papers) -> None:
        lost, recently = add(chats, CHAT), add(chats, CHANNEL)
        add(chats, THREAD)
        chats.lose(lost, NOW)
        chats.lose(recently, LATER)
        assert chats.forget(NOW + timedelta(days=90)) == 0
        assert chats.forget(LATER + timedelta(days=90)) == 1
        assert chats.get(CHAT) is None
        assert chats.get(CHANNEL)
        assert chats.get(THREAD)
        assert chats.forget(LATER + timedelta(days=90)) == 0

    run(use)


def test_a_deleted_chat_leaves_nothing_and_its_threads_inherit_from_above(run: Run) -> None:
    """A chat that comes again starts anew; what was under it goes on with the level above."""

    def use(chats: Chats, _: Papers) -> None:
        chats.add(CHANNEL, title="papers", parent=SERVER, by="42")
        chats.add(THREAD, title="", parent=CHANNEL, by="")
        chats.choose(known(chats, SERVER).number, Choices(papers=3))
        chats.choose(known(chats, CHANNEL).number, Choices(papers=5))
        chats.subscribe(known(chats, CHANNEL).number, wish())
        chats.delete(known(chats, CHANNEL).number)
        assert chats.get(CHANNEL) is None
        assert (known(chats, THREAD).parent, known(chats, THREAD).preferences.papers) == (SERVER, 3)
        again = chats.add(CHANNEL, title="", parent=None, by="")
        assert (again.subscriptions, again.preferences, again.claimed_by) == ((), DEFAULTS, "")

    run(use)


def test_a_chat_that_moves_keeps_everything(run: Run) -> None:
    """At its new address it is the same chat, and can be reached again if it was lost."""

    def use(chats: Chats, _: Papers) -> None:
        number = add(chats)
        chats.choose(number, EVERYTHING)
        chats.lose(number, NOW)
        before = known(chats)
        to = Address("telegram", "-100999")
        chats.follow(number, to)
        chats.follow(number, to)
        assert chats.get(CHAT) is None
        assert chats.get(to) == replace(before, address=to, state=State.ACTIVE, since=None)

    run(use)


def test_a_chat_that_moves_onto_another_becomes_one_with_it(run: Run) -> None:
    """Subscriptions, threads and what the first left open come along; whoever heard less decides."""

    def use(chats: Chats, _: Papers) -> None:
        to = Address("telegram", "-100999")
        number, other = add(chats, CHAT, "a", "b"), add(chats, to, "b", "c")
        chats.add(Address("telegram", "-100999", "5"), title="", parent=to, by="")
        chats.add(to, title="Super", parent=None, by="43")
        chats.choose(number, Choices(papers=3))
        chats.choose(other, Choices(papers=5, language="zh"))
        chats.told({number: NOW}, 7)
        chats.told({other: NOW}, 5)
        chats.pause(number, None)
        chats.follow(number, to)
        merged = known(chats, to)
        assert chats.get(CHAT) is None
        assert merged.number == number
        assert sorted(wish.topic.name for wish in merged.subscriptions) == ["a", "b", "c"]
        assert chats.chosen(number) == Choices(papers=3, language="zh")
        assert (merged.told, merged.state) == (5, State.PAUSED)
        assert (merged.title, merged.claimed_by) == ("Super", "43")
        thread = known(chats, Address("telegram", "-100999", "5"))
        assert (thread.parent, thread.preferences.papers) == (to, 3)

    run(use)


def test_a_newcomer_without_subscriptions_takes_nothing_back(run: Run) -> None:
    """What a chat heard stays heard when the one at its new address never subscribed anything."""

    def use(chats: Chats, _: Papers) -> None:
        to = Address("telegram", "-100999")
        number = add(chats)
        chats.add(to, title="", parent=None, by="")
        chats.told({number: NOW}, 7)
        chats.follow(number, to)
        assert known(chats, to).told == 7
        assert due(chats, NOW, 8) == [to]

    run(use)


@pytest.mark.parametrize(
    ("moved", "to"), [(THREAD, SERVER), (THREAD, CHANNEL), (SERVER, THREAD), (CHANNEL, SERVER)]
)
def test_levels_that_become_one_make_no_circle(run: Run, moved: Address, to: Address) -> None:
    """A chat that moves onto one above or below itself leaves a tree behind."""

    def use(chats: Chats, _: Papers) -> None:
        chats.add(CHANNEL, title="", parent=SERVER, by="")
        chats.add(THREAD, title="", parent=CHANNEL, by="")
        number = known(chats, moved).number
        chats.follow(number, to)
        seen = []
        at: Address | None = to
        while at is not None:
            assert at not in seen
            seen.append(at)
            at = known(chats, at).parent
        assert known(chats, to).number == number
        chats.choose(known(chats, seen[-1]).number, Choices(papers=2))
        assert known(chats, to).preferences.papers == 2

    run(use)


def test_naive_times_are_refused(run: Run) -> None:
    """A time without a zone is a mistake, not UTC; other zones are the same instants."""

    def use(chats: Chats, _: Papers) -> None:
        number = add(chats)
        naive = NOW.replace(tzinfo=None)
        for call in (
            lambda: chats.due(naive, 1, 1),
            lambda: chats.told({number: naive}, 1),
            lambda: chats.wait({number: naive}),
            lambda: chats.pause(number, naive),
            lambda: chats.lose(number, naive),
            lambda: chats.forget(naive),
        ):
            with pytest.raises(ValueError, match="naive"):
                call()

    run(use)


def test_what_would_hold_without_a_choice_is_known(run: Run) -> None:
    """It is what the level above has, the defaults where there's none, or no such chat."""

    def use(chats: Chats, _: Papers) -> None:
        thread = chats.add(THREAD, title="", parent=SERVER, by="").number
        server = known(chats, SERVER).number
        chats.choose(server, Choices(papers=9))
        chats.choose(thread, Choices(papers=3, sound=False))
        assert known(chats, THREAD).preferences.papers == 3
        assert chats.inherited(thread) == replace(DEFAULTS, papers=9)
        assert chats.inherited(server) == DEFAULTS
        assert chats.inherited(thread + 100) == DEFAULTS

    run(use)
