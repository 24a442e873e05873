"""Puts messages where they belong, changes and removes them, and lets the gateway tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .cards import channel_card, member_card, moment
from .messages import public
from .sessions import Intents

if TYPE_CHECKING:
    from .server import DiscordServer
    from .world import Channel

Json = dict[str, Any]


def post(server: DiscordServer, channel: Channel, message: Json) -> Json:
    """Put a message into a channel; ephemeral ones are told to nobody."""
    number = int(message["id"])
    channel.messages[number] = message
    channel.last_message_id = number
    if message.get("_only_for"):
        return message
    if channel.archived:
        channel.archived = False
        told(server, "THREAD_UPDATE", channel)
    _tell(server, "MESSAGE_CREATE", channel, message)
    return message


def changed(server: DiscordServer, channel: Channel, message: Json) -> None:
    """Mark a message as edited now."""
    message["edited_timestamp"] = moment(server.world.now())
    if not message.get("_only_for"):
        _tell(server, "MESSAGE_UPDATE", channel, message)


def remove(server: DiscordServer, channel: Channel, message: Json) -> None:
    """Take a message away."""
    channel.messages.pop(int(message["id"]), None)
    if message.get("_only_for"):
        return
    gone = {"id": message["id"], "channel_id": str(channel.id)}
    if channel.guild is not None:
        gone["guild_id"] = str(channel.guild.id)
    server.gateway.tell("MESSAGE_DELETE", gone, guild=channel.guild, intent=_intent(channel))


def _intent(channel: Channel) -> Intents:
    return Intents.DIRECT_MESSAGES if channel.guild is None else Intents.GUILD_MESSAGES


def _tell(server: DiscordServer, event: str, channel: Channel, message: Json) -> None:
    gateway, world = server.gateway, server.world
    if not gateway.sessions or not world.may(world.bot, channel):
        return
    data = public(message) | {"channel_type": channel.type}
    if channel.guild is not None:
        data["guild_id"] = str(channel.guild.id)
        member = channel.guild.members.get(int(message["author"]["id"]))
        if member is not None:
            data["member"] = {k: v for k, v in member_card(member).items() if k != "user"}
    gateway.tell(
        event,
        data,
        guild=channel.guild,
        intent=_intent(channel),
        blank=None if readable(server, channel, message) else data | blank(),
    )


def blank() -> Json:
    """What stands in a message for those who may not read it."""
    return {"content": "", "embeds": [], "attachments": [], "components": []}


def readable(server: DiscordServer, channel: Channel, message: Json) -> bool:
    """Whether the bot may read a message without the intent for it: its own, direct ones, and mentions."""
    bot = str(server.world.bot.id)
    return (
        channel.guild is None
        or message["author"]["id"] == bot
        or any(user["id"] == bot for user in message["mentions"])
    )


def told(server: DiscordServer, event: str, channel: Channel, **more: Any) -> None:
    """Tell of a channel or thread that the bot may see."""
    if channel.guild is not None and server.world.may(server.world.bot, channel):
        server.gateway.tell(event, channel_card(channel) | more, guild=channel.guild, intent=Intents.GUILDS)
