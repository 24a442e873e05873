"""PDFs that the tests make: what a page's text is, wherever it stands and in whatever order it was drawn."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from digest.errors import FileBrokenError, FileLockedError, FileWithoutTextError
from digest.front_page import affiliation
from digest.sources.fulltext.pdf.file import PdfFile
from digest.sources.fulltext.pdf.paper import read
from tests.papers_pdf import box, encrypted, paragraph, pdf, text

if TYPE_CHECKING:
    from digest.fulltext import FullPaper

LATEX = Path(__file__).resolve().parent.parent / "latex"
LEFT, RIGHT = 60, 320
WORDS = (
    "lamps that stand in a long corridor shine for whoever walks there at night and goes home again before "
    "the sun is up while nobody else in the house is awake to see how bright they are or what they cost"
)


def prose(topic: str) -> str:
    """Return a paragraph of twelve lines that says what it's about."""
    words = " ".join(f"{word} {topic}" if n % 7 == 3 else word for n, word in enumerate(WORDS.split()))
    return f"{topic.capitalize()} begins: {words}. And {words}. The end of {topic}."


def read_bytes(body: bytes, folder: Path, most_pages: int = 100) -> FullPaper:
    """Write a PDF and read it."""
    file = folder / "paper.pdf"
    file.write_bytes(body)
    return read(PdfFile(file), folder, most_pages)


def said(paper: FullPaper) -> str:
    """Return everything but headings."""
    return " ".join(line for passage in paper.passages for line in passage.paragraphs)


def two_columns(shuffled: int | None = None, number: str = "1") -> str:
    """Return a page of two columns with two sections, drawn in order or not."""
    pieces = [
        text(LEFT, 650, f"{number} First", 13, "bold"),
        paragraph(LEFT, 630, prose("apples")),
        paragraph(LEFT, 440, prose("pears")),
        text(RIGHT, 650, f"{number}.1 Second", 13, "bold"),
        paragraph(RIGHT, 630, prose("plums")),
        paragraph(RIGHT, 440, prose("grapes")),
    ]
    if shuffled is not None:
        random.Random(shuffled).shuffle(pieces)  # noqa: S311 - an order, no secret
    return "".join(pieces)


@pytest.mark.parametrize("shuffled", [None, 1, 2, 3])
def test_reads_one_column_after_the_other(tmp_path: Path, shuffled: int | None) -> None:
    """Left before right, from top to bottom, in whatever order the file draws its text."""
    paper = read_bytes(pdf(two_columns(shuffled)), tmp_path)
    assert [(one.number, one.heading, one.level) for one in paper.passages] == [
        ("1", "First", 1),
        ("1.1", "Second", 2),
    ]
    ends = [said(paper).index(f"The end of {topic}.") for topic in ("apples", "pears", "plums", "grapes")]
    assert ends == sorted(ends)


def test_leaves_out_headers_footers_and_line_numbers(tmp_path: Path) -> None:
    """What is printed on every page, and the number before every line, is no part of the text."""
    pages = []
    for number in (1, 2, 3):
        lines = "".join(text(46, 630 - 12 * n, str(n + 40 * number), 7) for n in range(30))
        furniture = text(LEFT, 760, "A Journal of Lamps", 8) + text(300, 30, str(number), 9)
        pages.append(two_columns(number=str(number)) + lines + furniture)
    words = said(read_bytes(pdf(*pages), tmp_path)).split()
    assert "Journal" not in words
    assert not [word for word in words if word.isdigit()]
    assert words.count("begins:") == 12


def test_numbers_that_stick_to_their_lines_are_taken_off(tmp_path: Path) -> None:
    """A line number that is drawn with its line is no word of it; a year at a line's beginning is one."""
    words = [
        f"{'1998' if n == 7 else 'lamps'} light the corridor in part {chr(97 + n)} of it" for n in range(20)
    ]
    lines = "".join(
        text(46, 650 - 12 * n, str(n + 1), 7) + text(LEFT, 650 - 12 * n, line) for n, line in enumerate(words)
    )
    assert said(read_bytes(pdf(lines), tmp_path)) == " ".join(words)


def test_joins_what_a_line_broke(tmp_path: Path) -> None:
    """A hyphen at a line's end goes, unless the paper writes the word with one; an address has no blank."""
    lines = [
        "1 Hyphens",
        "We use a well-known rule and call it a light rule for this corri-",
        "dor. The corridor is lit by a rule that is so simple that it is well-",
        "known. Everything that anybody needs is at https://github.com/lamps/",
        "corridor. Nothing else was ever needed by anybody who walked there.",
    ]
    drawn = text(LEFT, 700, lines[0], 13, "bold")
    drawn += "".join(text(LEFT, 680 - 12 * n, line) for n, line in enumerate(lines[1:]))
    words = said(read_bytes(pdf(drawn), tmp_path))
    assert "for this corridor. The corridor is lit" in words
    assert "it is well-known. Everything" in words
    assert "https://github.com/lamps/corridor. Nothing" in words


