"""What somebody who fills in a command may mean, for platforms that suggest it; no person types it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from bot.commands import cities
from bot.commands.call import Command
from bot.commands.replies import reply, sentences
from bot.commands.saved_papers import read_begun, title_of
from bot.commands.setting_values import Key, key_of
from bot.commands.settings_choices import likely_values
from bot.commands.words import collapse
from bot.phrases import completing as say
from bot.wishes import topic_of
from digest.document import Code, List, Paragraph, Text
from digest.links import find_ids
from digest.taxonomy import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from bot.commands.call import Call, Tools
    from bot.talk import Reply
    from digest.document import Document

COMPLETE = "complete"
"""The command's name; what is filled in and the words so far follow."""

MOST = 25
"""Suggestions; no platform shows more."""

_CATEGORIES = tuple(name for names in CATEGORIES.values() for name in names)
_TAKE_PAPERS = frozenset("summarize ask why export".split())
_LONGEST = 100  # characters that a suggestion stands for


def completing_command(commands: Callable[[], Iterable[Command]]) -> Command:
    """Make the command.

    Args:
        commands: returns all of them, this one too.
    """
    return Command(COMPLETE, partial(_complete, commands))


async def _complete(commands: Callable[[], Iterable[Command]], call: Call, tools: Tools) -> Reply:
    """Answer with a list: each suggestion's label, and the words that it stands for."""
    name, _, typed = call.words.partition(" ")
    if name == "help":
        shown = {each.name: f"/{each.name}" for each in commands() if each.summary}
        found: Mapping[str, str] = _begun(typed.strip(), shown)
    else:
        found = await _suggestions(name, typed.strip(), call, tools)
    suggested = [(label[:_LONGEST], words) for words, label in found.items() if len(words) <= _LONGEST]
    if not suggested:
        return reply(call.own, sentences(call.own(say.NOTHING)), aside=True)
    items = tuple((Paragraph((Text(label), Text(": "), Code(words))),) for label, words in suggested[:MOST])
    return reply(call.own, (*sentences(call.own(say.THESE)), List(items)), aside=True)


def suggestions(document: Document) -> list[tuple[str, str]]:
    """Return the labels of such an answer, each with the words that it stands for."""
    found = []
    for block in document.blocks:
        for item in block.items if isinstance(block, List) else ():
            match item:
                case (Paragraph(content=(Text(label), _, Code(words))),):
                    found.append((label, words))
                case _:
                    raise AssertionError("a suggestion has a label and words")
    return found


async def _suggestions(name: str, typed: str, call: Call, tools: Tools) -> Mapping[str, str]:
    """Return the words that may be meant, each with its label."""
    if name in _TAKE_PAPERS:
        return await _papers(typed, call, tools)
    if name == "settings":
        setting, _, value = typed.partition(" ")
        return await _values(key_of(setting), value.strip(), call)
    own = {
        topic.name if each.preset else collapse(topic.query): topic.title
        for each in call.chat.subscriptions
        for topic in (topic_of(each, tools.presets),)
    }
    taken = frozenset(own)
    if name != "unsubscribe":
        own |= {preset: topic.title for preset, topic in tools.presets.items()}
    if name == "subscribe":
        own = {words: title for words, title in own.items() if words not in taken}
    found = _begun(typed, own)
    if typed and name != "unsubscribe":
        found |= _begun(typed, {each: each for each in _CATEGORIES})
    return found


async def _papers(typed: str, call: Call, tools: Tools) -> Mapping[str, str]:
    """Return saved papers by their ids, behind those that were typed before."""
    *before, last = typed.split() or [""]
    if not all(find_ids(word) for word in before):
        before, last = [], typed
    found = await read_begun(call, tools, last)
    return {" ".join([*before, str(paper.id)]): title_of(paper) for paper in found}


async def _values(key: Key | None, typed: str, call: Call) -> Mapping[str, str]:
    if key is None or key is Key.DAYS:
        return {}
    if key is Key.ZONE:
        zones = await asyncio.to_thread(cities.begun, typed, call.now)
        return {zone: cities.name(zone, call.own.language) for zone in zones}
    return _begun(typed, likely_values(key, call.own))


def _begun(typed: str, known: Mapping[str, str]) -> dict[str, str]:
    """Return what may be meant: what begins as it's typed, then what holds it."""
    wanted = typed.casefold()

    def near(words: str, label: str) -> int:
        texts = words.casefold(), label.casefold()
        return (
            0
            if any(text.startswith(wanted) for text in texts)
            else 1
            if any(wanted in text for text in texts)
            else 2
        )

    return {words: label for rank in (0, 1) for words, label in known.items() if near(words, label) == rank}
