"""Rich blocks as HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "subscript": "sub",
    "superscript": "sup",
    "marked": "mark",
    "code": "code",
}


def rich_html(text: Any) -> str:
    """Write rich text as HTML."""
    if isinstance(text, str):
        return escape(text)
    if isinstance(text, list):
        return "".join(rich_html(piece) for piece in text)
    if not isinstance(text, dict):
        return ""
    kind, inside = text.get("type", ""), rich_html(text.get("text", ""))
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>{inside}</{_TAGS[kind]}>"
    if kind in _SPANS:
        return _SPANS[kind](text, inside)
    return f'<a href="#">{inside}</a>' if inside and kind != "date_time" else inside


_SPANS: dict[str, Callable[[Json, str], str]] = {
    "url": lambda text, inside: f'<a href="{escape(text["url"])}">{inside}</a>',
    "spoiler": lambda _, inside: f'<span class="spoiler">{inside}</span>',
    "mathematical_expression": lambda text, _: f'<span class="math">{escape(text["expression"])}</span>',
    "custom_emoji": lambda text, _: escape(text["alternative_text"]),
    "button": lambda text, _: f"<button>{rich_html(text['button']['text'])}</button>",
}


def blocks_html(blocks: list[Json], *, opened: bool = False) -> str:
    """Write blocks as HTML."""
    return f'<div class="rich">{"".join(_block(block, opened=opened) for block in blocks)}</div>'


def _many(blocks: list[Json], *, opened: bool) -> str:
    return "".join(_block(block, opened=opened) for block in blocks)


def _block(block: Json, *, opened: bool) -> str:
    kind = block["type"]
    if kind in _WRITERS:
        return _WRITERS[kind](block)
    credit = f"<footer>{rich_html(block['credit'])}</footer>" if block.get("credit") else ""
    if kind == "details":
        state = " open" if opened or block.get("is_open") else ""
        inside = _many(block["blocks"], opened=opened)
        return f"<details{state}><summary>{rich_html(block['summary'])}</summary>{inside}</details>"
    if kind == "expandable_blockquote":
        state = "opened" if opened else "closed"
        inside = f"<div>{rich_html(block['text'])}{credit}</div>"
        return f'<blockquote class="expandable {state}">{inside}</blockquote>'
    if kind == "list":
        items = "".join(_item(item, number, opened=opened) for number, item in enumerate(block["items"], 1))
        return f'<div class="list">{items}</div>'
    if "blocks" in block:
        inside = _many(block["blocks"], opened=opened)
        tag = "blockquote" if kind == "blockquote" else "div"
        return f"<{tag}>{inside}{credit}{_caption(block)}</{tag}>"
    return f'<div class="photo">{escape(kind)}</div>{_caption(block)}'


def _item(item: Json, number: int, *, opened: bool) -> str:
    if item.get("has_checkbox"):
        label = "☑" if item.get("is_checked") else "☐"
    elif item.get("type") or item.get("value"):
        label = f"{item.get('value') or number}."
    else:
        label = "•"
    return f'<div class="item"><span>{label}</span><div>{_many(item["blocks"], opened=opened)}</div></div>'


def _caption(block: Json) -> str:
    caption = block.get("caption")
    if not caption:
        return ""
    inside = caption["text"] if isinstance(caption, dict) and "type" not in caption else caption
    return f'<p class="caption">{rich_html(inside)}</p>'


def _table(block: Json) -> str:
    rows = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in block["cells"])
    kind = " ".join(name for name in ("bordered", "striped", "compact") if block.get(f"is_{name}"))
    return f'<div class="scroll"><table class="{kind}">{rows}</table></div>{_caption(block)}'


def _cell(cell: Json) -> str:
    tag = "th" if cell.get("is_header") else "td"
    spans = "".join(f' {name}="{cell[name]}"' for name in ("colspan", "rowspan") if cell.get(name))
    style = f"text-align:{cell['align']};vertical-align:{cell['valign']}"
    return f'<{tag}{spans} style="{style}">{rich_html(cell.get("text") or "")}</{tag}>'


def _heading(block: Json) -> str:
    return f"<h{block['size']}>{rich_html(block['text'])}</h{block['size']}>"


def _buttons(block: Json) -> str:
    inside = "".join(f"<button>{rich_html(button['text'])}</button>" for button in block["buttons"])
    return f'<div class="row inner">{inside}</div>'


_WRITERS: dict[str, Callable[[Json], str]] = {
    "paragraph": lambda block: f"<p>{rich_html(block['text'])}</p>",
    "heading": _heading,
    "divider": lambda _: "<hr>",
    "footer": lambda block: f'<p class="footer">{rich_html(block["text"])}</p>',
    "pre": lambda block: f"<pre>{rich_html(block['text'])}</pre>",
    "pullquote": lambda block: f'<p class="pull">{rich_html(block["text"])}</p>',
    "thinking": lambda block: f"<p><i>{rich_html(block['text'])}</i></p>",
    "mathematical_expression": lambda block: f'<p class="math">{escape(block["expression"])}</p>',
    "anchor": lambda _: "",
    "table": _table,
    "buttons": _buttons,
}
