"""A topic's parts find no more than it does, and every part leads back to it."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.commands.topic_parts import TITLES, narrow, parts, widen
from digest.errors import QueryError
from digest.index import index
from digest.match import match
from digest.model import Topic
from digest.query import parse
from tests.papers import paper

WORDS = ["rivers", "bend", '"nine rivers"', "ti:study", "abs:model", "au:ash", "cs.LG", "all:propose", "riv*"]
QUERIES = st.recursive(
    st.sampled_from(WORDS),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" ", " AND ", " OR ", " ANDNOT "]), inner).map("".join),
        inner.map("({})".format),
    ),
    max_leaves=6,
)
PARTS = st.sampled_from([TITLES, "cs.CV", "cs.LG", "hep-th"])
DAY = index(
    [
        paper(1),
        paper(2, title="Bend", categories=("cs.LG",)),
        paper(3, abstract="Nine rivers.", categories=("hep-th",)),
        paper(4, title="Nine Rivers Bend", abstract="A model.", authors=("Cy Cole",)),
        paper(5, title="Else", abstract="We propose a study.", categories=("cs.AI", "cs.CV")),
    ]
)


def typed(query: str) -> Topic:
    """Return a topic as somebody typed it."""
    return Topic(query, query, query)


@given(QUERIES, PARTS)
def test_a_part_finds_no_more(query: str, part: str) -> None:
    """Whatever a part finds, the topic finds too; a category's part has nothing but that category."""
    assume(_parses(query))
    narrowed = narrow(typed(query), part)
    if narrowed is None:
        return
    assert narrowed.name == narrowed.title == narrowed.query
    found = match(parse(narrowed.query), DAY)
    if part != TITLES:
        assert all(part in each.categories for at, each in enumerate(DAY.papers) if found >> at & 1)
    assert found & ~match(parse(query), DAY) == 0


@given(QUERIES, st.lists(PARTS, min_size=1, max_size=4))
def test_every_part_leads_back(query: str, path: list[str]) -> None:
    """What was narrowed, and narrowed again, is widened step by step to what was typed."""
    assume(_parses(query))
    steps = [typed(query)]
    for part in path:
        if narrowed := narrow(steps[-1], part):
            steps.append(narrowed)
    for before, after in zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True):
        assert widen(after, {}) == (before, False)


@given(PARTS)
def test_a_ready_made_topic_comes_back_as_one(part: str) -> None:
    """A part of a ready-made topic keeps its description and its archives, and leads back to it."""
    preset = Topic("river", "Rivers", "rivers OR bend", ("cs",), "what bends")
    narrowed = narrow(preset, part)
    assert narrowed is not None
    assert (narrowed.archives, narrowed.about) == (preset.archives, preset.about)
    assert narrowed.title == f"Rivers, {part}"
    assert widen(narrowed, {"river": preset}) == (preset, True)


@given(st.text())
def test_no_part_of_nonsense(part: str) -> None:
    """A button's action may say anything; what is no category narrows nothing."""
    assume(part != TITLES)
    narrowed = narrow(typed("rivers"), part)
    assert narrowed is None or narrowed.query == f"rivers AND cat:{part}"
    assert widen(typed("rivers"), {}) is None


def test_offers_what_it_finds_most() -> None:
    """Titles come first where the query is plain words, then the primary categories, the commonest first."""
    papers = [
        paper(number, categories=(name,)) for number, name in enumerate(["a", "cs.LG", "cs.CV", "cs.CV"])
    ]
    assert list(parts(typed("rivers"), papers)) == [TITLES, "cs.CV", "cs.LG"]
    assert list(parts(typed("abs:rivers"), papers)) == ["cs.CV", "cs.LG"]
    assert list(parts(typed("ti:rivers"), papers)) == ["cs.CV", "cs.LG"]
    assert list(parts(typed("rivers ANDNOT bend"), papers)) == ["cs.CV", "cs.LG"]


def _parses(query: str) -> bool:
    try:
        parse(query)
    except QueryError:
        return False
    return True
