"""What a model writes for an answer, typed but unchecked: its schema, and how it's read. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from digest.summaries.notes.draft import Said, json_object, said_in

LONGEST_ANSWER = 600  # characters
MOST_QUOTES = 3

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "answered": {"type": "boolean"},
        "quotes": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"section": {"type": "integer"}, "text": {"type": "string"}},
                "required": ["section", "text"],
                "additionalProperties": False,
            },
            "maxItems": MOST_QUOTES,
        },
        "answer": {"type": "string"},
    },
    "required": ["answered", "quotes", "answer"],
    "additionalProperties": False,
}
"""Quotes come before the answer, because models write in this order, and so look before they say."""


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """An answer as a model wrote it.

    Attributes:
        answered: whether the paper says it.
        text: in its words.
        quotes: what it says to be sentences of the paper, each with its section's number.
    """

    answered: bool
    text: str = ""
    quotes: tuple[Said, ...] = ()


def read_answer(answer: str) -> AnswerDraft | None:
    """Read an answer; None for one that isn't the object that was asked for."""
    fields = json_object(answer)
    if fields is None or not isinstance(fields.get("answered"), bool):
        return None
    if not fields["answered"]:
        return AnswerDraft(answered=False)
    text = fields.get("answer")
    quotes = tuple(said_in(fields.get("quotes")))[:MOST_QUOTES]
    return AnswerDraft(answered=True, text=text.strip() if isinstance(text, str) else "", quotes=quotes)
