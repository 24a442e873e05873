"""What chats want and which papers that comes to. Pure; knows no words, no platform and no store.

A wish is everything that a digest depends on but what the chat had before. Chats with equal wishes share the
work, and where the papers are equal too, they share the edition.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from digest.editions import once, share
from digest.model import Entry, Section
from digest.withdrawals import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping, Sequence
    from datetime import date, datetime

    from bot.chats import Chat, Detail, Layout, QuietDays, Subscription
    from digest.editions import Found
    from digest.model import Match, PaperId, Topic

Local: TypeAlias = "datetime"
"""A local time without its zone, as people read it: chats of many zones share one."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a digest is said, whatever it holds.

    Attributes:
        figures: whether papers come with a figure.
        today: whether its only date is the reader's own today.
        next_at: when the next one is to be expected, in local time.
    """

    platform: str
    layout: Layout
    language: str
    brief_language: str
    detail: Detail
    figures: bool
    today: bool
    next_at: Local


@dataclass(frozen=True, slots=True)
class Wish:
    """What a chat is to be told.

    Attributes:
        topics: in the order in which they were subscribed.
        dates: announcement dates, oldest first.
        papers: the most papers, over all topics.
        quiet_days: what is said when nothing matched.
    """

    topics: tuple[Topic, ...]
    dates: tuple[date, ...]
    papers: int
    quiet_days: QuietDays
    look: Look


def wish_of(
    chat: Chat, dates: tuple[date, ...], now: datetime, next_at: datetime, presets: Mapping[str, Topic]
) -> Wish:
    """Return what a chat wants to be told of these dates.

    Args:
        chat: who.
        dates: of the listings that it hasn't heard of.
        now: the time.
        next_at: when its next digest is to be expected.
        presets: the topics of config.toml as they are today.
    """
    wants = chat.preferences
    zone = ZoneInfo(wants.zone)
    return Wish(
        topics=tuple(topic_of(subscription, presets) for subscription in chat.subscriptions),
        dates=dates,
        papers=wants.papers,
        quiet_days=wants.quiet_days,
        look=Look(
            platform=chat.address.platform,
            layout=wants.layout,
            language=wants.language,
            brief_language=wants.brief_language,
            detail=wants.detail,
            figures=wants.figures,
            today=dates == (now.astimezone(zone).date(),),
            next_at=next_at.astimezone(zone).replace(tzinfo=None),
        ),
    )


def topic_of(subscription: Subscription, presets: Mapping[str, Topic]) -> Topic:
    """Return a subscription's topic: a preset as it is today, or as it was if it's gone."""
    if subscription.preset:
        return presets.get(subscription.topic.name, subscription.topic)
    return subscription.topic


def select(found: Sequence[Found], had: Collection[PaperId], limit: int) -> tuple[Section, ...]:
    """Choose what a digest shows; its entries have no briefs yet.

    A paper stands under the first topic that it meets, naming the others. What the chat had isn't shown and
    isn't counted; what the limit leaves out is counted in `Section.found`.

    Args:
        found: the topics in order, each with its matches as `digest.rank` orders them.
        had: the papers that were sent before.
        limit: the most papers over all topics, shared as `digest.editions.share` says.
    """
    return tuple(
        replace(section, found=section.found - section.before, before=0)
        for section in page(found, had, limit, 0)
    )


def page(found: Sequence[Found], had: Collection[PaperId], limit: int, offset: int) -> tuple[Section, ...]:
    """Choose what one page shows of that which a digest can't hold; its entries have no briefs yet.

    A paper that was withdrawn takes the place of none that wasn't, whatever their topics. Pages follow each
    other without a gap: together they show what `select` counts, in its order.

    Args:
        found: as `select` takes it.
        had: the papers that are passed over; `Section.before` counts them, and `Section.found` does too.
        limit: the most papers on a page, over all topics.
        offset: how many papers the earlier pages showed.
    """
    titles: dict[PaperId, list[str]] = {}
    for topic, matches in found:
        for match in matches:
            titles.setdefault(match.paper.id, []).append(topic.title)
    everything = once(found)
    fresh = [tuple(match for match in matches if match.paper.id not in had) for _, matches in everything]
    gone = [sum(is_withdrawn(match.paper) for match in matches) for matches in fresh]
    starts, ends = (_shares(fresh, gone, most) for most in (offset, offset + limit))
    return tuple(
        Section(
            topic=topic,
            entries=tuple(
                Entry(match, None, also=tuple(titles[match.paper.id][1:])) for match in left[start:end]
            ),
            found=len(matches),
            before=len(matches) - len(left) + start,
        )
        for (topic, matches), left, start, end in zip(everything, fresh, starts, ends, strict=True)
    )


def _shares(found: Sequence[Sequence[Match]], withdrawn: Sequence[int], limit: int) -> list[int]:
    """Share a limit among topics, first among the papers that weren't withdrawn: the first of each topic."""
    standing = [len(matches) - gone for matches, gone in zip(found, withdrawn, strict=True)]
    left = max(0, limit - sum(standing))
    return [sum(both) for both in zip(share(standing, limit), share(withdrawn, left), strict=True)]


def content(sections: Sequence[Section]) -> Hashable:
    """Return what two selections of the same dates have in common exactly when they say the same."""
    return tuple(
        (
            section.topic.title,
            section.found,
            tuple((entry.paper.id, entry.match.reasons, entry.also) for entry in section.entries),
        )
        for section in sections
    )
