"""Reads the numbers of a text with their units, in whatever way they're written; compares nothing.

A number may have several readings (“1,5” and “5 K” do): each is a value, as a normalised decimal, and a unit of
`digest.summaries.checks.units`, empty for a bare number.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, TypeAlias

from digest.summaries.checks import numerals
from digest.summaries.checks.units import (
    LETTER_SCALES,
    LONGEST_CJK,
    MAGNITUDES,
    PERCENT,
    POINTS,
    SCALES,
    TIMES,
    UNITS,
    UNSURE,
    VAGUE,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Reading: TypeAlias = tuple[str, str]

_SUPERSCRIPT = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_SIGNS = str.maketrans(
    {sign: "-" for sign in "−‐‑‒–—"}
    | {
        sign: str(value)
        for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९")
        for value, sign in enumerate(digits)
    }
    | {"∼": "~", "\u2044": "/"}
)
_FULL_COMMA = re.compile(r"，(?=\d)")

_POWER = r"\s?\^\s?\{?(-?[0-9]{1,3})\}?"
_NUMBER = re.compile(
    r"([0-9.](?:(?<=[0-9])(?:[0-9]{0,2}(?:[ '’][0-9]{3})+(?![0-9])|[0-9]*(?:[.,][0-9]+)*)|(?<=\.)(?<![\w.,]\.)[0-9]+))"
    rf"(?:\s?[×x*·]\s?10{_POWER}|(?<=\b10){_POWER}|[eE]([+-]?[0-9]{{1,3}})(?![A-Za-z0-9]))?"
)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[, '’][0-9]{3})+(?:\.[0-9]+)?")
_DECIMAL = re.compile(r"[0-9]*\.?[0-9]+")
_THOUSANDS_BY_POINT = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})+(?:,[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]+")
_LETTERS = "A-Za-zµμ°À-ÖØ-öø-ɏЀ-ӿ"
_WORDS_BEHIND = re.compile(
    rf"[ -]?(?:([%$€£×])|([{_LETTERS}]+(?:[ -][{_LETTERS}]+){{0,2}})(?![{_LETTERS}0-9])|([⺀-鿿가-힣][A-Za-z⺀-鿿가-힣]*))"
)
_POINTS_BEHIND = re.compile(r"[ -]?(?:points?|Punkte?n?|puntos|pontos|punti)\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?: ?(?:[,/、~～±-]|\+-|,? ?(?:to|and|or|vs\.?|versus|against|bis|auf|und|y|o|a|et|à|ou|e|и|до)|至|到|和|与|或|から|と|および) ?)"
)
_FACTOR_BEFORE = re.compile(
    r"(?:factors?|speed-?ups?|acceleration|ratios?)(?: of| by)?"
    r"(?: up to| about| roughly| nearly| almost| at least| around| over| more than)? ~?$"
)
_FACTOR = 44  # characters that the words before a factor may take
_YEARS = range(1800, 2101)
_WORD = re.compile(r"[^\W\d_]+")
_ASCII_WORD = re.compile("[a-z]+")
_CURRENCIES = "$€£"
_MOST_DIGITS = 28  # longer ones are compared as they're written


@dataclass(slots=True)
class Quantity:
    """A number as a text has it.

    Attributes:
        words: the number as it's written, normalised.
        start: where it begins in the normalised text.
        end: where it ends, its unit included.
        values: what the digits may mean.
        tails: powers of ten and units that may follow them.
        spelled: it's written in words.
    """

    words: str
    start: int
    end: int
    values: tuple[str, ...]
    tails: tuple[tuple[int, str], ...] = ((0, ""),)
    whole: tuple[Reading, ...] = ()
    spelled: bool = False

    def readings(self) -> Iterator[Reading]:
        """Yield each value with each unit that it may have."""
        yield from self.whole
        for value in self.values:
            for power, unit in self.tails:
                yield (_scaled(value, power), unit)
                if unit == MAGNITUDES and len(value) == 1:
                    yield (_scaled("1", int(value)), TIMES)


def normalised(text: str) -> str:
    """Return the text with every digit, sign and blank written in one way, powers behind a caret."""
    if text.isascii():
        return text
    text = _SUPERSCRIPT.sub(
        lambda found: "^" + found[0].translate(_SUPERSCRIPTS), _FULL_COMMA.sub(", ", text)
    )
    return unicodedata.normalize("NFKC", text).translate(_SIGNS)


def words_of(text: str) -> list[str]:
    """Return the words of letters of a text in lower case."""
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)


def written(text: str, *, comma: bool) -> list[Quantity]:
    """Return the numbers that a normalised text writes in digits, in order.

    Args:
        text: from `normalised`.
        comma: the text's language writes “1.234,5”; English ways of writing are read nevertheless.
    """
    found = [_read(text, match, comma=comma) for match in _NUMBER.finditer(text)]
    for one, following in zip(found[-2::-1], found[:0:-1], strict=True):
        if one.tails == ((0, ""),) and _BETWEEN.fullmatch(text, one.end, following.start):
            one.tails += tuple(tail for tail in following.tails if tail != (0, ""))
    return found


def _read(text: str, match: re.Match[str], *, comma: bool) -> Quantity:
    raw = match[1]
    values = tuple(_values(raw, comma=comma))
    power = next((int(each) for each in match.groups()[1:] if each), None)
    if power is not None:
        base = "1" if match[3] else None
        values = tuple(_scaled(base or value, power) for value in values)
    tails, end = _tails(text, match.end(), values)
    before = text[match.start() - 1] if match.start() else ""
    if before and before in _CURRENCIES:
        tails = tuple((power, before) for power, _ in tails)
    elif tails == ((0, ""),) and _FACTOR_BEFORE.search(text, max(0, match.start() - _FACTOR), match.start()):
        tails += ((0, TIMES),)
    return Quantity(text[match.start() : end], match.start(), end, values, tails)


def _values(raw: str, *, comma: bool) -> Iterator[str]:
    if len(raw) > _MOST_DIGITS:
        yield raw
    elif _THOUSANDS.fullmatch(raw):
        yield _plain(re.sub("[, '’]", "", raw))
        if _DECIMAL_COMMA.fullmatch(raw) and comma:
            yield _plain(raw.replace(",", "."))
    elif _DECIMAL.fullmatch(raw):
        yield _plain(raw)
        if comma and _THOUSANDS_BY_POINT.fullmatch(raw):
            yield _plain(raw.replace(".", ""))
    elif _DECIMAL_COMMA.fullmatch(raw):
        yield _plain(raw.replace(",", "."))
    elif _THOUSANDS_BY_POINT.fullmatch(raw):
        yield _plain(raw.replace(".", "").replace(" ", "").replace(",", "."))
    else:
        yield raw


def _plain(number: str) -> str:
    return str(Decimal(number).normalize())


def _scaled(value: str, power: int) -> str:
    if not power and "E" not in value:
        return value
    try:
        return str(Decimal(value).scaleb(power).normalize())
    except InvalidOperation:  # a version such as 1.2.3
        return value


def _tails(text: str, at: int, values: tuple[str, ...]) -> tuple[tuple[tuple[int, str], ...], int]:
    """Return what may follow a number that ends here, and where that ends."""
    powers, at = _scales(text, at)
    units, end = _units(text, at)
    if "year" in units and any(value.isdigit() and int(value) in _YEARS for value in values):
        units = (*units, "")
    return tuple((power, unit) for power in powers for unit in units), end


def _scales(text: str, at: int) -> tuple[tuple[int, ...], int]:
    behind = _WORDS_BEHIND.match(text, at)
    if behind is None:
        return (0,), at
    for word, end in _candidates(text, behind):
        if word in LETTER_SCALES:
            return ((LETTER_SCALES[word],) if behind.start(2) == at else (LETTER_SCALES[word], 0)), end
        if word.lower() in SCALES:
            return (SCALES[word.lower()],), end
    return (0,), at


def _units(text: str, at: int) -> tuple[tuple[str, ...], int]:
    behind = _WORDS_BEHIND.match(text, at)
    if behind is None:
        return ("",), at
    for word, end in _candidates(text, behind):
        unit = UNITS.get(word.lower())
        if unit is None:
            continue
        if unit == PERCENT and (points := _POINTS_BEHIND.match(text, end)):
            return (POINTS,), points.end()
        if word == "×" and text[end:].lstrip()[:1].isdigit():
            return ("",), at
        is_glued = text[at] not in " -"
        return ((unit,) if is_glued or word.lower() not in VAGUE else (unit, UNSURE)), end
    if behind[2] and any(UNITS.get(word.lower()) == POINTS for word in behind[2].split()[1:2]):
        return (POINTS, ""), behind.end()
    return ("",), at


def _candidates(text: str, behind: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Yield what may be a unit behind a number and where it ends, the longest first."""
    kind = behind.lastindex or 1
    start, end = behind.span(kind)
    if kind == 1:
        yield behind[1], end
    elif kind == 3:  # noqa: PLR2004 - the third alternative: a script without blanks
        for length in range(min(LONGEST_CJK, end - start), 0, -1):
            yield text[start : start + length], start + length
    else:
        phrase = behind[2]
        while phrase:
            yield phrase, start + len(phrase)
            phrase = phrase[: max(phrase.rfind(" "), phrase.rfind("-"), 0)]


