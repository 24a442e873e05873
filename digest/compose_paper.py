"""Makes a document of papers that somebody asked for by id. Pure; knows phrases and blocks, no platform.

A paper is its title, a byline, what must be known first (withdrawn, another version), its sentence and
takeaways,
the comment and where the code is. Several are numbered, with their takeaways folded, and share the last line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest import formulas, wording
from digest import phrases as say
from digest.code_links import code_links
from digest.document import Actions, Button, Code, Document, Group, Link, Paragraph, Role, Text
from digest.passages import (
    PAPERS_LANGUAGE,
    comment,
    filled,
    folded_takeaways,
    keywords,
    said,
    sentence,
    takeaways,
    title,
    without_brief,
)
from digest.reading import words
from digest.withdrawals import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.document import Block, Inline
    from digest.model import Brief, Paper
    from digest.translation import Phrases


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper that somebody asked for.

    Attributes:
        paper: at its newest version.
        brief: None if none could be made.
        version: the one that was named, if one was.
    """

    paper: Paper
    brief: Brief | None
    version: int | None = None


def compose_papers(
    asked: Sequence[Asked], phrases: Phrases, notices: Sequence[str] = (), presses: Sequence[Button] = ()
) -> Document:
    """Write papers as a document in the language of the phrases.

    Args:
        asked: at least one, in order.
        phrases: `digest.translation.phrases_for` the reader's language.
        notices: sentences about whatever else was asked for; they come first.
        presses: buttons that do something with the papers, where there are such.
    """
    several = len(asked) > 1
    blocks: list[Block] = [said(notice, Role.NOTICE) for notice in notices]
    for number, each in enumerate(asked, start=1):
        parts = tuple(_paper(each, number if several else None, phrases))
        blocks.append(Group(parts, str(each.paper.id)))
    briefs = [each.brief for each in asked if each.brief]
    if last := wording.written_by(briefs, phrases, one_paper=not several):
        blocks.append(said(last, Role.FOOTER))
    if presses:
        blocks.append(Actions(tuple(presses)))
    if buttons := tuple(_buttons([each.paper for each in asked], phrases)):
        blocks.append(Actions(buttons))
    return Document(_title(asked, phrases), phrases.language, tuple(blocks))


def _title(asked: Sequence[Asked], phrases: Phrases) -> str:
    if len(asked) > 1:
        return phrases.count(say.PAPERS, len(asked))
    return words(formulas.inlines(asked[0].paper.title, PAPERS_LANGUAGE))


def _paper(asked: Asked, number: int | None, phrases: Phrases) -> Iterator[Block]:
    paper, brief = asked.paper, asked.brief
    yield title(paper, 1 if number is None else 2, number)
    yield _byline(paper, phrases)
    for notice in _notices(asked, phrases):
        yield said(notice, Role.NOTICE)
    if brief is None:
        yield from without_brief(formulas.inlines(paper.abstract, PAPERS_LANGUAGE), phrases)
    else:
        yield sentence(brief, phrases)
        if brief.takeaways:
            yield takeaways(brief) if number is None else folded_takeaways(brief, phrases)
        if brief.keywords:
            yield keywords(brief, phrases)
        if told := wording.repaired(brief, phrases, keywords=True):
            yield said(told, Role.SMALL)
    if paper.comment:
        yield comment(paper.comment, phrases)
    yield _code(paper, phrases)


def _byline(paper: Paper, phrases: Phrases) -> Paragraph:
    facts = [phrases(say.VERSION, number=phrases.number(paper.version))]
    if paper.submitted:
        facts.insert(0, phrases(say.SUBMITTED, date=phrases.dates((paper.submitted.date(),))))
    names = phrases.authors(wording.author_names(paper.authors))
    line = (Text(f"{names} · "), Code(paper.categories[0]), Text("".join(f" · {fact}" for fact in facts)))
    return Paragraph(line, Role.BYLINE)


def _notices(asked: Asked, phrases: Phrases) -> Iterator[str]:
    if is_withdrawn(asked.paper):
        yield phrases(say.WITHDRAWN)
    if asked.version is not None and asked.version != asked.paper.version:
        older = asked.version < asked.paper.version
        yield phrases(
            say.NEWER_VERSION if older else say.NO_SUCH_VERSION,
            asked=phrases.number(asked.version),
            newest=phrases.number(asked.paper.version),
        )


def _code(paper: Paper, phrases: Phrases) -> Paragraph:
    links = [Link((Text(url.partition("://")[2]),), url) for url in code_links(paper)]
    if not links:
        return said(phrases(say.NO_CODE_IN_ABSTRACT), Role.SMALL)
    line: list[Inline] = [*filled(phrases.pattern(say.CODE_AT), link=links[0])]
    for link in links[1:]:
        line += [Text(phrases(say.COMMA)), link]
    return Paragraph(tuple(line), Role.SMALL)


def _buttons(papers: Sequence[Paper], phrases: Phrases) -> Iterator[Button]:
    """Yield what opens the papers; one that was withdrawn has no PDF."""
    several = len(papers) > 1
    for number, paper in enumerate(papers, start=1):
        if not is_withdrawn(paper):
            label = phrases(say.PDF_NUMBERED, number=phrases.number(number)) if several else phrases(say.PDF)
            yield Button(label, url=paper.pdf_link)
    if not several:
        yield Button(phrases(say.ARXIV), url=papers[0].link)
