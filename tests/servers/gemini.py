"""Gemini's API on loopback, for both of Google's libraries; see `tests.servers.models` for what it can do.

``python -m tests.servers.gemini --help`` runs it by hand.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tests.servers.models import MODEL, REALLY, THOUGHTS, Fault, ModelServer, Question, Raw, as_json, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from tests.servers.models import Reply

_PATH = re.compile(r"/(v1|v1beta)/models/([^/:?]+):generateContent(\?.*)?")
_TYPE = "type.googleapis.com/google.rpc."
_DAY = "GenerateRequestsPerDayPerProjectPerModel-FreeTier"
_MINUTE = "GenerateRequestsPerMinutePerProjectPerModel-FreeTier"


def _error(status: int, word: str, message: str, *details: dict[str, Any]) -> Raw:
    error = {"code": status, "message": message, "status": word, "details": details}
    return Raw(status, as_json({"error": error}))


def _quota(quota: str, seconds: int) -> Raw:
    return _error(
        429,
        "RESOURCE_EXHAUSTED",
        "You exceeded your current quota, please check your plan and billing details.",
        {"@type": f"{_TYPE}QuotaFailure", "violations": [{"quotaId": quota, "quotaValue": "20"}]},
        {"@type": f"{_TYPE}Help", "links": [{"description": "more", "url": "https://ai.google.dev"}]},
        {"@type": f"{_TYPE}RetryInfo", "retryDelay": f"{seconds}s"},
    )


class GeminiServer(ModelServer):
    """The REST interface as it's described in https://ai.google.dev/api/generate-content."""

    def check(self, path: str, headers: Mapping[str, str], body: bytes) -> Question | Raw:
        """Read a request by the library's own types."""
        found = _PATH.fullmatch(path)
        if found is None:
            return Raw(404, "<html>Not Found</html>", "text/html")
        if headers.get("x-goog-api-key", headers.get("X-Goog-Api-Key")) != self.key:
            return self.refusals()[Fault.BAD_KEY]
        version, model = found[1], found[2]
        if model not in self.models or (version == "v1" and model.endswith("-latest")):
            message = f"models/{model} is not found for API version {version}, or is not supported"
            return _error(404, "NOT_FOUND", message)
        try:
            if "enum-encoding" in path:
                return _read_legacy(model, body)
            return _read(model, body)
        except ValueError as problem:
            self.complain(problem)
            return _error(400, "INVALID_ARGUMENT", "Invalid JSON payload received.")

    def refusals(self) -> Mapping[Fault, Raw]:
        """Write errors as Google does."""
        invalid = {"@type": f"{_TYPE}ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com"}
        gone = f"models/{MODEL} is not found for API version v1beta, or is not supported"
        too_long = "The input token count exceeds the maximum number of tokens allowed (1048576)."
        return {
            Fault.RATE: _quota(_MINUTE, 7),
            Fault.LONG_RATE: _quota(_MINUTE, 3600),
            Fault.DAY: _quota(_DAY, 37),
            Fault.NO_CREDIT: _error(402, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted."),
            Fault.BUSY: _error(503, "UNAVAILABLE", "The model is overloaded. Please try again later."),
            Fault.NO_MODEL: _error(404, "NOT_FOUND", gone),
            Fault.BAD_KEY: _error(400, "INVALID_ARGUMENT", "API key not valid.", invalid),
            Fault.FORBIDDEN: _error(403, "PERMISSION_DENIED", f"{self.key} may not use this interface"),
            Fault.TOO_LONG: _error(400, "INVALID_ARGUMENT", too_long),
        }

    def write(self, question: Question, reply: Reply) -> Raw:
        """Write a response as Google does."""
        usage = {"promptTokenCount": question.tokens, "totalTokenCount": question.tokens + reply.tokens}
        if reply.tokens:
            usage |= {"candidatesTokenCount": reply.tokens - THOUGHTS, "thoughtsTokenCount": THOUGHTS}
        answer: dict[str, Any] = {"usageMetadata": usage, "modelVersion": REALLY, "responseId": "loop"}
        if reply.blocked_question:
            answer["promptFeedback"] = {"blockReason": "PROHIBITED_CONTENT"}
        elif not reply.nothing:
            finish = "MAX_TOKENS" if reply.cut else "SAFETY" if reply.blocked else "STOP"
            content = {"parts": [{"text": reply.text}] if reply.text else [], "role": "model"}
            answer["candidates"] = [{"content": content, "finishReason": finish, "index": 0}]
        return Raw(200, as_json(answer))


def _read(model: str, body: bytes) -> Question:
    from google.genai.types import Content, GenerationConfig

    asked = json.loads(body)
    unknown = set(asked) - {"contents", "systemInstruction", "generationConfig", "safetySettings"}
    if unknown:
        raise ValueError(f"unknown: {unknown}")
    contents = [Content.model_validate(each) for each in asked["contents"]]
    system = Content.model_validate(asked["systemInstruction"])
    config = GenerationConfig.model_validate(asked["generationConfig"])
    schema = config.response_json_schema
    if not isinstance(schema, dict) or config.response_mime_type != "application/json":
        raise ValueError("no schema")
    return Question(model, _text([system]), _text(contents), schema, config.max_output_tokens or 0)


def _text(contents: list[Any]) -> str:
    return "".join(part.text or "" for each in contents for part in each.parts or ())


def _read_legacy(model: str, body: bytes) -> Question:
    from google.ai.generativelanguage_v1beta.types import GenerateContentRequest, Schema
    from google.protobuf.json_format import ParseError

    try:
        asked = GenerateContentRequest.from_json(body, ignore_unknown_fields=False)
    except ParseError as problem:
        raise ValueError(str(problem)) from problem
    config = asked.generation_config
    schema = Schema.to_dict(config.response_schema, use_integers_for_enums=False)
    if schema.get("type_") != "OBJECT" or config.response_mime_type != "application/json":
        raise ValueError("no schema")
    orders = _text([asked.system_instruction])
    return Question(model, orders, _text(list(asked.contents)), schema, config.max_output_tokens)


def serve_gemini(answer: Callable[[Question], str], port: int = 0) -> AbstractContextManager[GeminiServer]:
    """Run Gemini on loopback until the test ends."""
    return serve(GeminiServer(answer), port)


if __name__ == "__main__":
    from tests.servers.by_hand import run

    run("gemini", serve_gemini, "PAPERROUND_GEMINI__API_URL={url}")
