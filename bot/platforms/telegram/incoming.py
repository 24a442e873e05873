"""What Telegram tells, as what people said: an update in, `bot.talk.Incoming` out, or nothing. Pure.

In groups only what is meant for the bot counts: commands, ``@bot`` and words, replies to what it wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import ChatMemberAdministrator, ChatMemberRestricted, Message
from telegram.constants import ChatMemberStatus, ChatType, MessageEntityType

from bot.access import Person
from bot.chats import Address
from bot.platforms.telegram.markup import JOINER
from bot.talk import Joined, Kind, Left, Place, Pressed, Relocated, Said, Speaker

if TYPE_CHECKING:
    from telegram import (
        CallbackQuery,
        Chat,
        ChatMember,
        ChatMemberUpdated,
        MaybeInaccessibleMessage,
        Update,
        User,
    )

    from bot.talk import Incoming

NAME = "telegram"

STOPPED = "stopped_message_generation"
"""The kind of update that comes from Stop below a draft; newer than the library."""

ALLOWED = ("message", "channel_post", "callback_query", "my_chat_member", "inline_query", STOPPED)
"""The kinds of updates that are asked for; an edit is no new word."""

WHISPERED = "only:"
"""What the ids of messages begin with that one member of a group sees; the member's and its own follow."""

_KINDS = {
    ChatType.PRIVATE: Kind.PRIVATE,
    ChatType.GROUP: Kind.GROUP,
    ChatType.SUPERGROUP: Kind.GROUP,
    ChatType.CHANNEL: Kind.CHANNEL,
}
_COMMAND = re.compile(r"[/／]([^\s@]+)(?:@(\w+))?(?=\s|$)(.*)", re.DOTALL)
_GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


@dataclass(frozen=True, slots=True)
class Myself:
    """Who the bot is: its id and its name without ``@``."""

    id: int
    username: str


def incoming(update: Update, myself: Myself) -> Incoming | None:
    """Return what an update says to the bot; None for what isn't meant for it."""
    if update.callback_query:
        return _press(update.callback_query)
    if update.my_chat_member:
        return _membership(update.my_chat_member)
    if message := update.message or update.channel_post:
        return _growth(message) or _message(message, myself)
    return None


def place_of(message: Message) -> Place | None:
    """Return where a message is; None for kinds of chats that the bot doesn't know."""
    kind = _kind(message.chat)
    if kind is None:
        return None
    # General has no thread of its own; elsewhere a thread is only a chain of replies.
    thread = message.message_thread_id if message.is_topic_message else None
    return _place(message.chat, kind, str(thread or ""), _topic_name(message))


def _kind(chat: Chat) -> Kind | None:
    return next((kind for known, kind in _KINDS.items() if chat.type == known), None)


def _place(chat: Chat, kind: Kind, thread: str = "", topic: str = "") -> Place:
    parent = Address(NAME, str(chat.id)) if thread else None
    title = chat.title or chat.full_name or ""
    title = f"{title}: {topic}" if topic else title
    return Place(Address(NAME, str(chat.id), thread), kind, title, parent)


def _topic_name(message: Message) -> str:
    root = message.reply_to_message
    return root.forum_topic_created.name if root and root.forum_topic_created else ""


def _growth(message: Message) -> Relocated | None:
    """Return that a group became a supergroup, which is said in both; whichever comes first is believed."""
    before, after = message.migrate_from_chat_id, message.migrate_to_chat_id
    place = place_of(message)
    if place is None or not (before or after):
        return None
    was = Place(Address(NAME, str(before or message.chat.id)), Kind.GROUP, place.title)
    by = _author(message) or Speaker(Person(NAME, was.address.chat))
    return Relocated(was, by, Address(NAME, str(after or message.chat.id)))


