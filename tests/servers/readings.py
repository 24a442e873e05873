"""Papers that can be read whole, for tests: what is scripted is fetched, read and drawn, or fails."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from digest.errors import FileMissingError
from digest.fulltext import FullPaper, Step
from digest.notebook import Notebook
from digest.summaries.notes.extractive import ExtractiveNoteTaker
from tests.fullpapers import full_paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from digest.model import Paper, PaperId
    from digest.writers import NoteTaker

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060"
    "0000000400012d0c2d930000000049454e44ae426082"
)
"""A picture of one pixel."""


class Readings:
    """A `digest.ports.FullText`.

    Attributes:
        papers: what is read of those that aren't the usual one.
        error: raised instead of a reading, if it's set.
        open: cleared, reading goes no further.
        picture_error: the same of pictures.
        kept: what was read before and is known.
        asked: the ids that were read, in order.
        pictures: files by their names; others are missing.
    """

    def __init__(self) -> None:
        self.papers: dict[PaperId, FullPaper] = {}
        self.error: Exception | None = None
        self.picture_error: Exception | None = None
        self.open = asyncio.Event()
        self.open.set()
        self.kept: dict[PaperId, FullPaper] = {}
        self.asked: list[PaperId] = []
        self.pictures: dict[str, bytes] = {"figure-1.png": PNG}

    async def read(self, paper: Paper, report: Callable[[Step], None] = lambda _: None) -> FullPaper:
        """Read a paper, slowly enough to say so."""
        self.asked.append(paper.id)
        reading = self.papers.get(paper.id, full_paper())
        report(Step(reading.form))
        await self.open.wait()
        if self.error:
            raise self.error
        report(Step(reading.form, reading.pages, fetched=True))
        await asyncio.sleep(0)
        self.kept[paper.id] = reading
        return reading

    async def known(self, paper: Paper) -> FullPaper | None:
        """Return what was read of a paper."""
        return self.kept.get(paper.id)

    async def picture(self, paper: Paper, image: str) -> bytes:
        """Return a picture of a paper."""
        del paper
        if self.picture_error:
            raise self.picture_error
        if image not in self.pictures:
            raise FileMissingError
        return self.pictures[image]

    async def places(self, paper: Paper, images: Iterable[str]) -> Mapping[str, str]:
        """Return where pictures are that are there."""
        del paper
        if self.picture_error:
            raise self.picture_error
        return {image: f"/readings/{image}" for image in images if image in self.pictures}


def notebook(readings: Readings | None = None, note_taker: NoteTaker | None = None) -> Notebook:
    """Make a notebook over readings."""
    return Notebook(readings or Readings(), note_taker or ExtractiveNoteTaker())
