"""Turns: who must wait for whom where answers come in order, and how long work lets what follows go first.

Knows no platform; what shares a lane is for those who take turns there to say.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from collections.abc import Hashable
    from types import TracebackType


@dataclass
class Turns:
    """The lanes of one place where answers come from."""

    _lanes: WeakValueDictionary[Hashable, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    def of(self, lane: Hashable) -> Turn:
        """Return a turn in a lane; it comes after those that were entered before."""
        return Turn(self._lanes.setdefault(lane, asyncio.Lock()))


class Turn:
    """A turn: entered when those before were passed on or ended. Must be entered once."""

    def __init__(self, lane: asyncio.Lock) -> None:
        self._lane = lane
        self._held = False

    def pass_on(self) -> None:
        """Let what follows go first; of no effect the second time."""
        if self._held:
            self._held = False
            self._lane.release()

    async def __aenter__(self) -> Self:
        """Wait for it."""
        await self._lane.acquire()
        self._held = True
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self.pass_on()
