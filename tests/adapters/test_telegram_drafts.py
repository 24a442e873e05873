"""Steps of long work as drafts, on loopback: shown, kept, stopped, or messages after all."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from bot.access import Person
from bot.platforms.telegram.drafts import KEPT
from bot.platforms.telegram.incoming import STOPPED
from bot.talk import Kind, Reply, Said, Speaker
from digest.document import Actions, Button, Document, Paragraph, Text
from tests.servers.clock import leap, run_leaping, until
from tests.servers.telegram import faults
from tests.servers.telegram_ground import telegram

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.talk import Incoming, Progress
    from tests.servers.telegram_ground import TelegramGround


def says(text: str) -> Reply:
    """Make a reply of a sentence."""
    return Reply(Document("", "en", (Paragraph((Text(text),)),)))


DONE = says("Done.")
PANEL = Reply(Document("", "en", (Actions((Button("Read 1", "notes 1"),)),)))


@dataclass
class Work:
    """Stands for the inbox: works on what begins with ``/notes`` as it's told to, and answers the rest."""

    heard: list[Incoming] = field(default_factory=list)
    orders: asyncio.Queue[str | Reply | Exception | None] = field(default_factory=asyncio.Queue)

    async def receive(self, incoming: Incoming, progress: Progress) -> Reply | None:
        """Hear something."""
        self.heard.append(incoming)
        if isinstance(incoming, Said) and not incoming.text.startswith("/notes"):
            return says(f"Heard {incoming.text}.")
        while isinstance(order := await self.orders.get(), str):
            await progress(order)
        if isinstance(order, Exception):
            raise order
        return order

    def goes_on(self, *orders: str | Reply | Exception | None) -> None:
        """Let it tell steps, reply, break or fall silent."""
        for order in orders:
            self.orders.put_nowait(order)

    @property
    def texts(self) -> list[str]:
        """What was said."""
        return [each.text for each in self.heard if isinstance(each, Said)]


async def read(ground: TelegramGround, work: Work, step: str = "Reading …") -> None:
    """Begin long work in the private chat, up to a step."""
    ground.server.say(ground.ada, ground.ada, "/notes 1")
    work.goes_on(step)
    await until(lambda: ground.server.drafts.text(ground.ada) == step)


async def settle(ground: TelegramGround) -> None:
    """Let somebody else be answered, which takes longer than whatever is due or on its way now."""
    eve = ground.server.user("Eve")
    ground.server.say(eve, eve, "/hello")
    await until(lambda: "Heard /hello." in [each.text for each in ground.server.shown(eve)])


def play(story: Callable[[TelegramGround, Work], Awaitable[None]]) -> None:
    """Let a story happen on a platform whose time can leap."""

    async def run() -> None:
        work = Work()
        async with telegram(work.receive) as ground:
            await story(ground, work)

    run_leaping(run())


def test_steps_are_one_draft_and_the_result_is_a_new_message() -> None:
    """The next step takes the place of the one before; the message that rings takes the draft away."""

    async def story(ground: TelegramGround, work: Work) -> None:
        server, ada = ground.server, ground.ada
        await read(ground, work)
        ground.later()
        work.goes_on("Writing <3 …")
        await until(lambda: server.drafts.text(ada) == "Writing <3 …")
        await settle(ground)
        ground.later()
        leap(KEPT)
        await until(lambda: len(server.drafts.texts(ada)) == 3)
        assert (ground.shown(ground.one), server.drafts.text(ada)) == ([], "Writing <3 …")
        work.goes_on(DONE)
        await until(lambda: ground.shown(ground.one) == ["Done."])
        assert (server.last(ada).edited, server.last(ada).silent) == (False, False)
        assert server.drafts.text(ada) == ""
        assert len({draft.number for _, draft in server.drafts.told}) == 1
        await read(ground, work)
        assert len({draft.number for _, draft in server.drafts.told}) == 2
        work.goes_on(None)

    play(story)


def test_a_panel_still_takes_the_place_of_what_was_pressed() -> None:
    """Steps that are no messages don't stand between a press and the panel that it changes."""

    async def story(ground: TelegramGround, work: Work) -> None:
        server, ada = ground.server, ground.ada
        server.say(ada, ada, "/notes 1")
        work.goes_on(PANEL)
        await until(lambda: len(ground.shown(ground.one)) == 1)
        server.press(ada, server.last(ada), "Read 1")
        work.goes_on("Reading …", replace(DONE, instead=True))
        await until(lambda: ground.shown(ground.one) == ["Done."])
        assert server.drafts.texts(ada) == ["Reading …"]

    play(story)


