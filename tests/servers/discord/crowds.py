"""How servers change: who joins and leaves, channels and permissions that come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import posting
from .cards import channel_card, guild_card, member_card, role_card, user_card
from .permissions import Allow
from .sessions import Intents
from .world import FORUM, PUBLIC_THREAD, TEXT, Member, Overwrite, Role

if TYPE_CHECKING:
    from .server import DiscordServer
    from .world import Channel, Guild, User

Json = dict[str, Any]


class Crowds:
    """Changes of servers, and the events that tell of them."""

    def __init__(self, server: DiscordServer) -> None:
        self.server, self.world, self.gateway = server, server.world, server.gateway

    def guild(
        self,
        name: str,
        *members: User,
        bot: Allow | None = Allow.NOTHING,
        shard: int = 0,
        locale: str = "en-US",
    ) -> Guild:
        """Make a server; the first person owns it.

        Args:
            name: What it's called.
            members: Who is there.
            bot: What the bot's role allows beside what all may; None leaves the bot out.
            shard: Which shard has it.
            locale: Its language.
        """
        guild = self.world.make_guild(name, *members, shard=(shard, self.server.shards), locale=locale)
        if bot is not None:
            self.join(guild, bot)
        return guild

    def join(self, guild: Guild, allowed: Allow = Allow.NOTHING) -> None:
        """Bring the bot into a server, with a role of its own."""
        role = Role(self.world.new_id(), self.world.bot.name, allowed, position=1, managed=True)
        guild.roles[role.id] = role
        guild.members[self.world.bot.id] = Member(self.world.bot, {role.id})
        if not guild.unavailable:
            self.gateway.tell_guild(guild, joined=True)

    def leave(self, guild: Guild) -> None:
        """Take the bot out of a server."""
        left = guild.members.pop(self.world.bot.id)
        for number in left.roles:
            guild.roles.pop(number, None)
        self.gateway.tell("GUILD_DELETE", {"id": str(guild.id)}, guild=guild, intent=Intents.GUILDS)

    def outage(self, guild: Guild, *, over: bool = False) -> None:
        """Let a server be unreachable, or (over) reachable again."""
        guild.unavailable = not over
        if over:
            self.gateway.tell_guild(guild, joined=False)
        else:
            gone = {"id": str(guild.id), "unavailable": True}
            self.gateway.tell("GUILD_DELETE", gone, guild=guild, intent=Intents.GUILDS)

    def enter(self, user: User, guild: Guild) -> Member:
        """Let somebody come in."""
        member = guild.members[user.id] = Member(user)
        card = member_card(member) | {"guild_id": str(guild.id)}
        self.gateway.tell("GUILD_MEMBER_ADD", card, guild=guild, intent=Intents.GUILD_MEMBERS)
        return member

    def go(self, user: User, guild: Guild) -> None:
        """Let somebody go."""
        del guild.members[user.id]
        card = {"guild_id": str(guild.id), "user": user_card(user)}
        self.gateway.tell("GUILD_MEMBER_REMOVE", card, guild=guild, intent=Intents.GUILD_MEMBERS)

    def role(self, guild: Guild, name: str, allowed: Allow, *users: User) -> Role:
        """Make a role and give it to these people; Discord tells of the bot's own roles always."""
        role = Role(self.world.new_id(), name, allowed, position=len(guild.roles))
        guild.roles[role.id] = role
        card = {"guild_id": str(guild.id), "role": role_card(role)}
        self.gateway.tell("GUILD_ROLE_CREATE", card, guild=guild, intent=Intents.GUILDS)
        for user in users:
            member = guild.members[user.id]
            member.roles.add(role.id)
            if user is self.world.bot:
                changed = member_card(member) | {"guild_id": str(guild.id)}
                self.gateway.tell("GUILD_MEMBER_UPDATE", changed, guild=guild, intent=Intents.GUILDS)
        return role

    def allow(self, role: Role, guild: Guild, allowed: Allow) -> None:
        """Change what a role allows; @everyone is `guild.everyone`."""
        role.permissions = allowed
        card = {"guild_id": str(guild.id), "role": role_card(role)}
        self.gateway.tell("GUILD_ROLE_UPDATE", card, guild=guild, intent=Intents.GUILDS)

    def text(self, guild: Guild, name: str, kind: int = TEXT) -> Channel:
        """Open a text channel, or one of another kind."""
        channel = self.world.channel(kind, name=name, guild=guild)
        posting.told(self.server, "CHANNEL_CREATE", channel)
        return channel

    def forum(self, guild: Guild, name: str, *tags: str, tag_required: bool = False) -> Channel:
        """Open a forum."""
        channel = self.world.channel(FORUM, name=name, guild=guild, tag_required=tag_required)
        channel.tags = {self.world.new_id(): tag for tag in tags}
        posting.told(self.server, "CHANNEL_CREATE", channel)
        return channel

    def thread(self, parent: Channel, name: str, by: User, kind: int = PUBLIC_THREAD) -> Channel:
        """Let somebody open a thread, or a post in a forum."""
        thread = self.world.channel(kind, name=name, guild=parent.guild, parent=parent, owner_id=by.id)
        thread.people.add(by.id)
        posting.told(self.server, "THREAD_CREATE", thread, newly_created=True)
        return thread

    def archive(self, thread: Channel, *, locked: bool = False) -> None:
        """Put a thread away; a locked one opens for nobody but moderators."""
        thread.archived, thread.locked = True, locked
        posting.told(self.server, "THREAD_UPDATE", thread)

    def overwrite(
        self,
        channel: Channel,
        whom: Role | User | None = None,
        *,
        allow: Allow = Allow.NOTHING,
        deny: Allow = Allow.NOTHING,
    ) -> None:
        """Change what a role or somebody (None: everyone) may in a channel."""
        assert channel.guild is not None, "direct messages have no permissions"
        target = whom or channel.guild.everyone
        saw = self.world.may(self.world.bot, channel)
        channel.overwrites[target.id] = Overwrite(allow, deny, person=not isinstance(target, Role))
        sees = self.world.may(self.world.bot, channel)
        if saw or sees:
            # A channel that the bot can't see any more still tells it of that.
            card = channel_card(channel)
            self.gateway.tell("CHANNEL_UPDATE", card, guild=channel.guild, intent=Intents.GUILDS)

    def remove(self, channel: Channel) -> Json:
        """Delete a channel or thread."""
        card = channel_card(channel)
        if channel.thread:
            card = {name: card[name] for name in ("id", "guild_id", "parent_id", "type")}
        if self.world.may(self.world.bot, channel):
            event = "THREAD_DELETE" if channel.thread else "CHANNEL_DELETE"
            self.gateway.tell(event, card, guild=channel.guild, intent=Intents.GUILDS)
        self.world.remove(channel)
        return card

    def rename(self, guild: Guild, name: str) -> None:
        """Call a server something else."""
        guild.name = name
        self.gateway.tell("GUILD_UPDATE", guild_card(guild), guild=guild, intent=Intents.GUILDS)
