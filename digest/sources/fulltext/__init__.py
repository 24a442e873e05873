"""A paper's full text: from arXiv's HTML, then from the PDF, then from the abstract."""

from digest.sources.fulltext.apart import Limits
from digest.sources.fulltext.shelf import Shelf
from digest.sources.fulltext.site import Site
from digest.sources.fulltext.source import ArxivFullText, Bounds

__all__ = ["ArxivFullText", "Bounds", "Limits", "Shelf", "Site"]
