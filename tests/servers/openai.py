"""OpenAI's chat completions on loopback; see `tests.servers.models` for what it can do.

``python -m tests.servers.openai --help`` runs it by hand.
"""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any

from tests.servers.models import REALLY, THOUGHTS, Fault, ModelServer, Question, Raw, as_json, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from pydantic import TypeAdapter

    from tests.servers.models import Reply


def _error(status: int, code: str | None, message: str, **headers: str) -> Raw:
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Raw(status, as_json({"error": error}), headers=named)


class OpenAIServer(ModelServer):
    """The REST interface as the openai package describes it.

    Attributes:
        formats: those of ``response_format`` that it understands; a server at home may know fewer.
        limits: names of the longest length that it takes.
    """

    def __init__(self, answer: Callable[[Question], str]) -> None:
        super().__init__(answer)
        self.formats = {"json_schema", "json_object", "text"}
        self.limits = {"max_tokens", "max_completion_tokens"}
        self.asked: list[dict[str, Any]] = []
        """The bodies of all requests that its own schema allows."""

    def check(self, path: str, headers: Mapping[str, str], body: bytes) -> Question | Raw:
        """Read a request by the library's own types."""
        if path != "/v1/chat/completions":
            return Raw(404, "404 page not found", "text/plain")
        if self.key and headers.get("Authorization", headers.get("authorization")) != f"Bearer {self.key}":
            return self.refusals()[Fault.BAD_KEY]
        asked = json.loads(body)
        try:
            _validate(asked)
        except ValueError as problem:
            self.complain(problem)
            return _error(400, None, "Unrecognized request argument supplied")
        self.asked.append(asked)
        return self._unsupported(asked) or _read(asked)

    def _unsupported(self, asked: dict[str, Any]) -> Raw | None:
        if asked["model"] not in self.models:
            return _error(404, "model_not_found", f"The model `{asked['model']}` does not exist")
        for limit in {"max_tokens", "max_completion_tokens"} - self.limits:
            if limit in asked:
                message = f"Unsupported parameter: '{limit}' is not supported with this model."
                return _error(400, "unsupported_parameter", message)
        if asked.get("response_format", {"type": "text"})["type"] not in self.formats:
            return _error(400, None, "This response_format type is unavailable now")
        return None

    def refusals(self) -> Mapping[Fault, Raw]:
        """Write errors as OpenAI does."""
        day = "Rate limit reached on requests per day (RPD): Limit 200, Used 200, Requested 1."
        too_long = "This model's maximum context length is 8192 tokens."
        return {
            Fault.RATE: _error(429, "rate_limit_exceeded", "Rate limit reached", Retry_After="7"),
            Fault.LONG_RATE: _error(429, "rate_limit_exceeded", "Rate limit reached", Retry_After="3600"),
            Fault.DAY: _error(429, "rate_limit_exceeded", day, Retry_After="7200"),
            Fault.NO_CREDIT: _error(429, "insufficient_quota", "You exceeded your current quota"),
            Fault.BUSY: _error(503, None, "The engine is currently overloaded, please try again later"),
            Fault.NO_MODEL: _error(404, "model_not_found", "The model does not exist"),
            Fault.BAD_KEY: _error(401, "invalid_api_key", f"Incorrect API key provided: {self.key}."),
            Fault.FORBIDDEN: _error(403, None, f"{self.key} is of a country that isn't supported"),
            Fault.TOO_LONG: _error(400, "context_length_exceeded", too_long),
        }

    def write(self, question: Question, reply: Reply) -> Raw:
        """Write a completion as OpenAI does."""
        if reply.blocked_question:
            return _error(400, "content_filter", "The prompt was filtered.")
        finish = "length" if reply.cut else "content_filter" if reply.blocked else "stop"
        message = {"role": "assistant", "content": reply.text, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish}
        usage = {
            "prompt_tokens": question.tokens,
            "completion_tokens": reply.tokens,
            "total_tokens": question.tokens + reply.tokens,
            "completion_tokens_details": {"reasoning_tokens": THOUGHTS},
        }
        return Raw(
            200,
            as_json(
                {
                    "id": "chatcmpl-loop",
                    "object": "chat.completion",
                    "created": 1_780_000_000,
                    "model": REALLY,
                    "choices": [] if reply.nothing else [choice],
                    "usage": usage,
                }
            ),
        )


def _read(asked: dict[str, Any]) -> Question:
    form = asked.get("response_format", {"type": "text"})
    texts = {message["role"]: message["content"] for message in asked["messages"]}
    schema = form["json_schema"]["schema"] if form["type"] == "json_schema" else None
    most = asked.get("max_completion_tokens", asked.get("max_tokens", 0))
    return Question(asked["model"], texts["system"], texts["user"], schema, most)


@functools.cache
def _schema() -> TypeAdapter[Any]:
    from openai.types.chat.completion_create_params import CompletionCreateParamsNonStreaming
    from pydantic import TypeAdapter

    return TypeAdapter(CompletionCreateParamsNonStreaming)


def _validate(asked: dict[str, Any]) -> None:
    from openai.types.chat.completion_create_params import CompletionCreateParamsNonStreaming

    if unknown := set(asked) - set(CompletionCreateParamsNonStreaming.__annotations__):
        raise ValueError(f"unknown: {unknown}")
    list(_schema().validate_python(asked)["messages"])  # they are looked at as they are taken


def serve_openai(answer: Callable[[Question], str], port: int = 0) -> AbstractContextManager[OpenAIServer]:
    """Run OpenAI on loopback until the test ends."""
    return serve(OpenAIServer(answer), port)


if __name__ == "__main__":
    from tests.servers.by_hand import run

    run("openai", serve_openai, "PAPERROUND_OPENAI__BASE_URL={url}/v1")
