"""Discord's channels, threads and people as places and addresses, and back. Pure.

A direct chat has the address of the person: their id behind an @. Discord's own id of it is looked up when
something is sent there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from bot.access import Person
from bot.chats import Address
from bot.talk import Kind, Place, Speaker, Whole

if TYPE_CHECKING:
    from discord import Member, User

NAME = "discord"

FORUMS = frozenset({15, 16})
"""Types of channels in which a message is a post: https://docs.discord.com/developers/resources/channel"""

THREADS = frozenset({10, 11, 12})
OFFERED = frozenset({0, 2, 5, 13, 15}) | THREADS
"""Types of channels that can be chosen in a command."""

_AT = "@"


class Channel(Protocol):
    """What is known of a channel of a server."""

    @property
    def id(self) -> int:
        """Its own."""

    @property
    def name(self) -> str:
        """As people see it."""


def server(guild: int) -> Address:
    """Return the address of a server, which only carries settings."""
    return Address(NAME, str(guild))


def channel_place(guild: int, channel: Channel) -> Place:
    """Return a channel of a server as a place."""
    return Place(Address(NAME, str(channel.id)), Kind.GROUP, f"#{channel.name}", server(guild), Whole.SERVER)


def thread_place(guild: int, channel: int, thread: Channel) -> Place:
    """Return a thread of a channel, or a forum's post, as a place."""
    return Place(
        Address(NAME, str(channel), str(thread.id)), Kind.GROUP, thread.name, server(guild), Whole.SERVER
    )


def direct_place(user: User | Member) -> Place:
    """Return the chat with one person."""
    return Place(Address(NAME, f"{_AT}{user.id}"), Kind.PRIVATE, user.display_name)


def speaker(user: User | Member, language: str = "") -> Speaker:
    """Return who speaks; a person's id is the address of the chat with them."""
    return Speaker(Person(NAME, f"{_AT}{user.id}"), user.display_name, language)


def person_of(text: str) -> int | None:
    """Return whose direct chat, or who, a text of an address or a person is; None if it's a channel."""
    number = text.removeprefix(_AT)
    return int(number) if text.startswith(_AT) and number.isdecimal() else None


def target_of(address: Address) -> int:
    """Return the id of the channel or thread that is written to; 0 where an address names none."""
    number = address.thread or address.chat
    return int(number) if number.isdecimal() else 0


def kind_of(channel: Any) -> int:
    """Return the type of one of discord.py's channels, as the API has it."""
    return int(channel.type.value)
