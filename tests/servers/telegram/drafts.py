"""Drafts: what a bot shows below a private chat while it works; no messages, and nobody keeps them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .refusals import Refused
from .sending import content, rich_content, throttled, writable

if TYPE_CHECKING:
    from .server import TelegramServer
    from .updates import UpdateQueue
    from .world import Chat, Json, User, World

LASTS = 30.0
"""Seconds for which a draft is shown."""


@dataclass(frozen=True)
class Draft:
    """A draft as a client shows it."""

    number: int
    text: str
    can_stop: bool
    stays: bool
    """Is still shown when it was stopped."""
    at: float
    """When it was sent, by the clock of the loop."""


class Drafts:
    """The drafts in all private chats."""

    def __init__(self, world: World, updates: UpdateQueue) -> None:
        self.world, self.updates = world, updates
        self.told: list[tuple[int, Draft]] = []
        """Every one that there was, and its chat."""
        self.stops = 0
        self._last: dict[int, Draft] = {}

    def put(self, chat: Chat, args: Json, text: str) -> None:
        """Show a draft in the place of the one before."""
        draft = Draft(
            args["draft_id"], text, bool(args.get("can_stop")), bool(args.get("keep_on_stop")), _now()
        )
        self.told.append((chat.id, draft))
        self._last[chat.id] = draft

    def shown(self, chat: Chat | User) -> Draft | None:
        """The draft that a chat shows now."""
        draft = self._last.get(chat.id)
        return draft if draft and _now() < draft.at + LASTS else None

    def text(self, chat: Chat | User) -> str:
        """What the draft of a chat says; empty if there's none."""
        draft = self.shown(chat)
        return draft.text if draft else ""

    def texts(self, chat: Chat | User) -> list[str]:
        """What all drafts of a chat said."""
        return [draft.text for number, draft in self.told if number == chat.id]

    def end(self, chat: Chat) -> None:
        """Take the draft away, as every message of the bot does."""
        self._last.pop(chat.id, None)

    def stop(self, user: User) -> None:
        """Press Stop."""
        draft = self.shown(user)
        assert draft is not None, f"{user.first_name} sees no draft"
        assert draft.can_stop, f"“{draft.text}” has no Stop"
        self.stops += 1
        if not draft.stays:
            del self._last[user.id]
        chat = self.world.chats[user.id]
        self.updates.put("stopped_message_generation", {"chat": chat.card(), "draft_id": draft.number})

    @property
    def changes(self) -> int:
        """A number that is another whenever a client shows something else."""
        shown = sum(self.shown(chat) is not None for chat in self.world.chats.values())
        return (len(self.told) + self.stops) * (len(self.world.chats) + 1) + shown


def send_draft(server: TelegramServer, args: Json) -> bool:
    """SendMessageDraft and sendRichMessageDraft, which count as messages as long as nobody says otherwise."""
    chat, _ = writable(server, args)
    if chat.type != "private":
        raise Refused("PEER_ID_INVALID")
    if not args.get("draft_id"):
        raise Refused("DRAFT_ID_INVALID")
    text = ""
    if "rich_message" in args:
        rich_content(server, args)
    elif args.get("text"):  # without, it says that the bot thinks
        text = content(server, args)["text"]
    throttled(server, chat)
    server.drafts.put(chat, args, text)
    return True


def _now() -> float:
    return asyncio.get_running_loop().time()
