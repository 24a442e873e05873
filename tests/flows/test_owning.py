"""What owners do: announce something once to everybody, invite people, look at the figures."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.announcer import Announcer
from bot.chats import Choices, Layout, Subscription
from bot.platforms.scripted import ScriptedPlatform
from digest.records import ModelCall
from digest.storage.calls import SqliteCalls
from tests.servers.talker import (
    GROUP,
    GUEST,
    MORNING,
    OWNER,
    PRESETS,
    STRANGER,
    Talker,
    buttons,
    private,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.access import Mode
    from bot.outbox import Message
    from bot.ports import Desk
    from digest.document import Document


@pytest.fixture
def play(tmp_path: Path) -> Callable[..., None]:
    """Run a scene with the bot."""

    def run(scene: Callable[[Talker], Awaitable[None]], *, mode: Mode = "invited") -> None:
        async def inside() -> None:
            async with Talker.open(tmp_path, mode=mode) as talker:
                await scene(talker)

        asyncio.run(inside())

    return run


async def readers(talker: Talker, count: int, **choices: Any) -> list[str]:
    """Let so many people subscribe to rivers."""
    names = [f"reader {number}" for number in range(count)]
    rivers = Subscription(PRESETS["rivers"], preset=True, by="x", at=MORNING)

    def add(desk: Desk) -> None:
        for name in names:
            chat = desk.chats.add(private(name).address, title=name, parent=None, by=name)
            desk.chats.subscribe(chat.number, rivers)
            desk.chats.choose(chat.number, Choices(**choices))

    await talker.store.write(add)
    return names


def test_an_announcement_is_asked_about_and_sent_once(play: Callable[..., None]) -> None:
    """To every chat that gets digests, in its language; pressed again it goes to nobody twice."""

    async def scene(talker: Talker) -> None:
        names = await readers(talker, 3, language="zh")
        asked = await talker.say("/announce Off on <b>Sunday</b>.")
        assert text(asked) == "Off on <b>Sunday</b>.\nSend to 3 chats?"
        assert await talker.waiting() == []
        send = buttons(asked)["Send"]
        replies = await asyncio.gather(*(talker.press(send) for _ in range(4)))
        assert {text(each) for each in replies} <= {
            "It's on its way to 3 chats.",
            "It was sent already, to 3 chats.",
        }
        assert all(each.instead for each in replies)
        assert await talker.waiting() == [
            (name, "机器人主人的通知：\nOff on <b>Sunday</b>.\n") for name in names
        ]
        assert talker.woken
        assert text(await talker.press(send)) == "It was sent already, to 3 chats."
        assert text(await talker.press(buttons(asked)["Don't send"])) == "It was sent already, to 3 chats."
        assert len(await talker.waiting()) == 3

    play(scene)


def test_an_announcement_can_be_dropped(play: Callable[..., None]) -> None:
    """And then its other button sends nothing; a newer one takes the place of one that wasn't sent."""

    async def scene(talker: Talker) -> None:
        await readers(talker, 1)
        asked = buttons(await talker.say("/announce One"))
        assert text(await talker.press(asked["Don't send"])) == "Nothing was sent."
        gone = "This announcement isn't kept any more. Write it again: /announce and the text."
        assert text(await talker.press(asked["Send"])) == gone
        assert text(await talker.press(asked["Don't send"])) == gone
        older = buttons(await talker.say("/announce Two"))
        await talker.say("/announce Three")
        assert text(await talker.press(older["Send"])) == gone
        assert await talker.waiting() == []

    play(scene)


class Breaking(ScriptedPlatform):
    """Writes one document, fails at the next, then writes again."""

    def __init__(self) -> None:
        super().__init__(lambda _: None, lambda: MORNING)
        self.renders = 0

    def render(self, document: Document, layout: Layout) -> tuple[Message, ...]:
        """Fail the second time."""
        self.renders += 1
        if self.renders == 2:
            raise RuntimeError("the renderer breaks")
        return super().render(document, layout)


def test_a_broken_announcement_goes_on_where_it_stopped(play: Callable[..., None]) -> None:
    """Chats have their turn some hundreds at a time; pressed again after a failure, each has it once."""

    async def scene(talker: Talker) -> None:
        names = await readers(talker, 1_100, layout=Layout.RICH)
        talker.inbox = replace(talker.inbox, tools=replace(talker.tools, platforms={"scripted": Breaking()}))
        send = buttons(await talker.say("/announce Off on Sunday."))["Send"]
        assert text(await talker.press(send)).startswith("That went wrong")
        assert [name for name, _ in await talker.waiting()] == names[:500]
        assert text(await talker.press(send)) == "It's on its way to 1,100 chats."
        assert [name for name, _ in await talker.waiting()] == names

    play(scene)


