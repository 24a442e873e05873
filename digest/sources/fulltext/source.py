"""Reads papers for `digest.ports.FullText`: HTML, then PDF, then the abstract, each kept once it's read."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from digest.errors import (
    FileBrokenError,
    FileError,
    FileForeignError,
    FileLockedError,
    FileMissingError,
    FileTooHeavyError,
    FileTooLargeError,
    FileWithoutTextError,
)
from digest.front_page import affiliation, first_page_code
from digest.fulltext import Form, FullPaper, Miss, Passage, Shortfall, Step
from digest.safety import web_link
from digest.sources.fulltext.apart import read_apart

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Mapping
    from pathlib import Path

    from digest.model import Paper, PaperId
    from digest.sources.arxiv.asking import Asking
    from digest.sources.fulltext.apart import Limits
    from digest.sources.fulltext.shelf import Shelf
    from digest.sources.fulltext.site import Site

_LOG = logging.getLogger(__name__)

_WHY = {
    FileMissingError: Shortfall.MISSING,
    FileForeignError: Shortfall.FOREIGN,
    FileTooLargeError: Shortfall.TOO_LARGE,
    FileTooHeavyError: Shortfall.TOO_HEAVY,
    FileLockedError: Shortfall.LOCKED,
    FileBrokenError: Shortfall.BROKEN,
    FileWithoutTextError: Shortfall.NO_TEXT,
}
_MOST_REDIRECTIONS = 3
# The parser holds everybody up for 35 ms a megabyte, and much longer where elements lie deep in each other.
_AT_ONCE = 800 * 1024
_DEEPEST = 2000


def _say_nothing(_: Step) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a paper is taken in.

    Attributes:
        file: bytes of an HTML page or a PDF at most.
        limits: what reading one may take.
    """

    file: int
    limits: Limits


class ArxivFullText:
    """Reads arXiv's papers.

    Args:
        site: where their files are.
        asking: makes requests in arXiv's pace.
        shelf: where readings are kept.
        bounds: how much of a paper is taken in.
    """

    def __init__(self, site: Site, asking: Asking, shelf: Shelf, bounds: Bounds) -> None:
        self._site, self._asking, self._shelf, self._bounds = site, asking, shelf, bounds
        self._under_way: dict[tuple[PaperId, int], asyncio.Lock] = {}
        self._reading = asyncio.Semaphore(1)  # a small machine has memory for one PDF at a time

    async def read(self, paper: Paper, report: Callable[[Step], None] = _say_nothing) -> FullPaper:
        """Read a paper, or return what was read of it before."""
        async with self._alone(paper):
            if (known := await asyncio.to_thread(self._shelf.find, paper)) is not None:
                return known
            with self._shelf.desk() as desk:
                reading = await self._read(paper, desk, report)
                await asyncio.to_thread(self._shelf.keep, paper, reading, desk)
            return reading

    async def known(self, paper: Paper) -> FullPaper | None:
        """Return what was read of a paper before, without waiting for who reads it now."""
        return await asyncio.to_thread(self._shelf.find, paper)

    async def picture(self, paper: Paper, image: str) -> bytes:
        """Return one of the pictures that a reading of this paper names."""
        reading = await self.read(paper)
        if image not in {name for figure in reading.figures for name in figure.images}:
            raise FileMissingError
        async with self._alone(paper):
            if (known := await asyncio.to_thread(self._shelf.picture, paper, image)) is not None:
                return known
            if reading.form is not Form.HTML:
                raise FileMissingError
            with self._shelf.desk() as desk:
                file = desk / "picture"
                await self._follow(image, lambda address: self._site.fetch_picture(address, file))
                return await asyncio.to_thread(self._shelf.keep_picture, paper, image, file)

    async def places(self, paper: Paper, images: Iterable[str]) -> Mapping[str, str]:
        """Return where pictures of a paper can be looked at: a page's at arXiv, a PDF's on the shelf."""
        wanted = tuple(images)
        if all(map(web_link, wanted)):
            return dict(zip(wanted, wanted, strict=True))
        await self.read(paper)  # it may have left the shelf since its notes were taken
        return await asyncio.to_thread(self._shelf.places, paper, wanted)

    async def _read(self, paper: Paper, desk: Path, report: Callable[[Step], None]) -> FullPaper:
        misses = []
        for form in (Form.HTML, Form.PDF):
            try:
                reading = await self._read_form(paper, form, desk, report)
            except FileError as error:
                _LOG.info("%s of %s wasn't read: %s", form, paper.id, error)
                misses.append(Miss(form, _WHY.get(type(error), Shortfall.BROKEN)))
                continue
            author = paper.authors[0] if paper.authors else ""
            return replace(
                reading,
                title=paper.title,
                affiliation=affiliation(reading.front, author),
                code=first_page_code(reading),
                misses=tuple(misses),
            )
        return FullPaper(
            form=Form.ABSTRACT,
            title=paper.title,
            passages=(Passage("", "Abstract", 1, (paper.abstract,)),),
            misses=tuple(misses),
        )

    async def _read_form(
        self, paper: Paper, form: Form, desk: Path, report: Callable[[Step], None]
    ) -> FullPaper:
        report(Step(form))
        file = desk / f"paper.{form}"
        address = await self._follow(
            self._site.address(paper, form),
            lambda address: self._site.fetch(address, form, file, self._bounds.file),
        )
        try:
            if form is Form.HTML and await asyncio.to_thread(_is_quick, file):
                report(Step(form, fetched=True))
                return await asyncio.to_thread(_read_page, file, address)
            async with self._reading:
                return await read_apart(
                    form,
                    file,
                    desk,
                    address,
                    self._bounds.limits,
                    lambda pages: report(Step(form, pages, fetched=True)),
                )
        finally:
            file.unlink(missing_ok=True)

    async def _follow(self, address: str, fetch: Callable[[str], str]) -> str:
        """Fetch what is at an address, or where that leads to, each request in its turn.

        Returns:
            Where it was in the end.
        """
        for _ in range(_MOST_REDIRECTIONS + 1):
            moved = await self._asking(partial(fetch, address))
            if not moved:
                return address
            address = moved
        raise FileForeignError

    @contextlib.asynccontextmanager
    async def _alone(self, paper: Paper) -> AsyncIterator[None]:
        """Let one at a time be at a paper: whoever comes second finds it read."""
        key = paper.id, paper.version
        lock = self._under_way.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                yield
        finally:
            if not lock.locked() and self._under_way.get(key) is lock:
                del self._under_way[key]


def _is_quick(file: Path) -> bool:
    """Tell whether a page is parsed in an instant: small, and without elements deep in each other."""
    if file.stat().st_size > _AT_ONCE:
        return False
    depth = 0
    for piece in file.read_bytes().split(b"</"):
        if opened := piece.count(b"<"):
            depth += opened - piece.count(b"/>")
            if depth > _DEEPEST:
                return False
        depth = max(0, depth - 1)
    return True


def _read_page(file: Path, address: str) -> FullPaper:
    from digest.sources.fulltext.html.page import read  # a thirtieth of a second that few need

    return read(file.read_bytes(), address)
