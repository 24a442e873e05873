"""Keeps the gateway open: another client takes over from one that gave up. Knows no event.

discord.py resumes and reconnects by itself where a connection breaks. It gives up where Discord refuses it,
where the first connection fails, and on what it doesn't expect.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING

from discord.errors import ConnectionClosed, GatewayNotFound, PrivilegedIntentsRequired

from bot.platforms.discord.client import BAD_TOKEN, greet
from bot.platforms.discord.errors import FAILURES
from digest.errors import PlatformError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.platforms.discord.client import Client

INTENTS = (
    "Discord doesn't let this bot have the events it asks for. Look at the bot of DISCORD_BOT_TOKEN in the "
    "developer portal, under Bot, Privileged Gateway Intents; paperround needs none of those."
)

_AUTHENTICATION_FAILED = 4004
_INTENTS = (4013, 4014)  # they make no sense, they aren't allowed
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0
_UNTIL_CANCELLED = 0.1  # seconds

_LOG = logging.getLogger(__name__)


class Listening:
    """Listens to the gateway.

    Args:
        make: makes a client.
        token: the bot's.
        sleep: waits some seconds.

    Attributes:
        client: the one that listens now; it knows servers and channels once it's connected.
    """

    def __init__(
        self, make: Callable[[], Client], token: str, sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._make = make
        self._token = token
        self._sleep = sleep
        self.client = make()

    async def log_in(self) -> None:
        """Log in, however long the network is away.

        Raises:
            PlatformError: the token is wrong.
        """
        await greet(self.client, self._token, self._sleep)

    async def listen(self) -> None:
        """Listen until it's cancelled; log in before.

        Raises:
            PlatformError: Discord doesn't let the bot listen.
        """
        wait = _FIRST_WAIT
        while True:
            try:
                await self._connect()
                _LOG.warning("discord.py ended the connection to the gateway")
            except (PrivilegedIntentsRequired, ConnectionClosed) as error:
                _judge(error)
                _LOG.warning("the gateway closed the connection: %s", error)
            except (GatewayNotFound, *FAILURES) as error:
                _LOG.warning("the gateway can't be reached: %s", error)
            except PlatformError:
                raise
            except Exception:  # noqa: BLE001 - discord.py ends with whatever it didn't expect
                _LOG.exception("discord.py gave up")
            finally:
                await self._close()
            await self._sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)
            self.client = self._make()
            await self.log_in()

    async def _connect(self) -> None:
        """Listen with this client until it gives up, or the token is refused."""
        connecting = asyncio.create_task(self.client.connect())
        denied = asyncio.create_task(self.client.http.denied.wait())
        try:
            await asyncio.wait({connecting, denied}, return_when=asyncio.FIRST_COMPLETED)
            if denied.done():
                raise PlatformError(BAD_TOKEN)
            connecting.result()
        finally:
            denied.cancel()
            while not connecting.done():  # the library swallows what cancels it while it connects
                connecting.cancel()
                await asyncio.wait({connecting}, timeout=_UNTIL_CANCELLED)

    async def _close(self) -> None:
        with contextlib.suppress(*FAILURES, ConnectionClosed):  # it's gone anyway
            await self.client.close()


def _judge(error: PrivilegedIntentsRequired | ConnectionClosed) -> None:
    """Raise what an owner must see to before it makes sense to try again."""
    code = error.code if isinstance(error, ConnectionClosed) else _INTENTS[-1]
    if code == _AUTHENTICATION_FAILED:
        raise PlatformError(BAD_TOKEN) from None
    if code in _INTENTS:
        raise PlatformError(INTENTS) from None
