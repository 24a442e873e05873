"""Every command, in the order of the help; it feeds menus, the help and the README's test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import (
    announcing,
    deleting,
    digesting,
    exporting,
    general,
    layouts,
    narrowing,
    noting,
    owning,
    pausing,
    saved,
    saving,
    searching,
    settings_panel,
    speaking_for,
    status,
    stopping,
    subscribing,
    summarizing,
    text,
    topics,
    unsubscribing,
    why,
)
from bot.commands.completing import completing_command
from bot.commands.help import help_command
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
    *noting.COMMANDS,
    *searching.COMMANDS,
    *saving.COMMANDS,
    *saved.COMMANDS,
    *exporting.COMMANDS,
    *why.COMMANDS,
    *text.COMMANDS,
    *settings_panel.COMMANDS,
    *layouts.COMMANDS,
    *pausing.COMMANDS,
    *status.COMMANDS,
    *stopping.COMMANDS,
    *deleting.COMMANDS,
    *speaking_for.COMMANDS,
    help_command(lambda: COMMANDS),
    completing_command(lambda: COMMANDS),
    *owning.COMMANDS,
    *announcing.COMMANDS,
)

NAMES = names_of(COMMANDS)
