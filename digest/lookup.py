"""Finds papers by id: those that are kept, then those that the source knows. Calls ports, decides no more."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from digest.model import Paper, PaperId
    from digest.ports import Papers, PaperSource, PaperStore

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lookup:
    """What was found.

    Attributes:
        papers: at their newest version.
        unasked: why the source couldn't be asked about those that are missing; None if it was.
    """

    papers: Mapping[PaperId, Paper]
    unasked: SourceError | None = None


async def look_up(
    wanted: Mapping[PaperId, int | None],
    store: PaperStore,
    source: PaperSource,
    asking: Callable[[], Awaitable[None]],
) -> Lookup:
    """Look papers up; what wasn't known at all is kept, so that it's quick the next time.

    Args:
        wanted: the version that was named with each id; one that is newer than what is kept is asked for.
        store: where papers are kept.
        source: asked once for all that are missing.
        asking: called before the source is asked, which may take its time.
    """
    kept = await store.read(lambda papers: papers.get(wanted.keys(), detailed=True))
    known = _new_enough(kept, wanted)
    missing = [paper_id for paper_id in wanted if paper_id not in known]
    if not missing:
        return Lookup(known)
    await asking()
    try:
        told = await source.papers(missing)
    except SourceError as error:
        _LOG.info("looking %s up: %s", ", ".join(map(str, missing)), error)
        kept = await store.read(lambda papers: papers.get(wanted.keys()))
        return Lookup(_new_enough(kept, wanted), error)

    return Lookup(await store.write(lambda papers: _keep(papers, told, wanted)))


def _keep(
    papers: Papers, told: Sequence[Paper], wanted: Mapping[PaperId, int | None]
) -> dict[PaperId, Paper]:
    """Keep what the source told; return all that is known now, at its newest version."""
    known = dict(papers.get(wanted.keys()))
    # What the feed alone described stays so: the harvest completes it, and tells again whoever was served
    # before the comment was known.
    described = known.keys() - papers.get(wanted.keys(), detailed=True).keys()
    papers.complete(paper for paper in told if paper.id not in described)
    for paper in told:
        if paper.id not in known or known[paper.id].version <= paper.version:
            known[paper.id] = paper
    return known


def _new_enough(kept: Mapping[PaperId, Paper], wanted: Mapping[PaperId, int | None]) -> dict[PaperId, Paper]:
    """Leave out papers of which a later version was named: perhaps it came meanwhile."""
    return {name: paper for name, paper in kept.items() if (wanted[name] or 0) <= paper.version}