def _message(message: Message, myself: Myself) -> Incoming | None:
    place, by = place_of(message), _author(message)
    if place is None or by is None or message.is_automatic_forward:
        return None
    if message.via_bot and message.via_bot.id == myself.id:
        return None  # somebody shows others what the bot offered inline
    if place.address.thread and message.forum_topic_closed:
        return Left(place, by)
    if place.address.thread and message.forum_topic_reopened:
        return Joined(place, by)
    return _words(message, place, by, myself)


def _words(message: Message, place: Place, by: Speaker, myself: Myself) -> Said | None:
    text = (message.text or message.caption or "").replace(JOINER, "").strip()  # as it's copied from us
    if not text:
        return None
    replied = _replied(message)
    quoted = _with_links(replied) if replied else ""
    links = _links(message, text)
    private = place.kind is Kind.PRIVATE
    if command := _COMMAND.match(text):
        name, to, words = command.groups()
        if to and to.lower() != myself.username.lower():
            return None
        return Said(place, by, f"/{name}{words}{links}", quoted, addressed=bool(to) or private)
    called = re.match(rf"@{re.escape(myself.username)}\b[\s,:]*", text, re.IGNORECASE)
    answers = replied is not None and replied.from_user is not None and replied.from_user.id == myself.id
    if not (private or called or answers):
        return None
    return Said(place, by, (text[called.end() :] if called else text) + links, quoted)


def _replied(message: Message) -> Message | None:
    """Return what a message replies to; every word in a topic replies to the topic's beginning."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created or replied.message_id == message.message_thread_id:
        return None
    return replied


def _with_links(message: Message) -> str:
    text = message.text or message.caption or ""
    return text + _links(message, text)


def _links(message: Message, text: str) -> str:
    """Return the links that stand behind words, each after a blank."""
    entities = message.entities or message.caption_entities or ()
    urls = (each.url for each in entities if each.type == MessageEntityType.TEXT_LINK and each.url)
    return "".join(f" {url}" for url in dict.fromkeys(urls) if url not in text)


def _author(message: Message) -> Speaker | None:
    """Return who wrote a message; a group's hidden admin and a channel speak as the chat itself."""
    if message.sender_chat:
        chat = message.sender_chat
        return Speaker(Person(NAME, str(chat.id)), chat.title or "")
    if message.from_user is None or message.from_user.is_bot:
        return None
    return _speaker(message.from_user)


def _speaker(user: User) -> Speaker:
    return Speaker(Person(NAME, str(user.id)), user.full_name, user.language_code or "")


def _press(query: CallbackQuery) -> Pressed | None:
    message = query.message
    if message is None or query.data is None:
        return None  # a button of what was sent inline; those are links
    if isinstance(message, Message):
        place = place_of(message)
    else:  # too old for Telegram to say more of it
        kind = _kind(message.chat)
        place = _place(message.chat, kind) if kind else None
    if place is None:
        return None
    return Pressed(place, _speaker(query.from_user), query.data, _number_of(message))


def _number_of(message: MaybeInaccessibleMessage) -> str:
    """Return a message's id; of one that a single member sees, with whom, or nobody can name it."""
    known = message.api_kwargs
    if number := known.get("ephemeral_message_id"):
        return f"{WHISPERED}{known['receiver_user']['id']}:{number}"
    return str(message.message_id)


def _membership(change: ChatMemberUpdated) -> Incoming | None:
    kind = _kind(change.chat)
    if kind is None:
        return None
    place, by = _place(change.chat, kind), _speaker(change.from_user)
    before, after = (_may_write(each, kind) for each in (change.old_chat_member, change.new_chat_member))
    if before and not after:
        return Left(place, by)
    # Whoever lets the bot speak again in a private chat presses Start, which says so too.
    return Joined(place, by) if after and not before and kind is not Kind.PRIVATE else None


def _may_write(member: ChatMember, kind: Kind) -> bool:
    if member.status in _GONE:
        return False
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    if kind is Kind.CHANNEL:
        return isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
    return True
