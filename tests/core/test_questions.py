"""A question waits some minutes for the one who was asked, where it was asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.access import Person
from bot.chats import Address
from bot.questions import PATIENCE, Questions

NOW = datetime(2026, 6, 26, 9, 0, tzinfo=UTC)
HERE, THERE = Address("telegram", "1"), Address("telegram", "2")
ADA, BEN = Person("telegram", "7"), Person("telegram", "8")


def test_only_who_was_asked_answers_and_only_there() -> None:
    """And once: the next text is no answer any more."""
    questions = Questions()
    questions.ask(HERE, ADA, "subscribe", NOW)
    assert questions.answered(THERE, ADA, NOW) == ""
    assert questions.answered(HERE, BEN, NOW) == ""
    assert questions.answered(HERE, ADA, NOW + PATIENCE) == "subscribe"
    assert questions.answered(HERE, ADA, NOW) == ""


def test_a_late_answer_is_none() -> None:
    """After ten minutes a text means something else, and so it does when the clock jumped back far."""
    questions = Questions()
    for at in (NOW + PATIENCE + timedelta(seconds=1), NOW - PATIENCE - timedelta(seconds=1)):
        questions.ask(HERE, ADA, "subscribe", NOW)
        assert questions.answered(HERE, ADA, at) == ""


def test_an_answer_asks_once() -> None:
    """What it asked while it was being made isn't asked again when it's there: a newer question holds."""
    questions = Questions()
    asking = questions.asking(HERE, ADA, lambda: NOW)
    asking("ask 2408.16725")
    assert questions.answered(HERE, ADA, NOW) == "ask 2408.16725"
    questions.asking(HERE, ADA, lambda: NOW)("subscribe")
    asking("ask 2408.16725")
    assert questions.answered(HERE, ADA, NOW) == "subscribe"


def test_the_newest_question_counts() -> None:
    """One each; and of very many the oldest are forgotten."""
    questions = Questions()
    questions.ask(HERE, ADA, "search", NOW)
    questions.ask(HERE, ADA, "subscribe", NOW)
    assert questions.answered(HERE, ADA, NOW) == "subscribe"
    for number in range(1_001):
        questions.ask(HERE, Person("telegram", str(number)), "subscribe", NOW)
    assert questions.answered(HERE, Person("telegram", "0"), NOW) == ""
    assert questions.answered(HERE, Person("telegram", "1"), NOW) == "subscribe"
