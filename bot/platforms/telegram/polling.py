"""Asks Telegram for updates, as long as nothing but a second program that asks too stops it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

from bot.platforms.telegram.client import BAD_TOKEN
from bot.platforms.telegram.incoming import ALLOWED
from bot.platforms.telegram.transport import FloodError
from digest.errors import PlatformError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.platforms.telegram.client import Client
    from bot.platforms.telegram.intake import Intake

_LOG = logging.getLogger(__name__)

_POLL = 25  # seconds that Telegram keeps a request open when there's nothing to tell
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0

_SECOND = (
    "Another program asks for this bot's messages, and Telegram serves only one. Stop that one, or give this "
    "one a bot of its own with another TELEGRAM_BOT_TOKEN."
)


async def poll(
    client: Client,
    intake: Intake,
    take: Callable[[dict[str, Any]], object],
    sleep: Callable[[float], Awaitable[None]],
) -> None:
    """Hand over every update until it's cancelled; a network that is away is waited for.

    Args:
        client: connected.
        intake: knows what is confirmed.
        take: takes an update that may have come before; must return at once.
        sleep: waits some seconds.

    Raises:
        PlatformError: another program asks, or the token isn't valid any more.
    """
    wait = _FIRST_WAIT
    away = False
    await _forget_webhook(client, sleep)
    while True:
        try:
            updates = await _ask(client, intake)
        except InvalidToken:
            raise PlatformError(BAD_TOKEN) from None
        except Conflict:
            raise PlatformError(_SECOND) from None
        except TelegramError as error:
            if not away:
                _LOG.warning("Telegram doesn't answer: %s; it's asked until it does", error.message)
            away = True
            after = error.seconds if isinstance(error, FloodError) else None
            await sleep(after or wait)
            wait = min(2 * wait, _LONGEST_WAIT)
            continue
        if away:
            _LOG.info("Telegram answers again")
        away, wait = False, _FIRST_WAIT
        for update in updates:
            take(update)
        await intake.rest()


async def _ask(client: Client, intake: Intake) -> list[dict[str, Any]]:
    seconds = 0 if intake.busy else _POLL
    found: list[dict[str, Any]] = await client.call(
        "getUpdates",
        offset=intake.offset or None,
        timeout=seconds,
        allowed_updates=list(ALLOWED),
        wait=seconds + 10.0,
    )
    return found


async def _forget_webhook(client: Client, sleep: Callable[[float], Awaitable[None]]) -> None:
    """Take back an address that an earlier start named; whoever has one isn't answered."""
    wait = _FIRST_WAIT
    while True:
        try:
            await client.call("deleteWebhook", drop_pending_updates=False)
        except InvalidToken:
            raise PlatformError(BAD_TOKEN) from None
        except NetworkError:
            await sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)
        else:
            return
