"""Six real papers against what a person found in them: headings, order, captions, figures, references."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from digest.front_page import affiliation
from digest.notes import CLAIMED, Field
from digest.sources.fulltext.pdf.file import PdfFile
from digest.sources.fulltext.pdf.paper import read
from digest.summaries.check import Rule, Source, violations_of
from digest.summaries.notes.extract import extract_notes
from tests.papers import paper

if TYPE_CHECKING:
    from digest.fulltext import FullPaper

TRUTH: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "pdf_truth.json").read_text(encoding="utf-8")
)
NEEDED = {Field.BACKGROUND, Field.METHOD, Field.RESULTS, Field.STEPS, Field.SIGNIFICANCE}
HEADINGS = sum(len(truth["headings"]) for truth in TRUTH.values())
AFFILIATIONS = {
    "1805.02262": "Allen Institute for Artificial Intelligence",
    "2606.99001": "Karlsruhe Institute of Technology",
    "2606.99002": "Fraunhofer",
    "2606.99003": "Herman Hollerith Center",
    "2606.99004": "Bioinformatics and Molecular Evolution Group",
    "2606.99005": "Institute of Infectious Disease and Molecular Medicine",
}


@dataclass(frozen=True, slots=True)
class Read:
    """A paper, who wrote it, and where its pictures are."""

    paper: FullPaper
    author: str
    folder: Path

    @property
    def text(self) -> str:
        """All paragraphs in order."""
        return " ".join(line for passage in self.paper.passages for line in passage.paragraphs)


@pytest.fixture(scope="module")
def papers(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Read]:
    """Read the six once."""
    found = {}
    for row in json.loads((shared_data / "pdf" / "index.json").read_text(encoding="utf-8")):
        folder = tmp_path_factory.mktemp("figures")
        paper = read(PdfFile(shared_data / row["file"]), folder, 100)
        found[row["id"].partition("v")[0]] = Read(paper, row["authors"][0], folder)
    return found


def test_finds_headings_in_order(papers: dict[str, Read]) -> None:
    """95 in 100 headings are found, none that isn't one, all in order, with their numbers."""
    found = 0
    for name, truth in TRUTH.items():
        headings = [f"{one.number} {one.heading}".strip() for one in papers[name].paper.passages]
        found += len(set(headings) & set(truth["headings"]))
        assert headings == [heading for heading in truth["headings"] if heading in headings], name
    assert found / HEADINGS >= 0.95 - 1 / HEADINGS  # one paper has a heading twice


@pytest.mark.parametrize("name", TRUTH)
def test_reads_in_order(papers: dict[str, Read], name: str) -> None:
    """Text from the middle of every column is there, left before right, page after page."""
    places = [papers[name].text.find(line) for line in TRUTH[name]["order"]]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("name", TRUTH)
def test_finds_captions(papers: dict[str, Read], name: str) -> None:
    """Every caption is found, once, and none that isn't one."""
    paper = papers[name].paper
    figures = {figure.label: figure.caption for figure in paper.figures}
    tables = {table.label: table.caption for table in paper.tables if table.label.startswith("Table")}
    for found, truth in ((figures, TRUTH[name]["figures"]), (tables, TRUTH[name]["tables"])):
        assert set(found) == set(truth)
        assert all(found[label].startswith(begin) for label, begin in truth.items())


def test_cuts_every_figure_out(papers: dict[str, Read]) -> None:
    """Each figure is a picture of a size to look at, white at its edge, not a whole page."""
    for read_paper in papers.values():
        for figure in read_paper.paper.figures:
            (name,) = figure.images
            with Image.open(read_paper.folder / name) as image:
                assert 300 < max(image.size) <= 1620
                assert image.width * image.height < 1836 * 2376 / 2
                edge = image.convert("L").crop((0, 0, image.width, 2))
                assert edge.histogram()[255] == edge.width * edge.height


