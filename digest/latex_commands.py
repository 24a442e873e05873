"""What LaTeX's commands do with their arguments; knows no prose, and arguments only through a reader.

A handler gets the reader and the call, and returns what the command says and where its arguments end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from digest import glyphs

if TYPE_CHECKING:
    from collections.abc import Callable

# Marks of our own in the text while it is read; it holds no other control characters, `readable` sees to it.
OPEN, CLOSE, DOLLAR, GONE, EDGE = "\x01", "\x02", "\x03", "\x04", "\x05"

_BETWEEN_WORDS = re.compile(r"(?<=\w)\x05+(?=[^\W_²³¹⁰⁴-⁹₀-₉])")
_OPTION = re.compile(r"\s*\*?\s*\[[^\[\]{}]*\]")
_BARE_WORD = re.compile(r"\s*[^\W\d_]{2}")
_ATOM = re.compile(r"[\w.,%′°²³]*|\([^()]*\)|\w+\([^()]*\)")
_CODE_POINT = re.compile(r"x([0-9A-Fa-f]{1,5})")


@dataclass(frozen=True, slots=True)
class Call:
    """A command in a text.

    Attributes:
        start: where its backslash stands.
        at: where its name ends.
        end: where the text around it ends.
        depth: how many groups it stands in.
        formula: it stands in a formula.
    """

    name: str
    start: int
    at: int
    end: int
    depth: int
    formula: bool


class Arguments(Protocol):
    """What a handler needs of the reader."""

    text: str
    closing: dict[int, int]

    def argument(self, at: int, end: int, depth: int, *, formula: bool) -> tuple[str, int]:
        """Read a group, a command or one character; return it and where it ends."""


def settled(text: str) -> str:
    """Part words that came from commands (“t log n”) and take the marks between them out."""
    return _BETWEEN_WORDS.sub(" ", text).replace(EDGE, "") if EDGE in text else text


def is_grouped(reader: Arguments, call: Call) -> bool:
    """Whether a balanced group follows the name at once."""
    return reader.closing.get(call.at, call.end) < call.end


def say_symbol(reader: Arguments, call: Call) -> tuple[str, int]:
    """Say a symbol, a function's name or an author's own command."""
    symbol = glyphs.symbols().get(call.name)
    if symbol is None and is_grouped(reader, call):  # what an author's command is given is the text
        return reader.argument(call.at, call.end, call.depth, formula=call.formula)
    if symbol is None and not call.formula and reader.text[call.start - 1 : call.start].isalpha():
        return f"\\{call.name}", call.at  # “input\output” names two things, no command
    at = call.at + (2 if reader.text[call.at : call.at + 2] == "{}" else 0)
    symbol = call.name if symbol is None else symbol
    if symbol.isalpha() and len(symbol) > 1:
        return f"{EDGE}{symbol}{EDGE}", at
    if call.formula and not reader.text[call.start - 1].isspace() and reader.text[at : at + 1] == " ":
        at += 1  # the blank only ends the name: “64\approx 3.5”
    return symbol, at


def _letter(reader: Arguments, call: Call) -> tuple[str, int]:
    if call.formula and call.name in "ij":
        return call.name, call.at
    after = reader.text[call.at : call.at + 2]
    return glyphs.LETTERS[call.name], call.at + (
        2 if after == "{}" else after[:1] == " " and after[1:].isalpha()
    )


def _style(reader: Arguments, call: Call) -> tuple[str, int]:
    after = reader.text[call.at : call.at + 1]
    if call.name in {"left", "right"} and after == ".":
        return "", call.at + 1
    if not is_grouped(reader, call):
        return EDGE, call.at + (call.at < call.end and after in {" ", "{"})
    formula = call.formula and call.name not in glyphs.TEXT_STYLES
    return reader.argument(call.at, call.end, call.depth, formula=formula)


def _silence(reader: Arguments, call: Call) -> tuple[str, int]:
    at = call.at
    while option := _OPTION.match(reader.text, at, call.end):
        at = option.end()
    if reader.closing.get(at, call.end) < call.end:
        at = reader.closing[at] + 1
    return (GONE if call.name.startswith("cite") else ""), at


def _wrap(reader: Arguments, call: Call) -> tuple[str, int]:
    before, after = glyphs.WRAPS[call.name]
    body, at = reader.argument(call.at, call.end, call.depth, formula=call.formula)
    return before + body + after, at


def _math_accent(reader: Arguments, call: Call) -> tuple[str, int]:
    body, at = reader.argument(call.at, call.end, call.depth, formula=call.formula)
    return (glyphs.accented(body, glyphs.MATH_ACCENTS[call.name]) if len(body) == 1 else body), at


def _two(reader: Arguments, call: Call) -> tuple[str, str, int]:
    """Read two arguments; a bare word is none, it follows a command that lacks its arguments."""
    found, at = ["", ""], call.at
    for number in range(2):
        if not _BARE_WORD.match(reader.text, at, call.end):
            found[number], at = reader.argument(at, call.end, call.depth, formula=True)
    return found[0], found[1], at


def _fraction(reader: Arguments, call: Call) -> tuple[str, int]:
    above, below, at = _two(reader, call)
    if not (above and below):
        return EDGE + above + below + EDGE, at
    return f"{EDGE}{_atom(above)}/{_atom(below)}{EDGE}", at


def _binomial(reader: Arguments, call: Call) -> tuple[str, int]:
    above, below, at = _two(reader, call)
    return f"({above.strip()} choose {below.strip()})", at


def _root(reader: Arguments, call: Call) -> tuple[str, int]:
    degree, at = "", call.at
    if option := _OPTION.match(reader.text, at, call.end):
        degree, at = option[0].strip()[1:-1], option.end()
    body, at = reader.argument(at, call.end, call.depth, formula=True)
    return {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree, f"root {degree} of ") + _atom(body), at


def _atom(body: str) -> str:
    """Put what isn't one number, name or group in parentheses, so that a slash or root takes all of it."""
    body = settled(body).strip()
    return body if _ATOM.fullmatch(body) else f"({body})"


