"""The help: what every command is for, and how one works, by what commands say of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.access import Role
from bot.commands.call import Command, MistakeError, Permission
from bot.commands.parsing import command_text, names_of, unknown
from bot.commands.replies import button, buttons, reply, sentences
from bot.phrases import buttons as labels
from bot.phrases import general as say
from bot.phrases import usages
from digest.document import List, Paragraph, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.commands.call import Call, Tools
    from bot.talk import Reply
    from digest.document import Block
    from digest.phrases import Phrase
    from digest.translation import Phrases


def help_command(commands: Callable[[], Sequence[Command]]) -> Command:
    """Make the command that explains all of them.

    Args:
        commands: returns them; asked when somebody needs help, because this command is one of them.
    """

    async def show(call: Call, _: Tools) -> Reply:
        """Explain one command, or name all of them."""
        known = commands()
        if not call.words:
            return reply(call.own, _all(known, call), instead=call.pressed, aside=True)
        name = command_text(call.words) or call.words
        found = names_of(known).find(name)
        if found is None or found[0].summary is None:
            raise MistakeError(unknown(call.own, names_of(known), name), try_example=False)
        return reply(call.own, _one(found[0], call.own), instead=call.pressed, aside=True)

    return Command("help", show, summary=say.HELP, usage=usages.COMMAND, example="subscribe", menu=True)


def _all(commands: Iterable[Command], call: Call) -> Iterable[Block]:
    phrases = call.own
    shown = [command for command in commands if command.summary]
    owners = [command for command in shown if command.permission is Permission.OWNER]
    others = [command for command in shown if command.permission is not Permission.OWNER]
    menu = [command for command in others if command.menu]
    more = [command for command in others if not command.menu]
    yield from _list(say.HELP_FIRST, menu, phrases)
    yield from _list(say.HELP_MORE, more, phrases)
    if call.role is Role.OWNER:
        yield from _list(say.HELP_OWNERS, owners, phrases)
    yield from sentences(phrases(say.HELP_LAST, example=f"/help {menu[0].name if menu else 'help'}"))
    yield from buttons(button(phrases(labels.CHOOSE_TOPICS), "subscribe"))


def _list(title: Phrase, commands: Iterable[Command], phrases: Phrases) -> Iterable[Block]:
    items = tuple(
        (Paragraph((Text(phrases(say.HELP_LINE, command=f"/{each.name}", summary=phrases(each.summary))),)),)
        for each in commands
        if each.summary
    )
    if items:
        yield from sentences(phrases(title))
        yield List(items)


def _one(command: Command, phrases: Phrases) -> Iterable[Block]:
    if command.summary:
        yield from sentences(
            phrases(say.HELP_LINE, command=f"/{command.name}", summary=phrases(command.summary))
        )
    if command.usage:
        yield from sentences(phrases(say.HELP_USAGE, usage=f"/{command.name} {phrases(command.usage)}"))
    if command.example:
        yield from sentences(phrases(say.HELP_EXAMPLE, example=f"/{command.name} {command.example}"))
    if command.short:
        yield from sentences(
            phrases(say.HELP_SHORT, names=phrases.listed([f"/{name}" for name in command.short]))
        )
    if command.permission is Permission.ADMINS:
        yield from sentences(phrases(say.HELP_ADMINS))
    if command.permission is Permission.OWNER:
        yield from sentences(phrases(say.HELP_OWNER))
    yield from buttons(button(phrases(say.HELP_ALL), "help"))
