"""Tells whether a text is in the language asked for, by its script and its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.summaries.checks.source import Source

LATIN, GREEK = "Latn", "Grek"

# Ranges of letters by their ISO 15924 code; Greek ones stand in formulas of any language.
_SCRIPTS = {
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
_RUNS = {script: re.compile(f"[{ranges}]+") for script, ranges in _SCRIPTS.items()}
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
} | {script.lower(): (script,) for script in _SCRIPTS}
_TRADITIONAL = frozenset({"tw", "hk", "mo", "hant"})

# Characters that only one of the two Chinese scripts writes, from the commonest words of abstracts.
_SIMPLIFIED_ONLY = frozenset(
    "们个这来时说国对会过发经现应该学习实验结构设计网络数据图频语义训练测试评估检测预测优质单独显著进步计算资源处领域问题传统误差"
)
_TRADITIONAL_ONLY = frozenset(
    "們個這來時說國對會過發經現應該學習實驗結構設計網絡數據圖頻語義訓練測試評估檢預優質單獨顯進計資處領問題傳統誤體"
)

_COMMON = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to is that for with are on this by as from which be it we can an in a at their our these using than not has "
        "have its but or through while between into both when where how such without across more",
        "de": "der die das und den von zu ist mit für eine ein auf wir nicht dem des werden sich einen einer bei aus als durch wird "
        "auch es im zur zum ohne sowie nach oder über dass kann sind einem eines ihre wie in an",
        "fr": "le la les des et une est que dans pour nous du sur par au aux ces cette qui sont avec un de en plus ce ses sans entre "
        "leur ou comme peut d l",
        "es": "el la los las y una que para con por se del es este esta como son un de en su al más sin sus entre sobre mediante "
        "también o cada lo desde",
        "pt": "os as e uma que para com por se do da dos das no na este esta como são não um de em ao mais sem entre o a seu sua pelo "
        "pela também",
        "it": "il lo gli le di e una che per con si del della dei delle è questo questa come sono un in la i nel nella al da più su "
        "senza tra anche",
        "nl": "de het een en van is dat met voor op wij niet door zijn worden deze aan bij die uit als om naar wordt ook in te of",
        "sv": "och att det som en är av för på med den till har inte ett vi om från kan eller vid i de genom",
        "da": "og at det som en er af for på med den til har ikke et vi om fra kan eller ved i de der",
        "pl": "i w na z do się jest że nie dla to przez oraz od są o który która które jako po tym za",
        "cs": "a v na se je že pro s z do které který jako od pomocí jsou i o po nebo při ze",
        "tr": "ve bir bu için ile olarak daha de da olan üzerinde gibi çok kadar en ya",
        "id": "yang dan di dengan untuk dari pada ini dalam adalah tidak secara oleh kami sebagai ke lebih",
        "vi": "và của các là cho một trong được với những này trên có không để chúng từ bằng",
        "ro": "și de la în cu pe un o că pentru din este sunt care prin mai nu sau la",
        "fi": "ja on että se ei ovat joka tai kuin myös sekä jotka",
        "hu": "a az és hogy egy nem is van mint vagy meg ez amely",
        "ru": "и в на с что для по не из как от к это мы к его их при или которые который а также более без",
        "uk": "і в на з що для та не із як від до це ми його їх при або які який а також більш без",
        "bg": "и в на с че за не от как се е са до това ние или който които при по без",
    }.items()
}
_LANGUAGES_OF = {
    word: tuple(language for language, common in _COMMON.items() if word in common)
    for word in frozenset().union(*_COMMON.values())
}
_EXPECTED_TWICE = (
    2  # of another language's words, beyond twice those of the one asked for, there have to be as many
)
_FEWEST_COMMON = 3
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile(r"(?<![\w-])[a-z]{2,}(?![\w-]*[A-Z0-9])")
_ASIDES = re.compile(r"[(（【\[“\"「『《][^()（）“”\"「」『』《》]{0,120}[)）】\]”\"」』》]")
_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z'-]*(?:[ ,]+[A-Za-z][A-Za-z'-]*){3,}")
_FOREIGN_LETTERS = 0.25  # share of words with accents from which a short text isn't English
_COPIED, _FEWEST_COPIED = 0.8, 5
_COPIED_LENGTH = 4
_FEWEST_HANI = 8


def language_and_scripts(tag: str) -> tuple[str, tuple[str, ...]]:
    """Return a BCP 47 tag's primary language and the scripts that it's written in; Latin where nothing is known."""
    subtags = tag.lower().replace("_", "-").split("-")
    named = next((_SUBTAGS[subtag] for subtag in subtags[1:] if subtag in _SUBTAGS), None)
    return subtags[0], named or _WRITTEN_IN.get(subtags[0], (LATIN,))


def wrong_language(text: str, source: Source, tag: str, *, is_term: bool = False) -> Iterator[str]:
    """Yield the words that show that a text isn't in the language asked for.

    Args:
        text: one field.
        source: names that it has are as they should be in any language.
        tag: the BCP 47 tag asked for.
        is_term: the text is a keyword, which may stay as the paper has it.
    """
    language, scripts = language_and_scripts(tag)
    if foreign := _foreign_run(text, source, scripts):
        yield foreign
    elif LATIN not in scripts:
        yield from _untranslated(text, scripts, is_term=is_term)
    else:
        yield from _other_words(text, source, language, is_term=is_term)
    if language == "zh" and not text.isascii():
        yield from _other_chinese(text, tag)
    if (
        language == "ja"
        and not is_term
        and len("".join(_RUNS["Hani"].findall(text))) >= _FEWEST_HANI
        and not _RUNS["Kana"].search(text)
    ):
        yield text


def _foreign_run(text: str, source: Source, scripts: tuple[str, ...]) -> str:
    """Return letters of a script that neither the language nor the source has."""
    if text.isascii():
        return ""
    letters = _foreign(scripts).findall(text)
    if unknown := next(
        (run for run in letters if run not in source.text and len(run) > _stray(text, scripts)), None
    ):
        return unknown
    ours = sum(len(run) for script in scripts for run in _RUNS[script].findall(text))
    return letters[0] if sum(map(len, letters)) > ours else ""


@lru_cache(maxsize=32)
def _foreign(scripts: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of letters of all scripts but these, Latin and Greek."""
    return re.compile(
        f"[{''.join(ranges for script, ranges in _SCRIPTS.items() if script not in {LATIN, GREEK, *scripts})}]+"
    )


