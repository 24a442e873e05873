"""``ask``: a question about a paper, answered from it alone; what somebody writes next asks on.

Which paper a question is about stands in its words, in the message that it replies to, or in what was asked
back; nothing of it outlives a restart.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from zlib import crc32

from bot.commands.call import Command, MistakeError
from bot.commands.named import named_papers
from bot.commands.note_steps import told
from bot.commands.paper_entries import ask_action
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.summarizing import summarize
from bot.commands.words import collapse, quoted
from bot.phrases import asking as say
from bot.phrases import noting, usages
from bot.talk import Reply
from digest.answers import LONGEST_QUESTION
from digest.compose_answer import compose_answer
from digest.fulltext import Form
from digest.latex import readable
from digest.links import find_ids
from digest.notes import Stage
from digest.summaries.language import language_of

if TYPE_CHECKING:
    from bot.commands.call import Call, Tools
    from digest.model import Paper, PaperId
    from digest.notes import Progress
    from digest.translation import Phrases

ASK_KEPT = "question"
"""The command of the button that asks what was written before it; `kept_words` follow."""

_LONGEST = 4_000  # characters of a message replied to
_PAGE = re.compile(r"arxiv\.org/abs/(\S+)", re.IGNORECASE)
_LEAD = re.compile(r"(?:arxiv|arxiv:)", re.IGNORECASE)


async def ask(call: Call, tools: Tools) -> Reply:
    """Answer a question; ask for it where there's none."""
    name, question = apart(call.words)
    if not name:
        name = _named_before(call)
    if not name and " " not in question:
        name, question = question, ""  # it was meant as an id
    if question and all(apart(word)[0] for word in question.split()):
        return await summarize(replace(call, words=question), tools)  # papers are no question
    if len(question) > LONGEST_QUESTION:
        most = call.own.number(LONGEST_QUESTION)
        raise MistakeError(call.own(say.TOO_LONG, count=most), try_example=False)
    (paper, *_) = (await named_papers(replace(call, quoted=""), tools, name, "ask", detailed=False)).papers
    if not question:
        title = quoted(readable(paper.title), call.phrases)
        made = reply(call.phrases, sentences(call.phrases(say.WHAT_TO_ASK, title=title)))
        return replace(made, asks=ask_action(paper.id))
    return await _answer(call, tools, paper, question)


async def ask_kept(call: Call, tools: Tools) -> Reply:
    """Answer what somebody wrote after a paper was told, as a question about it; ask for it if it's gone."""
    paper, words = call.words.partition(" ")[0], call.told.words
    kept = words if words and call.words == kept_words(call.told.paper, words) else ""
    return await ask(replace(call, words=f"{paper} {kept}".strip()), tools)


def kept_words(paper: str, words: str) -> str:
    """Return what a button says that asks about a paper what is kept: which words, in short."""
    return f"{paper} {crc32(words.encode('utf-8', 'replace')):x}"


def _named_before(call: Call) -> str:
    """Return the paper that a message replied to tells, or that a question before was about."""
    if paper := paper_told(call.quoted):
        return str(paper)
    if any(each.id for each in find_ids(call.quoted[:_LONGEST])):
        raise MistakeError(call.own(say.WHICH_OF_THEM))
    command, _, words = call.asked.partition(" ")
    return apart(words)[0] if command == "ask" else ""


async def _answer(call: Call, tools: Tools, paper: Paper, question: str) -> Reply:
    language = _language(question, call.chat.preferences.brief_language)
    allowed = tools.allowances.of(call.chat.number)
    action = ask_action(paper.id)
    call.expect(action)  # whoever thinks of more needn't wait for the answer
    answer = await told(
        lambda report: tools.enquiries.of(paper, question, language, report, lambda: allowed(paper.id)),
        call.progress,
        call.phrases,
        step_words,
    )
    more = [each for row in buttons(button(call.phrases(say.ASK_MORE), action)) for each in row.buttons]
    return Reply(compose_answer(paper, question, answer, call.phrases, more), asks=action)


def apart(words: str) -> tuple[str, str]:
    """Return the first id or link among words, and the other words; either may be empty."""
    rest = collapse(words).split()
    for at, word in enumerate(rest):
        if find_ids(word):
            before = [each for each in rest[:at] if not _LEAD.fullmatch(each)]
            return word, " ".join((*before, *rest[at + 1 :]))
    return "", " ".join(rest)


def paper_told(message: str) -> PaperId | None:
    """Return the paper that a message tells; None for none, or for several.

    A message of ours leads to the page of each paper that it tells, and may name others.
    """
    message = message[:_LONGEST]
    for text in (" ".join(f"arxiv.org/abs/{page}" for page in _PAGE.findall(message)), message):
        papers = {each.id for each in find_ids(text) if each.id}
        if papers:
            return papers.pop() if len(papers) == 1 else None
    return None


def step_words(progress: Progress, phrases: Phrases) -> str:
    """Say how far an answer is, in a few words."""
    match progress.stage:
        case Stage.FETCHING:
            return phrases(noting.FETCHING_PDF if progress.form is Form.PDF else noting.FETCHING)
        case Stage.READING if progress.pages:
            return phrases.count(noting.READING_PAGES, progress.pages)
        case Stage.READING:
            return phrases(noting.READING)
        case Stage.WRITING:
            return phrases(say.LOOKING_FOR_IT)
        case Stage.CHECKING:
            return phrases(say.CHECKING_IT)


def _language(question: str, chosen: str) -> str:
    """Return the language to answer in: the chat's, but for a question in another script."""
    asked = language_of(question)
    latin = asked in {"en", "fr", "de", "es", "pt", "it"}
    return chosen if latin or chosen.partition("-")[0] == asked else asked


COMMANDS = (
    Command(
        "ask",
        ask,
        summary=say.ASK,
        usage=usages.ID_AND_QUESTION,
        example="2408.16725 Which data is it trained on?",
        costly=True,
    ),
    Command(ASK_KEPT, ask_kept, costly=True),
)