def test_groups_see_steps_in_a_message() -> None:
    """There are no drafts but in private chats: a step is a message there, and the reply takes its place."""

    async def story(ground: TelegramGround, work: Work) -> None:
        ground.server.say(ground.ada, ground.forum, "/notes 1", thread=ground.rivers.id)
        work.goes_on("Reading …")
        await until(lambda: ground.shown(ground.two) == ["Reading …"])
        work.goes_on(DONE)
        await until(lambda: ground.shown(ground.two) == ["Done."])
        assert ground.server.calls_of("sendMessageDraft") == []

    play(story)


@pytest.mark.parametrize(
    "end", [DONE, None, RuntimeError("broken"), "stop"], ids=["reply", "silence", "error", "stop"]
)
def test_a_step_is_shown_as_long_as_it_lasts(end: Reply | Exception | str | None) -> None:
    """Telegram would take it away after 30 seconds; it comes again before, until the work ends."""

    async def story(ground: TelegramGround, work: Work) -> None:
        server, ada = ground.server, ground.ada
        await read(ground, work)
        for times in range(2, 5):
            await settle(ground)
            ground.later()
            leap(KEPT)
            assert server.drafts.text(ada) == "Reading …"
            await until(lambda times=times: server.drafts.texts(ada) == ["Reading …"] * times)  # type: ignore[misc]
        if end == "stop":
            await ground.platform.stop()
            await ground.platform.start(work.receive)
        else:
            work.goes_on(end)
            await settle(ground)
        for _ in range(3):
            ground.later()
            leap(KEPT)
            await settle(ground)
        assert server.drafts.texts(ada) == ["Reading …"] * 4

    play(story)


def test_a_step_on_its_way_arrives_before_the_result() -> None:
    """Else it would be shown below the result, and nothing would take it away."""

    async def story(ground: TelegramGround, work: Work) -> None:
        server, ada = ground.server, ground.ada
        await read(ground, work)
        await settle(ground)
        again = server.fail(faults.HANG, method="sendMessageDraft")
        ground.later()
        leap(KEPT)
        await until(lambda: again.met == 1)
        work.goes_on(DONE)
        await settle(ground)
        assert ground.shown(ground.one) == []
        server.release()
        await until(lambda: ground.shown(ground.one) == ["Done."])
        assert (server.drafts.texts(ada), server.drafts.text(ada)) == (["Reading …"] * 2, "")

    play(story)


@pytest.mark.parametrize(
    ("fault", "asked"),
    [(faults.NO_METHOD, 1), (faults.CANT_PARSE, 2), (faults.NO_START, 2)],
    ids=["no-method", "400", "403"],
)
def test_where_drafts_are_refused_steps_are_messages(fault: faults.Fault, asked: int) -> None:
    """None is lost, and the reply takes their place. An older Bot API isn't asked again, others are."""

    async def story(ground: TelegramGround, work: Work) -> None:
        refused = ground.server.fail(fault, method="sendMessageDraft", times=None)
        ground.server.say(ground.ada, ground.ada, "/notes 1")
        for step in ("Reading …", "Writing …"):
            work.goes_on(step)
            await until(lambda step=step: ground.shown(ground.one) == [step])  # type: ignore[misc]
            ground.later()
        work.goes_on(DONE)
        await until(lambda: ground.shown(ground.one) == ["Done."])
        assert refused.met == 1
        ground.server.say(ground.ada, ground.ada, "/notes 2")
        work.goes_on("Reading …")
        await until(lambda: ground.shown(ground.one) == ["Done.", "Reading …"])
        assert refused.met == asked
        work.goes_on(DONE)

    play(story)


@pytest.mark.parametrize(
    "fault",
    [faults.flood(9), faults.BAD_GATEWAY, faults.DROP, faults.HANG],
    ids=["429", "502", "cut", "hung"],
)
def test_a_step_that_does_not_get_through_comes_soon_after(fault: faults.Fault) -> None:
    """Whatever happened to it on the way, it's left out for a moment and no message takes its place."""

    async def story(ground: TelegramGround, work: Work) -> None:
        lost = ground.server.fail(fault, method="sendMessageDraft")
        ground.server.say(ground.ada, ground.ada, "/notes 1")
        work.goes_on("Reading …")
        await until(lambda: lost.met == 1)
        leap(3)  # for which an answer is waited for
        await settle(ground)
        ground.later()
        leap(9)
        await until(lambda: ground.server.drafts.text(ground.ada) == "Reading …")
        assert ground.shown(ground.one) == []
        work.goes_on(DONE)
        await until(lambda: ground.shown(ground.one) == ["Done."])

    play(story)