def test_reads_tables(papers: dict[str, Read]) -> None:
    """Rows come from top to bottom with their cells, and stay out of the text."""
    table = papers["2606.99001"].paper.tables[3]
    assert [" ".join(row) for row in table.rows[:3]] == [
        "Project Precision Recall F1-score",
        "MediaStore (MS) 0.98 1.00 0.99",
        "TeaStore (TS) 0.98 0.98 0.98",
    ]
    assert "MediaStore (MS) 0.98" not in papers["2606.99001"].text


@pytest.mark.parametrize("name", TRUTH)
def test_keeps_references_apart(papers: dict[str, Read], name: str) -> None:
    """Every entry is one, however it's marked or indented."""
    assert len(papers[name].paper.references) == TRUTH[name]["references"]


def test_leaves_out_what_every_page_has(papers: dict[str, Read]) -> None:
    """No header, footer or page number interrupts a sentence."""
    for name, line in {
        "2606.99001": "April 14–20",
        "2606.99002": "September 02–06",
        "2606.99003": "Bogner et al. (2019), PeerJ",
        "2606.99004": "Webb et al. (2017), PeerJ",
        "2606.99005": "has paid for this article",
    }.items():
        body = " ".join(line for one in papers[name].paper.passages[3:] for line in one.paragraphs)
        assert line not in body, name


def test_nothing_of_the_print_gets_between_the_words(papers: dict[str, Read]) -> None:
    """Marks of footnotes, lone accents, what a journal says of itself, links under captions."""
    for name, text in {
        "1805.02262": "the Erdős number of an author X, the graph can be queried",
        "2606.99001": "an example of SAD to SAM to code. We observe",
        "2606.99003": "specifically constructed for this experiment. It consists",
    }.items():
        assert text in papers[name].text
    assert "yield.1H NMR" in papers["2606.99005"].text  # an isotope is no footnote
    for one in papers.values():
        captions = " ".join(figure.caption for figure in one.paper.figures)
        for printed in ("How to cite this article", "Subjects ", "Full-size", "continued on"):
            assert printed not in one.text + captions
    assert any(
        line.startswith("We follow the basic structure")
        for passage in papers["2606.99003"].paper.passages
        for line in passage.paragraphs
    )


def test_joins_broken_words(papers: dict[str, Read]) -> None:
    """A hyphen goes where a line made it, and stays where the word has one."""
    text = papers["1805.02262"].text
    for joined in (
        "data mining and digital libraries",
        "directed edges",
        "Resource Description Framework (RDF)",
    ):
        assert joined in text
    assert "Jimeno-Yepes" in text
    assert "https://github.com/allenai/deepfigures-open" in text


def test_holds_only_what_prints(papers: dict[str, Read]) -> None:
    """No control character is left, and no ligature."""
    for one in papers.values():
        assert all(letter.isprintable() for letter in one.text)
        assert not set("ﬁﬂﬀﬃﬄ") & set(one.text)


@pytest.mark.parametrize("name", AFFILIATIONS)
def test_tells_where_the_first_author_works(papers: dict[str, Read], name: str) -> None:
    """The institute beside the name, or behind its mark."""
    assert affiliation(papers[name].paper.front, papers[name].author).startswith(AFFILIATIONS[name])


def test_notes_can_be_extracted(papers: dict[str, Read]) -> None:
    """What every paper has is told in its own words, each sentence once; little is missing."""
    for name, read_paper in papers.items():
        full_paper = read_paper.paper
        abstract = next(one for one in full_paper.passages if one.heading.lower() == "abstract").paragraphs[0]
        notes = extract_notes(paper(title=name, abstract=abstract), full_paper)
        told = [claim for field in CLAIMED for claim in notes.claims(field)]
        texts = [claim.text for claim in told]
        assert len(texts) == len(set(texts))
        assert {claim.section for claim in told} <= {one.heading for one in full_paper.passages}
        assert not NEEDED & set(notes.missing), name
        assert len(set(CLAIMED) & set(notes.missing)) <= 2, name
        source = Source.of(read_paper.text)
        for text in texts:
            broken = {violation.rule for violation in violations_of(text, "claim", source, "en", 500)}
            assert not broken & {Rule.NUMBER, Rule.NAME, Rule.ORDERS, Rule.PLACEHOLDER, Rule.URL}, text
