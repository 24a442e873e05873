"""The jobs over time: arXiv away for days, a clock set back, APScheduler's loop, heartbeats."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.chats import QuietDays
from bot.harvests import Attempt
from bot.schedule import Job, Schedule
from bot.trouble import Cause
from digest.errors import SourceUnreachableError
from digest.model import Topic
from digest.storage.papers import SqlitePapers
from tests.papers import DAY, announced
from tests.servers.arxiv import serve_arxiv
from tests.servers.desk import harvester
from tests.servers.town import MORNING, Town
from tests.servers.world import MINUTE, START, World

if TYPE_CHECKING:
    from pathlib import Path


def test_three_days_without_arxiv_are_one_line_and_one_catch_up(tmp_path: Path) -> None:
    """Six hours late a line, once; the owner hears after a day; then one digest of all the days."""

    async def run() -> None:
        async with Town.open(tmp_path) as town:
            await town.chat("ada")
            world = World.over(town)
            world.arxiv.away = (START + timedelta(days=1), START + timedelta(days=4))
            await world.live(START + timedelta(days=4, hours=12))
            monday, line, catch_up = world.told
            assert monday[0].date() == date(2026, 6, 22)
            assert line[1].startswith("arXiv isn't answering. Today's digest will be late; nothing is lost.")
            assert timedelta(hours=6) <= line[0] - (START + timedelta(days=1)) < timedelta(hours=7)
            assert re.findall(r"Papers: (.*)", catch_up[1]) == ["9906.00023 9906.00024 9906.00025 9906.00026"]
            assert "Tue 23 – Fri 26 June 2026" in catch_up[1]
            assert world.arxiv.tries < 90
            assert {trouble.cause for trouble in world.troubles} == {Cause.ARXIV}

    asyncio.run(run())


def test_a_clock_set_back_loses_and_repeats_nothing(tmp_path: Path) -> None:
    """An hour is lived twice; every day's paper comes once."""

    async def run() -> None:
        async with Town.open(tmp_path) as town:
            await town.chat("ada")
            world = World.over(town)
            await world.live(START + timedelta(hours=3, minutes=10))
            for _ in range(3):
                world.arxiv.now -= timedelta(hours=1)
                await world.live(world.arxiv.now + timedelta(hours=25))
            papers = re.findall(
                r"9906\.\d{5}", " ".join(body.rpartition("Papers")[2] for _, body in world.told)
            )
            assert papers == ["9906.00022", "9906.00023", "9906.00024", "9906.00025"]

    asyncio.run(run())


def test_rounds_wait_for_a_harvest_that_is_under_way(tmp_path: Path) -> None:
    """Missed days that are still being read belong to the same digest as the newest."""

    async def run() -> None:
        async with Town.open(tmp_path) as town:
            await town.chat("ada")
            world = World.over(town)
            await town.announce(announced(1), day=START.date())
            world.arxiv.now = START + timedelta(hours=8)
            await world.service.serve()
            assert await town.sounds() == []  # it doesn't know yet whether there's something to harvest
            world.service._looked = True
            async with world.service._turn:
                await world.service.serve()
                assert await town.sounds() == []
            await world.service.serve()
            assert len(await town.sounds()) == 1

    asyncio.run(run())


def test_a_harvest_that_crashes_is_not_repeated_at_once(tmp_path: Path) -> None:
    """Whatever goes wrong, arXiv is left alone for a while."""

    async def run() -> None:
        async with Town.open(tmp_path) as town:
            world = World.over(town)
            world.arxiv.now += 10 * MINUTE
            world.service._last = Attempt(world.arxiv.now, failures=1)
            await world.service.harvest()
            assert world.arxiv.tries == 0

    asyncio.run(run())


def test_a_harvest_that_takes_long_is_not_repeated_at_once(tmp_path: Path) -> None:
    """The pause after a failure counts from its end, so that rounds get their turn and arXiv its rest."""

    async def run() -> None:
        async with Town.open(tmp_path) as town:
            world = World.over(town)
            world.arxiv.away = (START, START + timedelta(days=1))
            world.arxiv.takes = 20 * MINUTE
            world.arxiv.now += 10 * MINUTE
            await world.service.harvest()
            for _ in range(5):
                await world.service.harvest()
                assert world.arxiv.tries == 1
                world.arxiv.now += MINUTE
            await world.service.harvest()
            assert world.arxiv.tries == 2

    asyncio.run(run())


