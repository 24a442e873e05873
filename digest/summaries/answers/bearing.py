"""Which words of an answer neither the paper nor what is quoted of it can have brought. Pure.

Words can be compared where the answer is in the paper's language. Elsewhere those that other letters
surround can: names that a Chinese sentence writes in Latin ones stand so in the paper.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.summaries.checks.scripts import LATIN, language_and_scripts
from digest.text import STOP_WORDS, stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.summaries.checks.source import Source

_IN_PAPER, _IN_QUOTES = 0.6, 0.25  # shares of an answer's telling words that have to stand there
_ALIKE = 5  # letters of a stem from which two words are one: “accurate” is “accuracy”
_FROM_NOWHERE = frozenset(
    stem(word)[:_ALIKE] for word in "yes paper author work report show state describe propose present".split()
)
"""Words that tell of a paper what it needn't say itself."""

_CAPITAL = re.compile(r"(?<=[a-z0-9,;:] )[A-Z][A-Za-z-]+")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z-]{2,}")
_CAPITAL_NOUNS = frozenset({"de", "lb"})


def names_from_elsewhere(text: str, source: Source, language: str) -> Iterator[str]:
    """Yield names of an answer that the paper doesn't have.

    Args:
        text: the answer.
        source: what the model read.
        language: the BCP 47 tag of the answer.
    """
    primary, scripts = language_and_scripts(language)
    if primary == source.language and primary not in _CAPITAL_NOUNS:
        found = _CAPITAL.findall(text)
    else:
        found = [] if LATIN in scripts else _LATIN_WORD.findall(text)
    known = _stems(source.words)
    yield from (name for name in found if not known.issuperset(_stems(frozenset({name}))))


def is_borne_out(text: str, quoted: Iterable[str], source: Source, language: str) -> bool:
    """Tell whether the paper has most words of an answer, and what is quoted some of them.

    In another language than the paper's nothing can be told, and everything is.

    Args:
        text: the answer.
        quoted: of the paper, with the headings above.
        source: what the model read.
        language: the BCP 47 tag of the answer.
    """
    if language_and_scripts(language)[0] != source.language:
        return True
    said = _stems(frozenset(word for word in words(text) if word.isalpha())) - _FROM_NOWHERE
    beside = _stems(frozenset(word for piece in quoted for word in words(piece)))
    in_paper, in_quotes = len(said & (_stems(source.words) | beside)), len(said & beside)
    return in_paper >= _IN_PAPER * len(said) and in_quotes >= _IN_QUOTES * len(said)


@lru_cache(maxsize=8)
def _stems(of: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(word)[:_ALIKE] for each in of for word in words(each) if word not in STOP_WORDS)
