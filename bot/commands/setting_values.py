"""What each setting takes: from words to a choice, or a refusal. Pure; knows no sentence and no zone's city.

The words are those of buttons, which are also what people type, in English or Chinese.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from bot.chats import Choices, Detail, Layout, QuietDays, SendAt
from bot.settings_checks import check_language
from digest.translation import languages, negotiate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.chats import Preferences

T = TypeVar("T")

FEWEST, MOST = 1, 50
"""How few and how many papers one digest may show."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Weekdays as actions name them, Monday first."""
INHERIT = "default"
"""The word that takes a choice back."""


class Key(StrEnum):
    """The settings, as they're typed."""

    LANGUAGE = "language"
    BRIEFS = "briefs"
    SEND = "send"
    ZONE = "zone"
    DAYS = "days"
    PAPERS = "papers"
    DETAIL = "detail"
    FIGURES = "figures"
    QUIET = "quiet"
    SOUND = "sound"
    LAYOUT = "layout"


class NotAllowedError(ValueError):
    """The words are no value of this setting."""


_KEYS: Mapping[str, Key] = {
    **{key.value: key for key in Key},
    **dict.fromkeys(("lang", "语言"), Key.LANGUAGE),
    **dict.fromkeys(("brief", "简介语言"), Key.BRIEFS),
    **dict.fromkeys(("time", "at", "sent", "发送", "时间", "发送时间"), Key.SEND),
    **dict.fromkeys(("timezone", "city", "时区", "城市"), Key.ZONE),
    **dict.fromkeys(("day", "weekdays", "星期", "发送日"), Key.DAYS),
    **dict.fromkeys(("paper", "length", "论文", "论文数", "篇数"), Key.PAPERS),
    **dict.fromkeys(("详细", "详细程度"), Key.DETAIL),
    **dict.fromkeys(("figure", "pictures", "配图", "图片"), Key.FIGURES),
    **dict.fromkeys(("quiet-days", "quietdays", "无新论文"), Key.QUIET),
    **dict.fromkeys(("声音", "提示音"), Key.SOUND),
    **dict.fromkeys(("版式", "布局"), Key.LAYOUT),
}
_WEEKDAY = {
    **{name: number for number, name in enumerate(DAYS)},
    **{
        name: number
        for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
    },
    **{f"{week}{name}": number for week in ("周", "星期") for number, name in enumerate("一二三四五六日")},
    "周天": 6,
    "星期天": 6,
}
_SETS = {
    **dict.fromkeys(("daily", "everyday", "every day", "all", "每天"), frozenset(range(7))),
    **dict.fromkeys(("weekdays", "workdays", "工作日"), frozenset(range(5))),
    **dict.fromkeys(("weekend", "weekends", "周末"), frozenset({5, 6})),
}
_TO = re.compile(r"\s*(?:-|–|—|~|至|到|\bto\b)\s*")
_TIME = re.compile(r"(\d{1,2})(?:(?:[:.：时点h])(\d{2})?)?\s*([ap]m)?", re.IGNORECASE)
_NOON = 12


def key_of(word: str) -> Key | None:
    """Return the setting that a word names."""
    return _KEYS.get(word.casefold())


def choose(key: Key, words: str, own: Choices, wants: Preferences) -> Choices:
    """Return what a level chooses after these words.

    Args:
        key: which setting.
        words: its value, `INHERIT` to take the choice back; of a zone, its name in the IANA database.
        own: what the level chose so far.
        wants: what holds there now; ``+sat`` and ``-sat`` change that.

    Raises:
        NotAllowedError: the words are no value of it.
    """
    said = " ".join(words.casefold().split())
    if said in {INHERIT, "默认", "inherit"}:
        return replace(own, **dict.fromkeys(_FIELDS[key]))
    if key is Key.LANGUAGE:
        # Briefs come along; whoever wants them in another language says so afterwards.
        language = read_language(said)
        return replace(own, language=language, brief_language=language)
    if key is Key.DAYS:
        return replace(own, weekdays=read_days(said, wants.weekdays))
    (field,) = _FIELDS[key]
    chosen: dict[str, Any] = {field: _READERS[key](words.strip())}
    return replace(own, **chosen)


def is_chosen(key: Key, own: Choices) -> bool:
    """Return whether a level chose this itself."""
    return any(getattr(own, field) is not None for field in _FIELDS[key])


def read_language(words: str) -> str:
    """Return the language of labels that a tag or a language's name means."""
    said = words.strip().casefold()
    tag = _LANGUAGES.get(said, said)
    found = negotiate(tag)
    if found.split("-")[0] == tag.replace("_", "-").split("-")[0] and found in languages():
        return found
    raise NotAllowedError


