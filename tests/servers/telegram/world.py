"""Who and what exists: people, chats, their members, topics and messages; no HTTP."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .membership import rights
from .refusals import Refused
from .texts import Entity, part

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]


@dataclass(eq=False)
class User:
    """Somebody with a Telegram account."""

    id: int
    first_name: str
    username: str = ""
    language: str = "en"
    started: bool = True
    """Has written to the bot, or pressed its start button."""
    blocked: bool = False
    """Has blocked the bot."""
    deleted: bool = False
    is_bot: bool = False

    def card(self) -> Json:
        """The `User` of the Bot API."""
        card: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            card["username"] = self.username
        if self.language and not self.is_bot:
            card["language_code"] = self.language
        return card


@dataclass
class Topic:
    """A topic of a forum; its id is that of the message that made it."""

    id: int
    name: str
    closed: bool = False
    deleted: bool = False


@dataclass(eq=False)
class Chat:
    """A chat of any kind."""

    id: int
    type: str
    title: str = ""
    username: str = ""
    forum: bool = False
    members: dict[int, str] = field(default_factory=dict)
    """Status by user: creator, administrator, member, restricted, left, kicked."""
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    last_id: int = 0
    migrated_to: int = 0
    muted: bool = False
    """Nobody but administrators may write."""
    general_closed: bool = False
    person: User | None = None

    def card(self) -> Json:
        """The `Chat` of the Bot API."""
        card: Json = {"id": self.id, "type": self.type}
        if self.person is not None:
            card["first_name"] = self.person.first_name
        else:
            card["title"] = self.title
        name = self.person.username if self.person is not None else self.username
        return card | ({"username": name} if name else {}) | ({"is_forum": True} if self.forum else {})

    @property
    def next_id(self) -> int:
        """A message id that this chat hasn't had."""
        self.last_id += 1
        return self.last_id

    def member_card(self, user: User) -> Json:
        """The `ChatMember` of the Bot API."""
        status = self.members.get(user.id, "left")
        return {"status": status, "user": user.card()} | rights(status, self.type, forum=self.forum)

    def leads(self, user_id: int) -> bool:
        """Whether somebody administers this chat."""
        return self.members.get(user_id) in ("creator", "administrator")


@dataclass(frozen=True)
class Shown:
    """A message as a client shows it now."""

    id: int
    """Negative for ephemeral messages, which have a numbering of their own."""
    sender: int
    """The user, or the channel itself."""
    text: str
    entities: tuple[Entity, ...]
    keyboard: tuple[tuple[Json, ...], ...]
    rich: tuple[Json, ...]
    thread: int
    silent: bool
    edited: bool
    reply_to: int
    only_for: int
    """The one person who sees it, 0 for everybody."""
    raw: Json

    @property
    def labels(self) -> list[list[str]]:
        """What stands on the buttons, row by row."""
        return [[button["text"] for button in row] for row in self.keyboard]

    def parts(self, kind: str) -> list[str]:
        """List the pieces of text of one kind, such as bold or url."""
        return [part(self.text, entity) for entity in self.entities if entity["type"] == kind]


class World:
    """All chats and people of this server, and the bot among them."""

    def __init__(self, username: str = "paperround_bot", now: Callable[[], float] = time.time) -> None:
        self.now = now
        self.bot = User(4242, "paperround", username, is_bot=True)
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.ephemeral_id = 0

    def user(self, first_name: str, *, username: str = "", language: str = "en", **more: Any) -> User:
        """Let somebody have an account, and a private chat with the bot."""
        user = User(100_000 + len(self.users), first_name, username, language, **more)
        return self.add_user(user)

    def add_user(self, user: User) -> User:
        """Take in somebody under an id of their own."""
        self.users[user.id] = user
        self.chats[user.id] = Chat(user.id, "private", person=user)
        return user

    def group(self, title: str, *members: User, bot: str = "member") -> Chat:
        """Make a basic group; the first member owns it."""
        return self._crowd(Chat(-(5000 + len(self.chats)), "group", title), members, bot)

    def supergroup(
        self, title: str, *members: User, bot: str = "member", forum: bool = False, username: str = ""
    ) -> Chat:
        """Make a supergroup, with topics if wanted."""
        chat = Chat(-(1_000_000_000_000 + 5000 + len(self.chats)), "supergroup", title, username, forum)
        return self._crowd(chat, members, bot)

    def channel(self, title: str, *members: User, bot: str = "administrator", username: str = "") -> Chat:
        """Make a channel."""
        chat = Chat(-(1_000_000_000_000 + 5000 + len(self.chats)), "channel", title, username)
        return self._crowd(chat, members, bot)

    def _crowd(self, chat: Chat, members: tuple[User, ...], bot: str) -> Chat:
        chat.members = {
            member.id: "member" if number else "creator" for number, member in enumerate(members)
        } | {self.bot.id: bot}
        chat.last_id = chat.type == "supergroup"  # its first message says that it exists; topics start later
        self.chats[chat.id] = chat
        return chat

    def chat(self, chat_id: int | str) -> Chat:
        """Find a chat as a request names it.

        Raises:
            Refused: There's none that this bot knows.
        """
        if isinstance(chat_id, str) and chat_id.startswith("@"):
            for chat in self.chats.values():
                if chat.username and chat.username.lower() == chat_id[1:].lower():
                    return chat
            raise Refused("chat not found")
        if chat_id in ("", None):
            raise Refused("chat_id is empty")
        number = int(chat_id) if str(chat_id).lstrip("-").isdigit() else 0
        if number not in self.chats:
            raise Refused("chat not found")
        return self.chats[number]

    def base(self, chat: Chat, sender: User | None, thread: int = 0) -> Json:
        """Begin a message with its number, sender, chat and date."""
        message: Json = {"message_id": chat.next_id}
        if thread:
            message["message_thread_id"] = thread
        if chat.type == "channel":
            message["sender_chat"] = chat.card()
        elif sender is not None:
            message["from"] = sender.card()
        message |= {"chat": chat.card(), "date": int(self.now())}
        if thread and chat.forum:
            message["is_topic_message"] = True
        return message

    def shown(self, chat: Chat | User | int, thread: int | None = None) -> list[Shown]:
        """Show a chat as it is now, oldest first; one topic of it, or with `thread=0` what is in none."""
        number = chat if isinstance(chat, int) else chat.id
        found = [_shown(message) for message in self.chats[number].messages.values()]
        return [message for message in found if thread is None or message.thread == thread]

    def last(self, chat: Chat | User | int, thread: int | None = None) -> Shown:
        """The newest message of a chat."""
        return self.shown(chat, thread)[-1]


def _shown(message: Json) -> Shown:
    text = message.get("text") or message.get("caption") or ""
    sender = message.get("from") or message.get("sender_chat") or {"id": 0}
    return Shown(
        message["message_id"] or -message["ephemeral_message_id"],
        sender["id"],
        text,
        tuple(message.get("entities") or message.get("caption_entities") or ()),
        tuple(tuple(row) for row in message.get("reply_markup", {}).get("inline_keyboard", ())),
        tuple(message.get("rich_message", {}).get("blocks", ())),
        message.get("message_thread_id", 0) if message.get("is_topic_message") else 0,
        bool(message.get("_silent")),
        "edit_date" in message,
        message.get("reply_to_message", {}).get("message_id", 0),
        message.get("receiver_user", {}).get("id", 0),
        message,
    )
