"""``paperround archive``: the posts that the archive still lacks."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from bot.app import now, open_database
from bot.archiving import make_archive
from bot.cli.context import load_settings, tell_once
from bot.summaries import open_summaries
from digest.errors import SettingsError

if TYPE_CHECKING:
    import argparse

    from bot.settings import Settings


def run(args: argparse.Namespace) -> int:
    """Write them, and say which."""
    settings = load_settings(args)
    if not settings.archive.path:
        raise SettingsError("There's no archive. Name a folder for it in [archive] path.")
    names = asyncio.run(_write(settings))
    for name in names:
        sys.stdout.write(f"Wrote {name}.\n")
    if not names:
        sys.stdout.write("Nothing is missing.\n")
    return 0


async def _write(settings: Settings) -> tuple[str, ...]:
    async with (
        open_database(settings.storage.path) as database,
        open_summaries(settings, database, now, tell_once()) as summaries,
    ):
        archive = make_archive(settings, database, summaries, now)
        return await archive.write() if archive else ()
