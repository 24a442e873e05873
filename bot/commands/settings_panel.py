"""The command `settings`: a panel that edits itself, and the same by words. Knows no single setting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from typing import TYPE_CHECKING

from bot.chats import Layout
from bot.commands import cities, layouts, settings_zone
from bot.commands.call import Command, MistakeError, Permission
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.setting_values import DAYS, INHERIT, Key, NotAllowedError, choose, is_chosen, key_of
from bot.commands.settings_choices import asking, choices, listed_at, rows
from bot.commands.settings_levels import change, load
from bot.commands.settings_words import LABELS, labelled, language_name
from bot.commands.upcoming import say_upcoming
from bot.commands.words import quoted
from bot.due import precedes_list
from bot.phrases import layouts as layout_phrases
from bot.phrases import settings as say
from bot.phrases import usages
from bot.talk import Kind
from digest.translation import languages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.chats import Choices, Preferences
    from bot.commands.call import Call, Tools
    from bot.commands.settings_levels import Level
    from bot.talk import Reply
    from digest.document import Block
    from digest.phrases import Phrase
    from digest.translation import Phrases

_DONE, _BACK = "done", "back"
_ABOVE = ("above", "group", "server")
_TYPED = (Key.BRIEFS, Key.SEND, Key.PAPERS)  # their values are more than buttons have room for
_WHEN = (Key.SEND, Key.ZONE, Key.DAYS)  # they decide when the next digest comes
_PANEL = (
    *(Key.LANGUAGE, Key.SEND),
    *(Key.ZONE, Key.DAYS),
    *(Key.PAPERS, Key.DETAIL),
    *(Key.FIGURES, Key.QUIET),
    *(Key.LAYOUT, Key.SOUND),
)
_IN_A_ROW = 2
_WRONG: Mapping[Key, Phrase] = {
    Key.LANGUAGE: say.WRONG_LANGUAGE,
    Key.BRIEFS: say.WRONG_BRIEFS,
    Key.SEND: say.WRONG_SEND,
    Key.ZONE: say.WRONG_ZONE,
    Key.DAYS: say.WRONG_DAYS,
    Key.PAPERS: say.WRONG_PAPERS,
    Key.DETAIL: say.WRONG_DETAIL,
    Key.FIGURES: say.WRONG_FIGURES,
    Key.QUIET: say.WRONG_QUIET,
    Key.SOUND: say.WRONG_SOUND,
    Key.LAYOUT: layout_phrases.WRONG_LAYOUT,
}


@dataclass(frozen=True, slots=True)
class _Words:
    """What was said: of which level, which setting, which value."""

    above: bool
    name: str
    value: str

    @property
    def key(self) -> Key | None:
        return key_of(self.name)


def only_shows(words: str) -> bool:
    """Return whether the command with these words changes nothing."""
    said = _read(words)
    if said.key is Key.ZONE:
        return settings_zone.only_shows(said.value)
    return said.key is None or not said.value


async def settings(call: Call, tools: Tools) -> Reply:
    """Show the panel or a setting, or change one; in a group that matters to nobody but who does it."""
    answer = await _answer(call, tools, _read(call.words))
    return replace(answer, aside=call.place.kind is Kind.GROUP and answer.sample is None)


async def _answer(call: Call, tools: Tools, said: _Words) -> Reply:
    key = said.key
    if key is None:
        if said.name not in {"", _DONE, _BACK}:
            raise MistakeError(_unknown(call, tools, said.name))
        level = await load(call, tools, above=said.above)
        if said.name == _DONE:
            return await _close(call, tools, level)
        panel = await _panel(call, tools, level)
        return replace(panel, instead=said.name == _BACK)  # a digest's button mustn't take its digest away
    if key is Key.LAYOUT and not layouts.choosable(call, tools):
        raise MistakeError(call.own(layout_phrases.ONE_LAYOUT), try_example=False)
    if said.value and not only_shows(call.words):
        return await _change(call, tools, key, said)
    level = await load(call, tools, above=said.above)
    phrases = level.phrases
    if key is Key.ZONE:
        return await settings_zone.show(call, level, phrases, said.value)
    answer = reply(phrases, choices(key, level, phrases, call.now, tools), instead=True)
    return asking(call, level, key, answer) if key in _TYPED else answer


async def _change(call: Call, tools: Tools, key: Key, said: _Words) -> Reply:
    words = said.value
    if key is Key.ZONE and words.casefold() != INHERIT:
        level = await load(call, tools, above=said.above)
        found = await settings_zone.find(call, level, level.phrases, words)
        if not isinstance(found, str):
            return found
        words = found

    if key is Key.LAYOUT:
        level = await load(call, tools, above=said.above)
        if level.wants.layout is not Layout.RICH and _would_be_rich(words, level):
            return layouts.offer(call, level)

    def chosen(own: Choices, wants: Preferences) -> Choices:
        try:
            return choose(key, words, own, wants)
        except NotAllowedError:
            raise MistakeError(_refusal(call, key, words), try_example=False) from None

    level = await change(call, tools, chosen, above=said.above)
    phrases = level.phrases
    if key is Key.DAYS and call.pressed:
        return reply(phrases, choices(key, level, phrases, call.now, tools), instead=True)
    if key in {Key.SEND, Key.ZONE} and (warning := _too_early(call, tools, level)):
        clause = labelled(key, level.wants, phrases, call.now)
        return reply(phrases, (*sentences(phrases(say.SENTENCE, clause=clause)), *warning), instead=True)
    return await _panel(call, tools, level, changed=key)


async def _panel(call: Call, tools: Tools, level: Level, changed: Key | None = None) -> Reply:
    """Show everything that can be chosen; after a change, that first."""
    phrases, wants, now = level.phrases, level.wants, call.now
    told = ""
    if changed:
        told = phrases(say.SENTENCE, clause=labelled(changed, wants, phrases, now))
        if changed in {Key.LANGUAGE, Key.BRIEFS} and wants.brief_language.split("-")[0] != "en":
            told = phrases.sentences([told, phrases(say.NOT_TRANSLATED)])
        if changed in _WHEN:
            told = phrases.sentences([told, await say_upcoming(level.chat, tools, now, phrases)])
    made = [button(labelled(key, wants, phrases, now), level.action(key)) for key in _keys(call, tools)]
    group = None
    if level.group is not None and not level.above:
        group = button(phrases(level.words.button), f"settings above {_BACK}")
    last = buttons(group, button(phrases(say.DONE), level.action(_DONE)))
    whose = _whose(level, phrases, _keys(call, tools))
    return reply(phrases, (*sentences(told, *whose), *rows(made, _IN_A_ROW), *last), instead=True)


def _would_be_rich(words: str, level: Level) -> bool:
    try:
        return choose(Key.LAYOUT, words, level.own, level.wants).layout is Layout.RICH
    except NotAllowedError:
        return False  # which is said where it's changed


def _keys(call: Call, tools: Tools) -> tuple[Key, ...]:
    """Return the settings that can be chosen here."""
    return tuple(key for key in _PANEL if key is not Key.LAYOUT or layouts.choosable(call, tools))


def _whose(level: Level, phrases: Phrases, keys: tuple[Key, ...]) -> tuple[str, ...]:
    """Say which level this is, and what it chose itself."""
    if level.above:
        title = level.chat.title
        named = phrases(level.words.itself_named, group=quoted(title, phrases))
        return (named if title else phrases(level.words.itself),)
    if level.group is None:
        return (phrases(say.OF_CHAT),)
    of_chat = phrases(level.words.below)
    if level.group:
        of_chat = phrases(level.words.below_named, group=quoted(level.group, phrases))
    names = [_name(key, phrases) for key in keys if is_chosen(key, level.own)]
    if not names:
        return of_chat, phrases(level.words.nothing_chosen)
    return of_chat, phrases(level.words.chosen, settings=phrases.listed(names))


async def _close(call: Call, tools: Tools, level: Level) -> Reply:
    """Take the buttons away and say in words what holds."""
    phrases = level.phrases
    told = [labelled(key, level.wants, phrases, call.now) for key in _keys(call, tools)]
    blocks: tuple[Block, ...] = sentences(
        phrases(say.KEPT),
        phrases(say.SENTENCE, clause=phrases.clauses(told)),
        await say_upcoming(level.chat, tools, call.now, phrases),
    )
    return reply(phrases, blocks, instead=True)


def _too_early(call: Call, tools: Tools, level: Level) -> tuple[Block, ...]:
    """Say that at the chosen time the list isn't in yet, and offer what comes nearest; empty if it is."""
    phrases, wants = level.phrases, level.wants
    if not isinstance(wants.send_at, time):
        return ()
    every_day = replace(wants, weekdays=frozenset(range(len(DAYS))))
    if not precedes_list(every_day, call.now, tools.calendar):
        return ()
    chosen, listed = f"{wants.send_at:%H:%M}", listed_at(level, call.now, tools.calendar)
    city = cities.name(wants.zone, phrases.language)
    return (
        *sentences(phrases(say.TOO_EARLY, chosen=chosen, listed=listed, city=city)),
        *buttons(
            button(phrases(say.SEND_THEN, time=listed), level.action(f"{Key.SEND} {listed}")),
            button(phrases(say.SEND_LISTED), level.action(f"{Key.SEND} listed")),
            button(phrases(say.BACK), level.action(_BACK)),
        ),
    )


