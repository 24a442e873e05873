"""Recognises what plain text can't carry: markup, links, mentions, characters that aren't to be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.safety import printable
from digest.summaries.checks.quantities import normalised
from digest.summaries.checks.violation import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKUP = re.compile(
    r"(?P<emphasis>\*\*|__(?=\S)|~~|(?<![\w*])\*(?=[^\s*])[^*\n]*(?<=\S)\*(?![\w*])"
    r"|(?<!\w)_(?=[^\s_])[^_\n]*(?<=\S)_(?!\w))"
    r"|(?P<code>`[^`]+`|```)"
    r"|(?P<line>^\s*(?:#{1,6}\s|>\s?|[-*+•‣▪●◦·–—▶►→✓✔☑✅]\s|\(?[0-9]{1,2}[.)、）]\s?(?=\D)|"
    r"[①-⑳⓪㈠-㈩・•●◆■◇□★☆※▪▶►]))"
    r"|(?P<link>!?\[[^\]\n]*\]\([^)\n]*\)|\]\[)"
    r"|(?P<tag></?[A-Za-z][^<>]{0,200}>|<!--|&(?:[a-z]{2,8}|\#x?[0-9a-fA-F]{1,6});)"
    r"|(?P<latex>\\[A-Za-z]{2,}|\\[()\[\]{}%$&_#]|\$[^$\s][^$\n]{0,200}\$|\$\$|[_^]\{)"
    r"|(?P<data>[{\[]\s*[\"'][^\"']{1,40}[\"']\s*[:,\]]|\\[nrtu\"](?![A-Za-z])|[{}]\s*$|^\s*[{\[]\s*[{\"'])"
    r"|(?P<table>^\s*\|.*\||\|\s*:?-{3,})"
    r"|(?P<mention><[@#:][^>\s]+>|(?<![\w.+-])@[A-Za-z_]\w{2,}|"
    r"(?<![\w&])\#[A-Za-z_]\w+|(?<![\w/])/[a-z]{3,20}@\w+)"
)
# What one of these can't be in holds none of it; most texts don't.
_MARKS = frozenset("*_~`#[]<>&\\$^{}|@/")
_BULLETED = re.compile(r"\s*[^\w\s\"'“‘(]|\s*\(?[0-9]")
# Pictographs: none says anything that is worth reading aloud. Signs and letters of maths aren't among them.
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u26ff\u2705\u2728\u274c\u274e\u2753-\u2757\u2764\u2b50\u2b55\ufe0f\u20e3]"
)
_COLON_EMOJI = re.compile(r"(?<!\S):[a-z][a-z_]{2,30}:(?!\S)")
_ENDINGS = (
    "com|org|net|edu|gov|io|ai|dev|app|co|cn|jp|de|uk|fr|ru|eu|info|biz|xyz|top|site|online|shop|club|me|ly|gl|gg|tv|cc|"
    "to|link|live|page|tech|cloud|click|zip|mov|example|test|onion"
)
_URL = re.compile(
    r"(?P<scheme>\b(?:https?|hxxps?|ftps?|file|tg|ws|wss|ipfs|magnet|git|ssh)\s?:\s?/{1,2}|\w://|"
    r"\b(?:javascript|data|vbscript|mailto|tel):\S)"
    r"|(?<![A-Za-z0-9])www\s?\.\s?(?u:\w)|\b[\w.+-]+@[\w-]+\.\w{2,}"
    rf"|\b[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.(?:{_ENDINGS})(?=[/:?#]\S|[^\w.-]|\.?$|\.\s)"
    r"|\b[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/\S"
    r"|\b[0-9]{1,3}(?:\.[0-9]{1,3}){3}\b(?!\.[0-9])|\bdoi\s?:\s?10\.|\b10\.[0-9]{4,9}/\S"
    r"|\w\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?\w",
    re.ASCII,
)
_ADDRESSED = re.compile(r"\.[A-Za-z0-9]+[./]|\.[A-Za-z]|[:@/]\S|\bdot\b|www|[\[({]\s?\.")
_LONG = re.compile(r"[A-Za-z0-9+/=_-]{28,}")
_GARBLED = re.compile(r"(?=.*[0-9])(?=.*[A-Z])(?=.*[a-z])")


def markup_in(text: str) -> Iterator[tuple[Rule, str]]:
    """Yield what of a text isn't plain: each kind once."""
    if not text.isprintable() and text != printable(text):
        yield Rule.MARKUP, repr(next(sign for sign in text if sign != printable(sign)))
    plain = normalised(text)
    if _ADDRESSED.search(plain) and (found := _URL.search(plain)):
        yield Rule.URL, plain[found.start() : found.end() + 20].split()[0]
    if (_BULLETED.match(plain) or not _MARKS.isdisjoint(plain)) and (found := _MARKUP.search(plain)):
        yield Rule.MARKUP, found[0]
    for pattern in (_EMOJI, _COLON_EMOJI) if ":" in text or not text.isascii() else ():
        if found := pattern.search(text):
            yield Rule.MARKUP, found[0]
    if (found := _LONG.search(plain)) and _GARBLED.match(found[0]):
        yield Rule.MARKUP, found[0]
