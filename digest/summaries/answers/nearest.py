"""Answers a question without a model: sentences of the paper that are nearest to it, as they stand. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.answers import Outcome, PaperAnswer, Quotation
from digest.model import Provenance
from digest.summaries.answers.counted import asked_for, weight
from digest.summaries.answers.nearness import nearness
from digest.summaries.answers.quoting import lines_of, shown_as
from digest.summaries.language import language_of
from digest.summaries.notes.parts import coverage_of, excerpts_of
from digest.summaries.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.fulltext import FullPaper

_MOST = 3
_SHORTEST, _LONGEST = 25, 420  # characters of a sentence that says something and that is read to its end
_LETTERS = (
    0.65  # share of a sentence that has to be letters and blanks, or it's a formula or a row of a table
)
_NEAR = 0.5  # of the nearest sentence's score, from which others are shown beside it


def nearest(full_paper: FullPaper, question: str) -> PaperAnswer:
    """Return the sentences nearest to a question in the paper's order; none where no word is shared."""
    sentences = list(dict.fromkeys(_sentences(full_paper)))
    near = nearness(question, [one.section for one in sentences], [one.text for one in sentences])
    things = asked_for(question)
    scores = [
        score and score * weight(things, one.section, one.text)
        for score, one in zip(near, sentences, strict=True)
    ]
    ranked = sorted(range(len(sentences)), key=lambda at: -scores[at])[:_MOST]
    best = [at for at in ranked if scores[at] > 0 and scores[at] >= _NEAR * scores[ranked[0]]]
    quotations = tuple(sentences[at] for at in sorted(best))
    language = language_of(" ".join(one.text for one in quotations or sentences[:_MOST]))
    return PaperAnswer(
        outcome=Outcome.NEAREST,
        language=language,
        provenance=Provenance(model="extract", read=full_paper.form.value),
        coverage=coverage_of(full_paper),
        misses=full_paper.misses,
        quotations=quotations,
        quoted_language=language,
    )


def _sentences(full_paper: FullPaper) -> Iterator[Quotation]:
    tables = {table.label or "Table" for table in full_paper.tables}
    for excerpt in excerpts_of(full_paper, asides=True):
        if excerpt.heading in tables:
            continue
        for line in lines_of(excerpt):
            for sentence in split_sentences(line):
                if _is_told(sentence) and (shown := shown_as(sentence)):
                    yield Quotation(shown, excerpt.heading)


def _is_told(sentence: str) -> bool:
    letters = sum(letter.isalpha() or letter.isspace() for letter in sentence)
    whole = sentence[-1] in ".!?。！？”)"
    return whole and _SHORTEST <= len(sentence) <= _LONGEST and letters >= _LETTERS * len(sentence)
