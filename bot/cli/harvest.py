"""``paperround harvest``: reads what arXiv announced and says what came of it."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from babel.dates import format_date
from babel.numbers import format_decimal

from bot.app import make_calendar, make_harvester, now, open_database
from bot.cli import FAILED
from bot.cli.context import load_settings
from bot.cli.progress import harvest_progress
from digest.calendar import Closed
from digest.safety import printable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from datetime import date, datetime

    from bot.settings import Settings
    from digest.calendar import Calendar
    from digest.pipeline import Harvest


def run(args: argparse.Namespace) -> int:
    """Harvest once."""
    settings = load_settings(args)
    harvest = asyncio.run(_harvest(settings, args.days))
    for line in describe(harvest, make_calendar(settings), now()):
        sys.stdout.write(f"{line}\n")
    return FAILED if harvest.unfilled else 0


async def _harvest(settings: Settings, days: int) -> Harvest:
    async with open_database(settings.storage.path) as database:
        with harvest_progress() as report:
            return await make_harvester(settings, database, report).harvest(days)


def describe(harvest: Harvest, calendar: Calendar, at: datetime) -> Iterator[str]:
    """Say in a few sentences what a harvest found."""
    listing = harvest.listing
    archives = ", ".join(listing.archives)
    if listing.announcements:
        yield (
            f"{_day(listing.date)}: {_papers(harvest.kept.announced)} announced in {archives}, "
            f"{_number(harvest.kept.new)} of them new here."
        )
    else:
        closed = calendar.closed(listing.date)
        why = {Closed.WEEKEND: ": it's a weekend", Closed.HOLIDAY: ": it's a holiday", None: ""}[closed]
        yield f"arXiv announced nothing in {archives} on {_day(listing.date)}{why}."
    for day, kept in harvest.backfilled:
        yield f"{_day(day)} was missed: {_papers(kept.new)} backfilled, the date inferred."
    for problem in listing.problems:
        yield f"{printable(problem).removesuffix('.')}."
    if harvest.unfilled:
        yield f"Earlier days are still missing; the next harvest tries again. {harvest.unfilled}"
    if harvest.undetailed:
        yield f"Comments and exact authors are missing; the next harvest asks again. {harvest.undetailed}"
    expected = calendar.last(at)
    if listing.date < expected:
        yield f"The listing of {_day(expected)} isn't out yet."


def _day(day: date) -> str:
    return format_date(day, "EEE d MMMM y", locale="en")


def _number(count: int) -> str:
    return format_decimal(count, locale="en")


def _papers(count: int) -> str:
    return f"{_number(count)} paper{'' if count == 1 else 's'}"
