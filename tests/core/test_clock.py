"""The clock is the system's, or runs from a start at a speed."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.clock import Clock, RealClock, read_clock
from digest.errors import SettingsError


async def no_pause(_: float) -> None:
    """Wait for nothing."""


def test_a_simulated_clock_runs_at_its_speed() -> None:
    """A minute at speed 600 is a tenth of a second, for the time and for waiting."""
    real, waited = [100.0], []

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    clock = Clock(datetime(2025, 5, 20, tzinfo=UTC), 600.0, lambda: real[0], pause)
    real[0] += 0.1
    assert clock.now() == datetime(2025, 5, 20, 0, 1, tzinfo=UTC)
    asyncio.run(clock.sleep(60))
    assert waited == [0.1]


def test_a_start_and_a_speed_are_read() -> None:
    """``START@SPEED`` makes a simulated clock, nothing the real one."""
    clock = read_clock("2025-05-20T02:00+02:00@600", no_pause)
    assert isinstance(clock, Clock)
    assert (clock.start, clock.speed) == (datetime(2025, 5, 20, tzinfo=UTC), 600.0)
    assert isinstance(read_clock("", no_pause), RealClock)


@pytest.mark.parametrize(
    "text", ["now", "2025-05-20@600", "2025-05-20T00:00Z@0", "2025-05-20T00:00Z@-1", "@600"]
)
def test_anything_else_is_refused(text: str) -> None:
    """What isn't a time with its zone and a speed is a misuse, with an example of what works."""
    with pytest.raises(SettingsError, match="try 2025-05-20T00:00Z@600"):
        read_clock(text, no_pause)
