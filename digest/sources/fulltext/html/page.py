"""Reads a page that LaTeXML made of a paper as a paper. Fetches nothing.

The markup is described at https://math.nist.gov/~BMiller/LaTeXML/manual/ and at
https://info.arxiv.org/about/accessible_HTML.html.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from digest.errors import FileBrokenError, FileForeignError
from digest.fulltext import Form, FullPaper, Passage
from digest.sources.fulltext.html import prose
from digest.sources.fulltext.html.floats import is_table, picture, table

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from digest.fulltext import Picture, Table

_LEVELS = {
    "part": 1,
    "chapter": 1,
    "section": 1,
    "appendix": 1,
    "acknowledgements": 1,
    "subsection": 2,
    "subsubsection": 3,
    "paragraph": 4,
    "subparagraph": 5,
}
_TITLES = ", ".join(f".ltx_title_{kind}" for kind in _LEVELS)
_UNITS = (
    f"{_TITLES}, .ltx_title_theorem, .ltx_title_proof, p.ltx_p, table.ltx_equation, table.ltx_equationgroup, "
    "pre.ltx_verbatim"
)
_LEAST_LETTERS = 200  # of a page that holds a paper; less is what a conversion that failed leaves


def read(body: bytes, address: str) -> FullPaper:
    """Read a page.

    Args:
        body: as it came.
        address: where it came from; images are relative to it.

    Raises:
        FileForeignError: it isn't LaTeXML's.
        FileBrokenError: it can't be parsed, or holds next to nothing.
    """
    try:
        tree = LexborHTMLParser(prose.without_marks(body.decode("utf-8", "replace")))
    except SelectolaxError as error:
        raise FileBrokenError from error
    article = tree.css_first("article.ltx_document, .ltx_document")
    if article is None:
        raise FileForeignError
    base = tree.css_first("base[href]")
    if base is not None:
        address = urljoin(address, base.attributes.get("href") or "")
    notes = prose.prepare(tree)
    title = article.css_first(".ltx_title_document")
    front = _front(article)
    figures, tables = _floats(article, address)
    references = _references(article)
    passages = [*_abstract(article, notes), *_passages(article, notes)]
    if sum(len(line) for passage in passages for line in passage.paragraphs) < _LEAST_LETTERS:
        raise FileBrokenError
    return FullPaper(
        form=Form.HTML,
        title=prose.text(title) if title is not None else "",
        front=front,
        passages=tuple(passages),
        figures=figures,
        tables=tables,
        references=references,
    )


def _front(article: LexborNode) -> tuple[str, ...]:
    lines: list[str] = []
    for author in article.css(".ltx_creator"):
        for part in author.css(".ltx_personname, .ltx_author_notes, .ltx_contact"):
            lines += prose.author_lines(part)
    for authors in article.css(".ltx_authors"):
        authors.decompose()
    return tuple(dict.fromkeys(lines))


def _floats(article: LexborNode, base: str) -> tuple[tuple[Picture, ...], tuple[Table, ...]]:
    """Read figures and tables, and take them out of the text."""
    figures, tables = [], []
    for node in article.css("figure"):
        if _is_within(node, "figure"):
            continue
        if is_table(node):
            tables.append(table(node))
        else:
            figures.append(picture(node, base))
    for node in article.css("figure"):
        if not _is_within(node, "figure"):
            node.decompose()
    return tuple(figures), tuple(tables)


def _is_within(node: LexborNode, tag: str) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag == tag:
            return True
        parent = parent.parent
    return False


def _references(article: LexborNode) -> tuple[str, ...]:
    entries = tuple(filter(None, (prose.text(node) for node in article.css(".ltx_bibitem"))))
    for node in article.css(".ltx_bibliography"):
        node.decompose()
    return entries


def _abstract(article: LexborNode, notes: list[str]) -> list[Passage]:
    node = article.css_first(".ltx_abstract")
    if node is None:
        return []
    heading = node.css_first(".ltx_title_abstract")
    name = prose.text(heading).strip(" .:—–") if heading is not None else ""
    text = _Writing("", name or "Abstract", 1)
    for paragraph in node.css("p.ltx_p"):
        text.add(prose.marked(paragraph), notes)
    node.decompose()
    return [text.passage()]


@dataclass(slots=True)
class _Writing:
    """A passage that is being written."""

    number: str
    heading: str
    level: int
    paragraphs: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    block: int = 0
    goes_on: bool = False
    label: str = ""

    def add(self, line: str, notes: list[str], block: int = 0, *, formula: bool = False) -> None:
        """Add a line; an equation and what follows it in its block belong to the paragraph before."""
        found = [notes[number] for number in prose.notes_of(line) if number < len(notes)]
        line = prose.without_notes(line)
        if self.label and line:
            line, self.label = f"{self.label} {line}", ""
        same = self.paragraphs and block and block == self.block
        if line and same and (formula or self.goes_on):
            self.paragraphs[-1] += f" {line}"
        elif line:
            self._flush()
            self.paragraphs.append(line)
        self.block, self.goes_on = block, formula
        self.waiting += filter(None, found)

    def passage(self) -> Passage:
        """Return what was written."""
        self._flush()
        return Passage(self.number, self.heading, self.level, tuple(self.paragraphs))

    def _flush(self) -> None:
        """Write footnotes down after the paragraph that they stand in."""
        self.paragraphs += self.waiting
        self.waiting = []


def _passages(article: LexborNode, notes: list[str]) -> list[Passage]:
    written: list[_Writing] = []
    current = _Writing("", "", 1)
    for node in article.css(_UNITS):
        classes = (node.attributes.get("class") or "").split()
        level = next(
            (_LEVELS[name[10:]] for name in classes if name[10:] in _LEVELS and name[:10] == "ltx_title_"), 0
        )
        if level:
            written.append(current)
            current = _heading(node, level)
        elif node.tag == "table":
            current.add(prose.displayed(node), notes, _block(node), formula=True)
        elif node.tag in {"pre", "p"}:
            current.add(prose.marked(node), notes, _block(node))
        else:
            current.label = prose.text(node)
    written.append(current)
    passages = [one.passage() for one in written]
    return [one for one in passages if one.heading or one.paragraphs]


def _heading(node: LexborNode, level: int) -> _Writing:
    tag = node.css_first(".ltx_tag")
    number = ""
    if tag is not None:
        number = prose.text(tag).strip(" .:").removeprefix("Appendix ").removeprefix("Chapter ")
        tag.decompose()
    return _Writing(number, prose.text(node).rstrip(" .:") if level > 3 else prose.text(node), level)  # noqa: PLR2004


def _block(node: LexborNode) -> int:
    """Return what tells the parts of one paragraph from those of the next."""
    parent = node.parent
    return parent.mem_id if parent is not None else 0
