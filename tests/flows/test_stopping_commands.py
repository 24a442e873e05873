"""Pausing, stopping, deleting, and how it stands: said before it's done, done as it was said."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access import Person, Role, issue
from bot.chats import Address, State, Subscription
from bot.commands.pausing import read_pause
from bot.deliveries import Parcel
from bot.outbox import Gone, Message, Retry, Sent, settle
from bot.talk import Kind, Place
from digest.model import PaperId
from tests.servers.talker import (
    GROUP,
    GUEST,
    MORNING,
    OWNER,
    PRESETS,
    Talker,
    buttons,
    private,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.outbox import Outcome
    from bot.ports import Desk

    Use = Callable[[Talker], Awaitable[None]]


@pytest.fixture
def run(tmp_path: Path) -> Callable[[Use], None]:
    """Run a function on a bot that nobody spoke to yet."""

    def call(use: Use) -> None:
        async def inside() -> None:
            async with Talker.open(tmp_path, operator="Ann, ann@example.org") as talker:
                await use(talker)

        asyncio.run(inside())

    return call


async def subscribe(talker: Talker, *names: str, who: str = OWNER, where: Place | None = None) -> int:
    """Subscribe a chat to presets and return its number."""
    await talker.say("/settings", who=who, where=where)
    chat = await talker.chat(where or private(who))

    def write(desk: Desk) -> None:
        for name in names or ("rivers",):
            desk.chats.subscribe(chat.number, Subscription(PRESETS[name], preset=True, by=who, at=MORNING))

    await talker.store.write(write)
    return chat.number


async def deliver(talker: Talker, chat: int, *outcomes: Outcome, key: str = "a" * 16) -> None:
    """Send a chat a digest in as many parts as there are outcomes; a part without one waits."""
    messages = tuple(Message(f"{key} {part}", f"{key} {part}", (PaperId("9906.00001"),)) for part in range(2))
    now = talker.clock.now()
    await talker.store.write(
        lambda desk: desk.deliveries.keep([Parcel(key, "", messages, {chat: True})], now)
    )
    for outcome in outcomes:

        def send(desk: Desk, outcome: Outcome = outcome) -> None:
            (delivery,) = desk.deliveries.claim("scripted", now, 10)
            desk.deliveries.settle([settle(delivery, outcome, now, 0)], now)

        await talker.store.write(send)


async def dump(talker: Talker) -> str:
    """Return everything in the database that isn't about papers, as text."""
    tables = await talker.query("SELECT name FROM sqlite_master WHERE type = 'table'")
    rows = [
        row
        for (name,) in tables
        if not name.startswith(("papers", "announcements", "listings"))
        for row in await talker.query(f'SELECT * FROM "{name}"')  # noqa: S608 - the database's own names
    ]
    return repr(rows)


# Pausing


def test_a_pause_is_chosen_said_and_ended(run: Callable[[Use], None]) -> None:
    """It asks how long, says until when and what becomes of what is missed, and ends when it's told to."""

    async def use(talker: Talker) -> None:
        await talker.announce_papers(1)
        await subscribe(talker)
        question = await talker.say("/pause")
        assert list(buttons(question)) == ["1 day", "1 week", "Until I resume"]
        paused = await talker.press(buttons(question)["1 week"])
        assert (
            text(paused) == "Digests are paused until Fri 3 July, 09:00. What is missed comes then, at once."
        )
        assert (await talker.chat()).until == MORNING + timedelta(days=7)
        again = await talker.say("/pause")
        assert text(again).startswith("Digests are paused until Fri 3 July, 09:00.")
        await talker.press(buttons(again)["Until I resume"])
        assert ((await talker.chat()).state, (await talker.chat()).until) == (State.PAUSED, None)
        assert text(await talker.say("/pause")).startswith("Digests are paused; /resume brings them back.")
        resumed = await talker.press(buttons(paused)["Resume"])
        assert text(resumed) == "Digests come again.\nNext digest: Mon 29 June, about 07:00."
        assert (await talker.chat()).state is State.ACTIVE
        assert text(await talker.say("/resume")).startswith("Nothing is paused.")

    run(use)


def test_what_was_missed_comes_at_once(run: Callable[[Use], None]) -> None:
    """Whoever resumes after a list came hears that the next digest comes now."""

    async def use(talker: Talker) -> None:
        await subscribe(talker)
        await talker.say("/pause")
        await talker.press("pause on")
        await talker.announce_papers(1, 2)
        assert text(await talker.say("/resume")).endswith("Next digest: in a few minutes.")

    run(use)


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("3", MORNING + timedelta(days=3)),
        ("3 days", MORNING + timedelta(days=3)),
        ("2 weeks", MORNING + timedelta(days=14)),
        ("10 天", MORNING + timedelta(days=10)),
        ("until 2026-07-10", datetime(2026, 7, 9, 22, 0, tzinfo=UTC)),
        ("2026-07-10", datetime(2026, 7, 9, 22, 0, tzinfo=UTC)),
        ("on", None),
        ("Until I resume", None),
    ],
)
def test_pauses_are_read(words: str, until: datetime | None) -> None:
    """Days, weeks and dates are read; a date begins at midnight of the chat's zone."""
    assert read_pause(words, MORNING, "Europe/Berlin") == until


