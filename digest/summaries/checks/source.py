"""What a paper says, read once so that many texts about it can be compared with it."""

from __future__ import annotations

from dataclasses import dataclass

from digest.latex import readable


@dataclass(frozen=True, slots=True)
class Source:
    """The texts that were read: title, abstract, comment, full text."""

    text: str

    @classmethod
    def of(cls, *texts: str) -> Source:
        """Read texts as arXiv gives them, LaTeX and all."""
        return cls("\n".join(readable(text) for text in texts if text))
