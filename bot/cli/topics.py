"""``paperround topics``: the presets of config.toml with what they would have told last week."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from babel.numbers import format_decimal
from rich.console import Console
from rich.table import Table

from bot.app import make_editor, make_store, now, open_database
from bot.cli.context import load_settings
from bot.summaries import extracted
from digest.translation import phrases_for

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from datetime import date

    from bot.settings import Settings
    from digest.model import Topic

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
    for topic, found in counted.items():
        count = [format_decimal(found, locale="en")] if days else []
        table.add_row(topic.name, topic.title, *count)
    Console(highlight=False, markup=False).print(table)
    sys.stdout.write(f"\n{_closing(counted, days)}\n")
    return 0


def _closing(counted: Mapping[Topic, int], days: tuple[date, ...]) -> str:
    if not days:
        return "Nothing was harvested yet, so there are no counts. Run: paperround harvest"
    counts = f"Counted over {phrases_for('en').dates(days)}."
    fullest = max(counted, key=lambda topic: counted[topic], default=None)
    return f"{counts} Read one: paperround digest {fullest.name}" if fullest else counts


async def _count(settings: Settings) -> tuple[dict[Topic, int], tuple[date, ...]]:
    async with open_database(settings.storage.path) as database:
        days = await make_store(database).read(lambda papers: papers.dates(WEEK))
        topics = tuple(settings.topics.values())
        counts = await make_editor(database, extracted(settings, database, now).briefs).count(topics, days)
        return dict(zip(topics, counts, strict=True)), days
