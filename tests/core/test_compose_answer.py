"""An answer as a document: what is said, what is quoted, who answered from what, in both languages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from digest.answers import Outcome, PaperAnswer, Quotation
from digest.compose_answer import compose_answer
from digest.fulltext import Form, Miss, Shortfall
from digest.model import Provenance
from digest.notes import Coverage
from digest.reading import plain
from digest.translation import phrases_for
from tests.fullpapers import RIVERS

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

ANSWER = PaperAnswer(
    Outcome.ANSWERED,
    "en",
    Provenance("gemini-test-001", "pdf", "gemini"),
    Coverage(Form.PDF, 8, 12, 12),
    text="RiverNet reaches an accuracy of 92.5%.",
    quotations=(
        Quotation("RiverNet reaches an accuracy of 92.5%, while FlowSim reaches 71.0%.", "Experiments"),
        Quotation("It explains 92.5% of the bends of 40 rivers."),
    ),
)
NEAREST = replace(
    ANSWER,
    outcome=Outcome.NEAREST,
    text="",
    provenance=Provenance("extract", "pdf"),
    quotations=ANSWER.quotations[:1],
)
ANSWERS = {
    "answered": ANSWER,
    "from HTML, by a stand-in, of a part": replace(
        ANSWER, coverage=Coverage(Form.HTML, 8, unread=("Theory",)), stand_in=True
    ),
    "the paper doesn't say": replace(ANSWER, outcome=Outcome.UNSAID, text="", quotations=()),
    "what was read doesn't say": replace(
        ANSWER, outcome=Outcome.UNSAID, text="", quotations=(), coverage=Coverage(Form.PDF, 8, 1_000, 60)
    ),
    "the abstract of a scan": replace(
        ANSWER,
        coverage=Coverage(Form.ABSTRACT, 0),
        misses=(Miss(Form.HTML, Shortfall.MISSING), Miss(Form.PDF, Shortfall.NO_TEXT)),
    ),
    "a sentence": NEAREST,
    "sentences": replace(NEAREST, quotations=ANSWER.quotations, stand_in=True),
    "nothing near": replace(NEAREST, quotations=()),
    "what a model answered didn't pass": replace(NEAREST, stand_in=True, unfit=True),
    "and the next answered": replace(ANSWER, stand_in=True, unfit=True),
    "nothing near in an abstract": replace(NEAREST, quotations=(), coverage=Coverage(Form.ABSTRACT, 0)),
    "an abstract doesn't say": replace(
        ANSWER, outcome=Outcome.UNSAID, text="", quotations=(), coverage=Coverage(Form.ABSTRACT, 0)
    ),
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_reader_hears(language: str, snapshot: SnapshotAssertion) -> None:
    """Each outcome is honest about who answered, from what, and how much of it was read."""
    phrases = phrases_for(language)
    told = [
        f"# {name}\n{plain(compose_answer(RIVERS, 'How accurate is it?', answer, phrases).blocks)}"
        for name, answer in ANSWERS.items()
    ]
    assert "\n\n".join(told) == snapshot


def test_a_withdrawn_paper_is_said_to_be() -> None:
    """Before anything that it says."""
    paper = replace(RIVERS, comment="This paper has been withdrawn by the authors")
    text = plain(compose_answer(paper, "Why?", ANSWER, phrases_for("en")).blocks)
    assert text.index("withdrawn") < text.index(ANSWER.text)