def test_a_step_that_may_not_go_now_is_left_out_for_the_result() -> None:
    """Drafts count as messages: the last that may go at once is the result's, steps come when they can."""

    async def story(ground: TelegramGround, work: Work) -> None:
        for number in range(2):
            text = ground.write(f"digest {number}")
            await ground.platform.send(ground.one, text, plain=False, key=f"k{number}", sound=True)
        ground.server.say(ground.ada, ground.ada, "/notes 1")
        work.goes_on("Reading …", DONE)
        await until(lambda: ground.shown(ground.one) == ["digest 0", "digest 1", "Done."])
        ground.server.say(ground.ada, ground.ada, "/notes 2")
        work.goes_on("Writing …")
        await until(work.orders.empty)
        await settle(ground)
        assert ground.server.calls_of("sendMessageDraft") == []
        ground.skipped += 5
        leap(5)
        await until(lambda: ground.server.drafts.text(ground.ada) == "Writing …")
        work.goes_on(DONE)

    play(story)


def test_stop_is_cancel_and_nothing_more_is_streamed() -> None:
    """It's said by who waits, in their language, while the work goes on; its later steps aren't shown."""

    async def story(ground: TelegramGround, work: Work) -> None:
        server, ada = ground.server, ground.ada
        ada.language = "zh"
        await read(ground, work)
        server.drafts.stop(ada)
        await until(lambda: ground.shown(ground.one) == ["Heard /cancel."])
        said = work.heard[-1]
        assert (said.place.address, said.place.kind) == (ground.one, Kind.PRIVATE)
        assert said.by == Speaker(Person("telegram", str(ada.id)), "Ada", "zh")
        ground.later()
        leap(KEPT)
        await settle(ground)
        work.goes_on("Writing …", DONE)
        await until(lambda: ground.shown(ground.one) == ["Heard /cancel.", "Done."])
        assert server.drafts.texts(ada) == ["Reading …"]

    play(story)


def test_a_stop_that_comes_too_late_says_nothing() -> None:
    """What it was for is there already, so there's nothing to say; a question that is open stays so."""

    async def story(ground: TelegramGround, work: Work) -> None:
        server, ada = ground.server, ground.ada
        await read(ground, work)
        draft = server.drafts.shown(ada)
        assert draft is not None
        work.goes_on(DONE)
        await until(lambda: ground.shown(ground.one) == ["Done."])
        chat = server.world.chats[ada.id].card()
        assert server.updates.put(STOPPED, {"chat": chat, "draft_id": draft.number})
        await until(lambda: not server.updates.waiting)
        assert (work.texts, ground.shown(ground.one)) == (["/notes 1"], ["Done."])

    play(story)


def test_stop_calls_off_what_is_done_for_a_channel() -> None:
    """Whoever had it done from a private chat, by a word or by a button, calls it off for the channel."""

    async def story(ground: TelegramGround, work: Work) -> None:
        server, ada = ground.server, ground.ada
        channel = server.channel("Daily", ada, username="daily")
        server.say(ada, ada, "/channel @daily notes 1")
        work.goes_on(PANEL)
        await until(lambda: len(ground.shown(ground.one)) == 1)
        server.press(ada, server.last(ada), "Read 1")
        work.goes_on("Reading …")
        await until(lambda: server.drafts.text(ada) == "Reading …")
        server.drafts.stop(ada)
        await until(lambda: work.texts == ["/notes 1", "/cancel"])
        work.goes_on(None)
        ground.later()
        server.say(ada, ada, "/channel @daily notes 2")
        work.goes_on("Writing …")
        await until(lambda: server.drafts.text(ada) == "Writing …")
        server.drafts.stop(ada)
        await until(lambda: work.texts[2:] == ["/notes 2", "/cancel"])
        work.goes_on(None)
        assert {each.place.address.chat for each in work.heard} == {str(channel.id)}

    play(story)
