"""Recognises what is said twice, inside a text or in one of several that should each say something else."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.summaries.checks.quantities import normalised
from digest.summaries.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CJK = "\u2e80-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+")
_ASCII_TOKEN = re.compile("[A-Za-z0-9_]+")
_EASTERN = re.compile(f"[{_CJK}]")
_STUTTER = re.compile(
    rf"\b([^\W\d_{_CJK}]{{2,}}(?: [^\W\d_]+){{0,3}})(?:[ ,.;]+\1\b){{2,}}"
    rf"|([{_CJK}]{{2,8}})[，、,]?(?:\2[，、,]?){{2,}}",
    re.IGNORECASE,
)
_NEVER_DOUBLED = frozenset("the a an of to and is for with el la y una und eine einen le les et".split())
_STUTTERED = 3  # times that a word is said in a row
_WORDS, _SIGNS = 4, 8  # in a row, that no text has three times
_INNER_END = re.compile(r"[.!?]\s|[。！？](?=.)")
_ALIKE = 0.8
_WEIGHTLESS = frozenset(
    "a an the of and to is that for with are on this by as from which be it we can in at their our these "
    "using than its or der die das "
    "und den von zu ist mit für eine ein auf wir dem des la el los las y de que en con por se del "
    "es un una para 的 了 和 在 是 を は が に の で と".split()
)


def repeated_in(text: str) -> Iterator[str]:
    """Yield what a text says twice or stutters."""
    lower = text.lower()
    tokens = _tokens(lower)
    again = len(tokens) - len(set(tokens))
    if not again:
        return
    if doubled := next((one for one, two in pairwise(tokens) if one == two and one in _NEVER_DOUBLED), None):
        yield f"{doubled} {doubled}"
        return
    if _INNER_END.search(text):
        sentences = [sentence.strip(" .。!！").lower() for sentence in split_sentences(text)]
        if len(set(sentences)) < len(sentences):
            yield sentences[-1]
            return
    if again < _STUTTERED - 1 or max(Counter(tokens).values()) < _STUTTERED:
        return
    if found := _STUTTER.search(text):
        yield found[0]
        return
    size = _SIGNS if _EASTERN.search(text) else _WORDS
    grams = Counter(tuple(tokens[at : at + size]) for at in range(len(tokens) - size + 1))
    gram, times = max(grams.items(), key=lambda item: item[1], default=((), 0))
    if times >= _STUTTERED:
        yield " ".join(gram)


def repeats(texts: Sequence[str]) -> Iterator[int]:
    """Yield the places of texts that say what one before them says, in other order or with other small words.

    Texts whose numbers or names differ say different things.
    """
    said: list[tuple[frozenset[str], frozenset[str]]] = []
    for place, text in enumerate(texts):
        content, marks = _content(text)
        if any(marks == other_marks and _is_alike(content, other) for other, other_marks in said):
            yield place
        else:
            said.append((content, marks))


def _tokens(text: str) -> list[str]:
    return (_ASCII_TOKEN if text.isascii() else _TOKEN).findall(text)


def said_share(text: str, others: Sequence[str]) -> float:
    """Return how much of a text's content others hold together, from 0 to 1; 0 for a text without any."""
    content, _ = _content(text)
    said = frozenset().union(*(_content(other)[0] for other in others))
    return len(content & said) / len(content) if content else 0.0


def _content(text: str) -> tuple[frozenset[str], frozenset[str]]:
    plain = normalised(text)
    tokens = _tokens(plain)
    marks = frozenset(
        token.lower() for token in tokens if not token.isalpha() or (token[1:] and not token[1:].islower())
    )
    words = [token.lower() for token in tokens]
    if _EASTERN.search(plain):
        words = [one + two for one, two in pairwise(words)] or words
    else:
        words = [word for word in words if word not in _WEIGHTLESS] or words
    return frozenset(words), marks


def _is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) >= _ALIKE * max(len(one), len(other))
