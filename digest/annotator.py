"""Gets what a post adds to an edition: notes from the notebook, pictures from the papers' files.

Knows no markup and no disk: the pictures come as bytes, with the names under which they're to lie.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.annotations import Annotation, Illustration
from digest.errors import FileError, SourceError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from digest.model import Paper, PaperId
    from digest.notebook import Notebook
    from digest.notes import Taken

_LOG = logging.getLogger(__name__)

MOST_PICTURES = 8
"""Of one paper: each of a page's pictures costs a request, and arXiv lets us make one in three seconds."""

_KINDS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp"}


@dataclass(frozen=True, slots=True)
class Annotator:
    """Annotates papers.

    Args:
        notebook: where notes and pictures come from.
        at_once: how many papers are read at the same time.
    """

    notebook: Notebook
    at_once: int = 2

    async def of(self, papers: Iterable[Paper], language: str, folder: str) -> Mapping[PaperId, Annotation]:
        """Return what is to be added to papers; one that can't be read now has an annotation without notes.

        Args:
            papers: of an edition.
            language: of the notes, as a BCP 47 tag; who takes them may not know it.
            folder: where the pictures are to lie, as a relative URL; empty: none are fetched.
        """
        wanted = {paper.id: paper for paper in papers}
        at_once = asyncio.Semaphore(self.at_once)

        async def annotate(paper: Paper) -> Annotation:
            async with at_once:
                return await self._annotate(paper, language, folder)

        annotations = await asyncio.gather(*map(annotate, wanted.values()))
        return dict(zip(wanted, annotations, strict=True))

    async def _annotate(self, paper: Paper, language: str, folder: str) -> Annotation:
        try:
            taken = await self.notebook.of(paper, language)
        except (SourceError, StorageError) as error:
            _LOG.warning("no notes of %s: %s", paper.id, error)
            return Annotation(None)
        if not folder:
            return Annotation(taken)
        pictures = [
            picture
            for number, image in _numbered(taken)
            if (picture := await self._picture(paper, image, f"{folder}/{_stem(paper)}-{number}"))
        ]
        return Annotation(taken, tuple(pictures))

    async def _picture(self, paper: Paper, image: str, place: str) -> Illustration | None:
        try:
            body = await self.notebook.picture(paper, image)
        except (FileError, SourceError, StorageError) as error:
            _LOG.info("a picture of %s is left out: %s", paper.id, error)
            return None
        kind = next((kind for begins, kind in _KINDS.items() if body.startswith(begins)), "")
        return Illustration(image, f"{place}.{kind}", body) if kind else None


def _numbered(taken: Taken) -> Iterator[tuple[int, str]]:
    images = dict.fromkeys(image for figure in taken.full_paper.figures for image in figure.images)
    return enumerate((*images,)[:MOST_PICTURES], start=1)


def _stem(paper: Paper) -> str:
    return f"{paper.id}".replace("/", "-")
