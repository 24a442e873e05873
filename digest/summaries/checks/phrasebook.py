"""Finds which of hundreds of phrases a text holds, in the time that it takes to split it; knows none of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FIRST_CJK = "\u2e80"
"""Letters from here on belong to scripts that leave no blanks between words."""

_KEY = re.compile(r"[^\W\d_]+")
_EASTERN = re.compile("[\u2e80-\u9fff\uac00-\ud7af]+")


def keys_of(text: str) -> frozenset[str]:
    """Return what a text may be looked up by: its words and, of scripts without blanks, its pairs of signs.

    Args:
        text: in lower case.
    """
    keys = set(_KEY.findall(text))
    if not text.isascii():
        for run in _EASTERN.findall(text):
            keys.update(map("".join, zip(run, run[1:], strict=False)))
            keys.update(run)
    return frozenset(keys)


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Phrases by the word or the pair of signs that each can't do without."""

    _by_key: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, phrases: Iterable[str]) -> Phrasebook:
        """Take phrases in lower case, each with a letter."""
        by_key: dict[str, tuple[str, ...]] = {}
        for phrase in phrases:
            key = _rarest(phrase)
            by_key[key] = (*by_key.get(key, ()), phrase)
        return cls(by_key)

    def standing_in(self, text: str, keys: frozenset[str]) -> Iterator[str]:
        """Yield the phrases that stand in a text as words of their own.

        Args:
            text: in lower case.
            keys: its own, from `keys_of`.
        """
        for key in sorted(self._by_key.keys() & keys):
            for phrase in self._by_key[key]:
                if _stands(phrase, text):
                    yield phrase


def _rarest(phrase: str) -> str:
    if run := _EASTERN.search(phrase):
        return run[0][:2]
    return max(_KEY.findall(phrase), key=len)


def _stands(phrase: str, text: str) -> bool:
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        if not (_joins(text[at - 1 : at], phrase[0]) or _joins(phrase[-1], text[end : end + 1])):
            return True
        at = text.find(phrase, at + 1)
    return False


def _joins(left: str, right: str) -> bool:
    """Whether two characters are of one word; in scripts without blanks nobody can tell, and so they aren't."""
    return left.isalnum() and right.isalnum() and left < FIRST_CJK and right < FIRST_CJK
