"""Answers one update: shows that work is under way, lets no button spin, and shows the reply.

What only who asked needs is shown to them alone where Telegram can: as the answer to a press, or as a message
that nobody else in the group sees.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import TelegramError

from bot.exchange import Exchange
from bot.phrases import talking as say
from bot.platforms.telegram.channels import calling_off
from bot.platforms.telegram.incoming import incoming
from bot.platforms.telegram.whispers import whisper
from bot.talk import Joined, Kind, Left, Pressed, Relocated
from digest.document import Actions, Paragraph, Text
from digest.reading import buttons, plain
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable

    from bot.platforms.telegram.channels import Channels
    from bot.platforms.telegram.client import Client
    from bot.platforms.telegram.drafts import Drafts
    from bot.platforms.telegram.incoming import Myself
    from bot.platforms.telegram.inline import Inline
    from bot.platforms.telegram.intake import Intake
    from bot.ports import Platform
    from bot.sender import Sender
    from bot.talk import Incoming, Progress, Reply
    from bot.turns import Turn

_LOG = logging.getLogger(__name__)

_SPINS = 0.5  # seconds after which a button stops spinning, whatever its command still does
_SILENT = 0.5  # seconds after which somebody who waits sees that the bot writes
_TYPING = 4.5  # seconds; Telegram shows it for five
_LONGEST_TOAST = 200  # characters of an answer to a press


@dataclass(frozen=True)
class Answering:
    """What answers updates.

    Args:
        client: connected.
        platform: sends and edits.
        sender: sends replies there.
        drafts: the steps that are shown there, and may be stopped.
        myself: who the bot is.
        channels: what answers, and leads words to channels.
        inline: what answers inline queries.
        monotonic: seconds since whenever.
        sleep: waits some seconds.
    """

    client: Client
    platform: Platform
    sender: Sender
    drafts: Drafts
    myself: Myself
    channels: Channels
    inline: Inline
    monotonic: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]
    _lasting: set[Hashable] = field(default_factory=set)  # the presses whose long work is under way

    def take(self, update: dict[str, Any], intake: Intake) -> asyncio.Task[None] | None:
        """Begin to answer an update; one that can't be read is passed over, one that came before too."""
        number = update["update_id"]
        if intake.knows(number):
            return None
        try:
            lane, answer = self._begin(update)
        except Exception:  # noqa: BLE001 - the library raises whatever comes to it
            _LOG.exception("update %s can't be read", number)
            lane, answer = number, _nothing
        return intake.take(number, lane, answer)

    def _begin(self, raw: dict[str, Any]) -> tuple[Hashable, Callable[[Turn], Awaitable[None]]]:
        """Return what an update must wait for its turn with, and what answers it."""
        update = Update.de_json(raw, None)
        if query := update.inline_query:
            return update.update_id, lambda _: self.inline.answer(query)
        stopped = self.drafts.stopped(raw)
        said = calling_off(stopped) if stopped else incoming(update, self.myself)
        press = _Press(self.client, update.callback_query.id if update.callback_query else "")
        press.answer_after(_SPINS, self.sleep)  # also while it waits for its turn
        place = said.to if isinstance(said, Relocated) else said.place.address if said else None
        lane = place or update.update_id  # words in a new supergroup wait until it's known
        return lane, lambda turn: self.answer(said, press, turn)

    async def answer(self, said: Incoming | None, press: _Press, turn: Turn) -> None:
        """Answer what somebody said or pressed; long work passes its turn on."""
        if said is None:
            await press.end()
            return
        key = (said.place.address, said.message, said.action) if isinstance(said, Pressed) else None
        if key in self._lasting:  # what comes of it is for all of the chat
            await press.answer(phrases_for(said.by.language)(say.UNDER_WAY))
            return
        quiet = isinstance(said, Joined | Left | Relocated)
        typing = None if quiet else asyncio.create_task(self._type(said))

        async def receive(said: Incoming, progress: Progress) -> Reply | None:
            try:
                reply = await self.channels.receive(said, progress)
            finally:
                if typing:
                    typing.cancel()
            shown = await self._aside(said, _answerable(said, reply), press)
            press.begin()  # it's answered while the reply is on its way
            return shown

        def pass_on() -> None:
            if key:
                self._lasting.add(key)
            turn.pass_on()

        try:
            exchange = Exchange(self.platform, self.sender, self.monotonic, pass_on)
            await exchange.answer(said, receive)
        finally:
            self._lasting.discard(key)
            await press.end()

    async def _aside(self, said: Incoming, reply: Reply | None, press: _Press) -> Reply | None:
        """Show a reply to who asked alone, if it's for them alone; return what is left to show."""
        if reply is None or (isinstance(said, Joined) and said.place.address.thread):
            return None  # a topic that was opened again knows the bot
        if not reply.aside:
            return reply
        blocks = reply.document.blocks
        text = plain(blocks).strip()
        short = len(text) <= _LONGEST_TOAST and not buttons(blocks) and not reply.instead
        if short and isinstance(said, Pressed):
            answered = await press.answer(text)
            if answered or said.place.kind is Kind.CHANNEL:  # its readers needn't know who may do what
                return None
        return None if await whisper(said, reply, self.client, self.platform) else reply

    async def _type(self, said: Incoming) -> None:
        """Show that the bot writes, for as long as it does."""
        address = said.place.address
        if said.place.kind is Kind.CHANNEL:
            return
        await self.sleep(_SILENT)
        while True:
            with contextlib.suppress(TelegramError):  # it's only a sign of life
                await self.client.call(
                    "sendChatAction",
                    chat_id=int(address.chat),
                    message_thread_id=int(address.thread) if address.thread else None,
                    action="typing",
                )
            await self.sleep(_TYPING)


