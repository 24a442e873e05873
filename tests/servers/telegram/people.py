"""What people do: they write, press, ask inline, come and go."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from .detection import written
from .rich import plain
from .sending import public

if TYPE_CHECKING:
    from .updates import UpdateQueue
    from .world import Chat, Json, Shown, User, World


class Press:
    """A press on a button, and how it was answered."""

    def __init__(self, number: str, user: User, message_id: int, data: str, url: str = "") -> None:
        self.id, self.user, self.message_id, self.data, self.url = number, user, message_id, data, url
        self.pressed_at = time.monotonic()
        self.answered_at: float | None = None
        self.text = ""
        self.alert = False
        self.answered = asyncio.Event()

    def answer(self, text: str, *, alert: bool, url: str) -> None:
        """Take the bot's answer."""
        self.text, self.alert, self.url = text, alert, url
        self.answered_at = time.monotonic()
        self.answered.set()

    @property
    def took(self) -> float:
        """Seconds until it was answered."""
        assert self.answered_at is not None, f"nobody answered the press on {self.data}"
        return self.answered_at - self.pressed_at


class InlineQuery:
    """Something asked inline, and what was offered."""

    def __init__(self, number: str, user: User, query: str) -> None:
        self.id, self.user, self.query = number, user, query
        self.given: Json = {}
        self.contents: dict[str, Json] = {}
        self.answered = asyncio.Event()

    def answer(self, given: Json) -> None:
        """Take the bot's answer."""
        self.given = given
        self.answered.set()

    @property
    def results(self) -> list[Json]:
        """What was offered."""
        return list(self.given.get("results", ()))


class People:
    """Everybody but the bot."""

    def __init__(self, world: World, updates: UpdateQueue) -> None:
        self.world, self.updates = world, updates
        self.presses: dict[str, Press] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.inline_messages: dict[str, Json] = {}
        self.privacy = True

    def say(
        self,
        user: User,
        chat: Chat | User,
        text: str,
        *,
        thread: int = 0,
        reply_to: Shown | int | None = None,
        **more: Any,
    ) -> Shown:
        """Write something; `more` is put into the message as it is."""
        place = self.world.chats[chat.id]
        if place.person is not None:
            place.person.started = True
        message = self.world.base(place, user, thread)
        words, entities = written(text)
        message |= {"text": words} | ({"entities": entities} if entities else {}) | more
        number = reply_to if isinstance(reply_to, int) else reply_to.id if reply_to else 0
        number = number or (
            thread if place.forum else 0
        )  # Telegram says that a topic's messages reply to its start
        if number and (replied := place.messages.get(number)):
            message["reply_to_message"] = {
                k: v for k, v in public(replied).items() if k != "reply_to_message"
            }
        place.messages[message["message_id"]] = message
        if self._heard(place, message):
            self.updates.put("channel_post" if place.type == "channel" else "message", message)
        return self.world.shown(place)[-1]

    def edit(self, message: Shown, text: str) -> None:
        """Change what somebody wrote."""
        raw = message.raw
        raw["text"], entities = written(text)
        raw.pop("entities", None)
        raw |= {"edit_date": int(self.world.now())} | ({"entities": entities} if entities else {})
        kind = "edited_channel_post" if raw["chat"]["type"] == "channel" else "edited_message"
        if self._heard(self.world.chats[raw["chat"]["id"]], raw):
            self.updates.put(kind, raw)

    def _heard(self, chat: Chat, message: Json) -> bool:
        """Whether the bot gets to know: privacy mode hides most of what groups talk about."""
        bot = self.world.bot
        if chat.members.get(bot.id, "left") in ("left", "kicked") and chat.type != "private":
            return False
        if message.get("from", {}).get("is_bot"):
            return False
        if chat.type in ("private", "channel") or not self.privacy or chat.leads(bot.id):
            return True
        if message.get("reply_to_message", {}).get("from", {}).get("id") == bot.id:
            return True
        text = message["text"]
        if not text.startswith("/"):
            return bool(message.get("via_bot", {}).get("id") == bot.id)
        _, _, addressed = text.split()[0].partition("@")
        return not addressed or addressed.lower() == bot.username.lower()

    def press(
        self, user: User, message: Shown | int, label: str, *, chat: Chat | User | None = None
    ) -> Press:
        """Press the button with this label; a button with a link is opened and tells the bot nothing."""
        if isinstance(message, int):
            assert chat is not None, "a number needs its chat"
            raw = self.world.chats[chat.id].messages[message]
        else:
            raw = message.raw
        buttons = [button for row in raw.get("reply_markup", {}).get("inline_keyboard", ()) for button in row]
        buttons += _rich_buttons(raw.get("rich_message", {}).get("blocks", []))
        found = [button for button in buttons if plain(button["text"]) == label]
        assert found, f"no button {label!r}; there are {[plain(button['text']) for button in buttons]}"
        return self.press_data(user, raw, found[0].get("callback_data", ""), found[0].get("url", ""))

    def press_data(self, user: User, raw: Json, data: str, url: str = "") -> Press:
        """Press with data that needn't stand on any button, as old messages and hostile clients do."""
        number = str(7_000_000_000 + len(self.presses))
        press = self.presses[number] = Press(number, user, raw["message_id"], data, url)
        if data:
            what: Json = {
                "id": number,
                "from": user.card(),
                "chat_instance": str(raw["chat"]["id"]),
                "data": data,
            }
            inline = raw.get("_inline")
            what |= {"inline_message_id": inline} if inline else {"message": public(raw)}
            self.updates.put("callback_query", what)
        return press

    def inline(self, user: User, query: str, offset: str = "") -> InlineQuery:
        """Ask the bot inline."""
        number = str(8_000_000_000 + len(self.inline_queries))
        asked = self.inline_queries[number] = InlineQuery(number, user, query)
        self.updates.put(
            "inline_query",
            {"id": number, "from": user.card(), "query": query, "offset": offset, "chat_type": "sender"},
        )
        return asked

    def choose(self, asked: InlineQuery, index: int, chat: Chat | User) -> Shown:
        """Send one of the things that were offered into a chat."""
        result, place = asked.results[index], self.world.chats[chat.id]
        message = self.world.base(place, asked.user) | asked.contents.get(result["id"], {})
        message["via_bot"] = self.world.bot.card()
        name = f"inline{len(self.inline_messages)}"
        if "reply_markup" in result:
            message |= {"reply_markup": result["reply_markup"], "_inline": name}
        self.inline_messages[name] = place.messages[message["message_id"]] = message
        chosen: Json = {"result_id": result["id"], "from": asked.user.card(), "query": asked.query}
        if "reply_markup" in result:
            chosen["inline_message_id"] = name
        self.updates.put("chosen_inline_result", chosen)
        return self.world.shown(place)[-1]


def _rich_buttons(blocks: list[Json]) -> list[Json]:
    found: list[Json] = []
    for block in blocks:
        found += block.get("buttons", [])
        found += _rich_buttons(block.get("blocks", []))
        for item in block.get("items", []):
            found += _rich_buttons(item["blocks"])
    return found
