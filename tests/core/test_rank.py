"""The order of a topic's papers: the most telling first, each work once, the same every time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import QueryError
from digest.index import index
from digest.model import Paper, PaperId, Reason, Topic
from digest.rank import best, rank

if TYPE_CHECKING:
    import random

_FILLER = "Here is a sentence about nothing in particular, which every paper of this day has in common."
_ABSTRACT = (
    "We present a method that restores old photographs by learning how paper, ink and light age together. "
    "Trained on pairs that we make ourselves, it removes scratches and stains without inventing faces, and "
    "people prefer its results to those of five earlier methods in four studies out of five."
)


def _paper(
    number: int, title: str, abstract: str = _FILLER, authors: tuple[str, ...] = ("Ada Lovelace",)
) -> Paper:
    return Paper(
        id=PaperId(f"2601.{number:05}"),
        version=1,
        title=title,
        abstract=abstract,
        authors=authors,
        categories=("cs.CV",) if number % 2 else ("cs.CL", "cs.CV"),
    )


def test_the_best_are_those_that_come_first() -> None:
    """However many are asked for."""
    day = index([_paper(number, f"Model {'model ' * (number % 3)}", "Of a model.") for number in range(9)])
    topic = Topic("t", "T", "model")
    papers = tuple(match.paper for match in rank(topic, day))
    assert [best(topic, day, most) for most in (0, 1, 3, 9, 20)] == [
        papers[:most] for most in (0, 1, 3, 9, 20)
    ]


def _order(papers: list[Paper], query: str, about: str = "", archives: tuple[str, ...] = ()) -> list[str]:
    topic = Topic(name="topic", title="Topic", query=query, archives=archives, about=about)
    return [match.paper.title for match in rank(topic, index(papers))]


def test_a_word_in_the_title_tells_more() -> None:
    """A paper with the word in its title comes before those that mention it, and more mentions count more."""
    papers = [
        _paper(1, "First", f"{_FILLER} Splatting."),
        _paper(2, "Second", f"{_FILLER} Splatting beats splatting."),
        _paper(3, "Splatting"),
        _paper(4, "Neither"),
    ]
    assert _order(papers, "splatting") == ["Splatting", "Second", "First"]


def test_a_mention_among_fewer_words_tells_more() -> None:
    """Of two papers that mention a word once, the one that says less besides comes first."""
    papers = [
        _paper(1, "Long", f"{_FILLER} Splatting. {_FILLER}"),
        _paper(2, "Short", "Splatting, in short."),
    ]
    assert _order(papers, "splatting") == ["Short", "Long"]


def test_a_rare_word_tells_more() -> None:
    """Of two words of a query, the one that few papers of the day have weighs more."""
    papers = [*(_paper(number, f"Model {number}") for number in range(1, 8)), _paper(8, "Splatting")]
    assert _order(papers, "model OR splatting")[0] == "Splatting"


def test_words_side_by_side_tell_more() -> None:
    """Words that the query has together count more where the paper has them together."""
    papers = [_paper(1, "Image of a language model edit"), _paper(2, "Language model of an image edit")]
    assert _order(papers, "image edit") == [papers[1].title, papers[0].title]
    assert _order(papers, '"language model" image edit') == [papers[1].title, papers[0].title]


def test_common_words_between_hold_neighbours_together() -> None:
    """“Text to image” ranks by papers that have just that, though “to” is passed over."""
    papers = [
        _paper(1, "Images and the text of old books"),
        _paper(2, "Books for a text-to-image model of old"),
    ]
    assert _order(papers, "text to image") == [papers[1].title, papers[0].title]


def test_the_beginning_of_a_word_counts() -> None:
    """A wildcard ranks by every word that begins so."""
    papers = [_paper(1, "One", f"{_FILLER} Splats."), _paper(2, "Splatting of splats")]
    assert _order(papers, "splat*") == ["Splatting of splats", "One"]


def test_the_description_orders_but_decides_nothing() -> None:
    """Words of `about` move a paper up; a paper that has only those doesn't match."""
    papers = [_paper(1, "Model one"), _paper(2, "Model for satellites"), _paper(3, "Satellites")]
    assert _order(papers, "model", about="satellite images") == ["Model for satellites", "Model one"]


def test_excluded_words_do_not_rank() -> None:
    """What ANDNOT leaves out in one branch earns no score in another."""
    papers = [_paper(1, "Model one"), _paper(2, "Model text")]
    assert _order(papers, "(model ANDNOT text) OR model") == ["Model one", "Model text"]


def test_equal_scores_come_in_the_order_of_ids() -> None:
    """Where nothing tells papers apart, their ids do, whatever the order they came in."""
    papers = [_paper(number, f"Paper {number}") for number in (3, 1, 2)]
    assert _order(papers, "cat:cs.CV") == ["Paper 1", "Paper 2", "Paper 3"]


