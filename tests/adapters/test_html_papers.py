"""Papers as LaTeXML writes them, read as papers: one made for this, excerpts of arXiv's, and hostile ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.document import Math
from digest.errors import FileBrokenError, FileError, FileForeignError
from digest.formulas import inlines
from digest.front_page import affiliation, first_page_code
from digest.sources.fulltext.html.page import read

if TYPE_CHECKING:
    from digest.fulltext import FullPaper, Passage

LATEX = Path(__file__).resolve().parent.parent / "latex"
ADDRESS = "https://arxiv.org/html/2606.00001v1"
FILLER = f"<p class='ltx_p'>{'Light comes from lamps. ' * 12}</p>"


def page(body: str, head: str = "") -> bytes:
    """Return a page with enough text to be a paper."""
    return (
        f"<html><head>{head}</head><body><article class='ltx_document'>{FILLER}{body}</article></body></html>"
    ).encode()


@pytest.fixture(scope="module")
def lanterns() -> FullPaper:
    """The paper that was made for this."""
    return read((LATEX / "lanterns.html").read_bytes(), ADDRESS)


def test_reads_sections_in_order(lanterns: FullPaper) -> None:
    """Every heading has its number and level; the appendix is a section, the list of references isn't."""
    assert [(one.number, one.heading, one.level) for one in lanterns.passages] == [
        ("", "Abstract", 1),
        ("1", "Introduction", 1),
        ("2", "Method", 1),
        ("2.1", "The greedy rule", 2),
        ("2.1.1", "Why it ends", 3),
        ("", "Remark", 4),
        ("3", "Results", 1),
        ("", "Acknowledgements", 1),
        ("A", "Proof", 1),
    ]
    assert lanterns.title == "Lanterns: Lighting a Corridor with Few Lamps"


def test_reads_formulas_as_latex(lanterns: FullPaper) -> None:
    """A formula is its LaTeX between dollar signs, a price isn't one, an equation stays in its paragraph."""
    first = lanterns.passages[1].paragraphs[0]
    assert r"costs \$5 a lamp" in first
    assert [part.latex for part in inlines(first, "en") if isinstance(part, Math)] == ["x_{i}", "i"]
    assert lanterns.passages[2].paragraphs[0] == (
        "Each lamp lights itself and its neighbours, so the condition of a lit corridor is "
        r"$$\bigcup_{i=1}^{k}[x_{i}-1,x_{i}+1]\supseteq[0,n].$$ "
        "From Equation (1) it follows that three cells need one lamp."
    )


def test_footnotes_follow_their_paragraph(lanterns: FullPaper) -> None:
    """A footnote is a paragraph of its own, without its mark."""
    assert lanterns.passages[2].paragraphs[1] == (
        "Data are at https://zenodo.org/records/1234567, the proof is left to the reader."
    )


def test_lists_keep_their_marks(lanterns: FullPaper) -> None:
    """Each item is a paragraph that begins with its mark."""
    assert lanterns.passages[3].paragraphs[1:] == (
        "– begin at the door, and put a lamp into the second cell;",
        "– go on by three cells until the far wall is lit.",
    )


def test_marks_of_errors_are_dropped(lanterns: FullPaper) -> None:
    """What LaTeXML didn't understand isn't shown; the words around it are."""
    assert b"ltx_ERROR" in (LATEX / "lanterns.html").read_bytes()
    inside = page("<p class='ltx_p'>Light <span class='ltx_ERROR undefined'>\\lamp</span>on.</p>")
    assert "Light on." in read(inside, ADDRESS).passages[0].paragraphs
    text = " ".join(lanterns.passages[6].paragraphs)
    assert "This is a sentence after a command" in text
    assert "lamplight" not in text


def test_reads_figures_and_tables(lanterns: FullPaper) -> None:
    """Captions without labels, addresses of images, rows of cells."""
    (figure,) = lanterns.figures
    assert figure.label == "Figure 1"
    assert figure.caption.startswith(
        "A lamp lights its own cell and both of its neighbours, as $x_{i}\\pm 1$"
    )
    assert figure.images == ("https://arxiv.org/html/lamp.png",)
    (table,) = lanterns.tables
    assert (table.label, table.caption) == ("Table 1", "Lamps that are needed, by length of the corridor.")
    assert table.rows == (
        ("Length", "Greedy", "Exhaustive"),
        ("3", "1", "1"),
        ("30", "10", "10"),
        ("300", "100", "100"),
    )


