"""The options of Discord's commands, and what was filled in as the words that a command takes. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from bot.commands.exporting import FORMATS
from bot.commands.setting_values import Key
from bot.phrases import discord as say
from bot.platforms.discord.places import OFFERED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.phrases import Phrase

CHANNEL, PRIVATE = "channel", "private"
"""Options that say where and for whom, and are no words of a command."""


class Type(IntEnum):
    """What an option takes, as the API has it."""

    TEXT = 3
    NUMBER = 4
    YES = 5
    CHANNEL = 7


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to fill in.

    Attributes:
        after: a word that stands before it.
        completed: whether what is typed gets suggestions.
        choices: the only words that can be chosen.
    """

    name: str
    about: Phrase
    type: Type = Type.TEXT
    required: bool = False
    after: str = ""
    completed: bool = False
    choices: tuple[str, ...] = ()


_MOST_DAYS = 366
_LONGEST = 500  # characters of what somebody fills in
_ELSEWHERE = Option(CHANNEL, say.CHANNEL, Type.CHANNEL)
_ID = Option("paper", say.PAPER, required=True, completed=True)

OPTIONS: Mapping[str, tuple[Option, ...]] = {
    "summarize": (
        Option("paper", say.PAPERS, required=True, completed=True),
        Option("language", say.LANGUAGE),
        Option(PRIVATE, say.PRIVATE, Type.YES),
    ),
    "digest": (
        Option("topic", say.TOPIC, completed=True),
        Option("days", say.DAYS, Type.NUMBER),
    ),
    "subscribe": (Option("topic", say.TOPIC, completed=True), _ELSEWHERE),
    "unsubscribe": (Option("topic", say.TOPIC_HERE, completed=True), _ELSEWHERE),
    "ask": (
        _ID,
        Option("question", say.QUESTION, required=True),
        Option(PRIVATE, say.PRIVATE, Type.YES),
    ),
    "search": (Option("words", say.WORDS, required=True),),
    "save": (Option("paper", say.PAPERS, required=True),),
    "saved": (Option("words", say.SOUGHT),),
    "export": (
        Option("format", say.FORMAT, required=True, choices=tuple(FORMATS)),
        Option("paper", say.EXPORTED, completed=True),
    ),
    "why": (_ID,),
    "help": (Option("command", say.COMMAND, completed=True),),
    "settings": (
        Option("setting", say.SETTING, choices=tuple(key.value for key in Key if key is not Key.LAYOUT)),
        Option("value", say.VALUE, completed=True),
    ),
    "pause": (
        Option("days", say.PAUSE_DAYS, Type.NUMBER),
        Option("until", say.PAUSE_UNTIL, after="until"),
    ),
    "claim": (Option("code", say.CODE, required=True),),
    "invite": (Option("codes", say.INVITE, choices=("owner", "list", "withdraw")),),
    "announce": (Option("text", say.TEXT, required=True),),
}
"""By command; one that isn't here takes no words."""


def words_of(command: str, filled: Mapping[str, Any]) -> str:
    """Return what was filled in as words, in the order in which the command takes them."""
    return " ".join(
        f"{option.after} {filled[option.name]}".strip()
        for option in OPTIONS.get(command, ())
        if option.name in filled and option.type in {Type.TEXT, Type.NUMBER}
    )


def described(option: Option) -> dict[str, Any]:
    """Return an option as the API has it, without any language but the bot's own."""
    made: dict[str, Any] = {"type": int(option.type), "name": option.name, "required": option.required}
    match option.type:
        case Type.TEXT if option.choices:
            made["choices"] = [{"name": each, "value": each} for each in option.choices]
        case Type.TEXT:
            made |= {"max_length": _LONGEST, "autocomplete": option.completed}
        case Type.NUMBER:
            made |= {"min_value": 1, "max_value": _MOST_DAYS}
        case Type.CHANNEL:
            made["channel_types"] = sorted(OFFERED)
        case Type.YES:
            pass
    return made


def filled_in(options: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what was filled in, by option."""
    return {each["name"]: each["value"] for each in options if "value" in each}


def focused(options: Iterable[Mapping[str, Any]]) -> str:
    """Return the name of the option in which somebody types; empty for none."""
    return next((each["name"] for each in options if each.get("focused")), "")
