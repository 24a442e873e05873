"""The command `export`: saved papers, or those that are named, as a file in a format.

What is short is shown as well, to be copied from there.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.commands.call import Command, MistakeError
from bot.commands.named import named_papers
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.saved_papers import nothing_saved, read_saved
from bot.commands.words import collapse, quoted
from bot.file_words import LONGEST
from bot.phrases import saving as say
from bot.phrases import usages
from bot.talk import File
from digest.bibtex import bibtex
from digest.links import find_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.commands.call import Call, Tools
    from bot.talk import Reply
    from digest.model import Paper


@dataclass(frozen=True, slots=True)
class Format:
    """What papers can be written as.

    Attributes:
        name: as it's typed.
        label: as people call it.
        ending: of a file's name.
        write: from papers in the order in which they were saved.
    """

    name: str
    label: str
    ending: str
    write: Callable[[Sequence[Paper]], str]


FORMATS = {made.name: made for made in (Format("bibtex", "BibTeX", ".bib", bibtex),)}
"""Every format by its name; a further one is a line here."""

_EXAMPLE = "bibtex"


def export_action(words: str) -> str:
    """Return what a button does that exports the saved papers that have these words."""
    (name, *others) = FORMATS
    return f"export {words}".rstrip() if others else f"export {name} {words}".rstrip()


async def export(call: Call, tools: Tools) -> Reply:
    """Write the papers that the words or a message replied to name, else those that are saved."""
    name, _, words = collapse(call.words).partition(" ")
    chosen = FORMATS.get(name.casefold())
    if chosen is None:
        return _which(call, name)
    if find_ids(words) or (not words and find_ids(call.quoted)):
        found = await named_papers(call, tools, words, f"export {chosen.name}", detailed=True)
        (first, *others) = found.papers
        name = "papers" if others else f"arxiv-{str(first.id).replace('/', '-')}"
        file = await _file(found.papers, chosen, name)
        told = call.phrases.count(say.WRITTEN, len(found.papers), format=chosen.label)
        words = call.phrases.sentences(["" if file.shown else told, found.notice])
        return replace(reply(call.phrases, sentences(words)), file=file)
    papers = await read_saved(call, tools, words)
    if not papers:
        none = call.own(say.NONE_HAS, words=quoted(words, call.own)) if words else nothing_saved(call.own)
        raise MistakeError(none, try_example=False)
    told = call.phrases.count(say.EXPORTED, len(papers), format=chosen.label)
    file = await _file(papers, chosen, "paperround-saved")
    return replace(reply(call.phrases, sentences(told)), file=file)


async def _file(papers: Sequence[Paper], chosen: Format, name: str) -> File:
    """Write papers as a file, whose name is without its ending yet."""
    text = await asyncio.to_thread(chosen.write, papers)
    shown = len(papers) == 1 and len(text) <= LONGEST
    return File(f"{name}{chosen.ending}", text, chosen.name, shown=shown)


def _which(call: Call, name: str) -> Reply:
    """Ask for a format."""
    phrases, example = call.own, f"/export {_EXAMPLE}"
    told = phrases(say.WHICH_FORMAT, example=example)
    if name and not find_ids(name):
        told = phrases(say.NO_SUCH_FORMAT, words=quoted(name, phrases), example=example)
    rest = collapse(call.words) if find_ids(call.words) else ""
    offered = (button(each.label, f"export {each.name} {rest}".rstrip()) for each in FORMATS.values())
    return reply(phrases, (*sentences(told), *buttons(*offered)), aside=True)


COMMANDS = (
    Command("export", export, summary=say.EXPORT, usage=usages.FORMAT, example=_EXAMPLE, costly=True),
)
