"""What somebody writes in a private chat that is no command: papers that it names, else a question back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.commands.asking import ASK_KEPT, kept_words, paper_told
from bot.commands.call import Call, Command, Tools
from bot.commands.paper_entries import ask_action
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.words import collapse, quoted
from bot.phrases import asking
from bot.phrases import buttons as labels
from bot.phrases import summarizing as say
from digest.links import find_ids

if TYPE_CHECKING:
    from bot.talk import Reply

_QUESTION_MARKS = ("?", "？", "吗", "呢")


def meant_by(text: str, replied_to: str = "") -> str:
    """Return the command that a text stands for: to summarize the papers that it names, else ``text``.

    A single word that was meant as an id counts too, so that whoever sent it hears what is wrong with it.
    What replies to a message that tells one paper is a question about it.
    """
    named = find_ids(text)
    about_papers = any(each.id for each in named) or (named and len(text.split()) == 1)
    if about_papers:
        return f"summarize {text}"
    return question_about(replied_to, text) or f"text {text}"


def question_about(told: str, text: str) -> str:
    """Return the command that asks a text about the paper that a message tells; empty if it tells none."""
    paper = paper_told(told) if told and text else None
    return f"{ask_action(paper)} {text}" if paper else ""


def is_question(text: str) -> bool:
    """Whether a text is surely one: where many talk, a reply may be thanks."""
    return text.rstrip().endswith(_QUESTION_MARKS)


async def ask_back(call: Call, _: Tools) -> Reply:
    """Ask what to do with some words: where one paper was told last, they may be a question about it."""
    words = collapse(call.words)
    if not words:
        return reply(call.phrases, sentences(call.phrases(say.SEND_SOMETHING)))
    about = button(call.phrases(asking.ASK_ABOUT_IT), f"{ASK_KEPT} {kept_words(call.told.paper, words)}")
    two = (
        button(call.phrases(labels.SEARCH), f"search {words}"),
        button(call.phrases(labels.SUBSCRIBE), f"subscribe {words}"),
    )
    both = all(two)
    row = buttons(about if call.told.paper else None, *(two if both else ()))
    question = call.phrases(say.WHAT_TO_DO, words=quoted(words, call.phrases))
    hint = "" if both else call.phrases(say.TYPE_BEFORE_IT)
    return replace(reply(call.phrases, (*sentences(question, hint), *row)), keeps=words)


COMMANDS = (Command("text", ask_back),)
