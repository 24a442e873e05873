"""The rich layout: nobody gets it before they said that they see a sample of it.

Some apps show nothing where a rich message is, and a bot can't tell which apps read. So the question is asked
in the classic layout, as everything is that leads back there. Nothing is remembered between the two.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.chats import Layout
from bot.commands.call import Command, MistakeError, Permission
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.settings_levels import change
from bot.phrases import layouts as say
from bot.phrases.buttons import SETTINGS
from bot.phrases.talking import BUTTON_TOO_OLD
from bot.talk import Kind, Reply
from digest.document import (
    Actions,
    Button,
    Code,
    Details,
    Document,
    Group,
    Heading,
    Link,
    List,
    Paragraph,
    Role,
    Text,
)

if TYPE_CHECKING:
    from bot.chats import Choices, Preferences
    from bot.commands.call import Call, Tools
    from bot.commands.settings_levels import Level
    from digest.translation import Phrases

_SEEN, _UNSEEN = "seen", "unseen"
_ABOVE = "above"
_ARXIV = "https://arxiv.org/"


def choosable(call: Call, tools: Tools) -> bool:
    """Return whether there's a layout to choose where this is said."""
    platform = tools.platforms.get(call.place.address.platform)
    return platform is not None and Layout.RICH in platform.layouts


def offer(call: Call, level: Level) -> Reply:
    """Show a sample, and ask whether it's seen; only the answer chooses."""
    phrases = level.phrases
    others = "" if call.place.kind is Kind.PRIVATE else phrases(say.ALL_READ_IT)
    answers = buttons(
        button(phrases(say.YES), _action(_SEEN, above=level.above)),
        button(phrases(say.NO), _action(_UNSEEN, above=level.above)),
    )
    question = sentences(phrases.sentences([phrases(say.DO_YOU_SEE_IT), others]))
    return replace(reply(phrases, (*question, *answers)), sample=sample(phrases))


def sample(phrases: Phrases) -> Document:
    """Write what only the rich layout shows as it's meant: a large title, a fold, a button beside a paper."""
    paper = Group(
        (
            Heading((Link((Text(phrases(say.SAMPLE_PAPER)),), _ARXIV),), 2, 1),
            Paragraph((Text(phrases(say.SAMPLE_TEXT) + " "), Code("cs.DL"))),
            Details(
                (Text(phrases(say.SAMPLE_FOLDED)),),
                (List(((Paragraph((Text(phrases(say.SAMPLE_UNFOLDED)),)),),)),),
            ),
            Actions((Button(phrases(say.OPEN), url=_ARXIV),)),
        )
    )
    title = phrases(say.SAMPLE)
    end = Paragraph((Text(phrases(say.SAMPLE_ENDED)),), Role.FOOTER)
    return Document(title, phrases.language, (Heading((Text(title),), 1), paper, end))


async def layout(call: Call, tools: Tools) -> Reply:
    """Take the answer to the question: ``[above] seen`` or ``[above] unseen``, as its buttons say."""
    first, _, rest = call.words.partition(" ")
    above = first == _ABOVE
    answer = rest if above else call.words
    if answer == _UNSEEN:
        settings = buttons(button(call.phrases(SETTINGS), "settings"))
        return reply(call.phrases, (*sentences(call.phrases(say.STAYS_CLASSIC)), *settings), instead=True)
    if answer != _SEEN:
        raise MistakeError(call.own(BUTTON_TOO_OLD), try_example=False)
    if not choosable(call, tools):
        raise MistakeError(call.own(say.ONE_LAYOUT), try_example=False)
    level = await change(call, tools, _choose_rich, above=above)
    phrases = level.phrases
    next_steps = buttons(
        button(phrases(say.BACK_TO_CLASSIC), level.action("layout classic")),
        button(phrases(SETTINGS), "settings"),
    )
    return reply(phrases, (*sentences(phrases(say.NOW_RICH)), *next_steps), instead=True)


def _choose_rich(own: Choices, _: Preferences) -> Choices:
    return replace(own, layout=Layout.RICH)


def _action(answer: str, *, above: bool) -> str:
    return f"layout {_ABOVE} {answer}" if above else f"layout {answer}"


COMMANDS = (Command("layout", layout, permission=Permission.ADMINS),)
"""Buttons alone say it: whoever types it chose nothing before they saw the sample."""
