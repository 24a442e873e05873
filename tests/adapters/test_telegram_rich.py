"""Rich messages on the wire: taken by a strict Bot API, or at once sent in the classic layout."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.chats import Layout
from bot.commands.layouts import sample
from bot.outbox import Gone, Refused, Retry, Sent, Unknown
from bot.platforms.telegram.messages import classic, read_body, written
from bot.talk import Pressed, Reply, Said
from digest.document import Actions, Button, Code, Document, Group, Heading, Link, Paragraph, Text
from digest.translation import phrases_for
from tests.servers.clock import until
from tests.servers.telegram import Fault
from tests.servers.telegram.faults import (
    BAD_GATEWAY,
    BLOCKED,
    DROP,
    HANG,
    NO_CHAT,
    NO_METHOD,
    RICH_INVALID,
    TAKEN_AND_DROPPED,
)
from tests.servers.telegram_ground import telegram

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.outbox import Message, Outcome
    from bot.talk import Incoming, Progress
    from tests.servers.telegram import Shown
    from tests.servers.telegram_ground import TelegramGround

REFUSALS = [
    RICH_INVALID,
    NO_METHOD,
    Fault(400, "Bad Request: RICH_MESSAGE_CONTENT_REQUIRED"),
    Fault(400, "Bad Request: rich message must be non-empty"),
    Fault(400, "Bad Request: failed to get HTTP URL content"),
]


def document(number: int = 1) -> Document:
    """Write an entry of a digest."""
    entry = Group(
        (
            Heading((Link((Text(f"Rivers {number}"),), "https://arxiv.org/abs/2606.00001"),), 2, 1),
            Paragraph((Text("By @ada · "), Code("cs.CL"))),
            Actions((Button("Read 1", "summarize 2606.00001"),)),
        )
    )
    return Document("Rivers", "en", (entry, Actions((Button("Settings", "settings"),))))


def run(use: Callable[[TelegramGround], Awaitable[None]]) -> None:
    """Run a function on Telegram's ground."""

    async def inside() -> None:
        async with telegram() as ground:
            await use(ground)

    asyncio.run(inside())


def shown_in(ground: TelegramGround) -> list[Shown]:
    """Return what the bot wrote in the topic."""
    shown = ground.server.shown(ground.forum, ground.rivers.id)
    return [message for message in shown if message.sender == ground.server.bot.id]


async def send(ground: TelegramGround, message: Message, *, sound: bool = True) -> Outcome:
    """Send a message to the topic."""
    return await ground.platform.send(ground.two, message.body, plain=False, key="d1", sound=sound)


def test_a_rich_message_arrives_as_it_was_written() -> None:
    """Its blocks are shown in its topic, silently if wanted, with the buttons in it and below it."""

    async def use(ground: TelegramGround) -> None:
        (message,) = ground.platform.render(document(), Layout.RICH)
        assert isinstance(await send(ground, message, sound=False), Sent)
        shown = ground.server.last(ground.forum, ground.rivers.id)
        assert [block["type"] for block in shown.rich] == ["heading", "paragraph", "buttons"]
        assert shown.labels == [["Settings"]]
        assert shown.silent
        (call,) = ground.server.calls_of("sendRichMessage")
        assert call.arguments["rich_message"]["skip_entity_detection"] is True
        assert ground.server.refusals == []

    run(use)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda fault: fault.description)
def test_what_is_refused_arrives_once_in_the_classic_layout(refusal: Fault) -> None:
    """One send, one message: the very text and keyboard that the classic layout has."""

    async def use(ground: TelegramGround) -> None:
        ground.server.fail(refusal, method="sendRichMessage")
        (message,) = ground.platform.render(document(), Layout.RICH)
        outcome = await send(ground, message)
        assert isinstance(outcome, Sent)
        (shown,) = shown_in(ground)
        assert outcome.message == str(shown.id)
        assert shown.text == "1. Rivers 1\nBy @\u2060ada · cs.CL"
        assert shown.labels == [["Read 1"], ["Settings"]]
        (usual,) = classic(document())
        assert ground.server.calls_of("sendMessage")[0].arguments["text"] == read_body(usual.body)["text"]

    run(use)


def test_a_missing_method_is_asked_for_once() -> None:
    """An older Bot API gets classic messages from then on, and chats there have no rich layout to choose."""

    async def use(ground: TelegramGround) -> None:
        assert ground.platform.layouts == frozenset(Layout)
        ground.server.fail(NO_METHOD, method="sendRichMessage", times=None)
        for number in range(3):
            (message,) = ground.platform.render(document(number), Layout.RICH)
            assert isinstance(await send(ground, message), Sent)
        assert len(ground.server.calls_of("sendRichMessage")) == 1
        assert len(ground.server.calls_of("sendMessage")) == 3
        assert ground.platform.layouts == {Layout.CLASSIC}

    run(use)


