"""``summarize``: papers that people name by id or link, each in a sentence and a few takeaways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.call import Command, MistakeError
from bot.commands.languages import language_behind, phrases_in
from bot.commands.paper_entries import ask_buttons, notes_buttons, paper_buttons
from bot.commands.patience import patiently
from bot.commands.words import quoted
from bot.phrases import digesting, usages
from bot.phrases import summarizing as say
from bot.talk import Reply
from digest.compose_paper import Asked, compose_papers
from digest.links import find_ids
from digest.lookup import look_up
from digest.phrases import COMMA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.commands.call import Call, Tools
    from digest.document import Button
    from digest.lookup import Lookup
    from digest.model import Paper, PaperId
    from digest.translation import Phrases

MOST = 5
"""Papers at once."""

_LONGEST = 4_000  # characters of a message replied to
_QUOTED = 3  # mistakes that are repeated
_EXAMPLE = "2408.16725"


async def summarize(call: Call, tools: Tools) -> Reply:
    """Tell the papers that the words name, or else the message that they reply to."""
    named = find_ids(call.words) or find_ids(call.quoted[:_LONGEST])
    wrong = [each.written for each in named if each.id is None]
    all_wanted = {each.id: each.version for each in named if each.id}
    if not all_wanted:
        raise MistakeError(no_paper_named(wrong or [call.words], call.own, "summarize"), try_example=False)
    wanted = dict(list(all_wanted.items())[:MOST])

    async def asking() -> None:
        await call.progress(call.phrases(say.LOOKING_THEM_UP if len(wanted) > 1 else say.LOOKING_UP))

    found = await look_up(wanted, tools.papers, tools.source, asking)
    if not found.papers and found.unasked:
        raise found.unasked
    if not found.papers:
        raise MistakeError(what_is_missing(wanted, found, call.own), try_example=False)
    asked = language_behind(call.words)
    language, phrases = asked or call.chat.preferences.brief_language, phrases_in(asked, call.phrases)
    may_ask = tools.allowances.of(call.chat.number)
    writing = tools.briefs.of(found.papers.values(), language, may_ask)
    step = call.phrases.count(digesting.WRITING, len(found.papers))
    briefs = await patiently(writing, call.progress, step)
    notices = [
        _too_many(len(all_wanted), phrases),
        _not_ids(wrong, phrases),
        what_is_missing(wanted, found, phrases),
    ]
    return Reply(
        compose_papers(
            [
                Asked(found.papers[paper], briefs[paper], version)
                for paper, version in wanted.items()
                if paper in found.papers
            ],
            phrases,
            [notice for notice in notices if notice],
            _presses([found.papers[paper] for paper in wanted if paper in found.papers], phrases, asked),
        )
    )


def _presses(papers: Sequence[Paper], phrases: Phrases, asked: str) -> tuple[Button, ...]:
    """Return what can be done with papers next; notes come in the language that was asked for."""
    return (
        *notes_buttons(papers, phrases, asked),
        *ask_buttons(papers, phrases),
        *paper_buttons(papers, phrases),
    )


def what_is_missing(wanted: Mapping[PaperId, int | None], found: Lookup, phrases: Phrases) -> str:
    """Say which papers couldn't be had and why; empty if all could."""
    missing = [str(paper) for paper in wanted if paper not in found.papers]
    if not missing:
        return ""
    return phrases(say.UNASKED if found.unasked else say.UNKNOWN, ids=phrases.listed(missing))


def no_paper_named(wrong: Sequence[str], phrases: Phrases, command: str) -> str:
    """Say that no paper was named, or what was meant as one and isn't, and what to type instead."""
    example = phrases(say.TRY_OR_PASTE, example=f"/{command} {_EXAMPLE}")
    return phrases.sentences(
        [_not_ids([words for words in wrong if words], phrases) or phrases(say.WHICH_PAPER), example]
    )


def _not_ids(wrong: Sequence[str], phrases: Phrases) -> str:
    """Say what was meant as an id and isn't one; empty for nothing."""
    if not wrong:
        return ""
    shown = [quoted(words, phrases) for words in wrong[:_QUOTED]]
    if len(wrong) > _QUOTED:
        return phrases.count(say.NOT_IDS, len(wrong) - _QUOTED, ids=phrases(COMMA).join(shown))
    return phrases.count(say.NOT_AN_ID, len(wrong), ids=phrases.listed(shown))


def _too_many(found: int, phrases: Phrases) -> str:
    if found <= MOST:
        return ""
    return phrases(say.FIRST_ONES, found=phrases.number(found), count=phrases.number(MOST))


COMMANDS = (
    Command(
        "summarize",
        summarize,
        summary=say.SUMMARIZE,
        usage=usages.IDS_AND_LANGUAGE,
        example=_EXAMPLE,
        menu=True,
        costly=True,
    ),
)
