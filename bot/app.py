"""The composition root: makes the objects that settings ask for and ties them together, nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.chats import Detail, Layout, Preferences, QuietDays, SendAt
from bot.clock import Clock, RealClock, read_clock
from bot.storage.migrations import CHATS
from digest import __version__
from digest.calendar import Calendar
from digest.editor import Editor
from digest.pipeline import Harvester
from digest.sources.deferred import DeferredSource
from digest.storage.database import Database, Lane
from digest.storage.migrations import PAPERS
from digest.storage.pace import DatabasePace
from digest.storage.papers import SqlitePaperStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from bot.platforms.discord.options import Options
    from bot.platforms.discord.platform import DiscordPlatform
    from bot.platforms.telegram.platform import TelegramPlatform
    from bot.ports import Platform
    from bot.settings import Settings
    from digest.briefs import Briefs
    from digest.pipeline import Progress
    from digest.ports import FullText, PaperSource, PaperStore

ARXIV_PAUSE = 3.1
"""Seconds between two requests; arXiv asks for three, and its clock isn't ours."""

MIGRATIONS = (PAPERS, CHATS)


@contextlib.asynccontextmanager
async def open_database(path: Path) -> AsyncIterator[Database]:
    """Open the database and close it at the end."""
    database = await Database.open(path, MIGRATIONS)
    try:
        yield database
    finally:
        await database.close()


def now() -> datetime:
    """Return the time, aware, in UTC."""
    return datetime.now(UTC)


def make_clock(environ: Mapping[str, str]) -> Clock | RealClock:
    """Make the clock: the system's, or the one that PAPERROUND_CLOCK simulates."""
    return read_clock(environ.get("PAPERROUND_CLOCK", ""), asyncio.sleep)


def make_store(database: Database, lane: Lane = Lane.WORK) -> PaperStore:
    """Make what keeps papers in this database.

    Args:
        database: where.
        lane: whose reads these are.
    """
    return SqlitePaperStore(database, lane)


def make_source(settings: Settings, database: Database, *, most_tries: int = 4) -> PaperSource:
    """Make arXiv's source; its pace is shared by everybody who uses this database."""
    return DeferredSource(partial(_make_arxiv, settings, database, most_tries))


def _make_arxiv(settings: Settings, database: Database, most_tries: int) -> PaperSource:
    from digest.sources.arxiv import ArxivSession, ArxivSource

    arxiv = settings.arxiv
    return ArxivSource(
        ArxivSession(_user_agent(settings), arxiv.timeout, settings.network.proxy),
        DatabasePace(database, "arxiv", ARXIV_PAUSE, time.time, asyncio.sleep),
        listing_url=arxiv.listing_url,
        api_url=arxiv.api_url,
        sleep=asyncio.sleep,
        random=random.random,
        most_tries=most_tries,
    )


def make_full_text(settings: Settings, database: Database) -> FullText:
    """Make what reads papers whole; its requests keep the pace of all others to arXiv."""
    from digest.sources.arxiv import ArxivSession  # a fifth of a second that few commands need
    from digest.sources.arxiv.asking import Asking
    from digest.sources.fulltext.apart import Limits
    from digest.sources.fulltext.shelf import Shelf
    from digest.sources.fulltext.site import Site
    from digest.sources.fulltext.source import ArxivFullText, Bounds

    reading = settings.reading
    session = ArxivSession(_user_agent(settings), settings.arxiv.timeout, settings.network.proxy)
    pace = DatabasePace(database, "arxiv", ARXIV_PAUSE, time.time, asyncio.sleep)
    return ArxivFullText(
        Site(session, settings.arxiv.site_url),
        Asking(pace, asyncio.sleep, random.random, most_tries=4),
        Shelf(reading.cache, reading.cache_megabytes << 20, reading.cache_days * 86_400.0, time.time),
        Bounds(reading.megabytes << 20, Limits(reading.pages, reading.seconds, reading.memory)),
    )