def test_a_refusal_of_one_message_says_nothing_about_the_next() -> None:
    """The next one is tried as rich again."""

    async def use(ground: TelegramGround) -> None:
        ground.server.fail(RICH_INVALID, method="sendRichMessage")
        for number in range(2):
            (message,) = ground.platform.render(document(number), Layout.RICH)
            assert isinstance(await send(ground, message), Sent)
        assert [bool(shown.rich) for shown in shown_in(ground)] == [False, True]

    run(use)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (DROP, Unknown),
        (TAKEN_AND_DROPPED, Unknown),
        (BAD_GATEWAY, Unknown),
        (Fault(429, "Too Many Requests: retry after 9", {"retry_after": 9}), Retry),
        (BLOCKED, Gone),
        (NO_CHAT, Gone),
        (Fault(401, "Unauthorized"), Retry),
    ],
    ids=lambda value: getattr(value, "description", "") or None,
)
def test_what_is_no_refusal_sends_nothing_else(fault: Fault, outcome: type[Outcome]) -> None:
    """Whoever can't be reached or gave no answer gets no classic message beside it: it may be there."""

    async def use(ground: TelegramGround) -> None:
        ground.server.fail(fault, method="sendRichMessage")
        (message,) = ground.platform.render(document(), Layout.RICH)
        assert isinstance(await send(ground, message), outcome)
        assert ground.server.calls_of("sendMessage") == []
        assert ground.platform.layouts == frozenset(Layout)

    run(use)


def test_edits_go_both_ways() -> None:
    """A classic message becomes rich and back, the same again counts as done, a refusal becomes classic."""

    async def use(ground: TelegramGround) -> None:
        (usual,) = classic(document())
        sent = await send(ground, usual)
        assert isinstance(sent, Sent)

        async def edit(number: int) -> None:
            (message,) = ground.platform.render(document(number), Layout.RICH)
            assert await ground.platform.edit(ground.two, sent.message, message.body) == sent

        await edit(2)
        await edit(2)
        assert ground.server.last(ground.forum, ground.rivers.id).rich
        ground.server.fail(RICH_INVALID, method="editMessageText")
        await edit(3)
        shown = ground.server.last(ground.forum, ground.rivers.id)
        assert shown.text.startswith("1. Rivers 3")
        assert not shown.rich
        ground.server.fail(
            Fault(400, "Bad Request: message to edit not found"), method="editMessageText", times=2
        )
        (message,) = ground.platform.render(document(4), Layout.RICH)
        assert isinstance(await ground.platform.edit(ground.two, sent.message, message.body), Refused)

    run(use)


def test_a_body_that_was_spoilt_is_refused() -> None:
    """What was kept and can't be read is an outcome, never an exception."""

    async def use(ground: TelegramGround) -> None:
        (message,) = ground.platform.render(document(), Layout.RICH)
        for body in (message.body[:-9], written("rich", blocks="[]"), "", "[]"):
            outcome = await ground.platform.send(ground.two, body, plain=False, key="d1", sound=True)
            assert isinstance(outcome, Refused)

    run(use)


def test_the_sample_stands_above_the_question() -> None:
    """Whoever asks for the rich layout gets a rich sample, and below it a question that every app shows."""
    question = Document("", "en", (Paragraph((Text("Seen?"),)), Actions((Button("Yes", "layout seen"),))))

    async def receive(said: Incoming, _: Progress) -> Reply | None:
        if isinstance(said, Pressed):
            return Reply(question, layout=Layout.CLASSIC, sample=sample(phrases_for("en")))
        return Reply(question) if isinstance(said, Said) else None

    async def inside() -> None:
        async with telegram(receive) as ground:
            server, ada = ground.server, ground.ada

            server.say(ada, ada, "/settings")
            await until(lambda: len(server.shown(ada)) == 2)
            server.press(ada, server.last(ada), "Yes")
            await until(lambda: len(server.shown(ada)) == 4)
            panel, first, second = server.shown(ada)[1:]
            assert panel.text == "Seen?"
            assert [block["type"] for block in first.rich] == [
                *("heading", "heading", "paragraph", "details", "buttons", "footer")
            ]
            assert second.text == "Seen?"
            assert second.labels == [["Yes"]]
            assert server.refusals == []

    asyncio.run(inside())


def test_hanging_is_no_refusal() -> None:
    """While an answer is awaited nothing else is sent, and nothing after whoever waited gave up."""

    async def use(ground: TelegramGround) -> None:
        ground.server.fail(HANG, method="sendRichMessage")
        (message,) = ground.platform.render(document(), Layout.RICH)
        sending = asyncio.ensure_future(send(ground, message))
        await until(lambda: bool(ground.server.counts["sendRichMessage"]))
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        assert ground.server.calls_of("sendMessage") == []

    run(use)
