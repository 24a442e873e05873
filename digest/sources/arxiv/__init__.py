"""ArXiv: its listing feed for what was announced, its query API for ids, search and days that were missed."""

from digest.sources.arxiv.session import ArxivSession
from digest.sources.arxiv.source import ArxivSource

__all__ = ["ArxivSession", "ArxivSource"]
