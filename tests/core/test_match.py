"""Matching against a day's index: the same as reading every paper, for every query, and on a real day."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.index import DayIndex, index, numbers
from digest.match import evidence, explain, match
from digest.model import Paper, PaperId, Reason
from digest.query import All, Any, Node, parse
from digest.terms import Author, Category, How, Words
from digest.text import stem, words

_REAL_DAY = Path(__file__).parents[3] / "shared" / "data" / "days" / "2026-06-26.jsonl"


def _paper(
    number: int, title: str, abstract: str = "", *, version: int = 1, **more: tuple[str, ...]
) -> Paper:
    return Paper(
        id=PaperId(f"2601.{number:05}"),
        version=version,
        title=title,
        abstract=abstract,
        authors=more.get("authors", ("Ada Lovelace",)),
        categories=more.get("categories", ("cs.CV",)),
        comment=" ".join(more.get("comment", ())) or None,
    )


def _find(query: str, day: DayIndex, archives: tuple[str, ...] = ()) -> list[str]:
    return [day.papers[number].title for number in numbers(match(parse(query), day, archives))]


def _reasons(query: str, paper: Paper) -> list[tuple[str, str]]:
    day = index([paper])
    parsed = parse(query)
    told = explain(evidence(parsed, day, match(parsed, day)), day, 0)
    return [(reason.field, reason.words) for reason in told]


_WORDS = ["video", "videos", "text", "image", "images", "to", "the", "flow", "diffusion", "diffuse"]
_NAMES = ["Ada Lovelace", "Jean-Luc de la Cruz", "Wei Li", "Li Wei", "L. Wei", "Video Team", "Plato"]
_CATEGORIES = ["cs.CV", "cs.CL", "quant-ph", "cond-mat.str-el"]
_prose = st.lists(st.sampled_from(_WORDS), max_size=6)
_papers = st.lists(
    st.builds(
        lambda number, title, abstract, comment, authors, categories: _paper(
            number,
            "-".join(title),
            " ".join(abstract),
            comment=tuple(comment),
            authors=tuple(authors),
            categories=tuple(categories),
        ),
        st.integers(1, 99_999),
        _prose,
        _prose,
        _prose,
        st.lists(st.sampled_from(_NAMES), min_size=1, max_size=2),
        st.lists(st.sampled_from(_CATEGORIES), min_size=1, max_size=2),
    ),
    max_size=6,
    unique_by=lambda paper: paper.id,
)
_quoted = st.sampled_from(_WORDS)
_plain = st.sampled_from([word for word in _WORDS if word not in {"to", "the"}])
_terms = st.one_of(
    st.builds("{}{}".format, st.sampled_from(["", "ti:", "abs:", "co:", "all:"]), _plain),
    st.builds('{}"{} {}"'.format, st.sampled_from(["", "ti:", "abs:", "all:"]), _quoted, _quoted),
    st.builds("{}-{}-{}".format, _plain, _quoted, _plain),
    st.builds("ti:{:.3}*".format, st.sampled_from(["video", "text", "images"])),
    st.sampled_from(["au:wei", "au:li_w", 'au:"Wei, L"', "au:cru*", 'au:"la Cruz, Jean"', "au:video"]),
    st.sampled_from(["cat:cs.CV", "cs.*", "cat:c*", "quant-ph", "all:cs.CL"]),
)
_queries = st.recursive(
    _terms,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["AND", "OR", "ANDNOT", ""]), inner),
        st.builds("{} {} {}".format, inner, st.sampled_from(["AND", "OR", "ANDNOT", ""]), inner),
    ),
    max_leaves=6,
)


def _meets(node: Node, paper: Paper) -> bool:
    """Read one paper from beginning to end, with nothing prepared."""
    match node:
        case All(wanted=wanted, unwanted=unwanted):
            return all(_meets(n, paper) for n in wanted) and not any(_meets(n, paper) for n in unwanted)
        case Any(choices=choices):
            return any(_meets(choice, paper) for choice in choices)
        case Words(fields=fields):
            texts = {"title": paper.title, "abstract": paper.abstract, "comment": paper.comment or ""}
            return any(_stands_in(node, words(texts[field])) for field in fields)
        case Author(readings=readings):
            return any(
                _is_called(author, person.family, person.given, begins=node.begins)
                for person in readings
                for author in paper.authors
            )
        case Category():
            return any(node.holds(category.lower()) for category in paper.categories)


def _stands_in(term: Words, found: list[str]) -> bool:
    if term.how is How.STEM:
        found = [stem(word) for word in found]
    length = len(term.words)
    for start in range(len(found) - length + 1):
        *firsts, last = found[start : start + length]
        if (*firsts, last) == term.words:
            return True
        if term.how is How.PREFIX and (*firsts, last[: len(term.words[-1])]) == term.words:
            return True
    return False


def _is_called(author: str, family: tuple[str, ...], given: tuple[str, ...], *, begins: bool) -> bool:
    """Compare names by a pattern over them, written apart from the code under test."""
    group = author.endswith("Team") or " " not in author
    first, rest = ("", author) if group else author.split(" ", 1)
    asked = [f"{part}{'' if len(part) > 1 and not begins else '[a-z]*'}" for part in given]
    last = " ".join(family) + ("[a-z]*" if begins and not given else "")
    names = " ".join(words(first)), " ".join(words(rest))
    if not given:
        return re.search(rf"(?:^| ){last}(?: |$)", names[1]) is not None
    return re.match(rf"{'(?: [a-z]+)* '.join(asked)}(?: [a-z]+)*? {last}(?: |$)", " ".join(names)) is not None


@given(_papers, _queries)
def test_the_index_finds_what_reading_every_paper_finds(papers: list[Paper], query: str) -> None:
    """For any papers and any query, the index and a reader who looks at each paper agree."""
    parsed = parse(query)
    day = index(papers)
    found = {day.papers[number].id for number in numbers(match(parsed, day))}
    assert found == {paper.id for paper in papers if _meets(parsed.root, paper)}


@given(_papers, _queries)
def test_every_match_has_a_reason_that_is_true(papers: list[Paper], query: str) -> None:
    """Who matches has a reason, who doesn't has none, and a reason's words stand in the query."""
    parsed = parse(query)
    day = index(papers)
    found = match(parsed, day)
    said = evidence(parsed, day, found)
    written = {part for term in parsed.terms for part in term.wrote.split()}
    for number in range(len(day.papers)):
        told = explain(said, day, number)
        assert bool(told) == bool(found >> number & 1)
        assert {part for reason in told for part in reason.words.split()} <= written


def test_a_reason_names_the_most_telling_field() -> None:
    """Title before abstract, authors, comment and categories; each word once, in the first that has it."""
    paper = _paper(
        1,
        "Talking heads",
        "We synthesise talking heads with lip movements.",
        authors=("Joseph Weizenbaum",),
        comment=("CVPR demo",),
    )
    query = 'cs.CV au:weizenbaum CVPR abs:"lip movements" ti:"talking heads"'
    assert _reasons(query, paper) == [
        ("title", "talking heads"),
        ("abstract", "lip movements"),
        ("authors", "weizenbaum"),
        ("comment", "CVPR"),
        ("categories", "cs.CV"),
    ]
    assert _reasons("ti:heads OR abs:heads", paper) == [("title", "heads")]


def test_words_side_by_side_are_one_reason() -> None:
    """Plain words are told together where the paper has them together, and apart where it hasn't."""
    assert _reasons("gaussian splats", _paper(1, "3D Gaussian Splatting")) == [("title", "gaussian splats")]
    apart = _reasons("gaussian splats", _paper(1, "Splatting with Gaussians"))
    assert apart == [("title", "gaussian"), ("title", "splats")]