def test_an_announcement_needs_words_and_readers(play: Callable[..., None]) -> None:
    """Each is a sentence; nobody but an owner announces."""

    async def scene(talker: Talker) -> None:
        assert text(await talker.say("/announce x")).startswith("No chat gets digests yet")
        assert text(await talker.say("/announce")).startswith("Say what to announce. Try /announce ")
        await readers(talker, 1)
        send = buttons(await talker.say("/announce x"))["Send"]
        assert text(await talker.press(send, who=GUEST)) == "Only an owner of this bot can do that."
        assert await talker.waiting() == []

    play(scene)


def test_an_invite_lets_one_person_in(play: Callable[..., None]) -> None:
    """Its code is told to the owner alone and works once; withdrawn ones don't work."""

    async def scene(talker: Talker) -> None:
        made = await talker.say("/invite")
        assert made.aside
        (code,) = re.findall(r"\w{4}-\w{4}-\w{4}-\w{4}", text(made))
        assert "1 code is open." in text(made)
        assert text(await talker.say(code, who=STRANGER)).startswith("The code was right")
        assert "private" in text(await talker.say(code, who="another"))
        assert text(await talker.say("/invite list")) == "No code is open."
        (code,) = re.findall(r"\w{4}-\w{4}-\w{4}-\w{4}", text(await talker.press("invite")))
        assert text(await talker.press("invite withdraw")) == "1 code doesn't work any more."
        assert "private" in text(await talker.say(code, who="another"))
        wrong = text(await talker.say("/invite everybody"))
        assert wrong == "After /invite comes nothing, or owner, list or withdraw."

    play(scene)


@pytest.mark.parametrize("mode", ["owner", "invited", "open"])
def test_an_owner_makes_another(play: Callable[..., None], mode: Mode) -> None:
    """Such as themselves on another platform: a code of its own does that, once, in every mode."""

    async def scene(talker: Talker) -> None:
        made = await talker.say("/invite owner")
        assert made.aside
        (code,) = re.findall(r"\w{4}-\w{4}-\w{4}-\w{4}", text(made))
        assert text(await talker.say(code, who=STRANGER)).startswith("You own this bot now.")
        assert "papers" in text(await talker.say("/stats", who=STRANGER))
        await talker.say(code, who="another")
        assert await talker.query("SELECT person FROM people WHERE role = 'owner' ORDER BY person") == [
            (person,) for person in sorted((OWNER, STRANGER))
        ]

    play(scene, mode=mode)


@pytest.mark.parametrize(
    ("mode", "answer"), [("owner", "Guests can't use this bot yet."), ("open", "Everybody may use")]
)
def test_no_code_is_made_that_opens_nothing(play: Callable[..., None], mode: Mode, answer: str) -> None:
    """The answer names the setting instead."""

    async def scene(talker: Talker) -> None:
        said = text(await talker.say("/invite"))
        assert said.startswith(answer)
        assert "[access]" in said
        assert await talker.query("SELECT count(*) FROM codes") == [(0,)]

    play(scene, mode=mode)


def test_a_code_is_not_shown_to_a_group(play: Callable[..., None]) -> None:
    """Not every platform can show it to one person there."""

    async def scene(talker: Talker) -> None:
        await talker.join(GROUP)
        assert "private chat" in text(await talker.say("/invite", where=GROUP))
        assert await talker.query("SELECT count(*) FROM codes") == [(0,)]

    play(scene)


def test_a_long_announcement_shows_how_far_it_came(play: Callable[..., None]) -> None:
    """Some hundred chats at a time, in words that count."""

    async def scene(talker: Talker) -> None:
        await readers(talker, 600)
        send = buttons(await talker.say("/announce Off on Sunday."))["Send"]
        assert text(await talker.press(send)) == "It's on its way to 600 chats."
        assert talker.steps == ["It's on its way to 500 chats so far …"]
        assert len(await talker.waiting()) == 600

    play(scene)


