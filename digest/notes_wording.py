"""The sentences about notes: who wrote them, what was read, what is missing. Pure; knows no blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest import phrases as say
from digest.fulltext import Form, Shortfall
from digest.latex import readable
from digest.notes import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.fulltext import FullPaper, Miss
    from digest.notes import Coverage, Notes
    from digest.phrases import Phrase
    from digest.translation import Phrases

EXTRACT = "extract"
_NAMED_SECTIONS = 5
LABELS = {
    Field.TRANSLATED_TITLE: say.NOTES_TITLE,
    Field.AFFILIATION: say.NOTES_AFFILIATION,
    Field.KEYWORDS: say.NOTES_KEYWORDS,
    Field.BACKGROUND: say.NOTES_BACKGROUND,
    Field.EARLIER: say.NOTES_EARLIER,
    Field.METHOD: say.NOTES_METHOD,
    Field.RESULTS: say.NOTES_RESULTS,
    Field.STEPS: say.NOTES_STEPS,
    Field.SIGNIFICANCE: say.NOTES_SIGNIFICANCE,
    Field.INNOVATION: say.NOTES_INNOVATION,
    Field.PERFORMANCE: say.NOTES_PERFORMANCE,
    Field.WORKLOAD: say.NOTES_WORKLOAD,
}
_WROTE = {Form.HTML: say.FROM_ITS_HTML, Form.PDF: say.FROM_PDF, Form.ABSTRACT: say.FROM_ABSTRACT}
_EXTRACTED = {
    Form.HTML: say.NOTES_EXTRACTED_HTML,
    Form.PDF: say.NOTES_EXTRACTED_PDF,
    Form.ABSTRACT: say.EXTRACTED_ONE,
}
_WHY = {
    Shortfall.MISSING: say.WHY_MISSING,
    Shortfall.FOREIGN: say.WHY_FOREIGN,
    Shortfall.TOO_LARGE: say.WHY_TOO_LARGE,
    Shortfall.TOO_HEAVY: say.WHY_TOO_HEAVY,
    Shortfall.LOCKED: say.WHY_LOCKED,
    Shortfall.BROKEN: say.WHY_BROKEN,
    Shortfall.NO_TEXT: say.WHY_NO_TEXT,
}
_KINDS = {"Figure": say.NOTES_FIGURE, "Table": say.NOTES_TABLE}
_NOT_FOUND = (say.NOTES_MISSING, say.NOTES_MISSING_IN_PART, say.NOTES_MISSING_IN_ABSTRACT)
_NOT_FOUND_HERE = (
    say.NOTES_MISSING_HERE,
    say.NOTES_MISSING_HERE_IN_PART,
    say.NOTES_MISSING_HERE_IN_ABSTRACT,
)


def is_extracted(notes: Notes) -> bool:
    """Whether the claims are sentences of the paper."""
    return notes.provenance.model == EXTRACT


def written(notes: Notes, full_paper: FullPaper, phrases: Phrases) -> str:
    """Return who wrote the notes, from what, how much of it was read, and why nothing better was."""
    form = notes.coverage.form
    if is_extracted(notes):
        author = phrases(_EXTRACTED[form])
    else:
        author = phrases(_WROTE[form], model=notes.provenance.model)
    return phrases.sentences(
        [author, _stand_in(notes, phrases), *what_was_read(notes.coverage, full_paper.misses, phrases)]
    )


def _stand_in(notes: Notes, phrases: Phrases) -> str:
    """Return why somebody else wrote the notes than who usually does; empty if that isn't so."""
    if not notes.stand_in:
        return ""
    if not notes.unfit:
        return phrases(say.STAND_IN)
    return phrases(say.UNFIT if is_extracted(notes) else say.UNFIT_BEFORE)


def figure_label(label: str, phrases: Phrases) -> str:
    """Return a figure's label in the reader's language; one of another form stays as the paper has it."""
    kind, _, number = label.partition(" ")
    if kind not in _KINDS or not number[:1].isalnum() or " " in number:
        return label
    return phrases(_KINDS[kind], number=number)


def missing(notes: Notes, phrases: Phrases) -> str:
    """Say which fields are missing, and why; empty if none is."""
    refused = [field for field in notes.missing if field in notes.refused]
    absent = [field for field in notes.missing if field not in notes.refused]
    told = []
    if refused:
        told.append(phrases(say.NOTES_REFUSED, fields=_named(refused, phrases)))
    if absent:
        told.append(phrases(_absent(notes.coverage, _NOT_FOUND), fields=_named(absent, phrases)))
    return phrases.sentences(told)


def missing_here(field: Field, notes: Notes, phrases: Phrases) -> str:
    """Say why a field is missing, where the field would stand."""
    if field in notes.refused:
        return phrases(say.NOTES_REFUSED_HERE)
    return phrases(_absent(notes.coverage, _NOT_FOUND_HERE))


def _absent(coverage: Coverage, places: tuple[Phrase, Phrase, Phrase]) -> Phrase:
    """Return the place where a field wasn't found: never more than was read."""
    whole, part, abstract = places
    if coverage.form is Form.ABSTRACT:
        return abstract
    return whole if coverage.is_whole else part


def _named(fields: Iterable[Field], phrases: Phrases) -> str:
    return phrases(say.COMMA).join(phrases(LABELS[field]) for field in fields)


def what_was_read(coverage: Coverage, misses: Sequence[Miss], phrases: Phrases) -> Iterable[str]:
    """Yield how much of a paper was read, and why nothing better was."""
    if coverage.form is Form.ABSTRACT:
        if misses:
            # Of the last form that was tried: that HTML is missing is usual, and the PDF tells more.
            yield phrases(say.NOTES_ABSTRACT_ONLY, why=phrases(_WHY[misses[-1].why]))
        return
    if coverage.pages_read < coverage.pages:
        read = phrases.number(coverage.pages_read)
        yield phrases.count(say.NOTES_PAGES_CUT, coverage.pages, read=read)
    elif coverage.pages:
        yield phrases.count(say.NOTES_PAGES_READ, coverage.pages)
    else:
        yield phrases.count(say.NOTES_SECTIONS_READ, coverage.sections)
    if coverage.unread:
        named = [phrases.quoted(readable(heading)) for heading in coverage.unread[:_NAMED_SECTIONS]]
        if left := len(coverage.unread) - len(named):
            yield phrases.count(say.NOTES_UNREAD_MORE, left, sections=phrases(say.COMMA).join(named))
        else:
            yield phrases(say.NOTES_UNREAD, sections=phrases(say.COMMA).join(named))