@given(words=st.one_of(st.text(), st.dates().map(str), st.integers().map(lambda days: f"{days} days")))
def test_a_pause_ends_within_a_year(words: str) -> None:
    """Whatever is typed, a pause lies ahead and ends within a year, or the words are refused."""
    try:
        until = read_pause(words, MORNING, "Pacific/Kiritimati")
    except ValueError:
        return
    assert until is None or MORNING < until <= MORNING + timedelta(days=366)


def test_a_wrong_pause_is_told_so(run: Callable[[Use], None]) -> None:
    """A time that is over, or none at all, pauses nothing and gets an example."""

    async def use(talker: Talker) -> None:
        for words in ("until 2026-01-01", "0", "999", "soon", "2026-02-31"):
            told = text(await talker.say(f"/pause {words}"))
            assert told.startswith(f"“{words}” isn't a time to come within a year.")
            assert told.endswith("or a date such as 2026-07-26. Try /pause 7")
        assert (await talker.chat()).state is State.ACTIVE

    run(use)


# Stopping


def test_stopping_asks_twice(run: Callable[[Use], None]) -> None:
    """Nothing stops by one tap: it asks what, names what goes, and only then does it."""

    async def use(talker: Talker) -> None:
        await subscribe(talker, "rivers", "splatting")
        what = await talker.say("/stop")
        assert list(buttons(what)) == ["Pause", "Unsubscribe from all", "Delete my data", "Nothing"]
        for action in buttons(what).values():
            await talker.press(action)
        chat = await talker.chat()
        assert (len(chat.subscriptions), chat.state) == (2, State.ACTIVE)
        sure = await talker.press(buttons(what)["Unsubscribe from all"])
        assert text(sure) == (
            "Unsubscribe from all 2 topics, “Rivers” and “Gaussian splatting”? No digest comes then."
        )
        assert text(await talker.press(buttons(sure)["Nothing"])) == "Nothing was changed."
        done = await talker.press(buttons(sure)["Unsubscribe from all"])
        assert text(done).startswith("Unsubscribed from all 2 topics: “Rivers” and “Gaussian splatting”.")
        assert not (await talker.chat()).subscriptions
        assert text(await talker.press(buttons(sure)["Unsubscribe from all"])).startswith("This chat has no")
        assert "Unsubscribe from all" not in buttons(await talker.say("/stop"))

    run(use)


def test_an_old_button_ends_no_other_topics(run: Callable[[Use], None]) -> None:
    """A question that was asked of other topics is asked again."""

    async def use(talker: Talker) -> None:
        await subscribe(talker, "rivers")
        sure = await talker.press("stop all")
        await subscribe(talker, "splatting")
        again = await talker.press(buttons(sure)["Unsubscribe from all"])
        assert text(again).startswith("The topics changed meanwhile.\nUnsubscribe from all 2 topics")
        assert len((await talker.chat()).subscriptions) == 2

    run(use)


def test_only_admins_stop_a_group(run: Callable[[Use], None]) -> None:
    """Who may not change a group can't pause, stop or delete it, by words or by buttons."""

    async def use(talker: Talker) -> None:
        await subscribe(talker, where=GROUP)
        for words in ("pause 1", "resume", "stop", "stop all", "deletedata", "deletedata yes"):
            refused = await talker.press(words, who=GUEST, where=GROUP)
            assert text(refused).startswith("Only admins of this group"), words
        assert (await talker.chat(GROUP)).subscriptions

    run(use)


# Deleting


def test_nothing_of_a_guest_is_kept(run: Callable[[Use], None]) -> None:
    """After it's confirmed, no table knows the person or the chat: topics, deliveries, groups, invites."""

    async def use(talker: Talker) -> None:
        number = await subscribe(talker, "rivers", "splatting", who=GUEST)
        await talker.say("/settings papers 5", who=GUEST)
        await deliver(talker, number, Sent("m"), Retry(f"{GUEST} is busy", 60))
        talker.make_admin(GUEST)
        await talker.join(GROUP, who=GUEST)
        await subscribe(talker, who=GUEST, where=GROUP)
        _, invite = issue(Role.GUEST, Person("scripted", GUEST), MORNING, talker.tools.random_bytes)
        await talker.store.write(lambda desk: desk.people.offer(invite))
        assert GUEST in await dump(talker)
        question = await talker.say("/deletedata", who=GUEST)
        assert "– 2 topics: “Rivers” and “Gaussian splatting”" in text(question)
        assert "– that you were invited" in text(question)
        assert GUEST in await dump(talker)
        done = await talker.press(buttons(question)["Delete"], who=GUEST)
        assert text(done).startswith("Deleted: nothing of this chat is kept any more.")
        left = await dump(talker)
        assert f"'{GUEST}'" not in left
        assert GUEST not in left
        assert "a" * 16 not in left
        assert (await talker.chat(GROUP)).subscriptions
        assert text(await talker.say("/status", who=GUEST)).startswith("This bot is private.")

    run(use)


