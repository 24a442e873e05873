"""A person who types at a terminal: earlier lines, completion, Ctrl-C. Knows prompt_toolkit."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.history import FileHistory, InMemoryHistory

from bot.access import is_code
from bot.platforms.console.lines import PROMPT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.history import History

    from bot.commands.parsing import Names
    from digest.model import Topic
    from digest.translation import Phrases

_TAKE_TOPICS = ("subscribe", "digest")
"""The commands whose words may be the name of a preset."""

_MENU_LINES = 6


class TypedLines:
    """Lines that a person types.

    Args:
        history: where earlier lines are kept; None keeps them until the end alone.
        names: every command.
        presets: the topics of config.toml by name.
        phrases: in the person's language.
    """

    def __init__(
        self, history: Path | None, names: Names, presets: Mapping[str, Topic], phrases: Phrases
    ) -> None:
        self.history = _history(history)
        """Earlier lines."""
        self._session: PromptSession[str] = PromptSession(
            f"\n{PROMPT}",  # apart from the answer above
            history=self.history,
            completer=Suggestions(names, presets, phrases),
            reserve_space_for_menu=_MENU_LINES,
        )

    async def read(self) -> str | None:
        """Return the next line, None after Ctrl-D."""
        try:
            return await self._session.prompt_async()
        except EOFError:
            return None


class Suggestions(Completer):
    """Suggests commands after a slash, and topics after the commands that take them."""

    def __init__(self, names: Names, presets: Mapping[str, Topic], phrases: Phrases) -> None:
        self._presets = {name: topic.title for name, topic in presets.items()}
        self._names = names
        self._commands = {
            command.name + " " * bool(command.usage): phrases(command.summary)
            for command in names.commands.values()
            if command.summary
        }

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002 - it's the library's
        """Yield what the text before the cursor may become."""
        text = document.text_before_cursor
        if not text.startswith("/"):
            return
        name, blank, words = text[1:].partition(" ")
        if not blank:
            known, begun = self._commands, name.lower()
        else:
            found = self._names.find(name)
            known = self._presets if found and found[0].name in _TAKE_TOPICS else {}
            begun = words.lower()
        for each, meaning in known.items():
            if each.startswith(begun):
                yield Completion(each, -len(begun), display_meta=meaning)


def history_file(environ: Mapping[str, str]) -> Path | None:
    """Return where a person's earlier lines are kept; None if they have no home.

    https://specifications.freedesktop.org/basedir-spec/latest/ says where state belongs.
    """
    state = Path(environ.get("XDG_STATE_HOME", ""))
    if not state.is_absolute():
        try:
            state = Path.home() / ".local" / "state"
        except RuntimeError:
            return None
    return state / "paperround" / "chat-history"


def _history(path: Path | None) -> History:
    if path:
        with contextlib.suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            return _KeptHistory(path)
    return InMemoryHistory()


class _KeptHistory(FileHistory):
    def store_string(self, string: str) -> None:
        """Keep a line, unless it holds a code that makes somebody an owner or a guest."""
        if not any(map(is_code, (string, string.partition(" ")[2]))):
            with contextlib.suppress(OSError):  # a full disk; the line can still be found until the end
                super().store_string(string)
