"""How much of OpenAI's language a server understands, and what to try when it doesn't. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from digest.summaries.schemas import closed, narrowed

if TYPE_CHECKING:
    from digest.summaries.refusals import Refusal
    from digest.writers import Prompt

# What OpenAI takes in strict mode: https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
_STRICT = frozenset(
    "type properties required items additionalProperties enum description minItems maxItems pattern".split()
)
_FORMAT_ERRORS = frozenset(
    {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.NOT_IMPLEMENTED}
)
_OTHER_TROUBLE = (
    "context length",
    "context_length",
    "context window",
    "model_not_found",
    "api_key",
    "content_",
)
_LIMITS = ("max_completion_tokens", "max_tokens")


class Format(StrEnum):
    """How the answer's form is asked for, the strictest first."""

    SCHEMA = "json_schema"
    OBJECT = "json_object"
    TEXT = "text"


_PLAINER = {Format.SCHEMA: Format.OBJECT, Format.OBJECT: Format.TEXT}


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a server is spoken to in.

    Attributes:
        format: how the answer's form is asked for.
        limit: what its longest length is called.
        turned: whether the other name for it was tried.
    """

    format: Format
    limit: str
    turned: bool = False

    def request(self, prompt: Prompt, model: str, thinking: int) -> dict[str, Any]:
        """Return the arguments of a chat completion.

        Args:
            prompt: what is asked.
            model: who is asked.
            thinking: tokens for hidden reasoning, which count as part of the answer.
        """
        orders = prompt.orders
        asked: dict[str, Any] = {self.limit: prompt.most_tokens + thinking}
        if self.format is Format.SCHEMA:
            schema = closed(narrowed(prompt.schema, _STRICT))
            asked["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "answer", "strict": True, "schema": schema},
            }
        else:
            schema_text = json.dumps(prompt.schema, ensure_ascii=False)
            orders = f"{orders}\n\nAnswer with one JSON object of this schema and nothing else: {schema_text}"
        if self.format is Format.OBJECT:
            asked["response_format"] = {"type": "json_object"}
        messages = [{"role": "system", "content": orders}, {"role": "user", "content": prompt.data}]
        return {"model": model, "messages": messages, **asked}

    def read(self, text: str) -> str:
        """Return the JSON of an answer, as far as it's there."""
        return text.strip() if self.format is Format.SCHEMA else find_object(text)


OPENAIS = Dialect(Format.SCHEMA, "max_completion_tokens")
"""What OpenAI is spoken to in: its reasoning models don't take the old name of the limit."""

OTHERS = Dialect(Format.SCHEMA, "max_tokens")
"""What other servers are spoken to in first: some ignore the new name."""


def simpler(dialect: Dialect, refusal: Refusal) -> Dialect | None:
    """Decide what to try after a refusal.

    Returns:
        None where speaking more simply wouldn't help.
    """
    if refusal.status not in _FORMAT_ERRORS:
        return None
    text = f"{refusal.code} {refusal.message}".casefold()
    if any(trouble in text for trouble in _OTHER_TROUBLE):
        return None
    if any(limit in text for limit in _LIMITS):
        other = next(limit for limit in _LIMITS if limit != dialect.limit)
        return None if dialect.turned else replace(dialect, limit=other, turned=True)
    plainer = _PLAINER.get(dialect.format)
    return replace(dialect, format=plainer) if plainer else None


def find_object(text: str) -> str:
    """Return the JSON object in a text that may think aloud before it, fence it or chat around it."""
    text = text.rpartition("</think>")[2]
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else text.strip()
