"""From what somebody typed to a command and its words, or to a sentence that there's none. Pure."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.phrases import talking as say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.commands.call import Command
    from digest.translation import Phrases

_NEAR = 0.6
"""How alike a name must be to one that was perhaps meant, from 0 to 1."""
_LONGEST_NAME = 32


@dataclass(frozen=True)
class Names:
    """Every name that finds a command.

    Attributes:
        commands: by name.
        short: other names, each with the words that stand for it.
    """

    commands: Mapping[str, Command]
    short: Mapping[str, str]

    def find(self, text: str) -> tuple[Command, str] | None:
        """Return the command that a text without its slash begins with, and the words that follow."""
        name, words = _apart(text)
        if name in self.short:
            name, words = _apart(f"{self.short[name]} {words}")
        return (self.commands[name], words) if name in self.commands else None

    def nearest(self, text: str) -> str | None:
        """Return the name that is most like what was typed, of those that the help shows."""
        name, _ = _apart(text)
        visible = [command.name for command in self.commands.values() if command.summary]
        found = difflib.get_close_matches(name, [*visible, *self.short], 1, _NEAR)
        return found[0] if found else None


def names_of(commands: Iterable[Command]) -> Names:
    """Gather the names of commands.

    Raises:
        ValueError: two commands share a name.
    """
    by_name: dict[str, Command] = {}
    short: dict[str, str] = {}
    for command in commands:
        for name, words in {command.name: "", **(command.short or {})}.items():
            if name in by_name or name in short:
                raise ValueError(f"two commands are called {name}")
            if words:
                short[name] = words
        by_name[command.name] = command
    return Names(by_name, short)


def command_text(text: str) -> str | None:
    """Return a command without its slash; None for a text that isn't one."""
    stripped = text.strip()
    return stripped[1:].lstrip() if stripped.startswith(("/", "／")) and stripped[1:].strip() else None


def unknown(phrases: Phrases, names: Names, text: str) -> str:
    """Say that a text without its slash begins with no command, and name the one that was perhaps meant."""
    name = (text.split(None, 1) or [""])[0]
    shown = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
    if near := names.nearest(name):
        return phrases(say.UNKNOWN_COMMAND_NEAR, name=shown, near=near)
    return phrases(say.UNKNOWN_COMMAND, name=shown)


def _apart(text: str) -> tuple[str, str]:
    name, _, words = " ".join(text.split(None, 1)).partition(" ")
    return name.lower(), words.strip()
