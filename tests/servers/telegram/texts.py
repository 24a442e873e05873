"""What people and bots write, as Telegram stores it: text, and entities counted in UTF-16 units."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

Entity = dict[str, Any]

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
_ATTRIBUTE = re.compile(r"""\s+([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]+)(?=[\s>])))?""")
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
_STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
_QUOTES = ("blockquote", "expandable_blockquote")


class MarkupError(ValueError):
    """Telegram can't read this; the sentence is Telegram's own."""


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def part(text: str, entity: Entity) -> str:
    """The piece of a text that an entity is about."""
    raw = text.encode("utf-16-le")
    return raw[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


@dataclass
class _Open:
    tag: str
    kind: str
    start: int
    extra: dict[str, Any] = field(default_factory=dict)


class _Reader:
    """One pass over HTML; offsets in errors are bytes, those of entities UTF-16 units."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.text: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        at = 0
        while (tag := self.html.find("<", at)) >= 0:
            self._say(self.html[at:tag])
            at = self._close(tag) if self.html.startswith("</", tag) else self._begin(tag)
        self._say(self.html[at:])
        if self.open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.text), self.entities

    def _say(self, raw: str) -> None:
        if raw:
            words = _unescape(raw)
            self.text.append(words)
            self.length += units(words)

    def _bytes(self, at: int) -> int:
        return len(self.html[:at].encode())

    def _begin(self, at: int) -> int:
        where = self._bytes(at)
        name = re.compile(r"<([^\s>]*)").match(self.html, at)
        if name is None or name.end() >= len(self.html):
            raise MarkupError(f"Unclosed start tag at byte offset {where}")
        tag, end = name[1].lower(), name.end()
        if tag not in _TAGS:
            raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {where}')
        given: dict[str, str] = {}
        while found := _ATTRIBUTE.match(self.html, end):
            given[found[1].lower()] = _unescape(found[2] or found[3] or (found[4] or "").lower())
            end = found.end()
        rest = re.compile(r"\s*>").match(self.html, end)
        if rest is None:
            if ">" in self.html[end:]:
                raise MarkupError(f"Unexpected end of name token at byte offset {self._bytes(end)}")
            raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {where}')
        self.open.append(_Open(tag, _TAGS[tag], self.length, _meaning(tag, given, where)))
        return rest.end()

    def _close(self, at: int) -> int:
        where = self._bytes(at)
        if not self.open:
            raise MarkupError(f"Unexpected end tag at byte offset {where}")
        found = re.compile(r"</([^\s>]*)\s*>").match(self.html, at)
        if found is None:
            raise MarkupError(f"Unclosed end tag at byte offset {where}")
        begun = self.open.pop()
        if found[1] and found[1].lower() != begun.tag:
            raise MarkupError(
                f"Unmatched end tag at byte offset {where}, "
                f'expected "</{begun.tag}>", found "</{found[1].lower()}>"'
            )
        if self.length > begun.start:
            self._add(begun)
        return found.end()

    def _add(self, begun: _Open) -> None:
        kind, extra = begun.kind, dict(begun.extra)
        span = {"offset": begun.start, "length": self.length - begun.start}
        if kind == "text_link":
            url = extra.get("url") or part("".join(self.text), span)
            if not re.match(r"(?i)(https?|tg|ton|mailto|tel)://?|[^\s/]+\.[^\s]+", url):
                return  # Telegram drops what isn't a link, and keeps its words
            extra = {"url": url if "://" in url or ":" in url else f"http://{url}/"}
        if kind == "blockquote" and extra.pop("expandable", False):
            kind = "expandable_blockquote"
        if kind == "pre" and self.entities:
            inner = self.entities[-1]
            if inner["type"] == "code" and (inner["offset"], inner["length"]) == tuple(span.values()):
                extra |= {key: inner[key] for key in ("language",) if key in inner}
                self.entities.pop()
        if kind == "code" and not (self.open and self.open[-1].kind == "pre"):
            extra.pop("language", None)
        self.entities.append({"type": kind, **span, **extra})


def _meaning(tag: str, given: dict[str, str], where: int) -> dict[str, Any]:
    if tag == "span" and given.get("class") != "tg-spoiler":
        raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
    if tag == "a":
        return {"url": given.get("href", "")}
    if tag == "code" and given.get("class", "").startswith("language-"):
        return {"language": given["class"][9:]}
    if tag == "tg-emoji":
        return {"custom_emoji_id": given.get("emoji-id", "")}
    return {"expandable": True} if tag == "blockquote" and "expandable" in given else {}


def _unescape(raw: str) -> str:
    def one(found: re.Match[str]) -> str:
        if found[3]:
            return _NAMED.get(found[3], found[0])
        number = int(found[1], 16) if found[1] else int(found[2])
        return chr(number) if 0 < number < 0x10FFFF and not 0xD800 <= number < 0xE000 else found[0]

    return _REFERENCE.sub(one, raw) if "&" in raw else raw


def nested_quotes(entities: list[Entity]) -> bool:
    """Whether a quote lies in a quote, which Telegram doesn't keep."""
    quotes = [entity for entity in entities if entity["type"] in _QUOTES]
    return any(
        one is not other
        and one["offset"] <= other["offset"]
        and other["offset"] + other["length"] <= one["offset"] + one["length"]
        for one in quotes
        for other in quotes
    )


def parse_html(html: str) -> tuple[str, list[Entity]]:
    """Read HTML by Telegram's rules.

    Raises:
        MarkupError: Telegram would refuse it.
    """
    return tidy(*_Reader(html).read())


def tidy(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Trim and order as Telegram does: white space at both ends goes, what can't overlap is dropped."""
    if "\r" in text:
        entities = [entity for entity in entities if "\r" not in text] or entities
        text = text.replace("\r\n", " \n").replace("\r", " ")
    text = _CONTROL.sub(" ", text)
    left = text.lstrip(" \n")
    cut, kept = units(text) - units(left), left.rstrip(" \n")
    size = units(kept)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] + entity["length"] - cut, size)
        if end > start and part(kept, {"offset": start, "length": end - start}).strip():
            moved.append({**entity, "offset": start, "length": end - start})
    moved.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return kept, _untangle(moved)


def _untangle(entities: list[Entity]) -> list[Entity]:
    """Styles vanish under code; of other overlapping kinds the outer one stays; quotes hold anything."""
    code = [entity for entity in entities if entity["type"] in ("code", "pre")]
    kept: list[Entity] = []
    for entity in entities:
        kind = entity["type"]
        if kind in _STYLES:
            kept += _without(entity, code)
            continue
        others = [k for k in kept if k["type"] not in _STYLES]
        alike = [k for k in others if (k["type"] in _QUOTES) == (kind in _QUOTES)]
        if not any(k["offset"] + k["length"] > entity["offset"] for k in alike):
            kept.append(entity)
    return sorted(kept, key=lambda entity: (entity["offset"], -entity["length"]))


def _without(entity: Entity, holes: list[Entity]) -> list[Entity]:
    pieces = [(entity["offset"], entity["offset"] + entity["length"])]
    for hole in holes:
        low, high = hole["offset"], hole["offset"] + hole["length"]
        pieces = [
            piece
            for start, end in pieces
            for piece in ((start, min(end, low)), (max(start, high), end))
            if piece[1] > piece[0]
        ]
    return [{**entity, "offset": start, "length": end - start} for start, end in dict.fromkeys(pieces)]
