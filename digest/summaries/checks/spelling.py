"""Reads the numbers that a text spells out, in words or Chinese and Japanese numerals; compares nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.summaries.checks import numerals
from digest.summaries.checks.quantities import Quantity, plain_number, tails_behind, units_behind
from digest.summaries.checks.units import PERCENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_WORD = re.compile(r"[^\W\d_]+")


def spelled(text: str, counts: Mapping[str, int], words: Iterable[str]) -> Iterator[Quantity]:
    """Yield the numbers that a normalised text spells out: counts, “twenty-five”, “twice”, “一半”.

    Args:
        text: from `normalised`.
        counts: the words that count, such as a language's of `numerals.COUNTS`.
        words: the text's own, in lower case; more do no harm.
    """
    spelling = [
        word
        for word in sorted(set(words))
        if word in counts or word in numerals.WHOLE or word in numerals.TENS
    ]
    if spelling:
        lower = text.lower()
        for found in re.finditer(rf"\b(?:{'|'.join(spelling)})\b", lower):
            yield _spelled_word(text, lower, found, counts)
    if not text.isascii():
        yield from _east_asian(text)


def _spelled_word(text: str, lower: str, found: re.Match[str], counts: Mapping[str, int]) -> Quantity:
    word = found[0]
    if word in counts:
        return _spelled(text, *found.span(), counts[word])
    if word in numerals.WHOLE:
        return Quantity(word, *found.span(), (), whole=numerals.WHOLE[word], spelled=True)
    ones = _WORD.match(lower, found.end() + 1)
    value = 10 * numerals.TENS[word]
    if ones and ones[0] in counts:
        return _spelled(text, found.start(), ones.end(), value + counts[ones[0]])
    return _spelled(text, *found.span(), value)


def _spelled(text: str, start: int, end: int, value: int) -> Quantity:
    tails, stop = tails_behind(text, end, (str(value),))
    return Quantity(text[start:stop], start, stop, (plain_number(str(value)),), tails, spelled=True)


def _east_asian(text: str) -> Iterator[Quantity]:
    for word, readings in numerals.EAST_ASIAN_WHOLE.items():
        if (at := text.find(word)) >= 0:
            yield Quantity(word, at, at + len(word), (), whole=readings, spelled=True)
    for found in numerals.NUMERAL.finditer(text):
        start, end = found.span()
        words, after = found[0], text[end : end + 1]
        if start and (text[start - 1] in numerals.NO_COUNT_BEFORE or text[start - 1].isdigit()):
            continue
        if words.startswith(numerals.PERCENT_PREFIX):
            value = numerals.east_asian(words[len(numerals.PERCENT_PREFIX) :])
            yield Quantity(words, start, end, (plain_number(str(value)),), ((0, PERCENT),), spelled=True)
            continue
        value = numerals.east_asian(words)
        units, stop = units_behind(text, end)
        if after in numerals.TENTHS:
            yield Quantity(
                words + after, start, end + 1, (plain_number(str(10 * value)),), ((0, PERCENT),), spelled=True
            )
        elif value > 1 and units != ("",) and (stop - end > 1 or after in numerals.NUMERAL_UNITS):
            tails = tuple((0, unit) for unit in units)
            yield Quantity(text[start:stop], start, stop, (plain_number(str(value)),), tails, spelled=True)
        elif after in numerals.COUNTERS:
            yield Quantity(words + after, start, end + 1, (plain_number(str(value)),), spelled=True)
