"""The pace of requests to Discord: never fifty in a second, people first; old limits are forgotten."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.discord.errors import FloodError
from bot.platforms.discord.http import Http
from bot.platforms.discord.pace import ALLOWED, Pace


@dataclass
class Clock:
    """Time that passes when somebody waits for it."""

    now: float = 0.0

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
        await asyncio.sleep(0)


@given(st.lists(st.floats(0, 2), max_size=6), st.lists(st.booleans(), min_size=1, max_size=40))
def test_no_second_holds_fifty_requests(pauses: list[float], urgent: list[bool]) -> None:
    """However requests come, alone or all at once, after a rest or not."""

    async def run() -> None:
        clock, times = Clock(), list[float]()
        pace = Pace(ALLOWED, lambda: clock.now, clock.sleep)

        async def ask(*, urgent: bool) -> None:
            await pace.turn(urgent=urgent)
            times.append(clock.now)

        for pause in [*pauses, 0.0]:
            clock.now += pause
            await asyncio.gather(*(ask(urgent=each) for each in urgent * 3))
        assert all(after - before >= 1.0 for before, after in zip(times, times[49:], strict=False))

    asyncio.run(run())


def test_people_go_first() -> None:
    """Whoever waits for an answer passes every digest; equals keep their order."""

    async def run() -> None:
        clock, order = Clock(), list[str]()
        pace = Pace(ALLOWED, lambda: clock.now, clock.sleep)

        async def ask(name: str) -> None:
            await pace.turn(urgent=name.startswith("person"))
            order.append(name)

        digests = [asyncio.create_task(ask(f"digest {number}")) for number in range(9)]
        await asyncio.sleep(0)
        people = [asyncio.create_task(ask(f"person {number}")) for number in range(3)]
        await asyncio.gather(*digests, *people)
        at = order.index("person 0")
        assert order[at : at + 3] == ["person 0", "person 1", "person 2"]
        assert at < 5
        assert [name for name in order if "digest" in name] == [f"digest {number}" for number in range(9)]

    asyncio.run(run())


def test_a_long_halt_gives_digests_back_at_once() -> None:
    """Those that wait and those that come are told how long it takes; a shorter halt ends no longer one."""

    async def run() -> None:
        clock = Clock()
        pace = Pace(1.0, lambda: clock.now, clock.sleep)
        waiting = [asyncio.create_task(pace.turn(urgent=False)) for _ in range(5)]
        await asyncio.sleep(0)
        pace.halt(60.0)
        pace.halt(1.0)
        for urgent in (False, True):
            with pytest.raises(FloodError) as caught:
                await pace.turn(urgent=urgent)
            assert caught.value.seconds == pytest.approx(60.0)
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)
        assert any(isinstance(outcome, FloodError) for outcome in outcomes)
        pace.close()

    asyncio.run(run())


def test_limits_that_are_over_are_forgotten() -> None:
    """Ten thousand chats leave no ten thousand limits behind; one that somebody waits for stays."""

    async def run() -> None:
        pace = Pace(ALLOWED, lambda: 0.0, asyncio.sleep)
        http = Http(asyncio.get_running_loop(), "http://127.0.0.1", "ws://127.0.0.1", "", pace)
        used = http.get_ratelimit("used")
        await used.acquire()
        for number in range(10_000):
            http.get_ratelimit(str(number))
        assert len(http._buckets) < 2_000
        assert http.get_ratelimit("used") is used
        await http.end()

    asyncio.run(run())
