"""What Discord tells, as what people said: an interaction or a message in, `bot.talk.Incoming` out. Pure.

A button or an option may name another channel of the same server, for which the words are then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from discord import InteractionType

from bot.platforms.discord.buttons import action_of
from bot.platforms.discord.led import words_of as words_led
from bot.platforms.discord.menu import ROOT
from bot.platforms.discord.places import (
    THREADS,
    channel_place,
    direct_place,
    kind_of,
    speaker,
    thread_place,
)
from bot.platforms.discord.words import CHANNEL, PRIVATE, filled_in, focused, words_of
from bot.talk import Kind, Place, Pressed, Said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from discord import Interaction, Message


_FOR_WHO_ASKS = frozenset("help status privacy cancel claim stats invite announce".split())
"""Commands whose answers matter to nobody else in a server."""

_READING = ("summarize", "ask")
"""Commands whose answers others there may read too, where a person uses the bot as their own."""

_OF_A_MESSAGE = 3
_LONGEST = 4_000  # characters of a message that is read for links


@dataclass(frozen=True, slots=True)
class Heard:
    """A command or a press, and how it's to be answered.

    Attributes:
        said: what, where it was used.
        command: its name; of a press the first word of what is to be done.
        alone: whether the answer is for who asked alone.
        channel: the id of the channel for which it is, None for that where it was used.
    """

    said: Said | Pressed
    command: str
    alone: bool
    channel: int | None = None


@dataclass(frozen=True, slots=True)
class Typing:
    """Words that somebody is filling in.

    Attributes:
        words: the command without its slash, the option before them, and what is typed so far.
    """

    place: Place
    by: Any
    words: str


def heard(interaction: Interaction[Any]) -> Heard | None:
    """Return what an interaction says; None for what is none of ours."""
    data: Mapping[str, Any] = interaction.data or {}  # whatever the library knows of it
    if interaction.type is InteractionType.application_command:
        return (
            _message_command(interaction, data)
            if data.get("type") == _OF_A_MESSAGE
            else _command(interaction, data)
        )
    action = action_of(_pressed(data))
    if action is None:
        return None
    channel, words = words_led(action)
    place, by = place_of(interaction), speaker(interaction.user, str(interaction.locale))
    alone = place.kind is not Kind.PRIVATE or _away(interaction)
    command = words.partition(" ")[0]
    if interaction.type is InteractionType.modal_submit:
        said: Said | Pressed = Said(place, by, f"/{words} {_written(data)}")
        return Heard(said, command, alone, channel)
    message = str(interaction.message.id) if interaction.message else ""
    return Heard(Pressed(place, by, words, message), command, alone, channel)


def typing(interaction: Interaction[Any]) -> Typing:
    """Return what somebody is filling in."""
    data: Mapping[str, Any] = interaction.data or {}  # whatever the library knows of it
    name, options = _apart(data)
    filled, where = filled_in(options), focused(options)
    before = filled.get("setting", "") if where == "value" else ""
    words = " ".join(f"{name} {before} {filled.get(where, '')}".split())
    return Typing(place_of(interaction), speaker(interaction.user, str(interaction.locale)), words)


def direct(message: Message) -> Said | None:
    """Return what a direct message says; None for one without words."""
    text = message.content.strip()
    if not text:
        return None
    replied = message.reference.resolved if message.reference else None
    # Our own messages have no content but components.
    components = [each.to_dict() for each in getattr(replied, "components", ())]
    told = {"content": getattr(replied, "content", ""), "components": components}
    quoted = " ".join(_texts(told))[:_LONGEST].strip()
    return Said(direct_place(message.author), speaker(message.author), text, quoted)


def place_of(interaction: Interaction[Any]) -> Place:
    """Return where an interaction is; where the bot itself isn't, a person uses it as their own."""
    channel = interaction.channel
    if interaction.guild_id is None or channel is None or _away(interaction):
        return direct_place(interaction.user)
    return place_in(interaction.guild_id, channel)


def place_in(guild: int, channel: Any) -> Place:
    """Return a channel or thread of a server as a place."""
    if kind_of(channel) in THREADS:
        return thread_place(guild, channel.parent_id, channel)
    return channel_place(guild, channel)


def _command(interaction: Interaction[Any], data: Mapping[str, Any]) -> Heard:
    name, options = _apart(data)
    filled = filled_in(options)
    place, by = place_of(interaction), speaker(interaction.user, str(interaction.locale))
    said = Said(place, by, f"/{name} {words_of(name, filled)}".strip())
    elsewhere = int(filled[CHANNEL]) if CHANNEL in filled else None
    if elsewhere == interaction.channel_id:
        elsewhere = None
    if place.kind is Kind.PRIVATE:
        alone = _away(interaction) and (name not in _READING or bool(filled.get(PRIVATE)))
    else:
        alone = name in _FOR_WHO_ASKS or bool(filled.get(PRIVATE))
    return Heard(said, name, alone, elsewhere)


def _message_command(interaction: Interaction[Any], data: Mapping[str, Any]) -> Heard:
    messages = data.get("resolved", {}).get("messages", {})
    message = messages.get(str(data.get("target_id")), {})
    quoted = " ".join(_texts(message))[:_LONGEST]
    by = speaker(interaction.user, str(interaction.locale))
    said = Said(place_of(interaction), by, "/summarize", quoted)
    return Heard(said, "summarize", alone=said.place.kind is not Kind.PRIVATE)


def _texts(message: Any) -> Iterator[str]:
    """Yield everything of a message that may hold a link: its text, what it embeds, its components."""
    match message:
        case dict():
            for key in ("content", "url", "description"):
                if isinstance(message.get(key), str):
                    yield message[key]
            for key in ("embeds", "components", "accessory", "message_snapshots", "message"):
                yield from _texts(message.get(key))
        case list():
            for each in message:
                yield from _texts(each)


def _apart(data: Mapping[str, Any]) -> tuple[str, list[Mapping[str, Any]]]:
    """Return a command's name and its options; a subcommand is one by itself."""
    options = data.get("options", [])
    if data["name"] == ROOT and options:
        return options[0]["name"], options[0].get("options", [])
    return data["name"], options


def _pressed(data: Mapping[str, Any]) -> str:
    """Return the id of a button, of what was selected, or of a form."""
    values = data.get("values")
    return str(values[0]) if values else str(data.get("custom_id", ""))


def _written(form: Mapping[str, Any]) -> str:
    """Return what was written into a form of one field."""
    for row in form.get("components", []):
        for field in (row.get("component"), *row.get("components", [])):
            if field:
                return str(field.get("value", ""))
    return ""


def _away(interaction: Interaction[Any]) -> bool:
    """Return whether the bot itself isn't where a person uses it, as one of their own apps."""
    if interaction.guild_id is None:
        return bool(interaction.context.private_channel)
    return interaction.is_user_integration() and not interaction.is_guild_integration()
