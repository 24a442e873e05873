"""Reads LaTeX as authors write it into arXiv's forms, which is not always LaTeX; knows no command's meaning.

What isn't surely LaTeX is left as it is: prices, paths, addresses, options, unbalanced signs.
"""

from __future__ import annotations

import re

from digest import glyphs
from digest.latex_commands import (
    CLOSE,
    DOLLAR,
    GONE,
    HANDLERS,
    OPEN,
    Call,
    say_symbol,
    settled,
)
from digest.operators import spaced

_DEEPEST = 24  # nesting beyond this is an attack, not a formula

_TRIGGER = re.compile(r"[\\${~_^`':-]")  # what `_PROSE` starts with: one class is searched fast
_PROSE = re.compile(
    r"(?P<url>(?:(?<=http)|(?<=https))://(?:(?!'')[^\s{}\\$<>\"|^`]|\\[_%#&~])+)"
    r"|(?P<path>(?<=(?<![A-Za-z\\])[A-Za-z]):\\[\w.\\-]+(?![\w.\\{-]))"
    r"|(?P<command>\\)|(?P<dollar>\$)|(?P<script>[_^](?=\{))|(?P<brace>\{)|(?P<tie>~)"
    r"|(?P<range>(?<![-<!])--(?![->]))|(?P<dash>(?<![-<!])---(?![->]))|(?P<quote>``|'')"
)
_FORMULA = re.compile(r"(?P<command>\\)|(?P<script>[_^])|(?P<brace>[{}&~$])|(?P<primes>'+)")
_BRACE = re.compile(r"[{}]|\\.", re.DOTALL)
_NAME = re.compile(r"[A-Za-z]+")
_ACCENT = re.compile(
    r"\\(?:([\"'`^~=.])|([bcdHkrtuv])(?=[\s{\\]))\s*"
    r"(?:\{\s*(?:\\([ij])|([^\W\d_]))([^{}\\$]*)\}|\\([ij])(?![A-Za-z])\s?|([^\W\d_]))"
)
_ESCAPES = {"{": OPEN, "}": CLOSE, "$": DOLLAR, "\\": " ", ",": " ", ";": " ", ":": " ", "|": "‖"}
_STYLED = re.compile(r"\\[A-Za-z]+\s*(?:\{[^{}]*\})?")
_TWO_WORDS = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}[,.]? +[^\W\d_]{2,}")
_PROTECTED = re.compile(r"[^\W_](?:[\w .:+-]*[^\W_])?|[,.]")
_ONE_IN_BRACES = re.compile(r"\x01([\w .:+-]*)\x02(?![^\W\d_])")
_CITATION = re.compile(r"\s?[(\[](?:[Ss]ee)?\s{0,4}\x04[\s;,\x04]*[)\]]|[\s;,]{0,4}\x04")


