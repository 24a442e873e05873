"""What somebody writes in a private chat that is no command: papers that it names, else a question back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.call import Call, Command, Tools
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.words import collapse, quoted
from bot.phrases import buttons as labels
from bot.phrases import summarizing as say
from digest.links import find_ids

if TYPE_CHECKING:
    from bot.talk import Reply


def meant_by(text: str) -> str:
    """Return the command that a text stands for: to summarize the papers that it names, else ``text``.

    A single word that was meant as an id counts too, so that whoever sent it hears what is wrong with it.
    """
    named = find_ids(text)
    about_papers = any(each.id for each in named) or (named and len(text.split()) == 1)
    return f"summarize {text}" if about_papers else f"text {text}"


async def ask_back(call: Call, _: Tools) -> Reply:
    """Ask what to do with some words."""
    words = collapse(call.words)
    if not words:
        return reply(call.phrases, sentences(call.phrases(say.SEND_SOMETHING)))
    row = buttons(
        button(call.phrases(labels.SEARCH), f"search {words}"),
        button(call.phrases(labels.SUBSCRIBE), f"subscribe {words}"),
    )
    both = bool(row) and len(row[0].buttons) > 1
    question = call.phrases(say.WHAT_TO_DO, words=quoted(words, call.phrases))
    hint = "" if both else call.phrases(say.TYPE_BEFORE_IT)
    return reply(call.phrases, (*sentences(question, hint), *(row if both else ())))


COMMANDS = (Command("text", ask_back),)
