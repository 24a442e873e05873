"""Makes a document of a paper's notes, or blocks for a larger one. Pure; knows phrases, no platform.

Eight sections: title, authors, affiliation, keywords, links; what it's about in brief; the method step by
step; the conclusion. Then the figures, folded; what is missing; who wrote it from what. Labels are ours, in
the reader's language alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest import formulas, inlines, notes_wording, wording
from digest import phrases as say
from digest.document import (
    Details,
    Document,
    Figure,
    Group,
    Heading,
    List,
    Paragraph,
    Role,
    Text,
)
from digest.notes_passages import (
    BRIEF,
    CONCLUSION,
    affiliation,
    authors,
    keywords,
    labelled,
    links,
    sentences,
    titles,
)
from digest.passages import PAPERS_LANGUAGE, said, title
from digest.reading import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from digest.document import Block, Blocks, Inlines
    from digest.fulltext import FullPaper, Picture
    from digest.model import Paper
    from digest.notes import Notes
    from digest.translation import Phrases


LONGEST_CAPTION = 300
"""Characters of a caption where notes are read in a chat; some fill a page."""

LONGEST_DESCRIPTION = 100
"""Characters that stand for a picture where it can't be seen: its label and how its caption begins."""


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
    if figures := figure_blocks(full_paper, phrases, address, LONGEST_CAPTION):
        label = phrases.count(say.NOTES_FIGURES, sum(bool(figure.images) for figure in full_paper.figures))
        blocks.append(Details((Text(label),), figures))
    blocks.append(said(notes_wording.written(notes, full_paper, phrases), Role.FOOTER))
    heading = words(formulas.inlines(paper.title, PAPERS_LANGUAGE))
    return Document(heading, phrases.language, (Group(tuple(blocks), str(paper.id)),))


def notes_blocks(
    paper: Paper,
    notes: Notes,
    full_paper: FullPaper,
    phrases: Phrases,
    *,
    level: int,
    below_byline: bool = False,
) -> Blocks:
    """Return the eight sections and what is missing of them, for a digest or a post.

    Neither the paper's heading nor its figures nor who wrote it: that's the document's to say.

    Args:
        paper: as in `compose_notes`.
        notes: the same.
        full_paper: the same.
        phrases: the same.
        level: of the headings.
        below_byline: a line above names the authors; they're named again only if it leaves some out.
    """
    authors_told = below_byline and wording.byline_names_all(paper, phrases)
    return (
        *_facts(paper, notes, full_paper, phrases, authors_told=authors_told),
        *_sections(notes, phrases, level),
        *_missing(notes, phrases),
    )


def figure_blocks(
    full_paper: FullPaper,
    phrases: Phrases,
    address: Callable[[str], str] = _as_named,
    longest: int | None = None,
) -> Blocks:
    """Return the paper's figures with their captions, in order; those without an image are left out.

    Args:
        full_paper: as in `compose_notes`.
        phrases: the same.
        address: the same.
        longest: characters of a caption, label included; a longer one is cut after a sentence or word.
    """
    return tuple(picture_blocks(full_paper.figures, phrases, address, longest))


def _facts(
    paper: Paper, notes: Notes, full_paper: FullPaper, phrases: Phrases, *, authors_told: bool
) -> Iterator[Block]:
    """Yield what is said of the paper before what it says."""
    if phrases.language != PAPERS_LANGUAGE or notes.translated_title:
        yield labelled(say.NOTES_TITLE, titles(paper, notes, phrases), phrases)
    if not authors_told:
        yield labelled(say.NOTES_AUTHORS, authors(paper, phrases), phrases)
    if notes.affiliation:
        yield labelled(say.NOTES_AFFILIATION, affiliation(paper, notes, phrases), phrases)
    if notes.keywords:
        yield labelled(say.NOTES_KEYWORDS, keywords(notes, phrases), phrases)
    yield labelled(say.NOTES_LINKS, links(paper, full_paper, phrases), phrases)


def _sections(notes: Notes, phrases: Phrases, level: int) -> Iterator[Block]:
    if notes_wording.is_extracted(notes) and notes.language != phrases.language:
        yield said(phrases(say.NOTES_IN_ITS_WORDS), Role.NOTICE)
    for heading, fields in ((say.NOTES_SUMMARY, BRIEF), (say.NOTES_CONCLUSION, CONCLUSION)):
        told = [field for field in fields if notes.claims(field)]
        if told:
            yield Heading((Text(phrases(heading)),), level)
        for field in told:
            label = notes_wording.LABELS[field]
            yield labelled(label, sentences(notes.claims(field), notes, phrases), phrases)
        if heading is say.NOTES_SUMMARY and notes.steps:
            yield Heading((Text(phrases(say.NOTES_STEPS)),), level)
            steps = ((Paragraph(sentences((step,), notes, phrases)),) for step in notes.steps)
            yield List(tuple(steps), ordered=True)


def _missing(notes: Notes, phrases: Phrases) -> Iterable[Block]:
    if told := notes_wording.missing(notes, phrases):
        yield said(told, Role.SMALL)


def picture_blocks(
    figures: Iterable[Picture],
    phrases: Phrases,
    address: Callable[[str], str] = _as_named,
    longest: int | None = None,
) -> Iterator[Block]:
    """Yield figures with their captions, as `figure_blocks` returns a paper's."""
    for figure in figures:
        name = notes_wording.figure_label(figure.label, phrases)
        label: Inlines = (Text(name),) if name else ()
        caption = formulas.inlines(figure.caption, PAPERS_LANGUAGE)
        if label and caption:
            label = (Text(phrases(say.NOTES_LABELLED, label=name)),)
        whole = (*label, *caption)
        # Whoever hears the description hears the caption after it.
        description = words(_at_most(whole, LONGEST_DESCRIPTION))
        for number, image in enumerate(figure.images):
            yield Figure(address(image), description, _at_most(whole, longest) if number == 0 else ())


def _at_most(caption: Inlines, longest: int | None) -> Inlines:
    if longest is None or len(words(caption)) <= longest:
        return caption
    return (*inlines.shorten(caption, longest - 2), Text(" …"))
