"""Servers that speak OpenAI's language, more or less of it."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from digest.errors import ModelAnswerError, ModelSettingsError
from digest.summaries.connection import require
from digest.summaries.gemini_legacy import LegacyGeminiModel
from digest.summaries.openai import OpenAIModel
from digest.writers import Answer, Prompt
from tests.servers.defects import good
from tests.servers.models import KEY, MODEL, Question, Raw, Reply, serve
from tests.servers.openai import OpenAIServer

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = {"type": "object", "properties": {"sentence": {"type": "string"}}, "required": ["sentence"]}
PROMPT = Prompt("Summarize.", "Rivers bend where the ground is soft.", SCHEMA, 300)
WHOLE = {"sentence": "Rivers bend where the ground is soft."}


class Sparing(OpenAIServer):
    """A server at home that says no more than it has to."""

    def write(self, question: Question, reply: Reply) -> Raw:  # noqa: ARG002
        """Leave out names, counts and reasons."""
        message = {"role": "assistant", "content": reply.text}
        return Raw(200, json.dumps({"choices": [{"index": 0, "message": message}]}))


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    """A server that wants no key."""
    with serve(OpenAIServer(good)) as server:
        server.key = ""
        yield server


def ask(server: OpenAIServer, *prompts: Prompt, key: str | None = None, **changes: Any) -> list[Answer]:
    """Ask one question after the other."""
    options: dict[str, Any] = {"model": MODEL, "base_url": f"{server.url}/v1", **changes}
    model = OpenAIModel(key=key, timeout=60.0, thinking=100, proxy="", **options)

    async def whole() -> list[Answer]:
        try:
            return [await model.ask(prompt) for prompt in prompts or (PROMPT,)]
        finally:
            await model.close()

    return asyncio.run(whole())


def test_a_server_at_home_needs_no_key(server: OpenAIServer) -> None:
    """None is asked for, and it gets the schema and the limit that such servers know."""
    (answer,) = ask(server)
    assert json.loads(answer.text) == WHOLE
    (asked,) = server.asked
    assert asked["response_format"]["type"] == "json_schema"
    assert asked["max_tokens"] == 400


@pytest.mark.parametrize(
    ("formats", "requests"), [({"json_object", "text"}, 2), ({"text"}, 3), ({"json_schema", "text"}, 1)]
)
def test_what_a_server_understands_is_found_out_once(
    server: OpenAIServer, formats: set[str], requests: int
) -> None:
    """The first question takes as many requests as needed, the next ones a single one each."""
    server.formats = formats
    answers = ask(server, PROMPT, PROMPT, PROMPT)
    assert [json.loads(answer.text)["sentence"] for answer in answers] == [WHOLE["sentence"]] * 3
    assert server.requests == requests + 2


def test_without_a_schema_the_orders_hold_it(server: OpenAIServer) -> None:
    """What the server can't enforce, the model is told; what stands around the answer is left away."""
    server.formats = {"text"}
    server.answer = lambda _: (
        f"<think>An object {{...}}?</think>Here you are:\n```json\n{json.dumps(WHOLE)}\n```"
    )
    (answer,) = ask(server)
    assert json.loads(answer.text) == WHOLE
    assert json.dumps(SCHEMA) in server.questions[0].orders
    assert server.questions[0].data == PROMPT.data


def test_the_limits_other_name_is_found_out_once(server: OpenAIServer) -> None:
    """Some servers know only the new one."""
    server.limits = {"max_completion_tokens"}
    ask(server, PROMPT, PROMPT)
    assert ["max_tokens" in asked for asked in server.asked] == [True, False, False]
    assert server.asked[-1]["response_format"]["type"] == "json_schema"


def test_a_server_that_understands_nothing_is_an_error_and_tried_anew(server: OpenAIServer) -> None:
    """Its first complaint is the one that's told; the next question begins with a schema again."""
    server.formats = set()
    with pytest.raises(ModelAnswerError, match="rejected the question: This response_format type is unavail"):
        ask(server)
    assert len(server.asked) == 3


def test_a_server_may_leave_out_what_it_likes() -> None:
    """Without names and counts the model is the one of settings, and tokens are 0."""
    with serve(Sparing(good)) as server:
        server.key = ""
        assert ask(server) == [Answer(json.dumps(WHOLE), MODEL, 0, 0)]


def test_a_key_is_sent_where_there_is_one(server: OpenAIServer) -> None:
    """Some servers want it wherever they are."""
    server.key = KEY
    assert ask(server, key=KEY)
    with pytest.raises(ModelSettingsError, match=r"\(HTTP 401\) doesn't accept the key. Set OPENAI_API_KEY"):
        ask(server)


def test_a_base_url_without_its_end_names_the_setting(server: OpenAIServer) -> None:
    """Who forgets the ``/v1`` is told where to look."""
    with pytest.raises(ModelSettingsError, match=r"isn't at this address. Check \[openai\] base_url and"):
        ask(server, base_url=server.url)


def test_no_model_is_a_setting_to_fill_in(server: OpenAIServer) -> None:
    """An empty name isn't sent anywhere."""
    with pytest.raises(ModelSettingsError, match=r"\[openai\] model is empty"):
        ask(server, model="")
    assert server.requests == 0


def test_a_missing_package_is_named_with_the_command_that_adds_it(
    server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to guess the extra."""
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(
        ModelSettingsError, match=r"openai isn't installed. Add it: pip install 'paperround\[openai"
    ):
        ask(server)
    monkeypatch.setitem(sys.modules, "google.generativeai", None)
    legacy = LegacyGeminiModel(model="x", api_url=server.url, key=KEY, timeout=60.0, thinking=0, proxy="")
    with pytest.raises(ModelSettingsError, match=r"pip install 'paperround\[legacy\]'"):
        asyncio.run(legacy.ask(PROMPT))
    with pytest.raises(ModelSettingsError, match=r"no\.such isn't installed"):
        require("no.such", "x")
