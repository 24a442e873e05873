"""Briefs without a model: the sentences of the abstract that say most, in the paper's own language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.latex import readable
from digest.model import Brief, Provenance
from digest.summaries.clauses import capitalized, closed, shorten, stand_alone
from digest.summaries.language import language_of
from digest.summaries.salience import Salience, weigh
from digest.summaries.sentences import split_sentences
from digest.withdrawals import tells_withdrawal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from digest.model import Paper

_FEWEST, _MOST = 3, 5  # takeaways, where the abstract has that many
_WORTH = 0.07  # below this a takeaway is taken only to make up the fewest
_ALIKE = 0.75  # share of content words from which two sentences say the same
_PROVENANCE = Provenance(model="extract", read="abstract")

_KEYWORDS = re.compile(r"(?:key ?words?|index terms?)\s*[:—–-]", re.IGNORECASE)
_NOTHING = frozenset({"", "none", "n/a", "null", "nan", "abstract", "no abstract", "."})


class ExtractiveSummarizer:
    """A `digest.writers.Summarizer` that needs no key and no network."""

    async def brief(
        self,
        paper: Paper,
        language: str,  # noqa: ARG002
        may_ask: Callable[[], bool] = lambda: True,  # noqa: ARG002
    ) -> Brief:
        """Return the brief in the paper's own language, whichever was asked for: it can't translate."""
        return extract(paper)


def extract(paper: Paper) -> Brief:
    """Choose one sentence that says what the paper does and three to five takeaways, in the abstract's order.

    Fewer takeaways only where the abstract has no more sentences. A paper without an abstract is said by its
    title; one that was withdrawn by the sentence of its abstract or comment that says so.
    """
    title = readable(paper.title)
    abstract = readable(paper.abstract)
    sentences = [] if tells_nothing(paper) else _worded(split_sentences(abstract))
    if not sentences:
        return Brief(title, (), language_of(title), _PROVENANCE)
    language = language_of(abstract)
    notices = (*sentences, *split_sentences(readable(paper.comment or "")))
    if withdrawn := next((sentence for sentence in notices if tells_withdrawal(sentence)), None):
        return Brief(capitalized(withdrawn), (), language_of(withdrawn), _PROVENANCE)
    sentences = [closed(stand_alone(sentence)) for sentence in sentences]
    weights = weigh(title, sentences)
    main = max(range(len(sentences)), key=lambda at: (not weights[at].availability, weights[at].gist))
    sentence = shorten(sentences[main])
    takeaways = (shorten(sentences[at]) for at in _details(weights, main))
    return Brief(sentence, _distinct(sentence, takeaways), language, _PROVENANCE)


def tells_nothing(paper: Paper) -> bool:
    """Whether a paper came without an abstract, or with a word that stands for none."""
    return readable(paper.abstract).lower().strip(" .") in _NOTHING


def _worded(sentences: Iterable[str]) -> list[str]:
    """Leave out what has no word in it, such as a stray number, and lists of keywords."""
    return [
        sentence
        for sentence in sentences
        if any(map(str.isalpha, sentence)) and not _KEYWORDS.match(sentence)
    ]


def _details(weights: tuple[Salience, ...], main: int) -> list[int]:
    """Choose the sentences beside the main one that are worth a line, in the abstract's order."""
    others = [at for at in range(len(weights)) if at != main and not weights[at].availability]
    others = others or [at for at in range(len(weights)) if at != main]
    chosen: list[int] = []
    repeated: list[int] = []
    for at in sorted(others, key=lambda at: (-weights[at].detail, at)):
        if len(chosen) >= (_MOST if weights[at].detail >= _WORTH else _FEWEST):
            break
        alike = any(_is_alike(weights[at], weights[other]) for other in (main, *chosen))
        (repeated if alike else chosen).append(at)
    return sorted(chosen + repeated[: max(0, _FEWEST - len(chosen))])


def _is_alike(one: Salience, other: Salience) -> bool:
    shared = len(one.words & other.words)
    return shared > _ALIKE * max(len(one.words), len(other.words)) if one.words else False


def _distinct(sentence: str, takeaways: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(takeaway for takeaway in takeaways if takeaway != sentence))
