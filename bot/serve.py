"""What ``paperround run`` is made of, tied together; begins it and ends it. Decides nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot import counting, heartbeat
from bot.announcer import Announcer
from bot.answers import claim_code, make_inbox
from bot.app import (
    make_calendar,
    make_harvester,
    make_platforms,
    make_preferences,
    make_store,
    open_database,
)
from bot.archiving import archive_jobs
from bot.delays import Delays
from bot.dispatcher import Dispatcher
from bot.drive import Drive
from bot.figures_ahead import FiguresAhead
from bot.introduction import introduce, ways_in
from bot.model_troubles import ModelTroubles
from bot.notes_ahead import NotesAhead
from bot.rounds import Rounds
from bot.schedule import Job, Schedule
from bot.service import Service
from bot.storage.chats import SqliteChats
from bot.storage.desk import SqliteStore
from bot.storage.outbox import SqliteOutboxStore
from bot.summaries import open_summaries
from bot.supervisor import Supervisor
from bot.troubles import Troubles
from digest.errors import StorageLockedError
from digest.storage.backup import run_lock
from digest.storage.locks import try_lock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from bot.clock import Clock, RealClock
    from bot.ports import Platform
    from bot.settings import Settings
    from bot.summaries import Summaries
    from bot.trouble import Trouble
    from digest.storage.database import Database

SWITCH = 0.0005
"""Seconds; the database's threads hand Python over at each row, and wait so long to get it back."""

_TO_FINISH = 6.0  # seconds to finish what is being sent
_TO_CANCEL = 2.0  # seconds for the rest to end
_TRIM_PAGES = 10_000  # 40 MB a day, in a fraction of a second


async def serve(
    settings: Settings, clock: Clock | RealClock, stop: asyncio.Event, say: Callable[[str], None]
) -> None:
    """Serve the database until `stop` is set, and end within ten seconds then.

    Args:
        settings: what the owner decided.
        clock: the time that everything but arXiv's pace goes by.
        stop: set when it's to end.
        say: tells the owner a line.

    Raises:
        StorageLockedError: another process serves the database.
        StorageError: the database can't be used.
    """
    path = settings.storage.path
    with try_lock(run_lock(path)) as ours:
        if not ours:
            raise StorageLockedError(
                f"paperround runs on {path} already, and one process serves a database. Stop that one first."
            )
        heartbeat.beat(path)
        try:
            async with open_database(path) as database:
                troubles = Troubles(
                    SqliteStore(database, make_preferences(settings)), settings.digest.language
                )
                tell = ModelTroubles(troubles.store, troubles.report, clock.now).tell
                async with open_summaries(settings, database, clock.now, tell) as summaries:
                    await _serve(settings, clock, database, summaries, troubles, stop, say)
        finally:
            heartbeat.end(path)