def read_brief_language(words: str) -> str:
    """Return a BCP 47 tag, whatever language it is."""
    said = words.strip()
    try:
        return check_language(_LANGUAGES.get(said.casefold(), said.replace("_", "-")))
    except ValueError:
        raise NotAllowedError from None


def read_zone(words: str) -> str:
    """Return the name of a zone of the IANA database."""
    try:
        return ZoneInfo(words.strip()).key
    except (LookupError, ValueError, OSError):
        raise NotAllowedError from None


def read_days(said: str, today: frozenset[int]) -> frozenset[int]:
    """Return weekdays: ``mon,wed``, ``mon-fri``, ``weekdays``, or today's with ``+sat``, without ``-sat``."""
    if said in _SETS:
        return _SETS[said]
    if said[:1] in {"+", "-"} and said[1:] in _WEEKDAY:
        day = frozenset({_WEEKDAY[said[1:]]})
        return _some(today | day if said.startswith("+") else today - day)
    days: set[int] = set()
    for part in filter(None, re.split(r"[,;，、；\s]+", _TO.sub("-", said))):
        first, _, last = part.partition("-")
        if first not in _WEEKDAY or (last or first) not in _WEEKDAY:
            raise NotAllowedError
        start, end = _WEEKDAY[first], _WEEKDAY[last or first]
        days.update((start + ahead) % 7 for ahead in range((end - start) % 7 + 1))
    return _some(frozenset(days))


def read_send_at(words: str) -> time | SendAt:
    """Return a time of day, such as ``7``, ``07:30`` or ``7:30 pm``, or the moment when the list is in."""
    if words.casefold() in _LISTED:
        return SendAt.LISTED
    match = _TIME.fullmatch(words)
    if not match:
        raise NotAllowedError
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= _NOON:
            raise NotAllowedError
        hour = hour % _NOON + (_NOON if match[3].casefold() == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise NotAllowedError from None


def read_papers(words: str) -> int:
    """Return how many papers."""
    number = int(words) if words.isdecimal() and len(words) <= len(str(MOST)) else 0
    if not FEWEST <= number <= MOST:
        raise NotAllowedError
    return number


def _some(days: frozenset[int]) -> frozenset[int]:
    if not days:
        raise NotAllowedError
    return days


def _one_of(values: Mapping[str, T]) -> Callable[[str], T]:
    def read(words: str) -> T:
        said = " ".join(words.casefold().split())
        if said not in values:
            raise NotAllowedError
        return values[said]

    return read


_LANGUAGES = {"english": "en", "英语": "en", "英文": "en", "chinese": "zh", "中文": "zh", "汉语": "zh"}
_LISTED = {"listed", "list", "when the list is in", "as soon as the list is in", "公告发布后"}
_DETAILS = {
    **dict.fromkeys(("titles", "title", "标题", "仅标题"), Detail.TITLES),
    **dict.fromkeys(("brief", "briefs", "简介"), Detail.BRIEF),
    **dict.fromkeys(("notes", "full notes", "笔记", "完整笔记"), Detail.NOTES),
}
_QUIET = {
    **dict.fromkeys(("line", "one line", "一行", "一句话"), QuietDays.LINE),
    **dict.fromkeys(("nothing", "none", "不发送"), QuietDays.NOTHING),
}
_SOUNDS = {**dict.fromkeys(("on", "yes", "开"), True), **dict.fromkeys(("off", "no", "关"), False)}
_FIGURES = {**_SOUNDS, **dict.fromkeys(("one", "one per paper", "每篇一张"), True)}
_LAYOUTS = {
    **dict.fromkeys(("classic", "经典"), Layout.CLASSIC),
    **dict.fromkeys(("rich", "丰富"), Layout.RICH),
}
_FIELDS: Mapping[Key, tuple[str, ...]] = {
    Key.LANGUAGE: ("language", "brief_language"),
    Key.BRIEFS: ("brief_language",),
    Key.SEND: ("send_at",),
    Key.ZONE: ("zone",),
    Key.DAYS: ("weekdays",),
    Key.PAPERS: ("papers",),
    Key.DETAIL: ("detail",),
    Key.FIGURES: ("figures",),
    Key.QUIET: ("quiet_days",),
    Key.SOUND: ("sound",),
    Key.LAYOUT: ("layout",),
}
_READERS: Mapping[Key, Callable[[str], Any]] = {
    Key.BRIEFS: read_brief_language,
    Key.SEND: read_send_at,
    Key.ZONE: read_zone,
    Key.PAPERS: read_papers,
    Key.DETAIL: _one_of(_DETAILS),
    Key.FIGURES: _one_of(_FIGURES),
    Key.QUIET: _one_of(_QUIET),
    Key.SOUND: _one_of(_SOUNDS),
    Key.LAYOUT: _one_of(_LAYOUTS),
}
