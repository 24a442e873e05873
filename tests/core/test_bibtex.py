"""Papers as BibTeX: what is written is read back by a parser that none of us wrote."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pybtex.database import parse_string

from digest.bibtex import bibtex
from digest.model import Paper, PaperId
from tests.papers import paper

OAI = Path(__file__).parents[3] / "shared" / "data" / "arxiv_feeds" / "oai"
NAMES = {"a": "http://arxiv.org/OAI/arXiv/"}
BERT = Paper(
    PaperId("1810.04805"),
    2,
    "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
    "",
    ("Jacob Devlin", "Ming-Wei Chang"),
    ("cs.CL", "cs.LG"),
    "13 pages",
    "Proc. of NAACL-HLT, pp. 4171 & ff.",
    "10.18653/v1/N19-1423",
    datetime(2018, 10, 11, 0, 50, tzinfo=UTC),
)


def read(text: str) -> Any:
    """Read a file, strictly: whatever isn't BibTeX raises."""
    return parse_string(text, "bibtex")


def title(text: str) -> str:
    """Return how a title is written."""
    (entry,) = read(bibtex([replace(BERT, title=text)])).entries.values()
    return str(entry.fields["title"])


def authors(*names: str) -> list[tuple[str, str, str, str]]:
    """Return authors as a style sees them: given names, particles, family name, suffix."""
    (entry,) = read(bibtex([replace(BERT, authors=names)])).entries.values()
    return [
        (
            " ".join([*each.first_names, *each.middle_names]),
            " ".join(each.prelast_names),
            " ".join(each.last_names),
            " ".join(each.lineage_names),
        )
        for each in entry.persons["author"]
    ]


def test_an_entry_says_what_arxiv_knows() -> None:
    """Title, authors, date, where it is and where it was published; no comment."""
    assert bibtex([BERT]) == (
        "@misc{devlin2018bert,\n"
        "  title = {{BERT}: Pre-training of Deep Bidirectional Transformers for Language Understanding},\n"
        "  author = {Jacob Devlin and Ming-Wei Chang},\n"
        "  year = {2018},\n"
        "  month = oct,\n"
        "  eprint = {1810.04805},\n"
        "  archiveprefix = {arXiv},\n"
        "  primaryclass = {cs.CL},\n"
        "  url = {https://arxiv.org/abs/1810.04805},\n"
        "  doi = {10.18653/v1/N19-1423},\n"
        "  journal = {Proc. of NAACL-HLT, pp. 4171 \\& ff.},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("written", "year", "month"),
    [("1706.03762", "2017", "jun"), ("math/0306266", "2003", "jun"), ("hep-th/9910001", "1999", "oct")],
)
def test_an_id_dates_what_nobody_dated(written: str, year: str, month: str) -> None:
    """Where no submission date is known the id says year and month."""
    text = bibtex([replace(BERT, id=PaperId(written), submitted=None)])
    assert f"year = {{{year}}},\n  month = {month}," in text


@pytest.mark.parametrize(
    ("title_", "names", "key"),
    [
        ("The Structure of 3 Things", ("Łukasz Kaiser",), "kaiser2018structure"),
        ("On $k$-SUM", ("Jérôme Pérez-García",), "perezgarcia2018sum"),
        (r"Nullstellens\"atze", ("Ronald de Wolf", "B"), "wolf2018nullstellensatze"),
        ("What's new?", ("Robert W. Heath Jr.",), "heath2018new"),
        ("Of the", ("The ATLAS Collaboration",), "atlas2018"),
        ("量子", ("张三",), "arxiv2018"),
        ("Ω", (), "arxiv2018"),
    ],
)
def test_a_key_is_ascii_and_tells(title_: str, names: tuple[str, ...], key: str) -> None:
    """Family name, year, first telling word; what can't be written in ASCII is left out."""
    assert list(read(bibtex([replace(BERT, title=title_, authors=names)])).entries) == [key]


def test_keys_are_apart_and_stay() -> None:
    """Equal keys get letters; a paper that comes later changes no earlier one's."""
    several = [replace(BERT, id=PaperId(f"1810.{number:05}")) for number in range(1, 31)]
    keys = list(read(bibtex(several)).entries)
    assert keys[:3] == ["devlin2018bert", "devlin2018berta", "devlin2018bertb"]
    assert keys[26:28] == ["devlin2018bertz", "devlin2018bert27"]
    assert len({key.lower() for key in keys}) == 30
    assert bibtex(several).startswith(bibtex(several[:7]))
    taken = replace(BERT, title="Berta and others")
    assert list(read(bibtex([taken, *several[:2]])).entries)[2] == "devlin2018bertb"


