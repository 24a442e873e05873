"""How much topics found lately: the last five dates that were harvested. Counts, says so, decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.phrases import subscribing as say
from digest.phrases import PAPERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from bot.commands.call import Tools
    from digest.calendar import Calendar
    from digest.model import Paper, Topic
    from digest.recent import Matched
    from digest.translation import Phrases

_DAYS = 5
"""A working week."""

SAMPLES = 3
"""Papers that show what a topic finds."""

_BROAD = 30
"""More papers a day than that are too many to read."""


@dataclass(frozen=True, slots=True)
class Week:
    """What some topics found on the last dates that were harvested.

    Attributes:
        recent: whether those are what people call last week.
    """

    matched: Matched
    recent: bool

    @property
    def dates(self) -> tuple[date, ...]:
        """Those dates, oldest first; none if nothing was harvested yet."""
        return self.matched.dates

    def papers(self, topic: Topic) -> tuple[Paper, ...]:
        """Return what a topic found, in no order."""
        return self.matched.papers[topic]

    def samples(self, topic: Topic) -> tuple[Paper, ...]:
        """Return some of what a topic found, the newest and best, if samples were asked for."""
        return self.matched.samples.get(topic, ())

    def a_day(self, topic: Topic) -> float:
        """Return how many papers a topic found a day."""
        return len(self.papers(topic)) / max(1, len(self.dates))

    def is_broad(self, topic: Topic) -> bool:
        """Return whether a topic finds more than anybody reads."""
        return self.a_day(topic) > _BROAD


async def last_week(topics: Sequence[Topic], tools: Tools, now: datetime, samples: int = 0) -> Week:
    """Return what topics found lately; with so many papers of each as samples, which take longer."""
    matched = await tools.recent.match(topics, _DAYS, samples)
    return Week(matched, _is_recent(matched.dates, now, tools.calendar))


def say_week(week: Week, topic: Topic, phrases: Phrases) -> str:
    """Say what a topic found: “Last week: 14 papers, about 3 a day.”."""
    if not week.dates:
        return phrases(say.NOTHING_READ)
    found = say_found(week, topic, phrases)
    if week.recent:
        return phrases(say.LAST_WEEK, found=found)
    return phrases.count(say.LAST_DAYS, len(week.dates), dates=phrases.dates(week.dates), found=found)


def say_found(week: Week, topic: Topic, phrases: Phrases) -> str:
    """Say how many papers a topic found: “14 papers, about 3 a day”."""
    if not (count := len(week.papers(topic))):
        return phrases.count(say.NONE_OF, week.matched.checked)
    papers = phrases.count(PAPERS, count)
    if len(week.dates) == 1:
        return papers
    return phrases(say.PAPERS_AT_RATE, papers=papers, rate=say_rate(week, topic, phrases))


def say_rate(week: Week, topic: Topic, phrases: Phrases) -> str:
    """Say how many papers a topic finds a day: “about 3 a day”."""
    a_day = week.a_day(topic)
    return phrases(say.UNDER_ONE_A_DAY) if a_day < 1 else phrases.count(say.ABOUT_A_DAY, round(a_day))


def _is_recent(dates: Sequence[date], now: datetime, calendar: Calendar) -> bool:
    """Return whether these are five dates without a gap, up to the newest or to the one before it."""
    if len(dates) < _DAYS or dates[-1] < calendar.previous(calendar.last(now)):
        return False
    return len(tuple(calendar.dates(dates[0], dates[-1]))) == _DAYS
