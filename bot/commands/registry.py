"""Every command, in the order of the help; it feeds menus, the help and the README's test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import (
    digesting,
    general,
    narrowing,
    searching,
    subscribing,
    summarizing,
    text,
    topics,
    unsubscribing,
    why,
)
from bot.commands.parsing import names_of

if TYPE_CHECKING:
    from bot.commands.call import Command

COMMANDS: tuple[Command, ...] = (
    *general.COMMANDS,
    *subscribing.COMMANDS,
    *narrowing.COMMANDS,
    *unsubscribing.COMMANDS,
    *topics.COMMANDS,
    *digesting.COMMANDS,
    *summarizing.COMMANDS,
    *searching.COMMANDS,
    *why.COMMANDS,
    *text.COMMANDS,
)

NAMES = names_of(COMMANDS)
