"""Asks what time it is for somebody, and makes a zone of a city or a time. Changes nothing."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.commands import cities
from bot.commands.moments import local
from bot.commands.replies import button, reply, sentences
from bot.commands.setting_values import Key
from bot.commands.settings_choices import asking, asks, rows, way_back
from bot.commands.settings_words import labelled
from bot.commands.words import quoted
from bot.phrases import settings as say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.commands.call import Call
    from bot.commands.settings_levels import Level
    from bot.talk import Reply
    from digest.document import Block, Button
    from digest.translation import Phrases

_AT, _OTHER = "at", "other"
_ON_A_PAGE = 12
_IN_A_ROW = 3


def only_shows(words: str) -> bool:
    """Return whether the words of the setting choose no zone yet."""
    return not words or words.split(None, 1)[0] in {_AT, _OTHER}


async def show(call: Call, level: Level, phrases: Phrases, words: str) -> Reply:
    """Ask what time it is, or which of the cities it is."""
    asked, _, value = words.partition(" ")
    if asked == _AT and value.removeprefix("-").isdecimal():
        offset = timedelta(minutes=int(value[:5]))
        zones = await asyncio.to_thread(cities.at, offset, call.now)
        return _which(call, level, phrases, phrases(say.WHICH_CITY), zones)
    likely = await asyncio.to_thread(cities.likely, call.now)
    if asked != _OTHER:
        question = say.WHAT_TIME if asks(call) else say.WHAT_TIME_IN_GROUP
        other = button(phrases(say.OTHER_TIMES), level.action(f"{Key.ZONE} {_OTHER}"))
        made = [*_offsets(call, level, phrases, likely), other]
        return _answer(call, level, phrases, phrases(question), made)
    offsets = await asyncio.to_thread(cities.offsets, call.now)
    rest = {offset: zone for offset, zone in offsets.items() if offset not in likely}
    page = int(value[:2]) if value.isdecimal() else 0
    shown = dict(list(rest.items())[page * _ON_A_PAGE : (page + 1) * _ON_A_PAGE])
    made = _offsets(call, level, phrases, shown)
    if len(rest) > (page + 1) * _ON_A_PAGE:
        made.append(button(phrases(say.OTHER_TIMES), level.action(f"{Key.ZONE} {_OTHER} {page + 1}")))
    return _answer(call, level, phrases, phrases(say.WHAT_TIME), made)


async def find(call: Call, level: Level, phrases: Phrases, words: str) -> str | Reply:
    """Return the zone that somebody means, or what to ask them."""
    zones = await asyncio.to_thread(cities.find, words, call.now)
    if len(zones) == 1:
        return zones[0]
    shown = quoted(words, phrases)
    if zones:
        return _which(call, level, phrases, phrases(say.SEVERAL, words=shown), zones)
    near = await asyncio.to_thread(cities.near, words, call.now)
    text = phrases(say.NO_CITY_NEAR if near else say.NO_CITY, words=shown)
    return _which(call, level, phrases, text, near)


def _which(call: Call, level: Level, phrases: Phrases, text: str, zones: Iterable[str]) -> Reply:
    made = [button(cities.name(zone, phrases.language), level.action(f"{Key.ZONE} {zone}")) for zone in zones]
    return _answer(call, level, phrases, text, made)


def _offsets(
    call: Call, level: Level, phrases: Phrases, offsets: Mapping[timedelta, str]
) -> list[Button | None]:
    """Make a button of each time of day that it's now somewhere, with a city where it is."""
    return [
        button(
            phrases(
                say.ZONE_NOW,
                city=cities.name(zone, phrases.language),
                time=f"{local(call.now, zone):%H:%M}",
            ),
            level.action(f"{Key.ZONE} {_AT} {offset // timedelta(minutes=1)}"),
        )
        for offset, zone in offsets.items()
    ]


def _answer(call: Call, level: Level, phrases: Phrases, text: str, made: list[Button | None]) -> Reply:
    blocks: tuple[Block, ...] = (
        *sentences(phrases(say.SENTENCE, clause=labelled(Key.ZONE, level.wants, phrases, call.now)), text),
        *rows(made, _IN_A_ROW),
        *way_back(Key.ZONE, level, phrases, call.now),
    )
    return asking(call, level, Key.ZONE, reply(phrases, blocks, instead=True))
