"""Announcement dates survive the way through a button."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.spans import span, within

FRIDAY = date(2026, 6, 26)
days = st.integers(0, 90).map(lambda number: FRIDAY - timedelta(days=number))


@given(dates=st.sets(days, min_size=1), others=st.sets(days))
def test_a_word_names_its_dates_and_no_others(dates: set[date], others: set[date]) -> None:
    """Whatever was read besides, weekends aside, exactly the dates come back, in few bytes."""
    word = span(sorted(dates))
    others = {day for day in others if day.weekday() < 5}
    assert within(word, dates | others) == tuple(sorted(dates))
    assert len(word) <= 33


def test_words_are_short_where_dates_follow_each_other() -> None:
    """One date and a range read as such; a gap is written as bits."""
    assert span([FRIDAY]) == "20260626"
    assert span([FRIDAY, FRIDAY + timedelta(days=3)]) == "20260626-20260629"
    assert span([FRIDAY - timedelta(days=7), FRIDAY]) == "20260619.40"


def test_dates_far_apart_become_a_range() -> None:
    """After a pause of a year every date between is meant, because all of them came at once."""
    assert span([FRIDAY - timedelta(days=365), FRIDAY]) == "20250626-20260626"


@given(word=st.text() | st.from_regex(r"[0-9]{8}([-.][0-9a-f]{1,24})?", fullmatch=True))
def test_any_word_can_be_read(word: str) -> None:
    """A client may send anything: only dates that were read come back."""
    assert set(within(word, [FRIDAY])) <= {FRIDAY}
