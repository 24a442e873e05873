"""Hears the gateway's events and has each answered by itself; knows what must end before the bot stops."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any

from discord import InteractionType

from bot.access import Person
from bot.chats import Address
from bot.exchange import Exchange
from bot.platforms.discord.completing import suggest
from bot.platforms.discord.errors import FAILURES
from bot.platforms.discord.hearing import direct
from bot.platforms.discord.places import NAME, server
from bot.talk import Joined, Kind, Left, Place, Present, Speaker
from bot.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from discord import Guild, Interaction, Message

    from bot.platforms.discord.answering import Answering
    from bot.platforms.discord.delivering import Delivering
    from bot.talk import Incoming, Receive, Said
    from bot.turns import Turn

_LOG = logging.getLogger(__name__)

_SILENT = 0.5  # seconds after which somebody who waits sees that the bot writes
_TYPING = 8.0  # seconds; Discord shows it for ten


class Hearer:
    """What hears; it's deaf until it's told what answers.

    Args:
        monotonic: seconds since whenever.
        sleep: waits some seconds.
    """

    def __init__(self, monotonic: Callable[[], float], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._answering: Answering | None = None
        self._delivering: Delivering | None = None
        self._receive: Receive | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns = Turns()  # what one person writes is answered in order

    def listen(self, answering: Answering, delivering: Delivering, receive: Receive) -> None:
        """Begin to hear.

        Args:
            answering: answers interactions.
            delivering: sends.
            receive: answers people.
        """
        self._answering, self._delivering, self._receive = answering, delivering, receive

    async def finish(self, seconds: float) -> None:
        """Hear nothing more, and let what is being answered end, so long at most."""
        answered = self._tasks.copy()
        self._answering = None
        if answered:
            await asyncio.wait(answered, timeout=seconds)
            for task in answered:
                task.cancel()
            await asyncio.wait(answered)

    def interaction(self, interaction: Interaction[Any]) -> None:
        """Answer it."""
        if self._answering is None or self._receive is None:
            return
        if interaction.type is InteractionType.autocomplete:
            http = self._answering.client().http
            self._begin(suggest(interaction, http, self._receive, self._sleep))
        elif interaction.type is not InteractionType.ping:
            self._begin(self._answering.answer(interaction))

    def message(self, message: Message) -> None:
        """Answer it, after what the same person wrote before but for what takes long."""
        said = direct(message)
        if said is None or self._answering is None or self._delivering is None:
            return
        person = message.author.id
        self._delivering.note_direct(person, message.channel.id)
        self._begin(self._talk(self._answering, self._delivering, said, self._turns.of(person)))

    def joined(self, guild: Guild) -> None:
        """Note that a server's channels can be written to again."""
        place = Place(server(guild.id), Kind.GROUP, guild.name)
        self._tell(Joined(place, _owner(guild)))

    def present(self, guild: Guild) -> None:
        """Note that the bot is in a server, as it was before or since it was away."""
        place = Place(server(guild.id), Kind.GROUP, guild.name)
        self._tell(Present(place, _owner(guild)))

    def left(self, guild: Guild) -> None:
        """Note that no channel of a server can be written to."""
        place = Place(server(guild.id), Kind.GROUP, guild.name)
        self._tell(Left(place, _owner(guild)))

    def closed(self, guild: int, channel: int, thread: int | None) -> None:
        """Note that a channel or thread is gone."""
        address = Address(NAME, str(channel), str(thread or ""))
        self._tell(Left(Place(address, Kind.GROUP, parent=server(guild)), Speaker(Person(NAME, ""))))

    def _tell(self, said: Incoming) -> None:
        """Hand on what needs no answer: a server has no place for one."""
        receive = self._receive
        if receive is None or self._answering is None:
            return

        async def tell() -> None:
            await receive(said, _nothing)

        self._begin(tell())

    def _begin(self, answering: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(answering)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _LOG.error("an event of Discord's wasn't handled", exc_info=error)

    async def _talk(self, answering: Answering, delivering: Delivering, said: Said, turn: Turn) -> None:
        async with turn:
            writing = asyncio.create_task(self._write(delivering, said.place.address))
            try:
                exchange = Exchange(answering.platform, answering.sender, self._monotonic, turn.pass_on)
                await exchange.answer(said, answering.receive)
            finally:
                writing.cancel()

    async def _write(self, delivering: Delivering, address: Address) -> None:
        """Show that the bot writes, for as long as it does."""
        await self._sleep(_SILENT)
        while True:
            with contextlib.suppress(*FAILURES):  # it's only a sign of life
                await delivering.type(address)
            await self._sleep(_TYPING)


def _owner(guild: Guild) -> Speaker:
    """Return whose server it is: Discord doesn't say who brought the bot there or took it away."""
    return Speaker(Person(NAME, f"@{guild.owner_id}"))


async def _nothing(_: str) -> None:
    """Show no step."""
