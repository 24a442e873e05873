"""What goes wrong on command, and how fast a bot may send."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Fault:
    """One way in which a request goes wrong; a status of 0 lets it go right in the end."""

    status: int = 0
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    body: bytes | None = None
    """Sent instead of JSON."""
    delay: float = 0.0
    """Seconds before the answer."""
    hang: bool = False
    """No answer until `release` is called or the server stops."""
    taken: bool = False
    """The request is carried out all the same; the answer is the fault's."""
    drop: bool = False
    """The connection closes without an answer."""


def flood(retry_after: int | None) -> Fault:
    """Too many requests; None leaves out the parameter, as proxies do."""
    if retry_after is None:
        return Fault(429, "Too Many Requests")
    return Fault(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


BLOCKED = Fault(403, "Forbidden: bot was blocked by the user")
KICKED_GROUP = Fault(403, "Forbidden: bot was kicked from the group chat")
KICKED = Fault(403, "Forbidden: bot was kicked from the supergroup chat")
DEACTIVATED = Fault(403, "Forbidden: user is deactivated")
NO_MEMBER = Fault(403, "Forbidden: bot is not a member of the channel chat")
NO_START = Fault(403, "Forbidden: bot can't initiate conversation with a user")
NO_CHAT = Fault(400, "Bad Request: chat not found")
NO_RIGHTS = Fault(400, "Bad Request: not enough rights to send text messages to the chat")
NO_THREAD = Fault(400, "Bad Request: message thread not found")
TOPIC_CLOSED = Fault(400, "Bad Request: TOPIC_CLOSED")
TOPIC_DELETED = Fault(400, "Bad Request: TOPIC_DELETED")
NOT_MODIFIED = Fault(
    400,
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message",
)
CANT_PARSE = Fault(400, 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0')
NO_PICTURES = Fault(400, "Bad Request: not enough rights to send photos to the chat")
NO_FILES = Fault(400, "Bad Request: not enough rights to send documents to the chat")
NOT_FETCHED = Fault(400, "Bad Request: failed to get HTTP URL content")
NO_PHOTOS = Fault(400, "Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN")
BAD_PICTURE = Fault(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
TOO_LONG = Fault(400, "Bad Request: message is too long")
RICH_INVALID = Fault(400, "Bad Request: RICH_MESSAGE_BLOCK_INVALID")
NO_METHOD = Fault(404, "Not Found: method not found")
UNAUTHORIZED = Fault(401, "Unauthorized")
CONFLICT = Fault(
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
)
BAD_GATEWAY = Fault(502, body=b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>\r\n")
INTERNAL = Fault(500, "Internal Server Error")
GARBAGE = Fault(200, body=b'{"ok":true,"result":{"mess')
HANG = Fault(hang=True)
DROP = Fault(drop=True)
TAKEN_AND_DROPPED = Fault(drop=True, taken=True)


@dataclass
class Planned:
    """A fault, whom it meets, and how often yet; None is always."""

    fault: Fault
    method: str | None
    chat: int | None
    left: int | None
    met: int = 0


class FaultPlan:
    """The faults that are to come, in the order in which they were asked for."""

    def __init__(self) -> None:
        self.planned: list[Planned] = []

    def add(self, fault: Fault, method: str | None, chat: int | None, times: int | None) -> Planned:
        """Plan a fault."""
        self.planned.append(planned := Planned(fault, method, chat, times))
        return planned

    def take(self, method: str, chat: int | None) -> Fault | None:
        """The fault that this request meets."""
        for planned in self.planned:
            if (
                planned.left != 0
                and (planned.method is None or planned.method.lower() == method.lower())
                and (planned.chat is None or planned.chat == chat)
            ):
                planned.met += 1
                planned.left = None if planned.left is None else planned.left - 1
                return planned.fault
        return None


@dataclass(frozen=True)
class Limits:
    """How much Telegram lets through: messages a second or a minute, 0 for any number."""

    chat: float = 1.0
    chat_burst: int = 3
    group_minute: int = 20
    overall: float = 30.0


class RateKeeper:
    """Buckets that answer how many seconds a bot has to wait; nothing is let through early."""

    def __init__(self, limits: Limits, now: Callable[[], float]) -> None:
        self.limits = limits
        self._now = now
        self._buckets: dict[int, tuple[float, float]] = {}
        self.refused: Counter[int] = Counter()

    def ask(self, chat: int) -> int:
        """Seconds to wait before the next message to this chat, 0 when it may go."""
        limits, now = self.limits, self._now()
        wanted = []
        if limits.overall:
            wanted.append((0, limits.overall, limits.overall))
        if chat < 0 and limits.group_minute:
            wanted.append((chat, limits.group_minute / 60, float(limits.group_minute)))
        elif chat > 0 and limits.chat:
            wanted.append((chat, limits.chat, float(limits.chat_burst)))
        levels = {}
        for name, rate, most in wanted:
            level, at = self._buckets.get(name, (most, now))
            levels[name] = level = min(most, level + (now - at) * rate)
            if level < 1 - 1e-9:
                self.refused[chat] += 1
                return math.ceil((1 - level) / rate)
        for name, level in levels.items():
            self._buckets[name] = (level - 1, now)
        return 0
