"""The papers that a chat saved, read and looked through; what they are called in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.phrases import saving as say
from digest.latex import readable
from digest.text import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.commands.call import Call, Tools
    from bot.ports import Desk
    from digest.model import Paper
    from digest.translation import Phrases


async def read_saved(call: Call, tools: Tools, sought: str = "") -> tuple[Paper, ...]:
    """Return the saved papers in which each word begins one of the title's or an author's name.

    Returns:
        Papers in the order in which they were saved; all of them if nothing is sought.
    """
    return await _read(call, tools, lambda paper: _has(paper, sought))


async def read_begun(call: Call, tools: Tools, typed: str) -> tuple[Paper, ...]:
    """Return the saved papers that somebody may mean who types an id or such words; the last saved first."""
    begun = typed.casefold()
    found = await _read(call, tools, lambda paper: str(paper.id).startswith(begun) or _has(paper, typed))
    return found[::-1]


def title_of(paper: Paper) -> str:
    """Return a paper's title for a sentence."""
    return readable(paper.title)


def nothing_saved(phrases: Phrases) -> str:
    """Say that the list is empty, and how something comes onto it."""
    return phrases(say.NOTHING_SAVED, example="/save 2408.16725")


async def _read(call: Call, tools: Tools, fits: Callable[[Paper], bool]) -> tuple[Paper, ...]:
    def read(desk: Desk) -> tuple[Paper, ...]:
        ids = desk.saved.of(call.chat.number)
        papers = desk.papers.get(ids)
        return tuple(papers[each] for each in ids if each in papers and fits(papers[each]))

    return await tools.store.read(read)


def _has(paper: Paper, sought: str) -> bool:
    there = words(" ".join((paper.title, *paper.authors))) if sought else []
    return all(any(word.startswith(begun) for word in there) for begun in words(sought))
