"""Decides what a brief is made of when some of a model's words didn't pass the check. Pure.

A sentence that failed gives its place to the paper's own, because a brief without one says nothing. Takeaways
that failed are left out while three are there; else the paper's own sentences take the place of all, if there
are more of them. Keywords that failed are left out. The brief says which of that happened.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.model import Brief, Provenance
from digest.repairs import Repairs
from digest.summaries.check import FEWEST_KEYWORDS, FEWEST_TAKEAWAYS, Checked, Draft, Rule, check_brief
from digest.summaries.extract import extract

if TYPE_CHECKING:
    from digest.model import Paper
    from digest.summaries.check import Source

_WORDS = re.compile(r"\w+")
_ALIKE = 0.75  # share of the shorter's words from which one sentence repeats the other


def is_worth_asking_again(checked: Checked) -> bool:
    """Tell whether a reader would miss what was dropped: any words but a keyword or an eighth takeaway."""
    return (
        any(
            not violation.field.startswith("keywords") and violation.rule is not Rule.COUNT
            for violation in checked.violations
        )
        or len(checked.draft.takeaways) < FEWEST_TAKEAWAYS
        or len(checked.draft.keywords) < FEWEST_KEYWORDS
    )


def best_of(first: Checked, second: Checked, source: Source, language: str) -> Checked:
    """Return the better of two attempts, field by field; the second where both will do."""
    one, other = first.draft, second.draft
    takeaways = second if len(other.takeaways) >= min(FEWEST_TAKEAWAYS, len(one.takeaways)) else first
    keywords = second if len(other.keywords) >= min(FEWEST_KEYWORDS, len(one.keywords)) else first
    sentence = second if other.sentence or not one.sentence else first
    if takeaways is keywords is sentence:
        return sentence
    together = check_brief(
        Draft(sentence.draft.sentence, takeaways.draft.takeaways, keywords.draft.keywords), source, language
    )  # what each said may repeat what the other did
    left = [
        violation
        for checked, field in ((sentence, "sentence"), (takeaways, "takeaways"), (keywords, "keywords"))
        for violation in checked.violations
        if violation.field.startswith(field)
    ]
    return Checked(together.draft, (*left, *(each for each in together.violations if each not in left)))


def mended(paper: Paper, language: str, checked: Checked, provenance: Provenance) -> Brief:
    """Make a brief of what passed, and of the paper's own sentences where too little did.

    Args:
        paper: what the brief is about.
        language: the one that the model was asked for.
        checked: what passed.
        provenance: of the model's words.
    """
    draft = checked.draft
    own = extract(paper)
    enough = len(draft.takeaways) >= FEWEST_TAKEAWAYS or len(draft.takeaways) >= len(own.takeaways)
    repairs = Repairs(
        sentence=not draft.sentence,
        takeaways=not enough,
        language=own.language if not draft.sentence or not enough else "",
        takeaways_dropped=_dropped(checked, "takeaways") if enough else 0,
        keywords_dropped=_dropped(checked, "keywords"),
    )
    if repairs.sentence and (repairs.takeaways or not draft.takeaways):  # nothing is left of the model's
        alone = Repairs(sentence=True, takeaways=bool(own.takeaways), language=own.language)
        return Brief(own.sentence, own.takeaways, own.language, own.provenance, repairs=alone)
    sentence = draft.sentence or own.sentence
    takeaways = draft.takeaways if enough else own.takeaways
    if repairs.sentence or repairs.takeaways:  # one is the paper's, and may say what the model's says too
        takeaways = tuple(each for each in takeaways if not _repeats(each, sentence))
    return Brief(
        sentence=sentence,
        takeaways=takeaways,
        language=language,
        provenance=provenance,
        keywords=draft.keywords,
        repairs=repairs,
    )


def _repeats(one: str, other: str) -> bool:
    """Whether two sentences share most of their words; only those of one language do."""
    words, others = ({*_WORDS.findall(text.casefold())} for text in (one, other))
    return len(words & others) > _ALIKE * min(len(words), len(others))


def _dropped(checked: Checked, field: str) -> int:
    """Count the items that were dropped for what they say, not because there were too many."""
    return len(
        {
            violation.field
            for violation in checked.violations
            if violation.field.startswith(f"{field} ") and violation.rule is not Rule.COUNT
        }
    )
