"""One request at a time and a pause between two, across tasks and processes.

The time of the last request is kept in the database, so that a restart or a second process keeps the
pause; a lock file keeps two requests from overlapping (https://info.arxiv.org/help/api/tou.html).
"""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from digest.storage.locks import try_lock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    import sqlite_utils

    from digest.storage.database import Database

_POLL_SECONDS = 0.1


class DatabasePace:
    """The `Pace` of one service.

    Args:
        database: where the last request's time is kept; every process that shares it keeps the pause.
        service: which service is asked.
        pause: the least number of seconds from the end of one request to the start of the next.
        clock: seconds since the epoch; the same in every process.
        sleep: waits that many seconds.
    """

    def __init__(
        self,
        database: Database,
        service: str,
        pause: float,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._database = database
        self._service = service
        self._pause = pause
        self._clock = clock
        self._sleep = sleep
        self._turn = asyncio.Lock()
        self._lock_file = Path(f"{database.path}.{service}.lock")

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for the pause to pass and for nobody else to be asking."""
        async with self._turn, self._alone():
            asked = await self._database.read(self._asked_at)
            # A clock that was set back must not stop us for as long as it jumped.
            wait = min(asked + self._pause - self._clock(), self._pause)
            if wait > 0:
                await self._sleep(wait)
            await self._note()  # before, in case we are killed while asking
            try:
                yield
            finally:
                await self._note()

    @contextlib.asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        while True:
            with try_lock(self._lock_file) as ours:
                if ours:
                    yield
                    return
            await self._sleep(_POLL_SECONDS)

    def _asked_at(self, db: sqlite_utils.Database) -> float:
        rows = list(db.table("pace").rows_where("service = ?", [self._service]))
        return float(rows[0]["asked_at"]) if rows else 0.0

    async def _note(self) -> None:
        now = self._clock()
        await self._database.write(
            lambda db: db.table("pace").upsert({"service": self._service, "asked_at": now}, pk="service")
        )