def spelled(text: str, counts: Mapping[str, int], words: Iterable[str]) -> Iterator[Quantity]:
    """Yield the numbers that a normalised text spells out: counts, “twenty-five”, “twice”, “一半”.

    Args:
        text: from `normalised`.
        counts: the words that count, such as a language's of `numerals.COUNTS`.
        words: the text's own, in lower case.
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
    tails, stop = _tails(text, end, (str(value),))
    return Quantity(text[start:stop], start, stop, (_plain(str(value)),), tails, spelled=True)


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
            yield Quantity(words, start, end, (_plain(str(value)),), ((0, PERCENT),), spelled=True)
            continue
        value = numerals.east_asian(words)
        units, stop = _units(text, end)
        if after in numerals.TENTHS:
            yield Quantity(
                words + after, start, end + 1, (_plain(str(10 * value)),), ((0, PERCENT),), spelled=True
            )
        elif value > 1 and units != ("",) and (stop - end > 1 or after in numerals.NUMERAL_UNITS):
            tails = tuple((0, unit) for unit in units)
            yield Quantity(text[start:stop], start, stop, (_plain(str(value)),), tails, spelled=True)
        elif after in numerals.COUNTERS:
            yield Quantity(words + after, start, end + 1, (_plain(str(value)),), spelled=True)
