"""Tells whether a text is in the language asked for, by its script and its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from digest.summaries.checks.common_words import COMMON, LANGUAGES_OF
from digest.summaries.checks.scripts import GREEK, LATIN, RUNS, SCRIPTS, language_and_scripts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.summaries.checks.source import Source

_TRADITIONAL = frozenset({"tw", "hk", "mo", "hant"})
# Characters that only one of the two Chinese scripts writes, from the commonest words of abstracts.
_SIMPLIFIED_ONLY = frozenset(
    ""
    ""
    "们个这来时说国对会过发经现应该学习实验结构设计网络数据图频语义训练测试评估检测预测优质单独显著进步计算资源处领域问题传统误差"
)
_TRADITIONAL_ONLY = frozenset(
    ""
    ""
    "們個這來時說國對會過發經現應該學習實驗結構設計網絡數據圖頻語義訓練測試評估檢預優質單獨顯進計資處領問題傳統誤體"
)

_TIMES = 2  # as many words of another language as of the one asked for say that it's the other
_FEWEST_COMMON = 3
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile(r"(?<![\w-])[a-z]{2,}(?![\w-]*[A-Z0-9])")
_ASIDES = re.compile(r"[(（【\[“\"「『《][^()（）“”\"「」『』《》]{0,120}[)）】\]”\"」』》]")
_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z'-]*(?:[ ,]+[A-Za-z][A-Za-z'-]*){3,}")
_FOREIGN_LETTERS = 0.25  # share of words with accents from which a short text isn't English
_COPIED, _FEWEST_COPIED = 0.8, 5
_COPIED_LENGTH = 4
_FEWEST_HANI = 8


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
        and len("".join(RUNS["Hani"].findall(text))) >= _FEWEST_HANI
        and not RUNS["Kana"].search(text)
    ):
        yield text


def _foreign_run(text: str, source: Source, scripts: tuple[str, ...]) -> str:
    """Return letters of a script that neither the language nor the source has."""
    if text.isascii():
        return ""
    letters: list[str] = _foreign(scripts).findall(text)
    if unknown := next(
        (run for run in letters if run not in source.text and len(run) > _stray(text, scripts)), None
    ):
        return unknown
    ours = sum(len(run) for script in scripts for run in RUNS[script].findall(text))
    return letters[0] if sum(map(len, letters)) > ours else ""


@lru_cache(maxsize=32)
def _foreign(scripts: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of letters of all scripts but these, Latin and Greek."""
    ours = {LATIN, GREEK, *scripts}
    return re.compile(f"[{''.join(ranges for script, ranges in SCRIPTS.items() if script not in ours)}]+")


def _stray(text: str, scripts: tuple[str, ...]) -> int:
    """Return how many foreign letters in a row mean nothing: Chinese writes a の now and then."""
    return 1 if "Hani" in scripts and len(RUNS["Kana"].findall(text)) == 1 else 0


def _untranslated(text: str, scripts: tuple[str, ...], *, is_term: bool) -> Iterator[str]:
    """Yield Latin words that are no names, where the script asked for is rare or a whole clause is Latin."""
    ours = sum(len(run) for script in scripts for run in RUNS[script].findall(text))
    bare = _ASIDES.sub(" ", text)
    plain = _PLAIN.findall(bare)
    if not ours:
        if (len(plain) > 1 and not any(map(str.isupper, text))) if is_term else RUNS[LATIN].search(text):
            yield text
        return
    if len(plain) > ours:
        yield " ".join(plain)
    for run in _LATIN_RUN.findall(bare):
        words = run.lower().replace(",", " ").split()
        if sum(word in COMMON["en"] for word in words) > 1 and len(_PLAIN.findall(run)) > len(words) / 2:
            yield run


def _other_words(text: str, source: Source, language: str, *, is_term: bool) -> Iterator[str]:
    """Yield the commonest words of another language where they outnumber those of the one asked for."""
    words = _WORD.findall(text.lower())
    own = COMMON.get(language)
    if own is None:
        return
    if sum(word in own for word in words) * (_TIMES + 1) >= len(words):
        return  # a third of the words is the language's own
    counts = Counter(chain.from_iterable(LANGUAGES_OF[word] for word in words if word in LANGUAGES_OF))
    if not counts:
        counts[language] = 0
    other = max(counts, key=lambda each: counts[each])
    if counts[other] >= max(_FEWEST_COMMON, _TIMES * counts[language] + 1):
        yield " ".join(word for word in words if word in COMMON[other])
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
