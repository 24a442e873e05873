"""People, servers and channels as Discord's JSON shows them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from .permissions import permissions
from .world import EPOCH_MS, FORUM

if TYPE_CHECKING:
    from .world import Channel, Guild, Member, Role, User, World

Json = dict[str, Any]


def moment(seconds: float) -> str:
    """A time as Discord writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


def born(number: int) -> str:
    """When an id was made."""
    return moment(((number >> 22) + EPOCH_MS) / 1000)


def user_card(user: User) -> Json:
    """A `User`."""
    return {
        "id": str(user.id),
        "username": user.name.lower(),
        "global_name": None if user.is_bot else user.name,
        "discriminator": "0",
        "avatar": None,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    } | ({"bot": True} if user.is_bot else {})


def member_card(member: Member) -> Json:
    """A `GuildMember`."""
    return {
        "user": user_card(member.user),
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": [str(number) for number in sorted(member.roles)],
        "joined_at": born(member.user.id),
        "premium_since": None,
        "communication_disabled_until": None,
        "pending": False,
        "deaf": False,
        "mute": False,
        "flags": 0,
    }


def asker_card(member: Member, channel: Channel) -> Json:
    """The member of an interaction, who comes with what they may in the channel."""
    return member_card(member) | {"permissions": str(int(permissions(channel, member)))}


def role_card(role: Role) -> Json:
    """A `Role`."""
    return {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(int(role.permissions)),
        "position": role.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role.managed,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def channel_card(channel: Channel) -> Json:
    """A channel, thread or direct message."""
    card: Json = {
        "id": str(channel.id),
        "type": channel.type,
        "last_message_id": str(channel.last_message_id) if channel.last_message_id else None,
        "flags": 0,
    }
    if channel.recipient is not None:
        return card | {"recipients": [user_card(channel.recipient)]}
    if channel.guild is None:
        return card
    card |= {"guild_id": str(channel.guild.id), "name": channel.name}
    card["parent_id"] = str(channel.parent.id) if channel.parent else None
    if channel.thread:
        return card | _thread(channel)
    card |= {
        "position": 0,
        "topic": None,
        "nsfw": False,
        "rate_limit_per_user": 0,
        "permission_overwrites": [
            {
                "id": str(number),
                "type": int(overwrite.person),
                "allow": str(int(overwrite.allow)),
                "deny": str(int(overwrite.deny)),
            }
            for number, overwrite in channel.overwrites.items()
        ],
    }
    if channel.type == FORUM:
        card |= {
            "flags": 16 if channel.tag_required else 0,
            "available_tags": [
                {"id": str(number), "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
                for number, name in channel.tags.items()
            ],
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
        }
    return card


def _thread(channel: Channel) -> Json:
    return {
        "owner_id": str(channel.owner_id),
        "rate_limit_per_user": 0,
        "message_count": len(channel.messages),
        "total_message_sent": len(channel.messages),
        "member_count": 1,
        "applied_tags": [str(number) for number in channel.applied_tags],
        "thread_metadata": {
            "archived": channel.archived,
            "archive_timestamp": born(channel.id),
            "auto_archive_duration": channel.auto_archive,
            "locked": channel.locked,
            "create_timestamp": born(channel.id),
        },
    }


def guild_card(guild: Guild) -> Json:
    """A `Guild` as REST answers it."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "description": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "banner": None,
        "features": [],
        "owner_id": str(guild.owner.id),
        "application_id": None,
        "region": "us-east",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "roles": [role_card(role) for role in guild.roles.values()],
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": guild.locale,
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": None,
    }


def guild_event(guild: Guild, world: World, *, members: bool) -> Json:
    """A server as GUILD_CREATE tells of it: what the bot may see, and people only to those who asked."""
    seen = [channel for channel in guild.channels.values() if world.may(world.bot, channel)]
    shown = [m for m in guild.members.values() if members or m.user is world.bot]
    return guild_card(guild) | {
        "joined_at": born(guild.id),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [member_card(member) for member in shown],
        "channels": [channel_card(channel) for channel in seen],
        "threads": [
            channel_card(thread)
            for channel in seen
            for thread in channel.threads.values()
            if not thread.archived
        ],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }
