"""Whether a paper was withdrawn, as its authors or arXiv say in its comment or abstract. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.model import Paper

_WITHDRAWN = re.compile(
    r"(?:this |the |our )?(?:arxiv )?(?:paper|article|submission|manuscript|work|preprint|version) "
    r"(?:(?:has|had) (?:now )?been |was |is |is being |is now )?(?:temporarily )?(?:withdrawn|retracted)\b"
    r"(?! from (?!arxiv))"  # withdrawn from a conference, it's still a paper
    r"|(?:the |all |both )?authors? (?:have |has )(?:withdrawn|retracted)\b"
    r"|(?:withdrawn|retracted)(?=[.,;:]|$| by\b| due\b| because\b| for\b| as\b| in favou?r\b)",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.:;!?])\s+")


def tells_withdrawal(sentence: str) -> bool:
    """Whether a sentence says that the paper it stands in was withdrawn."""
    return _WITHDRAWN.match(sentence) is not None


def is_withdrawn(paper: Paper) -> bool:
    """Whether the comment says that the paper was withdrawn, or the abstract begins with it."""
    return any(map(tells_withdrawal, (*_SENTENCES.split(paper.comment or ""), paper.abstract)))
