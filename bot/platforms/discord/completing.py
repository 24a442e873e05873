"""Suggests what somebody who fills in a command may mean; what it may be, the bot's own command says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.commands.completing import COMPLETE, MOST
from bot.platforms.discord.hearing import typing
from bot.platforms.discord.responding import Response
from bot.talk import Said
from digest.reading import buttons

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from discord import Interaction

    from bot.platforms.discord.http import Http
    from bot.talk import Receive

_LONGEST = 100  # characters of a suggestion, and of what it stands for


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
    found = buttons(reply.document.blocks) if reply else ()
    choices = [(each.label[:_LONGEST], each.action) for each in found if 0 < len(each.action) <= _LONGEST]
    response = Response(http, interaction, sleep, alone=True, pressed=False)
    await response.suggest([(label, words) for label, words in choices if label][:MOST])


async def _nothing(_: str) -> None:
    """Show no step."""