class Reader:
    """One pass over one text that holds no control characters.

    Every character is looked at a bounded number of times, whatever the text.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.closing = _pairs(text)
        self.quoted = False
        self.last = {sign: text.rfind(sign) for sign in ("$", "$$", "\\)", "\\]")}

    def read(self) -> str:
        """Read the whole text."""
        text = self.prose(0, len(self.text), 0)
        if GONE in text:
            text = _CITATION.sub("", text)
        text = settled(text).replace(DOLLAR, "$")
        # A set of one word gets blanks, or the next reading would take its braces for LaTeX's.
        return _ONE_IN_BRACES.sub(r"{ \1 }", text).replace(OPEN, "{").replace(CLOSE, "}")

    def prose(self, at: int, end: int, depth: int) -> str:
        """Read text outside formulas."""
        out: list[str] = []
        seen = at
        while trigger := _TRIGGER.search(self.text, seen, end):
            found = _PROSE.match(self.text, trigger.start(), end)
            if found is None:
                seen = trigger.end()
                continue
            out.append(self.text[at : found.start()])
            said, at = self.prose_sign(found, end, depth)
            out.append(said)
            seen = at
        out.append(self.text[at:end])
        return "".join(out)

    def prose_sign(self, found: re.Match[str], end: int, depth: int) -> tuple[str, int]:
        """Read one sign outside formulas, and what belongs to it."""
        start, at, sign = found.start(), found.end(), found[0]
        match found.lastgroup:
            case "command":
                said, at = self.command(start, end, depth, formula=False)
            case "dollar":
                said, at = self.dollar(start, end, depth)
            case "script":
                said, at = self.script(start, end, depth)
            case "brace":
                said, at = self.braces(start, end, depth)
            case "quote":
                said = self.quote(sign)
            case "url":
                said = re.sub(r"\\(.)", r"\1", sign)
            case "tie":
                said = " " if _is_tie(self.text, start, end) else sign
            case "range":
                said = sign if _is_option(self.text, start) else "–"
            case _:
                said = {"---": "—"}.get(sign, sign)
        return said, at

    def quote(self, sign: str) -> str:
        """Turn TeX's quotation marks into real ones; closing ones only where one was opened."""
        opened, self.quoted = self.quoted, sign == "``"
        return "“" if self.quoted else "”" if opened else sign

    def formula(self, at: int, end: int, depth: int) -> str:
        """Read what stands between dollars, or the like."""
        out: list[str] = []
        while found := _FORMULA.search(self.text, at, end):
            out.append(self.text[at : found.start()])
            start, at, sign = found.start(), found.end(), found[0]
            match found.lastgroup:
                case "command":
                    said, at = self.command(start, end, depth, formula=True)
                case "script":
                    said, at = self.script(start, end, depth)
                case "primes":
                    said = "′" * len(sign)
                case _ if self.closing.get(start, end) < end:
                    said, at = self.argument(start, end, depth, formula=True)
                case _:
                    said = " " if sign in "&~" else ""
            out.append(said)
        out.append(self.text[at:end])
        return "".join(out)

    def argument(self, at: int, end: int, depth: int, *, formula: bool) -> tuple[str, int]:
        """Read a group, a command with its arguments, or one character; return it and where it ends."""
        while at < end and self.text[at].isspace():
            at += 1
        if at >= end:
            return "", end
        if self.text[at] == "{" and (close := self.closing.get(at, end)) < end:
            if depth >= _DEEPEST:
                return re.sub(r"[\\{}]", "", self.text[at + 1 : close]), close + 1
            read = self.formula if formula else self.prose
            return read(at + 1, close, depth + 1), close + 1
        if self.text[at] == "\\" and depth < _DEEPEST:
            return self.command(at, end, depth + 1, formula=formula)
        return ("" if self.text[at] in "{}" else self.text[at]), at + 1

    def script(self, start: int, end: int, depth: int) -> tuple[str, int]:
        """Read a superscript or a subscript."""
        body, at = self.argument(start + 1, end, depth, formula=True)
        return glyphs.script(settled(body), self.text[start]), at

    def command(self, start: int, end: int, depth: int, *, formula: bool) -> tuple[str, int]:
        """Read the command whose backslash stands at `start`, with its arguments."""
        if not formula and (accent := _ACCENT.match(self.text, start, end)):
            letter = accent[3] or accent[4] or accent[6] or accent[7]
            mark = glyphs.ACCENTS[accent[1] or accent[2]]
            return glyphs.accented(letter, mark) + (accent[5] or ""), accent.end()
        name = _NAME.match(self.text, start + 1, end)
        if name is None:
            return self.escape(start, end, depth, formula=formula)
        call = Call(name[0], start, name.end(), end, depth, formula)
        return HANDLERS.get(call.name, say_symbol)(self, call)

    def escape(self, start: int, end: int, depth: int, *, formula: bool) -> tuple[str, int]:
        """Read a backslash before something that isn't a letter."""
        if start + 1 >= end:
            return ("" if formula else "\\"), end
        character = self.text[start + 1]
        if character in "([" and depth < _DEEPEST:
            close = self.find("\\)" if character == "(" else "\\]", start + 2, end)
            if close >= 0:
                return spaced(self.formula(start + 2, close, depth + 1)), close + 2
        if character in "!/-@":
            return "", start + 2
        return _ESCAPES.get(character, character), start + 2

    def dollar(self, start: int, end: int, depth: int) -> tuple[str, int]:
        """Read a formula in dollars, or find that the dollar is money."""
        sign = "$$" if self.text.startswith("$$", start) else "$"
        at = start + len(sign)
        close = self.find(sign, at, end)
        while close > 0 and self.text[close - 1] == "\\":
            close = self.text.find(sign, close + 1, end)
        if close < 0 or depth >= _DEEPEST or not self.is_formula(at, close):
            return sign, at
        return spaced(self.formula(at, close, depth + 1).strip()), close + len(sign)

    def find(self, sign: str, at: int, end: int) -> int:
        """Return where the sign that closes a formula stands next, or -1; search no further than its last."""
        return self.text.find(sign, at, end) if at <= self.last[sign] else -1

    def is_formula(self, start: int, end: int) -> bool:
        """Tell a formula from the prose between two prices."""
        body = self.text[start:end]
        bare = body.strip()
        if not bare or (bare[0].isdigit() and self.text[end + 1 : end + 2].isdigit()):
            return False
        opened = (start + at for at, character in enumerate(body) if character == "{")
        if any(not start <= self.closing.get(brace, start) < end for brace in opened):
            return False
        if not any(c in body for c in "\\^_=") and body[0].isspace() != body[-1].isspace():
            return False
        return _TWO_WORDS.search(_STYLED.sub(" ", body)) is None

    def braces(self, start: int, end: int, depth: int) -> tuple[str, int]:
        """Read a group that follows no command: around a word or a command it protects, else it's text."""
        close = self.closing.get(start, end)
        if close >= end:
            return "{", start + 1
        body = self.text[start + 1 : close]
        if not body or body[0] == "\\" or _PROTECTED.fullmatch(body) or depth >= _DEEPEST:
            return self.argument(start, end, depth, formula=False)
        return f"{OPEN}{self.prose(start + 1, close, depth + 1)}{CLOSE}", close + 1


def _is_tie(text: str, at: int, end: int) -> bool:
    """Tell a blank that doesn't break (“Fig.~3”) from “about” (“~70 ms”), a range (“3~5”) and a path."""
    if at == 0 or at + 1 >= end:
        return False
    left, right = text[at - 1], text[at + 1]
    if left.isspace() or right.isspace() or left in "/~=<>([" or right in "/~":
        return False
    return not (left.isdigit() and right.isdigit())


def _is_option(text: str, at: int) -> bool:
    """Tell a program's option (“ --help”) from a dash."""
    return (at == 0 or text[at - 1].isspace()) and text[at + 2 : at + 3].isalpha()


def _pairs(text: str) -> dict[int, int]:
    """Return where each opened brace is closed, leaving out escaped and unbalanced ones."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            opened.append(brace.start())
        elif brace[0] == "}" and opened:
            closing[opened.pop()] = brace.start()
    return closing
