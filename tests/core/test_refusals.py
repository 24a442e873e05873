"""What a provider's refusal means, in errors and in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.backoff import LONGEST_WAIT, read_retry_after, wait_before_retry
from digest.errors import (
    ModelAnswerError,
    ModelBusyError,
    ModelError,
    ModelQuotaError,
    ModelSettingsError,
)
from digest.summaries.google_errors import read_refusal, seconds_to_midnight
from digest.summaries.refusals import Refusal, Service, error_of, host_of, said, unreachable

SERVICE = Service(
    title="Gemini",
    section="gemini",
    key="GEMINI_API_KEY",
    model="flash-9",
    url="https://ada:hush@gemini.example:8443/x",
    url_setting="[gemini] api_url",
)
NOW = datetime(2026, 6, 26, 4, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("refusal", "kind", "sentence"),
    [
        (
            Refusal(400, "API_KEY_INVALID", "API key not valid."),
            ModelSettingsError,
            "Gemini (HTTP 400) doesn't accept the key. Set GEMINI_API_KEY to a valid one.",
        ),
        (
            Refusal(401, "", "no"),
            ModelSettingsError,
            "Gemini (HTTP 401) doesn't accept the key. Set GEMINI_API_KEY to a valid one.",
        ),
        (
            Refusal(403, "PERMISSION_DENIED", "Not enabled.\nSee x.example."),
            ModelSettingsError,
            "Gemini (HTTP 403) doesn't let this key in: Not enabled. See x.example. Check GEMINI_API_KEY.",
        ),
        (
            Refusal(404, "NOT_FOUND", "models/flash-9 is not found for API version v1beta"),
            ModelSettingsError,
            "Gemini (HTTP 404) has no model “flash-9”. Set [gemini] model to one that it has.",
        ),
        (
            Refusal(400, "", "Model Not Exist"),
            ModelSettingsError,
            "Gemini (HTTP 400) has no model “flash-9”. Set [gemini] model to one that it has.",
        ),
        (
            Refusal(404, "", "<html>Not Found</html>"),
            ModelSettingsError,
            "Gemini (HTTP 404) isn't at this address. Check [gemini] api_url and [gemini] model.",
        ),
        (
            Refusal(400, "FAILED_PRECONDITION", "User location is not supported."),
            ModelSettingsError,
            "Gemini (HTTP 400) doesn't serve this account or place: User location is not supported.",
        ),
        (
            Refusal(429, "", "", 30.0),
            ModelBusyError,
            "Gemini gets too many requests at once (HTTP 429).",
        ),
        (Refusal(429, "", "", 61.0), ModelQuotaError, "Gemini's quota is used up for this key."),
        (
            Refusal(429, "", "", 3.0, daily=True),
            ModelQuotaError,
            "Gemini's quota for the day is used up for this key.",
        ),
        (
            Refusal(429, "insufficient_quota", "You exceeded your quota", 3.0),
            ModelQuotaError,
            "Gemini has no credit left for this key: You exceeded your quota. Top it up.",
        ),
        (
            Refusal(402, "", "Insufficient Balance"),
            ModelQuotaError,
            "Gemini has no credit left for this key: Insufficient Balance. Top it up.",
        ),
        (
            Refusal(503, "UNAVAILABLE", "<html>"),
            ModelBusyError,
            "Gemini (HTTP 503) is overloaded or out of order. Try again later.",
        ),
        (
            Refusal(529, "", ""),
            ModelBusyError,
            "Gemini (HTTP 529) is overloaded or out of order. Try again later.",
        ),
        (
            Refusal(400, "context_length_exceeded", "This model's maximum context length is 8192 tokens."),
            ModelAnswerError,
            "The text is too long for flash-9.",
        ),
        (Refusal(413, "", ""), ModelAnswerError, "The text is too long for flash-9."),
        (Refusal(400, "content_filter", "filtered"), ModelAnswerError, "Gemini blocked the question."),
        (
            Refusal(400, "INVALID_ARGUMENT", "Invalid JSON payload received."),
            ModelAnswerError,
            "Gemini (HTTP 400) rejected the question: Invalid JSON payload received.",
        ),
        (Refusal(418, "", ""), ModelAnswerError, "Gemini (HTTP 418) rejected the question."),
    ],
)
def test_each_refusal_has_its_kind_and_its_sentence(
    refusal: Refusal, kind: type[ModelError], sentence: str
) -> None:
    """The sentence says what happened, and the setting that helps where one does."""
    error = error_of(refusal, SERVICE)
    assert (type(error), str(error)) == (kind, sentence)


@given(
    st.integers(400, 599),
    st.text(max_size=30),
    st.text(max_size=400),
    st.none() | st.floats(0, 1e6),
    st.booleans(),
)
def test_any_refusal_is_one_line_without_the_key(
    status: int,
    code: str,
    message: str,
    wait: float | None,
    daily: bool,  # noqa: FBT001 - hypothesis calls it by name
) -> None:
    """Whatever a server writes, the key isn't repeated and the line stays short."""
    refusal = Refusal(status, code, f"{message} hush-hush {message}", wait, daily=daily)
    sentence = str(error_of(refusal, SERVICE, "hush-hush"))
    assert "hush-hush" not in sentence
    assert sentence.isprintable()
    assert len(sentence) < 300


