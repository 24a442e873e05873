"""Makes a list of a paper's notes: the eight sections, numbered, for a post. Pure; knows no markup.

Every number is there in every post: what couldn't be filled in says so in its place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest import notes_wording
from digest import phrases as say
from digest.compose_notes import figure_blocks
from digest.document import Details, List, Paragraph, Role, Text
from digest.notes import Field
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
from digest.passages import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from digest.annotations import Annotation
    from digest.document import Blocks, Inlines
    from digest.model import Edition, Paper, PaperId
    from digest.notes import Notes, Taken
    from digest.phrases import Phrase
    from digest.translation import Phrases


def list_notes(paper: Paper, annotation: Annotation, phrases: Phrases) -> Blocks:
    """Return notes as a list of eight, who took them from what, and the figures, folded away.

    Args:
        paper: whose notes they are.
        annotation: the notes, and the figures that lie beside the post.
        phrases: `digest.translation.phrases_for` the reader's language.
    """
    if annotation.taken is None:
        return (said(phrases(say.NOTES_UNREACHABLE), Role.SMALL),)
    taken = annotation.taken
    blocks = [List(tuple(_sections(paper, taken, phrases)), ordered=True)]
    written = said(notes_wording.written(taken.notes, taken.full_paper, phrases), Role.SMALL)
    return (*blocks, written, *_figures(annotation, taken, phrases))


def below_papers(
    edition: Edition, annotations: Mapping[PaperId, Annotation], phrases: Phrases
) -> Mapping[PaperId, Blocks]:
    """Return the same for each paper of a page, the notes folded away too."""
    papers = {entry.paper.id: entry.paper for section in edition.sections for entry in section.entries}
    return {name: _folded(papers[name], each, phrases) for name, each in annotations.items()}


def _folded(paper: Paper, annotation: Annotation, phrases: Phrases) -> Blocks:
    listed = list_notes(paper, annotation, phrases)
    if annotation.taken is None:
        return listed
    notes, figures = listed[:2], listed[2:]
    return (Details((Text(phrases(say.NOTES)),), notes), *figures)


def _sections(paper: Paper, taken: Taken, phrases: Phrases) -> Iterator[Blocks]:
    notes = taken.notes
    name = titles(paper, notes, phrases)
    if Field.TRANSLATED_TITLE in notes.missing:
        name = (*name, Text(phrases(say.SEMICOLON)), *_missing(Field.TRANSLATED_TITLE, notes, phrases))
    yield (labelled(say.NOTES_TITLE, name, phrases),)
    yield (labelled(say.NOTES_AUTHORS, authors(paper, phrases), phrases),)
    place = affiliation(paper, notes, phrases) if notes.affiliation else ()
    yield (_filled(Field.AFFILIATION, place, notes, phrases),)
    words = keywords(notes, phrases) if notes.keywords else ()
    yield (_filled(Field.KEYWORDS, words, notes, phrases),)
    yield (labelled(say.NOTES_LINKS, links(paper, taken.full_paper, phrases), phrases),)
    yield _points(say.NOTES_SUMMARY, BRIEF, notes, phrases)
    steps = ((Paragraph(sentences((step,), notes, phrases)),) for step in notes.steps)
    if notes.steps:
        yield labelled(say.NOTES_STEPS, (), phrases), List(tuple(steps), ordered=True)
    else:
        yield (_filled(Field.STEPS, (), notes, phrases),)
    yield _points(say.NOTES_CONCLUSION, CONCLUSION, notes, phrases)


def _points(label: Phrase, fields: tuple[Field, ...], notes: Notes, phrases: Phrases) -> Blocks:
    """Return a section that has several parts."""
    items = (
        (_filled(field, sentences(notes.claims(field), notes, phrases), notes, phrases),) for field in fields
    )
    return labelled(label, (), phrases), List(tuple(items))


def _filled(field: Field, content: Inlines, notes: Notes, phrases: Phrases) -> Paragraph:
    """Return a field under its label, or why there's nothing in it."""
    return labelled(notes_wording.LABELS[field], content or _missing(field, notes, phrases), phrases)


def _missing(field: Field, notes: Notes, phrases: Phrases) -> Inlines:
    return (Text(notes_wording.missing_here(field, notes, phrases)),)


def _figures(annotation: Annotation, taken: Taken, phrases: Phrases) -> Iterator[Details]:
    shown = annotation.figures
    left = sum(bool(figure.images) for figure in taken.full_paper.figures) - len(shown)
    if not shown:
        return
    files = {each.image: each.file for each in annotation.pictures}
    blocks = figure_blocks(replace(taken.full_paper, figures=shown), phrases, files.__getitem__)
    if left > 0:
        blocks = (*blocks, said(phrases.count(say.NOTES_FIGURES_LEFT, left), Role.SMALL))
    yield Details((Text(phrases.count(say.NOTES_FIGURES, len(shown))),), blocks)
