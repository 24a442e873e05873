"""How Discord's interactions are answered: in time, once, for whom, and in which place."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot.platforms.discord.led import led_by
from bot.talk import Present, Pressed, Reply, Said
from digest.document import Actions, Button, Document, Paragraph, Text
from tests.servers.clock import until
from tests.servers.discord import Fault, Refusal, flood
from tests.servers.discord.faults import INTERNAL, TAKEN_AND_DROPPED
from tests.servers.discord.interactions import LATER, LATER_UPDATE, MESSAGE, UPDATE
from tests.servers.discord_ground import DiscordGround, discord

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.talk import Incoming, Progress
    from tests.servers.discord import Interaction

SLOW = 0.01
"""How fast waits are that mustn't be over before an answer is there: a second and a half is minutes."""

CALLBACK = "POST /interactions/{interaction}/{token}/callback"
SEND = "POST /channels/{channel}/messages"


def text(words: str, *labels: str) -> Document:
    """Make a document of a sentence and buttons, whose labels are their actions."""
    row = (Actions(tuple(Button(label, label) for label in labels)),) if labels else ()
    return Document("", "en", (Paragraph((Text(words),)), *row))


@dataclass
class Answers:
    """What answers: what is next, what that waits for, and what was said to it."""

    reply: Reply | None = None
    hold: asyncio.Event | None = None
    steps: tuple[str, ...] = ()
    heard: list[Incoming] = field(default_factory=list)

    async def receive(self, said: Incoming, progress: Progress) -> Reply | None:
        """Answer what is next; where the bot is already, nobody says anything."""
        if isinstance(said, Present):
            return None
        self.heard.append(said)
        for step in self.steps:
            await progress(step)
        if self.hold:
            await self.hold.wait()
        return self.reply


def play(use: Callable[[DiscordGround, Answers], Awaitable[None]], *, swift: float = 10.0) -> None:
    """Let something happen on a ground of its own, once commands are there; then waits are `swift`."""

    async def run() -> None:
        answers = Answers()
        async with discord(answers.receive, swift=10.0) as ground:
            await ground.server.until(lambda: ground.server.commands and ground.server.gateway.live)
            ground.swift = swift
            await use(ground, answers)

    asyncio.run(run())


def held(late: bool) -> asyncio.Event | None:  # noqa: FBT001 - a case
    """Return what an answer waits for that is late."""
    return asyncio.Event() if late else None


async def let_go(answers: Answers, asked: Interaction) -> None:
    """Let an answer come that is late: after whoever asked was told so."""
    if answers.hold:
        await asked.answered.wait()
        answers.hold.set()


async def done(ground: DiscordGround, asked: Interaction) -> Interaction:
    """Wait until an interaction is answered."""
    await ground.server.until(lambda: asked.done)
    return asked


@pytest.mark.parametrize("aside", [False, True])
@pytest.mark.parametrize(("late", "first"), [(False, MESSAGE), (True, LATER)])
def test_a_command_is_answered_in_time_and_to_whom_it_matters(first: int, *, late: bool, aside: bool) -> None:
    """At once, or with a word that it comes; what is aside is seen by who asked, whatever came before."""

    async def use(ground: DiscordGround, answers: Answers) -> None:
        answers.reply, answers.hold = Reply(text("the answer"), aside=aside), held(late)
        asked = ground.server.slash(ground.ada, ground.lakes, "topics")
        await let_go(answers, asked)
        await ground.server.until(lambda: asked.done and (asked.follow_ups or asked.original))
        assert asked.answer == first
        await ground.server.until(lambda: ground.shown(ground.one)[-1:] == ["the answer"])
        (shown,) = ground.server.shown(ground.lakes)
        assert shown.only_for == (ground.ada.id if aside else 0)
        assert ground.server.refusals == []
        assert answers.heard[0].place.address == ground.one

    play(use, swift=10.0 if late else SLOW)


def test_steps_are_shown_where_the_answer_comes() -> None:
    """Long work shows what it does, and the answer takes that place."""

    async def use(ground: DiscordGround, answers: Answers) -> None:
        answers.reply, answers.steps = Reply(text("the answer")), ("Looking it up …", "too soon")
        asked = await done(ground, ground.server.slash(ground.ada, ground.lakes, "summarize", paper="1"))
        await ground.server.until(lambda: ground.shown(ground.one) == ["the answer"])
        assert asked.answer == MESSAGE
        said = answers.heard[0]
        assert isinstance(said, Said)
        assert said.text == "/summarize 1"

    play(use, swift=SLOW)


@pytest.mark.parametrize(
    ("instead", "late", "first"),
    [(True, False, UPDATE), (True, True, LATER_UPDATE), (False, False, MESSAGE), (False, True, LATER_UPDATE)],
)
def test_a_press_changes_its_message_or_shows_another(first: int, *, instead: bool, late: bool) -> None:
    """A panel edits itself where it stands; anything else is shown to who pressed, and the rest stays."""

    async def use(ground: DiscordGround, answers: Answers) -> None:
        answers.reply = Reply(text("panel", "go on"))
        panel = await done(ground, ground.server.slash(ground.ada, ground.lakes, "topics"))
        answers.reply, answers.hold = Reply(text("done"), instead=instead), held(late)
        asked = ground.server.press(ground.ada, ground.server.reply(panel), "go on")
        await let_go(answers, asked)
        await ground.server.until(lambda: asked.done and ground.shown(ground.one)[-1] == "done")
        assert asked.answer == first
        shown = ground.server.shown(ground.lakes)
        assert [each.text for each in shown] == (["done"] if instead else ["panel", "done"])
        assert shown[-1].only_for == (0 if instead else ground.ada.id)
        pressed = answers.heard[-1]
        assert isinstance(pressed, Pressed)
        assert (pressed.action, pressed.message) == ("go on", str(ground.server.reply(panel).id))
        assert ground.server.refusals == []

    play(use, swift=10.0 if late else SLOW)


