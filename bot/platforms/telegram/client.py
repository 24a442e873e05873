"""The connection to the Bot API: python-telegram-bot's `ExtBot` on our transport and behind our limits.

Results come back as they are, which is all that's needed, knows methods newer than the library and takes
half of its time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram.ext import ExtBot

from bot.platforms.telegram.limiter import Limiter, Urgency
from bot.platforms.telegram.transport import AiohttpRequest

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

TIMEOUT = 20.0
"""Seconds in which Telegram must answer; less than what the outbox allows a platform."""

_CONNECTIONS = 64


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
        return await self._post(
            method, parameters, read_timeout=wait, api_kwargs=self._merge_api_rl_kwargs(None, urgency)
        )


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