def test_reads_the_first_page(lanterns: FullPaper) -> None:
    """Where the first author works, and the paper's own code."""
    assert affiliation(lanterns.front, "Ada Lindqvist") == "University of Example, Sweden"
    assert first_page_code(lanterns) == ("https://github.com/example/lanterns",)


def test_references_are_apart(lanterns: FullPaper) -> None:
    """Each entry is one line with its mark."""
    assert lanterns.references[0] == "[1] Donald Knuth. The Art of Lighting. Example Press, 1968."
    assert len(lanterns.references) == 2


def test_reads_another_paper() -> None:
    """Terms stay with their descriptions, theorems with their names; marks of authors are letters."""
    paper = read((LATEX / "marbles.html").read_bytes(), ADDRESS)
    assert [one.heading for one in paper.passages] == [
        "Abstract",
        "Introduction",
        "A model of rolling",
        "What the model leaves out",
        "Experiments",
        "Results",
        "Discussion",
        "Conclusion",
    ]
    model, effects = paper.passages[2].paragraphs, paper.passages[3].paragraphs
    assert model[1].startswith("Theorem 2.1. On any material there is a constant $c$")
    assert model[2].startswith("Proof. Insert the length")
    assert effects[1:] == (
        "Wind blows marbles off the slope.",
        "Cats chase them, which makes them faster.",
        "Dust slows them down, and it is everywhere.",
    )
    assert paper.front[0] == "Chidi Okafor1,2 and Dana Weiss2"
    assert affiliation(paper.front, "Chidi Okafor") == "Department of Marbles, Example University"
    assert affiliation(paper.front, "Dana Weiss") == "Rolling Institute, Example City"
    assert paper.tables[0].rows[0] == ("", "Gentle", "Steep")


def test_images_are_relative_to_the_base_and_stay_on_the_site() -> None:
    """What another site or the page itself holds is no image of the paper."""
    images = "".join(
        f"<img src='{source}'>"
        for source in (
            "x1.png",
            "/static/y.jpg",
            "https://evil.example/z.png",
            "data:image/png;base64,AA",
            "u.svg",
        )
    )
    body = f"<figure class='ltx_figure'>{images}<figcaption>Two.</figcaption></figure>"
    (figure,) = read(page(body, "<base href='/html/2606.00001v1/'>"), ADDRESS).figures
    assert figure.images == ("https://arxiv.org/html/2606.00001v1/x1.png", "https://arxiv.org/static/y.jpg")


def test_parts_of_a_figure_are_one_figure() -> None:
    """Captions of the parts follow the figure's own."""
    part = "<figure class='ltx_figure'><img src='a.png'><figcaption>(a) Left.</figcaption></figure>"
    body = (
        f"<figure class='ltx_figure'>{part}<figcaption><span class='ltx_tag ltx_tag_figure'>Figure 2: </span>"
        "Both.</figcaption></figure>"
    )
    (figure,) = read(page(body), ADDRESS).figures
    assert (figure.label, figure.caption, len(figure.images)) == ("Figure 2", "Both. (a) Left.", 1)


def test_algorithms_are_tables_of_lines() -> None:
    """A float of lines is read line by line."""
    body = (
        "<figure class='ltx_float'><figcaption><span class='ltx_tag'>Algorithm 1 </span>Light.</figcaption>"
        "<div class='ltx_listingline'>for all lamps</div><div class='ltx_listingline'>light it</div></figure>"
    )
    (table,) = read(page(body), ADDRESS).tables
    assert (table.label, table.rows) == ("Algorithm 1", (("for all lamps",), ("light it",)))


def excerpt(shared_data: Path, name: str) -> bytes:
    """Return an excerpt of one of arXiv's pages."""
    (file,) = (shared_data / "arxiv_html").glob(f"*{name}.html")
    return file.read_bytes()


