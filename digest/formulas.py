r"""Where formulas stand in arXiv's titles and abstracts. Pure; knows where maths begins and ends, no more.

The delimiters are those that arXiv's own pages render: ``$…$``, ``$$…$$``, ``\(…\)``, ``\[…\]``. A dollar
sign before a space opens nothing and one before a digit closes nothing, so that prices stay prices.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.document import Math, Text
from digest.latex import readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.document import Inline, Inlines

_FORMULA = re.compile(
    # Each begins with its sign and looks back afterwards: the search then skips to the signs at once.
    r"\$\$(?<!\\\$\$)(?P<display>(?:[^$\\]|\\.)+)\$\$"
    r"|\$(?<![\\$]\$)(?=[^\s$])(?P<inline>(?:[^$\\]|\\.)+)(?<!\s)\$(?![\d$])"
    r"|\\\((?<!\\\\\()(?P<round>(?:[^\\]|\\[^)])+)\\\)"
    r"|\\\[(?<!\\\\\[)(?P<square>(?:[^\\]|\\[^\]])+)\\\]",
    re.DOTALL,
)


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the words as they are, and formulas marked True and without their delimiters."""
    at = 0
    for found in _FORMULA.finditer(text):
        if at < found.start():
            yield text[at : found.start()], False
        yield found[found.lastgroup or 0], True
        at = found.end()
    if at < len(text):
        yield text[at:], False


def inlines(text: str, language: str) -> Inlines:
    """Return a paper's text as inlines, LaTeX made readable and each formula in one piece.

    Args:
        text: as arXiv has it.
        language: the BCP 47 tag of its words.
    """
    if not text.strip():
        return ()
    parts = list(pieces(text))
    if len(parts) <= 1 or any(not math and part.count("{") != part.count("}") for part, math in parts):
        return (Text(readable(text), language),)  # a brace across a formula: only the whole can be read
    line: list[Inline] = []
    for part, math in parts:
        if math:
            line.append(Math(part, readable(f"${part}$")))
        else:
            words = readable(part)
            before, after = " " * part[0].isspace(), " " * (part[-1].isspace() and bool(words))
            line.append(Text(f"{before}{words}{after}", language))
    return tuple(line)
