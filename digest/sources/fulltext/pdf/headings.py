"""Tells a paper's headings by how they look and how they're numbered. Pure.

A style is one of headings when something that can only be a heading is set in it: “2.1 Data”, “References”.
Other lines in that style that stand alone are headings then too.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.sources.fulltext.pdf.order import Placed
    from digest.sources.fulltext.pdf.sheet import Line, Style

_NUMBERED = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|(?:[IVX]{1,5}|[A-Z])(?=\.)(?:\.\d{1,2}){0,3}|[A-Z](?:\.\d{1,2}){1,3}"
    r"|Appendix [A-Z]|[A-Z](?=\s+[A-Z][a-z]))[.:)]?\s+(?P<title>[^\W\d_].*)"
)
_KNOWN = re.compile(
    r"(?:abstract|summary|introduction|background|related work|preliminaries|methods?|methodology|"
    r"materials? and methods|approach|experiments?|experimental (?:setup|results)|evaluation|results?"
    r"(?: and discussion)?|discussion|limitations?|(?:discussion and )?conclusions?(?: and future work)?|"
    r"acknowledge?ments?|references|bibliography|literature cited|appendix|appendices|funding|"
    r"author contributions?|data availability|supplementary (?:material|information|online data)|"
    r"ethics statement|broader impact|keywords|ccs concepts)\W*",
    re.IGNORECASE,
)
_ALWAYS_TOP = re.compile(
    r"(?:abstract|acknowledge?ments?|references|bibliography|literature cited|introduction)\W*", re.IGNORECASE
)
_RUN_IN = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+(?P<title>[A-Z][^.:]{1,90})[.:]?\s*")
_RUN_IN_NAME = re.compile(r"(?P<title>abstract|index terms|keywords)\s*[—–:.-]\s*", re.IGNORECASE)
_LONGEST = 160  # characters
_MOST_WORDS = 22
_LARGER = 0.5  # points
_MOSTLY = 0.75  # of a line's letters
_GAP = 0.35  # of its size: the space above a heading at least
_TIMES = 2  # that a style of larger letters must occur alone, without any line that says what it is


@dataclass(frozen=True, slots=True)
class Found:
    """A heading.

    Attributes:
        lines: how many lines it takes.
        rest: the text that follows on its line, of a heading that runs in.
    """

    number: str
    title: str
    level: int
    lines: int
    rest: str = ""


def headings(placed: Sequence[Placed], body: Style) -> dict[int, Found]:
    """Return the headings among a paper's lines, by the index of their first line.

    Args:
        placed: all lines, in order.
        body: the style of the text.
    """
    alone = _alone(placed, body)
    styles = _styles([placed[at].line for at in alone], body)
    top = _top(placed, alone, styles)
    found: dict[int, Found] = {}
    members = set(alone)
    until = 0
    for at, one in enumerate(placed):
        if at < until or one.note:
            continue
        if at in members and one.line.style in styles:
            until = _end(placed, at)
            text = " ".join(_plain(other.line.text) for other in placed[at:until])
            if (heading := _heading(text, one.line, top, until - at)) is not None:
                found[at] = heading
        elif (heading := _running_in(one.line, body)) is not None:
            found[at] = heading
            until = at + 1
    return found


def _alone(placed: Sequence[Placed], body: Style) -> list[int]:
    """Return the indexes of the lines that look like headings and stand apart, or continue one that does."""
    # The paper's title may be repeated above a supplement.
    first = (one.line.style.size for one in placed if one.where[0] == 1)
    largest = max([body.size + 4 * _LARGER, *first])
    found: list[int] = []
    for at, one in enumerate(placed):
        title = one.line.style.size >= largest and not _NUMBERED.match(one.line.text)
        if one.note or title or not _is_like_one(one.line, body):
            continue
        before = placed[at - 1] if at else None
        if before is None or before.where != one.where or before.note:
            found.append(at)
        elif before.line.style == one.line.style:
            if found and found[-1] == at - 1:
                found.append(at)
        elif _is_apart(before.line, one.line, body):
            found.append(at)
    return found


def _is_like_one(line: Line, body: Style) -> bool:
    """Tell whether a line is short, and in letters other than the text's."""
    words = line.text.split()
    if len(line.text) > _LONGEST or len(words) > _MOST_WORDS or line.text.endswith((",", ";")):
        return False
    if line.style.font == body.font and line.style.size <= body.size + _LARGER:
        return False
    if line.style.size < body.size - 2 * _LARGER and not line.text.isupper():
        return False
    letters = Counter[str]()
    for span in line.spans:
        letters[span.style.font] += len(span.text.replace(" ", ""))
    mostly = letters[line.style.font] >= _MOSTLY * sum(letters.values())
    return mostly and any(map(str.isalpha, line.text))


