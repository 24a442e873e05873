"""Answers one thing that somebody said, on a platform that sends and edits messages. Knows no command.

Long work shows: its steps in words are streamed where the platform can. Elsewhere the first is a message of
its own, the next ones and at last the reply take its place.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from bot import file_words, galleries
from bot.chats import Layout
from bot.outbox import Gone, Refused, Sent
from bot.ports import ShowsPictures, StreamsSteps, TakesFiles
from bot.talk import BETWEEN_STEPS, Pressed
from digest.document import Document, Paragraph, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.chats import Address
    from bot.outbox import Message, Outcome
    from bot.ports import Platform, Stream
    from bot.sender import Sender
    from bot.talk import File, Illustration, Incoming, Receive, Reply

_LOG = logging.getLogger(__name__)


class Exchange:
    """One exchange: something said, and what is shown for it.

    Args:
        platform: where.
        sender: sends there, with what a person's reply is worth of patience.
        monotonic: seconds, for the pace of what is shown.
        pass_on: called where it turns out that this takes long, so that what was said after it needn't wait.
    """

    def __init__(
        self,
        platform: Platform,
        sender: Sender,
        monotonic: Callable[[], float],
        pass_on: Callable[[], None] = lambda: None,
    ) -> None:
        self._platform = platform
        self._sender = sender
        self._monotonic = monotonic
        self._pass_on = pass_on
        self._shown = ""  # the id of the message that the next one takes the place of
        self._told_at: float | None = None
        self._stream: Stream | None = None
        self._streamed = False

    async def answer(self, incoming: Incoming, receive: Receive) -> None:
        """Hand it on and show what comes back."""
        address = incoming.place.address
        reply = await self._work(incoming, receive)
        if reply is None or (reply.closing and self._streamed and not self._shown):
            return
        if isinstance(incoming, Pressed) and reply.instead and not self._shown:
            self._shown = incoming.message
        await self._show(address, reply)
        if reply.then:
            self._pass_on()
            if following := await reply.then():
                await self._show(address, following)

    async def _work(self, incoming: Incoming, receive: Receive) -> Reply | None:
        """Hand it on, and show the steps of what is done."""

        async def progress(step: str) -> None:
            self._pass_on()
            await self._tell(incoming.place.address, step)

        stream = self._platform.stream(incoming) if isinstance(self._platform, StreamsSteps) else None
        self._stream = stream
        try:
            return await receive(incoming, progress)
        finally:
            if stream:
                await stream.end()

    async def _tell(self, address: Address, step: str) -> None:
        now = self._monotonic()
        if self._told_at is not None and now - self._told_at < BETWEEN_STEPS:
            return
        self._told_at = now
        document = Document("", "", (Paragraph((Text(step),)),))
        message = self._platform.render(document, Layout.CLASSIC)[0]
        if self._stream and await self._stream.show(message.body):
            self._streamed = True
            return
        self._stream = None  # what this chat doesn't take now, it won't the next moment
        if self._shown:
            await self._platform.edit(address, self._shown, message.body, step=True)
        else:
            await self._replace_or_send(address, message)

    async def _show(self, address: Address, reply: Reply) -> None:
        if reply.sample:
            for message in self._platform.render(reply.sample, Layout.RICH):
                await self._send(address, message)
        document = reply.document
        if (
            reply.pictures
            and isinstance(self._platform, ShowsPictures)
            and not await self._show_pictures(address, self._platform, reply.pictures)
        ):
            document = replace(document, blocks=(*reply.unshown, *document.blocks))
        if reply.file:
            await self._show_file(address, reply, reply.file)
        else:
            await self._show_document(address, reply, document)

    async def _show_pictures(
        self, address: Address, platform: ShowsPictures, pictures: Sequence[Illustration]
    ) -> bool:
        """Show pictures and return whether all are there."""

        async def send(part: galleries.Pictures) -> Outcome:
            return await self._sender.pictures(address, platform, part)

        return await galleries.show(platform.galleries(pictures), send) == len(pictures)

    async def _show_document(self, address: Address, reply: Reply, document: Document) -> None:
        if reply.pictures and not document.blocks:
            return  # they need no words
        first = True
        for message in self._platform.render(document, reply.layout or Layout.CLASSIC):
            await self._replace_or_send(address, message, sound=first)  # as of a digest, the others make none
            self._shown, first = "", False

    async def _show_file(self, address: Address, reply: Reply, file: File) -> None:
        """Send a file with the document, or its text below that where it can't be sent."""
        document = reply.document
        if not isinstance(self._platform, TakesFiles):
            await self._show_document(address, reply, file_words.in_words(document, file))
            return
        if self._shown:  # no message of words becomes one with a file
            await self._show_document(address, reply, file_words.beside(document, file))
            document, file = replace(document, blocks=()), replace(file, shown=False)
        *before, last = self._platform.attach(document, file)
        for message in before:
            await self._send(address, message)
        outcome = await self._send(address, last)
        if isinstance(outcome, Refused | Gone):  # some places take words and no files
            await self._show_document(address, reply, file_words.instead(document, file))

    async def _replace_or_send(self, address: Address, message: Message, *, sound: bool = True) -> None:
        if self._shown and isinstance(await self._platform.edit(address, self._shown, message.body), Sent):
            return
        outcome = await self._send(address, message, sound=sound)
        if isinstance(outcome, Sent) and outcome.message:
            self._shown = outcome.message

    async def _send(self, address: Address, message: Message, *, sound: bool = True) -> Outcome:
        outcome = await self._sender.reply(address, message, sound=sound)
        if not isinstance(outcome, Sent):
            _LOG.warning("%s: a reply wasn't sent: %s", self._platform.name, outcome)
        return outcome
