"""Makes a document of a paper's notes, or blocks for a larger one. Pure; knows phrases, no platform.

Eight sections: title, authors, affiliation, keywords, links; what it's about in brief; the method step by
step; the conclusion. Then the figures, folded; what is missing; who wrote it from what. Labels are ours, in
the reader's language alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest import formulas, notes_wording, wording
from digest import phrases as say
from digest.code_links import code_links
from digest.document import (
    Details,
    Document,
    Figure,
    Group,
    Heading,
    Link,
    List,
    Paragraph,
    Role,
    Strong,
    Text,
)
from digest.latex import readable
from digest.notes import Field
from digest.passages import PAPERS_LANGUAGE, filled, said, title
from digest.reading import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from digest.document import Block, Blocks, Inline, Inlines
    from digest.fulltext import FullPaper, Picture
    from digest.model import Paper
    from digest.notes import Claims, Notes
    from digest.phrases import Phrase
    from digest.translation import Phrases

_BRIEF = (Field.BACKGROUND, Field.EARLIER, Field.METHOD, Field.RESULTS)
_MOST_AUTHORS = 30
_NO_SPACES = ("zh", "ja")  # languages that put none after a full stop
_CONCLUSION = (Field.SIGNIFICANCE, Field.INNOVATION, Field.PERFORMANCE, Field.WORKLOAD)


def _as_named(image: str) -> str:
    return image


def compose_notes(
    paper: Paper,
    notes: Notes,
    full_paper: FullPaper,
    phrases: Phrases,
    address: Callable[[str], str] = _as_named,
) -> Document:
    """Write notes as a document of their own, in the language of the phrases.

    Args:
        paper: whose title, authors and links they are.
        notes: what was written about it.
        full_paper: what was read of it, or its `digest.notes.outline`.
        phrases: `digest.translation.phrases_for` the reader's language.
        address: turns the name of an image into a URL, where they have one.
    """
    blocks: list[Block] = [title(paper, 1), *notes_blocks(paper, notes, full_paper, phrases, level=2)]
    if figures := figure_blocks(full_paper, phrases, address):
        label = phrases.count(say.NOTES_FIGURES, sum(bool(figure.images) for figure in full_paper.figures))
        blocks.append(Details((Text(label),), figures))
    blocks.append(said(notes_wording.written(notes, full_paper, phrases), Role.FOOTER))
    heading = words(formulas.inlines(paper.title, PAPERS_LANGUAGE))
    return Document(heading, phrases.language, (Group(tuple(blocks), str(paper.id)),))


def notes_blocks(
    paper: Paper, notes: Notes, full_paper: FullPaper, phrases: Phrases, *, level: int
) -> Blocks:
    """Return the eight sections and what is missing of them, for a digest or a post.

    Neither the paper's heading nor its figures nor who wrote it: that's the document's to say.

    Args:
        paper: as in `compose_notes`.
        notes: the same.
        full_paper: the same.
        phrases: the same.
        level: of the headings.
    """
    return (
        *_facts(paper, notes, full_paper, phrases),
        *_sections(notes, phrases, level),
        *_missing(notes, phrases),
    )


def figure_blocks(
    full_paper: FullPaper, phrases: Phrases, address: Callable[[str], str] = _as_named
) -> Blocks:
    """Return the paper's figures with their captions, in order; those without an image are left out."""
    return tuple(_figures(full_paper.figures, phrases, address))