def test_languages_named_by_a_sign() -> None:
    """C++ and C# are neither the letter C nor each other."""
    day = index([_paper(1, "Hepatitis C"), _paper(2, "Parsing C++20"), _paper(3, r"A C\# compiler")])
    assert _find("C++", day) == ["Parsing C++20"]
    assert _find('"c#"', day) == [r"A C\# compiler"]
    assert _find("C", day) == ["Hepatitis C"]


def test_common_words_stand_between_neighbours() -> None:
    """Words are told together, with the common ones between them, where the paper has all of it together."""
    together = _paper(1, "Safe Text-to-Image Models", "A chain of thought.")
    assert _reasons("text to image models", together) == [("title", "text to image models")]
    assert _reasons("chain of thought", together) == [("abstract", "chain of thought")]
    apart = _reasons("text to image", _paper(2, "Images and text"))
    assert apart == [("title", "text"), ("title", "image")]


def test_only_neighbours_of_one_conjunction_are_said_together() -> None:
    """Terms of different groups stay apart, even where the paper has them side by side; so do cut words."""
    paper = _paper(1, "Agents", "We ask large language models (LLMs) to plan.")
    group = '(abs:"large language model" OR abs:"large language models" OR abs:LLM*)'
    assert _reasons(f"ti:agent* AND {group}", paper) == [
        ("title", "agent*"),
        ("abstract", "large language models"),
        ("abstract", "LLM*"),
    ]
    assert _reasons("abs:large OR abs:language", paper) == [("abstract", "large"), ("abstract", "language")]
    assert _reasons("(large planner) OR (language planner)", _paper(2, "Large language planner")) == [
        ("title", "large"),
        ("title", "language planner"),
    ]


