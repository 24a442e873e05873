"""``paperround ask ID QUESTION``: a question about a paper, answered from it alone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rich.console import Console

from bot.app import make_source, make_store, now, open_database
from bot.cli.context import choose_language, load_settings, tell_once
from bot.cli.steps import say_asking, teller
from bot.cli.summarize import wanted_ids
from bot.commands.asking import step_words
from bot.phrases import summarizing as say
from bot.summaries import open_summaries
from digest.answers import LONGEST_QUESTION
from digest.compose_answer import compose_answer
from digest.errors import PaperroundError, SettingsError
from digest.lookup import look_up
from digest.render import terminal
from digest.translation import phrases_for

if TYPE_CHECKING:
    import argparse

    from bot.settings import Settings
    from digest.answers import PaperAnswer
    from digest.model import Paper, PaperId


def run(args: argparse.Namespace) -> int:
    """Show the answer; fail if the paper can't be had."""
    settings = load_settings(args)
    language = choose_language(args, settings)
    question = " ".join(" ".join(args.question).split())
    if not question:
        raise SettingsError('There\'s no question. Try paperround ask 9906.00001 "Which data is used?".')
    if len(question) > LONGEST_QUESTION:
        raise SettingsError(
            f"A question takes up to {LONGEST_QUESTION} characters. Ask for one thing at a time."
        )
    (name, version), *_ = wanted_ids([args.id]).items()
    paper, answer = asyncio.run(_ask(settings, name, version, question, language))
    terminal.show(compose_answer(paper, question, answer, phrases_for(language)), Console())
    return 0


async def _ask(
    settings: Settings, name: PaperId, version: int | None, question: str, language: str
) -> tuple[Paper, PaperAnswer]:
    async with (
        open_database(settings.storage.path) as database,
        open_summaries(settings, database, now, tell_once()) as summaries,
    ):
        found = await look_up(
            {name: version}, make_store(database), make_source(settings, database), say_asking
        )
        if name not in found.papers:
            raise found.unasked or PaperroundError(phrases_for("en")(say.UNKNOWN, ids=str(name)))
        paper = found.papers[name]
        return paper, await summaries.enquiries.of(
            paper, question, language, teller(step_words, phrases_for("en"))
        )
