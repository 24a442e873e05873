"""Makes a document of the answer to a question about a paper. Pure; knows phrases and blocks, no platform.

The paper's title, the question, the answer or that there is none, what is quoted with the section that it's
from, and who answered from what.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest import formulas, notes_wording
from digest import phrases as say
from digest.answers import Outcome
from digest.document import Actions, Document, Group, Paragraph, Quote, Role, Text
from digest.fulltext import Form
from digest.latex import readable
from digest.passages import PAPERS_LANGUAGE, filled, said, title
from digest.reading import words
from digest.withdrawals import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.answers import PaperAnswer, Quotation
    from digest.document import Block, Button
    from digest.model import Paper
    from digest.translation import Phrases

_ANSWERED = {
    Form.HTML: say.ANSWERED_FROM_HTML,
    Form.PDF: say.ANSWERED_FROM_PDF,
    Form.ABSTRACT: say.ANSWERED_FROM_ABSTRACT,
}
_SEARCHED = {
    Form.HTML: say.SEARCHED_HTML,
    Form.PDF: say.SEARCHED_PDF,
    Form.ABSTRACT: say.SEARCHED_ABSTRACT,
}


def compose_answer(
    paper: Paper, question: str, answer: PaperAnswer, phrases: Phrases, presses: Sequence[Button] = ()
) -> Document:
    """Write an answer as a document in the language of the phrases.

    Args:
        paper: that it's about.
        question: as it was asked, on one line.
        answer: what became of it.
        phrases: `digest.translation.phrases_for` the reader's language.
        presses: buttons for what can be done next, where there are such.
    """
    blocks: list[Block] = [title(paper, 1), said(phrases.quoted(question), Role.BYLINE)]
    if is_withdrawn(paper):
        blocks.append(said(phrases(say.WITHDRAWN), Role.NOTICE))
    blocks += _told(answer, phrases)
    blocks += (_quote(quotation, answer.quoted_language, phrases) for quotation in answer.quotations)
    blocks.append(said(_written(answer, phrases), Role.FOOTER))
    heading = words(formulas.inlines(paper.title, PAPERS_LANGUAGE))
    row = (Actions(tuple(presses)),) if presses else ()
    return Document(heading, phrases.language, (Group(tuple(blocks), str(paper.id)), *row))


def _told(answer: PaperAnswer, phrases: Phrases) -> Iterator[Block]:
    match answer.outcome:
        case Outcome.ANSWERED:
            yield Paragraph((Text(answer.text, answer.language),))
        case Outcome.UNSAID:
            yield said(phrases(say.UNSAID if answer.coverage.is_whole else say.UNSAID_IN_PART))
        case Outcome.NEAREST:
            why = phrases(say.UNFIT_ANSWER if answer.unfit else say.NOBODY_ANSWERED)
            yield _nearest(answer, why, phrases)


def _nearest(answer: PaperAnswer, why: str, phrases: Phrases) -> Paragraph:
    if answer.quotations:
        what = phrases.count(say.NEAREST, len(answer.quotations))
        return said(phrases.sentences([why, what]), Role.NOTICE)
    what = phrases(say.NOTHING_NEAR if answer.coverage.is_whole else say.NOTHING_NEAR_IN_PART)
    return said(phrases.sentences([why, what]))


def _quote(quotation: Quotation, language: str, phrases: Phrases) -> Quote:
    blocks = [Paragraph((Text(quotation.text, language),))]
    if quotation.section:
        section = Text(readable(quotation.section), language)
        blocks.append(Paragraph(filled(phrases.pattern(say.FROM_SECTION), section=section), Role.SMALL))
    return Quote(tuple(blocks))


def _written(answer: PaperAnswer, phrases: Phrases) -> str:
    """Return who answered, from what, and how much of it was read."""
    form, model = answer.coverage.form, answer.provenance.model
    match answer.outcome:
        case Outcome.ANSWERED:
            author = phrases(_ANSWERED[form], model=model)
        case Outcome.UNSAID:
            author = phrases(_SEARCHED[form], model=model)
        case Outcome.NEAREST:
            author = ""
    stand_in = ""
    if answer.stand_in and author:
        stand_in = phrases(say.UNFIT_ANSWER_BEFORE if answer.unfit else say.STAND_IN)
    return phrases.sentences(
        [author, stand_in, *notes_wording.what_was_read(answer.coverage, answer.misses, phrases)]
    )