def test_missed_days_that_could_not_be_filled_in_are_asked_for_again(tmp_path: Path) -> None:
    """A harvest that read the listing but not the missed days is tried again soon, until it is whole."""

    async def run() -> None:
        async with Town.open(tmp_path) as town:
            world = World.over(town)
            world.arxiv.now = START + 10 * MINUTE
            world.arxiv.unfilled = [SourceUnreachableError("no connection")]
            for minute in range(30):
                await world.service.harvest()
                assert world.arxiv.tries == (1 if minute < 5 else 2)
                world.arxiv.now += MINUTE

    asyncio.run(run())


def test_details_are_waited_for_and_what_comes_late_is_told_late(tmp_path: Path) -> None:
    """Rounds wait two hours for comments; a paper that only its comment matches is told whenever it comes."""

    async def run(away: timedelta) -> list[tuple[datetime, list[str]]]:
        folder = tmp_path / str(away)
        with serve_arxiv() as arxiv:
            arxiv.announce(DAY, [announced(1, title="A workshop"), announced(2, comment="At the workshop")])
            async with Town.open(folder) as town, harvester(folder / "paperround.db", arxiv.url) as reader:
                await town.chat("ada", Topic("w", "W", "workshop"), quiet_days=QuietDays.NOTHING)
                world = World.over(town, reader)
                world.arxiv.now = MORNING
                arxiv.api_is_away = True
                await world.live(MORNING + away)
                arxiv.api_is_away = False
                await world.live(MORNING + timedelta(hours=8))
                return [
                    (at, re.findall(r"9906\.\d+", body.rpartition("Papers: ")[2])) for at, body in world.told
                ]

    ((at, both),) = asyncio.run(run(timedelta(hours=1)))
    assert both == ["9906.00001", "9906.00002"]
    assert at < MORNING + timedelta(hours=2)
    first, second = asyncio.run(run(timedelta(hours=4)))
    assert first[1] == ["9906.00001"]
    assert MORNING + timedelta(hours=2) <= first[0] < MORNING + timedelta(hours=2.5)
    assert second[1] == ["9906.00002"]


def test_tidying_forgets_what_is_old(tmp_path: Path) -> None:
    """Deliveries settled 90 days ago go, papers stay."""

    async def run() -> None:
        async with Town.open(tmp_path) as town:
            await town.chat("ada")
            world = World.over(town)
            await world.live(START + timedelta(hours=9))
            await town.database.write(
                lambda db: db.execute("UPDATE deliveries SET settled_at = made_at").fetchall()
            )
            world.arxiv.now += timedelta(days=91)
            await world.service.tidy()
            assert await town.sounds() == []
            assert await town.database.read(lambda db: SqlitePapers(db).dates()) == (START.date(),)

    asyncio.run(run())


def test_jobs_run_again_and_again_though_one_fails() -> None:
    """APScheduler starts each job at once and then at its interval, divided by the clock's speed."""

    async def run() -> None:
        runs: list[str] = []
        enough = asyncio.Event()

        async def fail() -> None:
            runs.append("fail")
            raise RuntimeError("a bug")

        async def work() -> None:
            runs.append("work")
            if runs.count("work") == 3:
                enough.set()

        jobs = (Job("fail", 60 * MINUTE, fail), Job("work", MINUTE, work))
        wait = asyncio.Event().wait

        async def pause(_: float) -> None:
            await wait()

        schedule = Schedule(jobs, 1200.0, lambda: datetime.now(UTC), pause)
        task = asyncio.create_task(schedule.run())
        await enough.wait()
        task.cancel()
        await asyncio.wait({task})
        assert runs.count("fail") == 1

    asyncio.run(run())


def test_jobs_go_on_when_the_systems_clock_is_set_back() -> None:
    """They'd otherwise wait for as long as it jumped."""

    async def run() -> None:
        runs, ran, again = 0, asyncio.Event(), asyncio.Event()
        shown = iter([datetime.now(UTC), datetime.now(UTC) + timedelta(hours=1)])

        async def work() -> None:
            nonlocal runs
            runs += 1
            ran.set()
            if runs == 2:
                again.set()

        async def pause(_: float) -> None:
            await ran.wait()
            ran.clear()

        schedule = Schedule(
            (Job("work", timedelta(days=1), work),), 1.0, lambda: next(shown, datetime.now(UTC)), pause
        )
        task = asyncio.create_task(schedule.run())
        await again.wait()
        task.cancel()
        await asyncio.wait({task})

    asyncio.run(run())
