"""What models may write because of one chat is bounded; what several wait for is on one of their accounts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.allowances import Allowances
from digest.model import PaperId

NOW = datetime(2026, 6, 26, 9, 0, tzinfo=UTC)
ONE, TWO = PaperId("9906.00001"), PaperId("9906.00002")


def test_a_chat_has_so_many_a_day() -> None:
    """Each chat its own; after 24 hours anew."""
    now = [NOW]
    allowances = Allowances(2, lambda: now[0])
    assert [allowances.of(1)(ONE) for _ in range(3)] == [True, True, False]
    assert allowances.of(2)(ONE)
    now[0] += timedelta(days=1)
    assert allowances.of(1)(ONE)


def test_a_shared_brief_is_paid_for_once() -> None:
    """By the first of those who wait for it that has anything left; by nobody when none has."""
    allowances = Allowances(1, lambda: NOW)
    may_ask = allowances.of_any({ONE: [1, 2], TWO: [1]})
    assert may_ask(ONE)
    assert not may_ask(TWO)
    assert may_ask(ONE)
    assert not may_ask(ONE)
    assert not may_ask(PaperId("9906.00003"))
