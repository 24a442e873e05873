"""Reads Discord's Markdown as its clients do: rule by rule from the left, the first that matches.

Where clients differ, `Client` says which one reads: some step over escaped signs when they look for where
bold ends, others don't. https://support.discord.com/hc/en-us/articles/210298617
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator


class Client(Enum):
    """Who reads."""

    DESKTOP = "desktop"
    ANDROID = "android"
    """Doesn't know escapes when it looks for where formatting ends."""


@dataclass(frozen=True, slots=True)
class Node:
    """Something that isn't mere text.

    Attributes:
        kind: such as ``bold``; mentions, emojis and times are ``mention``, bare addresses are ``url``.
        inner: what it shows.
        about: a link's address, a heading's level, a list's first number.
    """

    kind: str
    inner: tuple[Piece, ...]
    about: str = ""


Piece: TypeAlias = "str | Node"


@dataclass(frozen=True, slots=True)
class _State:
    client: Client
    begins: bool = True
    linked: bool = False
    quoted: bool = False


_HEADING = re.compile(r" *(#{1,3}) +(?!#)([^\n]+)\n?")
_SMALL = re.compile(r"-# +(?!-#)([^\n]+)\n?")
_ITEM = re.compile(r"( *)([-+*]|\d+\.) +([^\n]+(?:\n\1 {2}[^\n]+)*)\n?")
_QUOTE = re.compile(r" *>>> (.+)|((?: *> [^\n]*(?:\n|\Z))+)", re.DOTALL)
_BLOCK_CODE = re.compile(r"```(.*?[^\n].*?)```", re.DOTALL)
_CODE = re.compile(r"(`+)(.*?[^`])\1(?!`)", re.DOTALL)
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_MENTION = re.compile(
    r"<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::[A-Za-z])?|/[^<>\n]+:\d+|id:\w+|sound:[^<>\n]+)>"
    r"|@(?:everyone|here)|:[^\s:]+:"
)
_AUTOLINK = re.compile(r"<([^: >\n]+:/[^ >\n]+)>|<([^\s<>]+@[^\s<>]+|\+\d+)>")
_URL = re.compile(r"(?:https?|steam)://[^\s<]+[^<.,:;\"')\]\s]")
_TARGET = re.compile(r"\(\s*<?((?:[^\s\\]|\\.)*?)>?(?:\s+['\"](.*?)['\"])?\s*\)", re.DOTALL)
_EMOJI = re.compile("[\u2600-\u27bf\u2b05-\u2b55\U0001f000-\U0001faff]")
_PAIRS = (("**", "bold"), ("__", "underline"), ("~~", "strike"), ("||", "spoiler"))


def parse(text: str, client: Client = Client.DESKTOP) -> tuple[Piece, ...]:
    """Read a text."""
    return _parse(text, _State(client))


def shown(pieces: tuple[Piece, ...]) -> str:
    """Return the words that pieces show, a line for each line."""
    return "".join(piece if isinstance(piece, str) else _shown(piece) for piece in pieces)


def nodes(pieces: tuple[Piece, ...]) -> Iterator[Node]:
    """Yield everything that isn't mere text, what's within before what follows."""
    for piece in pieces:
        if isinstance(piece, Node):
            yield piece
            yield from nodes(piece.inner)


def _shown(node: Node) -> str:
    if node.kind == "list":
        first = int(node.about) if node.about else None
        return "".join(
            f"{'- ' if first is None else f'{first + place}. '}{shown((item,))}\n"
            for place, item in enumerate(node.inner)
        )
    ending = "\n" if node.kind in ("heading", "small", "quote") else ""
    return shown(node.inner).rstrip("\n" if ending else "") + ending


def _parse(text: str, state: _State) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = 0
    while at < len(text):
        found = _block(text, at, state) if state.begins and not state.linked else None
        piece, at = found or _inline(text, at, state) or (text[at], at + 1)
        line_ended = text[at - 1] == "\n" or (state.begins and text[:at].rsplit("\n", 1)[-1].strip(" ") == "")
        state = replace(state, begins=line_ended)
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return tuple(pieces)


