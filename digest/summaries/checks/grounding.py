"""Holds the numbers and names of a text against its source; knows no other fault."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.summaries.checks import numerals
from digest.summaries.checks.names import is_acronym, is_familiar, is_name, names_in, parts_of
from digest.summaries.checks.phrasebook import FIRST_CJK
from digest.summaries.checks.quantities import normalised, spelled, words_of, written
from digest.summaries.checks.source import has_initials, spaced_tokens
from digest.summaries.checks.violation import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.summaries.checks.names import Name
    from digest.summaries.checks.quantities import Quantity
    from digest.summaries.checks.source import Source

# Who writes “1.234,5”; elsewhere a comma never begins the decimals.
_COMMA_LANGUAGES = frozenset(
    "de es fr it pt nl ru uk pl cs sk sl hr sr bg ro hu fi sv da no nb nn tr el id vi ca gl eu lt lv et is".split()
)
# Whose words for per cent and times are known; elsewhere a number may seem to stand alone.
_EXACT_LANGUAGES = frozenset("en de es fr it pt nl ru zh ja ko".split())
_COUNTED = re.compile("([A-Za-z]{2,})([0-9]+)")  # “GPU1基” is one GPU
_FEWEST_LETTERS = 3  # of an acronym that isn't made of any two words that happen to follow each other
_LONGEST_SUFFIX = 2  # of capitals, as in “TiDE-XL”
_SMALL_COUNTS = frozenset({"1", "2"})


def ungrounded(text: str, source: Source, language: str) -> Iterator[tuple[Rule, str]]:
    """Yield the numbers and names of a text that its source doesn't hold.

    Args:
        text: as a model wrote it.
        source: what the model read.
        language: the primary subtag of the text's language.
    """
    text = normalised(text)
    digits = written(text, comma=language in _COMMA_LANGUAGES)
    names = tuple(names_in(text, digits))
    exact = language in _EXACT_LANGUAGES
    for quantity in (*digits, *spelled(text, numerals.COUNTS.get(language, {}), words_of(text.lower()))):
        if any(name.start <= quantity.start < name.end for name in names) or _is_bullet(text, quantity):
            continue
        if not _is_told(quantity, text, source, exact=exact):
            yield Rule.NUMBER, quantity.words
    for name in names:
        if not (source.has_name(name.words) or _is_known(name.words, source) or _is_glossed(name, text)):
            counted = _COUNTED.fullmatch(name.words)
            if counted and text[name.end : name.end + 1] >= FIRST_CJK and _stands(counted[1], source):
                if not source.has_number((counted[2], "")):
                    yield Rule.NUMBER, counted[2]
            else:
                yield Rule.NAME, name.words


def _is_bullet(text: str, quantity: Quantity) -> bool:
    """Whether a number only counts the points of a list: “(1) … (2) …”."""
    return len(quantity.words) == 1 and text[quantity.end : quantity.end + 1] == ")" and (
        quantity.start == 0 or text[quantity.start - 1] in "( "
    )  # fmt: skip


def _is_told(quantity: Quantity, text: str, source: Source, *, exact: bool) -> bool:
    readings = set(quantity.readings())
    if any(source.has_number(reading, exact=exact) for reading in readings):
        return True
    if any(value in _SMALL_COUNTS and not unit for value, unit in readings):
        # Spelled out or before a counter (“2个”), one and two say that somebody counted.
        return quantity.spelled or text[quantity.end : quantity.end + 1] in numerals.COUNTERS
    pieces = quantity.words.replace(",", " ").split()
    return len(pieces) > 1 and exact and all(
        piece.isdigit() and source.has_number((piece, "")) for piece in pieces
    )  # fmt: skip


def _is_known(name: str, source: Source) -> bool:
    if is_familiar(name):
        return True
    parts = parts_of(name)
    at = 0
    while at < len(parts):
        for end in range(len(parts), at, -1):
            together = "-".join(parts[at:end])
            if _stands(together, source) and not (end < len(parts) and _goes_on(parts[end])):
                at = end
                break
        else:
            if is_name(parts[at]) or (at + 1 < len(parts) and _goes_on(parts[at + 1])):
                return False
            at += 1
    return True


def _goes_on(part: str) -> bool:
    """Whether a part belongs to the name before it: “4” of “GPT-4”, “C” of “ImageNet-C”."""
    return part[0].isdigit() or (len(part) <= _LONGEST_SUFFIX and part.isupper())


def _stands(name: str, source: Source) -> bool:
    if source.has_name(name) or is_familiar(name):
        return True
    single = name[:-1] if name.endswith("s") else name
    return is_acronym(single) and source.has_initials(single)


def _is_glossed(name: Name, text: str) -> bool:
    """Whether a text itself spells out, before an acronym, the words that it shortens."""
    single = name.words.removesuffix("s")
    return (
        len(single) >= _FEWEST_LETTERS
        and single.isalpha()
        and single.isupper()
        and has_initials(spaced_tokens(text[: name.start]), single)
    )