def test_an_owner_stays_one_unless_they_say_so(run: Callable[[Use], None]) -> None:
    """An owner is asked apart whether they give the bot up, and told what that means for the last one."""

    async def use(talker: Talker) -> None:
        await subscribe(talker)
        question = await talker.say("/deletedata")
        assert "Nobody else owns it" in text(question)
        stayed = await talker.press(buttons(question)["Delete, stay owner"])
        assert text(stayed).endswith("That you own this bot is still known.")
        assert await talker.query("SELECT * FROM chats") == []
        assert await talker.store.read(lambda desk: desk.people.owners()) == (Person("scripted", OWNER),)
        await talker.let_in("ben", Role.OWNER)
        question = await talker.say("/deletedata")
        assert "Nobody else owns it" not in text(question)
        given = await talker.press(buttons(question)["Delete, give the bot up too"])
        assert text(given).endswith("You don't own this bot any more.")
        assert OWNER not in await dump(talker)

    run(use)


def test_deleting_a_groups_data_leaves_people_alone(run: Callable[[Use], None]) -> None:
    """In a group its own data go; who asked stays what they are, and other chats keep what they were sent."""

    async def use(talker: Talker) -> None:
        number = await subscribe(talker, where=GROUP)
        mine = await subscribe(talker)
        await deliver(talker, number, Sent("m"), Sent("n"))
        await deliver(talker, mine, Sent("m"))
        question = await talker.say("/deletedata", where=GROUP)
        assert "your name" not in text(question)
        await talker.press(buttons(question)["Delete"], where=GROUP)
        assert await talker.query("SELECT chat FROM chats") == [(OWNER,)]
        assert await talker.query("SELECT count(*) FROM deliveries") == [(2,)]
        assert await talker.store.read(lambda desk: desk.people.owners())

    run(use)


# How it stands


def test_status_tells_how_it_stands(run: Callable[[Use], None]) -> None:
    """The last list, arXiv, the next digest and what became of the last delivery, in the chat's own time."""

    async def use(talker: Talker) -> None:
        nothing = text(await talker.say("/status"))
        assert nothing == (
            "No list was read yet. arXiv answered last time.\n"
            "This chat has no topics, so no digest comes.\n"
            "Nothing was sent here yet.\n"
            "All times are those of UTC."
        )
        await talker.announce_papers(1)
        number = await subscribe(talker)
        await talker.say("/settings zone Berlin")
        await deliver(talker, number, Sent("m"))
        assert text(await talker.say("/status")) == (
            "Last list: Fri 26 June, read Fri 26 June, 11:00. arXiv answered last time.\n"
            "Next digest: Mon 29 June, about 07:00.\n"
            "The last delivery here waits to be sent since Fri 26 June, 11:00. "
            "1 message waits for this chat.\n"
            "All times are those of Berlin."
        )

    run(use)


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        ([Sent("m"), Sent("n")], "Last delivery here: Fri 26 June, 09:00, it arrived."),
        ([Sent("m"), Retry("too busy.", 60)], "waits since Fri 26 June, 09:00: too busy."),
        ([Sent("m"), Gone("blocked")], "The last delivery here was refused, Fri 26 June, 09:00"),
    ],
)
def test_status_tells_what_became_of_the_last_delivery(
    run: Callable[[Use], None], outcomes: list[Any], told: str
) -> None:
    """Arrived, waiting with the reason, or given up: each is said."""

    async def use(talker: Talker) -> None:
        number = await subscribe(talker)
        await deliver(talker, number, *outcomes)
        assert told in text(await talker.say("/status"))

    run(use)


def test_status_tells_that_a_delivery_was_given_up(run: Callable[[Use], None]) -> None:
    """What the platform didn't take for two days is said, with what becomes of its papers."""

    async def use(talker: Talker) -> None:
        number = await subscribe(talker)
        await deliver(talker, number, Sent("m"))
        now = MORNING + timedelta(days=2, hours=1)

        def give_up(desk: Desk) -> None:
            (delivery,) = desk.deliveries.claim("scripted", now, 10)
            desk.deliveries.settle([settle(delivery, Retry("busy", 1), now, 0)], now)

        await talker.store.write(give_up)
        told = text(await talker.say("/status"))
        assert "wasn't taken for two days, until Sun 28 June, 10:00; its papers come with the next." in told

    run(use)