@pytest.mark.parametrize(
    ("given_", "written"),
    [
        (r"50% of A&B costs $5, #1 under_score ~ ^ {x y}", None),
        (r"Vibrations of M\"obius strips", r"Vibrations of {M{\"o}bius} strips"),
        (r"Erd\H{o}s and {\v S}koda", r"Erd{\H{o}}s and {\v{S}}koda"),
        (r"{\'E}tale \o re", r"{\'E}tale {\o}re"),
        (r"The $\mathcal{N}=4$ case of $x_1^2$", r"The {$\mathcal{N}=4$} case of {$x_1^2$}"),
        (r"La machine \alpha: mod\`ele", r"La machine {$\alpha$}: mod{\`e}le"),
        ("The $5 and $6 menu", r"The \$5 and \$6 menu"),
        ('A "quoted" word', "A ``quoted'' word"),
        ("a < b | c", r"a \textless{} b \textbar{} c"),
        ("Etwas über Ähnlichkeit", "Etwas über {Ähnlichkeit}"),
        ("Learning GPT-4 with arXiv in 3D", "Learning {GPT}-4 with {arXiv} in {3D}"),
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("Solutions of the equations of Navier and Stokes", None),
        ("ON THE THEORY OF EVERYTHING", "ON THE THEORY OF EVERYTHING"),
        (r"Reading $\input{/etc/passwd}$", None),
        (r"\input{/etc/passwd}", None),
        (r"$\{x\$ and }, eprint = {1", None),
        (r"$^^5cinput x$ or $%$ or $\\$", None),
    ],
)
def test_titles_are_latex(given_: str, written: str | None, snapshot: Any) -> None:
    """Formulas, accents and telling capitals stay; signs are escaped; nothing reaches out of the title."""
    if written is None:
        assert title(given_) == snapshot
    else:
        assert title(given_) == written


def test_names_are_read_as_arxiv_means_them() -> None:
    """Suffixes and particles are apart, groups and odd names whole; nobody is “others”."""
    assert authors("Robert W. Heath Jr.", "G. Jerônimo da Silva III", "Ronald de Wolf") == [
        ("Robert W.", "", "Heath", "Jr."),
        ("G. Jerônimo", "da", "Silva", "III"),
        ("Ronald", "de", "Wolf", ""),
    ]
    whole = ["The ATLAS Collaboration", "LIGO and Virgo", "others", "Doe, John"]
    assert authors(*whole) == [("", "", f"{{{name}}}", "") for name in whole]
    assert authors("$x^2$ Doe") == [("", "x²", "Doe", "")]  # biber would make an initial of a brace
    assert authors(r"Paul Erd\H{o}s", "  ", "Plato") == [
        ("Paul", "", r"Erd{\H{o}}s", ""),
        ("", "", "Plato", ""),
    ]


def test_a_doi_ends_no_field() -> None:
    """The first of several is taken; braces, backslashes and blanks are percent-encoded, the rest stays."""
    for doi, written in {
        "10.1000/a_b(1)<2>;3 10.1000/c": "10.1000/a_b(1)<2>;3",
        "10.1/}x{\\": "10.1/%7Dx%7B%5C",
        " ": None,
    }.items():
        (entry,) = read(bibtex([replace(BERT, doi=doi)])).entries.values()
        assert entry.fields.get("doi") == written


HOSTILE = (
    st.text() | st.text(alphabet="{}\\$%&#_^~\"'@, aÄ\nand=") | st.sampled_from(["\\{", "$}$", "@misc{x,"])
)
ANY = st.lists(HOSTILE, max_size=5).map("".join)


@given(ANY, st.lists(ANY, max_size=3), ANY, ANY)
def test_whatever_a_paper_says_stays_in_its_entry(
    title_: str, names: list[str], doi: str, journal: str
) -> None:
    """Every entry is read back, with fields of its own alone; its braces are balanced, its commands known."""
    wild = replace(BERT, title=title_, authors=tuple(names), doi=doi, journal_ref=journal)
    text = bibtex([wild, BERT, wild])
    entries = list(read(text).entries.values())
    assert [entry.fields["eprint"] for entry in entries] == ["1810.04805"] * 3
    assert {*entries[0].fields} <= {*entries[1].fields}
    assert len(re.findall(r"^@", text, re.MULTILINE)) == 3
    assert set(re.findall(r"\\(input|write|def|catcode|openin|csname|begin)\b", text)) == set()
    for entry in entries:
        for value in entry.fields.values():
            assert value.count("{") == value.count("}")
            assert not re.search(r"(?<!\\)(?:\\\\)*[%#&]", value) or value == entry.fields.get("doi")


@pytest.mark.skipif(not OAI.is_dir(), reason="no recorded metadata here")
def test_recorded_metadata_is_read_back() -> None:
    """All of arXiv's hard records, and what pages of OAI hold, in one file."""
    papers = [
        _paper(record)
        for name in ("oai_arXiv_hard_cases.xml", "oai_arXiv_lastpage_emptytoken_538.xml")
        for record in etree.parse(OAI / name).iterfind(".//a:arXiv", NAMES)
    ]
    entries = read(bibtex(papers)).entries
    assert len(entries) == len(papers) == 658
    for made, entry in zip(papers, entries.values(), strict=True):
        assert entry.fields["eprint"] == str(made.id)
        assert len(entry.persons["author"]) == len(made.authors)
        assert ("doi" in entry.fields) == bool(made.doi)


def _paper(record: Any) -> Paper:
    def text(name: str, of: Any = record) -> str:
        return " ".join((of.findtext(f"a:{name}", "", NAMES) or "").split())

    names = (
        " ".join(filter(None, (text(part, each) for part in ("forenames", "keyname", "suffix"))))
        for each in record.iterfind(".//a:author", NAMES)
    )
    return replace(
        paper(1),
        id=PaperId.parse(text("id"))[0],
        title=text("title"),
        authors=tuple(names),
        categories=tuple(text("categories").split()),
        journal_ref=text("journal-ref") or None,
        doi=text("doi") or None,
    )
