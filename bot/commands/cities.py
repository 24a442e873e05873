"""Time zones by what people call them: a city, a country, a time of day. Pure; knows no chat.

Names are those of the IANA database and of Unicode's CLDR in English and Chinese, with a few large cities
that neither has. A zone is told as its city, in the reader's language.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from datetime import datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from digest.translation import languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LIKELY = tuple(
    "America/Los_Angeles America/Chicago America/New_York America/Sao_Paulo Europe/London Europe/Berlin "
    "Africa/Cairo Europe/Moscow Asia/Kolkata Asia/Shanghai Asia/Tokyo Australia/Sydney".split()
)
"""A city for each of the hours that most people live by, from west to east."""

_LARGE = (
    *LIKELY,
    *(
        "America/Denver America/Toronto America/Vancouver America/Mexico_City America/Bogota America/Lima "
        "America/Santiago America/Argentina/Buenos_Aires Europe/Paris Europe/Madrid Europe/Rome "
        "Europe/Amsterdam Europe/Zurich Europe/Stockholm Europe/Warsaw Europe/Athens Europe/Helsinki "
        "Europe/Kyiv Europe/Lisbon Europe/Istanbul Africa/Lagos Africa/Johannesburg Africa/Nairobi "
        "Asia/Jerusalem Asia/Riyadh Asia/Dubai Asia/Tehran Asia/Karachi Asia/Dhaka Asia/Bangkok "
        "Asia/Ho_Chi_Minh Asia/Jakarta Asia/Singapore Asia/Hong_Kong Asia/Taipei Asia/Manila Australia/Perth "
        "Asia/Seoul Australia/Melbourne Australia/Brisbane Pacific/Auckland"
    ).split(),
)
"""Cities to be named first, those that most people live near."""

_ELSEWHERE = {
    "America/Los_Angeles": "USA,San Francisco,Seattle,San Diego,Stanford,Berkeley,旧金山,西雅图",
    "America/New_York": "USA,Boston,Washington,Philadelphia,Pittsburgh,Princeton,Atlanta,Miami,波士顿,华盛顿",
    "America/Chicago": "USA,Houston,Dallas,Austin",
    "America/Sao_Paulo": "Rio de Janeiro,Brasilia",
    "Asia/Jerusalem": "Tel Aviv,Haifa",
    "Asia/Ho_Chi_Minh": "Hanoi",
    "Asia/Karachi": "Lahore,Islamabad",
    "Asia/Kolkata": "Mumbai,Delhi,New Delhi,Bangalore,Bengaluru,Chennai,Hyderabad,Pune,孟买,新德里",
    "Asia/Shanghai": (
        "Beijing,Shenzhen,Guangzhou,Hangzhou,Nanjing,Wuhan,Chengdu,Xi'an,Hefei,Tianjin,Suzhou,"
        "北京,深圳,广州,杭州,南京,武汉,成都,西安,合肥,天津,苏州,重庆,哈尔滨"
    ),
    "Asia/Tokyo": "Osaka,Kyoto,大阪,京都",
    "Europe/Berlin": "Munich,München,Hamburg,Frankfurt,Cologne,Köln,Tübingen,慕尼黑,汉堡,法兰克福",
    "Europe/London": "UK,Oxford,Edinburgh,Manchester,牛津,爱丁堡",
    "Europe/Madrid": "Barcelona,巴塞罗那",
    "Europe/Moscow": "Saint Petersburg,圣彼得堡",
    "Europe/Rome": "Milan,Milano,米兰",
    "Europe/Zurich": "Geneva,Genève,Lausanne,日内瓦,洛桑",
}
_MOST = 10
_CLOCK = re.compile(r"(\d{1,2})[:.：](\d{2})")
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-−]\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_NEAR = 0.7
_QUARTER = timedelta(minutes=15)
_DAY = timedelta(days=1)
_UTC = "Etc/UTC"


def name(zone: str, language: str) -> str:
    """Return a zone as its city in a language, such as “柏林”; a zone without one as it is."""
    canonical = _aliases().get(zone, zone)
    if canonical == _UTC:
        return "UTC"
    for each in (canonical, *_ids().get(canonical, ())):
        if city := _cities(language).get(each):
            return city
    return canonical.rpartition("/")[2].replace("_", " ")


def find(words: str, now: datetime) -> tuple[str, ...]:
    """Return the zones that somebody may mean by a city, a country, a zone's name, an offset or their time.

    Args:
        words: in any case, with or without accents.
        now: the time, to find who has a certain time of day now.
    """
    if found := _names().get(_folded(words)):
        return _few(found, now)
    if (offset := _offset(words, now)) is not None:
        return at(offset, now)
    return ()


def begun(words: str, now: datetime) -> tuple[str, ...]:
    """Return the zones that somebody may be typing the name of: those found, else what begins so."""
    start = _folded(words)
    if not start:
        return ()
    names = (zones for name, zones in _names().items() if name.startswith(start))
    return find(words, now) or tuple(_ordered({zone for zones in names for zone in zones}))[:_MOST]


def near(words: str, now: datetime) -> tuple[str, ...]:
    """Return the zones whose city is written most like this."""
    alike = difflib.get_close_matches(_folded(words)[:40], _names(), 3, _NEAR)
    return _few(dict.fromkeys(zone for each in alike for zone in _names()[each]), now)


def at(offset: timedelta, now: datetime) -> tuple[str, ...]:
    """Return zones that are so far from UTC now: of every kind one, and the large cities."""
    return _few([zone for zone in _inhabited() if _away(zone, now) == offset], now)


def offsets(now: datetime) -> Mapping[timedelta, str]:
    """Return how far from UTC people are now, from west to east, each with its largest city."""
    found: dict[timedelta, str] = {}
    for zone in _ordered(_inhabited()):
        found.setdefault(_away(zone, now), zone)
    return dict(sorted(found.items()))


def likely(now: datetime) -> Mapping[timedelta, str]:
    """Return the offsets that most people have now, from west to east, each with a city."""
    return dict(sorted({_away(zone, now): zone for zone in reversed(LIKELY)}.items()))


def _inhabited() -> list[str]:
    """Return the zones where more people live than penguins; the others are found by their names."""
    return [zone for zone in _zones() if not zone.startswith("Antarctica/")]


def _few(zones: Iterable[str], now: datetime) -> tuple[str, ...]:
    """Return at most ten: one for each way in which their clocks go, then the largest."""
    ordered = _ordered(zones)
    kinds: dict[object, str] = {}
    for zone in ordered:
        kinds.setdefault(tuple(_away(zone, now + days * _DAY) for days in (0, 90, 180, 270)), zone)
    if ordered and ordered[0] not in _LARGE:  # none that many people know: one of each kind says it all
        return tuple(kinds.values())[:_MOST]
    large = [zone for zone in ordered if zone in _LARGE]
    return tuple(dict.fromkeys([*kinds.values(), *large]))[:_MOST]


def _ordered(zones: Iterable[str]) -> list[str]:
    rank = {zone: place for place, zone in enumerate(_LARGE)}
    return sorted(zones, key=lambda zone: (rank.get(zone, len(rank)), zone))


def _offset(words: str, now: datetime) -> timedelta | None:
    """Return the offset that is told, or that makes it this time of day now."""
    if match := _OFFSET.fullmatch(words.strip()):
        hours, minutes = match[1].replace("−", "-"), int(match[2] or 0)
        return timedelta(hours=int(hours), minutes=-minutes if hours.startswith("-") else minutes)
    match = _CLOCK.fullmatch(words.strip())
    if not match or int(match[1]) > time.max.hour or int(match[2]) > time.max.minute:
        return None
    today = now.replace(hour=int(match[1]), minute=int(match[2]), second=0, microsecond=0)
    ahead = round((today - now) / _QUARTER) * _QUARTER
    exist = offsets(now)
    return next((each for each in (ahead, ahead - _DAY, ahead + _DAY) if each in exist), None)


def _away(zone: str, now: datetime) -> timedelta:
    return now.astimezone(_zone(zone)).utcoffset() or timedelta()


def _folded(words: str) -> str:
    """Return words without case, accents, spaces and punctuation."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(character for character in apart if character.isalnum())


