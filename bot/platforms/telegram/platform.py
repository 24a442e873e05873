"""Telegram as a `Platform`: connects, takes updates in, sends and edits. Decides nothing."""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
import time
from typing import TYPE_CHECKING, Any

from bot.chats import Layout
from bot.outbox import Refused, Retry
from bot.platforms.telegram.admins import Admins
from bot.platforms.telegram.albums import albums, ways
from bot.platforms.telegram.answering import Answering
from bot.platforms.telegram.channels import Channels
from bot.platforms.telegram.client import greet, make_client
from bot.platforms.telegram.connection import Connection
from bot.platforms.telegram.drafts import Drafts
from bot.platforms.telegram.errors import of_words
from bot.platforms.telegram.incoming import NAME
from bot.platforms.telegram.inline import Inline
from bot.platforms.telegram.intake import Intake
from bot.platforms.telegram.limiter import Urgency
from bot.platforms.telegram.menu import introduce
from bot.platforms.telegram.messages import classic, rich, with_file
from bot.platforms.telegram.polling import poll
from bot.platforms.telegram.requests import editing, sending
from bot.platforms.telegram.rich_sending import RichOrClassic
from bot.platforms.telegram.webhook import serve_webhook
from bot.sender import Sender

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.chats import Address
    from bot.outbox import Message, Outcome
    from bot.platforms.telegram.client import Client
    from bot.platforms.telegram.drafts import Draft
    from bot.platforms.telegram.options import Options
    from bot.talk import File, Illustration, Incoming, Receive
    from digest.document import Document

_LOG = logging.getLogger(__name__)

_OVERALL, _OVERALL_PAID = 30.0, 1000.0  # messages a second
_REPLY = "r"  # what the keys of people's replies begin with


