"""What can be wrong with a text that a model wrote, and how that is said; knows nothing of how it's found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """What a text is held to; the value is its name in logs and tests."""

    EMPTY = "empty"
    LENGTH = "length"
    COUNT = "count"
    MARKUP = "markup"
    URL = "url"
    PLACEHOLDER = "placeholder"
    TEMPLATE = "template"
    CHATTER = "chatter"
    REFUSAL = "refusal"
    ERROR = "error"
    ORDERS = "orders"
    PRAISE = "praise"
    LANGUAGE = "language"
    REPETITION = "repetition"
    TRUNCATED = "truncated"
    STUB = "stub"
    NUMBER = "number"
    NAME = "name"
    QUOTE = "quote"
    UNBORNE = "unborne"


_SAID = {
    Rule.EMPTY: "has no words",
    Rule.LENGTH: "is too long",
    Rule.COUNT: "has the wrong number of items",
    Rule.MARKUP: "holds markup or characters that act instead of being read",
    Rule.URL: "holds an address; links are added from the metadata",
    Rule.PLACEHOLDER: "holds a placeholder instead of what belongs there",
    Rule.TEMPLATE: "repeats a label or a part of the instructions",
    Rule.CHATTER: "talks to the reader instead of about the paper",
    Rule.REFUSAL: "refuses instead of telling what the paper does",
    Rule.ERROR: "is an error message",
    Rule.ORDERS: "repeats orders to a language model",
    Rule.PRAISE: "praises or reviews the paper instead of telling what it does",
    Rule.LANGUAGE: "isn't in the language asked for",
    Rule.REPETITION: "says again what was said already",
    Rule.TRUNCATED: "is cut off",
    Rule.STUB: "is a word and no sentence",
    Rule.NUMBER: "holds a number, or a number with a unit, that the paper doesn't",
    Rule.NAME: "holds a name that the paper doesn't",
    Rule.QUOTE: "isn't a sentence that stands so in the paper, word for word",
    Rule.UNBORNE: "isn't what the quotes say, or what the paper says at all",
}
_SHOWN = 80  # characters of the offending words that an explanation repeats


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that one field breaks.

    Attributes:
        field: ``sentence``, ``takeaways``, ``takeaways 2``, ``keywords`` or ``keywords 1``, counted from one
            as the model wrote them.
        words: those that break it, or for lengths and counts what was found and what is allowed.
    """

    field: str
    rule: Rule
    words: str

    def explain(self) -> str:
        """Say it as an English sentence, for the model that is asked again and for who asks why."""
        words = self.words if len(self.words) <= _SHOWN else self.words[: _SHOWN - 1] + "…"
        said = f"{self.field[:1].upper()}{self.field[1:]} {_SAID[self.rule]}"
        return f"{said}: “{words}”." if words else f"{said}."
