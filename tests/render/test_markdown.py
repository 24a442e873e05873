"""The Markdown post keeps its contract, and no paper adds anything but words and its own formulas to it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from digest.annotations import Annotation, Illustration
from digest.fulltext import Form, FullPaper, Picture
from digest.model import Brief, Edition, Entry, Match, Paper, PaperId, Provenance, Section, Topic
from digest.notes import CLAIMED, Claim, Coverage, Notes, Taken
from digest.render.markdown import render
from digest.render.markdown_words import escaped
from digest.repairs import Repairs
from digest.safety import printable
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token
    from syrupy.assertion import SnapshotAssertion


def tokens(markdown: str, *, maths: bool = False) -> list[Token]:
    """Return every token, flat, of an independent parser that allows HTML and links bare URLs."""
    parser = MarkdownIt("commonmark", {"linkify": True}).enable(["linkify", "table", "strikethrough"])
    assert parser.linkify is not None
    parser.linkify.set({"fuzzy_link": True, "fuzzy_email": True})
    if maths:
        parser.use(dollarmath_plugin)

    def flat(some: list[Token]) -> Iterator[Token]:
        for token in some:
            yield token
            yield from flat(token.children or [])

    return list(flat(parser.parse(markdown)))


def body(post: str) -> str:
    """Return the post without its front matter."""
    return post.split("---\n", 2)[2]


def front_matter(post: str) -> dict[str, Any]:
    """Return the front matter as YAML reads it."""
    loaded = yaml.safe_load(post.split("---\n", 2)[1])
    assert isinstance(loaded, dict)
    return loaded


@pytest.mark.parametrize("language", ["en", "zh"])
def test_reads_as_agreed(edition: Edition, language: str, snapshot: SnapshotAssertion) -> None:
    """The post of several topics and days is what was agreed, in either language."""
    assert render(edition, phrases_for(language)) == snapshot


@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_topic_reads_as_agreed(one_topic: Edition, language: str, snapshot: SnapshotAssertion) -> None:
    """The post of one topic and day, which is the usual one, is what was agreed."""
    assert render(one_topic, phrases_for(language)) == snapshot


def test_front_matter_says_what_a_blog_needs(one_topic: Edition) -> None:
    """Title, date and time, author, category, tags, a one-line description, keywords and MathJax."""
    written = datetime(2026, 6, 26, 7, 5, tzinfo=UTC)
    matter = front_matter(render(one_topic, phrases_for("en"), written=written))
    description = matter.pop("description")
    assert matter == {
        "title": "Tide pools",
        "date": datetime(2026, 6, 26, 7, 5),  # noqa: DTZ001 - YAML's timestamp without a zone
        "author": "paperround",
        "categories": "Paper",
        "tags": ["Tide pools"],
        "keywords": "Tide pools",
        "mathjax": True,
    }
    assert description.startswith("Tide pools: 3 of 5 papers, Fri 26 June 2026; Counting Limpets")
    assert "\n" not in description


def test_a_post_is_dated_by_its_digest(one_topic: Edition) -> None:
    """One that is made days later, or again, stays where readers look for that day."""
    later = datetime(2026, 6, 29, 9, 15, tzinfo=UTC)
    matter = front_matter(render(one_topic, phrases_for("en"), written=later))
    assert matter["date"] == datetime(2026, 6, 26)  # noqa: DTZ001 - YAML's timestamp without a zone


def test_each_paper_links_to_itself(one_topic: Edition) -> None:
    """The links of a post are the papers' PDFs, pages and code, and none that a paper's text asked for."""
    links = [
        token.attrs["href"]
        for token in tokens(body(render(one_topic, phrases_for("en"))))
        if token.type == "link_open"
    ]
    assert links == [
        "https://arxiv.org/pdf/2606.90001",
        "https://arxiv.org/abs/2606.90001",
        "https://github.com/example-tides/limpetnet",
        "https://arxiv.org/pdf/2606.90002",
        "https://arxiv.org/abs/2606.90002",
        "https://arxiv.org/pdf/2606.90003",
        "https://arxiv.org/abs/2606.90003",
    ]


def test_formulas_stay_formulas(one_topic: Edition) -> None:
    """An abstract's formulas reach MathJax, angle brackets as commands; prices become none."""
    found = tokens(body(render(one_topic, phrases_for("en"))), maths=True)
    formulas = [token.content for token in found if token.type == "math_inline"]
    assert formulas == ["n", r"\mathcal{O}(n \log n)", r"x_i \lt \alpha"]


