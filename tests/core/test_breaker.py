"""How long a provider that failed is left alone, and who may try whether it's back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import ModelAnswerError, ModelBusyError, ModelError, ModelQuotaError, ModelSettingsError
from digest.summaries.breaker import LONGEST_REST, SETTINGS_REST, TRIAL, WORKING, Breaker, Circuit

NOW = datetime(2026, 6, 26, 4, 10, tzinfo=UTC)
BUSY = ModelBusyError("Gemini (HTTP 503) is overloaded.")
ERRORS = (BUSY, ModelAnswerError("Gemini gave an empty answer."))


def after(*errors: ModelError) -> Circuit:
    """Let errors come in a row, each as soon as the provider may be asked."""
    circuit, now = WORKING, NOW
    for error in errors:
        now = max(now, circuit.open_until or now)
        circuit = circuit.failed(error, now)
    return circuit


@pytest.mark.parametrize("error", ERRORS)
def test_three_failures_in_a_row_open_the_circuit(error: ModelError) -> None:
    """Two may be chance; a third isn't asked after for half a minute, whatever went wrong."""
    assert after(error, error).admits(NOW)
    circuit = after(error, error, error)
    assert circuit.open_until == NOW + timedelta(seconds=30)
    assert not circuit.admits(NOW + timedelta(seconds=29))
    assert circuit.admits(NOW + timedelta(seconds=30))


def test_each_further_failure_doubles_the_rest_up_to_an_hour() -> None:
    """A provider that is away for a day is asked once an hour, not every half minute."""
    rests = []
    circuit, now = after(BUSY, BUSY), NOW
    for _ in range(10):
        circuit = circuit.failed(BUSY, now)
        assert circuit.open_until
        rests.append(circuit.open_until - now)
        now = circuit.open_until
    assert [rest.total_seconds() for rest in rests[:4]] == [30, 60, 120, 240]
    assert rests[-1] == LONGEST_REST


def test_what_fails_after_the_circuit_opened_says_nothing_new() -> None:
    """Eight questions that fail together open it for as long as three."""
    assert after(BUSY, BUSY, BUSY).failed(BUSY, NOW).failed(BUSY, NOW) == after(BUSY, BUSY, BUSY)


def test_a_bad_key_opens_it_at_once_and_for_hours() -> None:
    """It's told once, and nobody waits for it again and again."""
    circuit = after(ModelSettingsError("Set GEMINI_API_KEY to a valid one."))
    assert circuit.open_until == NOW + SETTINGS_REST


@pytest.mark.parametrize(
    ("retry_after", "rest"),
    [(None, timedelta(hours=1)), (18_000.0, timedelta(hours=5)), (1e9, timedelta(hours=25))],
)
def test_a_used_up_quota_rests_as_long_as_the_provider_says(
    retry_after: float | None, rest: timedelta
) -> None:
    """An hour where it says nothing, a day at most whatever it says."""
    assert after(ModelQuotaError("used up", retry_after)).open_until == NOW + rest


def test_a_longer_rest_isnt_cut_short_by_a_later_error() -> None:
    """What was asked before a quota ran out and fails after doesn't bring it back sooner."""
    circuit = after(ModelQuotaError("used up", 50_000.0))
    assert circuit.failed(ModelQuotaError("used up", 100.0), NOW).open_until == circuit.open_until
    assert circuit.failed(BUSY, NOW) == circuit


def test_one_tries_whether_it_is_back() -> None:
    """After the rest one question goes through, the others only once it was answered, or never reported."""
    now = NOW
    breaker = Breaker(lambda: now)
    for _ in range(3):
        assert breaker.admit()
        breaker.failed(BUSY)
    assert breaker.rests()
    assert not breaker.admit()
    now += timedelta(seconds=30)
    assert not breaker.rests()
    assert breaker.admit()
    assert breaker.rests()
    assert not breaker.admit()
    now += TRIAL  # whoever tried was cancelled
    assert breaker.admit()
    breaker.succeeded()
    assert [breaker.admit() for _ in range(8)] == [True] * 8


def test_an_answer_forgets_the_failures() -> None:
    """Failures that answers come between are chance."""
    breaker = Breaker(lambda: NOW)
    for _ in range(9):
        breaker.failed(BUSY)
        breaker.failed(BUSY)
        breaker.succeeded()
    assert breaker.admit()


@given(st.lists(st.sampled_from((*ERRORS, ModelSettingsError("x"), ModelQuotaError("x", 7.0))), max_size=40))
def test_no_row_of_errors_closes_a_provider_off_for_good(errors: list[ModelError]) -> None:
    """Whatever comes, it's asked again within hours."""
    circuit = after(*errors)
    if circuit.open_until is not None:
        assert circuit.admits(circuit.open_until)
    now = max(NOW, circuit.open_until or NOW)
    again = circuit.failed(errors[-1], now) if errors else circuit
    assert again.open_until is None or again.open_until - now <= SETTINGS_REST
