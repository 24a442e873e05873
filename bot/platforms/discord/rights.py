"""Which permissions the bot needs where, and what the link asks for that brings it to a server. Pure.

https://docs.discord.com/developers/topics/permissions
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from discord import Permissions

from bot.phrases import discord as say
from bot.platforms.discord.places import FORUMS, THREADS

if TYPE_CHECKING:
    from digest.phrases import Phrase

MANAGES = Permissions(manage_channels=True)
"""What somebody has who may change what a channel gets."""


def missing(has: Permissions, kind: int) -> Phrase | None:
    """Return the first permission that is missing to post in a channel, as Discord names it there.

    Args:
        has: what the bot has in the channel.
        kind: the channel's type.
    """
    return next((name for needed, name in _needed(kind) if not (has.administrator or needed <= has)), None)


def manages(has: Permissions) -> bool:
    """Return whether somebody with these permissions in a channel may change what comes there."""
    return has.administrator or has.manage_guild or has.manage_channels


def invitation(application: int) -> str:
    """Return the link that brings the bot to a server, or to a person's own apps.

    Args:
        application: the bot's id as an application.
    """
    wanted = Permissions(
        view_channel=True,
        send_messages=True,
        send_messages_in_threads=True,
        attach_files=True,
        create_public_threads=True,
    )
    asked = {"client_id": application, "scope": "bot applications.commands", "permissions": wanted.value}
    return f"https://discord.com/oauth2/authorize?{urlencode(asked)}"


def _needed(kind: int) -> tuple[tuple[Permissions, Phrase], ...]:
    view = Permissions(view_channel=True), say.VIEW_CHANNEL
    send, answer = Permissions(send_messages=True), Permissions(send_messages_in_threads=True)
    if kind in FORUMS:
        return view, (send, say.CREATE_POSTS), (answer, say.SEND_IN_POSTS)
    if kind in THREADS:
        return view, (answer, say.SEND_IN_THREADS)
    return view, (send, say.SEND_MESSAGES)
