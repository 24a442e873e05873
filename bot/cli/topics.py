"""``paperround topics``: the presets of config.toml with what they would have told last week."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from babel.numbers import format_decimal
from rich.console import Console
from rich.table import Table

from bot.app import make_editor, make_store, open_database
from bot.cli.context import load_settings
from digest.translation import phrases_for

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from bot.settings import Settings
    from digest.model import Section

WEEK = 5
"""Announcement dates in a week."""


def run(args: argparse.Namespace) -> int:
    """Print a line a topic."""
    settings = load_settings(args)
    counted, days = asyncio.run(_count(settings))
    table = Table(box=None, pad_edge=False, header_style="")
    table.add_column("Topic")
    table.add_column("Title")
    if days:
        table.add_column("Papers", justify="right")
    for section in counted:
        count = [format_decimal(section.found, locale="en")] if days else []
        table.add_row(section.topic.name, section.topic.title, *count)
    Console(highlight=False, markup=False).print(table)
    sys.stdout.write(f"\n{_closing(counted, days)}\n")
    return 0


def _closing(counted: tuple[Section, ...], days: tuple[date, ...]) -> str:
    if not days:
        return "Nothing was harvested yet, so there are no counts. Run: paperround harvest"
    counts = f"Counted over {phrases_for('en').dates(days)}."
    return f"{counts} Read one: paperround digest {counted[0].topic.name}" if counted else counts


async def _count(settings: Settings) -> tuple[tuple[Section, ...], tuple[date, ...]]:
    async with open_database(settings.storage.path) as database:
        days = (await make_store(database).read(lambda papers: papers.dates()))[-WEEK:]
        editor = make_editor(database)
        topics = settings.topics.values()
        editions = [await editor.edition([topic], days, 0, settings.digest.language) for topic in topics]
        return tuple(edition.sections[0] for edition in editions), days
