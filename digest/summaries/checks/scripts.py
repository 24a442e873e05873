"""Which letters belong to which script, and which script a language is written in; reads no text."""

from __future__ import annotations

import re
from functools import lru_cache

LATIN, GREEK = "Latn", "Grek"

SCRIPTS = {
    LATIN: "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ",
    GREEK: "Ͱ-Ͽἀ-῿",
    "Cyrl": "Ѐ-ԯ",
    "Hani": "㐀-䶿一-鿿豈-﫿\U00020000-\U0003134f",
    "Kana": "぀-ヺー-ヿㇰ-ㇿｦ-ﾟ",
    "Hang": "ᄀ-ᇿ㄰-㆏가-힣",
    "Arab": "؀-ۿݐ-ݿﭐ-﷿ﹰ-ﻼ",
    "Hebr": "\u0590-\u05ff",
    "Deva": "\u0900-\u097f",
    "Beng": "\u0980-\u09ff",
    "Taml": "\u0b80-\u0bff",
    "Telu": "\u0c00-\u0c7f",
    "Thai": "\u0e00-\u0e7f",
    "Geor": "\u10a0-\u10ff",
    "Armn": "\u0530-\u058f",
    "Ethi": "\u1200-\u137f",
    "Khmr": "\u1780-\u17ff",
}
"""Ranges of letters by ISO 15924 code, for character classes."""

RUNS = {script: re.compile(f"[{ranges}]+") for script, ranges in SCRIPTS.items()}
"""What finds the letters of each script in a row."""

_WRITTEN_IN = {
    language: scripts
    for scripts, languages in (
        (("Hani",), "zh yue wuu lzh nan"),
        (("Kana", "Hani"), "ja"),
        (("Hang", "Hani"), "ko"),
        (("Cyrl",), "ru uk be bg mk sr kk ky tg mn"),
        (("Arab",), "ar fa ur ps ckb ug sd"),
        (("Hebr",), "he yi"),
        (("Deva",), "hi mr ne sa"),
        (("Beng",), "bn as"),
        (("Taml",), "ta"),
        (("Telu",), "te"),
        (("Thai",), "th"),
        (("Grek",), "el"),
        (("Geor",), "ka"),
        (("Armn",), "hy"),
        (("Ethi",), "am ti"),
        (("Khmr",), "km"),
    )
    for language in languages.split()
}
_SUBTAGS = {
    "hans": ("Hani",),
    "hant": ("Hani",),
    "hani": ("Hani",),
    "jpan": ("Kana", "Hani"),
    "kore": ("Hang", "Hani"),
} | {script.lower(): (script,) for script in SCRIPTS}


@lru_cache(maxsize=32)
def language_and_scripts(tag: str) -> tuple[str, tuple[str, ...]]:
    """Return a BCP 47 tag's primary language and its scripts; Latin where nothing is known."""
    subtags = tag.lower().replace("_", "-").split("-")
    named = next((_SUBTAGS[subtag] for subtag in subtags[1:] if subtag in _SUBTAGS), None)
    return subtags[0], named or _WRITTEN_IN.get(subtags[0], (LATIN,))
