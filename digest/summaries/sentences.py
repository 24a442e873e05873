"""Where the sentences of a scientific abstract end; knows nothing of what they say."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_ASIDE = (
    400  # characters; a parenthesis that closes later than this was never meant to hold its sentences
)

# Words whose point doesn't end a sentence, in lower case without their last point.
_ABBREVIATIONS = frozenset(
    "e.g i.e eg ie cf vs viz resp ca w.r.t s.t a.k.a aka i.i.d et.al et fig figs eq eqs eqn eqns sec "
    "sect secs tab thm thms lem prop def defs cor ref refs app appx ch chap vol no nos nr pp ed eds dr "
    "prof mr mrs ms st jr sr ph.d phd m.sc b.sc dept univ inc ltd co corp dist incl excl est max min "
    "avg std dev temp freq conf proc trans intl natl jan feb mar apr jun jul aug sep sept oct nov dec "
    "approx misc".split()
)
# Of these, the ones that end a sentence too, when a new one clearly starts behind them.
_ALSO_LAST = frozenset("al etc inc ltd co corp ph.d phd jr sr i.i.d no min max app u.s u.k a.k.a".split())
_STARTERS = frozenset(
    "next we the this these those in our to it its however moreover furthermore finally here a an as for "
    "while when with by on from results experiments code there such specifically additionally "
    "extensive both thus therefore hence unlike at if no most existing given since based through "
    "although despite i they first second third using recent".split()
)
_BEFORE_VARIABLES = frozenset(
    "in for on over to from than is are most least size length order dimension class set graph string level "
    "degree".split()
)
_BULLETS = "•‣▪●◦"
_END = re.compile(
    r"(?<![.!?…])[.!?…]++[”’\"')\]}]*(?=\s)|[.!?](?=[A-Z][a-z]+\b)|[。！？]+[”’」』）]*|\s[•‣▪●◦](?=\s)"
)
_LONGEST_WORD = 24  # characters; longer ones are no abbreviations
_WORD = re.compile(r"[^\s(\[{“‘\"']*$")
_NEXT = re.compile(r"\s*[“‘\"'(\[{]*(\S+)")
_PROTECTED = re.compile(r"(?:https?://|www\.)\S+|\b[\w.+-]{1,64}@[\w.-]+")
_BULLET = re.compile(r"^[•‣▪●◦]\s*")


def split_sentences(text: str) -> tuple[str, ...]:
    """Split readable text into its sentences, in order, blanks around them removed.

    Joined by blanks, the sentences give the text again, but for whitespace and bullets: nothing is lost.

    Args:
        text: plain text, as `digest.latex.readable` gives it; whitespace folded.
    """
    sentences = []
    start = 0
    for end in _ends(text):
        sentences.append(text[start:end])
        start = end
    sentences.append(text[start:])
    cleaned = (_BULLET.sub("", sentence.strip()) for sentence in sentences)
    return tuple(sentence for sentence in cleaned if sentence)


def _ends(text: str) -> Iterator[int]:
    closed = _asides(text)
    addresses = [match.span() for match in _PROTECTED.finditer(text)]
    for found in _END.finditer(text):
        at = found.end()
        mark = found[0]
        if mark[-1] in _BULLETS:
            yield found.start()
        elif mark[0] in "。！？":
            if not _is_within(found.start(), closed):
                yield at
        elif not _is_within(found.start(), closed) and _is_end(text, found, addresses):
            yield at


def _asides(text: str) -> list[tuple[int, int]]:
    """Return the outermost balanced parentheses, as spans; unbalanced and overlong ones hide nothing."""
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in re.finditer(r"[()\[\]（）]", text):
        if match[0] in "([（":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if match.start() - start <= _LONGEST_ASIDE:
                while spans and spans[-1][0] > start:
                    spans.pop()
                spans.append((start, match.start()))
    return spans


def _is_within(at: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a place lies in one of the spans, which are in order and don't overlap."""
    before = bisect_left(spans, (at, 0)) - 1
    return before >= 0 and at < spans[before][1]


def _is_end(text: str, found: re.Match[str], addresses: list[tuple[int, int]]) -> bool:
    """Decide whether the mark found ends a sentence, by the words before and after it."""
    following = _NEXT.match(text, found.end())
    if following is None:
        return False
    glued = not text[found.end()].isspace()
    after = following[1]
    starter = after.rstrip(",:;").lower() in _STARTERS
    if glued and (not starter or any(start <= found.start() < end for start, end in addresses)):
        return False  # “ASP.NET”, “github.io/This”; but “performance.We” lost its blank
    if not _can_start(after):
        return False
    if found[0][0] in "!?" or found[0].startswith(("...", "…")):
        return found[0][0] in "!?" or starter
    before = text[max(0, found.start() - _LONGEST_WORD) : found.start()]
    word = _WORD.search(before)
    starter = starter and after[:1].isupper()
    if word and len(word[0]) == 1 and word[0].isalpha():
        return starter or (after[:1].isupper() and _is_variable(word[0], before[:-1].split()[-1:]))
    return _word_ends(word[0].lower() if word else "", starter=starter)


def _can_start(word: str) -> bool:
    """Whether a sentence may start with this word: not in lower case, but for names such as “mBERT”."""
    first = word[0]
    return not first.islower() or (not first.isascii()) or any(c.isupper() for c in word[1:])


def _is_variable(letter: str, before: list[str]) -> bool:
    """Tell a variable (“a string in T.”) from an initial (“J. Smith”) by the word before it."""
    word = before[0].lower() if before else ""
    return word in _BEFORE_VARIABLES or (letter.islower() and not word.endswith("."))


def _word_ends(word: str, *, starter: bool) -> bool:
    """Whether a point behind this word can end a sentence; `starter`: the next word usually starts one."""
    if word in _ALSO_LAST:
        return starter
    if word in _ABBREVIATIONS:
        return False
    return (
        not (word.count(".") and all(len(part) == 1 and part.isalpha() for part in word.split(".")))
        or starter
    )
