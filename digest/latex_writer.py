r"""Writes arXiv's titles and names as LaTeX for a bibliography. Pure; knows no entry and no field.

Formulas and accents stay the LaTeX that they are, everything else is read first and then escaped. What comes
out can be put between braces: BibTeX counts every brace, also an escaped one, so each that is written is
closed. It holds only commands of this module and those whose glyph `digest.glyphs` knows, so that nobody's
title makes TeX read a file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest import glyphs
from digest.formulas import pieces
from digest.latex import readable
from digest.safety import printable

if TYPE_CHECKING:
    from collections.abc import Callable

_ESCAPES = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
    }
)
_OPENING = re.compile(r'(?:(?<=[\s(\[/–—-])|^)"(?=\S)')
_ACCENT = re.compile(
    r"\\(?:(?P<sign>[\"'`^~=.])|(?P<name>[bcdHkruv])(?=[\s{\\]))\s*"
    r"(?:\{\s*(?P<dotless>\\[ij]\s*|[A-Za-z])\}|(?P<bare_dotless>\\[ij])(?![A-Za-z])\s?|(?P<bare>[A-Za-z]))"
    r"|\\(?P<letter>ss|[oOlL]|[aA][eE]|[oO][eE]|[aA]{2})(?![A-Za-z])(?:\{\}|\s)?"
)
# What is kept stands as one character while the rest is read: nobody's text has those of a private plane.
_FIRST, _LAST = 0xF0000, 0xFFFFD
_KEPT = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_GROUPED = re.compile(rf"\{{([\w -]*{_KEPT.pattern}[\w -]*)\}}")
_PROTECTING, _PROTECTED = "\U00100000", "\U00100001"
_NOT_OURS = re.compile(f"[{chr(_FIRST)}-{_PROTECTED}]")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
# What a formula may hold besides symbols; the rest of what our reader knows takes more than it shows.
_SHAPES = frozenset(
    "mathbf mathrm mathit mathsf mathtt mathcal mathbb mathfrak mathscr boldsymbol operatorname text textrm "
    "textit textbf left right big Big bigl bigr Bigl Bigr frac sqrt binom rm bf it cal limits".split()
) | set(glyphs.MATH_ACCENTS)


def latex(text: str, guard: Callable[[str], str] = str, *, formulas: bool = True) -> str:
    """Write text as LaTeX on one line, its braces balanced.

    Args:
        text: as arXiv has it.
        guard: takes the text once it is read and before it is escaped, and may put `PROTECTED` braces
            around what a style mustn't touch; a formula or an accent is one character there.
        formulas: whether formulas stay; in names they are read, because biber makes initials of them.
    """
    kept: dict[str, str] = {}
    marks = map(chr, range(_FIRST, _LAST))

    def keep(source: str) -> str:
        mark = next(marks, "")
        kept[mark] = source
        return mark

    line = _NOT_OURS.sub("", printable(text))
    marked = "".join(
        _accents(part, keep, formulas=formulas) if not math else keep(_formula(part, shown=formulas))
        for part, math in pieces(line)
    )
    said = guard(readable(_GROUPED.sub(r"\1", marked)))
    written = _OPENING.sub("``", said).replace('"', "''").translate(_ESCAPES)
    written = written.replace(_PROTECTING, "{").replace(_PROTECTED, "}")
    return _KEPT.sub(lambda found: kept.get(found[0], ""), written)


def protected(word: str) -> str:
    """Return a word as one that a style leaves as it is, for a guard to return."""
    return f"{_PROTECTING}{word}{_PROTECTED}"


def is_kept(character: str) -> bool:
    """Tell a formula or an accent from a character, for a guard."""
    return bool(_KEPT.fullmatch(character))


def _accents(words: str, keep: Callable[[str], str], *, formulas: bool) -> str:
    """Keep accents, and Greek letters that stand outside formulas: few fonts for text have them."""
    accented = _ACCENT.sub(lambda found: keep(_accent(found)), words)
    if not formulas:
        return accented
    return _COMMAND.sub(
        lambda found: keep(f"{{${found[0]}$}}") if _is_greek(found[1]) else found[0], accented
    )


def _is_greek(name: str) -> bool:
    return "\u0370" <= glyphs.symbols().get(name, "") <= "\u03ff"


def _accent(found: re.Match[str]) -> str:
    """Write an accent or a letter as what BibTeX calls a special character."""
    if found["letter"]:
        return f"{{\\{found['letter']}}}"
    letter = (found["dotless"] or found["bare_dotless"] or found["bare"]).strip()
    return f"{{\\{found['sign']}{letter}}}" if found["sign"] else f"{{\\{found['name']}{{{letter}}}}}"


def _formula(source: str, *, shown: bool) -> str:
    """Write a formula, protected; as escaped text if it could do more than show itself."""
    source = " ".join(source.split())
    if shown and _is_shown(source):
        return f"{{${source}$}}"
    return readable(f"${source}$").translate(_ESCAPES)


def _is_shown(source: str) -> bool:
    known = glyphs.symbols()
    depth = 0
    for sign in re.findall(r"[{}]", source):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    bare = re.sub(r"\\.", "", source)  # a backslash at the end would take the dollar along
    return (
        depth == 0
        and not re.search(r"[\\%#$&]|\^\^", bare)
        and not re.search(r"\\[(){}\[\]]", source.replace(r"\{", "").replace(r"\}", ""))
        and all(name in _SHAPES or known.get(name, "").strip() for name in _COMMAND.findall(source))
    )
