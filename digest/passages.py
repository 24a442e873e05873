"""The passages about one paper that a digest and a page of its own share. Pure; knows phrases and blocks."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from digest import formulas, wording
from digest import phrases as say
from digest.document import Details, Heading, Link, List, Paragraph, Role, Text
from digest.inlines import shorten
from digest.latex import readable

if TYPE_CHECKING:
    from digest.document import Blocks, Inline, Inlines
    from digest.model import Brief, Paper
    from digest.translation import Phrases

PAPERS_LANGUAGE = "en"  # arXiv asks for an English abstract: https://info.arxiv.org/help/prep.html
_FIRST_LINES = 320  # characters of an abstract that stand in for a brief


def title(paper: Paper, level: int, number: int | None = None) -> Heading:
    """Return a paper's title as a heading that leads to its page."""
    return Heading((Link(formulas.inlines(paper.title, PAPERS_LANGUAGE), paper.link),), level, number)


def sentence(brief: Brief, phrases: Phrases) -> Paragraph:
    """Return a brief's sentence; one in another language than the reader's is marked."""
    words = Text(readable(brief.sentence), wording.sentence_language(brief))
    if wording.in_its_words(brief, phrases):
        return Paragraph(filled(phrases.pattern(say.IN_ITS_WORDS), text=words))
    return Paragraph((words,))


def takeaways(brief: Brief) -> List:
    """Return a brief's takeaways."""
    language = wording.takeaways_language(brief)
    return List(tuple((Paragraph((Text(readable(item), language),)),) for item in brief.takeaways))


def folded_takeaways(brief: Brief, phrases: Phrases) -> Details:
    """Return a brief's takeaways, folded away."""
    return Details((Text(phrases(say.TAKEAWAYS)),), (takeaways(brief),))


def keywords(brief: Brief, phrases: Phrases) -> Paragraph:
    """Return a brief's keywords."""
    words = Text(readable(phrases(say.COMMA).join(brief.keywords)), brief.language)
    return Paragraph(filled(phrases.pattern(say.KEYWORDS), words=words), Role.SMALL)


def without_brief(abstract: Inlines, phrases: Phrases) -> Blocks:
    """Return what stands where no brief could be made: how the abstract begins, and that it does."""
    first = shorten(abstract, _FIRST_LINES)
    if not first:
        return (said(phrases(say.NO_SUMMARY), Role.SMALL),)
    return Paragraph(first), said(phrases(say.NO_SUMMARY_BUT_ABSTRACT), Role.SMALL)


def comment(text: str, phrases: Phrases) -> Paragraph:
    """Return the authors' comment, as arXiv has it."""
    words = Text(readable(text), PAPERS_LANGUAGE)
    return Paragraph(filled(phrases.pattern(say.COMMENT), text=words), Role.SMALL)


def said(text: str, role: Role = Role.BODY) -> Paragraph:
    """Return a sentence as a paragraph."""
    return Paragraph((Text(text),), role)


def filled(pattern: str, **values: Inline) -> Inlines:
    """Fill a phrase's braces with inlines."""
    line: list[Inline] = []
    for words, name, _, _ in Formatter().parse(pattern):
        if words:
            line.append(Text(words))
        if name:
            line.append(values[name])
    return tuple(line)