def test_who_cannot_be_reached_is_named_without_a_password() -> None:
    """The host, why, and the setting to look at."""
    assert str(unreachable(SERVICE, "no connection")) == (
        "Can't reach Gemini at gemini.example:8443: no connection. Check [gemini] api_url if it lasts."
    )
    assert host_of("http://127.0.0.1:11434/v1") == "127.0.0.1:11434"


def test_a_providers_words_are_cut_at_a_word() -> None:
    """A long complaint keeps its beginning."""
    words = said("word " * 100)
    assert words.endswith("word …")
    assert len(words) <= 162


@pytest.mark.parametrize(
    ("error", "waits"),
    [
        (ModelBusyError("503"), [1.5, 3.0, None]),
        (ModelBusyError("429", 7.0), [7.0, 7.0, None]),
        (ModelBusyError("429", 2.0), [2.0, 3.0, None]),
        (ModelBusyError("429", LONGEST_WAIT + 1), [None, None, None]),
        (ModelQuotaError("429", 5.0), [None, None, None]),
        (ModelSettingsError("404"), [None, None, None]),
        (ModelAnswerError("blocked"), [None, None, None]),
    ],
)
def test_only_what_passes_is_asked_again(error: ModelError, waits: list[float | None]) -> None:
    """Longer each time, at least as long as the provider says, and a few times at most."""
    assert [wait_before_retry(error, tries, 3, 0.5) for tries in (1, 2, 3)] == waits


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        (" 120 ", 120.0),
        ("Fri, 26 Jun 2026 04:12:00 GMT", 120.0),
        ("Fri, 26 Jun 2026 04:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    """Both forms of RFC 9110; anything else says nothing."""
    assert read_retry_after(value, NOW) == seconds


GOOGLE = "type.googleapis.com/google.rpc."


def body(*details: dict[str, Any], status: str = "RESOURCE_EXHAUSTED") -> dict[str, Any]:
    """Write an error as Google does."""
    return {"error": {"code": 429, "message": "too much", "status": status, "details": [*details]}}


RETRY = {"@type": f"{GOOGLE}RetryInfo", "retryDelay": "12.5s"}
PER_DAY = {"@type": f"{GOOGLE}QuotaFailure", "violations": [{"quotaId": "GenerateRequestsPerDayPerProject"}]}
MINUTE = {"@type": f"{GOOGLE}QuotaFailure", "violations": [{"quotaId": "GenerateRequestsPerMinute"}]}


@pytest.mark.parametrize(
    ("written", "header", "refusal"),
    [
        (body(MINUTE, RETRY), None, Refusal(429, "RESOURCE_EXHAUSTED", "too much", 12.5)),
        (body(RETRY), "30", Refusal(429, "RESOURCE_EXHAUSTED", "too much", 30.0)),
        ([body()], None, Refusal(429, "RESOURCE_EXHAUSTED", "too much")),
        (body(PER_DAY, RETRY), None, Refusal(429, "RESOURCE_EXHAUSTED", "too much", 10_200.0, daily=True)),
        (
            body({"reason": "API_KEY_INVALID"}, status="INVALID_ARGUMENT"),
            None,
            Refusal(429, "API_KEY_INVALID", "too much"),
        ),
        ({"message": "<html>", "status": "Bad Gateway"}, None, Refusal(429, "Bad Gateway", "<html>")),
        ("<html>", None, Refusal(429, "", "<html>")),
    ],
)
def test_googles_errors_are_read(written: object, header: str | None, refusal: Refusal) -> None:
    """Quota, delay and reason; a day's quota lasts until Pacific midnight, whatever its delay says."""
    assert read_refusal(429, written, header, NOW) == refusal


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from("error details violations quotaId retryDelay reason status message".split()),
            inner,
            max_size=4,
        )
    ),
)


@given(json_values)
def test_no_body_breaks_the_reader(written: object) -> None:
    """Whatever JSON comes, there's a refusal."""
    assert read_refusal(500, written, None, NOW).status == 500


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001 - made aware below
def test_midnight_is_pacific_and_within_a_day(naive: datetime) -> None:
    """Summer or winter, the next one; 25 hours away at most."""
    now = naive.replace(tzinfo=UTC)
    seconds = seconds_to_midnight(now)
    there = (now + timedelta(seconds=seconds)).astimezone(ZoneInfo("America/Los_Angeles"))
    assert (there.hour, there.minute, there.second) == (0, 0, 0)
    assert 0 < seconds <= 25 * 3600
