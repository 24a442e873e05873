"""The connection to the Bot API: python-telegram-bot's `ExtBot` on our transport and behind our limits.

Results come back as they are, which is all that's needed, knows methods newer than the library and takes
half of its time.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any

from telegram import InputFile
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.platforms.telegram.incoming import Myself
from bot.platforms.telegram.limiter import Limiter, Urgency
from bot.platforms.telegram.transport import AiohttpRequest
from digest.errors import PlatformError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

BAD_TOKEN = (
    "Telegram doesn't know this bot: TELEGRAM_BOT_TOKEN must be the token that @BotFather shows, whole."  # noqa: S105
)

TIMEOUT = 20.0
"""Seconds in which Telegram must answer; less than what the outbox allows a platform."""

_CONNECTIONS = 64
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0

_LOG = logging.getLogger(__name__)


class Client(ExtBot[Urgency]):
    """The Bot API, method by method."""

    async def call(
        self, method: str, *, urgency: Urgency = Urgency.REPLY, wait: float = TIMEOUT, **parameters: Any
    ) -> Any:
        """Call a method and return its result.

        Args:
            method: as the Bot API names it.
            urgency: what goes first where the limits make requests wait.
            wait: seconds in which an answer must come.
            parameters: the method's; None leaves one out, strings are passed on as they are.

        Raises:
            TelegramError: it wasn't answered, or not with a result.
        """
        given = {name: value for name, value in parameters.items() if value is not None}
        if self.rate_limiter is None:
            return await self._ask(method, given, wait)
        return await self.rate_limiter.process_request(
            self._ask, (method, given, wait), {}, method, given, urgency
        )

    async def _ask(self, method: str, parameters: dict[str, Any], wait: float) -> Any:
        """Ask past the library's own way from parameters to a request, which looks for files."""
        data = RequestData([_parameter(name, value) for name, value in parameters.items()])
        transport = self._request[0 if method == "getUpdates" else 1]
        return await transport.post(f"{self.base_url}/{method}", data, read_timeout=wait)


def _parameter(name: str, value: Any) -> RequestParameter:
    """Make a parameter; a file goes beside the others, under its name, and what an album holds behind it."""
    if isinstance(value, InputFile):
        return RequestParameter(name, None, [value])
    if name == "media":
        return RequestParameter.from_input(name, value)
    return RequestParameter(name, value, None)


async def name_of(token: str, api_url: str, proxy: str) -> str:
    """Ask once what a token's bot is called, without ``@``.

    Raises:
        PlatformError: the token is wrong, or nobody answers.
    """
    client = make_client(token, api_url, proxy, overall=1.0, monotonic=time.monotonic, sleep=asyncio.sleep)
    try:
        await client.initialize()
    except InvalidToken:
        raise PlatformError(BAD_TOKEN) from None  # the library's text quotes it
    except TelegramError as error:
        raise PlatformError(f"{api_url} doesn't answer: {error.message}.") from None
    else:
        return client.username
    finally:
        await client.shutdown()


async def greet(client: Client, sleep: Callable[[float], Awaitable[None]]) -> Myself:
    """Connect, and ask who the bot is until Telegram answers.

    Raises:
        PlatformError: the token is wrong.
    """
    wait = _FIRST_WAIT
    while True:
        try:
            await client.initialize()
        except InvalidToken:
            raise PlatformError(BAD_TOKEN) from None  # the library's text quotes it
        except TelegramError as error:
            _LOG.warning("Telegram doesn't answer yet: %s; next try in %g s", error.message, wait)
            await sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)
        else:
            return Myself(client.id, client.username)


def make_client(
    token: str,
    api_url: str,
    proxy: str,
    *,
    overall: float,
    monotonic: Callable[[], float],
    sleep: Callable[[float], Awaitable[None]],
) -> Client:
    """Make a client that isn't connected yet.

    Args:
        token: the bot's.
        api_url: where the Bot API is, without a slash at its end.
        proxy: an http, https or socks5 URL, or empty.
        overall: messages a second that may go to all chats together.
        monotonic: seconds since whenever.
        sleep: waits some seconds.
    """
    return Client(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=AiohttpRequest(_CONNECTIONS, TIMEOUT, proxy),
        get_updates_request=AiohttpRequest(1, TIMEOUT, proxy),
        rate_limiter=Limiter(overall, monotonic, sleep),
    )
