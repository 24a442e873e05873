"""A part that crashes is started again, ever later, and takes no other down."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.supervisor import Supervisor
from tests.servers.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def run(
    parts: dict[str, Callable[[], Awaitable[None]]], clock: Clock, done: asyncio.Event
) -> Supervisor:
    """Run parts until a test has seen enough."""
    supervisor = Supervisor(parts, clock.seconds, clock.sleep)
    running = asyncio.create_task(supervisor.run())
    await done.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    return supervisor


def test_a_crash_is_followed_by_another_start() -> None:
    """The waits double from a second; the other part never notices."""

    async def check() -> None:
        clock, done, starts, others = Clock(), asyncio.Event(), [], []

        async def crash() -> None:
            starts.append(clock.passed)
            if len(starts) == 5:
                done.set()
                await asyncio.Event().wait()
            raise RuntimeError("a bug")

        async def work() -> None:
            others.append(1)
            await asyncio.Event().wait()

        supervisor = await run({"crash": crash, "work": work}, clock, done)
        assert clock.slept == [1, 2, 4, 8]
        assert others == [1]
        assert supervisor.failing == {"crash"}

    asyncio.run(check())


def test_a_part_that_ran_long_starts_soon() -> None:
    """A crash once in a while isn't held against a part."""

    async def check() -> None:
        clock, done, starts = Clock(), asyncio.Event(), []

        async def crash_late() -> None:
            starts.append(1)
            if len(starts) == 4:
                done.set()
                await asyncio.Event().wait()
            clock.passed += 3600
            raise RuntimeError("a bug")

        supervisor = await run({"late": crash_late}, clock, done)
        assert clock.slept == [1, 1, 1]
        assert supervisor.failing == set()

    asyncio.run(check())


def test_being_stopped_waits_for_every_part() -> None:
    """A part may still finish what it's doing."""

    async def check() -> None:
        done, finished = asyncio.Event(), []

        async def work() -> None:
            try:
                done.set()
                await asyncio.Event().wait()
            finally:
                await asyncio.sleep(0)
                finished.append(1)

        await run({"work": work}, Clock(), done)
        assert finished == [1]

    asyncio.run(check())
