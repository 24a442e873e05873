"""What a chat in the terminal shows: replies, their buttons by number, progress in one place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import StringIO
from itertools import count
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style

from bot.platforms.console.body import part
from bot.platforms.console.lines import PROMPT
from digest.document import Document, Paragraph, Text
from digest.render import terminal
from digest.safety import printable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from bot.chats import Address
    from bot.platforms.console.body import Row
    from digest.document import Button

_WIDEST = 96  # columns, as for documents
_BETWEEN = "  "
_IS_NUMBER = re.compile("[1-9][0-9]{0,2}")  # as many digits as a person may type to press a button
_BOLD = Style(bold=True)
_PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Choice:
    """A button that can be pressed by its number.

    Attributes:
        message: the message that has it.
    """

    button: Button
    message: str


@dataclass(slots=True)
class _Last:
    """The message at the end of the screen.

    Attributes:
        lines: how many lines it takes; 0 if that isn't known.
    """

    message: str
    lines: int


class Screen:
    """The page of one chat.

    Args:
        console: the terminal, or where output goes instead.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._last: _Last | None = None
        self.choices: dict[int, Choice] = {}
        """What can be pressed: the buttons of the newest reply, by number."""
        self.silent = True
        """Whether nothing was shown since the last turn."""
        self.broken: OSError | None = None
        """Why a message couldn't be shown; the chat ends by it, which nobody needs a warning for."""

    def turn(self) -> None:
        """Begin an answer: what comes now has the numbers, and what stands above stays."""
        self.choices = {}
        self.silent = True
        self._last = None

    def say(self, text: str, *, apart: bool = True) -> None:
        """Show a sentence of the chat's own, below a blank line if it stands apart from what is above."""
        words = self.write(Document("", "", (Paragraph((Text(text),)),)))
        self._put("\n" * apart + words)

    def repeat(self, line: str) -> None:
        """Show what was said by somebody who types elsewhere, as one line that can be copied."""
        self._put(f"\n{PROMPT}{printable(line)}\n")

    def write(self, document: Document) -> str:
        """Write a document as the console shows it."""
        paper = self._paper()
        terminal.show(document, paper)
        return _written(paper)

    async def show(self, address: Address, message: str, body: str) -> None:  # noqa: ARG002 - there's one chat
        """Show a message below the others."""
        self._add(message, body, "\n")

    async def replace(self, address: Address, message: str, body: str) -> None:
        """Put a message into the place of what it said, if that's still the last and short; else below."""
        if self._last and self._last.message == message and 0 < self._last.lines < self._console.height:
            self._add(message, body, f"\x1b[{self._last.lines}A\r\x1b[J")
        else:
            await self.show(address, message, body)

    def close(self) -> None:
        """Keep nothing open."""

    def _add(self, message: str, body: str, before: str) -> None:
        text, rows = part(body)
        text = f"{text.rstrip()}\n" * bool(text)
        known = self._console.is_terminal and not rows
        self._last = _Last(message, text.count("\n") if known else 0)
        self.silent = False
        pressable = [button for row in rows for button in row if button.action]
        numbers = _numbers([button.label for button in pressable], self.choices)
        self.choices |= {
            number: Choice(each, message) for number, each in zip(numbers, pressable, strict=True)
        }
        try:
            self._put(f"{before}{text}{self._buttons(rows, iter(numbers))}")
        except OSError as error:
            self.broken = error

    def _buttons(self, rows: Iterable[Row], numbers: Iterator[int]) -> str:
        """Write rows of buttons: “[1] Show the latest  [2] Undo”, and links as they are."""
        width = min(self._console.width, _WIDEST)
        segments = [Segment("\n")]
        for row in rows:
            segments += [Segment(f"{button.label}: {button.url}\n") for button in row if button.url]
            labels = [(next(numbers), button.label) for button in row if button.action]
            for line in _lines(labels, width):
                segments += [*line, Segment("\n")]
        if len(segments) == 1:
            return ""
        paper = self._paper()
        paper.print(Segments(segments), end="", crop=False)
        return _written(paper)

    def _paper(self) -> Console:
        """Return a console like the terminal, as wide as that is now, for a text that isn't shown yet."""
        like = self._console
        return Console(
            file=StringIO(),
            force_terminal=like.is_terminal,
            color_system=like.color_system,  # type: ignore[arg-type]  # it returns what it takes, as a plain str
            width=like.width,
        )

    def _put(self, text: str) -> None:
        self._console.file.write(text)
        self._console.file.flush()


def _written(paper: Console) -> str:
    return paper.file.getvalue() if isinstance(paper.file, StringIO) else ""


def _numbers(labels: Iterable[str], taken: Collection[int]) -> list[int]:
    """Return the numbers that press buttons: from 1 on, but a label that is a number is its own.

    Whoever types “7” where “7 papers” can be chosen means that, and not the seventh button.
    """
    own = [int(label) if _IS_NUMBER.fullmatch(label) else 0 for label in labels]
    used = {*taken, *own}
    free = (number for number in count(1) if number not in used)
    return [number or next(free) for number in own]


def _lines(labels: Iterable[tuple[int, str]], width: int) -> Iterator[list[Segment]]:
    """Yield lines of numbered labels, each label whole."""
    line: list[Segment] = []
    used = 0
    for number, label in labels:
        mark = f"[{number}]"
        words = "" if label == str(number) else f" {label}"
        room = cell_len(f"{mark}{words}")
        if line and used + len(_BETWEEN) + room > width:
            yield line
            line, used = [], 0
        if line:
            line.append(Segment(_BETWEEN, _PLAIN))
            used += len(_BETWEEN)
        line += [Segment(mark, _BOLD), Segment(words, _PLAIN)]
        used += room
    if line:
        yield line