class TelegramPlatform:
    """The `Platform` on Telegram.

    Args:
        token: what @BotFather gave.
        options: how Telegram is reached.
        in_flight: how many messages may be under way at once.
        overall: messages a second to all chats together; None: what Telegram allows.
        monotonic: seconds since whenever.
        sleep: waits some seconds.
    """

    name = NAME
    invitation = ""

    def __init__(
        self,
        token: str,
        options: Options,
        in_flight: int = 8,
        *,
        overall: float | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.in_flight = in_flight
        self._overall = overall or (_OVERALL_PAID if options.paid_broadcast else _OVERALL)
        self._token = token
        self._options = options
        self._monotonic = monotonic
        self._sleep = sleep
        self._connection: Connection | None = None
        self._rich = RichOrClassic()
        self._drafts = Drafts(self._ask, sleep, random.random)

    async def start(self, receive: Receive) -> None:
        """Connect, however long the network is away, and begin to take updates.

        Raises:
            PlatformError: the token is wrong.
        """
        await self.stop()
        client = self._client()
        try:
            myself = await greet(client, self._sleep)
        except BaseException:
            await client.shutdown()
            raise
        sender, intake = Sender(self, self._sleep, random.random), Intake(self._monotonic)
        admins = Admins(client, self._monotonic)
        answering = Answering(
            client,
            self,
            sender,
            self._drafts,
            myself,
            Channels(client, admins, receive),
            Inline(client, receive, self._sleep),
            self._monotonic,
            self._sleep,
        )

        def take(update: dict[str, Any]) -> asyncio.Task[None] | None:
            return answering.take(update, intake)

        listening = asyncio.create_task(self._listen(client, intake, take))
        introducing = asyncio.create_task(introduce(client, members_change=self._options.members_change))
        polls = not self._options.webhook_url
        self._connection = Connection(client, myself, admins, intake, sender, listening, introducing, polls)
        _LOG.info("connected to Telegram as @%s", myself.username)

    async def watch(self) -> None:
        """Return when updates can't be taken any more.

        Raises:
            PlatformError: another program takes them, or the token isn't valid any more.
        """
        if self._connection:
            await asyncio.shield(self._connection.listening)

    async def stop(self) -> None:
        """Take nothing more, finish what is being answered, and disconnect."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        ending = asyncio.create_task(self._end(connection))
        try:
            await asyncio.shield(ending)
        except asyncio.CancelledError:
            await asyncio.wait({ending})  # it's soon done
            raise

    def link(self, code: str) -> str:
        """Return what opens a chat with the bot that begins with this code; empty before it's started."""
        return f"https://t.me/{self._connection.myself.username}?start={code}" if self._connection else ""

    @property
    def layouts(self) -> frozenset[Layout]:
        """The layouts that this Bot API takes, as far as is known."""
        return frozenset({Layout.CLASSIC} if self._rich.missing else Layout)

    def render(self, document: Document, layout: Layout) -> tuple[Message, ...]:
        """Write a document as messages within Telegram's limits."""
        return rich(document) if layout is Layout.RICH else classic(document)

    def attach(self, document: Document, file: File) -> tuple[Message, ...]:
        """Write a document and a file as messages."""
        return with_file(document, file)

    async def send(
        self,
        address: Address,
        body: str,
        *,
        plain: bool,  # noqa: ARG002 - a body says whether it's plain
        key: str,
        sound: bool,
        after: str = "",  # noqa: ARG002 - parts simply follow
    ) -> Outcome:
        """Send one message; Telegram keeps no keys."""
        urgency = Urgency.REPLY if key.startswith(_REPLY) else Urgency.DIGEST

        async def request(body: str) -> Outcome:
            made = sending(address, body, sound=sound, paid=self._options.paid_broadcast)
            return of_words(await self._ask(address, urgency, *made))

        return await self._rich.do(body, request)

    def galleries(self, pictures: Sequence[Illustration]) -> tuple[tuple[Illustration, ...], ...]:
        """Put pictures into albums, apart from those that Telegram doesn't show and takes as files."""
        return albums(pictures)

    async def send_pictures(self, address: Address, pictures: Sequence[Illustration]) -> Outcome:
        """Send pictures as an album, or as files; so comes a single one that Telegram refuses to show."""
        outcome: Outcome = Refused("no pictures")
        for request in ways(address, pictures):
            outcome = await self._ask(address, Urgency.REPLY, *request)
            if not isinstance(outcome, Refused):
                break
        return outcome

    async def edit(self, address: Address, message: str, body: str, *, step: bool = False) -> Outcome:
        """Replace a message that was sent."""
        urgency = Urgency.STEP if step else Urgency.REPLY

        async def request(body: str) -> Outcome:
            return await self._ask(address, urgency, *editing(address, message, body))

        return await self._rich.do(body, request)

    def stream(self, said: Incoming) -> Draft | None:
        """Return what shows steps as a draft, in private chats."""
        return self._drafts.begin(said)

    async def administers(self, address: Address, person: str) -> bool:
        """Return whether a person administers a group or channel, hidden or not."""
        return self._connection is not None and await self._connection.admins.administers(address, person)

    async def _ask(
        self, address: Address, urgency: Urgency, method: str, parameters: dict[str, Any]
    ) -> Outcome:
        if self._connection is None:
            return Retry("not connected to Telegram")
        return await self._connection.ask(address, urgency, method, parameters)

    def _client(self) -> Client:
        return make_client(
            self._token,
            self._options.api_url,
            self._options.proxy,
            overall=self._overall,
            monotonic=self._monotonic,
            sleep=self._sleep,
        )

    async def _listen(
        self,
        client: Client,
        intake: Intake,
        take: Callable[[dict[str, Any]], asyncio.Task[None] | None],
    ) -> None:
        options = self._options
        if options.webhook_url:
            secret = secrets.token_urlsafe(32)
            await serve_webhook(
                client, options.webhook_url, options.webhook_listen, secret, take, self._sleep
            )
        else:
            await poll(client, intake, take, self._sleep)

    async def _end(self, connection: Connection) -> None:
        self._connection = connection  # replies still go out
        try:
            await connection.finish()
        finally:
            self._connection = None
            await connection.close()
