"""Recognises what a model writes instead of a summary: placeholders, labels, chatter, refusals, error messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.summaries.checks import stock_phrases as stock
from digest.summaries.checks.violation import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.summaries.checks.source import Source

_FIRST_CJK = "\u2e80"
_QUOTES = str.maketrans({"’": "'", "‘": "'"})
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』|«[^»]*»|„[^“”]*[“”]|《[^》]*》")
_SIGN = re.compile(r"[\s]*(?:[,，、!！.。:：;；~～—–]|-\s|$)")
_COLON = re.compile(r"\s*(?:\d{1,2}|[一二三四五六七])?\s*(?:\([^()]{1,20}\)|（[^（）]{1,20}）)?\s*[:：]")
_LEADING = re.compile(r"[\s*_#>\"'“”‘’「【\[(（•·–—-]*(?:\(?\d{1,2}[.)、）]\s*)?")
_NUMBERED = re.compile(
    r"(?:key |main )?(?:takeaway|keyword|point|sentence|item|bullet|topic|term|要点|关键点|关键词|关键字|要点|ポイント|キーワード|"
    r"kernaussage|stichwort|punkt|punto|palabra clave|idea|point clé|mot-clé)\s*(?:#|no\.|nr\.)?\s*(?:\d{1,2}|[a-c]|one|two|three|"
    r"[一二三四五六七]|eins|zwei|drei|uno|dos|tres)\s*[.。]?",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?<![\w-])(?:[xX]{3,}|X{2}%|TODO|TBD|FIXME)(?![\w-])|[xX]{3,}(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])[xX]{3,}|_{3,}|\?{3,}|…{2,}|\.{6,}"
    r"|[\[【{<〔](?:待|请|此处|填|插入|补充|具体|论文|模型|方法|数据集|作者|标题|数字|名称|insert|your|add |fill|enter|name|title|method|model name|"
    r"dataset|number|value|placeholder|topic|metric|percentage|author|paper|result|task|einfügen|ergänzen|name der|titel|ここ|未|論文|手法|"
    r"inserte|insertar|nombre|completar|título|método|nom|à )[^\]】}>〕]{0,40}[\]】}>〕]|\{\{?[a-z_ ]{2,30}\}?\}|\$\{\w+\}|(?<![\d ])%[sd]\b",
    re.IGNORECASE,
)
_CASED = re.compile(r"\b(?:TODO|TBD|FIXME)\b")
_ERROR = re.compile(
    r"(?:^|[\[(])\s*(?:error|exception|fehler|erreur|エラー|错误|异常|ошибка|오류)\s*(?:\d|code|[:：!]|$)"
    r"|\b(?:4\d\d|50\d) (?:client |server )?error\b|\bHTTP(?:/\d\.\d)? ?[45]\d\d\b",
    re.IGNORECASE,
)
_RAISED = re.compile(r"\b[A-Z]\w+(?:Error|Exception)\b\s*[:(]")


def boilerplate_in(text: str, source: Source) -> Iterator[tuple[Rule, str]]:
    """Yield what of a text is no part of a summary, quotations left out.

    Error messages that the paper itself speaks of are none.
    """
    bare = text.translate(_QUOTES)
    unquoted = _QUOTED.sub(" ", bare).lower()
    searched = unquoted if any(map(str.isalpha, unquoted)) else bare.lower()
    stripped = searched.strip(" \t\n.。!！…:：-–—()（）[]【】*\"'")
    if stripped in stock.FILLERS:
        yield Rule.PLACEHOLDER, text
    elif _NUMBERED.fullmatch(stripped):
        yield Rule.TEMPLATE, text
    for found in _PLACEHOLDER.finditer(bare):
        if not found[0].lower().startswith(("todo", "tbd", "fixme")) or _CASED.match(found[0]):
            yield Rule.PLACEHOLDER, found[0]
    for rule, phrases in (
        (Rule.PLACEHOLDER, stock.PLACEHOLDERS),
        (Rule.TEMPLATE, stock.ECHOES),
        (Rule.CHATTER, stock.CHATTER),
        (Rule.REFUSAL, stock.REFUSALS),
    ):
        yield from ((rule, phrase) for phrase in standing(phrases, searched))
    yield from (
        (Rule.ERROR, error) for error in standing(stock.ERRORS, searched) if error not in source.lower
    )
    for pattern in (_ERROR, _RAISED):
        if (found := pattern.search(bare)) and found[0].strip().lower() not in source.lower:
            yield Rule.ERROR, found[0]
    yield from _opening(searched)


def _opening(text: str) -> Iterator[tuple[Rule, str]]:
    start = _LEADING.match(text)
    rest = text[start.end() :] if start else text
    for label in stock.LABELS:
        if rest.startswith(label) and _COLON.match(rest, len(label)):
            yield Rule.TEMPLATE, label
    for opening in stock.OPENINGS:
        if rest.startswith(opening) and _SIGN.match(rest, len(opening)):
            yield Rule.CHATTER, opening
    for beginning in stock.BEGINNINGS:
        if rest.startswith(beginning if beginning[0] > _FIRST_CJK else f"{beginning} "):
            yield Rule.CHATTER, beginning


def standing(phrases: Iterable[str], text: str) -> Iterator[str]:
    """Yield the phrases that stand in a text as words of their own."""
    for phrase in phrases:
        at = text.find(phrase)
        while at >= 0:
            if not (_joins(text[at - 1 : at], phrase[0]) or _joins(phrase[-1], text[at + len(phrase) :][:1])):
                yield phrase
                break
            at = text.find(phrase, at + 1)


def _joins(left: str, right: str) -> bool:
    """Whether two characters are of one word; in scripts without blanks that can't be told, and so they aren't."""
    return left.isalnum() and right.isalnum() and left < _FIRST_CJK and right < _FIRST_CJK