def test_chinese_labels_are_chinese_alone(one_topic: Edition) -> None:
    """No label of a Chinese post is English."""
    post = body(render(one_topic, phrases_for("zh")))
    labels = re.findall(r"\*\*(.+?)\*\*", post)
    assert set(labels) == {"作者：", "链接：", "总结（原文摘录）", "要点"}


def test_no_more_than_seven_takeaways(one_topic: Edition) -> None:
    """A brief with more takeaways than the contract allows shows the first seven."""
    section = one_topic.sections[0]
    brief = Brief("One.", tuple(f"Point {n}." for n in range(9)), "en", Provenance("some-model", "abstract"))
    one = replace(
        one_topic, sections=(replace(section, entries=(replace(section.entries[0], brief=brief),)),)
    )
    post = render(one, phrases_for("en"))
    assert "7. Point 6." in post
    assert "Point 7." not in post
    assert "> Written by some-model from abstracts, checked. For screening only" in post


def test_keywords_and_what_the_check_took_close_a_paper(one_topic: Edition) -> None:
    """After the takeaways; a keyword is escaped as all text is."""
    section = one_topic.sections[0]
    by = Provenance("some-model", "abstract", "openai")
    brief = Brief("One.", ("Two.",), "en", by, ("tide pools", "*limpets*"), Repairs(takeaways_dropped=1))
    entry = replace(section.entries[0], brief=brief)
    post = render(replace(one_topic, sections=(replace(section, entries=(entry,)),)), phrases_for("en"))
    assert "1. Two.\n\n**Keywords:** tide pools, \\*limpets\\*\n\n1 takeaway is left out;" in post


def test_a_quiet_day_is_a_post_that_says_so(one_topic: Edition) -> None:
    """Nothing matched is said in one line, not by an empty page."""
    quiet = replace(one_topic, sections=(replace(one_topic.sections[0], entries=(), found=0),))
    post = render(quiet, phrases_for("en"), today=date(2026, 6, 26))
    assert body(post).strip() == "# Fri 26 June 2026\n\nNothing on “Tide pools” today; 412 papers checked."


SIGNS = r"""
<script> </p> <!-- ![x]( ](https://evil.example) [a]: https://evil.example ``` --- # 1. - + > $ $$ ** __ ` \ |
\href{javascript:alert(1)}{x} {{ }} {% %} ~~ = : ^ www.evil.example a@evil.example &lt; &#36; &#92;href{x}
word
"""
UNSEEN = ["\n", "\n\n", " ", "    ", "\t", "\u202e", "\x00", "\x1b[2J", "\u2028"]
HOSTILE = st.one_of(
    st.text(st.characters(codec=None), max_size=40),
    st.lists(st.sampled_from([*SIGNS.split(), *UNSEEN]), max_size=9).map("".join),
)


def hostile_edition(text: str) -> Edition:
    """Return an edition in which every text is hostile."""
    of = Paper(PaperId("2606.90009"), 1, text, text, (text,), ("cs.CV",), comment=text)
    brief = Brief(text, (text,), "en", Provenance(text, "abstract"))
    section = Section(Topic("t", text, "t"), (Entry(Match(of, 1.0, ()), brief),), 1)
    return Edition((date(2026, 6, 26),), (section,), 1)


