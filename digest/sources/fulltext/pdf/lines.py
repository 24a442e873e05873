"""Puts a page's words together to lines. Pure; knows where words are, not what they say.

A file says where each letter stands and, between words, mostly nothing. Letters come in the order in which
they are drawn, which within a line is the order of reading.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from digest.sources.fulltext.pdf.accents import accented
from digest.sources.fulltext.pdf.sheet import Box, Line, Span, Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HYPHEN = "\u2010"
"""Stands at the end of a line for a hyphen that may be there only because the line ended."""

_WIDEST_GAP = 1.5  # of the letters' size: a gutter is wider, a stretched blank is not
_WIDEST_STEP_BACK = 1.0  # an index under an exponent goes back by its width
_WORD_GAP = 0.2  # of the letters' size, from one letter to the next, where no blank is drawn
_SHARED_HEIGHT = 0.35  # of the lower letter, for two letters to stand on one line

_LIGATURES = re.compile("[\ufb00-\ufb06\U0001d400-\U0001d7ff\u00a8\u00b4\u02c6-\u02dd]")
# Control characters and what no font but the file's own knows.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class Word(NamedTuple):
    """Letters of one style without a blank; a plain tuple, because a paper has twenty thousand.

    Attributes:
        spaced: whether a blank stands before it.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    style: Style
    spaced: bool


def lines(sheet: int, words: Iterable[Word]) -> tuple[Line, ...]:
    """Return a page's lines in the order in which they are drawn.

    Args:
        sheet: the page's number.
        words: its upright words.
    """
    made = []
    for run in _runs(accented(words)):
        line = _line(sheet, run)
        if line is not None:
            made.append(line)
    return tuple(_healed(made))


def _runs(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Yield the words that follow each other on one line, marked where there is room for a blank."""
    run: list[Word] = []
    tall: Word | None = None  # the largest letters: an exponent alone says little of its line
    for word in words:
        if run and tall is not None:
            gap = word.left - run[-1].right
            size = max(tall.style.size, word.style.size, 1.0)
            shared = min(tall.top, word.top) - max(tall.bottom, word.bottom)
            lower = min(tall.top - tall.bottom, word.top - word.bottom)
            if shared < _SHARED_HEIGHT * lower or not -_WIDEST_STEP_BACK < gap / size < _WIDEST_GAP:
                yield run
                run, tall = [], None
            else:
                spaced = (word.spaced and gap > 0) or gap > _WORD_GAP * word.style.size
                word = word._replace(spaced=spaced)  # noqa: PLW2901 - the same word, seen in its line
        run.append(word)
        if tall is None or word.style.size > tall.style.size:
            tall = word
    if run:
        yield run


def _line(sheet: int, run: list[Word]) -> Line | None:
    spans: list[Span] = []
    start = 0
    for at in range(1, len(run) + 1):
        if at == len(run) or run[at].style != run[start].style:
            text = run[start].text + "".join(
                f" {word.text}" if word.spaced else word.text for word in run[start + 1 : at]
            )
            text += " " if at < len(run) and run[at].spaced else ""
            spans.append(Span(_readable(text), run[start].style, run[start].left, run[at - 1].right))
            start = at
    text = "".join(span.text for span in spans).strip()
    if not text:
        return None
    letters: Counter[Style] = Counter()
    for span in spans:
        letters[span.style] += len(span.text.replace(" ", ""))
    style = letters.most_common(1)[0][0]
    main = [word for word in run if word.style.size >= style.size - 1.0] or run
    box = Box(
        min(word.left for word in run),
        min(word.bottom for word in main),
        max(word.right for word in run),
        max(word.top for word in main),
    )
    return Line(sheet, text, tuple(spans), box, style)


def _healed(made: list[Line]) -> Iterator[Line]:
    """Join a number that stands alone with the heading or the caption that follows it at some distance."""
    waiting: Line | None = None
    for line in made:
        if waiting is not None:
            near = line.box.left - waiting.box.right < 4 * waiting.style.size
            if near and line.box.left > waiting.box.right and line.box.along(waiting.box) > 0:
                yield Line(
                    line.sheet,
                    f"{waiting.text} {line.text}",
                    (*waiting.spans[:-1], _spaced(waiting.spans[-1]), *line.spans),
                    waiting.box.joined(line.box),
                    line.style,
                )
                waiting = None
                continue
            yield waiting
            waiting = None
        if _LONE_NUMBER.fullmatch(line.text):
            waiting = line
        else:
            yield line
    if waiting is not None:
        yield waiting


_LONE_NUMBER = re.compile(
    r"(?:[A-Z]|\d{1,2})(?:\.\d{1,2}){0,3}\.?|(?:Figure|Fig\.|Table|Scheme) [A-Z]?\d{1,3}[.:]?"
)


def _spaced(span: Span) -> Span:
    return Span(span.text.rstrip() + " ", span.style, span.left, span.right)


def _readable(text: str) -> str:
    """Return text without unprintable characters; ligatures and letters of formulas become plain ones."""
    text = text.replace("\ufffd", "").replace("\x02", HYPHEN).replace("\u00ad", HYPHEN)
    if text.isascii():
        return text if text.isprintable() else "".join(filter(str.isprintable, text))
    text = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return "".join(letter for letter in text if unicodedata.category(letter) not in _UNPRINTABLE)
