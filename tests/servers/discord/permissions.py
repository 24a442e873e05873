"""Who may do what where: Discord's permission bits, and what roles and overwrites make of them; pure."""

from __future__ import annotations

from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .world import Channel, Guild, Member, Role


class Allow(IntFlag):
    """Permissions by Discord's names: https://docs.discord.com/developers/topics/permissions."""

    NOTHING = 0
    CREATE_INSTANT_INVITE = 1 << 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    USE_EXTERNAL_APPS = 1 << 50


EVERYTHING = Allow((1 << 53) - 1)

EVERYONE = (
    Allow.CREATE_INSTANT_INVITE
    | Allow.ADD_REACTIONS
    | Allow.VIEW_CHANNEL
    | Allow.SEND_MESSAGES
    | Allow.EMBED_LINKS
    | Allow.ATTACH_FILES
    | Allow.READ_MESSAGE_HISTORY
    | Allow.USE_EXTERNAL_EMOJIS
    | Allow.USE_APPLICATION_COMMANDS
    | Allow.CREATE_PUBLIC_THREADS
    | Allow.CREATE_PRIVATE_THREADS
    | Allow.SEND_MESSAGES_IN_THREADS
    | Allow.USE_EXTERNAL_APPS
)
"""What @everyone may in a new server, of the permissions above."""

DIRECT = EVERYONE & ~(
    Allow.CREATE_PUBLIC_THREADS | Allow.CREATE_PRIVATE_THREADS | Allow.CREATE_INSTANT_INVITE
)
"""What everybody may in a direct message."""


def base(guild: Guild, member: Member) -> Allow:
    """What a member may in a server, before channels have their say."""
    if guild.owner is member.user:
        return EVERYTHING
    allowed = guild.everyone.permissions
    for role in _roles(guild, member):
        allowed |= role.permissions
    return EVERYTHING if allowed & Allow.ADMINISTRATOR else allowed


def _roles(guild: Guild, member: Member) -> list[Role]:
    return [guild.roles[number] for number in sorted(member.roles) if number in guild.roles]


def permissions(channel: Channel, member: Member | None) -> Allow:
    """What a member may in a channel or thread; nothing for who isn't there."""
    if channel.guild is None:
        return DIRECT
    if member is None:
        return Allow.NOTHING
    guild, place = channel.guild, channel.parent if channel.thread and channel.parent else channel
    allowed = base(guild, member)
    if allowed & Allow.ADMINISTRATOR:
        return allowed
    # First @everyone's overwrite, then those of all roles at once, then the member's own.
    layers = (
        [guild.everyone.id],
        [role.id for role in _roles(guild, member)],
        [member.user.id],
    )
    for layer in layers:
        allow = deny = Allow.NOTHING
        for number in layer:
            overwrite = place.overwrites.get(number)
            if overwrite is not None:
                allow, deny = allow | overwrite.allow, deny | overwrite.deny
        allowed = allowed & ~deny | allow
    hidden = channel.private and member.user.id not in channel.people and not allowed & Allow.MANAGE_THREADS
    return Allow.NOTHING if hidden or not allowed & Allow.VIEW_CHANNEL else allowed
