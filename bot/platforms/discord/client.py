"""The connection to Discord's gateway: discord.py's client with the fewest intents and nothing remembered.

It knows which servers and channels there are. It keeps no members and no messages.
"""

from __future__ import annotations

import asyncio
import logging
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol

from discord import AllowedMentions, AutoShardedClient, Intents, MemberCacheFlags, VoiceClient
from discord.errors import HTTPException, LoginFailure

from bot.platforms.discord.errors import FAILURES
from bot.platforms.discord.http import Http
from bot.platforms.discord.pace import ALLOWED, Pace
from digest.errors import PlatformError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from discord import Guild, Interaction, Message, RawThreadDeleteEvent
    from discord.abc import GuildChannel

    from bot.platforms.discord.options import Options

BAD_TOKEN = (
    "Discord doesn't know this bot: DISCORD_BOT_TOKEN must be the token that the developer portal shows, "  # noqa: S105
    "under Bot, whole."
)

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0
_BETWEEN_LOGINS = 5.0
_TO_CONNECT = 60.0  # seconds for a shard
_LOG = logging.getLogger(__name__)


class Ears(Protocol):
    """What hears the gateway's events; each returns at once."""

    def interaction(self, interaction: Interaction[Client]) -> None:
        """Hear a command, a press, words of a form, or words that are being typed."""

    def message(self, message: Message) -> None:
        """Hear a direct message."""

    def joined(self, guild: Guild) -> None:
        """Hear that the bot is in a server from now on."""

    def present(self, guild: Guild) -> None:
        """Hear, once, that the bot was in a server already when it connected."""

    def left(self, guild: Guild) -> None:
        """Hear that the bot isn't in a server any more."""

    def closed(self, guild: int, channel: int, thread: int | None) -> None:
        """Hear that a channel or a thread in it was deleted."""


class Client(AutoShardedClient):
    """The gateway's client.

    Args:
        http: opened or not; it stays open when the client is closed.
        ears: hears the events.
        sleep: waits some seconds.
    """

    def __init__(self, http: Http, ears: Ears, sleep: Callable[[float], Awaitable[None]]) -> None:
        VoiceClient.warn_nacl = VoiceClient.warn_dave = False  # nobody misses voice here
        super().__init__(
            intents=_intents(),
            max_messages=None,
            member_cache_flags=MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=AllowedMentions.none(),
            shard_connect_timeout=_TO_CONNECT,
        )
        self.http: Http = http
        self._connection.http = http
        self._ears = ears
        self._sleep = sleep
        self._inside: set[int] = set()  # servers in which the bot is, as far as it was told
        self._heard: set[int] = set()  # those of them that the ears heard of

    async def before_identify_hook(self, _: int | None, *, initial: bool = False) -> None:
        """Wait as long as Discord wants between two logins."""
        if not initial:
            await self._sleep(_BETWEEN_LOGINS)

    async def on_interaction(self, interaction: Interaction[Client]) -> None:
        """Pass it on."""
        self._ears.interaction(interaction)

    async def on_message(self, message: Message) -> None:
        """Pass it on, if a person wrote it to the bot alone."""
        if message.guild is None and not message.author.bot:
            self._ears.message(message)

    async def on_shard_connect(self, _: int) -> None:
        """Note in which servers the bot is: when their events come, it didn't just join them."""
        self._inside.update(guild.id for guild in self.guilds)

    async def on_guild_join(self, guild: Guild) -> None:
        """Pass it on, once."""
        if guild.id not in self._inside:
            self._ears.joined(guild)
        elif guild.id not in self._heard:
            self._ears.present(guild)
        self._inside.add(guild.id)
        self._heard.add(guild.id)

    async def on_guild_available(self, guild: Guild) -> None:
        """Pass it on the same way: soon after a start the library doesn't tell the two apart."""
        await self.on_guild_join(guild)

    async def on_guild_remove(self, guild: Guild) -> None:
        """Pass it on."""
        self._inside.discard(guild.id)
        self._heard.discard(guild.id)
        self._ears.left(guild)

    async def on_guild_channel_delete(self, channel: GuildChannel) -> None:
        """Pass it on."""
        self._ears.closed(channel.guild.id, channel.id, None)

    async def on_raw_thread_delete(self, thread: RawThreadDeleteEvent) -> None:
        """Pass it on."""
        self._ears.closed(thread.guild_id, thread.parent_id, thread.thread_id)

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:
        """Log what an event's handler raised."""
        _LOG.exception("%s failed", event_method)


def make_http(options: Options, pace: Pace) -> Http:
    """Make an HTTP client that isn't open yet.

    Args:
        options: where Discord is.
        pace: gives requests their turns.

    Raises:
        RuntimeError: no event loop runs.
    """
    return Http(asyncio.get_running_loop(), options.api_url, options.gateway_url, options.proxy, pace)


async def greet(client: Client, token: str, sleep: Callable[[float], Awaitable[None]]) -> None:
    """Log in, and ask who the bot is until Discord answers.

    Raises:
        PlatformError: the token is wrong.
    """
    wait = _FIRST_WAIT
    while True:
        try:
            await _log_in(client, token)
        except FAILURES as error:
            _LOG.warning("Discord doesn't answer yet: %s; next try in %g s", error, wait)
            await sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)
        else:
            return


async def name_of(token: str, options: Options) -> tuple[str, int]:
    """Ask once what a token's bot is called, and return that and its application's id.

    Raises:
        PlatformError: the token is wrong, or nobody answers.
    """
    http = make_http(options, Pace(ALLOWED, time.monotonic, asyncio.sleep))
    client = Client(http, _Deaf(), asyncio.sleep)
    try:
        await _log_in(client, token)
    except FAILURES as error:
        raise PlatformError(f"{options.api_url} doesn't answer: {error}.") from None
    else:
        return str(client.user), client.application_id or 0
    finally:
        await http.end()


async def _log_in(client: Client, token: str) -> None:
    try:
        await client.login(token)
    except LoginFailure:
        raise PlatformError(BAD_TOKEN) from None
    except HTTPException as error:
        if error.status == HTTPStatus.UNAUTHORIZED:
            raise PlatformError(BAD_TOKEN) from None
        raise


def _intents() -> Intents:
    """Return the events that are asked for; none of them needs to be allowed in the developer portal."""
    return Intents(guilds=True, dm_messages=True)


class _Deaf:
    """Ears of a client that isn't connected to the gateway."""

    def interaction(self, _: Interaction[Client]) -> None:
        """Hear nothing."""

    def message(self, _: Message) -> None:
        """Hear nothing."""

    def joined(self, _: Guild) -> None:
        """Hear nothing."""

    def present(self, _: Guild) -> None:
        """Hear nothing."""

    def left(self, _: Guild) -> None:
        """Hear nothing."""

    def closed(self, _: int, __: int, ___: int | None) -> None:
        """Hear nothing."""