def test_status_tells_of_trouble_and_pauses(run: Callable[[Use], None]) -> None:
    """That arXiv can't be reached, and a pause with its end, are said; a pause can be ended there."""

    async def use(talker: Talker) -> None:
        await subscribe(talker)
        talker.arxiv_away_since = MORNING - timedelta(hours=5)
        await talker.say("/pause 2")
        status = await talker.say("/status")
        assert "arXiv hasn't been answering since Fri 26 June, 04:00." in text(status)
        assert "Digests are paused until Sun 28 June, 09:00. Next digest: Mon 29 June, about 07:00." in text(
            status
        )
        await talker.press(buttons(status)["Resume"])
        await talker.press("pause on")
        assert "Digests are paused; /resume brings them back.\n" in text(await talker.say("/status"))
        talker.clock.passed += 10 * 86400
        await talker.press("resume")
        assert "paused" not in text(await talker.say("/status"))

    run(use)


def test_a_pause_puts_the_next_digest_off(run: Callable[[Use], None]) -> None:
    """What comes during a pause comes when it ends."""

    async def use(talker: Talker) -> None:
        await subscribe(talker)
        await talker.say("/pause until 2026-07-08")
        assert "Next digest: Wed 8 July, about 07:00." in text(await talker.say("/status"))

    run(use)


def test_privacy_says_who_runs_the_bot(run: Callable[[Use], None], tmp_path: Path) -> None:
    """What is kept is said to anybody, with who runs the bot, or that nobody said who does."""

    async def use(talker: Talker) -> None:
        await talker.join(GROUP)
        told = text(await talker.say("/privacy", who="sam", where=GROUP))
        assert "Who runs this bot: Ann, ann@example.org" in told
        assert "for 90 days" in told
        assert "No language model is asked" in told

    run(use)

    async def unsaid() -> None:
        (tmp_path / "other").mkdir()
        async with Talker.open(tmp_path / "other") as talker:
            assert "didn't say who they are" in text(await talker.say("/privacy"))

    asyncio.run(unsaid())


def test_privacy_says_which_model_gets_what(tmp_path: Path) -> None:
    """Each model that may be asked, with the host that texts are sent to."""

    async def use() -> None:
        readers = ("gemini-flash-latest (generativelanguage.googleapis.com)", "qwen3:8b (127.0.0.1)")
        async with Talker.open(tmp_path, readers=readers) as talker:
            told = text(await talker.say("/privacy"))
        assert f"Summaries are written by {readers[0]} and {readers[1]}." in told
        assert "No language model is asked" not in told

    asyncio.run(use())


def test_privacy_names_every_table(run: Callable[[Use], None]) -> None:
    """What is kept of people is in the tables that the notice was written for; new ones need new words."""

    async def use(talker: Talker) -> None:
        tables = {
            name for (name,) in await talker.query("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        of_papers = {name for name in tables if name.startswith("papers")} | {"announcements", "listings"}
        of_papers |= {
            "briefs",
            "notes",
            "calls",
            "reuses",
        }  # what models wrote of papers, and cost; of nobody
        # notices: what owners tell everybody; posts: what the archive holds
        inner = {"_sqlite_migrations", "pace", "notices", "posts"}
        assert tables - of_papers - inner == {
            "chats",
            "subscriptions",
            "heard",
            "parcels",
            "messages",
            "message_papers",
            "deliveries",
            "troubles",
            "people",
            "codes",
            "saved",
        }

    run(use)


def test_cancel_drops_what_was_asked(run: Callable[[Use], None]) -> None:
    """A question is dropped and that is said; without one there's nothing to cancel; a press drops it too."""

    async def use(talker: Talker) -> None:
        assert text(await talker.say("/cancel")) == "Nothing is under way and no question is open."
        await talker.say("/settings zone")
        assert text(await talker.say("/cancel")).startswith("The question is dropped")
        assert text(await talker.say("/cancel")) == "Nothing is under way and no question is open."
        await talker.say("/settings zone")
        assert text(await talker.press("cancel")).startswith("The question is dropped")

    run(use)


def test_a_thread_is_told_apart_from_its_group(run: Callable[[Use], None]) -> None:
    """Deleting what is kept of a thread leaves the group's own settings."""

    async def use(talker: Talker) -> None:
        await talker.say("/settings papers 9", where=GROUP)
        thread = Place(Address("scripted", "readers", "7"), Kind.GROUP, "Papers", GROUP.address)
        await subscribe(talker, where=thread)
        await talker.press("deletedata yes", where=thread)
        assert (await talker.chat(GROUP)).preferences.papers == 9

    run(use)
