"""``paperround demo``: today's digest of two topics, on the screen and as a page; keeps nothing."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console

from bot.app import make_editor, make_harvester, make_store, now, open_database
from bot.cli.context import load_settings
from bot.cli.progress import harvest_progress
from bot.summaries import extracted
from digest.compose import compose
from digest.errors import SourceError
from digest.render import html, terminal
from digest.sources.sample import sample_listing
from digest.translation import phrases_for

if TYPE_CHECKING:
    import argparse

    from bot.settings import Settings
    from digest.model import Edition, Topic
    from digest.storage.database import Database

SHOWN = 3
"""Papers a topic; enough for an impression."""

PATIENCE = 8.0
"""Seconds to wait for arXiv before the sample is shown instead."""

ARCHIVES = ("cs.CL", "cs.CV")
"""Two categories are read in a few seconds; a whole archive takes its time."""


def run(args: argparse.Namespace) -> int:
    """Show the digest and write the page."""
    settings = load_settings(args)
    edition = asyncio.run(_edition(_hurried(settings)))
    document = compose(edition, phrases_for(settings.digest.language))
    terminal.show(document, Console())
    sys.stdout.write(f"\n{_page(html.render(document), args.page)}\n")
    sys.stdout.write("Next: paperround init, paperround harvest, paperround digest llm-agents\n")
    return 0


def _hurried(settings: Settings) -> Settings:
    arxiv = msgspec.structs.replace(
        settings.arxiv, timeout=min(PATIENCE, settings.arxiv.timeout), archives=ARCHIVES
    )
    return msgspec.structs.replace(settings, arxiv=arxiv)


async def _edition(settings: Settings) -> Edition:
    with tempfile.TemporaryDirectory(prefix="paperround-demo-") as folder:
        async with open_database(Path(folder) / "demo.db") as database:
            sample = not await _harvest(settings, database)
            store = make_store(database)
            if sample:
                listing = sample_listing(ARCHIVES)
                await store.write(lambda papers: papers.keep(listing, now(), detailed=True))
            days = await store.read(lambda papers: papers.dates(1))
            editor = make_editor(database, extracted(settings, database, now).briefs, sample=sample)
            return await editor.edition(_topics(settings), days, SHOWN, settings.digest.language)


async def _harvest(settings: Settings, database: Database) -> bool:
    """Read the newest listing; tell whether there is one."""
    try:
        with harvest_progress() as report:
            harvest = await make_harvester(settings, database, report, most_tries=1).harvest(days=1)
    except SourceError as error:
        sys.stderr.write(f"{error} Here is a sample instead.\n\n")
        return False
    if not harvest.listing.announcements and not harvest.backfilled:
        why = harvest.unfilled or "arXiv announced nothing today."
        sys.stderr.write(f"{why} Here is a sample instead.\n\n")
        return False
    return True


def _topics(settings: Settings) -> list[Topic]:
    """Choose two topics that have papers on most days, else the first two there are."""
    usual = [settings.topics[name] for name in ("llm-agents", "diffusion-models") if name in settings.topics]
    return usual or list(settings.topics.values())[:2]


def _page(text: str, path: Path) -> str:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        return f"The page couldn't be written to {path}: {error.strerror or error}."
    return f"The same as a page: {path.absolute()}"
