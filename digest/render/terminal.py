"""Shows a document on a terminal, or as plain text where the output goes elsewhere. Knows rich, no paper.

On a terminal titles are links (OSC 8) and lesser lines are dim; elsewhere URLs are written out. Nothing rests
on colour, links or position. Folded blocks are shown open and without their summary, optional ones left out.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeAlias

from rich.cells import cell_len, get_character_cell_size
from rich.segment import Segment, Segments
from rich.style import Style

from digest import breaks
from digest.document import (
    Actions,
    Code,
    Details,
    Divider,
    Emphasis,
    Figure,
    Group,
    Heading,
    Link,
    List,
    Math,
    MathBlock,
    Paragraph,
    Preformatted,
    Quote,
    Role,
    Strong,
    Text,
)
from digest.reading import marker
from digest.safety import printable, web_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

    from digest.document import Block, Blocks, Document, Inlines

Line: TypeAlias = "tuple[tuple[str, Style], ...]"  # runs of text, each in a style

_WIDEST = 96  # columns; longer lines are hard to follow
_NARROWEST = 20
_PLAIN = Style()
_DIM = Style(dim=True)
_BOLD = Style(bold=True)
_ROLES = {Role.BYLINE: _DIM, Role.SMALL: _DIM, Role.FOOTER: _DIM, Role.NOTICE: Style(italic=True)}


def show(document: Document, console: Console) -> None:
    """Print a document in a console's width, up to 96 columns; URLs are visible unless it's a terminal."""
    lines = _Page(urls=not console.is_terminal).document(document.blocks, _columns(console.width))
    runs = (Segment(*run) for line in lines for run in (*line, ("\n", _PLAIN)))
    console.print(Segments(runs), end="", crop=False)


def render(document: Document, width: int = 80) -> str:
    """Return a document as plain text for a file or a pipe, wrapped to `width` columns but for URLs."""
    lines = _Page(urls=True).document(document.blocks, _columns(width))
    return "".join(f"{_words(line)}\n" for line in lines)


def _columns(width: int) -> int:
    return max(_NARROWEST, min(width, _WIDEST))


def _words(line: Line) -> str:
    return "".join(words for words, _ in line)


class _Page:
    def __init__(self, *, urls: bool) -> None:
        self._urls = urls

    def document(self, blocks: Blocks, width: int) -> Iterator[Line]:
        """Yield the lines of a document, blank ones around groups, headings and what closes it."""
        before: Block | None = None
        for block in blocks:
            if isinstance(block, Actions):  # it shows nothing, and so stands apart from nothing
                continue
            if before and (_stands_apart(block) or isinstance(before, Group)):
                yield ()
            yield from self._block(block, width)
            before = block

    def _block(self, block: Block, width: int) -> Iterator[Line]:
        match block:
            case Heading():
                number = f"{block.number}. " if block.number is not None else ""
                lines = self._paragraph(block.content, width - len(number), _BOLD)
                yield from _hung(lines, (number, _BOLD))
            case Paragraph():
                yield from self._paragraph(block.content, width, _ROLES.get(block.role, _PLAIN))
            case Figure():
                yield from self._paragraph(block.caption, width, _PLAIN)
                if place := web_link(block.url) or _file(block.url):  # there's nothing else to look at
                    yield ((place, _DIM),)
            case MathBlock():
                yield from _hung(self._paragraph((Text(block.plain),), width - 2, _PLAIN), ("  ", _PLAIN))
            case Preformatted():  # not wrapped: it's copied
                yield from (((printable(line), _PLAIN),) for line in block.plain.split("\n"))
            case Divider():
                yield (("* * *", _DIM),)
            case Actions():  # a terminal has nothing to press
                pass
            case List() | Group() | Details() | Quote():
                yield from self._container(block, width)

    def _container(self, block: List | Group | Details | Quote, width: int) -> Iterator[Line]:
        match block:
            case List():
                for index, item in enumerate(block.items):
                    mark = marker(block, index)
                    yield from _hung(self._blocks(item, width - len(mark)), (mark, _DIM))
            case Group():
                yield from self._group(block, width)
            case Quote():
                yield from _hung(self._blocks(block.blocks, width - 2), ("  ", _PLAIN))
            case Details() if not block.optional:
                yield from self._blocks(block.blocks, width)
            case Details():
                pass

    def _blocks(self, blocks: Blocks, width: int) -> Iterator[Line]:
        for block in blocks:
            yield from self._block(block, width)

    def _group(self, group: Group, width: int) -> Iterator[Line]:
        """Yield a group's lines; what follows a numbered heading hangs under its words."""
        hang = ""
        for block in group.blocks:
            yield from _hung(self._block(block, width - len(hang)), (hang, _PLAIN))
            if isinstance(block, Heading) and block.number is not None:
                hang = " " * len(f"{block.number}. ")

    def _paragraph(self, inlines: Inlines, width: int, style: Style) -> Iterator[Line]:
        yield from _wrapped(self._line(inlines, style), width)
        if self._urls:  # on lines of their own, so that they can be copied whole
            yield from (((url, _DIM),) for url in _urls(inlines))

    def _line(self, inlines: Inlines, style: Style) -> Line:
        line: list[tuple[str, Style]] = []
        for inline in inlines:
            match inline:
                case Text() | Code():
                    line.append((printable(inline.value), style))
                case Math():
                    line.append((printable(inline.plain), style))
                case Strong():
                    line += self._line(inline.content, style + _BOLD)
                case Emphasis():
                    line += self._line(inline.content, style + Style(italic=True))
                case Link():
                    url = "" if self._urls else web_link(inline.url)
                    linked = style + Style(link=url, underline=not style.bold) if url else style
                    line += self._line(inline.content, linked)
        return tuple(line)


