"""What a paper's first page says by rule: where the first author works, where its own code is. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from digest.code_links import own_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.fulltext import FullPaper

_INSTITUTE = re.compile(
    r"\b(?:universit\w*|univ\b|institut\w*|colleges?|schools?|facult\w*|departments?|dept|laborator\w*|labs?|academy|"
    r"academ\w+|research|hospital|clinic|cent(?:er|re)s?|inc|ltd|llc|gmbh|corp\w*|company|technolog\w*|polytechni\w*|"
    r"eth|epfl|mit|inria|cnrs|csiro|kaist|google|deepmind|microsoft|meta|nvidia|ibm|amazon|apple|openai|adobe|"
    r"hochschule|école|ecole|politecnico|fraunhofer|max[- ]planck)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+")
_NO_PLACE = re.compile(r"^\W*(?:corresponding|equal|these authors|work done|e-?mail|contact)", re.IGNORECASE)
_MARKS = "*∗†‡§¶‖♠♣♦♡"
_MARK_AFTER = re.compile(rf"\s*,?\s*(\d{{1,2}}|[a-z](?![\w])|[{re.escape(_MARKS)}])")
_MARK_BEFORE = re.compile(rf"\s*(\d{{1,2}}|[a-z](?=\s|[A-Z])|[{re.escape(_MARKS)}])\s*(?=\S)")
_LONGEST = 240  # characters of a place of work
_CODE_SECTIONS = 2  # passages in which a paper tells where its own code is: abstract, introduction


def affiliation(front: Sequence[str], first_author: str) -> str:
    """Return where the first author works, from the lines above the abstract; empty if it isn't clear.

    A mark behind the name counts, then the first line after it that names an institute.

    Args:
        front: the lines in order.
        first_author: as the metadata writes the name.
    """
    surname = _bare(first_author).rsplit(" ", maxsplit=1)[-1]
    start, mark = _find(front, surname)
    if mark:
        for at in range(start + 1, len(front)):
            found = _MARK_BEFORE.match(front[at])
            if found and found[1] == mark and _INSTITUTE.search(front[at]):
                return _tidy(front[at][found.end() :], front[at + 1 :])
    for at in range(max(start, 0), len(front)):
        line = front[at]
        if _INSTITUTE.search(line) and not _NO_PLACE.match(line):
            lead = _MARK_BEFORE.match(line)
            return _tidy(line[lead.end() :] if lead and not line[:1].isalpha() else line, ())
    return ""


def first_page_code(paper: FullPaper) -> tuple[str, ...]:
    """Return the addresses of the paper's own code that its first passages name."""
    passages = paper.passages[: _CODE_SECTIONS + 1]
    texts = [*paper.front, *(line for passage in passages for line in passage.paragraphs)]
    return own_code("\n\n".join(texts))


def _find(front: Sequence[str], surname: str) -> tuple[int, str]:
    """Return the line that names the author, and the first mark behind the name."""
    for at, line in enumerate(front):
        bare = _bare(line)
        place = bare.find(surname) if surname else -1
        if place >= 0 and len(bare) == len(line):
            found = _MARK_AFTER.match(line, place + len(surname))
            return at, found[1] if found else ""
        if place >= 0:
            return at, ""
    return -1, ""


def _tidy(line: str, following: Sequence[str]) -> str:
    """Return a place of work in one line, with the next line where it goes on."""
    text = _ADDRESS.sub("", line).strip(" ,;")
    if line.rstrip().endswith(","):
        for more in following[:1]:
            if not _MARK_BEFORE.match(more) and not _ADDRESS.search(more):
                text = f"{text}, {more.strip(' ,;')}"
    return text if len(text) <= _LONGEST else ""


def _bare(text: str) -> str:
    """Return a text in lower-case letters without accents, letter for letter where that is possible."""
    plain = []
    for letter in text:
        base = unicodedata.normalize("NFKD", letter)[0]
        plain.append(base.lower() if len(base.lower()) == 1 else letter)
    return "".join(plain)
