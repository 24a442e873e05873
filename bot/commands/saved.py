"""The list of saved papers: in pages, with what reads, removes and exports them.

A page's buttons carry what the next one needs: its number, and the words that are looked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.commands.call import Command, MistakeError, Permission
from bot.commands.exporting import export_action
from bot.commands.paper_entries import paper_entry, read_button
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.saved_papers import nothing_saved, read_saved, title_of
from bot.commands.words import collapse, quoted
from bot.phrases import saving as say
from bot.phrases import usages
from bot.phrases.searching import NEXT_PAPERS, PREVIOUS_PAPERS
from bot.phrases.settings import BACK
from bot.phrases.subscribing import UNDO
from digest.document import Heading, Paragraph, Role, Text
from digest.links import find_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.commands.call import Call, Tools
    from bot.ports import Desk
    from bot.talk import Reply
    from digest.document import Block, Button
    from digest.model import Paper
    from digest.translation import Phrases

_PAGE = 5
_LONGEST_WORDS = 36  # bytes for which the action of every button has room
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of the list.

    Attributes:
        number: from 1.
        words: what is looked for; empty for everything.
        removes: whether its buttons remove papers instead of reading them.
    """

    number: int
    words: str = ""
    removes: bool = False

    def action(self, number: int, *, removes: bool = False) -> str:
        """Return what a button does that turns to another page."""
        return f"{'unsaving' if removes else 'kept'} {number} {self.words}".rstrip()


async def saved(call: Call, tools: Tools) -> Reply:
    """Show the first page."""
    return await _show(_Page(1, collapse(call.words)), call, tools)


async def kept(call: Call, tools: Tools) -> Reply:
    """Turn to a page."""
    return await _show(_read_page(call.words), call, tools)


async def unsaving(call: Call, tools: Tools) -> Reply:
    """Turn to a page whose papers can be removed."""
    return await _show(_read_page(call.words, removes=True), call, tools)


async def unsave(call: Call, tools: Tools) -> Reply:
    """Take a paper off the list; show the page that its button was on, if it was one."""
    name, _, page = call.words.partition(" ")
    paper = next((each.id for each in find_ids(name) if each.id), None)

    def remove(desk: Desk) -> str:
        """Return the title of what was removed."""
        if paper is None or not desk.saved.remove(call.chat.number, paper):
            return ""
        known = desk.papers.get([paper]).get(paper)
        return title_of(known) if known else str(paper)

    removed = await tools.store.write(remove)
    if not removed:
        raise MistakeError(call.own(say.NOT_SAVED), try_example=False)
    told = call.phrases(say.REMOVED, title=quoted(removed, call.phrases))
    undo = button(call.phrases(UNDO), f"save {paper}")
    if page:
        return await _show(_read_page(page, removes=True), call, tools, (told, undo))
    whole = button(call.phrases(say.WHOLE_LIST), "saved")
    return reply(call.phrases, (*sentences(told), *buttons(undo, whole)))


def _read_page(words: str, *, removes: bool = False) -> _Page:
    number, _, sought = words.partition(" ")
    if not (number.isascii() and number.isdecimal()):
        return _Page(1, collapse(words), removes)
    return _Page(int(number[:_DIGITS]), collapse(sought), removes)


async def _show(
    page: _Page, call: Call, tools: Tools, removed: tuple[str, Button | None] | None = None
) -> Reply:
    """Show a page.

    Args:
        page: which; the last one for one beyond it.
        call: where.
        tools: what is kept.
        removed: a sentence on what was removed, and what undoes it.
    """
    phrases = call.phrases
    if len(page.words.encode()) > _LONGEST_WORDS:
        raise MistakeError(call.own(say.WORDS_TOO_LONG), try_example=False)
    papers = (await read_saved(call, tools, page.words))[::-1]
    last = -(-len(papers) // _PAGE)
    page = _Page(max(1, min(page.number, last)), page.words, page.removes)
    blocks: list[Block] = []
    if removed:
        blocks += (*sentences(removed[0]), *buttons(removed[1]))
    blocks += _page(page, papers, phrases) if papers else _nothing(page, phrases)
    return reply(phrases, blocks, instead=True)


def _page(page: _Page, papers: tuple[Paper, ...], phrases: Phrases) -> Iterator[Block]:
    before = (page.number - 1) * _PAGE
    shown = papers[before : before + _PAGE]
    heading = phrases.count(say.SAVED_PAPERS, len(papers))
    if page.words:
        heading = phrases.count(say.SAVED_WITH, len(papers), words=quoted(page.words, phrases))
    yield Heading((Text(heading),), 1)
    if len(papers) > 1:
        place = {"first": phrases.number(before + 1), "last": phrases.number(before + len(shown))}
        yield Paragraph((Text(phrases(say.LAST_SAVED_FIRST, **place)),), Role.SMALL)
    numbered = list(enumerate(shown, start=before + 1))
    for number, paper in numbered:
        yield paper_entry(paper, number, phrases)
    if page.removes:
        yield from buttons(*(_remove_button(paper, number, page, phrases) for number, paper in numbered))
        yield from buttons(button(phrases(BACK), page.action(page.number)))
        return
    yield from buttons(*(read_button(paper, number, phrases) for number, paper in numbered))
    yield from buttons(
        button(phrases(say.REMOVE), page.action(page.number, removes=True)),
        button(phrases(say.EXPORT_BUTTON), export_action(page.words)),
    )
    yield from buttons(*_turns(page, len(papers), phrases))


def _remove_button(paper: Paper, number: int, page: _Page, phrases: Phrases) -> Button | None:
    """Return what removes a paper; an old id and long words have no room together, the list follows then."""
    label = phrases(say.REMOVE_NUMBERED, number=phrases.number(number))
    back = f"{page.number} {page.words}".rstrip()
    return button(label, f"unsave {paper.id} {back}") or button(label, f"unsave {paper.id} 1")


def _turns(page: _Page, count: int, phrases: Phrases) -> Iterator[Button | None]:
    left = count - page.number * _PAGE
    if page.number > 1:
        yield button(phrases.count(PREVIOUS_PAPERS, _PAGE), page.action(page.number - 1))
    if left > 0:
        yield button(phrases.count(NEXT_PAPERS, min(left, _PAGE)), page.action(page.number + 1))


def _nothing(page: _Page, phrases: Phrases) -> Iterator[Block]:
    if page.words:
        yield from sentences(phrases(say.NONE_HAS, words=quoted(page.words, phrases)))
        yield from buttons(button(phrases(say.WHOLE_LIST), "saved"))
    else:
        yield from sentences(nothing_saved(phrases))


COMMANDS = (
    Command("saved", saved, summary=say.SAVED, usage=usages.SOUGHT, menu=True),
    Command("kept", kept),
    Command("unsaving", unsaving, permission=Permission.WRITERS),
    Command("unsave", unsave, permission=Permission.WRITERS),
)