async def _serve(
    settings: Settings,
    clock: Clock | RealClock,
    database: Database,
    summaries: Summaries,
    troubles: Troubles,
    stop: asyncio.Event,
    say: Callable[[str], None],
) -> None:
    sys.setswitchinterval(SWITCH)
    defaults = make_preferences(settings)
    await database.write(lambda db: SqliteChats(db, defaults).wait_no_longer())
    platforms = make_platforms(settings, clock)
    outbox = SqliteOutboxStore(database, lambda db: SqliteChats(db, defaults))
    dispatchers = {
        name: Dispatcher(
            outbox,
            platform,
            now=clock.now,
            sleep=clock.sleep,
            random=random.random,
            report=troubles.report,
            network_sleep=asyncio.sleep,
        )
        for name, platform in platforms.items()
    }

    def wake() -> None:
        for dispatcher in dispatchers.values():
            dispatcher.wake()

    ahead = NotesAhead(summaries.notebook)
    figures = FiguresAhead(summaries.notebook, settings.arxiv.site_url)
    rounds = make_rounds(settings, database, platforms, summaries, ahead, figures)
    service = make_service(settings, clock, database, platforms, rounds, wake, troubles.report)
    inbox = make_inbox(
        settings,
        database,
        clock,
        summaries,
        platforms,
        unreachable_since=lambda: service.unreachable_since,
        wake=wake,
    )
    announcer = Announcer(SqliteStore(database, defaults), platforms, wake)
    more = (
        Job("heartbeat", timedelta(seconds=heartbeat.EVERY * clock.speed), partial(_beat, settings)),
        Job("announcement", timedelta(hours=1), lambda: announcer.finish(clock.now())),
        Job("costs", timedelta(minutes=10), summaries.flush),
        Job("figures", counting.EVERY, inbox.tools.counting.refresh),
        *archive_jobs(settings, database, summaries, troubles, clock),
    )
    schedule = make_schedule(service, clock, more)
    replies = {name: dispatcher.show for name, dispatcher in dispatchers.items()}
    code = await claim_code(database, clock)
    linked: set[str] = set()

    def begun(platform: Platform) -> None:
        """Say once where the code can be sent with a press, and how the bot is brought to a server."""
        if platform.name not in linked:
            linked.add(platform.name)
            for line in ways_in(platform, code):
                say(line)

    parts: dict[str, Callable[[], Awaitable[None]]] = {
        "schedule": schedule.run,
        "troubles": partial(troubles.run, replies),
    }
    for name, dispatcher in dispatchers.items():
        drive = Drive(platforms[name], dispatcher, inbox.receive, begun, troubles.report, clock.now)
        parts[name] = drive.run
    for line in introduce(settings, clock, platforms, summaries.readers):
        say(line)
    if code:
        say(f"Nobody owns this bot yet. Send it this code to become its owner: {code}")
    supervisor = Supervisor(parts, time.monotonic, asyncio.sleep)
    running = asyncio.create_task(supervisor.run())
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    supervisor.stopping = True
    say("Stopping: what is being sent is finished.")
    # A dispatcher's seconds are the clock's.
    ends = [dispatcher.stop(_TO_FINISH * clock.speed) for dispatcher in dispatchers.values()]
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.gather(*ends), _TO_FINISH + 1)
    running.cancel()
    await asyncio.wait({running}, timeout=_TO_CANCEL)
    await ahead.stop()
    await figures.stop()
    if running.done() and not running.cancelled():
        running.result()  # a bug in the supervisor itself is worth a status
    say("Stopped.")


def make_rounds(
    settings: Settings,
    database: Database,
    platforms: Mapping[str, Platform],
    summaries: Summaries,
    ahead: NotesAhead,
    figures: FiguresAhead,
) -> Rounds:
    """Make what serves the chats that are due."""
    return Rounds(
        SqliteStore(database, make_preferences(settings)),
        make_store(database),
        summaries.briefs,
        ahead,
        summaries.allowances,
        platforms,
        settings.topics,
        make_calendar(settings),
        figures,
    )


def make_service(
    settings: Settings,
    clock: Clock | RealClock,
    database: Database,
    platforms: Mapping[str, Platform],
    rounds: Rounds,
    wake: Callable[[], None],
    report: Callable[[Trouble], None],
) -> Service:
    """Make what the schedule runs."""
    store, calendar = SqliteStore(database, make_preferences(settings)), make_calendar(settings)
    return Service(
        now=clock.now,
        calendar=calendar,
        archives=settings.arxiv.archives,
        harvester=make_harvester(settings, database, lambda _: None, now=clock.now),
        papers=make_store(database),
        rounds=rounds,
        delays=Delays(store, platforms, calendar),
        store=store,
        trim=partial(database.trim, _TRIM_PAGES),
        wake=wake,
        report=report,
    )


def make_schedule(service: Service, clock: Clock | RealClock, more: Iterable[Job]) -> Schedule:
    """Make the schedule of a service and of some jobs more."""
    minute = timedelta(minutes=1)
    return Schedule(
        jobs=(
            Job("harvest", minute, service.harvest),
            Job("round", minute, service.serve),
            Job("tidy", timedelta(days=1), service.tidy),
            *more,
        ),
        speed=clock.speed,
        wall=lambda: datetime.now(UTC),
        pause=asyncio.sleep,
    )


async def _beat(settings: Settings) -> None:
    heartbeat.beat(settings.storage.path)
