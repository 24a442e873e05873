"""People's words and topics' titles as sentences repeat them: short, quoted, on one line. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest import breaks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.translation import Phrases

_LONGEST = 60  # characters
_NAMED = 8
_A_PAIR = 2


def collapse(words: str) -> str:
    """Return words on one line, with single blanks between them."""
    return " ".join(words.split())


def shortened(text: str, most: int = _LONGEST) -> str:
    """Return a text in at most so many characters, cut between those that people see."""
    line = collapse(text)
    if len(line) <= most:
        return line
    return line[: max(breaks.graphemes(line[:most]), default=most - 1)].rstrip() + "…"


def quoted(text: str, phrases: Phrases, most: int = _LONGEST) -> str:
    """Return a title or somebody's words as a sentence names them; their own quotes are enough."""
    shown = shortened(text, most)
    return shown if shown.count('"') >= _A_PAIR else phrases.quoted(shown)


def named(titles: Sequence[str], phrases: Phrases) -> str:
    """Return titles, quoted; of more than a sentence has room for, the first ones."""
    shown = [quoted(title, phrases) for title in titles[:_NAMED]]
    return phrases.listed([*shown, "…"] if len(titles) > _NAMED else shown)
