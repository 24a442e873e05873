"""Telegram's limits as arithmetic: when a message to a chat may go. Pure; knows no time but what it's told.

About one message a second in a private chat, with short bursts; 20 a minute in a group or channel; 30 a
second overall, or 1,000 for bots that pay: https://core.telegram.org/bots/faq#broadcasting-to-users
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

_SHARE = 0.985
"""How much of the overall limit is used: messages don't arrive as evenly as they are sent."""

_LEAST_BURST = 3.0  # whoever wakes a tenth of a second too late catches up

_SPARED = 0.6
"""How much of a chat's burst is left to others by whoever spares it: three messages of a group's five."""

_MOST_CHATS = 10_000


@dataclass(slots=True)
class Meter:
    """One limit, as the generic cell rate algorithm has it.

    Attributes:
        rate: how many a second.
        burst: how many at once after a rest.
    """

    rate: float
    burst: float
    _full_at: float = 0.0  # when as many will have gone as the rate allows

    def wait(self, now: float, spare: float = 0.0) -> float:
        """Return for how many seconds nothing may go; 0 if something may.

        Args:
            now: the time.
            spare: how many more may go at once this time, for which what goes later makes up; negative
                for how many are to be left.
        """
        return max(self._full_at - (self.burst + spare - 1) / self.rate - now, 0.0)

    def take(self, now: float) -> None:
        """Count one that goes now."""
        self._full_at = max(self._full_at, now) + 1 / self.rate

    def resting(self, now: float) -> bool:
        """Return whether it's as if nothing had ever gone."""
        return self._full_at <= now


@dataclass
class Rates:
    """Every limit of one bot.

    Args:
        overall: how many messages a second to all chats together.
    """

    overall: float
    _all: Meter = field(init=False)
    _chats: OrderedDict[str, Meter] = field(default_factory=OrderedDict)
    _halts: dict[str, float] = field(default_factory=dict)
    _halt: float = 0.0

    def __post_init__(self) -> None:
        self._all = Meter(self.overall * _SHARE, self._burst)

    def wait_overall(self, now: float, *, urgent: bool = False) -> float:
        """Return for how many seconds no message may go to anybody.

        Args:
            now: the time.
            urgent: whether somebody waits for it; a few such may go where others used all that is allowed.
        """
        return max(self._all.wait(now, self._burst if urgent else 0.0), self._halt - now, 0.0)

    @property
    def _burst(self) -> float:
        return max(self.overall / 20, _LEAST_BURST)

    def wait(self, chat: str, now: float, *, sparing: bool = False) -> float:
        """Return for how many seconds no message may go to a chat, whatever the others do.

        Args:
            chat: Telegram's id of it.
            now: the time.
            sparing: whether most of what may go at once is to be left for others.
        """
        meter = self._chats.get(chat)
        spare = -int(_SPARED * meter.burst) if meter and sparing else 0.0
        return max(meter.wait(now, spare) if meter else 0.0, self._halts.get(chat, 0.0) - now, 0.0)

    def take(self, chat: str, now: float) -> None:
        """Count a message that goes to a chat now."""
        self._all.take(now)
        if chat not in self._chats:
            self._chats[chat] = _group() if _is_group(chat) else _private()
        self._chats[chat].take(now)
        self._chats.move_to_end(chat)
        self._forget(now)

    def halt(self, chat: str, seconds: float, now: float) -> None:
        """Keep still because Telegram said so: towards this chat, or everybody.

        Telegram doesn't say whom it means. The chat is; when a second one is told so before the first may go
        on, all are. A shorter wait never ends a longer one.
        """
        until = now + seconds
        if any(other != chat and end > now for other, end in self._halts.items()):
            self._halt = max(self._halt, until)
        self._halts[chat] = max(self._halts.get(chat, 0.0), until)

    def _forget(self, now: float) -> None:
        while len(self._chats) > _MOST_CHATS and next(iter(self._chats.values())).resting(now):
            self._chats.popitem(last=False)
        if len(self._halts) > _MOST_CHATS:
            self._halts = {chat: end for chat, end in self._halts.items() if end > now}


def _private() -> Meter:
    return Meter(rate=1.0, burst=3)


def _group() -> Meter:
    return Meter(rate=15 / 60, burst=5)  # 20 in any minute


def _is_group(chat: str) -> bool:
    return chat.startswith(("-", "@"))
