"""Where the Discord platform plays: the loopback Discord, a text channel and a thread of another."""

from __future__ import annotations

import contextlib
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.chats import Address
from bot.outbox import Gone, Moved, Outcome, Refused, Retry, Unknown
from bot.platforms.discord.messages import read_body
from bot.platforms.discord.options import Options
from bot.platforms.discord.page import LIMIT
from bot.platforms.discord.platform import DiscordPlatform
from tests.servers.discord import DiscordServer, Fault, flood
from tests.servers.discord.faults import DROP, TAKEN_AND_DROPPED, banned
from tests.servers.discord.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.talk import Incoming, Progress, Receive, Reply

import pytest

MESSAGES = "POST /channels/{channel}/messages"
CANT_READ = Fault(Refusal(400, 50035, "Invalid Form Body"))
NO_ACCESS = Fault(Refusal(403, 50001, "Missing Access"))


async def silence(_: Incoming, __: Progress) -> Reply | None:
    """Answer nothing."""
    return None


@dataclass
class DiscordGround:
    """A started platform, the server behind it, and two chats there."""

    server: DiscordServer
    limit: int = LIMIT
    whole: tuple[str, ...] = ("body",)
    skipped: float = 0.0
    """Seconds that passed beside the real ones."""
    one: Address = field(init=False)
    two: Address = field(init=False)
    platform: DiscordPlatform = field(init=False)

    def __post_init__(self) -> None:
        self.ada = self.server.user("Ada")
        self.guild = self.server.guild("Readers", self.ada)
        self.papers = self.server.text(self.guild, "papers")
        self.rivers = self.server.thread(self.papers, "Rivers", self.ada)
        self.lakes = self.server.text(self.guild, "lakes")
        self.one = Address("discord", str(self.lakes.id))
        self.two = Address("discord", str(self.papers.id), str(self.rivers.id))
        self.platform = self.make()

    def make(self, **options: Any) -> DiscordPlatform:
        """Make a platform of this bot."""
        return DiscordPlatform(
            self.server.token,
            Options(self.server.api_url, self.server.gateway.url, **options),
            monotonic=lambda: time.monotonic() + self.skipped,
        )

    def fail(self, outcome: Outcome, to: Address) -> None:
        """Let Discord answer as it does in such a case."""
        self._plan(fault_of(outcome), to)

    def lose_the_answer(self, to: Address) -> None:
        """Cut the connection once the message is there."""
        self._plan(TAKEN_AND_DROPPED, to)

    def shown(self, address: Address) -> list[str]:
        """Read what the channel or thread shows."""
        channel = self.server.world.channels[int(address.thread or address.chat)]
        return [message.text for message in self.server.shown(channel)]

    def write(self, text: str) -> str:
        """Write it as a body."""
        return json.dumps({"title": text, "components": [{"type": 10, "content": text}]})

    def read(self, body: str) -> str:
        """Read all texts of a body, or a plain form as it is."""
        if not body.startswith("{"):
            return body
        return "\n".join(texts(read_body(body)[1]))

    def later(self) -> None:
        """Move the clock of the limits."""
        self.skipped += 60.0

    def _plan(self, fault: Fault, to: Address) -> None:
        channel = self.server.world.channels[int(to.thread or to.chat)]
        self.server.fail(fault, route=MESSAGES, channel=channel)


def texts(components: Any) -> Iterator[str]:
    """Yield the texts of components, in order."""
    for component in components:
        if component.get("content"):
            yield component["content"]
        yield from texts(component.get("components", []))


def fault_of(outcome: Outcome) -> Fault:
    """Return what Discord answers so that an outcome follows."""
    match outcome:
        case Retry(after=None):
            return banned()
        case Retry(after=float() as after):
            return flood(after)
        case Moved():
            pytest.skip("nothing moves on Discord")
        case Gone():
            return NO_ACCESS
        case Refused():
            return CANT_READ
        case Unknown():
            return DROP
    raise ValueError(f"nothing follows in {outcome}")


@contextlib.asynccontextmanager
async def discord(receive: Receive = silence, **how: Any) -> AsyncIterator[DiscordGround]:
    """Discord, on loopback."""
    async with DiscordServer(**how) as server:
        ground = DiscordGround(server)
        await ground.platform.start(receive)
        try:
            yield ground
        finally:
            await ground.platform.stop()
