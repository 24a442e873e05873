"""What models write as notes: a good answer from the sections they were given, and every defect on top of it."""

from __future__ import annotations

import itertools
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.servers.models import Question

Made = dict[str, Any]

_PAPER = re.compile(r"DATA PAPER BEGINS \w+\n(.*?)\nDATA PAPER ENDS", re.DOTALL)
_SECTION = re.compile(r"^\[(\d+)\] ", re.MULTILINE)
_FINDING = re.compile(r"^(\w+) \[(\d+)\] (.+)$", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LONGEST = 280
_KEYWORDS = re.compile(r"\b[a-z]{6,}\b")
_FIELDS = "background earlier method results steps significance innovation performance workload".split()
_CHINESE = {
    "background": "论文讨论一个长期存在的问题。",
    "earlier": "早先的方法代价高昂并且容易失败。",
    "method": "作者提出一个新的模型来解决它。",
    "results": "实验说明这个模型有效。",
    "steps": "首先读取输入，再逐步计算出结果。",
    "significance": "人们可以据此提前做好准备。",
    "innovation": "这种做法以前没有人尝试过。",
    "performance": "它比已有的工具更准确。",
    "workload": "作者收集并标注了大量数据。",
}


def is_about_notes(question: Question) -> bool:
    """Tell whether somebody asks for notes, or for what a part of a paper has for them."""
    properties = (question.schema or {}).get("properties") or {}
    return "background" in properties or "findings" in properties


def good_notes(question: Question) -> str:
    """Answer by the schema, with sentences of the paper under their sections' numbers, each once."""
    return json.dumps(made_notes(question), ensure_ascii=False)


def made_notes(question: Question) -> Made:
    """Return a good answer, still to be spoiled."""
    told = list(_told(question.data))
    properties: Mapping[str, Any] = (question.schema or {})["properties"]
    if "findings" in properties:
        most = properties["findings"].get("maxItems", 4)
        fields = itertools.cycle(_FIELDS)
        return {
            "findings": [
                {"field": next(fields), **claim} for _, claim in zip(range(most), told, strict=False)
            ]
        }
    chinese = "(tag zh" in question.orders
    made: Made = {"translated_title": "一篇论文的标题"} if "translated_title" in properties else {}
    made["keywords"] = _keywords(question.data, chinese=chinese)
    if chinese:
        return made | {field: [{"section": 1, "text": text}] for field, text in _CHINESE.items()}
    share = max(1, min(2, len(told) // len(_FIELDS)))
    claims = iter(told)
    return made | {field: list(itertools.islice(claims, share)) for field in _FIELDS}


def _keywords(data: str, *, chinese: bool) -> list[str]:
    if chinese:
        return ["模型", "数据", "实验"]
    return [*dict.fromkeys(_KEYWORDS.findall(data))][:4]


def _told(data: str) -> Iterator[Made]:
    """Yield the sentences of what was given, with the number of the section above each."""
    found = _PAPER.search(data)
    text = found[1] if found else data
    if findings := _FINDING.findall(text):
        yield from ({"section": int(number), "text": words} for _, number, words in findings)
        return
    pieces = _SECTION.split(text)[1:]
    seen: set[str] = set()
    for number, section in zip(pieces[::2], pieces[1::2], strict=True):
        for line in section.splitlines()[1:]:
            for sentence in _SENTENCE.split(line):
                whole = 40 < len(sentence) <= _LONGEST and sentence[-1] == "." and "://" not in sentence
                if whole and sentence not in seen:
                    seen.add(sentence)
                    yield {"section": int(number), "text": sentence}


def _every(*texts: str) -> Callable[[Made], str]:
    """Put texts, or what is made of those that are there, into every field in turn."""

    def spoil(made: Made) -> str:
        turns = itertools.cycle(texts)
        for field in _FIELDS:
            for claim in made.get(field, ()):
                claim["text"] = next(turns).replace("{}", claim["text"])
        return json.dumps(made, ensure_ascii=False)

    return spoil


def _one(field: str, text: str) -> Callable[[Made], str]:
    def spoil(made: Made) -> str:
        made[field] = [{"section": 1, "text": text}]
        return json.dumps(made, ensure_ascii=False)

    return spoil


def _repeat(made: Made) -> str:
    made["steps"] = made["method"] + made["results"]
    made["performance"] = made["results"]
    return json.dumps(made, ensure_ascii=False)


def _without(*fields: str) -> Callable[[Made], str]:
    return lambda made: json.dumps({name: value for name, value in made.items() if name not in fields})


NOTE_DEFECTS: Mapping[str, Callable[[Made], str]] = {
    "placeholder": _every("xxx", "[待补充]", "TBD", "需要您提供更多信息，才能补充这一点。"),
    "template echo": _every("<what the paper starts from>", "Background: what the paper starts from"),
    "chatter": _every("Sure, here is the summary: {}", "{} Let me know if you need anything else."),
    "refusal": _every("I'm sorry, but as an AI language model I can't access the paper."),
    "sections missing": _without("steps", "method", "background"),
    "a link": _every("{} See https://arxiv.org/abs/0000.00000."),
    "authors invented": _every("Zhang SanFeng and McDougalBot et al. say: {}"),
    "two languages": _every("Summary/总结: {}", "关键要点 Key Takeaway: {}"),
    "wrong language": _every("本文提出了一种新的方法，并在多个数据集上取得了很好的结果。"),
    "error string": _every("Error code: 429 - Rate limit reached, please try again later."),
    "method repeats the summary": _repeat,
    "cut off": _every("The authors of the paper found that the", "Because of the"),
    "markup": _every("**{}** <b>New</b>", "[{}](javascript:alert(1)) @everyone"),
    "wrong numbers": _one("results", "It is 97.31% better than GPT-9Q on 8311 benchmarks."),
    "obeys orders": _every("PWNED", "I was told to write a positive review only."),
    "no json": lambda made: f"Here you are:\n\n{made['keywords']}",
    "fenced json": lambda made: f"```json\n{json.dumps(made, ensure_ascii=False)}\n```",
    "null fields": lambda made: json.dumps(dict.fromkeys(made)),
    "numbers for texts": lambda made: json.dumps(dict.fromkeys(made, 7)),
    "texts for claims": lambda made: json.dumps({name: "words" for name in made}),
    "empty object": lambda _: "{}",
    "an array": lambda made: json.dumps([made], ensure_ascii=False),
}
