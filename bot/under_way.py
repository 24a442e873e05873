"""What people wait for, so that they can call it off; kept in memory alone. Knows no command and no words."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Hashable
    from typing import Any

T = TypeVar("T")


class CalledOffError(Exception):
    """Whoever waited called it off."""


@dataclass
class UnderWay:
    """Work that somebody waits for.

    Notes and answers are made in tasks of their own, for everybody: what is called off is the wait for them.
    """

    _tasks: dict[Hashable, set[asyncio.Task[Any]]] = field(default_factory=lambda: defaultdict(set))
    _called_off: set[asyncio.Task[Any]] = field(default_factory=set)

    async def run(self, whose: Hashable, work: Awaitable[T]) -> T:
        """Do some work, unless it's called off.

        Args:
            whose: who waits for it, and where.
            work: raises what it raises.

        Raises:
            CalledOffError: it was.
        """
        task = asyncio.ensure_future(work)
        self._tasks[whose].add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if task in self._called_off:
                raise CalledOffError from None
            raise
        finally:
            task.cancel()  # where this is cut off itself; of no effect on what is done
            self._called_off.discard(task)
            self._tasks[whose].discard(task)
            if not self._tasks[whose]:
                del self._tasks[whose]

    def call_off(self, whose: Hashable) -> bool:
        """Call off whatever somebody waits for there; return whether there was something."""
        tasks = self._tasks.get(whose, set())
        for task in tasks:
            self._called_off.add(task)
            task.cancel()
        return bool(tasks)
