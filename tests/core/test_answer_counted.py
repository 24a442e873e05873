"""Questions that want a number, and the sentences that tell it."""

from __future__ import annotations

import pytest

from digest.fulltext import Passage
from digest.summaries.answers.counted import asked_for, weight
from digest.summaries.answers.nearest import nearest
from tests.fullpapers import full_paper


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("How many nodes does the graph have?", {"node"}),
        ("And how many of the training images were used?", {"train", "imag"}),
        ("How many?", set()),
        ("What is a node?", set()),
    ],
)
def test_what_is_to_be_counted_follows_how_many(question: str, things: set[str]) -> None:
    """As far as the next word that holds no topic."""
    assert asked_for(question) == things


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("It consists of more than 280M nodes.", True),
        ("It has 12,000 large nodes in all.", True),
        ("There are three nodes.", True),
        ("Two kinds of nodes are there.", True),
        ("There are 7 of them, nodes of papers among these.", False),
        ("Nodes are of 7 colours.", False),
        ("As others say [12], nodes are many.", False),
        ("In 2018 everybody who had a graph drew nodes.", False),
    ],
)
def test_a_number_counts_what_stands_beside_it(text: str, *, counts: bool) -> None:
    """A number elsewhere in the sentence doesn't."""
    assert (weight(frozenset({"node"}), "Introduction", text) > 1) is counts


def test_the_whole_is_told_before_its_parts() -> None:
    """A sentence of the abstract that counts comes before others that share more words."""
    paper = full_paper(
        Passage("", "Abstract", 1, ("The resulting network of everything that rivers do has 280M nodes.",)),
        Passage(
            "1", "Method", 1, ("The graph is what the nodes of the graph have in common, as we say.",) * 2
        ),
        Passage("2", "Nodes", 1, ("The graph has nodes of many types, and authors are one of them.",)),
    )
    texts = [one.text for one in nearest(paper, "How many nodes does the graph have?").quotations]
    assert texts[0].endswith("280M nodes.")
