"""Limits count an hour for each person and chat, and forgive what is older."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.limits import WINDOW, Limits

NOW = datetime(2026, 6, 26, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_says_how_long_to_wait() -> None:
    """Until the oldest of the counted uses is an hour ago; a refused use isn't counted."""
    limits = Limits()
    assert limits.take({"ada": 2}, NOW) is None
    assert limits.take({"ada": 2}, NOW + 10 * MINUTE) is None
    assert limits.take({"ada": 2}, NOW + 20 * MINUTE) == 40 * MINUTE
    assert limits.take({"ada": 2}, NOW + WINDOW) is None
    assert limits.take({"ada": 2}, NOW + WINDOW) == 10 * MINUTE


def test_whoever_is_over_the_limit_costs_the_others_nothing() -> None:
    """A use counts for all or for none; the longest wait is told."""
    limits = Limits()
    assert limits.take({"group": 1}, NOW) is None
    assert limits.take({"ada": 1, "group": 1}, NOW + MINUTE) == 59 * MINUTE
    assert limits.take({"ada": 1}, NOW + MINUTE) is None


def test_a_clock_that_was_set_back_locks_nobody_out() -> None:
    """Uses from what is now the future don't count."""
    limits = Limits()
    assert limits.take({"ada": 1}, NOW + 24 * WINDOW) is None
    assert limits.take({"ada": 1}, NOW) is None


def test_remembers_a_bounded_number() -> None:
    """Whoever used it longest ago is forgotten first."""
    limits = Limits(most_known=2)
    for who in ("ada", "ben", "cem"):
        assert limits.take({who: 1}, NOW) is None
    assert limits.take({"cem": 1}, NOW) is not None
    assert limits.take({"ada": 1}, NOW) is None


@given(
    gaps=st.lists(st.integers(0, 40), max_size=60),
    limit=st.integers(1, 5),
)
def test_never_more_than_the_limit_in_any_hour(gaps: list[int], limit: int) -> None:
    """However the uses are spread; and who waits as long as told is let through."""
    limits, now, taken = Limits(), NOW, list[datetime]()
    for gap in gaps:
        now += gap * MINUTE
        if wait := limits.take({"ada": limit}, now):
            assert timedelta() < wait <= WINDOW
            now += wait
            assert limits.take({"ada": limit}, now) is None
        taken.append(now)
        assert sum(at > now - WINDOW for at in taken) <= limit
