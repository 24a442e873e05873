"""Writes what chats are told: orders with their briefs and notes become messages. Knows no store and no time.

Equal orders are written once in a round, whatever the number of chats and batches.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from bot.chats import Detail
from bot.parcels import digest_document, parcel, summary, with_briefs

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from bot.allowances import Allowances
    from bot.deliveries import Parcel
    from bot.orders import Order
    from bot.ports import Platform
    from digest.briefs import Briefs
    from digest.fulltext import Picture
    from digest.model import Brief, Paper, PaperId
    from digest.notes import Taken

_LOG = logging.getLogger(__name__)

_REMEMBERED = 500  # editions whose messages are kept during a round, some 10 kB each

Notes: TypeAlias = "Mapping[Hashable, Mapping[PaperId, Taken | None]]"
"""The notes of orders, by their keys."""

Figures: TypeAlias = "Mapping[Hashable, Mapping[PaperId, Picture]]"
"""The same of figures; orders without any are missing."""

_Briefs: TypeAlias = "Mapping[str, Mapping[PaperId, Brief | None]]"
_Rendered: TypeAlias = "dict[Hashable, Parcel]"  # addressed to nobody yet


@dataclass(frozen=True)
class OrderWriter:
    """Writes orders, during one round.

    Args:
        briefs: where briefs come from.
        allowances: how many of them a model may write because of one chat.
        platforms: by name; each writes messages for its own chats.
    """

    briefs: Briefs
    allowances: Allowances
    platforms: Mapping[str, Platform]
    _written: _Rendered = field(default_factory=dict)

    def has(self, order: Order) -> bool:
        """Whether the same was written in this round already."""
        return order.key in self._written

    async def write(
        self, orders: Sequence[Order], notes: Notes, figures: Figures
    ) -> Mapping[Hashable, Parcel]:
        """Return the messages of each order; those of one that can't be written are missing."""
        fresh = [order for order in orders if order.key not in self._written]
        made = {
            order.key: self._written[order.key] for order in orders if order.key in self._written
        } | await asyncio.to_thread(self._render, fresh, await self._briefs(fresh), notes, figures)
        self._written.update(made)
        while len(self._written) > _REMEMBERED:
            del self._written[next(iter(self._written))]
        return made

    async def _briefs(self, orders: Iterable[Order]) -> _Briefs:
        wanted: dict[str, dict[Paper, list[int]]] = {}
        for order in orders:
            if order.look.detail is not Detail.TITLES:
                papers = wanted.setdefault(order.look.brief_language, {})
                for paper in order.papers:
                    papers.setdefault(paper, []).extend(order.chats)
        return {
            language: await self.briefs.of(
                papers, language, self.allowances.of_any({paper.id: chats for paper, chats in papers.items()})
            )
            for language, papers in wanted.items()
        }

    def _render(self, orders: Iterable[Order], briefs: _Briefs, notes: Notes, figures: Figures) -> _Rendered:
        rendered: _Rendered = {}
        for order in orders:
            look = order.look
            edition = order.edition
            if look.detail is not Detail.TITLES:
                edition = with_briefs(edition, briefs[look.brief_language])
            try:
                document = digest_document(edition, look, notes[order.key], figures.get(order.key, {}))
                messages = self.platforms[look.platform].render(document, look.layout)
            except Exception:  # noqa: BLE001 - whatever a renderer may raise
                # One edition that can't be written must not cost the others theirs; it's tried again later.
                _LOG.exception("an edition couldn't be written: %s", summary(edition))
            else:
                rendered[order.key] = parcel(look.platform, look.layout, summary(edition), messages, {})
        return rendered