def test_silence_leaves_nothing_behind() -> None:
    """What gets no answer is acknowledged all the same."""

    async def use(ground: DiscordGround, answers: Answers) -> None:
        answers.reply = Reply(text("panel", "go on"))
        panel = await done(ground, ground.server.slash(ground.ada, ground.lakes, "topics"))
        answers.reply = None
        for asked in (
            ground.server.slash(ground.ada, ground.lakes, "topics"),
            ground.server.press(ground.ada, ground.server.reply(panel), "go on"),
        ):
            await ground.server.until(asked.answered.is_set)
        await ground.server.until(lambda: ground.shown(ground.one) == ["panel"])
        assert ground.server.unanswered == []

    play(use)


@pytest.mark.parametrize(
    ("fault", "shown"),
    [
        (TAKEN_AND_DROPPED, "the answer"),
        (INTERNAL, "the answer"),
        (flood(0.1), "the answer"),
        (Fault(Refusal(400, 40060, "Interaction has already been acknowledged.")), None),
        (Fault(Refusal(404, 10062, "Unknown interaction")), "the answer"),
        (Fault(Refusal(400, 50035, "Invalid Form Body")), "the answer"),
        (Fault(Refusal(500, 0, "no"), delay=0.2), "the answer"),
    ],
)
def test_an_answer_that_fails_is_given_again_or_elsewhere(fault: Fault, shown: str | None) -> None:
    """A lost answer is given again, a refused one is plain, one too late is an ordinary message."""

    async def use(ground: DiscordGround, answers: Answers) -> None:
        answers.reply = Reply(text("the answer"))
        ground.server.fail(fault, route=CALLBACK)
        ground.server.slash(ground.ada, ground.lakes, "topics")
        if shown is None:
            await ground.server.until(lambda: ground.server.calls_of(CALLBACK))
            return
        await ground.server.until(lambda: ground.shown(ground.one) == [shown])

    play(use)


def test_what_is_being_answered_ends_before_the_bot_does() -> None:
    """A stop waits a moment for answers under way, and nothing is heard afterwards."""

    async def use(ground: DiscordGround, answers: Answers) -> None:
        answers.reply, answers.hold = Reply(text("the answer")), asyncio.Event()
        ground.server.slash(ground.ada, ground.lakes, "topics")
        await until(lambda: answers.heard)
        asyncio.get_running_loop().call_later(0.1, answers.hold.set)
        await ground.platform.stop()
        assert answers.hold.is_set()
        assert ground.shown(ground.one) == ["the answer"]

    play(use)


def test_people_are_answered_while_digests_go_out() -> None:
    """A command is acknowledged at once, however many messages wait for their turn."""

    async def use(ground: DiscordGround, answers: Answers) -> None:
        answers.reply = Reply(text("the answer"))
        body = ground.write("digest")
        digests = asyncio.gather(
            *(
                ground.platform.send(ground.two, body, plain=False, key=f"d{number}", sound=False)
                for number in range(600)
            )
        )
        await ground.server.until(lambda: ground.server.calls_of(SEND))
        for _ in range(10):
            await done(ground, ground.server.slash(ground.ada, ground.lakes, "topics"))
        assert len(ground.server.calls_of(SEND)) < 600
        digests.cancel()

    play(use)


def test_direct_messages_are_answered_in_order() -> None:
    """Each person's words wait for each other, and somebody who waits sees that the bot writes."""

    async def use(ground: DiscordGround, answers: Answers) -> None:
        answers.reply, answers.hold = Reply(text("the answer")), asyncio.Event()
        for words in ("one", "two"):
            ground.server.say(ground.ada, None, words)

        def heard() -> list[str]:
            return [said.text for said in answers.heard if isinstance(said, Said)]

        await ground.server.until(lambda: ground.server.typed)
        assert heard() == ["one"]
        answers.hold.set()
        await ground.server.until(
            lambda: [shown.text for shown in ground.server.shown(ground.ada)].count("the answer") == 2
        )
        assert heard() == ["one", "two"]

    play(use)


def test_other_programs_buttons_are_left_alone() -> None:
    """An id that isn't ours, and a channel of another server in one that is, change nothing."""

    async def use(ground: DiscordGround, answers: Answers) -> None:
        answers.reply = Reply(text("panel", "go on"))
        panel = await done(ground, ground.server.slash(ground.ada, ground.lakes, "topics"))
        message = ground.server.reply(panel)
        other = ground.server.text(ground.server.guild("Others", ground.server.user("Eve")), "papers")
        await until(lambda: len(answers.heard) == 2)  # the bot is there now
        ground.server.people.press_id(ground.ada, message, "theirs")
        for channel in (other.id, 1):
            forged = ground.server.people.press_id(ground.ada, message, f"pr:{led_by(channel)}subscribe x")
            await done(ground, forged)
            assert "I don't know that channel" in ground.server.reply(forged).text
        assert len(answers.heard) == 2

    play(use)
