"""Discord as a `Platform`: connects, hears, answers, sends and edits. Decides nothing."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.chats import Layout
from bot.outbox import Retry
from bot.platforms.discord.admins import Admins
from bot.platforms.discord.answering import Answering
from bot.platforms.discord.attaching import with_file
from bot.platforms.discord.beneath import beneath
from bot.platforms.discord.client import Client, make_http
from bot.platforms.discord.delivering import Delivering
from bot.platforms.discord.ears import Hearer
from bot.platforms.discord.gallery import LIMIT, galleries
from bot.platforms.discord.listening import Listening
from bot.platforms.discord.menu import introduce
from bot.platforms.discord.messages import components
from bot.platforms.discord.pace import ALLOWED, Pace
from bot.platforms.discord.places import NAME
from bot.platforms.discord.posts import Posts
from bot.platforms.discord.rights import invitation
from bot.platforms.discord.sending import placed
from bot.sender import Sender

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.chats import Address
    from bot.outbox import Message, Outcome
    from bot.platforms.discord.http import Http
    from bot.platforms.discord.options import Options
    from bot.talk import File, Illustration, Receive
    from digest.document import Document

_LOG = logging.getLogger(__name__)

_TO_FINISH = 1.0  # seconds for what is being answered when it's stopped
_REPLY = "r"  # what the keys of people's replies begin with


@dataclass(frozen=True)
class _Connection:
    """What there is from one start to the next stop."""

    http: Http
    listening: Listening
    delivering: Delivering
    admins: Admins
    hearer: Hearer
    sender: Sender
    application: int
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    """The first listens."""


class DiscordPlatform:
    """The `Platform` on Discord.

    Args:
        token: what the developer portal gave.
        options: how Discord is reached.
        in_flight: how many messages may be under way at once.
        rate: requests a second.
        monotonic: seconds since whenever.
        sleep: waits some seconds.
    """

    name = NAME
    layouts = frozenset({Layout.CLASSIC})

    def __init__(
        self,
        token: str,
        options: Options,
        in_flight: int = 8,
        *,
        rate: float = ALLOWED,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.in_flight = in_flight
        self._token = token
        self._options = options
        self._rate = rate
        self._monotonic = monotonic
        self._sleep = sleep
        self._connection: _Connection | None = None

    async def start(self, receive: Receive) -> None:
        """Log in, however long the network is away, and begin to listen.

        Raises:
            PlatformError: the token is wrong.
        """
        await self.stop()
        pace = Pace(self._rate, self._monotonic, self._sleep)
        http, hearer = make_http(self._options, pace), Hearer(self._monotonic, self._sleep)
        listening = Listening(lambda: Client(http, hearer, self._sleep), self._token, self._sleep)
        try:
            await listening.log_in()
        except BaseException:
            await http.end()
            raise
        connection = self._connect(http, listening, hearer, receive)
        members_change = self._options.members_change
        connection.tasks.extend(
            [
                asyncio.create_task(listening.listen()),
                asyncio.create_task(introduce(http, connection.application, members_change=members_change)),
            ]
        )
        self._connection = connection
        _LOG.info("connected to Discord as %s", listening.client.user)

    async def watch(self) -> None:
        """Return when there's nothing to listen to any more.

        Raises:
            PlatformError: the token isn't valid any more, or Discord doesn't let the bot listen.
        """
        if self._connection:
            await asyncio.shield(self._connection.tasks[0])

    async def stop(self) -> None:
        """Hear nothing more, finish what is being answered, and disconnect."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        ending = asyncio.create_task(self._end(connection))
        try:
            await asyncio.shield(ending)
        except asyncio.CancelledError:
            await asyncio.wait({ending})  # it's soon done
            raise

    def link(self, code: str) -> str:  # noqa: ARG002 - no link of Discord's says something to a bot
        """Return no link."""
        return ""

    @property
    def invitation(self) -> str:
        """The link that brings the bot to a server; empty before it's started."""
        if self._connection is None:
            return ""
        return invitation(self._connection.application)

    def render(self, document: Document, layout: Layout) -> tuple[Message, ...]:  # noqa: ARG002 - it has one
        """Write a document as messages within Discord's limits, those for a thread at the end."""
        messages, below = components(document), beneath(document)
        digest = any(message.papers for message in messages)
        last = len(messages) + len(below) - 1
        return tuple(
            replace(
                message,
                body=placed(
                    message.body,
                    part,
                    last=part == last,
                    digest=digest and part < len(messages),
                    below=part >= len(messages),
                ),
            )
            for part, message in enumerate((*messages, *below))
        )

    def attach(self, document: Document, file: File) -> tuple[Message, ...]:
        """Write a document and a file as messages."""
        return with_file(document, file)

    async def send(
        self, address: Address, body: str, *, plain: bool, key: str, sound: bool, after: str = ""
    ) -> Outcome:
        """Send one message."""
        if self._connection is None:
            return Retry("not connected to Discord")
        urgent = key.startswith(_REPLY)
        return await self._connection.delivering.send(
            address, body, plain=plain, key=key, sound=sound, after=after, urgent=urgent
        )

    def galleries(self, pictures: Sequence[Illustration]) -> tuple[tuple[Illustration, ...], ...]:
        """Put pictures into messages that every server takes."""
        return galleries(pictures, LIMIT)

    async def send_pictures(self, address: Address, pictures: Sequence[Illustration]) -> Outcome:
        """Send pictures as a gallery."""
        if self._connection is None:
            return Retry("not connected to Discord")
        return await self._connection.delivering.send_pictures(address, pictures)

    async def edit(self, address: Address, message: str, body: str, *, step: bool = False) -> Outcome:  # noqa: ARG002 - Discord lets edits through
        """Replace a message that was sent."""
        if self._connection is None:
            return Retry("not connected to Discord")
        return await self._connection.delivering.edit(address, message, body)

    async def administers(self, address: Address, person: str) -> bool:
        """Return whether a person may change what comes to a channel."""
        return self._connection is not None and await self._connection.admins.administers(address, person)

    def _connect(self, http: Http, listening: Listening, hearer: Hearer, receive: Receive) -> _Connection:
        def client() -> Client:
            return listening.client

        myself = listening.client.user
        posts = Posts(http, myself.id if myself else 0)
        delivering = Delivering(http, client, posts, self._options.threads)
        admins = Admins(client, self._monotonic)
        sender = Sender(self, self._sleep, random.random)
        answering = Answering(client, self, sender, admins, receive, self._monotonic, self._sleep)
        hearer.listen(answering, delivering, receive)
        application = listening.client.application_id or 0
        return _Connection(http, listening, delivering, admins, hearer, sender, application)

    async def _end(self, connection: _Connection) -> None:
        self._connection = connection  # replies still go out
        try:
            for task in connection.tasks:
                task.cancel()
            await asyncio.wait(connection.tasks)
            await connection.hearer.finish(_TO_FINISH)
            await connection.delivering.finish()
        finally:
            self._connection = None
            connection.sender.close()
            await connection.http.end()
