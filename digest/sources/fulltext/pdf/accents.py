"""Puts accents that a file draws by themselves on the letters under them. Pure; knows where words are."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.sources.fulltext.pdf.lines import Word

_COMBINING = {
    "\u00a8": "\u0308",
    "\u00af": "\u0304",
    "\u00b4": "\u0301",
    "\u00b8": "\u0327",
    "\u02c6": "\u0302",
    "\u02c7": "\u030c",
    "\u02d8": "\u0306",
    "\u02d9": "\u0307",
    "\u02da": "\u030a",
    "\u02db": "\u0328",
    "\u02dc": "\u0303",
    "\u02dd": "\u030b",
}
_REACH = 1.5  # letters from where an accent is drawn to its own, as letters differ in width


def accented(words: Iterable[Word]) -> list[Word]:
    """Return a page's words with its lone accents on letters that take them; others stay by themselves."""
    found = list(words)
    alone = [at for at, word in enumerate(found) if word.text in _COMBINING]
    gone = set()
    for at in alone:
        accent = found[at]
        for place, word in enumerate(found):
            if _is_under(word, accent) and (text := _composed(word, accent)):
                found[place] = word._replace(text=text)
                gone.add(at)
                break
    return [word for at, word in enumerate(found) if at not in gone]


def _is_under(word: Word, accent: Word) -> bool:
    middle = (accent.left + accent.right) / 2
    return word.left <= middle <= word.right and word.bottom < accent.top and accent.bottom < word.top


def _composed(word: Word, accent: Word) -> str:
    """Return a word with an accent on the nearest letter that is written so; empty where no letter is."""
    middle = (accent.left + accent.right) / 2
    width = max(0.1, word.right - word.left) / len(word.text)
    place = (middle - word.left) / width - 0.5
    for at in _nearest(word.text, place):
        letter = unicodedata.normalize("NFC", word.text[at] + _COMBINING[accent.text])
        if len(letter) == 1:
            return word.text[:at] + letter + word.text[at + 1 :]
    at = min(len(word.text) - 1, max(0, round(place)))  # of a formula, in which any letter may have one
    return (
        word.text[: at + 1] + _COMBINING[accent.text] + word.text[at + 1 :] if word.text[at].isalpha() else ""
    )


def _nearest(text: str, place: float) -> Sequence[int]:
    near = [at for at in range(len(text)) if abs(at - place) <= _REACH]
    return sorted(near, key=lambda at: abs(at - place))
