"""Turns prose into comparable words: folded, split, stemmed; knows nothing of queries or papers."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from digest.latex import readable

# Letters that Unicode doesn't decompose into a base letter and a mark.
_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h"}
)
# Names whose signs are all that tells them from a letter.
_SIGNED = re.compile(r"\b(?:c(?P<plus>\+\+)|(?P<sharp>[cf])#)")
_POSSESSIVE = re.compile(r"(?<=\w)['\u2019]s\b")
_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = {"Mn", "Cf"}  # combining marks and format characters such as the soft hyphen

# Words that hold no topic; a query's unquoted ones are passed over, and so they weigh nothing in a ranking.
STOP_WORDS = frozenset(
    "a about after all also am an and any are as at be been being between both but by can could do does "
    "doing each few for from had has have having how i if in into is it its itself may might more most must "
    "nor of off on onto or other our ours over own s same should so some such t than that the their theirs "
    "them then there these they this those through to too under until up upon us very via was we were what "
    "when where whether which while who whom whose why will with within without would you your".split()
)


def fold(text: str) -> str:
    """Return the text without LaTeX, accents, case or possessive endings."""
    text = readable(text)
    if text.isascii():
        folded = text.lower()
    else:
        marked = unicodedata.normalize("NFKD", text.casefold())
        folded = "".join(c for c in marked if unicodedata.category(c) not in _INVISIBLE)
        folded = folded.translate(_PLAIN_LETTERS)
    if "++" in folded or "#" in folded:
        folded = _SIGNED.sub(lambda found: "cpp " if found["plus"] else f"{found['sharp']}sharp ", folded)
    return _POSSESSIVE.sub("", folded) if "'" in folded or "\u2019" in folded else folded


def words(text: str) -> list[str]:
    """Split a text into folded words; whatever isn't a letter or a digit separates."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the English stem (Snowball's Porter2) of one folded word.

    The cache holds a few days' vocabulary, because stemming costs far more than anything else done to a word.
    """
    stemmed: str = _stemmer().stemWord(word)
    return stemmed
