"""Components as HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from .picture_text import text_html

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

_STYLES = {1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary"}
_ARROW = (
    '<svg viewBox="0 0 24 24"><path d="M15 3h6v6M21 3l-9 9M10 5H5v14h14v-5" fill="none" '
    'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>'
)
_CHEVRON = (
    '<svg viewBox="0 0 24 24"><path d="M5 9l7 7 7-7" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round"/></svg>'
)


def components_html(components: list[Json]) -> str:
    """Write components as HTML."""
    return f'<div class="components">{_many(components)}</div>' if components else ""


def _many(components: list[Json]) -> str:
    return "".join(_WRITERS[component["type"]](component) for component in components)


def _container(component: Json) -> str:
    colour = component.get("accent_color")
    accent = (
        f' style="--accent:#{colour:06x}" class="container accented"'
        if colour is not None
        else ' class="container"'
    )
    return f"<div{accent}>{_many(component['components'])}</div>"


def _section(component: Json) -> str:
    texts = _many(component["components"])
    return f'<div class="section"><div>{texts}</div>{_many([component["accessory"]])}</div>'


def _button(component: Json) -> str:
    title = escape(component.get("custom_id") or component.get("url") or "")
    arrow = _ARROW if "url" in component else ""
    state = " disabled" if component.get("disabled") else ""
    style = _STYLES[component["style"]]
    return (
        f'<button class="{style}" title="{title}"{state}>{escape(component.get("label", ""))}{arrow}</button>'
    )


def _select(component: Json) -> str:
    options = component.get("options", [])
    chosen = next(
        (each["label"] for each in options if each.get("default")), component.get("placeholder", "Select")
    )
    return f'<div class="select">{escape(chosen)}{_CHEVRON}</div>'


def _gallery(component: Json) -> str:
    items = "".join(
        f"<figure>{escape(item.get('description') or '')}</figure>" for item in component["items"]
    )
    return f'<div class="gallery">{items}</div>'


def _file(component: Json) -> str:
    name, size = escape(component["name"]), component["size"]
    return f'<div class="container"><a href="#">{name}</a><small>{size:,} bytes</small></div>'


def _separator(component: Json) -> str:
    line = "line" if component.get("divider", True) else "gap"
    size = "far" if component.get("spacing") == 2 else "near"
    return f'<hr class="{line} {size}">'


_WRITERS: dict[int, Callable[[Json], str]] = {
    1: lambda component: f'<div class="row">{_many(component["components"])}</div>',
    2: _button,
    **dict.fromkeys((3, 5, 6, 7, 8), _select),
    9: _section,
    10: lambda component: f'<div class="content">{text_html(component["content"])}</div>',
    11: lambda component: (
        f'<figure class="thumbnail" title="{escape(component.get("description") or "")}"></figure>'
    ),
    12: _gallery,
    13: _file,
    14: _separator,
    17: _container,
}
