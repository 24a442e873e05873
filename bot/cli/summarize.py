"""``paperround summarize ID…``: papers by arXiv ID or link, in brief and read whole."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from rich.console import Console

from bot.app import make_source, make_store, now, open_database
from bot.cli.context import choose_language, load_settings, tell_once
from bot.cli.explaining import explained
from bot.cli.steps import say_asking, teller
from bot.commands.figures import places_of
from bot.commands.note_steps import in_words
from bot.phrases import summarizing as say
from bot.summaries import open_summaries
from digest.compose_notes import compose_notes
from digest.compose_paper import Asked, compose_papers
from digest.errors import InvalidPaperIdError, PaperroundError
from digest.links import find_ids
from digest.lookup import look_up
from digest.render import terminal
from digest.translation import phrases_for
from digest.withdrawals import is_withdrawn

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from bot.settings import Settings
    from digest.model import PaperId


def run(args: argparse.Namespace) -> int:
    """Show the papers that can be had, and what can be had of each; fail if something can't."""
    settings = load_settings(args)
    language = choose_language(args, settings)
    asyncio.run(_tell(settings, wanted_ids(args.ids), language, notes=not args.brief, explain=args.explain))
    return 0


async def _tell(
    settings: Settings,
    wanted: Mapping[PaperId, int | None],
    language: str,
    *,
    notes: bool,
    explain: bool,
) -> None:
    """Show briefs as soon as they're there, then the notes of one paper after the other.

    Raises:
        SourceError: arXiv can't be asked for a paper or its file.
        PaperroundError: it doesn't know one.
    """
    async with (
        open_database(settings.storage.path) as database,
        open_summaries(settings, database, now, tell_once()) as summaries,
    ):
        found = await look_up(wanted, make_store(database), make_source(settings, database), say_asking)
        papers = [found.papers[name] for name in wanted if name in found.papers]
        written = await asyncio.gather(*(summaries.written(paper, language) for paper in papers))
        phrases, console = phrases_for(language), Console()
        if papers:
            asked = [
                Asked(paper, made.brief, wanted[paper.id])
                for paper, made in zip(papers, written, strict=True)
            ]
            terminal.show(compose_papers(asked, phrases), console)
        if explain:
            explanations = (explained(paper, made) for paper, made in zip(papers, written, strict=True))
            sys.stdout.write("".join(explanations))
        for paper in papers:
            if notes and not is_withdrawn(paper):
                taken = await summaries.notebook.of(paper, language, teller(in_words, phrases))
                places = await places_of(summaries.notebook, paper, taken.full_paper)
                console.print()
                terminal.show(compose_notes(paper, taken.notes, taken.full_paper, phrases, places), console)
    if found.unasked:
        raise found.unasked
    if missing := [str(name) for name in wanted if name not in found.papers]:
        english = phrases_for("en")
        raise PaperroundError(english(say.UNKNOWN, ids=english.listed(missing)))


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
