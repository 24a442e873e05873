"""Who writes summaries, as settings say, tied together; part of the composition root.

Without a model nothing here is loaded but what extracts sentences.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from bot.allowances import Allowances
from bot.app import make_full_text
from digest.briefs import Briefs
from digest.enquiries import Enquiries
from digest.notebook import Notebook
from digest.records import Written
from digest.sources.deferred import DeferredFullText
from digest.summaries.answers.extractive import ExtractiveAnswerer
from digest.summaries.extract import ExtractiveSummarizer, extract
from digest.summaries.notes.extractive import ExtractiveNoteTaker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from datetime import datetime

    from bot.settings import Settings
    from digest.errors import ModelError
    from digest.model import Brief, Paper
    from digest.storage.database import Database
    from digest.summaries.chain import Chain
    from digest.summaries.ledger import Ledger
    from digest.writers import NoteTaker

Tell: TypeAlias = "Callable[[str, ModelError], Awaitable[None]]"
"""Is told a provider, and why it can't be asked."""

_PATIENT_FOR_NOTES = 4
"""How often the time of a brief models have for notes: a long paper is read in parts, three at a time."""

_PATIENT_FOR_ANSWERS = 2
"""The same for an answer: the whole paper is read, which takes longer than an abstract."""

_MARGIN = 30.0
"""Seconds that a brief may take beyond what models have, to be read, extracted and kept."""


@dataclass(frozen=True)
class Summaries:
    """Who writes summaries.

    Attributes:
        briefs: where everybody gets them from.
        allowances: how many a model may write because of one chat.
        readers: who is given the papers' texts, in words and in the order in which they're asked.
        chain: the models; None without any.
        ledger: what they cost.
        notebook: where everybody gets notes of whole papers from.
        enquiries: the same of answers to questions about them.
    """

    briefs: Briefs
    allowances: Allowances
    notebook: Notebook
    enquiries: Enquiries
    readers: Sequence[str] = ()
    chain: Chain | None = None
    ledger: Ledger | None = None

    async def written(self, paper: Paper, language: str) -> Written:
        """Return the brief of one paper and how it came to be, whatever is remembered of it."""
        if self.chain is None:
            return Written(extract(paper), ())
        return await self.chain.written(paper, language)

    async def flush(self) -> None:
        """Write down what isn't yet."""
        if self.ledger:
            await self.ledger.flush()


def extracted(settings: Settings, database: Database, now: Callable[[], datetime]) -> Summaries:
    """Make what needs no model."""
    notebook = _notebook(settings, database, ExtractiveNoteTaker())
    return Summaries(
        Briefs(ExtractiveSummarizer(), settings.summary.at_once),
        Allowances(settings.summary.per_chat, now),
        notebook,
        Enquiries(notebook, ExtractiveAnswerer()),
    )


def _notebook(settings: Settings, database: Database, note_taker: NoteTaker) -> Notebook:
    return Notebook(DeferredFullText(partial(make_full_text, settings, database)), note_taker)


@contextlib.asynccontextmanager
async def open_summaries(
    settings: Settings, database: Database, now: Callable[[], datetime], tell: Tell
) -> AsyncIterator[Summaries]:
    """Make who writes summaries; close their connections and write down what they cost at the end.

    Args:
        settings: what the owner decided.
        database: where briefs and costs are kept.
        now: the time.
        tell: is told the provider and why it can't be asked, each time.

    Raises:
        SettingsError: a provider that settings name can't be made.
    """
    names = settings.summary.models
    if not names:
        summaries = extracted(settings, database, now)
        try:
            yield summaries
        finally:
            await summaries.enquiries.stop()
            await summaries.notebook.stop()
        return
    from bot.models import context_of, make_model, price_of, reader_of, set_model
    from digest.storage.briefs import SqliteBriefs
    from digest.storage.calls import SqliteCalls
    from digest.storage.notes import SqliteNotes
    from digest.summaries.answers.chain import AnswerChain, AnswerLink
    from digest.summaries.answers.writer import AnswerWriter
    from digest.summaries.breaker import Breaker
    from digest.summaries.chain import Chain, Link
    from digest.summaries.ledger import Budget, Ledger, Metered
    from digest.summaries.notes.chain import NoteChain, NoteLink
    from digest.summaries.notes.writer import NoteWriter
    from digest.summaries.writer import Writer

    summary = settings.summary
    ledger = Ledger(
        SqliteCalls(database),
        Budget(summary.daily_budget, in_money=summary.budget_in == "money"),
        {name: price_of(settings, name) for name in names},
        now,
    )
    async with contextlib.AsyncExitStack() as stack:
        links, note_links, answer_links = [], [], []
        for name in names:
            model = make_model(settings, name)
            stack.push_async_callback(model.close)
            asked = set_model(settings, name)
            metered, breaker = Metered(model, asked, ledger), Breaker(now)
            links.append(Link(name, asked, Writer(metered), breaker))
            context = context_of(settings, name)
            note_links.append(NoteLink(name, asked, NoteWriter(metered, context), breaker))
            answer_links.append(AnswerLink(name, AnswerWriter(metered, context), breaker))
        stack.push_async_callback(ledger.flush)
        # A round takes one half at most, so people who ask don't wait for it.
        at_once = asyncio.Semaphore(2 * summary.at_once)
        chain = Chain(
            links,
            SqliteBriefs(database),
            at_once,
            summary.patience,
            now,
            ledger.reuse,
            tell,
        )

        def reused(brief: Brief) -> None:
            if brief.provenance.provider:
                ledger.reuse(brief.provenance.provider, brief.provenance.model)

        briefs = Briefs(chain, summary.at_once, summary.patience + _MARGIN, reused=reused)
        stack.push_async_callback(briefs.stop)
        note_chain = NoteChain(
            note_links,
            SqliteNotes(database),
            at_once,
            _PATIENT_FOR_NOTES * summary.patience,
            now,
            ledger.reuse,
            tell,
        )
        notebook = _notebook(settings, database, note_chain)
        stack.push_async_callback(notebook.stop)
        answer_chain = AnswerChain(answer_links, at_once, _PATIENT_FOR_ANSWERS * summary.patience, tell)
        enquiries = Enquiries(notebook, answer_chain)
        stack.push_async_callback(enquiries.stop)
        yield Summaries(
            briefs,
            Allowances(summary.per_chat, now),
            notebook,
            enquiries,
            tuple(reader_of(settings, name) for name in names),
            chain,
            ledger,
        )
