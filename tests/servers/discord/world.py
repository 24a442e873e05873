"""Who and what exists: people, servers with their roles and members, channels and messages; no HTTP."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .permissions import EVERYONE, Allow, permissions
from .refusals import UNKNOWN_CHANNEL, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

TEXT, DIRECT, CATEGORY, NEWS, PUBLIC_THREAD, PRIVATE_THREAD, FORUM = 0, 1, 4, 5, 11, 12, 15
VOICE, NEWS_THREAD, MEDIA = 2, 10, 16

EPOCH_MS = 1_420_070_400_000
"""The beginning of 2015, from which Discord's ids count milliseconds."""


@dataclass(eq=False)
class User:
    """Somebody with a Discord account."""

    id: int
    name: str
    locale: str = "en-US"
    is_bot: bool = False
    installed: bool = False
    """Has installed the bot for themselves."""
    closed: bool = False
    """Takes no direct messages from the bot."""


@dataclass(eq=False)
class Role:
    """A role of a server; @everyone has the server's own id."""

    id: int
    name: str
    permissions: Allow
    position: int = 0
    managed: bool = False


@dataclass(eq=False)
class Member:
    """Somebody in a server."""

    user: User
    roles: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Overwrite:
    """What a channel changes of somebody's or a role's permissions."""

    allow: Allow = Allow.NOTHING
    deny: Allow = Allow.NOTHING
    person: bool = False


@dataclass(eq=False)
class Channel:
    """A channel of any kind: text, news, forum, thread, category, or one with a single person."""

    id: int
    type: int
    name: str = ""
    guild: Guild | None = None
    parent: Channel | None = None
    recipient: User | None = None
    foreign: bool = False
    """A direct message between others, where only who installed the bot for themselves can use it."""
    owner_id: int = 0
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    threads: dict[int, Channel] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)
    applied_tags: tuple[int, ...] = ()
    tag_required: bool = False
    archived: bool = False
    locked: bool = False
    auto_archive: int = 4320
    people: set[int] = field(default_factory=set)
    """Who has joined a thread."""
    last_message_id: int = 0

    @property
    def thread(self) -> bool:
        """Whether it's a thread or a post of a forum."""
        return self.type in (NEWS_THREAD, PUBLIC_THREAD, PRIVATE_THREAD)

    @property
    def private(self) -> bool:
        """Whether it's a thread for those who were asked to join."""
        return self.type == PRIVATE_THREAD

    @property
    def writable(self) -> bool:
        """Whether messages can stand here."""
        return self.type not in (CATEGORY, FORUM, MEDIA)


@dataclass(eq=False)
class Guild:
    """A server."""

    id: int
    name: str
    owner: User
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    locale: str = "en-US"
    unavailable: bool = False

    @property
    def everyone(self) -> Role:
        """The role that all have."""
        return self.roles[self.id]


class World:
    """All servers, channels and people of this Discord, and the bot among them."""

    def __init__(self, name: str = "paperround", now: Callable[[], float] = time.time) -> None:
        self.now = now
        self._last_id = 0
        self.bot = User(self.new_id(), name, is_bot=True)
        self.owner = User(self.new_id(), "owner")
        self.users: dict[int, User] = {self.bot.id: self.bot, self.owner.id: self.owner}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self._direct: dict[int, Channel] = {}

    def new_id(self) -> int:
        """Make an id: milliseconds since 2015 in front of 22 bits, never the same twice."""
        number = (int(self.now() * 1000) - EPOCH_MS) << 22
        self._last_id = max(number, self._last_id + 1)
        return self._last_id

    def user(self, name: str, **more: Any) -> User:
        """Let somebody have an account."""
        user = User(self.new_id(), name, **more)
        self.users[user.id] = user
        return user

    def make_guild(self, name: str, *members: User, shard: tuple[int, int] = (0, 1), locale: str) -> Guild:
        """Make a server that the first person owns; `shard` is which of how many shards has it."""
        number = self.new_id()
        while (number >> 22) % shard[1] != shard[0]:
            number += 1 << 22
        self._last_id = max(self._last_id, number)
        guild = Guild(number, name, members[0] if members else self.owner, locale=locale)
        guild.roles[guild.id] = Role(guild.id, "@everyone", EVERYONE)
        for user in members or (self.owner,):
            guild.members[user.id] = Member(user)
        self.guilds[guild.id] = guild
        return guild

    def channel(self, kind: int, *, number: int = 0, **more: Any) -> Channel:
        """Make a channel and put it where it belongs; threads under messages have the message's number."""
        channel = Channel(number or self.new_id(), kind, **more)
        self.channels[channel.id] = channel
        if channel.thread and channel.parent is not None:
            channel.parent.threads[channel.id] = channel
        elif channel.guild is not None:
            channel.guild.channels[channel.id] = channel
        return channel

    def direct(self, user: User) -> Channel:
        """The channel that somebody and the bot have for themselves."""
        if user.id not in self._direct:
            self._direct[user.id] = self.channel(DIRECT, recipient=user)
        return self._direct[user.id]

    def find(self, number: int | str) -> Channel:
        """Find a channel by its id.

        Raises:
            Refused: There's none.
        """
        try:
            return self.channels[int(number)]
        except (KeyError, ValueError) as error:
            raise Refused(UNKNOWN_CHANNEL) from error

    def remove(self, channel: Channel) -> None:
        """Let a channel be gone, with its threads."""
        for thread in list(channel.threads.values()):
            self.remove(thread)
        del self.channels[channel.id]
        if channel.thread and channel.parent is not None:
            channel.parent.threads.pop(channel.id, None)
        elif channel.guild is not None:
            channel.guild.channels.pop(channel.id, None)

    def may(self, user: User, channel: Channel) -> Allow:
        """What somebody may in a channel."""
        if channel.guild is None:
            return Allow.NOTHING if channel.foreign and user is self.bot else permissions(channel, None)
        return permissions(channel, channel.guild.members.get(user.id))

    def has_bot(self, guild: Guild) -> bool:
        """Whether the bot is in a server."""
        return self.bot.id in guild.members