def _facts(paper: Paper, notes: Notes, full_paper: FullPaper, phrases: Phrases) -> Iterator[Block]:
    """Yield what is said of the paper before what it says."""
    if phrases.language != PAPERS_LANGUAGE or notes.translated_title:
        names: list[Inline] = [*formulas.inlines(paper.title, PAPERS_LANGUAGE)]
        if notes.translated_title:
            names += [Text(phrases(say.SEMICOLON)), Text(notes.translated_title, notes.language)]
        yield _labelled(say.NOTES_TITLE, names, phrases)
    authors = _authors(wording.author_names(paper.authors), phrases)
    yield _labelled(say.NOTES_AUTHORS, (Text(authors, PAPERS_LANGUAGE),), phrases)
    if notes.affiliation:
        place = readable(notes.affiliation)
        if paper.authors:
            author = wording.author_names(paper.authors[:1])[0]
            place = phrases(say.NOTES_LABELLED, label=author) + place
        yield _labelled(say.NOTES_AFFILIATION, (Text(place, PAPERS_LANGUAGE),), phrases)
    if notes.keywords:
        keywords = readable(phrases(say.COMMA).join(notes.keywords))
        yield _labelled(say.NOTES_KEYWORDS, (Text(keywords, notes.language),), phrases)
    yield _labelled(say.NOTES_LINKS, _links(paper, full_paper, phrases), phrases)


def _authors(names: tuple[str, ...], phrases: Phrases) -> str:
    """Name everybody, but of a collaboration that fills pages the first and how many more there are."""
    if len(names) <= _MOST_AUTHORS:
        return phrases.listed(names)
    named = phrases(say.COMMA).join(names[:_MOST_AUTHORS])
    return phrases.count(say.AND_MORE, len(names) - _MOST_AUTHORS, names=named)


def _links(paper: Paper, full_paper: FullPaper, phrases: Phrases) -> Inlines:
    """Return where the paper and its code are: what the metadata names first, then what the file does."""
    line: list[Inline] = [
        Link((Text(phrases(say.ARXIV)),), paper.link),
        Text(" · "),
        Link((Text(phrases(say.PDF)),), paper.pdf_link),
        Text(" · "),
    ]
    addresses = dict.fromkeys((*code_links(paper), *full_paper.code))
    if not addresses:
        return (*line, Text(phrases(say.NO_CODE)))
    links = [Link((Text(url.partition("://")[2]),), url) for url in addresses]
    line += filled(phrases.pattern(say.CODE_AT), link=links[0])
    for link in links[1:]:
        line += [Text(phrases(say.COMMA)), link]
    return tuple(line)


def _sections(notes: Notes, phrases: Phrases, level: int) -> Iterator[Block]:
    if notes_wording.is_extracted(notes) and notes.language != phrases.language:
        yield said(phrases(say.NOTES_IN_ITS_WORDS), Role.NOTICE)
    for heading, fields in ((say.NOTES_SUMMARY, _BRIEF), (say.NOTES_CONCLUSION, _CONCLUSION)):
        told = [field for field in fields if notes.claims(field)]
        if told:
            yield Heading((Text(phrases(heading)),), level)
        for field in told:
            label = notes_wording.LABELS[field]
            yield _labelled(label, _told(notes.claims(field), notes, phrases), phrases)
        if heading is say.NOTES_SUMMARY and notes.steps:
            yield Heading((Text(phrases(say.NOTES_STEPS)),), level)
            steps = ((Paragraph(_told((step,), notes, phrases)),) for step in notes.steps)
            yield List(tuple(steps), ordered=True)


def _told(claims: Claims, notes: Notes, phrases: Phrases) -> Inlines:
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


def _missing(notes: Notes, phrases: Phrases) -> Iterable[Block]:
    if told := notes_wording.missing(notes, phrases):
        yield said(told, Role.SMALL)


def _labelled(label: Phrase, content: Iterable[Inline], phrases: Phrases) -> Paragraph:
    name = phrases(say.NOTES_LABELLED, label=phrases(label))
    return Paragraph((Strong((Text(name),)), *content))


def _figures(figures: Iterable[Picture], phrases: Phrases, address: Callable[[str], str]) -> Iterator[Block]:
    for figure in figures:
        label: Inlines = (Text(figure.label),) if figure.label else ()
        caption = formulas.inlines(figure.caption, PAPERS_LANGUAGE)
        if label and caption:
            label = (Text(phrases(say.NOTES_LABELLED, label=figure.label)),)
        for number, image in enumerate(figure.images):
            whole = (*label, *caption)
            yield Figure(address(image), words(whole), whole if number == 0 else ())