def test_a_withdrawn_paper_comes_last() -> None:
    """However well it matches: nobody can read it, and it would stand where another might."""
    gone = replace(_paper(1, "Model of models"), comment="This paper has been withdrawn by the author.")
    assert _order([gone, _paper(2, "A model"), _paper(3, "Text", "Of a model.")], "model") == [
        "A model",
        "Text",
        "Model of models",
    ]


def test_archives_restrict_the_ranking() -> None:
    """A topic that looks at one archive ranks nothing else."""
    papers = [_paper(1, "Model one"), _paper(2, "Model two")]
    assert _order(papers, "model", archives=("cs.CL",)) == ["Model two"]
    assert _order(papers, "model", archives=("math",)) == []


def test_every_match_has_its_reasons() -> None:
    """The ranking hands on why each paper is there."""
    day = index([_paper(1, "Language models", f"{_FILLER} Splatting.")])
    (match,) = rank(Topic(name="t", title="T", query="language models splatting"), day)
    assert match.reasons == (Reason("title", "language models"), Reason("abstract", "splatting"))


def test_a_wrong_query_is_refused() -> None:
    """A topic whose query doesn't parse raises, so that nobody takes it for a quiet day."""
    with pytest.raises(QueryError):
        rank(Topic(name="t", title="T", query="("), index([]))


def test_a_cross_list_comes_once() -> None:
    """The same id announced twice is one match."""
    assert _order([_paper(1, "Model"), _paper(1, "Model")], "model") == ["Model"]


def test_the_same_title_by_the_same_people_comes_once() -> None:
    """Two ids, one title (but for case, accents and LaTeX) and an author in common: the better one stays."""
    papers = [
        _paper(1, "A naive Model", f"{_FILLER} Short.", ("Ada Lovelace", "Kurt Gödel")),
        _paper(2, r"A NA\"IVE model", "Entirely different words, model after model.", ("Kurt Godel",)),
    ]
    assert _order(papers, "model") == [papers[1].title]
    assert _order(papers, "title") == []


def test_the_same_title_by_others_stays() -> None:
    """Two papers may have the same name."""
    papers = [_paper(1, "A model"), _paper(2, "A model", authors=("Kurt Gödel",))]
    assert len(_order(papers, "model")) == 2


def test_nearly_the_same_abstract_comes_once() -> None:
    """A resubmission under another title and a few changed words is the same work."""
    changed = _ABSTRACT.replace("four studies out of five", "most of our studies")
    papers = [
        _paper(1, "Old photographs", _ABSTRACT),
        _paper(2, "Photographs anew", changed, ("Kurt Gödel",)),
    ]
    assert len(_order(papers, "photographs")) == 1


def test_a_duplicate_that_alone_matches_is_shown() -> None:
    """Of two ids of one work, the one that meets the topic is shown, though the other came first."""
    changed = _ABSTRACT.replace("four studies out of five", "most of our studies")
    papers = [_paper(1, "Old photographs", _ABSTRACT), _paper(2, "Restoration", changed)]
    assert _order(papers, "restoration") == ["Restoration"]


def test_a_shared_sentence_makes_no_duplicate() -> None:
    """Papers that share a sentence, or a notice of a few words, are different works."""
    shared = _ABSTRACT.split(". ", maxsplit=1)[0]
    other = " ".join(f"word{number}" for number in range(16))
    papers = [_paper(1, "One model", f"{shared}. {_FILLER}"), _paper(2, "Two model", f"{shared}. {other}")]
    notices = [_paper(number, f"Model {number}", "Withdrawn by the authors.") for number in (3, 4)]
    assert len(_order([*papers, *notices], "model")) == 4


@given(
    st.permutations([_paper(number, f"Model {'and text ' * (number % 3)}{number}") for number in range(9)])
)
def test_the_order_does_not_depend_on_that_of_the_papers(papers: list[Paper]) -> None:
    """However the day comes in, its ranking is the same."""
    assert _order(papers, "model OR text") == _order(
        sorted(papers, key=lambda paper: paper.id), "model OR text"
    )


@given(st.randoms(use_true_random=False), st.sampled_from(["a b", "a OR b*", '"a b" OR c', "cat:cs.*"]))
def test_scores_descend_and_are_never_negative(rng: random.Random, query: str) -> None:
    """Scores are ordered and at least 0, also where every paper has every word."""
    texts = [" ".join(rng.choices(["ax", "bx", "cx"], k=rng.randint(0, 5))) for _ in range(8)]
    papers = [_paper(number, text, texts[-number]) for number, text in enumerate(texts)]
    query = query.replace("a", "ax").replace("b", "bx") if "cat" not in query else query
    scores = [match.score for match in rank(Topic(name="t", title="T", query=query), index(papers))]
    assert scores == sorted(scores, reverse=True)
    assert all(score >= 0 for score in scores)
