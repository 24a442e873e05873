"""The papers that somebody names, by id or link or by the message that they reply to, looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.commands.call import MistakeError
from bot.commands.summarizing import no_paper_named, what_is_missing
from bot.phrases import summarizing as say
from digest.links import find_ids
from digest.lookup import look_up

if TYPE_CHECKING:
    from bot.commands.call import Call, Tools
    from digest.model import Paper

MOST = 20
"""Papers at once."""

_LONGEST = 4_000  # characters of a message replied to


@dataclass(frozen=True, slots=True)
class NamedPapers:
    """What was found.

    Attributes:
        papers: at least one, in the order in which they were named.
        notice: a sentence on those that couldn't be had; empty if all could.
    """

    papers: tuple[Paper, ...]
    notice: str


async def named_papers(call: Call, tools: Tools, words: str, command: str, *, detailed: bool) -> NamedPapers:
    """Look papers up.

    Args:
        call: for the message that it replies to, where the words name none.
        tools: where papers are looked up.
        words: what may name papers.
        command: how it's typed, for an example.
        detailed: whether arXiv is asked for what its feed leaves out, such as where a paper was published.

    Raises:
        MistakeError: none was named, or none could be had.
        SourceError: none is kept, and arXiv can't be asked.
    """
    named = find_ids(words) or find_ids(call.quoted[:_LONGEST])
    everything = {each.id: each.version for each in named if each.id}
    if not everything:
        wrong = [each.written for each in named] or [words]
        raise MistakeError(no_paper_named(wrong, call.own, command), try_example=False)
    wanted = dict(list(everything.items())[:MOST])
    if not detailed:
        kept = await tools.papers.read(lambda papers: papers.get(wanted.keys()))
        if kept.keys() >= wanted.keys():
            return NamedPapers(tuple(kept[each] for each in wanted), _too_many(len(everything), call))

    async def asking() -> None:
        await call.progress(call.phrases(say.LOOKING_THEM_UP if len(wanted) > 1 else say.LOOKING_UP))

    found = await look_up(wanted, tools.papers, tools.source, asking)
    if not found.papers and found.unasked:
        raise found.unasked
    if not found.papers:
        raise MistakeError(what_is_missing(wanted, found, call.own), try_example=False)
    notices = [what_is_missing(wanted, found, call.phrases), _too_many(len(everything), call)]
    papers = tuple(found.papers[each] for each in wanted if each in found.papers)
    return NamedPapers(papers, call.phrases.sentences(notices))


def _too_many(named: int, call: Call) -> str:
    if named <= MOST:
        return ""
    return call.phrases(say.FIRST_ONES, found=call.phrases.number(named), count=call.phrases.number(MOST))