def _block(text: str, at: int, state: _State) -> tuple[Piece, int] | None:
    if found := _HEADING.match(text, at):
        return Node("heading", _parse(found[2].strip(), state), str(len(found[1]))), found.end()
    if found := _SMALL.match(text, at):
        return Node("small", _parse(found[1].strip(), state)), found.end()
    if not state.quoted and (found := _QUOTE.match(text, at)):
        words = found[1] or re.sub(r"(?m)^ *> ", "", found[2])
        return Node("quote", _parse(words, replace(state, quoted=True))), found.end()
    return _list(text, at, state)


def _list(text: str, at: int, state: _State) -> tuple[Piece, int] | None:
    items: list[Piece] = []
    first = _ITEM.match(text, at)
    found = first
    while found:
        words = re.sub(rf"\n {{{len(found[1]) + 2}}}", "\n", found[3])
        items.append(Node("item", _parse(words, state)))
        at = found.end()
        found = _ITEM.match(text, at) if text[at - 1] == "\n" else None
    if not first:
        return None
    return Node("list", tuple(items), first[2].rstrip(".") if first[2][-1] == "." else ""), at


def _inline(text: str, at: int, state: _State) -> tuple[Piece, int] | None:
    if found := _ESCAPE.match(text, at):
        return (found[0] if state.linked else found[1]), found.end()  # in links the backslash is shown
    if found := _MENTION.match(text, at):
        return Node("mention", (found[0],)), found.end()
    if found := _AUTOLINK.match(text, at):
        address = found[1] or found[2]
        return Node("url", (address,), address), found.end()
    if not state.linked and (found := _URL.match(text, at)):
        return Node("url", (found[0],), found[0]), found.end()
    if text[at] == "[" and not state.linked and (link := _link(text, at, state)):
        return link
    return _formatted(text, at, state)


def _link(text: str, at: int, state: _State) -> tuple[Piece, int] | None:
    depth = 0
    for end in range(at, len(text)):
        depth += {"[": 1, "]": -1}.get(text[end], 0)
        if depth:
            continue
        target = _TARGET.match(text, end + 1)
        label = text[at + 1 : end]
        if not target or not _URL.fullmatch(target[1]) or not label.strip():
            return None
        if _URL.search(label) or _MENTION.search(label) or _EMOJI.search(label):
            return text[at : target.end()], target.end()  # such a link is shown as it's written
        return Node("link", _parse(label, replace(state, linked=True)), target[1]), target.end()
    return None


def _formatted(text: str, at: int, state: _State) -> tuple[Piece, int] | None:
    if found := _BLOCK_CODE.match(text, at):
        return Node("pre", (found[1],)), found.end()
    for sign, kind in _PAIRS:
        if text.startswith(sign, at) and (end := _end(text, at, sign, state)):
            inner = text[at + len(sign) : end]
            return Node(kind, _parse(inner, state)), end + len(sign)
    if text[at] in "*_" and (end := _italic_end(text, at, state)):
        return Node("italic", _parse(text[at + 1 : end], state)), end + 1
    if found := _CODE.match(text, at):
        return Node("code", (found[2],)), found.end()
    return None


def _end(text: str, at: int, sign: str, state: _State) -> int | None:
    """Return where what begins with a pair of signs ends: not before a third."""
    end = at + len(sign)
    while end < len(text):
        if state.client is Client.DESKTOP and text[end] == "\\":
            end += 2
            continue
        if end > at + len(sign) and text.startswith(sign, end):
            if sign in ("**", "__") and text.startswith(sign[0], end + 2):
                end += 1
                continue
            return end
        end += 1
    return None


def _italic_end(text: str, at: int, state: _State) -> int | None:
    sign = text[at]
    if sign == "*" and text[at + 1 : at + 2].strip() == "":
        return None
    end = at + 1
    while end < len(text):
        escape = text[end] == "\\" and (state.client is Client.DESKTOP or sign == "_")
        if escape or text.startswith(sign * 2, end):
            end += 2
        elif text[end] == sign:
            after = text[end + 1 : end + 2]
            apart = not re.match(r"\w", after, re.ASCII) if sign == "_" else not text[end - 1].isspace()
            if apart and end > at + 1:
                return end
            if sign == "_":
                return None
            end += 1
        else:
            end += 1
    return None
