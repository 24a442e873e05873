"""What is chosen, in words, as the panel's buttons have it. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.chats import Detail, Layout, QuietDays, SendAt
from bot.commands import cities
from bot.commands.moments import local
from bot.commands.setting_values import Key
from bot.phrases import layouts
from bot.phrases import settings as say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.chats import Preferences
    from digest.phrases import Phrase
    from digest.translation import Phrases

_MONDAY = date(2024, 1, 1)
_WEEK = range(7)
_FEWEST_IN_RANGE = 3

LABELS: Mapping[Key, Phrase] = {
    Key.LANGUAGE: say.LANGUAGE,
    Key.BRIEFS: say.BRIEFS,
    Key.SEND: say.SEND,
    Key.ZONE: say.ZONE,
    Key.DAYS: say.DAYS,
    Key.PAPERS: say.PAPERS,
    Key.DETAIL: say.DETAIL,
    Key.FIGURES: say.FIGURES,
    Key.QUIET: say.QUIET,
    Key.SOUND: say.SOUND,
    Key.LAYOUT: layouts.LAYOUT,
}


def labelled(key: Key, wants: Preferences, phrases: Phrases, now: datetime) -> str:
    """Return a setting with its value: “Papers: 7”."""
    return phrases(LABELS[key], value=value(key, wants, phrases, now))


def value(key: Key, wants: Preferences, phrases: Phrases, now: datetime) -> str:
    """Return what holds of a setting."""
    if key is Key.ZONE:
        time = f"{local(now, wants.zone):%H:%M}"
        return phrases(say.ZONE_NOW, city=cities.name(wants.zone, phrases.language), time=time)
    return _WORDS[key](wants, phrases)


def send_words(wants: Preferences, phrases: Phrases) -> str:
    """Return when digests are sent."""
    at = wants.send_at
    return phrases(say.LISTED) if isinstance(at, SendAt) else f"{at:%H:%M}"


def days_words(days: frozenset[int], phrases: Phrases) -> str:
    """Return weekdays: “Mon–Fri”, “Mon, Wed and Fri”, “every day”; a range may go past Sunday."""
    if len(days) == len(_WEEK):
        return phrases(say.EVERY_DAY)
    starts = [day for day in sorted(days) if (day - 1) % len(_WEEK) not in days]
    if len(starts) == 1 and len(days) >= _FEWEST_IN_RANGE:
        last = (starts[0] + len(days) - 1) % len(_WEEK)
        return phrases(say.DAY_RANGE, first=day_name(starts[0], phrases), last=day_name(last, phrases))
    return phrases.listed([day_name(day, phrases) for day in sorted(days)])


def day_name(day: int, phrases: Phrases) -> str:
    """Return a weekday's short name; Monday is 0."""
    from babel import Locale
    from babel.dates import format_date

    locale = Locale.parse(phrases.language, sep="-")
    return format_date(_MONDAY + timedelta(days=day), "EEE", locale=locale)


def language_name(tag: str) -> str:
    """Return a language in its own words, such as “中文”; a tag that nobody named stays as it is."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return tag
    return locale.get_display_name(locale) or tag


def _languages(wants: Preferences, phrases: Phrases) -> str:
    labels = language_name(wants.language)
    if wants.brief_language.split("-")[0].casefold() == wants.language.split("-")[0].casefold():
        return labels
    return phrases(say.WITH_BRIEFS, language=labels, briefs=language_name(wants.brief_language))


def _briefs(wants: Preferences, _: Phrases) -> str:
    return language_name(wants.brief_language)


_DETAILS = {Detail.TITLES: say.TITLES, Detail.BRIEF: say.BRIEF, Detail.NOTES: say.NOTES}

_WORDS: Mapping[Key, Callable[[Preferences, Phrases], str]] = {
    Key.LANGUAGE: _languages,
    Key.BRIEFS: _briefs,
    Key.SEND: send_words,
    Key.DAYS: lambda wants, phrases: days_words(wants.weekdays, phrases),
    Key.PAPERS: lambda wants, phrases: phrases.number(wants.papers),
    Key.DETAIL: lambda wants, phrases: phrases(_DETAILS[wants.detail]),
    Key.FIGURES: lambda wants, phrases: phrases(say.ONE_PER_PAPER if wants.figures else say.OFF),
    Key.QUIET: lambda wants, phrases: phrases(
        say.ONE_LINE if wants.quiet_days is QuietDays.LINE else say.NOTHING
    ),
    Key.SOUND: lambda wants, phrases: phrases(say.ON if wants.sound else say.OFF),
    Key.LAYOUT: lambda wants, phrases: phrases(
        layouts.RICH if wants.layout is Layout.RICH else layouts.CLASSIC
    ),
}