def test_a_reason_that_another_holds_is_left_out() -> None:
    """What is part of a longer reason, or stands in the abstract beside the title, isn't said twice."""
    paper = _paper(1, "Diffusion models with agentic LLM agents", "A diffusion model, flow matching.")
    query = 'ti:diffusion OR all:"diffusion model" OR all:"diffusion models" OR abs:"flow matching"'
    assert _reasons(query, paper) == [("title", "diffusion models"), ("abstract", "flow matching")]
    assert _reasons('ti:agent* OR ti:"LLM agents" OR all:"agentic"', paper) == [("title", "LLM agents")]
    assert _reasons("ti:agentic OR ti:agent*", paper) == [("title", "agentic")]
    assert _reasons("ti:agent* OR ti:agents*", paper) == [("title", "agent*")]


def test_what_is_left_out_and_what_is_half_met_give_no_reason() -> None:
    """ANDNOT gives no reason, nor does the branch of an OR that the paper meets in part."""
    query = "(diffusion AND video) OR flow ANDNOT audio"
    assert _reasons(query, _paper(1, "Flow and diffusion")) == [("title", "flow")]


def test_the_same_paper_counts_once() -> None:
    """Of a paper that is announced twice, cross-listed or replaced, the newest version is matched."""
    day = index([_paper(1, "Old video"), _paper(2, "Other video"), _paper(1, "New video", version=2)])
    assert _find("video", day) == ["New video", "Other video"]
    assert _find("old", day) == []


def test_archives_restrict() -> None:
    """A topic's archives are archives (with all their subjects) or categories, never beginnings of names."""
    day = index(
        [
            _paper(1, "a video", categories=("cs.CV", "math.OC")),
            _paper(2, "b video", categories=("math.ST",)),
            _paper(3, "c video", categories=("math-ph",)),
        ]
    )
    assert _find("video", day, ("math",)) == ["a video", "b video"]
    assert _find("video", day, ("math-ph", "cs.CV")) == ["a video", "c video"]
    assert _find("video", day, ("stat",)) == []
    assert _find("video", day) == ["a video", "b video", "c video"]


def test_an_empty_day_matches_nothing() -> None:
    """A day without papers can be asked."""
    assert match(parse("video ANDNOT text"), index([])) == 0


@pytest.fixture(scope="module")
def real_day() -> DayIndex:
    """Every paper of 26 June 2026."""
    if not _REAL_DAY.is_file():
        pytest.skip(f"no real day at {_REAL_DAY}")
    return index(
        Paper(
            id=PaperId(row["id"]),
            version=1,
            title=row["title"],
            abstract=row["summary"],
            authors=tuple(row["authors"]),
            categories=tuple(row["categories"]),
            comment=row["comment"],
        )
        for row in map(json.loads, _REAL_DAY.read_text(encoding="utf-8").splitlines())
    )


def test_a_real_day_by_whole_words(real_day: DayIndex) -> None:
    """Quoted words find exactly the abstracts in which a plain scan finds them as whole words."""
    rows = map(json.loads, _REAL_DAY.read_text(encoding="utf-8").splitlines())
    scanned = {
        row["id"]
        for row in rows
        if re.search(r"\bdiffusion\b", row["summary"].lower())
        and not re.search(r"\bvideo\b", row["summary"].lower())
    }
    found = match(parse('abs:"diffusion" ANDNOT abs:"video"'), real_day)
    assert {real_day.papers[number].id.value for number in numbers(found)} == scanned
    assert len(scanned) > 5


def test_a_real_day_by_a_phrase(real_day: DayIndex) -> None:
    """A quoted phrase finds the three abstracts that have it, each with that reason."""
    query = parse('abs:"gaussian splatting"')
    found = match(query, real_day)
    ids = {real_day.papers[number].id.value for number in numbers(found)}
    assert ids == {"2606.26985", "2606.26754", "2606.27223"}
    for number in numbers(found):
        told = explain(evidence(query, real_day, found), real_day, number)
        assert told == (Reason("abstract", "gaussian splatting"),)
