"""What is kept of briefs and of what they cost, as values and protocols; storage implements them.

Every method is asynchronous, one transaction, and may raise `StorageError`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime

    from digest.model import Brief, PaperId
    from digest.notes import Notes, Taken


@dataclass(frozen=True, slots=True)
class BriefKey:
    """What makes two briefs the same: then the second is never asked for.

    Attributes:
        version: of the paper.
        language: the one asked for, as `digest.summaries.tongues.tongue` writes it.
        provider: who was asked, as settings name it.
        model: the model that settings name, which needn't be the one that answered.
        prompt: the version of what models are told.
    """

    paper: PaperId
    version: int
    language: str
    provider: str
    model: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer of a model and what the check said of it.

    Attributes:
        model: the one that answered.
        text: the answer as it came.
        complaints: what didn't pass, a sentence each; empty if all did.
    """

    model: str
    text: str
    complaints: tuple[str, ...]
    tokens_in: int
    tokens_out: int


@dataclass(frozen=True, slots=True)
class Written:
    """A brief and how it came to be, oldest attempt first."""

    brief: Brief
    attempts: tuple[Attempt, ...]


class KeptBriefs(Protocol):
    """The briefs that models wrote; sentences extracted from papers aren't kept."""

    async def find(self, key: BriefKey) -> Written | None:
        """Return what was kept under a key."""

    async def keep(self, key: BriefKey, written: Written, at: datetime) -> None:
        """Keep a brief; one that is there already under this key stays."""


@dataclass(frozen=True, slots=True)
class WrittenNotes:
    """Notes and how they came to be, oldest attempt first."""

    notes: Notes
    attempts: tuple[Attempt, ...]


class KeptNotes(Protocol):
    """The notes that models took; those extracted from papers aren't kept. Keys are those of briefs."""

    async def find(self, key: BriefKey) -> Taken | None:
        """Return what was kept under a key."""

    async def keep(self, key: BriefKey, taken: Taken, attempts: tuple[Attempt, ...], at: datetime) -> None:
        """Keep notes with the outline of what they're from; those that are there already stay."""


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One request to a model, whatever came of it.

    Attributes:
        provider: as settings name it.
        model: the one that answered; the one asked where nobody did.
        tokens_in: as the provider counts; 0 where it doesn't say.
        tokens_out: the same, hidden reasoning with them.
        money: what it cost by the prices in settings, in their currency.
        failed: no answer came that could be used.
        at: when it ended.
    """

    provider: str
    model: str
    tokens_in: int
    tokens_out: int
    money: float
    failed: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Spent:
    """What one model cost on one day, UTC.

    Attributes:
        calls: all of them, those that failed too.
        reused: how many briefs were asked for that were there already.
    """

    day: date
    provider: str
    model: str
    calls: int
    failed: int
    tokens_in: int
    tokens_out: int
    money: float
    reused: int


class KeptCalls(Protocol):
    """What was asked of models, and what it cost."""

    async def record(
        self, calls: Collection[ModelCall], reused: Mapping[tuple[str, str], int], at: datetime
    ) -> None:
        """Keep calls, and how often briefs of a provider's model were used again.

        Args:
            calls: any number.
            reused: by provider and model.
            at: now, for the day of what was used again.
        """

    async def since(self, day: date) -> tuple[Spent, ...]:
        """Return what each model cost on each day from this one on, by day and provider."""
