"""Keeps the parts of a program going: one that crashes is started again, and takes no other down."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.errors import PaperroundError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

_LOG = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0
"""Seconds before a part is started again: twice as long each time."""

STEADY = 600.0
"""Seconds after which a part that ran counts as sound, and its waits start anew."""


@dataclass
class Supervisor:
    """Runs parts until it's cancelled.

    Args:
        parts: by name; each runs until it's cancelled, and may be called again.
        seconds: seconds since whenever, which nobody sets back.
        sleep: waits that many seconds.
    """

    parts: Mapping[str, Callable[[], Awaitable[None]]]
    seconds: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]
    failing: set[str] = field(default_factory=set)
    """The parts that crashed and haven't run for long since."""
    stopping: bool = False
    """Parts that end now are meant to."""

    async def run(self) -> None:
        """Run every part; being cancelled cancels them all and waits until each has ended."""
        async with asyncio.TaskGroup() as group:
            for name, part in self.parts.items():
                group.create_task(self._keep(name, part), name=name)

    async def _keep(self, name: str, part: Callable[[], Awaitable[None]]) -> None:
        wait = FIRST_WAIT
        while True:
            began = self.seconds()
            try:
                await part()
            except PaperroundError as error:
                _LOG.error("%s stopped: %s", name, error)
            except Exception:  # noqa: BLE001 - that is what it is for
                _LOG.exception("%s crashed", name)
            else:
                if self.stopping:
                    return
                _LOG.error("%s ended, which it shouldn't", name)
            if self.seconds() - began >= STEADY:
                wait = FIRST_WAIT
                self.failing.discard(name)
            else:
                self.failing.add(name)
            _LOG.info("%s starts again in %g s", name, wait)
            await self.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT)