def _is_apart(before: Line, line: Line, body: Style) -> bool:
    gap = before.box.bottom - line.box.top
    larger = line.style.size > body.size + _LARGER
    return gap > _GAP * line.style.size or (gap < 0 and larger) or _NUMBERED.match(line.text) is not None


def _styles(alone: Sequence[Line], body: Style) -> frozenset[Style]:
    """Return the styles of headings."""
    sure = {line.style for line in alone if _NUMBERED.fullmatch(line.text) and _titled(line.text)}
    sure |= {line.style for line in alone if _KNOWN.fullmatch(_plain(line.text))}
    times = Counter(line.style for line in alone)
    large = {
        style for style, count in times.items() if style.size > body.size + 2 * _LARGER and count >= _TIMES
    }
    return frozenset(sure | large)


def _titled(text: str) -> bool:
    """Tell the title of a section from a row of a list that begins with a number."""
    found = _NUMBERED.fullmatch(text)
    return found is not None and not text.endswith(".") and found["title"][0].isupper()


def _top(placed: Sequence[Placed], alone: Sequence[int], styles: frozenset[Style]) -> Line | None:
    """Return a line that is a heading of the first level for certain."""
    lines = [placed[at].line for at in alone if placed[at].line.style in styles]
    for pattern in (_ALWAYS_TOP, _KNOWN):
        known = [line for line in lines if pattern.fullmatch(_untitled(line.text))]
        known = [line for line in known if not line.text.lower().startswith("abstract")] or known
        if known:
            return max(known, key=lambda line: line.style.size)
    return lines[0] if lines else None


def _untitled(text: str) -> str:
    found = _NUMBERED.fullmatch(text)
    return _plain(found["title"] if found else text)


def _plain(text: str) -> str:
    """Return the words of a heading whose letters are spaced out or end in a mark."""
    return " ".join(text.split()).strip(" :■●")


def _end(placed: Sequence[Placed], at: int) -> int:
    """Return the index after the last line of the heading that begins at an index."""
    first = placed[at]
    end = at + 1
    while end < len(placed) and end - at < 3:  # noqa: PLR2004 - lines of the longest heading
        one = placed[end]
        gap = placed[end - 1].line.box.bottom - one.line.box.top
        if (
            one.where != first.where
            or one.line.style != first.line.style
            or gap > _GAP * one.line.style.size
            or _NUMBERED.match(one.line.text)
            or _KNOWN.fullmatch(_plain(placed[end - 1].line.text))
        ):
            break
        end += 1
    return end


def _heading(text: str, line: Line, top: Line | None, lines: int) -> Found | None:
    numbered = _NUMBERED.fullmatch(text)
    if numbered is not None and (numbered["title"][0].isupper() or not numbered["number"][0].isdigit()):
        number = numbered["number"]
        return Found(number, _plain(numbered["title"]), _depth(number, top), lines)
    title = _plain(text)
    if not title or (title[0].islower() and not _KNOWN.fullmatch(title)):
        return None
    return Found("", title, _level(title, line, top), lines)


def _depth(number: str, top: Line | None) -> int:
    if number[0].isdigit() or number.startswith("Appendix"):
        return number.count(".") + 1
    roman = top is not None and re.match(r"[IVX]+\.", top.text) is not None
    if roman and not re.fullmatch(r"[IVX]+", number):
        return number.count(".") + 2
    return number.count(".") + 1


def _level(title: str, line: Line, top: Line | None) -> int:
    if top is None or _ALWAYS_TOP.fullmatch(title):
        return 1
    if line.style.size < top.style.size - _LARGER and not (title.isupper() and top.text.isupper()):
        return 2
    return 2 if top.text.isupper() and not title.isupper() else 1


def _running_in(line: Line, body: Style) -> Found | None:
    """Return the heading with which a paragraph begins, such as “4.1.1 Representations. The …”."""
    first = line.spans[0]
    if first.style.font == body.font:
        return None
    start = ""
    for span in line.spans:
        if span.style.font != first.style.font and span.text.strip():
            break
        start += span.text
    for pattern in (_RUN_IN, _RUN_IN_NAME):
        if (found := pattern.match(line.text)) and abs(found.end() - len(start)) <= 3:  # noqa: PLR2004
            number = found.groupdict().get("number") or ""
            level = number.count(".") + 1 if number else 1
            return Found(number, found["title"].strip(), level, 1, line.text[found.end() :].strip())
    return None
