"""Turns LaTeXML's elements into text: formulas as LaTeX, error marks gone, footnotes apart. Reads no file.

Formulas are replaced while the page is still a tree, where MathML is most of it; marks from Unicode's private
use area stand for their dollar signs until the text's own are escaped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_FORMULA, _DISPLAY, _DOLLAR, _NOTE = "\ue000", "\ue001", "\ue002", "\ue003"
_MARKS = re.compile("[\ue000-\ue003]")
_NOTE_MARK = re.compile(f"{_NOTE}(\\d+){_NOTE}")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f\u00ad\u200b\u2060-\u2064\ufeff\ufffd]")
_SPACING = re.compile(r"\\(?:displaystyle|textstyle|scriptstyle)\b\s*|%\s*\n")

_MARK = re.compile(r"\$(?:\{\})?\^\{?\s*(?:\\(?:text|mathrm|rm)\s*)?\{?([^{}$\\]*)\}*\$")

_NOT_TEXT = (
    "script, style, svg, button, nav, .ltx_ERROR, .ltx_note_mark, .ltx_note_type, .ltx_tag_note, "
    ".ltx_role_footnotemark, .ltx_page_footer, .ltx_page_header, .ltx_pagination, .ltx_TOC, .ltx_rdf, "
    ".ltx_dates"
)


def without_marks(page: str) -> str:
    """Return a page without the characters that serve as marks here, whoever put them there."""
    return page if page.isascii() else _MARKS.sub("", page)


def prepare(tree: LexborHTMLParser) -> list[str]:
    """Replace what isn't text in a page, formulas among it.

    Returns:
        The footnotes, whose places `text` marks and `notes_of` finds.
    """
    for node in tree.css(_NOT_TEXT):
        node.decompose()
    for node in tree.css("math"):
        node.replace_with(_formula(node))
    for node in tree.css("br"):
        node.replace_with("\n")
    for node in tree.css(".ltx_item > .ltx_tag_item, dt .ltx_tag_item"):
        _move_into_paragraph(node)
    notes: list[str] = []
    for node in tree.css(".ltx_note"):
        content = node.css_first(".ltx_note_content") or node
        note = text(content)
        node.replace_with(f"{_NOTE}{len(notes)}{_NOTE}")
        notes.append(note)
    return notes


def text(node: LexborNode) -> str:
    """Return the text of an element in one line; footnotes are left out."""
    return without_notes(marked(node))


def marked(node: LexborNode) -> str:
    """Return the text of an element with the places of its footnotes."""
    return _finished(node.text(deep=True, separator=""))


def lines(node: LexborNode) -> list[str]:
    """Return the text of an element cut at its breaks."""
    pieces = (without_notes(_finished(piece)) for piece in node.text(deep=True, separator="").split("\n"))
    return [piece for piece in pieces if piece]


def author_lines(node: LexborNode) -> list[str]:
    """Return what is said of an author, cut at its breaks; marks are letters, not formulas."""
    return [_MARK.sub(r"\1", line) for line in lines(node)]


def displayed(node: LexborNode) -> str:
    """Return an equation on lines of its own as one formula, without its number."""
    for number in node.css(".ltx_eqn_eqno"):
        number.decompose()
    whole = text(node)
    formulas = re.sub(r"(?<!\\)\$+", " ", whole)
    return f"$${' '.join(formulas.split())}$$" if formulas.strip() else ""


def notes_of(line: str) -> list[int]:
    """Return the indexes of the footnotes that a text marks."""
    return [int(number) for number in _NOTE_MARK.findall(line)]


def without_notes(line: str) -> str:
    """Return a text without the places of footnotes."""
    return _NOTE_MARK.sub("", line).strip()


def _formula(node: LexborNode) -> str:
    attributes = node.attributes
    latex = " ".join(_SPACING.sub("", attributes.get("alttext") or "").split())
    latex = latex.replace("\\$", _DOLLAR).replace("$", "")
    if not latex:
        return " "
    sign = _DISPLAY if attributes.get("display") == "block" else _FORMULA
    return f"{sign}{latex}{sign}"


def _finished(raw: str) -> str:
    line = " ".join(_INVISIBLE.sub("", raw).split()).replace("$", "\\$")
    line = line.replace(_FORMULA, "$").replace(_DISPLAY, "$$")
    return line.replace(_DOLLAR, "\\$")


def _move_into_paragraph(tag: LexborNode) -> None:
    """Put an item's bullet, number or term at the beginning of its first paragraph."""
    item = tag.parent
    while item is not None and item.tag == "dt":  # a term stands beside its description
        item = item.next
        while item is not None and not item.is_element_node:
            item = item.next
    paragraph = item.css_first("p.ltx_p") if item is not None else None
    label = tag.text(deep=True, separator="").strip()
    if paragraph is not None and paragraph.child is not None and label:
        paragraph.child.insert_before(f"{label} ")
    tag.decompose()
