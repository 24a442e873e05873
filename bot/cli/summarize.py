"""``paperround summarize ID…``: papers by arXiv ID or link."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from rich.console import Console

from bot.app import make_source, make_store, now, open_database
from bot.cli.context import choose_language, load_settings, tell_once
from bot.cli.explaining import explained
from bot.phrases import summarizing as say
from bot.summaries import open_summaries
from digest.compose_paper import Asked, compose_papers
from digest.errors import InvalidPaperIdError, PaperroundError
from digest.links import find_ids
from digest.lookup import look_up
from digest.render import terminal
from digest.translation import phrases_for

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from bot.settings import Settings
    from digest.lookup import Lookup
    from digest.model import PaperId
    from digest.records import Written


def run(args: argparse.Namespace) -> int:
    """Show the papers that can be had; fail if one can't."""
    settings = load_settings(args)
    language = choose_language(args, settings)
    wanted = wanted_ids(args.ids)
    found, written = asyncio.run(_look_up(settings, wanted, language))
    asked = [
        Asked(found.papers[name], written[name].brief, version)
        for name, version in wanted.items()
        if name in found.papers
    ]
    if asked:
        terminal.show(compose_papers(asked, phrases_for(language)), Console())
    if args.explain:
        sys.stdout.write("".join(explained(each.paper, written[each.paper.id]) for each in asked))
    if found.unasked:
        raise found.unasked
    if missing := [str(name) for name in wanted if name not in found.papers]:
        english = phrases_for("en")
        raise PaperroundError(english(say.UNKNOWN, ids=english.listed(missing)))
    return 0


def wanted_ids(arguments: Sequence[str]) -> dict[PaperId, int | None]:
    """Return the ids that the arguments name, and their versions.

    Raises:
        InvalidPaperIdError: one names none.
    """
    wanted: dict[PaperId, int | None] = {}
    for argument in arguments:
        named = find_ids(argument)
        wrong = [argument] if not named else [each.written for each in named if each.id is None]
        if wrong:
            raise InvalidPaperIdError(
                f"“{wrong[0]}” isn't an arXiv ID. Try 2408.16725, or a link to a paper."
            )
        wanted |= {each.id: each.version for each in named if each.id and each.id not in wanted}
    return wanted


async def _look_up(
    settings: Settings, wanted: Mapping[PaperId, int | None], language: str
) -> tuple[Lookup, Mapping[PaperId, Written]]:
    async with (
        open_database(settings.storage.path) as database,
        open_summaries(settings, database, now, tell_once()) as summaries,
    ):
        found = await look_up(wanted, make_store(database), make_source(settings, database), _say_so)
        papers = found.papers.values()
        written = await asyncio.gather(*(summaries.written(paper, language) for paper in papers))
        return found, dict(zip(found.papers, written, strict=True))


async def _say_so() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("Asking arXiv …\n")
