"""Messages over REST: written, read, changed and deleted by the bot in channels where it may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import posting
from .message_rules import check
from .messages import empty, fill, pings, public
from .permissions import Allow
from .refusals import (
    ARCHIVED,
    CLOSED_TO_YOU,
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    NO_HISTORY,
    NO_TEXT_CHANNEL,
    NOT_YOURS,
    UNKNOWN_MESSAGE,
    Refused,
    invalid,
)

if TYPE_CHECKING:
    from .messages import Upload
    from .request import Request
    from .server import DiscordServer
    from .world import Channel

Json = dict[str, Any]

SAME_NONCE_SECONDS = 300.0
"""How long a nonce is remembered; Discord says only "the past few minutes"."""


def visible(server: DiscordServer, request: Request) -> Channel:
    """Find the channel of a request, or refuse as Discord does when the bot can't see it."""
    channel = server.world.find(request.names["channel"])
    if not server.world.may(server.world.bot, channel):
        raise Refused(MISSING_ACCESS)
    return channel


def needs(server: DiscordServer, channel: Channel, *wanted: Allow) -> None:
    """Refuse when the bot lacks one of these permissions there."""
    may = server.world.may(server.world.bot, channel)
    if not all(may & one for one in wanted):
        raise Refused(MISSING_PERMISSIONS)


def writable(server: DiscordServer, channel: Channel, files: dict[str, Upload]) -> None:
    """Refuse as Discord does when the bot may not write there."""
    if not channel.writable:
        raise Refused(NO_TEXT_CHANNEL)
    if channel.recipient is not None and channel.recipient.closed:
        raise Refused(CLOSED_TO_YOU)
    needs(server, channel, Allow.SEND_MESSAGES_IN_THREADS if channel.thread else Allow.SEND_MESSAGES)
    if files:
        needs(server, channel, Allow.ATTACH_FILES)
    if (
        channel.locked
        and channel.archived
        and not server.world.may(server.world.bot, channel) & (Allow.MANAGE_THREADS)
    ):
        raise Refused(ARCHIVED)


def compose(server: DiscordServer, channel: Channel, body: Json, files: dict[str, Upload]) -> Json:
    """Make a message of the bot's from a body, without putting it anywhere."""
    world = server.world
    if server.check:
        check(body, files)
    message = empty(world, channel, world.bot)
    server.files |= fill(world, message, body, files, server.url)
    message["_pings"] = pings(message, body.get("allowed_mentions"), world.may(world.bot, channel))
    reference = body.get("message_reference")
    if reference:
        _reply(server, channel, message, reference)
    if body.get("nonce") is not None:
        message["nonce"] = body["nonce"]
    return message


def _reply(server: DiscordServer, channel: Channel, message: Json, reference: Json) -> None:
    replied = channel.messages.get(int(reference["message_id"]))
    if replied is None:
        if reference.get("fail_if_not_exists", True):
            raise invalid("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
        return
    if not server.world.may(server.world.bot, channel) & Allow.READ_MESSAGE_HISTORY:
        raise Refused(NO_HISTORY)
    message["type"] = 19
    message["message_reference"] = {
        "type": 0,
        "message_id": replied["id"],
        "channel_id": str(channel.id),
    } | ({"guild_id": str(channel.guild.id)} if channel.guild else {})
    message["referenced_message"] = public(replied)


def create(server: DiscordServer, request: Request) -> Json:
    """POST a message; the same nonce within minutes gives the message that is there already."""
    channel = visible(server, request)
    writable(server, channel, request.files)
    nonce = request.body.get("nonce")
    place = (channel.id, str(nonce))
    if nonce is not None and request.body.get("enforce_nonce") and place in server.nonces:
        at, message = server.nonces[place]
        if request.at - at < SAME_NONCE_SECONDS:
            server.repeated += 1
            return public(message)
    message = posting.post(server, channel, compose(server, channel, request.body, request.files))
    server.sent += 1
    if nonce is not None:
        server.nonces[place] = (request.at, message)
    return public(message)


def found(channel: Channel, number: int) -> Json:
    """Find a message that the bot can read there; ephemeral ones aren't."""
    message = channel.messages.get(number)
    if message is None or message.get("_only_for"):
        raise Refused(UNKNOWN_MESSAGE)
    return message


def _read(server: DiscordServer, channel: Channel, message: Json) -> Json:
    may_read = posting.readable(server, channel, message) or server.content_intent
    return public(message) if may_read else public(message) | posting.blank()


def get(server: DiscordServer, request: Request) -> Json:
    """GET one message."""
    channel = visible(server, request)
    needs(server, channel, Allow.READ_MESSAGE_HISTORY)
    return _read(server, channel, found(channel, request.number("message")))


def history(server: DiscordServer, request: Request) -> list[Json]:
    """GET the last messages, newest first; none without the permission to read them."""
    channel = visible(server, request)
    if not channel.writable:
        raise Refused(NO_TEXT_CHANNEL)
    if not server.world.may(server.world.bot, channel) & Allow.READ_MESSAGE_HISTORY:
        return []
    limit = int(request.query.get("limit", 50))
    if not 1 <= limit <= 100:
        raise invalid("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
    before = int(request.query.get("before", 1 << 63))
    after = int(request.query.get("after", 0))
    numbers = [n for n, m in channel.messages.items() if after < n < before and not m.get("_only_for")]
    numbers.sort(reverse=True)
    chosen = numbers[-limit:] if after and "before" not in request.query else numbers[:limit]
    return [_read(server, channel, channel.messages[number]) for number in chosen]


def edit(server: DiscordServer, request: Request) -> Json:
    """PATCH one of the bot's own messages."""
    channel = visible(server, request)
    message = found(channel, request.number("message"))
    if message["author"]["id"] != str(server.world.bot.id):
        raise Refused(NOT_YOURS)
    if channel.archived:
        raise Refused(ARCHIVED)
    return change(server, channel, message, request.body, request.files)


def change(
    server: DiscordServer, channel: Channel, message: Json, body: Json, files: dict[str, Upload]
) -> Json:
    """Change a message as a body says, wherever it stands."""
    if server.check:
        check(body, files, message)
    draft = dict(message)  # a body that's refused changes nothing
    server.files |= fill(server.world, draft, body, files, server.url)
    message.update(draft)
    may = server.world.may(server.world.bot, channel)
    message["_pings"] = pings(message, body.get("allowed_mentions"), may)
    posting.changed(server, channel, message)
    server.edited += 1
    return public(message)


def delete(server: DiscordServer, request: Request) -> None:
    """DELETE a message: the bot's own, or others' with the permission."""
    channel = visible(server, request)
    message = found(channel, request.number("message"))
    if message["author"]["id"] != str(server.world.bot.id):
        needs(server, channel, Allow.MANAGE_MESSAGES)
    posting.remove(server, channel, message)


def typing(server: DiscordServer, request: Request) -> None:
    """POST that the bot is writing."""
    channel = visible(server, request)
    writable(server, channel, {})
    server.typed.append(channel.id)
