"""Lets Telegram bring updates, instead of asking for them: a small server behind somebody's proxy.

Telegram brings an update again until it hears 200, so that is said once it was handled, or soon enough.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.platforms.telegram.client import BAD_TOKEN
from bot.platforms.telegram.incoming import ALLOWED
from digest.errors import PlatformError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.platforms.telegram.client import Client

_LOG = logging.getLogger(__name__)

_PATIENCE = 10.0  # seconds; Telegram gives up after a minute
_LARGEST = 2**20
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0
_HEADER = "X-Telegram-Bot-Api-Secret-Token"


async def serve_webhook(
    client: Client,
    url: str,
    listen: str,
    secret: str,
    take: Callable[[dict[str, Any]], asyncio.Task[None] | None],
    sleep: Callable[[float], Awaitable[None]],
) -> None:
    """Take updates until it's cancelled.

    Args:
        client: connected.
        url: where Telegram brings them, https but for tests.
        listen: ``HOST:PORT``, where the proxy behind the URL brings them.
        secret: what Telegram says with each, so that nobody else is believed.
        take: begins to handle an update; returns what ends then, None for one that came before.
        sleep: waits some seconds.

    Raises:
        PlatformError: nothing can listen there, or Telegram refuses the URL or the token.
    """

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        try:
            update = await request.json()
            number = update["update_id"]
        except (ValueError, TypeError, KeyError):
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        if handling := take(update):
            await asyncio.wait({handling}, timeout=_PATIENCE)
            if handling.cancelled():
                _LOG.info("update %s was cut off and comes again", number)
                return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response()

    app = web.Application(client_max_size=_LARGEST)
    app.router.add_post(urlsplit(url).path or "/", receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    host, _, port = listen.rpartition(":")
    try:
        try:
            await web.TCPSite(runner, host.strip("[]"), int(port)).start()
        except OSError as error:
            raise PlatformError(
                f"Nothing can listen on [telegram] webhook_listen = {listen}: {error.strerror}."
            ) from None
        await _tell(client, url, secret, sleep)
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


async def _tell(client: Client, url: str, secret: str, sleep: Callable[[float], Awaitable[None]]) -> None:
    wait = _FIRST_WAIT
    while True:
        try:
            await client.call("setWebhook", url=url, secret_token=secret, allowed_updates=list(ALLOWED))
        except InvalidToken:
            raise PlatformError(BAD_TOKEN) from None
        except BadRequest as error:
            raise PlatformError(f"Telegram refuses [telegram] webhook_url = {url}: {error.message}") from None
        except TelegramError as error:
            _LOG.warning("Telegram wasn't told of the webhook yet: %s", error.message)
            await sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)
        else:
            return