CITING = (
    "Recurrent models typically factor computation along the symbol positions of the input and output "
    "sequences, as explored in prior work [35, 2, 5]. Some models use a single citation [12] while others "
    "reference two works [7, 9]."
)
REFERRING = (
    "The Transformer follows an encoder-decoder structure as shown in the left and right halves of Figure 1, "
    "respectively. We describe the multi-head attention in Section 3.2. The results are shown in Table 1."
)
NOVEL = (
    "This is the actual article content that follows the author section. The paper presents a novel approach "
    "to reinforcement learning from human feedback."
)
EQUATIONS = (
    "We call the attention function on a set of queries simultaneously.",
    r"$$\mathrm{Attention}(Q,K,V)=\mathrm{softmax}(\frac{QK^{T}}{\sqrt{d_{k}}})V$$",
    "The two most commonly used attention functions are additive attention and dot-product attention.",
    r"$$\mathrm{MultiHead}(Q,K,V)=\mathrm{Concat}(\mathrm{head}_{1},...,\mathrm{head}_{h})W^{O}$$",
)


@pytest.mark.parametrize(
    ("name", "heading", "paragraphs", "references"),
    [
        ("equation-tables", "Scaled Dot-Product Attention", EQUATIONS, ()),
        ("multi-citations", "Introduction", (CITING,), ("[2]", "[5]", "[7]", "[9]", "[12]", "[35]")),
        ("cross-references", "Model Architecture", (REFERRING,), ()),
    ],
)
def test_reads_excerpts_of_arxivs_pages(
    shared_data: Path, name: str, heading: str, paragraphs: tuple[str, ...], references: tuple[str, ...]
) -> None:
    """ArXiv's own markup is read as somebody read it by hand: nothing of it is lost, and nothing doubled."""
    paper = read(excerpt(shared_data, name), ADDRESS)
    assert [(one.number, one.heading, one.level) for one in paper.passages] == [("", heading, 1)]
    assert paper.passages[0].paragraphs == paragraphs
    assert tuple(entry.split()[0] for entry in paper.references) == references
    assert (paper.figures, paper.tables) == ((), ())


def test_an_excerpt_that_is_too_short_for_a_paper(shared_data: Path) -> None:
    """It's refused, as what a failed conversion leaves would be; with more in it, it's read without marks."""
    body = excerpt(shared_data, "footnote-marks")
    with pytest.raises(FileBrokenError):
        read(body, ADDRESS)
    (passage,) = read(body.replace(b"</section>", f"{FILLER}</section>".encode()), ADDRESS).passages
    assert passage.heading == "Authors"
    assert passage.paragraphs[:2] == ("Rafael Rafailov, Archit Sharma, Eric Mitchell", NOVEL)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"<html><body>No HTML for this paper.</body></html>", FileForeignError),
        (b"", FileForeignError),
        (b"<article class='ltx_document'><h1>Title</h1></article>", FileBrokenError),
    ],
)
def test_says_why_a_page_cant_be_read(body: bytes, error: type[FileError]) -> None:
    """A page that isn't LaTeXML's, and one that its conversion left empty, are told apart."""
    with pytest.raises(error):
        read(body, ADDRESS)


def test_text_cant_pose_as_a_formula() -> None:
    """The marks that stand for dollar signs while a page is read mean nothing when a paper brings them."""
    body = "<p class='ltx_p'>\ue000evil\ue000 \ue0030\ue003 and $x$</p>"
    assert r"evil 0 and \$x\$" in read(page(body), ADDRESS).passages[0].paragraphs


@given(st.text("<>/=\"' $&;abh123\n\ue000\ue003", max_size=200))
def test_anything_can_be_read(body: str) -> None:
    """Whatever stands in a page, reading it gives text that prints, or one of our errors."""
    paper = read(page(f"<p class='ltx_p'>{body}</p>"), ADDRESS)
    said: list[Passage] = list(paper.passages)
    assert all(line.isprintable() for passage in said for line in passage.paragraphs)
