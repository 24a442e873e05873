"""Recognises what a model writes instead of a summary: placeholders, labels, chatter, refusals, error messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.summaries.checks import stock_phrases as stock
from digest.summaries.checks.phrasebook import Phrasebook
from digest.summaries.checks.violation import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.summaries.checks.source import Source

_QUOTES = str.maketrans({"’": "'", "‘": "'"})
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』|«[^»]*»|„[^“”]*[“”]|《[^》]*》")
_SIGN = re.compile(r"[\s]*(?:[,，、!！.。:：;；~～—–]|-\s|$)")
_FIRST = re.compile(
    "[\u2e80-\u9fff\uac00-\ud7af]|[^\\W\\d_]+"
)  # a word, or a sign of a script without blanks
_WORD_END = re.compile("(?<=[\u2e80-\ud7af])|(?=\\s)")
_COLON = re.compile(
    r"[\s*_]*(?:\d{1,2}|[一二三四五六七])?\s*(?:\([^()]{1,20}\)|（[^（）]{1,20}）)?[\s*_]*[:：]"
)
_LEADING = re.compile(r"[\s*_#>¡¿\"'“”‘’「【\[(（•·–—-]*(?:\(?\d{1,2}[.)、）]\s*)?")
_NUMBERED = re.compile(
    r"(?:key |main )?(?:takeaway|keyword|point|sentence|item|bullet|topic|term|要点|关键点|关键词|关键字|要点|ポイント|キーワード|"
    r"kernaussage|stichwort|punkt|punto clave|punto|palabra clave|idea|point clé|mot-clé)\s*(?:#|no\.|nr\.)?\s*(?:\d{1,2}|[a-c]|one|two|three|"
    r"[一二三四五六七]|eins|zwei|drei|uno|dos|tres)\s*[.。]?",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?i:(?<![a-z0-9-])x{3,}(?![a-z0-9-]))|\bXX%|\b(?:TODO|TBD|FIXME)\b|_{3,}|\?{3,}|…{2,}|\.{6,}"
    r"|(?i:[\[【{<〔](?:待|请|此处|填|插入|补充|具体|论文|模型|方法|数据集|作者|标题|数字|名称|insert|your|add |fill|enter|name|title|"
    r"method|model name|dataset|number|value|placeholder|topic|metric|percentage|author|paper|result|task|einfügen|ergänzen|titel|"
    r"ここ|未|論文|手法|inserte|insertar|nombre|completar|título|método|nom|à )[^\]】}>〕]{0,40}[\]】}>〕])"
    r"|\{\{?[A-Za-z_ ]{2,30}\}?\}|\$\{\w+\}|(?<![\d ])%[sd]\b"
)
_ERROR = re.compile(
    r"(?:^|[\[(])\s*(?:error|exception|fehler|erreur|エラー|错误|异常|ошибка|오류)\s*(?:\d|code|[:：!]|$)"
    r"|\b(?:4\d\d|50\d) (?:client |server )?error\b|\bHTTP(?:/\d\.\d)? ?[45]\d\d\b",
    re.IGNORECASE,
)
_RAISED = re.compile(r"\b[A-Z]\w+(?:Error|Exception)\b\s*[:(]")


_ERROR_KEYS = frozenset("error exception fehler erreur http エラ 错误 异常 ошибка 오류".split())
_HOLES = frozenset("[【{<〔_?…%$X")  # without one of these, or of these words, there is no placeholder
_HOLE_KEYS = frozenset({"todo", "tbd", "fixme"})
_QUOTE_MARKS = frozenset('“"「『«„《')
_LONGEST_NUMBERED = 40
_PHRASES = tuple(
    (rule, Phrasebook.of(phrases))
    for rule, phrases in (
        (Rule.PLACEHOLDER, stock.PLACEHOLDERS),
        (Rule.TEMPLATE, stock.ECHOES),
        (Rule.CHATTER, stock.CHATTER),
        (Rule.REFUSAL, stock.REFUSALS),
    )
)
_ERRORS = Phrasebook.of(stock.ERRORS)


def boilerplate_in(text: str, keys: frozenset[str], source: Source) -> Iterator[tuple[Rule, str]]:
    """Yield what of a text is no part of a summary, quotations left out.

    Error messages that the paper itself speaks of are none.
    """
    bare = text if text.isascii() else text.translate(_QUOTES)
    searched = bare.lower()
    if not _QUOTE_MARKS.isdisjoint(bare):
        unquoted = _QUOTED.sub(" ", searched)
        searched = unquoted if any(map(str.isalpha, unquoted)) else searched
    stripped = searched.strip(" \t\n.。!！…:：-–—()（）[]【】*\"'")
    if stripped in stock.FILLERS:
        yield Rule.PLACEHOLDER, text
    elif len(stripped) <= _LONGEST_NUMBERED and _NUMBERED.fullmatch(stripped):
        yield Rule.TEMPLATE, text
    if (
        not _HOLES.isdisjoint(bare)
        or "xxx" in searched
        or not _HOLE_KEYS.isdisjoint(keys)
        or "......" in bare
    ):
        yield from ((Rule.PLACEHOLDER, found[0]) for found in _PLACEHOLDER.finditer(bare))
    for rule, phrases in _PHRASES:
        yield from ((rule, phrase) for phrase in phrases.standing_in(searched, keys))
    yield from (
        (Rule.ERROR, error) for error in _ERRORS.standing_in(searched, keys) if error not in source.lower
    )
    for pattern in (
        (_ERROR, _RAISED)
        if not _ERROR_KEYS.isdisjoint(keys) or "Error" in bare or "Exception" in bare
        else ()
    ):
        if (found := pattern.search(bare)) and found[0].strip().lower() not in source.lower:
            yield Rule.ERROR, found[0]
    yield from _opening(searched)


def _opening(text: str) -> Iterator[tuple[Rule, str]]:
    start = _LEADING.match(text)
    rest = text[start.end() :] if start else text
    first = _FIRST.match(rest)
    if first is None:
        return
    for rule, phrases, sign in _BEGINNINGS:
        for phrase in phrases.get(first[0], ()):
            if rest.startswith(phrase) and sign.match(rest, len(phrase)):
                yield rule, phrase


def _by_first(phrases: Iterable[str]) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for phrase in phrases:
        found = _FIRST.match(phrase)
        table.setdefault(found[0] if found else phrase, []).append(phrase)
    return table


_BEGINNINGS = (
    (Rule.TEMPLATE, _by_first(stock.LABELS), _COLON),
    (Rule.CHATTER, _by_first(stock.OPENINGS), _SIGN),
    (Rule.CHATTER, _by_first(stock.BEGINNINGS), _WORD_END),
)
