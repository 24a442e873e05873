"""Times of one's own, over a real store: when digests come, what they say of the next, what waits for it."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.batches import waiting
from tests.servers.town import MORNING, Town
from tests.servers.world import MINUTE, START, World

if TYPE_CHECKING:
    from pathlib import Path

WANTS: dict[str, tuple[str, str]] = {
    # Where, and when; how the clock stands there when a digest comes.
    "Europe/Berlin 05:00": ("05:00", "06:15"),
    "Europe/Berlin 09:30": ("09:30", "09:30"),
    "Asia/Shanghai 08:00": ("08:00", "12:15"),
    "Asia/Shanghai": ("", "12:15"),
    "Europe/London": ("", "07:00"),
    "America/Los_Angeles": ("", "21:15"),
    "America/Los_Angeles 07:00": ("07:00", "07:00"),
    "America/Chicago 18:00": ("18:00", "18:00"),
}
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
SEVEN: dict[str, Any] = {"zone": "America/Los_Angeles", "send_at": time(7)}


def at(day: int, clock: str) -> datetime:
    """Return a time in June in Los Angeles."""
    there = datetime.combine(date(2026, 6, day), time.fromisoformat(clock), LOS_ANGELES)
    return there.astimezone(UTC)


def test_each_digest_comes_when_the_one_before_it_said(tmp_path: Path) -> None:
    """Over a week and a weekend, in many zones, with the list's time and with one's own."""

    async def run() -> dict[str, list[tuple[datetime, str]]]:
        async with Town.open(tmp_path) as town:
            for name, (send_at, _) in WANTS.items():
                choices: dict[str, Any] = {"send_at": time.fromisoformat(send_at)} if send_at else {}
                await town.chat(name, zone=name.split()[0], weekdays=frozenset(range(7)), **choices)
            world = World.over(town)
            await world.live(START + timedelta(days=9), 15 * MINUTE)
            return world.by_chat

    by_chat = asyncio.run(run())
    assert set(by_chat) == set(WANTS)
    for name, told in by_chat.items():
        zone = ZoneInfo(name.split()[0])
        assert [len(set(re.findall(r"9906\.\d{5}", body))) for _, body in told] == [1] * len(told)
        times = [f"{sent.astimezone(zone):%a %-d %B, about %H:%M}" for sent, _ in told]
        assert len(times) >= 6
        assert {said.rpartition(" ")[2] for said in times} == {WANTS[name][1]}
        promised = [re.findall(r"Next: (.*?)\.", body)[0] for _, body in told]
        assert promised[:-1] == times[1:]


def test_a_list_of_the_evening_waits_for_the_morning(tmp_path: Path) -> None:
    """What was missed before is told in the evening all the same, names the morning, and comes once."""

    async def run() -> None:
        async with Town.open(tmp_path) as town:
            await town.chat("ada", **SEVEN)
            await town.announce_papers(25, day=date(2026, 6, 25))
            await town.announce_papers(26, day=date(2026, 6, 26))
            first = await town.serve_at(at(25, "21:30"))
            [body] = first["ada"]
            assert ("9906.00025" in body, "9906.00026" in body) == (True, False)
            assert "Next: Fri 26 June, about 07:00." in body
            for clock in ("21:31", "21:59", "22:30"):
                assert await town.serve_at(at(25, clock)) == {}
            assert await town.serve_at(at(26, "06:59")) == {}
            [body] = (await town.serve_at(at(26, "07:00")))["ada"]
            assert ("9906.00025" in body, "9906.00026" in body) == (False, True)
            assert "Next: Mon 29 June, about 07:00." in body
            assert await town.serve_at(at(26, "08:00")) == {}

    asyncio.run(run())


def test_who_waits_for_the_morning_is_not_looked_at_all_night(tmp_path: Path) -> None:
    """Rounds pass over the chat until its window opens."""

    async def run() -> None:
        async with Town.open(tmp_path) as town:
            await town.chat("ada", **SEVEN)
            await town.announce_papers(26)
            assert await town.serve_at(at(25, "21:30")) == {}
            for clock, found in (("06:59", 0), ("07:00", 1)):
                batch = await town.rounds.store.read(partial(waiting, now=at(26, clock)))
                assert len(batch.chats) == found

    asyncio.run(run())


def test_a_choice_of_time_holds_at_once(tmp_path: Path) -> None:
    """Who waits for the morning and then wants the list when it is in needn't wait."""

    async def run() -> None:
        async with Town.open(tmp_path) as town:
            number = await town.chat("ada", **SEVEN)
            await town.announce_papers(26)
            assert await town.serve_at(at(25, "21:30")) == {}
            await town.choose(number, zone="America/Los_Angeles")
            assert len((await town.serve_at(at(25, "21:40")))["ada"]) == 1

    asyncio.run(run())


def test_a_delay_is_told_to_whoever_waits_for_that_list(tmp_path: Path) -> None:
    """A window that is open for an earlier list says nothing of one that it wouldn't tell anyway."""

    async def run() -> None:
        async with Town.open(tmp_path) as town:
            await town.chat("early", zone="Asia/Shanghai", send_at=time(1), weekdays=frozenset(range(7)))
            await town.chat("late", zone="Asia/Shanghai", send_at=time(8))
            assert set(await town.tell_late(MORNING.date())) == {"late"}
            assert set(await town.tell_late(MORNING.date(), days_later=1)) == {"early"}

    asyncio.run(run())