def _answerable(said: Incoming, reply: Reply | None) -> Reply | None:
    """Say how to answer a question where the bot hears only what is meant for it."""
    if reply is None or not reply.asks or said.place.kind is not Kind.GROUP:
        return reply
    blocks = reply.document.blocks
    if any(button.action == reply.asks for button in buttons(blocks)):
        return reply  # a button asks for the same
    how = Paragraph((Text(phrases_for(reply.document.language)(say.AS_A_REPLY)),))
    words = len(blocks) - sum(isinstance(block, Actions) for block in blocks)
    return replace(reply, document=replace(reply.document, blocks=(*blocks[:words], how, *blocks[words:])))


class _Press:
    """A press that is to be answered, once; without an id there's nothing to answer."""

    def __init__(self, client: Client, query: str) -> None:
        self._client = client
        self._query = query
        self._timer: asyncio.Task[None] | None = None
        self._begun: asyncio.Task[bool] | None = None

    async def answer(self, text: str = "") -> bool:
        """Answer it, with words if there are any; return whether that was done now."""
        query, self._query = self._query, ""
        if not query:
            return False
        words: dict[str, Any] = {"text": text, "show_alert": True} if text else {}
        try:
            await self._client.call("answerCallbackQuery", callback_query_id=query, **words)
        except TelegramError as error:
            _LOG.info("a press wasn't answered: %s", error.message)
            return False
        return True

    def begin(self) -> None:
        """Begin to answer it without words, unless that was done before."""
        if self._query:
            self._begun = asyncio.create_task(self.answer())

    async def end(self) -> None:
        """Answer it without words unless that was done before, and return when that is through."""
        await (self._begun or self.answer())

    def answer_after(self, seconds: float, sleep: Callable[[float], Awaitable[None]]) -> None:
        """Answer it without words by then, unless that was done before."""

        async def wait() -> None:
            await sleep(seconds)
            await self.answer()

        if self._query:
            self._timer = asyncio.create_task(wait())


async def _nothing(_: Turn) -> None:
    """Pass over an update."""
