"""What Telegram shows of the bot before anybody writes: its commands and what it's for.

Compared with what Telegram has, so that a start changes nothing that is right already.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from telegram.error import TelegramError

from bot.commands.call import Permission
from bot.commands.registry import COMMANDS
from bot.phrases import telegram as say
from digest.translation import phrases_for

if TYPE_CHECKING:
    from bot.commands.call import Command
    from bot.platforms.telegram.client import Client
    from digest.translation import Phrases

_LOG = logging.getLogger(__name__)

_LANGUAGES = (("", "en"), ("zh", "zh"))
"""Telegram's language codes, empty for everybody else, each with ours."""

_LONGEST = 256


async def introduce(client: Client, *, members_change: bool) -> None:
    """Set commands and descriptions where Telegram has others; what fails is tried at the next start.

    Args:
        client: connected.
        members_change: whether members of groups may do what admins may.
    """
    try:
        for code, language in _LANGUAGES:
            await _introduce(client, code, phrases_for(language), members_change=members_change)
    except TelegramError as error:
        _LOG.warning("the menu of commands couldn't be set: %s", error.message)


async def _introduce(client: Client, code: str, phrases: Phrases, *, members_change: bool) -> None:
    language: dict[str, Any] = {"language_code": code or None}
    for scope in ("all_private_chats", "all_group_chats", "all_chat_administrators"):
        where: dict[str, Any] = {"scope": {"type": scope}, **language}
        commands = menu(phrases, changes=members_change or scope != "all_group_chats")
        if await client.call("getMyCommands", **where) != commands:
            await client.call("setMyCommands", commands=commands, **where)
    texts = {
        "Description": ("description", phrases(say.DESCRIPTION)),
        "ShortDescription": ("short_description", phrases(say.SHORT_DESCRIPTION)),
    }
    for method, (key, text) in texts.items():
        known: dict[str, Any] = await client.call(f"getMy{method}", **language)
        if known.get(key) != text:
            given: dict[str, Any] = {key: text}
            await client.call(f"setMy{method}", **given, **language)


def menu(phrases: Phrases, *, changes: bool) -> list[dict[str, str]]:
    """Return the commands that stand in the menu, as the Bot API has them.

    Args:
        phrases: in the language of whoever opens it.
        changes: whether those are there that change what a chat gets.
    """
    return [
        {"command": command.name, "description": phrases(command.summary)[:_LONGEST]}
        for command in COMMANDS
        if command.menu and command.summary and _may_use(command, changes=changes)
    ]


def _may_use(command: Command, *, changes: bool) -> bool:
    return command.permission is Permission.ANYBODY or (changes and command.permission is Permission.ADMINS)
