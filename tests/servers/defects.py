"""What models write: a good answer from what they were given, and every defect of the system we start from.

The defects and their rates were counted in 2,284 real posts; each here is one that those posts held.
"""

from __future__ import annotations

import itertools
import json
import re
import threading
from typing import TYPE_CHECKING, Any

from digest.summaries.clauses import closed
from digest.summaries.sentences import split_sentences
from tests.servers.notes import good_notes, is_about_notes
from tests.servers.questions import good_answer, is_about_a_paper

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.servers.models import Question

Made = dict[str, Any]

_ABSTRACT = re.compile(r"^Abstract: (.+)$", re.MULTILINE)
_FEWEST, _MOST = 3, 5  # takeaways
_LONGEST_SENTENCE, _LONGEST_TAKEAWAY = 200, 160  # characters


def good(question: Question) -> str:
    """Answer by the schema, with sentences of the data."""
    if is_about_notes(question):
        return good_notes(question)
    if is_about_a_paper(question):
        return good_answer(question)
    return json.dumps(_good(question), ensure_ascii=False)


def _good(question: Question) -> Made:
    found = _ABSTRACT.search(question.data)
    text = found[1] if found else "\n".join(filter(_has_words, question.data.splitlines()))
    whole = [closed(each) for each in split_sentences(text) if _has_words(each)]
    subjects = [f"One of its subjects is {word}." for word in _words(text)]
    first = next((each for each in whole if len(each) <= _LONGEST_SENTENCE), "") or subjects.pop()
    others = [each for each in whole if each != first and len(each) <= _LONGEST_TAKEAWAY][:_MOST]
    others += subjects[: max(0, _FEWEST - len(others))]
    properties: Mapping[str, Any] = (question.schema or {}).get("properties") or {
        "sentence": {"type": "string"},
        "takeaways": {"type": "array"},
    }
    made: Made = {}
    for name, each in properties.items():
        is_list = str(each.get("type", each.get("type_", ""))).lower() == "array"
        made[name] = _words(text) if name == "keywords" else others if is_list else first
    return made


def _has_words(line: str) -> bool:
    return any(map(str.isalpha, line))


def _words(text: str) -> list[str]:
    words = dict.fromkeys(re.findall(r"\b[a-z]{6,}\b", text))
    return [*words][:4] or ["paper"]


def _spoil(change: Callable[[Made, str, str], None]) -> Callable[[Made], str]:
    """Let a function change an answer, given the names of its text and of its list."""

    def spoiled(made: Made) -> str:
        text = next(name for name, value in made.items() if isinstance(value, str))
        items = next(name for name, value in made.items() if isinstance(value, list) and name != "keywords")
        change(made, text, items)
        return json.dumps(made, ensure_ascii=False)

    return spoiled


def _set(text_form: str | None = None, item: str | None = None) -> Callable[[Made], str]:
    def change(made: Made, text: str, items: str) -> None:
        if text_form is not None:
            made[text] = text_form.format(made[text])
        if item is not None:
            made[items][-1:] = [item.format(made[items][-1])]

    return _spoil(change)


def _drop(made: Made, text: str, items: str) -> None:
    del made[items]
    made[text] = ""


def _multiply(made: Made, text: str, items: str) -> None:
    made[items] = (made[items] * 9)[:9]
    made[text] = made[text]


def _repeat(made: Made, text: str, items: str) -> None:
    made[items] = [made[text], *made[items]]


def _cut(made: Made, text: str, items: str) -> None:
    made[text] = made[text][: len(made[text]) // 2] + " and the"
    made[items][-1] = made[items][-1][:25] + ","


def _alter(made: Made, text: str, items: str) -> None:
    made[text] = made[text].rstrip(".") + ", which is 97.31% better than GPT-9Q."
    made[items][0] = "It runs 4711 times as fast on 83 benchmarks."


DEFECTS: Mapping[str, Callable[[Made], str]] = {
    "placeholder": _set("xxx", "[待补充]"),
    "please fill in": _set(None, "需要您提供更多信息，才能补充这一点。"),
    "template echo": _set("<one sentence that says what the paper does>", "Takeaway 3"),
    "chatter before": _set("Sure, here is a summary of the paper: {}", "Here are the key takeaways: {}"),
    "chatter after": _set("{} 希望这个总结符合您的要求！", "{} Let me know if you need anything else."),
    "refusal": _set("I'm sorry, but as an AI language model I can't access the paper.", None),
    "sections missing": _spoil(_drop),
    "wrong link": _set("{} See https://arxiv.org/abs/0000.00000.", None),
    "invented code": _set(None, "The code is at https://github.com/someone-else/another-repo."),
    "invented authors": _set("Zhang SanFeng and McDougalBot et al.: {}", None),
    "two languages": _set("Summary/总结: {}", "关键要点 Key Takeaway: {}"),
    "wrong language": _set(
        "本文提出了一种新的方法，并在多个数据集上取得了很好的结果。", "实验结果表明该方法有效。"
    ),
    "too many": _spoil(_multiply),
    "error string": _set("Error code: 429 - Rate limit reached, please try again later.", "Traceback: None"),
    "repetition": _spoil(_repeat),
    "cut off": _spoil(_cut),
    "markup": _set("**{}** <b>New</b>", "- [{}](javascript:alert(1)) @everyone"),
    "wrong numbers and names": _spoil(_alter),
    "no json": lambda made: f"Here you are:\n\n{next(iter(made.values()))}",
    "fenced json": lambda made: f"```json\n{json.dumps(made, ensure_ascii=False)}\n```",
    "null fields": lambda made: json.dumps(dict.fromkeys(made)),
    "numbers for texts": lambda made: json.dumps(dict.fromkeys(made, 7)),
    "empty object": lambda _: "{}",
    "an array": lambda made: json.dumps([made], ensure_ascii=False),
}


def cycle() -> Callable[[Question], str]:
    """Answer with one defect after the other, from the first again after the last."""
    turns, lock = itertools.cycle(DEFECTS.values()), threading.Lock()

    def answer(question: Question) -> str:
        with lock:
            spoil = next(turns)
        return spoil(_good(question))

    return answer