def _link(reader: Arguments, call: Call) -> tuple[str, int]:
    at = call.at
    if is_grouped(reader, call):
        at = reader.closing[at] + 1
    elif option := _OPTION.match(reader.text, at, call.end):
        at = option.end()
    return reader.argument(at, call.end, call.depth, formula=False)


def _raise(reader: Arguments, call: Call) -> tuple[str, int]:
    body, at = reader.argument(call.at, call.end, call.depth, formula=True)
    return (body if body.isalpha() else glyphs.script(settled(body), "^")), at  # “Foo™”, “3rd”


def _lower(reader: Arguments, call: Call) -> tuple[str, int]:
    body, at = reader.argument(call.at, call.end, call.depth, formula=True)
    return glyphs.script(settled(body), "_"), at


def _code_point(reader: Arguments, call: Call) -> tuple[str, int]:
    body, at = reader.argument(call.at, call.end, call.depth, formula=True)
    number = _CODE_POINT.fullmatch(body.strip())
    glyph = chr(int(number[1], 16)) if number else ""
    return (glyph if glyph.isprintable() else ""), at


def _negate(reader: Arguments, call: Call) -> tuple[str, int]:
    body, at = reader.argument(call.at, call.end, call.depth, formula=True)
    return glyphs.accented(body, "\u0338") if len(body) == 1 else f"not {body}", at


HANDLERS: dict[str, Callable[[Arguments, Call], tuple[str, int]]] = {
    **dict.fromkeys(glyphs.STYLES | glyphs.TEXT_STYLES, _style),
    **dict.fromkeys(glyphs.SILENT, _silence),
    **dict.fromkeys(glyphs.LETTERS, _letter),
    **dict.fromkeys(glyphs.WRAPS, _wrap),
    **dict.fromkeys(glyphs.MATH_ACCENTS, _math_accent),
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"), _fraction),
    **dict.fromkeys(("binom", "tbinom", "dbinom"), _binomial),
    **dict.fromkeys(("href", "hyperref", "hyperlink", "textcolor"), _link),
    "sqrt": _root,
    "textsuperscript": _raise,
    "textsubscript": _lower,
    "unicode": _code_point,
    "not": _negate,
}
