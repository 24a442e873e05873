"""The passages of notes that a document of their own and a post share. Pure; knows phrases and blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest import formulas, wording
from digest import phrases as say
from digest.code_links import code_links
from digest.document import Link, Paragraph, Strong, Text
from digest.fulltext import Form
from digest.latex import readable
from digest.notes import Field
from digest.passages import PAPERS_LANGUAGE, filled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.document import Inline, Inlines
    from digest.fulltext import FullPaper
    from digest.model import Paper
    from digest.notes import Claims, Notes
    from digest.phrases import Phrase
    from digest.translation import Phrases

BRIEF = (Field.BACKGROUND, Field.EARLIER, Field.METHOD, Field.RESULTS)
"""What tells a paper in brief."""

CONCLUSION = (Field.SIGNIFICANCE, Field.INNOVATION, Field.PERFORMANCE, Field.WORKLOAD)

_MOST_AUTHORS = 30
_NO_SPACES = ("zh", "ja")  # languages that put none after a full stop


def titles(paper: Paper, notes: Notes, phrases: Phrases) -> Inlines:
    """Return the title, and its translation where there is one."""
    names = formulas.inlines(paper.title, PAPERS_LANGUAGE)
    if not notes.translated_title:
        return names
    return (*names, Text(phrases(say.SEMICOLON)), Text(notes.translated_title, notes.language))


def authors(paper: Paper, phrases: Phrases) -> Inlines:
    """Name everybody, but of a collaboration that fills pages the first and how many more there are."""
    names = wording.author_names(paper.authors)
    told = phrases.listed(names)
    if len(names) > _MOST_AUTHORS:
        named = phrases(say.COMMA).join(names[:_MOST_AUTHORS])
        told = phrases.count(say.AND_MORE, len(names) - _MOST_AUTHORS, names=named)
    return (Text(told, PAPERS_LANGUAGE),)


def affiliation(paper: Paper, notes: Notes, phrases: Phrases) -> Inlines:
    """Return where the first author works."""
    place = readable(notes.affiliation)
    if paper.authors:
        author = wording.author_names(paper.authors[:1])[0]
        place = phrases(say.NOTES_LABELLED, label=author) + place
    return (Text(place, PAPERS_LANGUAGE),)


def keywords(notes: Notes, phrases: Phrases) -> Inlines:
    """Return the keywords."""
    return (Text(readable(phrases(say.COMMA).join(notes.keywords)), notes.language),)


def links(paper: Paper, full_paper: FullPaper, phrases: Phrases) -> Inlines:
    """Return where the paper and its code are: what the metadata names first, then what the file does."""
    line: list[Inline] = [
        Link((Text(phrases(say.ARXIV)),), paper.link),
        Text(" · "),
        Link((Text(phrases(say.PDF)),), paper.pdf_link),
        Text(" · "),
    ]
    addresses = dict.fromkeys((*code_links(paper), *full_paper.code))
    if not addresses:
        only = full_paper.form is Form.ABSTRACT
        return (*line, Text(phrases(say.NO_CODE_IN_ABSTRACT if only else say.NO_CODE)))
    links = [Link((Text(url.partition("://")[2]),), url) for url in addresses]
    line += filled(phrases.pattern(say.CODE_AT), link=links[0])
    for link in links[1:]:
        line += [Text(phrases(say.COMMA)), link]
    return tuple(line)


def sentences(claims: Claims, notes: Notes, phrases: Phrases) -> Inlines:
    """Return claims one after the other, each section named once behind what came from it."""
    line: list[Inline] = []
    for at, claim in enumerate(claims):
        if line:
            line.append(Text("" if notes.language.startswith(_NO_SPACES) else " "))
        line += formulas.inlines(claim.text, notes.language)
        following = claims[at + 1].section if at + 1 < len(claims) else ""
        if claim.section and claim.section != following:
            section = Text(readable(claim.section), PAPERS_LANGUAGE)
            line += filled(phrases.pattern(say.NOTES_SECTION), section=section)
    return tuple(line)


def labelled(label: Phrase, content: Iterable[Inline], phrases: Phrases) -> Paragraph:
    """Return a paragraph that begins with its label."""
    name = phrases(say.NOTES_LABELLED, label=phrases(label))
    return Paragraph((Strong((Text(name),)), *content))