def _stands_apart(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return block.role in {Role.BODY, Role.NOTICE, Role.FOOTER}
    return isinstance(block, Group | Heading | Preformatted)


def _hung(lines: Iterable[Line], mark: tuple[str, Style]) -> Iterator[Line]:
    """Put a mark before the first line and as much room before the others."""
    for line in lines:
        yield (mark, *line)
        mark = (" " * cell_len(mark[0]), _PLAIN)


def _wrapped(line: Line, width: int) -> Iterator[Line]:
    """Break a line into lines of at most `width` columns, inside a word only if it's longer than that."""
    text = _words(line)
    columns: Sequence[int] = range(len(text) + 1)
    if not text.isascii():
        columns = (0, *accumulate(map(get_character_cell_size, text)))
    words = breaks.words(text) if columns[-1] > width else ()
    start = 0
    while columns[-1] - columns[start] > width:
        end = (
            _furthest(text, start, words, columns, width)
            or _furthest(text, start, breaks.graphemes(text), columns, width)
            or start + 1
        )
        yield _between(line, start, len(text[:end].rstrip()))
        start = end
    yield _between(line, start, len(text))


def _between(line: Line, start: int, end: int) -> Line:
    """Return what stands between two offsets of a line's text."""
    kept = []
    at = 0
    for words, style in line:
        if piece := words[max(start - at, 0) : max(end - at, 0)]:
            kept.append((piece, style))
        at += len(words)
    return tuple(kept)


def _furthest(text: str, start: int, places: Sequence[int], columns: Sequence[int], width: int) -> int:
    """Return the last place up to which the text since `start` fits the width, or 0."""
    furthest = 0
    for at in places[bisect_right(places, start) :]:
        end = at - 1 if text[at - 1] == " " else at
        if columns[end] - columns[start] > width:
            break
        furthest = at
    return furthest


def _file(place: str) -> str:
    """Return where a file lies if that's a whole path of printable characters, else nothing."""
    return place if PurePath(place).is_absolute() and printable(place) == place else ""


def _urls(inlines: Inlines) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Link():
                yield from filter(None, (web_link(inline.url),))
            case Strong() | Emphasis():
                yield from _urls(inline.content)
            case Text() | Code() | Math():
                pass
