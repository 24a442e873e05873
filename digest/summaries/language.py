"""Which language a text is in, by its script and its commonest words; knows the few that arXiv's authors use."""

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
    "fa": re.compile("[\u067e\u0686\u0698\u06af]"),
}
_COMMON = {
    "en": "the of and in to a is that for we with are on this by as",
    "fr": "le la les des et en un une est que dans pour nous du sur par au ces cette qui sont",
    "de": "der die das und in den von zu ist mit für eine ein auf wir nicht dem des werden sich",
    "es": "el la los las de y en un una que para con por se del es este esta como son",
    "pt": "o os as de e em um uma que para com por se do da no na este esta como são não",
    "it": "il lo gli le di e in un una che per con si del della è questo questa come sono",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}


def language_of(text: str) -> str:
    """Return the BCP 47 tag of the language that most of the text is in; English where nothing says otherwise."""
    letters = sum(character.isalpha() for character in text)
    for language, script in _SCRIPTS.items():
        if language != "fa" and len(script.findall(text)) > _ENOUGH * letters:
            return "fa" if language == "ar" and _SCRIPTS["fa"].search(text) else language
    found: Counter[str] = Counter()
    for word in re.findall(r"[^\W\d_]+", text.lower()):
        found.update(language for language, words in _WORDS.items() if word in words)
    best, count = max(found.items(), key=lambda item: item[1], default=("en", 0))
    return best if count > found["en"] else "en"
