"""Speaks a reader's language: phrases from gettext catalogs, dates and numbers from CLDR. Knows no paper.

Catalogs are ``locale/*.po``, compiled in memory when a language is first asked for; English is the
source and has none. A new language is one new file.
"""

from __future__ import annotations

import gettext
import re
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

from digest import phrases as say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from digest.phrases import Phrase, Plural

SOURCE = "en"
_CATALOGS = resources.files("digest") / "locale"
_PAIR = 2
_NAMED_DAYS = 3  # more scattered days than these are told as a range and a count
_NAMED_AUTHORS = 2
_FRIDAY = 4
_BETWEEN_HAN = re.compile("(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_NO_SPACES = ("zh", "ja")  # languages that put none after a full stop


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that documents speak, the source first."""
    names = sorted(file.name for file in _CATALOGS.iterdir())
    return (SOURCE, *(name.removesuffix(".po") for name in names if name.endswith(".po")))


def negotiate(tag: str) -> str:
    """Return the language that serves a BCP 47 tag best: ``zh`` for ``zh-CN``; the source if none does."""
    known = {language.lower(): language for language in languages()}
    subtags = tag.replace("_", "-").lower().split("-")
    for end in range(len(subtags), 0, -1):
        if language := known.get("-".join(subtags[:end])):
            return language
    return SOURCE


def phrases_for(tag: str) -> Phrases:
    """Return the phrases in the language that serves a BCP 47 tag best; cached for each language."""
    return _phrases(negotiate(tag))


@cache
def _phrases(language: str) -> Phrases:
    return Phrases(language, _catalog(language))


def _catalog(language: str) -> gettext.NullTranslations:
    if language == SOURCE:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (_CATALOGS / f"{language}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class Phrases:
    """What documents say, in one language.

    Attributes:
        language: the catalog's BCP 47 tag.
    """

    def __init__(self, language: str, catalog: gettext.NullTranslations) -> None:
        from babel import Locale

        self.language = language
        self._catalog = catalog
        self._locale = Locale.parse(language, sep="-")

    def pattern(self, phrase: Phrase) -> str:
        """Return a phrase with its braces still open."""
        return self._catalog.gettext(phrase.text)

    def counted(self, plural: Plural, count: int) -> str:
        """Return the form of a phrase for this many, with its braces still open."""
        return self._catalog.ngettext(plural.one, plural.other, count)

    def __call__(self, phrase: Phrase, **values: str) -> str:
        """Return a phrase with its braces filled."""
        return self.pattern(phrase).format(**values)

    def count(self, plural: Plural, count: int, **values: str) -> str:
        """Return the form of a phrase for this many, filled; ``{count}`` is the number as people write it."""
        return self.counted(plural, count).format(count=self.number(count), **values)

    def number(self, number: int) -> str:
        """Return a number as people write it: ``1,234``."""
        return _decimal(number, self.language)

    def listed(self, items: Sequence[str]) -> str:
        """Return an enumeration: “a, b and c”."""
        if len(items) <= 1:
            return "".join(items)
        first, last = self(say.COMMA).join(items[:-1]), items[-1]
        joint = self._close(self(say.AND, first=first[-1:], last=last[:1]))  # an item's own blanks stay
        return first[:-1] + joint + last[1:]

    def sentences(self, sentences: Iterable[str]) -> str:
        """Return sentences one after the other, apart as the language writes them."""
        return ("" if self.language.startswith(_NO_SPACES) else " ").join(filter(None, sentences))

    def clauses(self, clauses: Iterable[str]) -> str:
        """Return clauses one after the other, as one line that has no full stops."""
        return self(say.SEMICOLON).join(filter(None, clauses))

    def day(self, day: date) -> str:
        """Return a date that is near: “Mon 29 June”."""
        return self._date(day, say.DATE_IN_YEAR)

    def quoted(self, words: str) -> str:
        """Return words in the language's quotation marks."""
        return self(say.QUOTED, words=words)

    def authors(self, names: Sequence[str]) -> str:
        """Return the first two names and how many more there are."""
        if len(names) <= _NAMED_AUTHORS:
            return self.listed(names)
        first = self(say.COMMA).join(names[:_NAMED_AUTHORS])
        return self.count(say.AND_MORE, len(names) - _NAMED_AUTHORS, names=first)

    def dates(self, dates: Sequence[date]) -> str:
        """Return announcement dates, in order, as people say them: one, a range of weekdays, a list.

        Scattered days are named up to three of them, then told as a range with their count.
        """
        if len(dates) <= 1:
            return "".join(self._date(day, say.DATE) for day in dates)
        if len(dates) > _PAIR and all(_neighbours(*pair) for pair in pairwise(dates)):
            first, last = self._together((dates[0], dates[-1]))
            return self._close(self(say.DATE_RANGE, first=first, last=last))
        if len(dates) <= _NAMED_DAYS:
            return self.listed(self._together(dates))
        first, last = self._together((dates[0], dates[-1]))
        return self._close(self.count(say.DATE_RANGE_WITH_GAPS, len(dates), first=first, last=last))

    def _close(self, text: str) -> str:
        """Drop the blanks around “and” and “to”, which are for Latin neighbours, between Chinese words."""
        return _BETWEEN_HAN.sub("", text) if self.language.startswith(_NO_SPACES) else text

    def _together(self, dates: Sequence[date]) -> list[str]:
        """Write dates so that what they share, year and month, is said once, where the language says it."""
        year_first = self.pattern(say.DATE).startswith("y")
        whole = dates[0] if year_first else dates[-1]
        written = []
        for day in dates:
            pattern = say.DATE
            if day != whole and day.year == whole.year:
                pattern = say.DATE_IN_MONTH if day.month == whole.month else say.DATE_IN_YEAR
            written.append(self._date(day, pattern))
        return written

    def _date(self, day: date, pattern: Phrase) -> str:
        from babel.dates import format_date

        return format_date(day, self.pattern(pattern), locale=self._locale)


@lru_cache(maxsize=4096)
def _decimal(number: int, language: str) -> str:
    from babel import Locale
    from babel.numbers import format_decimal

    return format_decimal(number, locale=Locale.parse(language, sep="-"))


def _neighbours(day: date, after: date) -> bool:
    """Whether no announcement day lies between: arXiv announces from Monday to Friday."""
    return (after - day).days == (3 if day.weekday() == _FRIDAY else 1)