@given(HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    """Whatever a paper says, the post has the headings, links, lists and tags that it has anyway."""
    post = render(hostile_edition(text), phrases_for("en"))
    post.encode()
    assert front_matter(post)["author"] == "paperround"
    found = tokens(body(post))
    assert [token.tag for token in found if token.type == "heading_open"] == ["h1", "h2"]
    links = [
        token.attrs["href"] for token in found if token.type == "link_open" and token.markup != "linkify"
    ]
    assert links == ["https://arxiv.org/pdf/2606.90009", "https://arxiv.org/abs/2606.90009"]
    assert {token.content for token in found if token.type == "html_inline"} <= {"<span>", "</span>"}
    assert not {token.type for token in found} & {
        "html_block",
        "image",
        "fence",
        "code_block",
        "code_inline",
        "hr",
        "table_open",
    }
    assert sum(token.type == "ordered_list_open" for token in found) == 1
    assert not any(token.type == "bullet_list_open" for token in found)
    assert not set(post) & {"\x00", "\x1b", "\u202e", "\u2028"}
    assert not re.search(r"\{\{|\{%|\{#", body(post))
    assert r"\href" not in body(post)


def hostile_notes(text: str) -> Annotation:
    """Return notes in which every text is hostile, with a figure."""
    claims = (Claim(text, text), Claim(text))
    notes = Notes("en", Provenance(text, "html"), Coverage(Form.HTML, 1), keywords=(text,), affiliation=text)
    paper = FullPaper(Form.HTML, text, (), figures=(Picture(text, text, ("a.png",)),), code=(text,))
    picture = Illustration("a.png", "post-figures/2606.90009-1.png", b"")
    return Annotation(Taken(notes.with_claims(dict.fromkeys(CLAIMED, claims)), paper), (picture,))


@given(HOSTILE)
@example("\r#\r")
@example("HTTP://A/%")  # a scheme may be in capitals; a parser writes the bare % as %25
def test_hostile_notes_stay_eight(text: str) -> None:
    """Whatever notes and captions say, a post has eight sections, its own links and its own picture."""
    notes = {PaperId("2606.90009"): hostile_notes(text)}
    post = render(hostile_edition(text), phrases_for("en"), annotations=notes)
    found = tokens(body(post))
    assert [token.tag for token in found if token.type == "heading_open"] == ["h1", "h2"]
    assert sum(token.type == "list_item_open" and token.level == 1 for token in found) == 1 + 8
    links = [
        token.attrs["href"] for token in found if token.type == "link_open" and token.markup != "linkify"
    ]
    own = ["https://arxiv.org/pdf/2606.90009", "https://arxiv.org/abs/2606.90009"]
    code = {MarkdownIt().normalizeLink(text)} if text.lower().startswith("http") else set()
    assert set(links) - code == set(own)
    images = [token.attrs["src"] for token in found if token.type == "image"]
    assert images == ["post-figures/2606.90009-1.png"]
    html = {token.content for token in found if token.type.startswith("html_")}
    details = {"<details>\n<summary>1 figure</summary>\n", "</details>\n", "</details>"}
    assert html <= {"<span>", "</span>", *details}
    assert not {token.type for token in found} & {"fence", "code_block", "code_inline", "hr", "table_open"}
    assert not re.search(r"\{\{|\{%|\{#", body(post))
    assert not set(post) & {"\x00", "\x1b", "\u202e", "\u2028"}


@given(HOSTILE)
def test_escaping_shows_the_text_itself(text: str) -> None:
    """An escaped text, rendered, is the printable text with its white space folded."""
    shown = "".join(
        token.content for token in tokens(escaped(text)) if token.type in {"text", "text_special"}
    )
    assert shown == " ".join(printable(text).split())


@pytest.mark.parametrize(
    "formula",
    [r"\href{javascript:alert(1)}{x}", r"\def\x{1}", r"\require{html}", r"\class{a}{b}",
     r"\unicode{60}",
     "[a](https://evil.example)", "[a](//evil.example)", "&#92;href{x}{y}", "a`b", "x % y", "{{ x }}",
     "{% x %}", "<img src=x>", r"\newcommand{\a}{b}", r"\\href{x}{y}", "www.evil.example", "a@evil.example"],
)  # fmt: skip
@pytest.mark.parametrize("delimiters", ["${}$", "$${}$$", r"\({}\)", r"\[{}\]"])
def test_a_formula_only_shows_itself(formula: str, delimiters: str) -> None:
    """A formula can't link, load, define, or open a tag or a template, with MathJax or without."""
    text = "We show " + delimiters.replace("{}", formula) + " here."
    post = body(render(hostile_edition(text), phrases_for("en")))
    found = tokens(post)
    links = [
        token.attrs["href"] for token in found if token.type == "link_open" and token.markup != "linkify"
    ]
    assert links == ["https://arxiv.org/pdf/2606.90009", "https://arxiv.org/abs/2606.90009"]
    assert {token.content for token in found if token.type == "html_inline"} <= {"<span>", "</span>"}
    maths = [token.content for token in tokens(post, maths=True) if token.type.startswith("math")]
    assert not any(re.search(r"&#|[`<>%@]|www\.|\{\{|\{%", content) for content in maths)
    assert not re.search(r"\\(?!lt\b|gt\b)[a-zA-Z]", post)
