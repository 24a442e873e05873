"""Suggests what somebody who fills in a command may mean; what it may be, the bot's own command says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.commands.completing import COMPLETE, suggestions
from bot.platforms.discord.hearing import typing
from bot.platforms.discord.responding import Response
from bot.talk import Said

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from discord import Interaction

    from bot.platforms.discord.http import Http
    from bot.talk import Receive


async def suggest(
    interaction: Interaction[Any],
    http: Http,
    receive: Receive,
    sleep: Callable[[float], Awaitable[None]],
) -> None:
    """Suggest; whoever may not use the bot gets no suggestion.

    Args:
        interaction: somebody types.
        http: open.
        receive: answers people.
        sleep: waits some seconds.
    """
    typed = typing(interaction)
    reply = await receive(Said(typed.place, typed.by, f"/{COMPLETE} {typed.words}"), _nothing)
    found = suggestions(reply.document) if reply else []
    response = Response(http, interaction, sleep, alone=True, pressed=False)
    await response.suggest([(label, words) for label, words in found if label and words])


async def _nothing(_: str) -> None:
    """Show no step."""