def test_a_start_ends_what_was_begun(play: Callable[..., None]) -> None:
    """Who had an announcement before a crash has it once; none goes out that nobody began or that is old."""

    async def scene(talker: Talker) -> None:
        names = await readers(talker, 4)
        for words in ("asked about alone", "Off on Sunday.", "stale"):
            await talker.say(f"/announce {words}")
            found = await talker.query("SELECT key FROM notices WHERE text = ?", words)
            if words != "asked about alone":
                await set_back(talker, found[0][0], names[1], days=7 if words == "stale" else 0)
        announcer = Announcer(talker.store, talker.tools.platforms, talker.tools.wake)
        for _ in range(2):
            await announcer.finish(MORNING)
            assert await talker.waiting() == [
                (name, "From the owner of this bot:\nOff on Sunday.\n") for name in names[2:]
            ]

    play(scene)


async def set_back(talker: Talker, key: str, reached: str, *, days: int) -> None:
    """Let an announcement look as if the bot had ended after this chat's turn, some days ago."""

    def keep(desk: Desk) -> None:
        notice, chat = desk.notices.get(key), desk.chats.get(private(reached).address)
        assert notice is not None
        assert chat is not None
        made_at = MORNING - timedelta(days)
        desk.notices.keep(replace(notice, reached=chat.number, chats=2, made_at=made_at))

    await talker.store.write(keep)


def test_what_takes_long_is_counted_ahead(play: Callable[..., None]) -> None:
    """In a large database the figures are those of the last count, and say how old they are."""

    async def scene(talker: Talker) -> None:
        await readers(talker, 2)
        counting = talker.tools.counting
        await counting.refresh()
        await talker.database.write(lambda db: db.execute("UPDATE subscriptions SET number = number + 30000"))
        assert "3 chats" in text(await talker.say("/stats"))
        await readers(talker, 4)
        talker.clock.passed += 540
        told = text(await talker.say("/stats"))
        assert "3 chats" in told
        assert told.endswith("Counted 9 minutes ago.")
        await counting.refresh()
        assert "5 chats" in text(await talker.say("/stats"))
        assert text(await talker.say("/announce x")).endswith("Send to 4 chats?")

    play(scene)


def test_what_was_just_counted_has_no_age(play: Callable[..., None]) -> None:
    """Counting ends a moment after the question: figures as fresh as can be say nothing of minutes."""

    async def scene(talker: Talker) -> None:
        talker.tools.counting.now = lambda: talker.clock.now() + timedelta(milliseconds=1)
        assert "minute" not in text(await talker.say("/stats"))

    play(scene)


def test_the_figures(play: Callable[..., None]) -> None:
    """Chats, topics, papers, messages and the file, in both languages."""

    async def scene(talker: Talker) -> None:
        assert text(await talker.say("/stats", who=GUEST)) == "Only an owner of this bot can do that."
        await talker.announce_papers(1, 2)
        await readers(talker, 2)
        send = buttons(await talker.say("/announce x"))["Send"]
        await talker.press(send)
        assert text(await talker.say("/stats")).splitlines() == [
            "4 chats: 4 active.",
            "2 subscriptions. Most wanted:",
            "– Rivers: 2",
            "2 papers; the list of 1 day was read.",
            "Last 7 days: 0 messages sent, 0 failed.",
            "2 messages wait to be sent.",
            "The database takes 1 MB.",
        ]
        await talker.store.write(lambda desk: desk.chats.pause(1, None))
        assert "3 active and 1 paused" in text(await talker.say("/stats"))

    play(scene)


def test_what_models_cost_stands_in_the_figures(play: Callable[..., None]) -> None:
    """Of the last seven days, a line a day and model, with money where there is a price."""

    async def scene(talker: Talker) -> None:
        calls, now = SqliteCalls(talker.database), talker.clock.now()
        long_ago, paid = (
            ModelCall("openai", "qwen", 9, 9, 0.0, failed=False, at=now - timedelta(days=9)),
            0.0123,
        )
        await calls.record([long_ago], {}, now)
        assert "qwen" not in text(await talker.say("/stats"))
        done = ModelCall("openai", "qwen", 900, 100, 0.0, failed=False, at=now - timedelta(days=1))
        dear = ModelCall("gemini", "flash-3", 1_900, 100, paid, failed=False, at=now)
        await calls.record([done, dear, replace(dear, failed=True)], {("gemini", "flash-3"): 40}, now)
        lines = text(await talker.say("/stats")).splitlines()
        assert lines[lines.index("Models, day by day (UTC):") + 1 :][:2] == [
            "– Thu 25 June, qwen: 1 call, 1,000 tokens; 0 summaries used again",
            "– Fri 26 June, flash-3: 2 calls, 4,000 tokens, 0.0246 by your prices; 40 summaries used again",
        ]

    play(scene)
