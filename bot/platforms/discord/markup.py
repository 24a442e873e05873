"""Lines of documents as Discord's Markdown. Pure; knows inlines and what is one line, no component."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from bot.platforms.discord.escaping import JOINER, begun, code, escaped, linked, target
from digest.document import (
    Code,
    Emphasis,
    Heading,
    Link,
    Math,
    MathBlock,
    Paragraph,
    Preformatted,
    Role,
    Strong,
    Text,
)
from digest.reading import plain
from digest.safety import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.document import Blocks, Inlines

_SMALL = "-# "
_MARKS = "*_`"


class _Run(NamedTuple):
    """Text in one style."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    url: str = ""


def heading(block: Heading, *, within: bool) -> str:
    """Write a heading as a line; within something else it's bold, as the size would tear that apart."""
    number = f"{block.number}. " if block.number is not None else ""
    text = line(block.content, strong=within, number=number)
    if within or not text:
        return text
    return f"{'##' if block.level <= 1 else '###'} {text}"


def paragraph(block: Paragraph) -> str:
    """Write a paragraph as a line."""
    text = line(block.content, strong=block.role is Role.NOTICE)
    return f"{_SMALL}{text}" if text and block.role in {Role.SMALL, Role.FOOTER} else text


def summary(content: Inlines, *, within: bool) -> str:
    """Write what stands above blocks that fold elsewhere; in an entry it's small, as the title is bold."""
    text = line(content, strong=not within)
    return f"{_SMALL}{text}" if text and within else text


def formula(block: MathBlock) -> str:
    """Write a formula that has a line of its own."""
    return begun(code(block.plain.strip()))


def preformatted(block: Preformatted, *, within: bool) -> str:
    """Write lines to copy as they are, which no run of ticks in them ends; in lists, as text."""
    lines = [printable(text) for text in block.plain.strip("\n").split("\n")]
    if within:
        return begun(escaped(" ".join(lines).strip()))
    text = "\n".join(lines).replace("```", f"`{JOINER}`{JOINER}`")
    return f"```{block.language}\n{text}\n```" if text.strip() else ""


def line(content: Inlines, *, strong: bool = False, number: str = "") -> str:
    """Write inlines as a line that begins with text and nothing else; empty if they say nothing.

    Args:
        content: what it says.
        strong: all of it is bold.
        number: stands before it.
    """
    runs = list(_runs(content, _Run("", strong=strong)))
    if not "".join(run.text for run in runs).strip():
        return ""
    return begun(_styled([_Run(number, strong=strong), *runs]).strip())


def unformatted(blocks: Blocks) -> str:
    """Write blocks as text that looks the same whether or not somebody reads it as Markdown."""
    return "\n".join(begun(escaped(line.strip())) for line in plain(blocks).split("\n"))


def _runs(content: Inlines, style: _Run) -> Iterator[_Run]:
    for inline in content:
        match inline:
            case Text():
                yield style._replace(text=inline.value)
            case Math():
                yield style._replace(text=inline.plain)
            case Code():
                yield style._replace(text=inline.value, code=True)
            case Strong():
                yield from _runs(inline.content, style._replace(strong=True))
            case Emphasis():
                yield from _runs(inline.content, style._replace(emphasis=True))
            case Link():
                yield from _runs(inline.content, style._replace(url=target(inline.url) or style.url))


def _styled(runs: list[_Run]) -> str:
    if not any(run.strong or run.emphasis for run in runs):  # most lines, and so in half the time
        return _beside(_words(runs))
    return _beside(
        _bold(inner) if strong else inner
        for strong, bold in groupby(runs, key=lambda run: run.strong)
        for inner in [
            _beside(
                _italic(words) if emphasis else words
                for emphasis, same in groupby(bold, key=lambda run: run.emphasis)
                for words in [_beside(_words(same))]
            )
        ]
    )


def _words(runs: Iterable[_Run]) -> Iterator[str]:
    for (is_code, url), same in groupby(runs, key=lambda run: (run.code, run.url)):
        text = "".join(run.text for run in same)
        if is_code:
            yield code(text, url)
        else:
            yield linked(text, url) if url else escaped(text)


def _bold(text: str) -> str:
    return _wrapped(text, "**") if "**" not in text else text


def _italic(text: str) -> str:
    return next((_wrapped(text, sign) for sign in "_*" if sign not in text), text)


def _wrapped(text: str, sign: str) -> str:
    words = text.strip()
    if not words:
        return text
    before, _, after = text.partition(words)
    return f"{before}{sign}{words}{sign}{after}"


def _beside(pieces: Iterable[str]) -> str:
    """Put pieces in a row; what ends one and what begins the next must not be read as one sign."""
    text = ""
    for piece in pieces:
        touching = text[-1:] in _MARKS and (
            piece[:1] in _MARKS or (text.endswith("_") and piece[:1].isalnum())
        )
        text += JOINER * (touching and bool(text and piece)) + piece
    return text
