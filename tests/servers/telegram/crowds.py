"""How chats change: who joins, leaves, leads; topics; groups that become supergroups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .world import Topic

if TYPE_CHECKING:
    from .updates import UpdateQueue
    from .world import Chat, Json, User, World


class Crowds:
    """Changes of membership and topics, and the updates that tell of them."""

    def __init__(self, world: World, updates: UpdateQueue) -> None:
        self.world, self.updates = world, updates

    def _status(self, by: User, chat: Chat, user: User, status: str) -> None:
        before = chat.member_card(user)
        chat.members[user.id] = status
        change: Json = {
            "chat": chat.card(),
            "from": by.card(),
            "date": int(self.world.now()),
            "old_chat_member": before,
            "new_chat_member": chat.member_card(user),
        }
        self.updates.put("my_chat_member" if user is self.world.bot else "chat_member", change)

    def _service(self, chat: Chat, by: User | None, what: Json, thread: int = 0) -> Json:
        message = self.world.base(chat, by, thread) | what
        chat.messages[message["message_id"]] = message
        self.updates.put("channel_post" if chat.type == "channel" else "message", message)
        return message

    def join(self, user: User, chat: Chat, *, by: User | None = None, status: str = "member") -> None:
        """Come into a chat, or bring the bot there."""
        self._status(by or user, chat, user, status)
        if chat.type != "channel":
            self._service(chat, by or user, {"new_chat_members": [user.card()]})

    def leave(self, user: User, chat: Chat, *, by: User | None = None, kicked: bool = False) -> None:
        """Go, or be thrown out; of the bot's own going only a member update tells."""
        self._status(by or user, chat, user, "kicked" if kicked else "left")
        if user is not self.world.bot and chat.type != "channel":
            self._service(chat, by or user, {"left_chat_member": user.card()})

    def promote(self, user: User, chat: Chat, *, by: User, status: str = "administrator") -> None:
        """Give or take somebody's rights."""
        self._status(by, chat, user, status)

    def block(self, user: User, *, blocked: bool = True) -> None:
        """Block the bot, or let it speak again."""
        chat = self.world.chats[user.id]
        states = ("member", "kicked") if blocked else ("kicked", "member")
        user.blocked = blocked
        cards = [
            {"status": state, "user": self.world.bot.card()}
            | ({"until_date": 0} if state == "kicked" else {})
            for state in states
        ]
        self.updates.put(
            "my_chat_member",
            {
                "chat": chat.card(),
                "from": user.card(),
                "date": int(self.world.now()),
                "old_chat_member": cards[0],
                "new_chat_member": cards[1],
            },
        )

    def topic(self, chat: Chat, name: str, by: User) -> Topic:
        """Open a topic; its id is that of the message which says so."""
        number = chat.last_id + 1
        made = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        self._service(chat, by, made, number)
        chat.topics[number] = Topic(number, name)
        return chat.topics[number]

    def close_topic(self, chat: Chat, topic: Topic, by: User, *, closed: bool = True) -> None:
        """Close a topic, or open it again."""
        topic.closed = closed
        self._service(chat, by, {"forum_topic_closed" if closed else "forum_topic_reopened": {}}, topic.id)

    def delete_topic(self, chat: Chat, topic: Topic) -> None:
        """Delete a topic and all that stands there; the bot isn't told."""
        topic.deleted = True
        chat.messages = {
            number: message
            for number, message in chat.messages.items()
            if message.get("message_thread_id") != topic.id
        }

    def migrate(self, chat: Chat, by: User) -> Chat:
        """Turn a basic group into a supergroup; the old id refuses everything from now on."""
        grown = self.world.supergroup(chat.title)
        grown.members = dict(chat.members)
        self._service(chat, by, {"migrate_to_chat_id": grown.id})
        self._service(grown, by, {"migrate_from_chat_id": chat.id})
        chat.migrated_to = grown.id
        return grown
