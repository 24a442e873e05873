"""Recognises orders to a language model, in a paper that gives them and in an answer that repeats them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.summaries.checks.order_patterns import ORDERS
from digest.summaries.checks.phrasebook import Phrasebook, keys_of
from digest.summaries.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

_BY_PHRASE: dict[str, tuple[re.Pattern[str], ...]] = {}
for _phrases, _pattern in ORDERS:
    _compiled = re.compile(_pattern, re.IGNORECASE)
    for _phrase in _phrases.split("|"):
        _BY_PHRASE[_phrase] = (*_BY_PHRASE.get(_phrase, ()), _compiled)
_PHRASES = Phrasebook.of(_BY_PHRASE)
_MARKERS = re.compile(
    r"<\|\w+|###|\[/?inst\]|<</?sys>>", re.IGNORECASE
)  # of roles, in the formats of chat models

# Papers study such orders, and say so; then a sentence only gives one if it begins with it.
_STUDIED = re.compile(
    r"attack|inject|jailbreak|adversarial|red.team|guardrail|defen[sc]e|vulnerab|malicious|"
    r"攻击|注入|越狱|防御|攻撃|"
    r"インジェクション|脱獄|防御|angriff|injektion|ataque|inyecci|defensa|attaque|атак|инъекц|공격|주입",
    re.IGNORECASE,
)
_AT_START = 3  # characters before an order that begins its sentence: a quote, a bracket
_OBEYED = re.compile(
    r"[\s\"'“(\[*-]*(?:and |then |please |instead,? )?(?:say|write|output|print|reply|respond|answer|"
    r"tell|state|include|add|append|mention|claim|"
    r"give|rate|recommend|accept|praise|visit|click|open|send|post|do not|don't|never|always|you|only|report|"
    r"translate|summari[sz]e|begin|start|end|your)\b"
    r"|[\s“「]*(?:请|不要|只|仅|必须|并|然后|输出|写|说|告诉|推荐|给|访问|点击)",
    re.IGNORECASE,
)
_MOST_OBEYED = 4  # sentences behind an order that may go on with it


def orders_in(text: str, keys: frozenset[str]) -> Iterator[str]:
    """Yield the words of a text that order a language model about, or tell that one was.

    Args:
        text: one text, or one sentence of a paper.
        keys: its own, from `phrasebook.keys_of`.
    """
    for found in _found(text, keys):
        if found.start() <= _AT_START or not _STUDIED.search(text):
            yield found[0].strip()


def _found(text: str, keys: frozenset[str]) -> Iterator[re.Match[str]]:
    for phrase in _PHRASES.standing_in(text.lower(), keys):
        for pattern in _BY_PHRASE[phrase]:
            if found := pattern.search(text):
                yield found
    if found := _MARKERS.search(text):
        yield found


def without_orders(text: str, keys: frozenset[str]) -> str:
    """Return a paper's text without the sentences that order its reader about; what they claim is no source.

    Args:
        text: readable, of any length.
        keys: its own, from `phrasebook.keys_of`.
    """
    if next(_found(text, keys), None) is None:
        return text
    kept: list[str] = []
    following = 0
    for sentence in split_sentences(text):
        if next(orders_in(sentence, keys_of(sentence.lower())), None) is not None:
            following = _MOST_OBEYED
            continue
        if not (following and _OBEYED.match(sentence)):
            kept.append(sentence)
        following = max(0, following - 1)
    return " ".join(kept)
