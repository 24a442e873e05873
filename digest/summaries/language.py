"""Which language a text is in, by its script and commonest words; knows the few that authors at arXiv use."""

from __future__ import annotations

import re
from collections import Counter

_ENOUGH = 0.3  # share of a text's letters in a script other than Latin; formulas bring in Greek ones
_SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
}
_COMMON = {
    "en": "the of and in to a is that for we with are on this by as",
    "fr": "le la les des et en un une est que dans pour nous du sur par au ces cette qui sont",
    "de": "der die das und in den von zu ist mit für eine ein auf wir nicht dem des werden sich",
    "es": "el la los las de y en un una que para con por se del es este esta como son",
    "pt": "o os as de e em um uma que para com por se do da no na este esta como são não",
    "it": "il lo gli le di e in un una che per con si del della è questo questa come sono",
}
_ENGLISH = 0.1  # share of common words from which a text is English, whatever else it quotes
_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}


def language_of(text: str) -> str:
    """Return the BCP 47 tag of the language of a text; English where nothing says otherwise."""
    words = Counter(_LETTERS.findall(text.lower()))
    counts = {language: sum(words[word] for word in common) for language, common in _WORDS.items()}
    if not text.isascii() and counts["en"] < _ENGLISH * words.total():
        letters = sum(map(str.isalpha, text))
        for language, script in _SCRIPTS.items():
            if len(script.findall(text)) > _ENOUGH * letters:
                return language
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > counts["en"] else "en"
