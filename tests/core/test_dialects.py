"""How servers of OpenAI's language are spoken to, and what is tried when they don't understand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.summaries.dialects import OPENAIS, OTHERS, Dialect, Format, find_object, simpler
from digest.summaries.refusals import Refusal
from digest.summaries.schemas import closed, narrowed
from digest.writers import Prompt

SCHEMA = {
    "type": "object",
    "properties": {
        "pattern": {"type": "string", "maxLength": 200, "description": "One sentence."},
        "takeaways": {"type": "array", "minItems": 3, "items": {"type": "string", "maxLength": 160}},
    },
    "required": ["pattern"],
}
PROMPT = Prompt("Summarize.", "A paper.", SCHEMA, 400)
UNSUPPORTED = Refusal(400, "", "This response_format type is unavailable now")


def test_the_schema_is_sent_as_strict_mode_wants_it() -> None:
    """Every property required, no others, no keyword that OpenAI refuses; a property may be named as one."""
    asked = OPENAIS.request(PROMPT, "gpt", 1000)
    assert asked["response_format"]["json_schema"] == {
        "name": "answer",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {
                "pattern": {"type": "string", "description": "One sentence."},
                "takeaways": {"type": "array", "minItems": 3, "items": {"type": "string"}},
            },
            "required": ["pattern", "takeaways"],
            "additionalProperties": False,
        },
    }
    assert asked["max_completion_tokens"] == 1400
    assert asked["messages"][0] == {"role": "system", "content": "Summarize."}
    assert asked["messages"][1] == {"role": "user", "content": "A paper."}


def test_whoever_gets_no_schema_is_told_it_in_words() -> None:
    """In our orders, never among the data."""
    asked = Dialect(Format.TEXT, "max_tokens").request(PROMPT, "gpt", 0)
    assert "response_format" not in asked
    assert '"maxLength": 160' in asked["messages"][0]["content"]
    assert asked["messages"][1]["content"] == "A paper."


def test_a_server_is_spoken_to_ever_more_simply() -> None:
    """A schema, then JSON of any kind, then plain text, then no more."""
    tried: list[Dialect | None] = [OTHERS]
    while (last := tried[-1]) is not None:
        tried.append(simpler(last, UNSUPPORTED))
    assert [each and each.format for each in tried] == [Format.SCHEMA, Format.OBJECT, Format.TEXT, None]


def test_the_other_name_of_the_limit_is_tried_once() -> None:
    """Reasoning models refuse the old name, old servers the new one; the form stays."""
    refusal = Refusal(400, "unsupported_parameter", "Unsupported parameter: 'max_tokens' is not supported")
    turned = simpler(OTHERS, refusal)
    assert turned == Dialect(Format.SCHEMA, "max_completion_tokens", turned=True)
    assert simpler(turned, refusal) is None
    assert simpler(OPENAIS, refusal) == Dialect(Format.SCHEMA, "max_tokens", turned=True)


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal(401, "invalid_api_key", "no"),
        Refusal(404, "model_not_found", "no"),
        Refusal(429, "", "no"),
        Refusal(500, "", "no"),
        Refusal(400, "context_length_exceeded", "8192 tokens"),
        Refusal(400, "content_filter", "filtered"),
        Refusal(400, "", "maximum context length is 8192 tokens, you requested max_tokens 9000"),
    ],
)
def test_other_trouble_isnt_asked_again_in_simpler_words(refusal: Refusal) -> None:
    """Nothing is asked again where that can't help: it would cost a request each."""
    assert simpler(OTHERS, refusal) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": 1}', '{"a": 1}'),
        ('```json\n{"a": 1}\n```', '{"a": 1}'),
        ('<think>Is {this} it?</think>\n{"a": {"b": 2}}', '{"a": {"b": 2}}'),
        ('Sure, here is the JSON: {"a": 1} Enjoy.', '{"a": 1}'),
        (" no object ", "no object"),
        ("} {", "} {"),
    ],
)
def test_the_object_is_found_in_what_stands_around_it(text: str, found: str) -> None:
    """Fences, thoughts and chatter are left away; without an object the text stays as it is."""
    assert find_object(text) == found


@given(st.text())
def test_finding_the_object_twice_changes_nothing(text: str) -> None:
    """It takes away what isn't part of it, and nothing more."""
    assert find_object(find_object(text)) == find_object(text)


def test_a_narrowed_schema_is_a_new_one() -> None:
    """The prompt's own schema stays as it was."""
    before = repr(SCHEMA)
    closed(narrowed(SCHEMA, frozenset({"type", "properties", "items"})))
    assert repr(SCHEMA) == before
