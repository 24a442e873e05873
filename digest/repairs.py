"""What a check took from a brief, as a value. Knows neither the check nor how a reader is told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repairs:
    """What became of those words of a model that didn't pass the check; a reader is told.

    Attributes:
        sentence: the sentence is the paper's own instead.
        takeaways: the takeaways are sentences of the paper instead.
        language: of the paper's sentences, a BCP 47 tag.
        takeaways_dropped: how many takeaways are left out, with nothing in their place.
        keywords_dropped: how many keywords are.
    """

    sentence: bool = False
    takeaways: bool = False
    language: str = ""
    takeaways_dropped: int = 0
    keywords_dropped: int = 0


NONE = Repairs()
"""Nothing: what the model wrote passed, or no model wrote."""
