"""Sessions of the gateway: what was told to a shard, in order, so that it can be told again."""

from __future__ import annotations

import secrets
from collections import deque
from dataclasses import dataclass, field
from enum import IntFlag
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from .connection import Connection

Json = dict[str, Any]


class Intents(IntFlag):
    """What a session hears of; bits that this server has nothing to tell for are left out."""

    NONE = 0
    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED = Intents.GUILD_MEMBERS | Intents.GUILD_PRESENCES | Intents.MESSAGE_CONTENT
ALL_BITS = (1 << 26) - 1


@dataclass(eq=False)
class Session:
    """One shard's place in what happens; it outlives its connections until it's invalidated."""

    shard: int
    shards: int
    intents: Intents
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    seq: int = 0
    told: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=2000))
    connection: Connection | None = None
    resumed: int = 0

    def has(self, guild_id: int | None) -> bool:
        """Whether something of this server (None: of direct messages) is this shard's."""
        return self.shard == ((guild_id >> 22) % self.shards if guild_id is not None else 0)

    def tell(self, event: str, data: Json) -> None:
        """Dispatch an event, now or when the shard is back."""
        self.seq += 1
        payload = msgspec.json.encode({"op": 0, "t": event, "s": self.seq, "d": data})
        self.told.append((self.seq, payload))
        if self.connection is not None:
            self.connection.send(payload)

    def since(self, seq: int) -> list[bytes] | None:
        """List what came after a number; None if that's too long ago, or never was."""
        if not 0 <= seq <= self.seq:
            return None
        missed = [payload for number, payload in self.told if number > seq]
        return missed if len(missed) == self.seq - seq else None
