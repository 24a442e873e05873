"""Finds the links to a paper's code in its abstract and comment. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.model import Paper

_GITHUB = re.compile(r"https?://github\.com/[\w.-]+/[\w.-]*\w")


def code_links(paper: Paper) -> tuple[str, ...]:
    """Return the GitHub links of a paper's comment and abstract, each once."""
    return tuple(dict.fromkeys(_GITHUB.findall(f"{paper.comment or ''} {paper.abstract}")))
