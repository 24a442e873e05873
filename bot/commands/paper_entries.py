"""Papers as lists show them, and the buttons that papers have. Pure; knows no command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.replies import button
from bot.phrases import noting
from bot.phrases import saving as say
from digest import formulas, wording
from digest.document import Code, Group, Heading, Link, Paragraph, Role, Text
from digest.phrases import READ, SUBMITTED
from digest.withdrawals import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from digest.document import Button
    from digest.model import Paper
    from digest.translation import Phrases

_PAPERS_LANGUAGE = "en"


def paper_entry(paper: Paper, number: int, phrases: Phrases, announced: date | None = None) -> Group:
    """Show a paper as one of a list: its title, who wrote it, and when."""
    title = Link(formulas.inlines(paper.title, _PAPERS_LANGUAGE), paper.link)
    authors = phrases.authors(wording.author_names(paper.authors))
    when = ""
    if announced:
        when = phrases.dates([announced])
    elif paper.submitted:
        when = phrases(SUBMITTED, date=phrases.dates([paper.submitted.date()]))
    byline = (Text(f"{authors} · "), Code(paper.categories[0]), *((Text(f" · {when}"),) if when else ()))
    return Group((Heading((title,), 2, number), Paragraph(byline, Role.BYLINE)), str(paper.id))


def read_button(paper: Paper, number: int, phrases: Phrases) -> Button | None:
    """Return what reads a paper of a list."""
    return button(phrases(READ, number=phrases.number(number)), f"summarize {paper.id}")


def notes_buttons(papers: Sequence[Paper], phrases: Phrases, language: str = "") -> tuple[Button, ...]:
    """Return what opens the notes of each paper that wasn't withdrawn.

    Args:
        papers: in the order in which they're shown.
        phrases: in the reader's language.
        language: the one that was asked for, a BCP 47 tag; empty for the chat's.
    """
    made = []
    for number, paper in enumerate(papers, start=1):
        label = phrases(noting.FULL_NOTES)
        if len(papers) > 1:
            label = phrases(noting.NOTES_NUMBERED, number=phrases.number(number))
        if not is_withdrawn(paper):
            made.append(button(label, f"notes {paper.id} {language}".rstrip()))
    return tuple(each for each in made if each)


def paper_buttons(papers: Sequence[Paper], phrases: Phrases) -> tuple[Button, ...]:
    """Return what saves papers, each its own, and what shows all of them as BibTeX, if buttons carry that."""
    if len(papers) == 1:
        save = [button(phrases(say.SAVE_BUTTON), f"save {papers[0].id}")]
    else:
        save = [
            button(phrases(say.SAVE_NUMBERED, number=phrases.number(number)), f"save {paper.id}")
            for number, paper in enumerate(papers, start=1)
        ]
    bibtex = button("BibTeX", f"export bibtex {' '.join(str(paper.id) for paper in papers)}")
    return tuple(each for each in (*save, bibtex) if each)
