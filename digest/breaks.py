"""Where running text may be broken: before sentences, words and graphemes. Pure; knows no document.

Offsets count characters from the start; an offset is where the second piece begins, so white space before it
belongs to the first. Chinese and Japanese may break between any two characters but not before a closing mark
or after an opening one (the idea of https://www.w3.org/TR/clreq/#line_breaking, kept to its prohibitions).
"""

from __future__ import annotations

import re
import unicodedata

_SPACE = r"[^\S\u00a0\u2007\u202f]"  # no-break spaces keep their neighbours together
_HAN = (
    r"\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
)
_CLOSING = r"、。，．：；！？）》」』】〕〉”’…—～％%,.;:!?)\]}·"
_OPENING = r"（《「『【〔〈“‘(\[{"

_WORD = re.compile(
    rf"(?<={_SPACE})(?!{_SPACE})"
    rf"|(?<=[{_HAN}])(?<![{_OPENING}])(?![{_CLOSING}]|\s)"
    rf"|(?<!\s)(?<![{_OPENING}])(?=[{_HAN}])(?![{_CLOSING}]|\s)"
)
_SENTENCE = re.compile(
    rf"(?<![Ee]\.g\.)(?<!i\.e\.)(?<!et al\.)(?<!vs\.)(?<!Fig\.)(?<=[.!?…])[\"”’)\]]*{_SPACE}+(?=[^\sa-z])"
    r"|(?<=[。！？])[”’」』）]*(?![”’」』）\s])"
)
_JOINERS = "\u200d\u2060"


def words(text: str) -> tuple[int, ...]:
    """Return the offsets before which a line or a message may break."""
    return tuple(
        at
        for found in _WORD.finditer(text)
        if 0 < (at := found.start()) < len(text) and not _joined(text, at)
    )


def sentences(text: str) -> tuple[int, ...]:
    """Return the offsets at which a sentence begins, but the first; a guess, never inside a word."""
    allowed = set(words(text))
    return tuple(at for found in _SENTENCE.finditer(text) if (at := found.end()) in allowed)


def graphemes(text: str) -> tuple[int, ...]:
    """Return the offsets between what a reader takes for characters.

    Stricter than Unicode's rule: never before a mark, a joiner, a format character or a skin tone, nor
    between regional indicators or conjoining jamo (https://www.unicode.org/reports/tr29/).
    """
    return tuple(at for at in range(1, len(text)) if not _joined(text, at))


def _joined(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after < "\u0300" and before < "\u0300":
        return (before, after) == ("\r", "\n")
    return (
        unicodedata.category(after) in {"Mn", "Me", "Mc", "Cf"}
        or before in _JOINERS
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or ("\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= after <= "\U0001f1ff")
        or ("\u1100" <= before <= "\u11ff" and "\u1100" <= after <= "\u11ff")
    )
