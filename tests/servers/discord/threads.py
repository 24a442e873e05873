"""Threads and forum posts: opened by the bot, changed, joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import posting
from .asking import joined
from .cards import born, channel_card
from .messages import public
from .permissions import Allow
from .refusals import (
    MISSING_PERMISSIONS,
    TAG_REQUIRED,
    THREAD_EXISTS,
    WRONG_CHANNEL_TYPE,
    Refused,
    invalid,
    within,
)
from .sending import compose, found, needs, visible, writable
from .world import FORUM, MEDIA, NEWS, NEWS_THREAD, PRIVATE_THREAD, PUBLIC_THREAD, TEXT

if TYPE_CHECKING:
    from .request import Request
    from .server import DiscordServer
    from .world import Channel

Json = dict[str, Any]


def _named(body: Json) -> Json:
    name = body.get("name")
    if not isinstance(name, str) or not 1 <= len(name) <= 100:
        raise invalid("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    if body.get("auto_archive_duration") not in (None, 60, 1440, 4320, 10080):
        raise invalid(
            "auto_archive_duration", "BASE_TYPE_CHOICES", "Value must be one of (60, 1440, 4320, 10080)."
        )
    return {"name": name, "auto_archive": body.get("auto_archive_duration") or 4320}


def _open(server: DiscordServer, parent: Channel, kind: int, **more: Any) -> Channel:
    bot = server.world.bot.id
    thread = server.world.channel(kind, guild=parent.guild, parent=parent, owner_id=bot, **more)
    thread.people.add(bot)
    posting.told(server, "THREAD_CREATE", thread, newly_created=True)
    return thread


def _answer(thread: Channel) -> Json:
    member = {"id": str(thread.id), "user_id": str(thread.owner_id), "flags": 0}
    return channel_card(thread) | {"member": member | {"join_timestamp": born(thread.id)}}


def from_message(server: DiscordServer, request: Request) -> tuple[int, Json]:
    """POST a thread under a message, whose id it gets."""
    parent = visible(server, request)
    if parent.type not in (TEXT, NEWS):
        raise Refused(WRONG_CHANNEL_TYPE)
    needs(server, parent, Allow.CREATE_PUBLIC_THREADS)
    message = found(parent, request.number("message"))
    if int(message["id"]) in server.world.channels:
        raise Refused(THREAD_EXISTS)
    kind = NEWS_THREAD if parent.type == NEWS else PUBLIC_THREAD
    thread = _open(server, parent, kind, number=int(message["id"]), **_named(request.body))
    message["flags"] |= 1 << 5
    message["thread"] = channel_card(thread)
    posting.changed(server, parent, message)
    message["edited_timestamp"] = None
    return 201, _answer(thread)


def create(server: DiscordServer, request: Request) -> tuple[int, Json]:
    """POST a thread without a message, or a post of a forum with its first one."""
    parent = visible(server, request)
    if parent.type in (FORUM, MEDIA):
        return 201, _post(server, parent, request)
    if parent.type not in (TEXT, NEWS):
        raise Refused(WRONG_CHANNEL_TYPE)
    kind = request.body.get("type") or PRIVATE_THREAD
    private = kind == PRIVATE_THREAD
    needs(server, parent, Allow.CREATE_PRIVATE_THREADS if private else Allow.CREATE_PUBLIC_THREADS)
    return 201, _answer(_open(server, parent, kind, **_named(request.body)))


def _post(server: DiscordServer, forum: Channel, request: Request) -> Json:
    needs(server, forum, Allow.SEND_MESSAGES)
    if request.files:
        needs(server, forum, Allow.ATTACH_FILES)
    body: Json = request.body
    name = _named(body)
    if not isinstance(body.get("message"), dict):
        raise invalid("message", "BASE_TYPE_REQUIRED", "This field is required")
    tags = tuple(int(number) for number in body.get("applied_tags") or ())
    if len(tags) > 5 or not set(tags) <= set(forum.tags):
        raise invalid("applied_tags", "INVALID_FORUM_TAG", "The tag does not exist.")
    if forum.tag_required and not tags:
        raise Refused(TAG_REQUIRED)
    with within("message"):
        message = compose(server, forum, body["message"], request.files)
    # The post has the id of its first message.
    thread = _open(server, forum, PUBLIC_THREAD, number=int(message["id"]), applied_tags=tags, **name)
    forum.last_message_id = thread.id
    message["channel_id"] = str(thread.id)
    posting.post(server, thread, message)
    server.sent += 1
    return _answer(thread) | {"message": public(message)}


def change(server: DiscordServer, request: Request) -> Json:
    """PATCH a thread: its name, whether it's archived or locked."""
    thread = visible(server, request)
    if not thread.thread:
        needs(server, thread, Allow.MANAGE_CHANNELS)
        thread.name = request.body.get("name", thread.name)
        posting.told(server, "CHANNEL_UPDATE", thread)
        return channel_card(thread)
    body: Json = request.body
    if "locked" in body or thread.owner_id != server.world.bot.id:
        needs(server, thread, Allow.MANAGE_THREADS)
    if "name" in body:
        thread.name = _named(body)["name"]
    thread.locked = bool(body.get("locked", thread.locked))
    thread.archived = bool(body.get("archived", thread.archived))
    posting.told(server, "THREAD_UPDATE", thread)
    return channel_card(thread)


def delete(server: DiscordServer, request: Request) -> Json:
    """DELETE a channel or thread."""
    channel = visible(server, request)
    needs(server, channel, Allow.MANAGE_THREADS if channel.thread else Allow.MANAGE_CHANNELS)
    return server.crowds.remove(channel)


def join(server: DiscordServer, request: Request) -> None:
    """PUT the bot into a thread."""
    thread = visible(server, request)
    writable(server, thread, {})
    thread.people.add(server.world.bot.id)


def leave(server: DiscordServer, request: Request) -> None:
    """DELETE the bot from a thread."""
    visible(server, request).people.discard(server.world.bot.id)


def active(server: DiscordServer, request: Request) -> Json:
    """GET the threads of a server that aren't archived."""
    guild = joined(server, request)
    threads = [t for c in guild.channels.values() for t in c.threads.values() if not t.archived]
    seen = [channel_card(thread) for thread in threads if server.world.may(server.world.bot, thread)]
    return {"threads": seen, "members": []}


def archived(server: DiscordServer, request: Request) -> Json:
    """GET the public threads of a channel that are archived."""
    parent = visible(server, request)
    if not server.world.may(server.world.bot, parent) & Allow.READ_MESSAGE_HISTORY:
        raise Refused(MISSING_PERMISSIONS)
    threads = [channel_card(t) for t in parent.threads.values() if t.archived and not t.private]
    return {"threads": threads, "members": [], "has_more": False}
