"""What happens when: the harvest, a round a minute, a daily tidy, a heartbeat. Knows times, not what is done.

APScheduler runs four interval jobs from memory; whether anything is to be done is asked of the database each
time, so a restart forgets nothing. A simulated clock runs faster than the scheduler's own, so the intervals
are divided by its speed.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from apscheduler.schedulers.base import BaseScheduler

_LOG = logging.getLogger(__name__)

GRACE = timedelta(hours=6)
"""How late a job may start; APScheduler's own second would skip what a sleeping laptop missed."""

_SHORTEST = 0.05  # seconds between two starts of a job, however fast a simulated clock is
_LOOK = 20.0  # real seconds between two looks at whether the system's clock was set back
_SET_BACK = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Job:
    """Something done again and again.

    Attributes:
        every: between two starts, by the clock that may be simulated.
        run: does it; what it raises is logged, and it's tried again next time.
    """

    name: str
    every: timedelta
    run: Callable[[], Awaitable[None]]


@dataclass
class Schedule:
    """Runs jobs until it's cancelled.

    Args:
        jobs: what to run, beginning at once.
        speed: how many seconds of the clock pass in a real one.
        wall: the system's time, which somebody may set.
        pause: waits some real seconds.
    """

    jobs: Sequence[Job]
    speed: float
    wall: Callable[[], datetime]
    pause: Callable[[float], Awaitable[None]]

    async def run(self) -> None:
        """Run the jobs; being cancelled cancels those under way and waits until they have ended."""
        running: set[asyncio.Task[None]] = set()
        # It warns whenever a job takes longer than its interval, which is what a harvest does.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={
                "coalesce": True,
                "max_instances": 1,
                "misfire_grace_time": int(GRACE.total_seconds()),
            },
        )
        for job in self.jobs:
            seconds = max(job.every.total_seconds() / self.speed, _SHORTEST)
            scheduler.add_job(
                _guarded,
                IntervalTrigger(seconds=seconds, timezone=UTC),
                args=(job, running),
                id=job.name,
                next_run_time=self.wall(),
            )
        scheduler.start()
        try:
            await self._watch(scheduler)
        finally:
            scheduler.shutdown(wait=False)
            await asyncio.sleep(0)  # it shuts down in the loop's next turn
            for task in running:
                task.cancel()
            if running:
                await asyncio.wait(running)

    async def _watch(self, scheduler: BaseScheduler) -> None:
        """Start jobs anew when the system's clock was set back; they would wait for as long as it jumped."""
        before = self.wall()
        while True:
            await self.pause(_LOOK)
            now = self.wall()
            if now < before - _SET_BACK:
                _LOG.warning("the clock was set back by %s", before - now)
                for job in scheduler.get_jobs():
                    job.modify(next_run_time=now)
            before = now


async def _guarded(job: Job, running: set[asyncio.Task[None]]) -> None:
    if (task := asyncio.current_task()) is None:
        raise RuntimeError("a job runs in a task")
    running.add(task)
    try:
        await job.run()
    except asyncio.CancelledError:
        pass  # only stopping does that, and APScheduler would log it as a crash
    except Exception:  # noqa: BLE001 - one job's trouble isn't another's
        _LOG.exception("%s failed; it's tried again", job.name)
    finally:
        running.discard(task)
