"""What follows from each outcome of a try."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox import (
    LIFETIME,
    LONGEST_WAIT,
    Delivery,
    DeliveryState,
    Gone,
    Moved,
    Outcome,
    Refused,
    Retry,
    Sent,
    Settlement,
    Unknown,
    settle,
    wait_before,
)
from bot.trouble import Audience, Cause, Trouble
from tests.outbox import AT, PLATFORM, address, delivery

FINAL = {DeliveryState.SENT, DeliveryState.EXPIRED, DeliveryState.DROPPED}
JITTER = st.floats(0, 1, exclude_max=True)
OUTCOMES = st.one_of(
    st.builds(Sent, st.just("m")),
    st.builds(Retry, st.just("busy"), st.none() | st.floats(-5, 400_000)),
    st.builds(Moved, st.integers(1, 3).map(address)),
    st.builds(Gone, st.just("kicked")),
    st.builds(Refused, st.just("can't parse")),
    st.builds(Unknown, st.just("timeout")),
)
TRIED_AGAIN = st.one_of(
    st.builds(Retry, st.just("busy"), st.none()),
    st.builds(Moved, st.integers(1, 3).map(address)),
    st.builds(Refused, st.just("can't parse")),
    st.builds(Unknown, st.just("timeout")),
)


def after(tried: Delivery, settlement: Settlement) -> Delivery:
    """Return a delivery as it's claimed the next time."""
    return replace(
        tried,
        tries=settlement.tries,
        plain=settlement.plain,
        address=settlement.follow or tried.address,
    )


@given(st.lists(OUTCOMES), TRIED_AGAIN, JITTER, st.timedeltas(timedelta(), timedelta(hours=1)))
def test_every_path_ends_within_two_days_and_one_try(
    outcomes: list[Outcome], then: Outcome, jitter: float, took: timedelta
) -> None:
    """Whatever happens, a delivery is tried for two days, once more at most, and then it's settled."""
    current, now, late = delivery(), AT, 0
    steps = iter(outcomes)
    while True:
        late += now > AT + LIFETIME
        settlement = settle(current, next(steps, then), now + took, jitter)
        assert settlement.tries == current.tries + 1
        assert settlement.delivery == current.number
        if settlement.final:
            break
        assert now + took <= settlement.due_at <= AT + LIFETIME
        now, current = settlement.due_at, after(current, settlement)
    assert settlement.state in FINAL
    assert late <= 1


@given(OUTCOMES, st.booleans(), st.integers(0, 2000), st.timedeltas(timedelta(), timedelta(days=5)), JITTER)
def test_no_path_loses_or_forgets(
    outcome: Outcome,
    plain: bool,  # noqa: FBT001
    tries: int,
    age: timedelta,
    jitter: float,
) -> None:
    """Only what was sent counts as sent; whatever else ends is told to somebody, with the reason."""
    settlement = settle(delivery(plain=plain, tries=tries), outcome, AT + age, jitter)
    assert (settlement.state is DeliveryState.SENT) == isinstance(outcome, Sent)
    assert settlement.sent_as == ("m" if isinstance(outcome, Sent) else None)
    assert (settlement.trouble is not None) == (settlement.final and not isinstance(outcome, Sent))
    assert settlement.lost == isinstance(outcome, Gone)
    assert settlement.follow == (outcome.to if isinstance(outcome, Moved) else None)
    assert isinstance(outcome, Sent) or settlement.why
    assert not plain or settlement.plain


@given(st.floats(0, 86_000), JITTER)
def test_a_platform_that_names_a_wait_gets_exactly_that(wait: float, jitter: float) -> None:
    """Retry-After is kept to the microsecond, neither shortened by jitter nor by the cap."""
    settlement = settle(delivery(tries=9), Retry("slow down", wait), AT, jitter)
    assert settlement.due_at == AT + timedelta(seconds=wait)
    assert settlement.state is DeliveryState.PENDING


def test_a_wait_that_outlives_the_delivery_ends_it() -> None:
    """Asked to come back after the two days are over, we give up now: the next digest has the papers."""
    settlement = settle(delivery(), Retry("flood", LIFETIME.total_seconds() + 1), AT, 0)
    assert settlement.state is DeliveryState.EXPIRED
    assert settlement.trouble == Trouble(Cause.EXPIRED, Audience.OWNER, PLATFORM, 1, "flood")


@given(st.integers(0, 5000), JITTER)
def test_waits_double_up_to_an_hour_with_jitter(tries: int, jitter: float) -> None:
    """Without Retry-After each wait is up to twice the one before, never over an hour, never all at once."""
    wait = wait_before(tries, jitter)
    assert min(2.0 ** min(tries, 12), LONGEST_WAIT) / 2 <= wait <= LONGEST_WAIT
    assert wait_before(tries, 0) <= wait <= 2 * wait_before(tries, 0)
    assert wait_before(tries + 1, jitter) in (
        pytest.approx(2 * wait),
        pytest.approx(LONGEST_WAIT * (1 + jitter) / 2),
    )


@pytest.mark.parametrize(
    ("outcome", "changed"),
    [
        (Moved(address(2)), {"follow": address(2), "why": "moved to 2"}),
        (Refused("tags"), {"plain": True, "why": "tags"}),
    ],
)
def test_what_another_try_cures_is_tried_at_once(outcome: Outcome, changed: dict[str, object]) -> None:
    """A chat that moved is followed, a body that was refused goes out plain, both without a wait."""
    expected = Settlement(7, 1, DeliveryState.PENDING, AT, 1, plain=False)
    assert settle(delivery(), outcome, AT, 0.5) == replace(expected, **changed)  # type: ignore[arg-type]


def test_a_chat_that_moves_in_circles_is_followed_at_leisure() -> None:
    """After a few moves each further one waits, or two addresses naming each other would keep us busy."""
    assert settle(delivery(tries=8), Moved(address(2)), AT, 0).due_at > AT


@pytest.mark.parametrize(
    ("outcome", "cause", "audience", "lost"),
    [
        (Gone("blocked"), Cause.GONE, Audience.SUBSCRIBER, True),
        (Refused("blocked"), Cause.REFUSED, Audience.OWNER, False),
    ],
)
def test_what_no_try_cures_is_dropped_and_told(
    outcome: Outcome,
    cause: Cause,
    audience: Audience,
    lost: bool,  # noqa: FBT001
) -> None:
    """A chat that's gone is lost and its people hear of it; a plain text refused is the owner's matter."""
    settlement = settle(delivery(plain=True), outcome, AT, 0)
    assert settlement.state is DeliveryState.DROPPED
    assert settlement.lost == lost
    assert settlement.trouble == Trouble(cause, audience, PLATFORM, 1, "blocked")


def test_people_hear_of_their_chat_and_owners_of_a_platform() -> None:
    """Ten thousand expired deliveries are one message to the owner; each lost chat is one to its people."""
    expired, gone = (
        [settle(delivery(chat=chat), outcome, at, 0).trouble for chat in (1, 2)]
        for outcome, at in ((Retry("down"), AT + LIFETIME), (Gone("left"), AT))
    )
    assert len({trouble.about for trouble in expired if trouble}) == 1
    assert len({trouble.about for trouble in gone if trouble}) == 2


def test_a_clock_that_was_set_back_changes_no_decision() -> None:
    """A delivery from the future is tried as usual, within two days of the time it carries."""
    settlement = settle(delivery(), Retry("busy"), datetime.fromisoformat("2026-06-26T05:00:00+00:00"), 0)
    assert settlement.state is DeliveryState.PENDING
    assert settlement.due_at < AT
