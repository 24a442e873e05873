"""``notes``: what the button under a summarized paper opens, its deep reading; figures follow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.commands.call import Command, MistakeError
from bot.commands.figures import figures_of, places_of
from bot.commands.languages import language_behind, phrases_in
from bot.commands.named import named_papers
from bot.commands.note_steps import told
from bot.commands.paper_entries import ask_buttons, paper_buttons
from bot.commands.saved_papers import title_of
from bot.commands.words import quoted
from bot.phrases import noting as say
from bot.ports import OnThisMachine, ShowsPictures
from bot.talk import Reply
from digest.compose_notes import compose_notes
from digest.document import Actions, Button
from digest.phrases import ARXIV, PDF
from digest.withdrawals import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.commands.call import Call, Tools
    from digest.model import Paper
    from digest.translation import Phrases


async def notes(call: Call, tools: Tools) -> Reply:
    """Show the notes of the paper that the words name, in the language behind it or the chat's."""
    found = await named_papers(call, tools, call.words, "summarize", detailed=True)
    if len(found.papers) > 1:
        raise MistakeError(call.own(say.ONE_AT_A_TIME), try_example=False)
    (paper,) = found.papers
    if is_withdrawn(paper):
        title = quoted(title_of(paper), call.own)
        raise MistakeError(call.own(say.WITHDRAWN, title=title), try_example=False)
    asked = language_behind(call.words)
    language, phrases = asked or call.chat.preferences.brief_language, phrases_in(asked, call.phrases)
    allowed = tools.allowances.of(call.chat.number)
    taken = await told(
        lambda report: tools.notebook.of(paper, language, report, lambda: allowed(paper.id)),
        call.progress,
        phrases,
    )
    full_paper, then = taken.full_paper, None
    platform: object = tools.platforms.get(call.place.address.platform)
    places: Callable[[str], str] = str  # as they're named
    if isinstance(platform, ShowsPictures):
        then = figures_of(tools.notebook, paper, full_paper, phrases)
        full_paper = replace(full_paper, figures=())
    elif isinstance(platform, OnThisMachine):
        places = await places_of(tools.notebook, paper, full_paper)
    document = compose_notes(paper, taken.notes, full_paper, phrases, places)
    return Reply(
        replace(document, blocks=(*document.blocks, Actions(_buttons(paper, phrases)))),
        then=then,
    )


def _buttons(paper: Paper, phrases: Phrases) -> tuple[Button, ...]:
    links = Button(phrases(PDF), url=paper.pdf_link), Button(phrases(ARXIV), url=paper.link)
    return (*ask_buttons([paper], phrases), *paper_buttons([paper], phrases), *links)


COMMANDS = (Command("notes", notes, costly=True),)
