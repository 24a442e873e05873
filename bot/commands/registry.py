"""Every command, in the order of the help; it feeds menus, the help and the README's test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import deleting, digesting, general, pausing, settings_panel, status, stopping
from bot.commands.parsing import names_of

if TYPE_CHECKING:
    from bot.commands.call import Command

COMMANDS: tuple[Command, ...] = (
    *general.COMMANDS,
    *digesting.COMMANDS,
    *settings_panel.COMMANDS,
    *pausing.COMMANDS,
    *stopping.COMMANDS,
    *status.COMMANDS,
    *deleting.COMMANDS,
)

NAMES = names_of(COMMANDS)