@cache
def _zone(zone: str) -> ZoneInfo:
    return ZoneInfo(zone)


@cache
def _zones() -> tuple[str, ...]:
    """Return every zone where people live, each once, whatever other names it has."""
    from babel.core import get_global

    known = available_timezones()
    return tuple(
        zone for zone, where in get_global("zone_territories").items() if where != "ZZ" and zone in known
    )


@cache
def _aliases() -> dict[str, str]:
    """Return by other names, and by older ones, what zones are called today."""
    from babel.core import get_global

    return {"UTC": _UTC, **get_global("zone_aliases")}


@cache
def _ids() -> dict[str, tuple[str, ...]]:
    """Return the other names of each zone; CLDR tells some cities by an old one."""
    found: dict[str, list[str]] = defaultdict(list)
    for alias, zone in _aliases().items():
        found[zone].append(alias)
    return {zone: tuple(names) for zone, names in found.items()}


@cache
def _cities(language: str) -> dict[str, str]:
    """Return the cities that CLDR names in a language, by zone."""
    from babel import Locale

    zones = Locale.parse(language, sep="-").time_zones
    return {zone: city for zone, told in zones.items() if (city := told.get("city"))}


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Return every name, folded, with the zones that it may mean."""
    from babel import Locale
    from babel.core import get_global

    found: dict[str, dict[str, None]] = defaultdict(dict)
    territories = [Locale.parse(language, sep="-").territories for language in languages()]
    for zone in _zones():
        told = [
            _cities(language).get(each, "")
            for language in languages()
            for each in (zone, *_ids().get(zone, ()))
        ]
        for each in (zone, *_ids().get(zone, ())):
            told += [each, each.rpartition("/")[2]]
        told += [names.get(get_global("zone_territories")[zone], "") for names in territories]
        for each in (*told, *_ELSEWHERE.get(zone, "").split(",")):
            found[_folded(each)][zone] = None
    for each in ("UTC", "GMT", _UTC):
        found[_folded(each)] = {_UTC: None}
    found.pop("", None)
    return {each: tuple(zones) for each, zones in found.items()}
