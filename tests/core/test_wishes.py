"""What chats want becomes papers: each once, under its first topic, one limit shared fairly."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.chats import Subscription
from bot.wishes import content, page, select, topic_of
from digest.editions import share
from digest.model import Match, PaperId, Reason, Topic
from tests.papers import paper

AT = datetime(2026, 6, 26, tzinfo=UTC)
RIVERS, LAKES = Topic("rivers", "Rivers", "river"), Topic("lakes", "Lakes", "lake")


def matches(*numbers: int) -> tuple[Match, ...]:
    """Return matches of these papers, best first."""
    return tuple(Match(paper(number), 1.0, (Reason("title", "river"),)) for number in numbers)


def ids(*numbers: int) -> list[PaperId]:
    """Return the ids of these papers."""
    return [paper(number).id for number in numbers]


@given(st.lists(st.integers(0, 30), max_size=8), st.integers(0, 40))
def test_a_limit_is_used_up_and_never_passed(counts: list[int], limit: int) -> None:
    """As many papers are shown as there are, up to the limit, and no topic shows more than it has."""
    shares = share(counts, limit)
    assert sum(shares) == min(limit, sum(counts))
    assert all(shown <= count for shown, count in zip(shares, counts, strict=True))


@given(st.lists(st.integers(0, 30), max_size=8), st.integers(0, 40))
def test_a_limit_is_shared_fairly(counts: list[int], limit: int) -> None:
    """A topic that has more to show is at most one paper behind any other, and the first come first."""
    shares = share(counts, limit)
    for place, (shown, count) in enumerate(zip(shares, counts, strict=True)):
        if shown < count:
            assert all(other <= shown + 1 for other in shares)
            assert all(other <= shown for other in shares[place + 1 :])


def test_a_paper_stands_under_its_first_topic_and_names_the_others() -> None:
    """A paper that two topics match is shown and counted once."""
    sections = select([(RIVERS, matches(1, 2)), (LAKES, matches(2, 3))], (), 9)
    assert [[entry.paper.id for entry in section.entries] for section in sections] == [ids(1, 2), ids(3)]
    assert [section.found for section in sections] == [2, 1]
    assert [entry.also for entry in sections[0].entries] == [(), ("Lakes",)]


def test_what_a_chat_had_is_neither_shown_nor_counted() -> None:
    """A paper that was sent before isn't sent for a second topic either."""
    sections = select([(RIVERS, matches(1, 2)), (LAKES, matches(2, 3))], ids(2), 9)
    assert [[entry.paper.id for entry in section.entries] for section in sections] == [ids(1), ids(3)]
    assert [section.found for section in sections] == [1, 1]


def test_a_withdrawn_paper_takes_nobodys_place() -> None:
    """A topic that found nothing else has no turn while another has a paper to show."""
    gone = tuple(replace(each, paper=replace(each.paper, comment="withdrawn")) for each in matches(20, 21))
    found = [(RIVERS, matches(1, 2, 3)), (LAKES, gone)]
    shown = [
        [[entry.paper.id for entry in section.entries] for section in page(found, (), 2, offset)]
        for offset in (0, 2, 4)
    ]
    assert shown == [[ids(1, 2), []], [ids(3), ids(20)], [[], ids(21)]]


def test_what_the_limit_leaves_out_is_counted() -> None:
    """Every match is shown or counted, over all topics together."""
    sections = select([(RIVERS, matches(*range(1, 9))), (LAKES, matches(20, 21))], (), 5)
    assert [len(section.entries) for section in sections] == [3, 2]
    assert [section.found for section in sections] == [8, 2]


@given(
    numbers=st.lists(st.lists(st.integers(1, 30), max_size=12, unique=True), min_size=1, max_size=4),
    had=st.sets(st.integers(1, 30), max_size=10),
    limit=st.integers(1, 7),
)
def test_pages_show_what_was_counted(numbers: list[list[int]], had: set[int], limit: int) -> None:
    """Page by page every paper that the chat hadn't is shown once, those of a topic in its order.

    The first page is what a digest would show, and the counts of each page say how many are still to come.
    """
    topics = [Topic(f"t{place}", f"T{place}", "river") for place in range(len(numbers))]
    found = [(topic, matches(*each)) for topic, each in zip(topics, numbers, strict=True)]
    known = frozenset(ids(*had))
    left = {number for each in numbers for number in each} - had
    told: dict[str, list[PaperId]] = {topic.name: [] for topic in topics}
    for offset in range(0, len(left) + 1, limit):
        sections = page(found, known, limit, offset)
        for section in sections:
            told[section.topic.name] += [entry.paper.id for entry in section.entries]
        shown = [entry.paper.id for section in sections for entry in section.entries]
        assert len(shown) == min(limit, len(left) - offset)
        assert sum(section.left_out for section in sections) == max(0, len(left) - offset - limit)
        if not offset:
            digest = [entry.paper.id for each in select(found, known, limit) for entry in each.entries]
            assert shown == digest
    assert sorted(each for papers in told.values() for each in papers) == sorted(ids(*left))
    for topic, each in found:
        order = [match.paper.id for match in each]
        assert told[topic.name] == sorted(told[topic.name], key=order.index)


def test_selections_are_told_apart_by_what_they_say() -> None:
    """Equal papers with another reason are another edition."""
    one = select([(RIVERS, matches(1))], (), 5)
    other = select([(RIVERS, (Match(paper(1), 2.0, (Reason("abstract", "river"),)),))], (), 5)
    assert content(one) == content(select([(RIVERS, matches(1))], (), 5))
    assert content(one) != content(other)


def test_a_preset_is_looked_up_anew() -> None:
    """A subscription follows its preset; one whose preset is gone, or of a person's own, keeps its text."""
    today = Topic("rivers", "Rivers", "river OR brook")
    preset = Subscription(RIVERS, preset=True, by="me", at=AT)
    assert topic_of(preset, {"rivers": today}) == today
    assert topic_of(preset, {}) == RIVERS
    assert topic_of(Subscription(RIVERS, preset=False, by="me", at=AT), {"rivers": today}) == RIVERS
