"""What a paper says, read once so that many texts about it can be compared with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from digest.latex import readable
from digest.summaries.checks import numerals
from digest.summaries.checks.languages import commonest_language
from digest.summaries.checks.orders import without_orders
from digest.summaries.checks.quantities import normalised, spelled, words_of, written
from digest.summaries.checks.units import DIMENSIONS, PERCENT, POINTS, UNITS, UNSURE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.summaries.checks.quantities import Quantity, Reading

LATIN = "A-Za-zÀ-ÖØ-öø-ɏΑ-Ωα-ω"
"""The letters of names, for character classes."""

_TOKEN = re.compile(rf"[{LATIN}0-9]+(?:\.[0-9]+)*")
_ASCII_TOKEN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")
_BRACKETED = re.compile(r"[(\[]\s?([%A-Za-zµμ°]{1,4})\s?[)\]]")
_COUNTS = {
    word: count for table in (*numerals.COUNTS.values(), numerals.SUPPORT) for word, count in table.items()
}
_STOP = "of|the|and|for|in|to|on|with|a|an|by|as|from|via|at"


@dataclass(frozen=True, slots=True)
class Source:
    """The texts that were read: title, abstract, comment, full text.

    Attributes:
        text: all of them, LaTeX turned into plain text, without orders to who reads it.
        lower: the same in lower case.
        words: their words of letters, in lower case.
        language: theirs, a primary subtag; English where nothing says otherwise.
    """

    text: str
    lower: str
    words: frozenset[str]
    language: str
    _units_of: Mapping[str, frozenset[str]]
    _loose_units: frozenset[str]
    _has_dimensions: bool
    _joined: str
    _starts: frozenset[int]
    _ends: frozenset[int]
    _spaced: str

    @classmethod
    def of(cls, *texts: str) -> Source:
        """Read texts as arXiv gives them, LaTeX and all."""
        text = "\n".join(without_orders(readable(text)) for text in texts if text)
        plain = normalised(text)
        units_of: dict[str, set[str]] = {"0": {""}, "1": {""}}  # “no”, “a” and “single” say these
        lower = plain.lower()
        words = frozenset(words_of(lower))
        for quantity in (*written(plain, comma=False), *spelled(plain, _COUNTS, words)):
            _note(units_of, quantity)
        for word, readings in numerals.LOOSE.items():
            if word in words:
                for value, unit in readings:
                    units_of.setdefault(value, set()).add(unit)
        tokens = _tokens(lower)
        ends = tuple(accumulate(map(len, tokens)))
        return cls(
            text,
            lower,
            words,
            commonest_language(words),
            {value: frozenset(units) for value, units in units_of.items()},
            frozenset(UNITS[unit.lower()] for unit in _BRACKETED.findall(plain) if unit.lower() in UNITS),
            any(DIMENSIONS in units for units in units_of.values()),
            "".join(tokens),
            frozenset((0, *ends)),
            frozenset(ends),
            " ".join(tokens),
        )

    def has_number(self, reading: Reading, *, exact: bool = True) -> bool:
        """Tell whether the source has this number with this unit.

        A text may leave a unit out that isn't per cent, and may call a bare number points. What stands under
        “(%)” in a table has that unit.

        Args:
            reading: a value and a unit.
            exact: the text's language is one whose words for per cent are known.
        """
        value, unit = reading
        units = self._units_of.get(value)
        if units is None:
            # That a world is 3D is said without being told, unless the paper's own is 2D.
            return unit == DIMENSIONS and not self._has_dimensions
        if unit in units or (unit in {POINTS, UNSURE} and "" in units):
            return True
        if not unit:
            return bool(units - {PERCENT}) or not exact
        return "" in units and unit in self._loose_units

    def has_name(self, name: str) -> bool:
        """Tell whether the source has this name, however its parts are joined and whether it's one or many."""
        wanted = "".join(_TOKEN.findall(name)).lower()
        return any(self._stands(form) for form in _forms(wanted))

    def _stands(self, wanted: str) -> bool:
        at = self._joined.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            if at in self._starts and (
                end in self._ends or (self._joined[end : end + 1] == "s" and end + 1 in self._ends)
            ):
                return True
            at = self._joined.find(wanted, at + 1)
        return False

    def has_initials(self, acronym: str) -> bool:
        """Tell whether words of the source, in their order, begin with the letters of an acronym."""
        return has_initials(self._spaced, acronym)


def spaced_tokens(text: str) -> str:
    """Return the words and numbers of a normalised text in lower case, one blank between them."""
    return " ".join(_tokens(text.lower()))


def _tokens(lower: str) -> list[str]:
    return (_ASCII_TOKEN if lower.isascii() else _TOKEN).findall(lower)


def has_initials(spaced: str, acronym: str) -> bool:
    """Tell whether words begin, one after the other, with the letters of an acronym.

    Args:
        spaced: from `spaced_tokens`.
        acronym: of two letters and more.
    """
    return re.search(_initials(acronym), spaced) is not None


def _note(units_of: dict[str, set[str]], quantity: Quantity) -> None:
    for value, unit in quantity.readings():
        units_of.setdefault(value, set()).add("" if unit == UNSURE else unit)


def _forms(name: str) -> tuple[str, ...]:
    return (name, name[:-1]) if name.endswith("s") and len(name) > 2 else (name,)  # noqa: PLR2004


def _initials(acronym: str) -> str:
    """Build the pattern of words that an acronym shortens: “NeRF” is “ne… r… f…”.

    A capital begins a word, words such as “of” may be passed over; a small letter goes on with its word or
    begins one.
    """
    pattern = rf"\b{re.escape(acronym[0].lower())}"
    for before, letter in pairwise(acronym):
        begins = rf"\w* (?:(?:{_STOP}) )?{re.escape(letter.lower())}"
        goes_on = re.escape(letter.lower())
        if letter.isupper() and not before.isdigit():
            pattern += begins
        else:
            pattern += rf"(?:{goes_on}|{begins})"
    return pattern
