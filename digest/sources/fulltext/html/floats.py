"""Reads LaTeXML's figures and tables, captions and all. Reads no file and fetches nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from digest.fulltext import Picture, Table
from digest.sources.fulltext.html.prose import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

_DRAWN = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_MOST_CELLS = 20_000  # of a table


def is_table(node: LexborNode) -> bool:
    """Return whether a float consists of text: a table, an algorithm, a listing."""
    classes = (node.attributes.get("class") or "").split()
    if "ltx_table" in classes or "ltx_float" in classes:
        return node.css_first("img") is None or node.css_first("tr") is not None
    return node.css_first("img, .ltx_missing_image") is None and node.css_first("tr") is not None


def picture(node: LexborNode, base: str) -> Picture:
    """Read a figure.

    Args:
        node: the outermost ``figure``.
        base: the address that its images' are relative to.
    """
    label, caption = _caption(node)
    images = (image for one in node.css("img") if (image := _image(one, base)))
    return Picture(label, caption, tuple(dict.fromkeys(images)))


def table(node: LexborNode) -> Table:
    """Read a table; of an algorithm or a listing every line is a row."""
    label, caption = _caption(node)
    rows = list(_rows(node)) or [(line,) for one in node.css(".ltx_listingline") if (line := text(one))]
    return Table(label, caption, tuple(rows))


def _caption(node: LexborNode) -> tuple[str, str]:
    """Return the label of a float, and its caption with those of its parts."""
    own: list[str] = []
    label = ""
    for caption in node.css("figcaption, caption"):
        parent = caption.parent
        tag = caption.css_first(".ltx_tag")
        said = text(tag).strip(" :.|–—") if tag is not None else ""
        if parent is not None and parent.mem_id == node.mem_id and said:
            label = said
            if tag is not None:
                tag.decompose()
            own.insert(0, text(caption))
        else:
            own.append(text(caption))
    return label, " ".join(filter(None, own))


def _image(node: LexborNode, base: str) -> str:
    """Return an image's address, if it is one that can be shown and lies beside the page."""
    source = (node.attributes.get("src") or "").strip()
    try:
        address = urljoin(base, source)
        parts, home = urlsplit(address), urlsplit(base)
    except ValueError:
        return ""
    near = (parts.scheme, parts.netloc) == (home.scheme, home.netloc)
    return address if source and near and parts.path.lower().endswith(_DRAWN) else ""


def _rows(node: LexborNode) -> Iterator[tuple[str, ...]]:
    cells = 0
    for row in node.css("tr"):
        found = tuple(text(cell) for cell in row.css("td, th"))
        cells += len(found)
        if cells > _MOST_CELLS:
            return
        if any(found):
            yield found
