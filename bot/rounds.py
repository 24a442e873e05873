"""Rounds: from chats that are due to deliveries. Calls ports and pure functions, decides nothing.

A round goes through the chats that are due, some hundreds at a time:

    wishes  = chats grouped by what they want                 bot.wishes
    found   = matches, once for each topic and dates          digest.finder
    orders  = matches without what a chat had, limited        bot.orders
    briefs  = once for each paper that is shown               digest.briefs
    notes   = the same, where they're wanted and come in time   bot.notes_ahead
    figures = of what was read by then, where they're wanted   bot.figures_ahead
    parcels = orders → documents → messages                   bot.order_writing
    store   : parcels and what chats were told, in one transaction
    ahead   : papers of digests to come are read              bot.foresight

What is left to do is always a question to the database, so a round that is killed is simply begun again.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from bot.batches import opens, waiting
from bot.chats import Detail
from bot.due import about, due, next_for, waits_until
from bot.foresight import foreseen, looked_at
from bot.notes_ahead import AGAIN
from bot.order_writing import OrderWriter
from bot.orders import Planner, matched
from bot.wishes import wish_of
from digest.finder import Finder

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from bot.allowances import Allowances
    from bot.batches import Batch
    from bot.chats import Chat
    from bot.deliveries import Parcel
    from bot.figures_ahead import FiguresAhead
    from bot.notes_ahead import NotesAhead
    from bot.order_writing import Figures, Notes
    from bot.orders import Order
    from bot.ports import Desk, Platform, Store
    from bot.wishes import Wish
    from digest.briefs import Briefs
    from digest.calendar import Calendar
    from digest.model import PaperId, Topic
    from digest.notes import Taken
    from digest.ports import Harvested, PaperStore

_LOG = logging.getLogger(__name__)

_AFTER_TROUBLE = timedelta(hours=1)

_Wishes: TypeAlias = "dict[Wish, list[Chat]]"


@dataclass(frozen=True, slots=True)
class Served:
    """What a round did: how many chats were told something, in how many editions; how many had no news."""

    chats: int = 0
    editions: int = 0
    silent: int = 0

    def __add__(self, other: Served) -> Served:
        return Served(self.chats + other.chats, self.editions + other.editions, self.silent + other.silent)


@dataclass(frozen=True)
class _Memory:
    """What one round remembers from batch to batch."""

    finder: Finder
    writer: OrderWriter
    planner: Planner = field(default_factory=Planner)
    next_at: dict[Hashable, datetime] = field(default_factory=dict)


class _News(NamedTuple):
    """What a chat is told now, and what is kept for a later window."""

    told: tuple[Harvested, ...]
    kept: tuple[Harvested, ...]


@dataclass(frozen=True, slots=True)
class _Note:
    """What is written down of a batch."""

    parcels: Sequence[Parcel]
    told: Mapping[int, Mapping[int, datetime]]
    heard: Mapping[int, date]
    waits: Mapping[int, datetime]
    now: datetime

    def take(self, desk: Desk) -> None:
        """Write all of it, in one transaction."""
        desk.deliveries.keep(self.parcels, self.now)
        for serial, chats in self.told.items():
            desk.chats.told(chats, serial)
        desk.chats.wait(self.waits)
        desk.hearings.tell(self.heard)


@dataclass(frozen=True)
class Rounds:
    """Serves the chats that are due.

    Args:
        store: chats and deliveries.
        papers: what was announced.
        briefs: where briefs come from.
        ahead: the same of notes; a digest waits a while for them.
        allowances: how many of them a model may write because of one chat.
        platforms: by name; the chats of others wait.
        presets: the topics of config.toml by name.
        calendar: when the next listing is expected.
        figures: where figures come from; no digest waits for them.
    """

    store: Store
    papers: PaperStore
    briefs: Briefs
    ahead: NotesAhead
    allowances: Allowances
    platforms: Mapping[str, Platform]
    presets: Mapping[str, Topic]
    calendar: Calendar
    figures: FiguresAhead

    async def serve(self, now: datetime) -> Served:
        """Make the deliveries of every chat that is due."""
        writer = OrderWriter(self.briefs, self.allowances, self.platforms)
        memory = _Memory(Finder(self.papers), writer)
        served, before = Served(), frozenset[int]()
        while (batch := await self.store.read(lambda desk: waiting(desk, now))).chats:
            numbers = frozenset(chat.number for chat in batch.chats)
            if numbers <= before:
                _LOG.error("%s chats stay due whatever is done", len(numbers))
                break
            before = numbers
            served += await self._serve(batch, memory, now)
        return served

    async def _serve(self, batch: Batch, memory: _Memory, now: datetime) -> Served:
        waits: dict[int, datetime] = {}
        wishes: _Wishes = {}
        coming: _Wishes = {}
        news: dict[int, _News] = {}
        for chat in batch.chats:
            harvested = batch.harvested[chat.told]
            ready = due(chat, now, self.calendar, harvested)
            spoken = chat.address.platform in self.platforms
            if spoken and ready:
                news[chat.number] = _News(ready, harvested[len(ready) :])
                wish = self._wish(chat, news[chat.number], batch, memory, now)
                wishes.setdefault(wish, []).append(chat)
            else:
                at = opens(chat, now, self.calendar, _AFTER_TROUBLE, harvested)
                waits[chat.number] = looked_at(chat, now, at, self.calendar)
                if spoken and (ahead := foreseen(chat, now, at, self.calendar, harvested)):
                    wish = wish_of(chat, _dates(chat, ahead, batch), at, at, self.presets)
                    coming.setdefault(wish, []).append(chat)
        planned = await self._orders(wishes, batch, memory)
        notes = self._notes(planned, memory, now)
        orders = [order for order in planned if order.key in notes]
        late = {chat for order in planned if order.key not in notes for chat in order.chats}
        waits |= dict.fromkeys(late, now + AGAIN)
        rendered = await memory.writer.write(orders, notes, await self._figures(orders, memory, now))
        failed = {chat for order in orders if order.key not in rendered for chat in order.chats}
        waits |= dict.fromkeys(failed, now + _AFTER_TROUBLE)
        heard = {
            chat.number: wish.dates[-1]
            for wish, chats in wishes.items()
            for chat in chats
            if chat.number not in failed | late
        }
        told: dict[int, dict[int, datetime]] = {}
        for chat in batch.chats:
            if chat.number in heard:
                known, kept = news[chat.number]
                told.setdefault(known[-1].serial, {})[chat.number] = waits_until(
                    chat, now, self.calendar, kept
                )
        parcels = [
            replace(rendered[order.key], chats=order.chats) for order in orders if order.key in rendered
        ]
        await self.store.write(_Note(parcels, told, heard, waits, now).take)
        if coming:
            await self._begin(await self._orders(coming, batch, memory), now)
        sent = sum(len(each.chats) for each in parcels)
        return Served(sent, len(parcels), len(heard) - sent)

    def _wish(self, chat: Chat, news: _News, batch: Batch, memory: _Memory, now: datetime) -> Wish:
        key = chat.preferences, news.kept[:1], batch.read
        if key not in memory.next_at:
            memory.next_at[key] = about(next_for(chat, now, self.calendar, news.kept, batch.read), now)
        return wish_of(chat, _dates(chat, news.told, batch), now, memory.next_at[key], self.presets)

    async def _orders(
        self, wishes: Mapping[Wish, Sequence[Chat]], batch: Batch, memory: _Memory
    ) -> Sequence[Order]:
        findings = {}
        for wish in sorted(wishes, key=lambda wish: wish.dates):  # one index after the other
            findings[wish] = await memory.finder.find(wish.topics, wish.dates)
        papers = {paper for finding in findings.values() for paper in matched(finding)}
        numbers = [chat.number for chats in wishes.values() for chat in chats]
        had = await self.store.read(lambda desk: desk.deliveries.had(numbers, papers))
        return await asyncio.to_thread(memory.planner.plan, wishes, findings, had, batch.heard)

    def _notes(self, orders: Iterable[Order], memory: _Memory, now: datetime) -> Notes:
        """Return the notes of each order, none where it wants none; one that waits for its is left out."""
        notes: dict[Hashable, Mapping[PaperId, Taken | None]] = {}
        for order in orders:
            found: Mapping[PaperId, Taken | None] | None = {}
            if order.look.detail is Detail.NOTES and not memory.writer.has(order):
                found = self.ahead.of(order.papers, order.look.brief_language, self._allowed(order), now)
            if found is not None:
                notes[order.key] = found
        return notes

    async def _figures(self, orders: Iterable[Order], memory: _Memory, now: datetime) -> Figures:
        return {
            order.key: await self.figures.of(order.papers, now)
            for order in orders
            if order.look.figures and not memory.writer.has(order)
        }

    async def _begin(self, orders: Iterable[Order], now: datetime) -> None:
        """Have the papers of orders read that aren't due."""
        for order in orders:
            if order.look.detail is Detail.NOTES:
                self.ahead.begin(order.papers, order.look.brief_language, self._allowed(order), now)
            if order.look.figures:
                await self.figures.of(order.papers, now)

    def _allowed(self, order: Order) -> Callable[[PaperId], bool]:
        return self.allowances.of_any({paper.id: tuple(order.chats) for paper in order.papers})


def _dates(chat: Chat, news: Iterable[Harvested], batch: Batch) -> tuple[date, ...]:
    """Return the dates that a chat is told of: those of the news and of what it wasn't delivered."""
    return tuple(sorted({day for each in news for day in each.dates} | batch.freed.get(chat.number, set())))