def test_cuts_a_figure_out_of_its_column(tmp_path: Path) -> None:
    """The picture holds the drawing and its labels, and no word of the text above, below or beside it."""
    page = (
        paragraph(LEFT, 700, prose("apples"))
        + box(90, 360, 150, 100)
        + text(100, 465, "a label", 8, "sans")
        + text(LEFT, 330, "Figure 1: A grey box.", 9, "bold")
        + paragraph(LEFT, 290, prose("pears"))
        + paragraph(RIGHT, 700, prose("plums"))
        + paragraph(RIGHT, 460, prose("grapes"))
    )
    paper = read_bytes(pdf(page), tmp_path)
    (figure,) = paper.figures
    assert (figure.label, figure.caption, figure.page) == ("Figure 1", "A grey box.", 1)
    with Image.open(tmp_path / figure.images[0]) as image:
        assert image.width == pytest.approx(150 * 3 + 16, abs=4)  # a white edge of eight pixels around it
        assert image.height == pytest.approx(110 * 3 + 16, abs=10)
    assert "label" not in said(paper)
    assert "grey box" not in said(paper)


def test_a_sentence_about_a_figure_is_no_caption(tmp_path: Path) -> None:
    """“Figure 1 shows” at the beginning of a line is text."""
    page = paragraph(LEFT, 700, "Figure 1 shows " + prose("apples")) + paragraph(RIGHT, 700, prose("plums"))
    assert not read_bytes(pdf(page), tmp_path).figures


def test_turned_pages_are_read(tmp_path: Path) -> None:
    """Text that stands sideways on its page is read as people would turn it."""
    page = f"q 0 1 -1 0 612 0 cm {paragraph(LEFT, 500, prose('apples'), 80)} Q"
    assert "The end of apples." in said(read_bytes(pdf(page), tmp_path))


def test_says_how_much_was_read(tmp_path: Path) -> None:
    """A paper of more pages than are to be read says so."""
    paper = read_bytes(pdf(*(two_columns(number=str(n)) for n in range(1, 6))), tmp_path, most_pages=3)
    assert (paper.pages, paper.pages_read, paper.is_cut) == (5, 3, True)
    assert [one.number for one in paper.passages] == ["1", "1.1", "2", "2.1", "3", "3.1"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (pdf(box(50, 50, 500, 700), box(50, 50, 500, 700) + text(60, 30, "7")), FileWithoutTextError),
        (encrypted(), FileLockedError),
        (pdf(two_columns())[:600], FileBrokenError),
        (b"%PDF-1.7\nnothing that follows is a PDF", FileBrokenError),
    ],
)
def test_says_why_it_cant_be_read(tmp_path: Path, body: bytes, error: type[Exception]) -> None:
    """A scan, an encrypted file and a broken one are each told apart."""
    with pytest.raises(error):
        read_bytes(body, tmp_path)


def test_reads_a_paper_from_latex(tmp_path: Path) -> None:
    """What LaTeX makes of a small paper: sections, list, footnote, figure, table, appendix, references."""
    paper = read(PdfFile(LATEX / "lanterns.pdf"), tmp_path, 100)
    assert [(one.number, one.heading, one.level) for one in paper.passages] == [
        ("", "Abstract", 1),
        ("1", "Introduction", 1),
        ("2", "Method", 1),
        ("2.1", "The greedy rule", 2),
        ("2.1.1", "Why it ends", 3),
        ("3", "Results", 1),
        ("", "Acknowledgements", 1),
        ("A", "Proof", 1),
    ]
    assert paper.front[:2] == ("Ada Lindqvist", "University of Example, Sweden")
    assert paper.passages[3].paragraphs == (
        "The rule is short:",
        "– begin at the door, and put a lamp into the second cell;",
        "– go on by three cells until the far wall is lit.",
    )
    assert "1Data are at https://zenodo.org/records/1234567, the proof is left to the reader." in (
        paper.passages[2].paragraphs
    )
    assert [figure.label for figure in paper.figures] == ["Figure 1"]
    assert [" ".join(row) for row in paper.tables[0].rows] == [
        "Length Greedy Exhaustive",
        "3 1 1",
        "30 10 10",
        "300 100 100",
    ]
    assert len(paper.references) == 2


def test_reads_a_paper_in_two_columns_from_latex(tmp_path: Path) -> None:
    """Its title goes across, a table too, and nothing of either column is lost or out of order."""
    paper = read(PdfFile(LATEX / "marbles.pdf"), tmp_path, 100)
    assert [f"{one.number} {one.heading}".strip() for one in paper.passages] == [
        "Abstract",
        "1 Introduction",
        "2 A model of rolling",
        "2.1 What the model leaves out",
        "3 Experiments",
        "3.1 Results",
        "4 Discussion",
        "5 Conclusion",
    ]
    assert paper.passages[3].paragraphs[1:] == (
        "Wind blows marbles off the slope.",
        "Cats chase them, which makes them faster.",
        "Dust slows them down, and it is everywhere.",
    )
    assert paper.passages[6].paragraphs[0].startswith("Steeper slopes make faster marbles.")
    assert [figure.label for figure in paper.figures if figure.images] == ["Figure 1"]
    assert " ".join(paper.tables[0].rows[2]) == "Glass 1.9 1.3 1.0 0.7"
    assert affiliation(paper.front, "Dana Weiss") == "Rolling Institute, Example City"
    assert len(paper.references) == 2
