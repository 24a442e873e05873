"""What a paper answers to a question, as values: in a model's words, or in sentences of its own. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.fulltext import Miss
    from digest.model import Provenance
    from digest.notes import Coverage

LONGEST_QUESTION = 500
"""Characters of a question; a form of Discord's takes as many."""


class Outcome(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"  # a model answered, and quotes what bears it out
    UNSAID = "unsaid"  # a model found that the paper doesn't say
    NEAREST = "nearest"  # nobody answered; these sentences are the nearest, if there are any


@dataclass(frozen=True, slots=True)
class Quotation:
    """One or more sentences as the paper has them, side by side.

    Attributes:
        section: the heading that they stand under, as the paper has it; empty where it has none.
    """

    text: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class PaperAnswer:
    """The answer to a question about one paper.

    Attributes:
        language: the BCP 47 tag of the text.
        provenance: who answered; the model ``extract`` means that nobody did.
        coverage: what of the paper was read for it.
        misses: the better forms of the paper that weren't read.
        text: the answer; empty unless the outcome is that there is one.
        quotations: at least one of an answer; every number in the text stands in one of them.
        quoted_language: the BCP 47 tag of the quotations.
        stand_in: somebody else answered than the first that settings name, who couldn't.
        unfit: what the first answered didn't pass the check; where nobody answered, what anybody did.
    """

    outcome: Outcome
    language: str
    provenance: Provenance
    coverage: Coverage
    misses: tuple[Miss, ...] = ()
    text: str = ""
    quotations: tuple[Quotation, ...] = ()
    quoted_language: str = "en"
    stand_in: bool = False
    unfit: bool = False
