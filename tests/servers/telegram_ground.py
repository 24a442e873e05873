"""Where the Telegram platform plays: the loopback Bot API, a private chat and a forum topic."""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.chats import Address
from bot.outbox import Gone, Moved, Outcome, Refused, Retry, Unknown
from bot.platforms.telegram.messages import read_body, written
from bot.platforms.telegram.options import Options
from bot.platforms.telegram.platform import TelegramPlatform
from bot.platforms.telegram.room import LIMIT
from tests.servers.telegram import Fault, TelegramServer, flood
from tests.servers.telegram.faults import CANT_PARSE, DROP, KICKED, TAKEN_AND_DROPPED
from tests.servers.telegram.rich import plain

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.talk import Incoming, Progress, Receive, Reply


async def silence(_: Incoming, __: Progress) -> Reply | None:
    """Answer nothing."""
    return None


@dataclass
class TelegramGround:
    """A started platform, the server behind it, and two chats there."""

    server: TelegramServer
    limit: int = LIMIT
    whole: tuple[str, ...] = ("body", "plain")
    swift: float = 1.0
    """How many times as fast the platform's time passes."""
    skipped: float = 0.0
    """Seconds that passed beside those."""
    one: Address = field(init=False)
    two: Address = field(init=False)
    platform: TelegramPlatform = field(init=False)

    def __post_init__(self) -> None:
        self.ada = self.server.user("Ada", username="ada")
        self.ada.started = True
        self.forum = self.server.supergroup("Readers", self.ada, forum=True)
        self.rivers = self.server.topic(self.forum, "Rivers", self.ada)
        self.one = Address("telegram", str(self.ada.id))
        self.two = Address("telegram", str(self.forum.id), str(self.rivers.id))
        self.platform = self.make()

    def make(self, **options: Any) -> TelegramPlatform:
        """Make a platform of this bot."""
        return TelegramPlatform(
            self.server.token,
            Options(self.server.url, **options),
            monotonic=lambda: time.monotonic() * self.swift + self.skipped,
            sleep=lambda seconds: asyncio.sleep(seconds / self.swift),
        )

    def fail(self, outcome: Outcome, to: Address) -> None:
        """Let Telegram answer as it does in such a case."""
        self._plan(fault_of(outcome), to)

    def lose_the_answer(self, to: Address) -> None:
        """Cut the connection once the message is there."""
        self._plan(TAKEN_AND_DROPPED, to)

    def shown(self, address: Address) -> list[str]:
        """Read what the chat or topic shows."""
        shown = self.server.shown(int(address.chat), int(address.thread or 0))
        return [message.text for message in shown if message.sender == self.server.bot.id]

    def write(self, text: str) -> str:
        """Write it as HTML."""
        return written("html", text=html.escape(text))

    def read(self, body: str) -> str:
        """Read it without tags."""
        found = read_body(body)
        if found["form"] == "rich":
            return "\n".join(read_aloud(json.loads(found["blocks"])))
        text = str(found["text"])
        return html.unescape(re.sub(r"<[^>]*>", "", text)) if found["form"] == "html" else text

    def later(self) -> None:
        """Move the clock of the limits."""
        self.skipped += 60.0

    def _plan(self, fault: Fault, to: Address) -> None:
        self.server.fail(fault, method="sendMessage", chat=self.server.world.chats[int(to.chat)])


def read_aloud(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of rich blocks."""
    for block in blocks:
        for name in ("summary", "text"):
            if name in block:
                yield plain(block[name])
        yield from read_aloud(block.get("blocks", []))
        yield from read_aloud(block.get("items", []))


def fault_of(outcome: Outcome) -> Fault:
    """Return what Telegram answers so that an outcome follows."""
    match outcome:
        case Retry(after=None):
            return flood(None)
        case Retry(after=after):
            return Fault(429, f"Too Many Requests: retry after {after}", {"retry_after": after})
        case Moved(to):
            upgraded = "Bad Request: group chat was upgraded to a supergroup chat"
            return Fault(400, upgraded, {"migrate_to_chat_id": int(to.chat)})
        case Gone():
            return KICKED
        case Refused():
            return CANT_PARSE
        case Unknown():
            return DROP
    raise ValueError(f"nothing follows in {outcome}")


@contextlib.asynccontextmanager
async def telegram(receive: Receive = silence, *, swift: float = 1.0) -> AsyncIterator[TelegramGround]:
    """Telegram, on loopback."""
    async with TelegramServer() as server:
        ground = TelegramGround(server, swift=swift)
        await ground.platform.start(receive)
        try:
            yield ground
        finally:
            await ground.platform.stop()