def _unknown(call: Call, tools: Tools, name: str) -> str:
    """Say which settings there are, as they're typed, instead of this one."""
    known = {*_keys(call, tools), Key.BRIEFS}
    settings = call.own.listed([key.value for key in Key if key in known])
    return call.own(say.NO_SETTING, words=quoted(name, call.own), settings=settings)


def _refusal(call: Call, key: Key, words: str) -> str:
    """Say what a setting takes instead of these words."""
    if key is Key.DAYS and words.startswith("-"):
        return call.own(say.LAST_DAY)
    values = call.own.listed([language_name(tag) for tag in languages()])
    return call.own(_WRONG[key], words=quoted(words, call.own), values=values)


def _read(words: str) -> _Words:
    first, _, rest = words.partition(" ")
    above = first.casefold() in _ABOVE
    name, _, value = (rest.strip() if above else words).partition(" ")
    return _Words(above, name.casefold(), value.strip())


def _name(key: Key, phrases: Phrases) -> str:
    """Return what a setting is called, without its value."""
    return phrases(LABELS[key], value="").strip(" :：")


COMMANDS = (
    Command(
        "settings",
        settings,
        summary=say.SETTINGS,
        usage=usages.SETTING_AND_VALUE,
        example="papers 5",
        short={"lang": "settings language"},
        permission=Permission.ADMINS,
        reads=only_shows,
        menu=True,
    ),
)
