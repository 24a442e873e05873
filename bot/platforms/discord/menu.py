"""The commands that Discord shows: made of the bot's own, and set where Discord has others.

The top level holds what a server may allow or forbid one by one; the rest are subcommands of one command, so
that their names don't get in the way of other bots'.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from bot.commands.registry import COMMANDS
from bot.phrases import discord as say
from bot.platforms.discord.errors import FAILURES
from bot.platforms.discord.rights import MANAGES
from bot.platforms.discord.words import OPTIONS, described
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.platforms.discord.http import Http
    from bot.platforms.discord.words import Option
    from digest.phrases import Phrase

ROOT = "paperround"
"""The command whose subcommands are all that isn't at the top."""

CLAIM = "claim"
"""The subcommand that takes a code; elsewhere it's sent as a message."""

LINKS = "Summarize arXiv link"
"""The command in a message's menu."""

TOP = ("summarize", "ask", "digest", "subscribe", "unsubscribe", "topics", "search", "saved")
_LED_BY_THE_SERVER = ("subscribe", "unsubscribe")
NOT_HERE = ("start", "channel")  # Telegram's own
_TRANSLATIONS = {"zh-CN": "zh", "zh-TW": "zh"}
"""Discord's languages, each with ours."""

_SUBCOMMAND, _OF_A_MESSAGE, _TYPED = 1, 3, 1
_EVERYWHERE: dict[str, Any] = {
    "integration_types": [0, 1],  # brought to servers, and to people's own apps
    "contexts": [0, 1, 2],  # in servers, with the bot alone, between other people
}
_OURS: dict[str, Any] = {
    "type": _TYPED,
    "name": "",
    "name_localizations": None,
    "description": "",
    "description_localizations": None,
    "required": False,
    "autocomplete": False,
    "choices": None,
    "channel_types": None,
    "min_value": None,
    "max_value": None,
    "max_length": None,
    "default_member_permissions": None,
    "integration_types": None,
    "contexts": None,
}
"""What is ours to say of a command or option, and what Discord takes where nothing is said."""

_LOG = logging.getLogger(__name__)


async def introduce(http: Http, application: int, *, members_change: bool) -> None:
    """Set the commands where Discord has others; what fails is tried at the next start."""
    wanted = definitions(members_change=members_change)
    place: dict[str, Any] = {"application_id": application}
    path = "/applications/{application_id}/commands"
    try:
        known = await http.call("GET", path, **place, query={"with_localizations": "true"})
        if not same(known, wanted):
            await http.call("PUT", path, wanted, **place)
            _LOG.info("Discord shows %d commands", len(wanted))
    except FAILURES as error:
        _LOG.warning("the commands couldn't be set: %s", error)


def definitions(*, members_change: bool) -> list[dict[str, Any]]:
    """Return all commands as the API has them.

    Args:
        members_change: whether members may change what a channel gets, as those may who manage channels.
    """
    shown = {command.name: command.summary for command in COMMANDS if command.summary}
    managing = None if members_change else MANAGES.value
    top = [
        _named(name, shown[name], OPTIONS.get(name, ()))
        | _EVERYWHERE
        | ({"default_member_permissions": managing} if name in _LED_BY_THE_SERVER else {})
        for name in TOP
        if name in shown
    ]
    below = {name: summary for name, summary in shown.items() if name not in (*TOP, *NOT_HERE)}
    root = _described(ROOT, say.BOT) | _EVERYWHERE
    root["options"] = [
        _named(name, summary, OPTIONS.get(name, ())) | {"type": _SUBCOMMAND}
        for name, summary in {**below, CLAIM: say.CLAIM}.items()
    ]
    links = {"type": _OF_A_MESSAGE, "name": LINKS, "name_localizations": _translated(say.SUMMARIZE_LINK)}
    return [*top, root, links | _EVERYWHERE]


def same(known: Any, wanted: Any) -> bool:
    """Return whether Discord shows what is wanted, whatever it adds and leaves out."""
    return _by_name(known) == _by_name(wanted)


def _by_name(commands: Iterable[dict[str, Any]]) -> dict[tuple[int, str], dict[str, Any]]:
    return {(each.get("type", _TYPED), each["name"]): _reduced(each) for each in commands}


def _reduced(command: dict[str, Any]) -> dict[str, Any]:
    """Return what is ours of a command or option, everything said."""
    ours = {key: usual if command.get(key) is None else command[key] for key, usual in _OURS.items()}
    for key in ("integration_types", "contexts", "channel_types"):
        ours[key] = sorted(ours[key] or ())
    if ours["default_member_permissions"] is not None:  # which comes back as a text
        ours["default_member_permissions"] = int(ours["default_member_permissions"])
    ours["choices"] = [(each["name"], each["value"]) for each in ours["choices"] or ()]
    return ours | {"options": [_reduced(option) for option in command.get("options") or ()]}


def _named(name: str, summary: Phrase, options: Iterable[Option]) -> dict[str, Any]:
    made = [described(option) | _described(option.name, option.about) for option in options]
    return _described(name, summary) | {"type": _TYPED, "options": made}


def _described(name: str, about: Phrase) -> dict[str, Any]:
    return {
        "name": name,
        "description": phrases_for("en")(about),
        "description_localizations": _translated(about),
    }


def _translated(phrase: Phrase) -> dict[str, str]:
    return {theirs: phrases_for(ours)(phrase) for theirs, ours in _TRANSLATIONS.items()}
