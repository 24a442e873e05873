"""Where a paper's files are at arXiv, and what may come from there. Blocks; makes one request a call.

Only the configured site is ever asked: a redirection that leads elsewhere isn't followed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from digest.errors import FileForeignError, FileMissingError, SourceBusyError
from digest.fulltext import Form

if TYPE_CHECKING:
    from pathlib import Path

    from digest.model import Paper
    from digest.sources.arxiv.session import ArxivSession

MOST_PICTURE_BYTES = 10 * 1024 * 1024
"""Chats take no larger photos."""

_KINDS = {
    Form.HTML: {"text/html", "application/xhtml+xml"},
    Form.PDF: {"application/pdf", "application/octet-stream"},
}
_PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
_REDIRECTIONS = {301, 302, 303, 307, 308}
_GONE = {404, 410}
_OK = 200
_PDF_BEGINS_WITHIN = 1024  # bytes: ISO 32000, annex H
_RATE_EXCEEDED = 2000  # bytes of a page that may be arXiv's complaint instead of a paper


@dataclass(frozen=True, slots=True)
class Site:
    """The site that settings name.

    Attributes:
        session: makes the requests.
        url: its address, without a slash at its end.
    """

    session: ArxivSession
    url: str

    def address(self, paper: Paper, form: Form) -> str:
        """Return where a form of this version of a paper is."""
        return f"{self.url}/{form}/{paper.id}v{paper.version}"

    def fetch(self, address: str, form: Form, file: Path, most_bytes: int) -> str:
        """Fetch a paper's file.

        Args:
            address: whose.
            form: what is expected there.
            file: where it's written to.
            most_bytes: how large it may be.

        Returns:
            Empty when it's there, else the address to ask instead.

        Raises:
            FileError: it can't be had; the class says why.
            SourceError: not now.
        """
        moved = self._fetch(address, _KINDS[form], file, most_bytes)
        if not moved:
            _check(form, file)
        return moved

    def fetch_picture(self, address: str, file: Path) -> str:
        """Fetch a picture of an HTML paper; returns and raises what `fetch` does."""
        if not self._is_ours(address):
            raise FileForeignError
        return self._fetch(address, _PICTURES, file, MOST_PICTURE_BYTES)

    def _fetch(self, address: str, kinds: set[str], file: Path, most_bytes: int) -> str:
        with file.open("wb") as into:
            answer = self.session.download(address, into, most_bytes)
        if answer.status in _REDIRECTIONS:
            moved = urljoin(address, answer.location)
            if not answer.location or not self._is_ours(moved):
                raise FileForeignError
            return moved
        if answer.status in _GONE:
            raise FileMissingError
        if answer.status != _OK or answer.kind not in kinds:
            raise FileForeignError
        return ""

    def _is_ours(self, address: str) -> bool:
        try:
            there, here = urlsplit(address), urlsplit(self.url)
        except ValueError:
            return False
        return (there.scheme, there.netloc) == (here.scheme, here.netloc)


def _check(form: Form, file: Path) -> None:
    """Look at a file's beginning.

    Raises:
        FileForeignError: it isn't what it's said to be.
        SourceBusyError: it's arXiv's page that tells to come back later.
    """
    with file.open("rb") as opened:
        begin = opened.read(_RATE_EXCEEDED + 1)
    if form is Form.PDF and b"%PDF-" not in begin[:_PDF_BEGINS_WITHIN]:
        raise FileForeignError
    if form is Form.HTML and len(begin) <= _RATE_EXCEEDED and b"rate exceeded" in begin.lower():
        raise SourceBusyError("arXiv is busy. Try again later.")
