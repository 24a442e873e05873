"""The likely values of each setting, to choose from. Knows the values; zones have a module of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.commands import cities
from bot.commands.moments import local
from bot.commands.replies import button, buttons, sentences
from bot.commands.setting_values import DAYS, INHERIT, Key, is_chosen
from bot.commands.settings_words import day_name, labelled, language_name, value
from bot.due import next_list
from bot.phrases import layouts
from bot.phrases import settings as say
from bot.talk import Kind
from bot.windows import PATIENCE
from digest.translation import languages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.commands.call import Call, Tools
    from bot.commands.settings_levels import Level
    from bot.talk import Reply
    from digest.calendar import Calendar
    from digest.document import Block, Button
    from digest.phrases import Phrase
    from digest.translation import Phrases

_IN_A_ROW = 4
_TIMES = ("07:00", "08:00", "09:00", "12:00", "15:00", "18:00", "20:00")
_NUMBERS = (3, 5, 7, 10, 15, 20)
_ABOUT: Mapping[Key, tuple[Phrase, ...]] = {
    Key.LANGUAGE: (say.ABOUT_LANGUAGE,),
    Key.DAYS: (say.ABOUT_DAYS,),
    Key.PAPERS: (say.ABOUT_PAPERS,),
    Key.DETAIL: (say.ABOUT_DETAIL,),
    Key.FIGURES: (say.ABOUT_FIGURES,),
    Key.QUIET: (say.ABOUT_QUIET,),
    Key.SOUND: (say.ABOUT_SOUND,),
    Key.LAYOUT: (layouts.ABOUT_LAYOUT,),
}


def choices(key: Key, level: Level, phrases: Phrases, now: datetime, tools: Tools) -> tuple[Block, ...]:
    """Show what holds of a setting, what it's about and the likely values."""
    wants = level.wants
    about = [phrases(phrase) for phrase in _ABOUT.get(key, ())]
    if key is Key.BRIEFS and tools.readers:
        about.append(phrases(say.WRITTEN_BY_MODELS))
    elif key is Key.BRIEFS or (
        key is Key.LANGUAGE and not tools.readers and wants.brief_language.split("-")[0] != "en"
    ):
        about.append(phrases(say.NOT_TRANSLATED))
    if key is Key.SEND:
        city = cities.name(wants.zone, phrases.language)
        about = [
            phrases(say.ABOUT_SEND, time=listed_at(level, now, tools.calendar), city=city),
            phrases(say.ABOUT_SEND_LATER, hours=phrases.number(PATIENCE // timedelta(hours=1))),
            phrases(say.ABOUT_SEND_TYPED),
        ]
    return (
        *sentences(
            phrases(say.SENTENCE, clause=labelled(key, wants, phrases, now)), phrases.sentences(about)
        ),
        *rows(_likely(key, level, phrases)),
        *way_back(key, level, phrases, now),
    )


def asking(call: Call, level: Level, key: Key, answer: Reply) -> Reply:
    """Take the next words for a value of this setting; where many talk, they are rather for somebody else."""
    return replace(answer, asks=level.action(key)) if asks(call) else answer


def asks(call: Call) -> bool:
    """Return whether the next words may be a value: whether they can be for nobody else."""
    return call.place.kind is Kind.PRIVATE


def rows(made: list[Button | None], each: int = _IN_A_ROW) -> tuple[Block, ...]:
    """Put buttons in rows."""
    return tuple(row for start in range(0, len(made), each) for row in buttons(*made[start : start + each]))


def way_back(key: Key, level: Level, phrases: Phrases, now: datetime) -> tuple[Block, ...]:
    """Offer what holds without a choice of this level, if it chose, and the way to the panel."""
    inherit = None
    if is_chosen(key, level.own):
        label = say.AS_USUAL if level.group is None else level.words.inherit
        otherwise = value(key, level.otherwise, phrases, now)
        inherit = button(phrases(label, value=otherwise), level.action(f"{key} {INHERIT}"))
    return (*buttons(inherit), *buttons(button(phrases(say.BACK), level.action("back"))))


def listed_at(level: Level, now: datetime, calendar: Calendar) -> str:
    """Return about when the next list is in, by the clocks of the level."""
    return f"{local(next_list(now, calendar), level.wants.zone):%H:%M}"


def _likely(key: Key, level: Level, phrases: Phrases) -> list[Button | None]:
    if key is Key.DAYS:
        return [_day(day, level, phrases) for day in range(len(DAYS))]
    return [
        button(label, level.action(f"{key} {words}")) for words, label in likely_values(key, phrases).items()
    ]


def _day(day: int, level: Level, phrases: Phrases) -> Button | None:
    """Make a button that switches a day; it says which way, so that pressing it twice switches once."""
    on = day in level.wants.weekdays
    label = phrases(say.DAY_SWITCH, day=day_name(day, phrases), state=phrases(say.ON if on else say.OFF))
    return button(label, level.action(f"{Key.DAYS} {'-' if on else '+'}{DAYS[day]}"))


def likely_values(key: Key, phrases: Phrases) -> Mapping[str, str]:
    """Return the words of likely values, each with its label."""
    if key in {Key.LANGUAGE, Key.BRIEFS}:
        return {tag: language_name(tag) for tag in languages()}
    if key is Key.SEND:
        return {"listed": phrases(say.SEND_LISTED), **{at: at for at in _TIMES}}
    if key is Key.PAPERS:
        return {str(number): phrases.number(number) for number in _NUMBERS}
    return {words: phrases(label) for words, label in _LABELS[key].items()}


_LABELS: Mapping[Key, Mapping[str, Phrase]] = {
    Key.DETAIL: {"titles": say.TITLES, "brief": say.BRIEF, "notes": say.NOTES},
    Key.FIGURES: {"on": say.ONE_PER_PAPER, "off": say.OFF},
    Key.QUIET: {"line": say.ONE_LINE, "nothing": say.NOTHING},
    Key.SOUND: {"on": say.ON, "off": say.OFF},
    Key.LAYOUT: {"classic": layouts.CLASSIC, "rich": layouts.RICH},
}
