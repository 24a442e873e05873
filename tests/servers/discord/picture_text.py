"""Discord's Markdown as HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from .markdown import Node, parse

if TYPE_CHECKING:
    from .markdown import Piece

_TAGS = {
    "bold": "strong",
    "italic": "em",
    "underline": "u",
    "strike": "s",
    "small": "small",
    "quote": "blockquote",
    "item": "li",
    "code": "code",
    "pre": "pre",
}
_BLOCKS = {"heading", "small", "quote", "list", "pre"}


def text_html(text: str) -> str:
    """Write a text as HTML."""
    return _pieces(parse(text))


def _pieces(pieces: tuple[Piece, ...]) -> str:
    html = ""
    after_block = True
    for piece in pieces:
        if isinstance(piece, str):
            words = piece.removeprefix("\n") if after_block and html else piece
            html += escape(words)
            after_block = False
        else:
            block = piece.kind in _BLOCKS
            html = html.removesuffix("\n") if block else html  # a block begins a line anyway
            html += _node(piece)
            after_block = block
    return html


def _node(node: Node) -> str:
    inner = _pieces(node.inner)
    match node.kind:
        case "heading":
            return f"<h{int(node.about) + 2}>{inner}</h{int(node.about) + 2}>"
        case "list" if node.about:
            return f'<ol start="{escape(node.about)}">{inner}</ol>'
        case "list":
            return f"<ul>{inner}</ul>"
        case "link" | "url":
            return f'<a href="{escape(node.about)}">{inner}</a>'
        case "mention" | "spoiler":
            return f'<span class="{node.kind}">{inner}</span>'
        case kind:
            return f"<{_TAGS[kind]}>{inner}</{_TAGS[kind]}>"