def _stray(text: str, scripts: tuple[str, ...]) -> int:
    """Return how many foreign letters in a row mean nothing: Chinese writes a の now and then."""
    return 1 if "Hani" in scripts and len(_RUNS["Kana"].findall(text)) == 1 else 0


def _untranslated(text: str, scripts: tuple[str, ...], *, is_term: bool) -> Iterator[str]:
    """Yield Latin words that are no names, where the script asked for hardly occurs or a whole clause is Latin."""
    ours = sum(len(run) for script in scripts for run in _RUNS[script].findall(text))
    bare = _ASIDES.sub(" ", text)
    plain = _PLAIN.findall(bare)
    if not ours:
        if (len(plain) > 1 and not any(map(str.isupper, text))) if is_term else _RUNS[LATIN].search(text):
            yield text
        return
    if len(plain) > ours:
        yield " ".join(plain)
    for run in _LATIN_RUN.findall(bare):
        words = run.lower().replace(",", " ").split()
        if sum(word in _COMMON["en"] for word in words) > 1 and len(_PLAIN.findall(run)) > len(words) / 2:
            yield run


def _other_words(text: str, source: Source, language: str, *, is_term: bool) -> Iterator[str]:
    """Yield the commonest words of another language where they outnumber those of the one asked for."""
    words = _WORD.findall(text.lower())
    own = _COMMON.get(language)
    if own is None:
        return
    counts = Counter(chain.from_iterable(_LANGUAGES_OF[word] for word in words if word in _LANGUAGES_OF))
    if not counts:
        counts[language] = 0
    other = max(counts, key=lambda each: counts[each])
    if counts[other] >= max(_FEWEST_COMMON, _EXPECTED_TWICE * counts[language] + 1):
        yield " ".join(word for word in words if word in _COMMON[other])
    elif not counts[language] and not is_term:
        if language == "en":
            accented = [word for word in words if not word.isascii() and word not in source.words]
            if len(accented) > 1 and len(accented) >= _FOREIGN_LETTERS * len(words):
                yield " ".join(accented)
        elif source.language != language:
            long = [word for word in re.findall(r"\b[a-z]+\b", text) if len(word) >= _COPIED_LENGTH]
            copied = [word for word in long if word in source.words]
            if len(long) >= _FEWEST_COPIED and len(copied) >= _COPIED * len(long):
                yield " ".join(copied)


def _other_chinese(text: str, tag: str) -> Iterator[str]:
    subtags = set(tag.lower().split("-"))
    if not subtags & (_TRADITIONAL | {"hans", "cn", "sg"}):
        return
    simplified = [sign for sign in text if sign in _SIMPLIFIED_ONLY and sign not in _TRADITIONAL_ONLY]
    traditional = [sign for sign in text if sign in _TRADITIONAL_ONLY and sign not in _SIMPLIFIED_ONLY]
    wrong, right = (simplified, traditional) if subtags & _TRADITIONAL else (traditional, simplified)
    if len(wrong) > 1 + len(right):
        yield "".join(wrong)


def commonest_language(words: frozenset[str]) -> str:
    """Return the language whose commonest words a vocabulary holds most of; English where none stands out."""
    counts = {language: len(words & common) for language, common in _COMMON.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > counts["en"] else "en"
