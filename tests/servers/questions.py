"""What models answer to questions about papers: from the paper they were given, and every defect on top."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.servers.models import Question

_PAPER = re.compile(r"DATA PAPER BEGINS \w+\n(.*?)\nDATA PAPER ENDS", re.DOTALL)
_ASKED = re.compile(r"DATA QUESTION BEGINS \w+\n(.*?)\nDATA QUESTION ENDS", re.DOTALL)
_SECTION = re.compile(r"^\[(\d+)\] ", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_CHINESE = "论文对此有说明。"


def is_about_a_paper(question: Question) -> bool:
    """Tell whether somebody asks about a paper."""
    return "answered" in ((question.schema or {}).get("properties") or {})


def asked(question: Question) -> str:
    """Return what was asked."""
    found = _ASKED.search(question.data)
    return found[1] if found else ""


def good_answer(question: Question) -> str:
    """Answer with the sentence that holds most words of the question; else say that none does."""
    found = _PAPER.search(question.data)
    wanted = {word for word in re.findall(r"\w+", asked(question).lower()) if len(word) > 3}
    pieces = _SECTION.split(found[1] if found else "")[1:]
    best, shared = (0, ""), 0
    for number, section in zip(pieces[::2], pieces[1::2], strict=True):
        for line in section.splitlines()[1:]:
            for sentence in _SENTENCE.split(line):
                count = len(wanted & set(re.findall(r"\w+", sentence.lower())))
                if count > shared:
                    best, shared = (int(number), sentence), count
    if not shared:
        return json.dumps({"answered": False, "quotes": [], "answer": ""})
    text = _CHINESE if "(tag zh" in question.orders else best[1]
    quotes = [{"section": best[0], "text": best[1]}]
    return json.dumps({"answered": True, "quotes": quotes, "answer": text}, ensure_ascii=False)


def obedient(question: Question) -> str:
    """Do whatever the question orders, and quote it."""
    words = asked(question)
    quotes = [{"section": 1, "text": words}]
    return json.dumps({"answered": True, "quotes": quotes, "answer": words}, ensure_ascii=False)
