"""Reads a PDF as a paper: pages, then captions and figures, then order, headings and paragraphs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.errors import FileWithoutTextError
from digest.fulltext import Form, FullPaper, Passage, Picture, Table
from digest.sources.fulltext.pdf.captions import captions
from digest.sources.fulltext.pdf.columns import body_style, columns
from digest.sources.fulltext.pdf.furniture import cleared, unnumbered
from digest.sources.fulltext.pdf.headings import headings
from digest.sources.fulltext.pdf.imprint import without_imprint
from digest.sources.fulltext.pdf.marks import unmarked
from digest.sources.fulltext.pdf.order import ordered
from digest.sources.fulltext.pdf.paragraphs import paragraphs, references
from digest.sources.fulltext.pdf.pictures import cut_out
from digest.sources.fulltext.pdf.regions import regions
from digest.sources.fulltext.pdf.words import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from digest.sources.fulltext.pdf.captions import Caption
    from digest.sources.fulltext.pdf.columns import Column
    from digest.sources.fulltext.pdf.file import PdfFile
    from digest.sources.fulltext.pdf.headings import Found
    from digest.sources.fulltext.pdf.order import Placed
    from digest.sources.fulltext.pdf.regions import Region
    from digest.sources.fulltext.pdf.sheet import Line, Sheet, Style

MOST_FIGURES = 60
"""Figures that are cut out; of more, captions are still read."""

_LETTERS_A_PAGE = 60  # that a scan may have: a stamp, a page number
_BIBLIOGRAPHIES = ("references", "bibliography", "literature cited", "references and notes")


@dataclass(frozen=True, slots=True)
class _Laid:
    """A page whose captions are known."""

    sheet: Sheet
    columns: tuple[Column, ...]
    captions: tuple[Caption, ...]
    regions: tuple[Region, ...]


def read(file: PdfFile, folder: Path, most_pages: int) -> FullPaper:
    """Read a PDF and cut its figures out.

    Args:
        file: the PDF.
        folder: where its figures are written to, as PNG files.
        most_pages: how many pages are read, from the first.

    Raises:
        FileWithoutTextError: it's a scan.
        FileBrokenError: a page can't be read.
    """
    pages = min(file.pages, most_pages)
    sheets = [file.sheet(number) for number in range(1, pages + 1)]
    letters = sum(len(line.text) for sheet in sheets for line in sheet.lines)
    body = body_style(sheets)
    if body is None or letters < _LETTERS_A_PAGE * pages:
        raise FileWithoutTextError
    raw = sheets
    sheets = [unmarked(unnumbered(sheet)) for sheet in cleared(sheets)]
    sheets[:1] = [without_imprint(sheet) for sheet in sheets[:1]]
    laid = _lay_out(sheets, body)
    vocabulary = Vocabulary(line.text for sheet in sheets for line in sheet.lines)
    placed = [one for page in laid for one in ordered(_prose(page), page.columns, body.size)]
    found = headings(placed, body)
    start = _start(found)
    passages, entries = _passages(placed, found, start, vocabulary)
    return FullPaper(
        form=Form.PDF,
        title="",
        front=_front(raw[0], placed, start),
        passages=passages,
        figures=_figures(file, laid, folder, vocabulary),
        tables=_tables(laid, vocabulary),
        references=entries,
        pages=file.pages,
        pages_read=pages,
    )


def _lay_out(sheets: Sequence[Sheet], body: Style) -> tuple[_Laid, ...]:
    found = columns(sheets, body)
    laid = []
    for sheet in sheets:
        named = captions(sheet, found[sheet.number], body)
        laid.append(
            _Laid(sheet, found[sheet.number], named, regions(sheet, found[sheet.number], named, body))
        )
    return tuple(laid)


def _prose(page: _Laid) -> Sheet:
    """Return the page without captions, and without what is within figures and tables."""
    gone = {line for caption in page.captions for line in caption.lines}
    lines = tuple(
        line
        for line in page.sheet.lines
        if line not in gone
        and not any(
            region.box.across(line.box) > line.box.width / 2
            and region.box.bottom - 2 < line.box.middle < region.box.top + 2
            for region in page.regions
        )
    )
    return replace(page.sheet, lines=lines)


def _start(found: Mapping[int, Found]) -> int:
    """Return where the paper begins after its title and authors."""
    for at in sorted(found):
        known = found[at].title.lower().startswith(("abstract", "summary", "introduction", "background"))
        if known or found[at].number:
            return at
    return min(found, default=0)


def _passages(
    placed: Sequence[Placed], found: Mapping[int, Found], start: int, vocabulary: Vocabulary
) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    passages: list[Passage] = []
    entries: list[str] = []
    starts = [at for at in sorted(found) if at >= start]
    if not starts:
        return (Passage("", "", 1, paragraphs(placed, vocabulary)),), ()
    for at, end in zip(starts, [*starts[1:], len(placed)], strict=True):
        heading = found[at]
        lines = list(placed[at + heading.lines : end])
        if heading.rest:
            first = placed[at]
            lines.insert(0, replace(first, line=replace(first.line, text=heading.rest)))
        if heading.title.lower().rstrip(".") in _BIBLIOGRAPHIES:
            entries += references(lines, vocabulary)
        else:
            passages.append(
                Passage(heading.number, heading.title, heading.level, paragraphs(lines, vocabulary))
            )
    return tuple(passages), tuple(entries)


def _front(sheet: Sheet, placed: Sequence[Placed], start: int) -> tuple[str, ...]:
    """Return the lines above the abstract as the file draws them: authors beside their institutes."""
    if start >= len(placed) or placed[start].where[0] != 1:
        return ()
    floor = placed[start].line.box.top
    largest = max((line.style.size for line in sheet.lines), default=0.0)
    return tuple(
        line.text
        for line in sheet.lines
        if line.box.bottom > floor - 1 and line.style.size < largest - 0.5 and not _is_small(line)
    )


def _is_small(line: Line) -> bool:
    return len(line.text) < 3  # noqa: PLR2004 - a mark that stands alone


def _figures(
    file: PdfFile, laid: Sequence[_Laid], folder: Path, vocabulary: Vocabulary
) -> tuple[Picture, ...]:
    made: dict[str, Picture] = {}
    for page in laid:
        boxes = {region.caption: region.box for region in page.regions}
        for caption in sorted(page.captions, key=lambda one: -one.box.top):
            if caption.table:
                continue
            text = caption.text(vocabulary)
            if (earlier := made.get(caption.label)) is not None:
                if caption.continues:
                    made[caption.label] = replace(earlier, caption=f"{earlier.caption} {text}".strip())
                continue
            name = f"figure-{len(made) + 1}.png"
            drawn = (
                caption in boxes
                and len(made) < MOST_FIGURES
                and cut_out(file, page.sheet.number, boxes[caption], folder / name)
            )
            images = (name,) if drawn else ()
            made[caption.label] = Picture(caption.label, text, images, page.sheet.number)
    return tuple(made.values())


def _tables(laid: Sequence[_Laid], vocabulary: Vocabulary) -> tuple[Table, ...]:
    made: dict[str, Table] = {}
    for page in laid:
        boxes = {region.caption: region.box for region in page.regions}
        for caption in page.captions:
            if not caption.table:
                continue
            rows: defaultdict[int, list[Line]] = defaultdict(list)
            if caption in boxes:
                height = max(caption.lines[0].style.size, 6.0)
                for line in page.sheet.lines:
                    if line not in caption.lines and boxes[caption].holds(line.box, 3.0):
                        rows[round(line.box.middle / height)].append(line)
            cells = tuple(
                tuple(line.text for line in sorted(rows[row], key=lambda line: line.box.left))
                for row in sorted(rows, reverse=True)
            )
            made.setdefault(
                caption.label,
                Table(caption.label, caption.text(vocabulary), cells, page.sheet.number),
            )
    return tuple(made.values())
