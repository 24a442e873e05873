"""Turns the LaTeX of titles and abstracts into text that reads aloud. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _converter() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text", keep_comments=True, strict_latex_spaces=False)


def readable(text: str) -> str:
    """Return the text with LaTeX replaced by Unicode and whitespace folded."""
    if "\\" in text or "$" in text:
        text = _converter().latex_to_text(text)
    return re.sub(r"\s+", " ", text).strip()