def _user_agent(settings: Settings) -> str:
    contact = f" ({settings.arxiv.contact})" if settings.arxiv.contact else ""
    return f"paperround/{__version__}{contact}"


def make_calendar(settings: Settings) -> Calendar:
    """Make arXiv's calendar."""
    return Calendar(frozenset(settings.arxiv.holidays))


def make_harvester(
    settings: Settings,
    database: Database,
    report: Callable[[Progress], None],
    *,
    most_tries: int = 4,
    now: Callable[[], datetime] = now,
) -> Harvester:
    """Make what reads arXiv into this database."""
    return Harvester(
        source=make_source(settings, database, most_tries=most_tries),
        store=make_store(database),
        calendar=make_calendar(settings),
        archives=settings.arxiv.archives,
        backfill_days=settings.arxiv.backfill_days,
        now=now,
        report=report,
    )


def make_preferences(settings: Settings) -> Preferences:
    """Make what holds for chats that chose nothing."""
    return Preferences(
        language=settings.digest.language,
        brief_language=settings.digest.language,
        send_at=SendAt.LISTED,
        zone=settings.digest.zone,
        weekdays=frozenset(range(5)),  # when arXiv announces
        papers=settings.digest.papers,
        detail=Detail.BRIEF,
        figures=False,
        quiet_days=QuietDays.LINE,
        sound=True,
        layout=Layout.CLASSIC,
    )


def make_platforms(settings: Settings, clock: Clock | RealClock) -> Mapping[str, Platform]:
    """Make the platforms that are set up, by name; the console always is, and comes last."""
    # What only `run` and `chat` need takes a twentieth of a second that other commands don't wait for.
    from bot.platforms.console.platform import ConsolePlatform
    from bot.platforms.console.printout import Printout, print_now

    platforms: dict[str, Platform] = {}
    if settings.scripted.path:
        from bot.platforms.scripted import ScriptedPlatform, append_to

        path = Path(settings.scripted.path).expanduser()
        platforms["scripted"] = ScriptedPlatform(
            append_to(path),
            clock.now,
            in_flight=settings.delivery.in_flight,
            seconds=settings.scripted.seconds,
            sleep=clock.sleep,
        )
    if settings.secrets.telegram_bot_token:
        platforms["telegram"] = make_telegram(settings, settings.secrets.telegram_bot_token)
    if settings.secrets.discord_bot_token:
        platforms["discord"] = make_discord(settings, settings.secrets.discord_bot_token)
    printout = Printout(print_now, clock.now, ZoneInfo(settings.digest.zone))
    platforms["console"] = ConsolePlatform(printout)
    return platforms


def make_telegram(settings: Settings, token: str) -> TelegramPlatform:
    """Make Telegram; its limits go by the system's time, whatever the clock shows."""
    from bot.platforms.telegram.options import Options
    from bot.platforms.telegram.platform import TelegramPlatform  # half a second

    telegram = settings.telegram
    options = Options(
        telegram.api_url,
        settings.network.proxy,
        telegram.paid_broadcast,
        telegram.webhook_url,
        telegram.webhook_listen,
        members_change=settings.access.group_changes == "everybody",
    )
    return TelegramPlatform(token, options, settings.delivery.in_flight)


def make_discord(settings: Settings, token: str) -> DiscordPlatform:
    """Make Discord; its limits go by the system's time, whatever the clock shows."""
    from bot.platforms.discord.platform import DiscordPlatform  # half a second

    return DiscordPlatform(token, discord_options(settings), settings.delivery.in_flight)


def discord_options(settings: Settings) -> Options:
    """Return how Discord is reached."""
    from bot.platforms.discord.options import Options

    discord = settings.discord
    return Options(
        discord.api_url,
        discord.gateway_url,
        settings.network.proxy,
        discord.threads,
        members_change=settings.access.group_changes == "everybody",
    )


def make_editor(database: Database, briefs: Briefs, *, sample: bool = False) -> Editor:
    """Make what writes editions of this database."""
    return Editor(make_store(database), briefs, sample=sample)
