"""Time for tests: it moves only when somebody sleeps."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta


class Clock:
    """A clock that is handed to whatever would look at the time or wait."""

    def __init__(self, at: datetime = datetime(2026, 6, 26, 4, 10, tzinfo=UTC)) -> None:
        self.start = at
        self.passed = 0.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        """Tell the time, aware, in UTC."""
        return self.start + timedelta(seconds=self.passed)

    def seconds(self) -> float:
        """Tell the time in seconds since the epoch."""
        return self.start.timestamp() + self.passed

    async def sleep(self, seconds: float) -> None:
        """Let time pass, and others run."""
        self.slept.append(seconds)
        self.passed += seconds
        await asyncio.sleep(0)
