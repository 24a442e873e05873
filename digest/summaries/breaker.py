"""A provider that failed is left alone for a while: for how long, and who may try whether it's back.

It knows errors and the time, no provider.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.errors import ModelError, ModelQuotaError, ModelSettingsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

MOST_FAILURES = 3
"""So many in a row open the circuit."""

FIRST_REST = timedelta(seconds=30)
"""How long it stays open then; twice as long for each failure more."""

LONGEST_REST = timedelta(hours=1)

SETTINGS_REST = timedelta(hours=6)
"""A bad key or a model that is gone doesn't mend itself; a provider's own mistake about it may."""

QUOTA_REST = timedelta(hours=1)
"""Where the provider doesn't say when there's more."""

LONGEST_QUOTA_REST = timedelta(hours=25)  # a day, and an autumn night

TRIAL = timedelta(minutes=5)
"""How long one who tries whether a provider is back keeps others from trying; he may never report."""


@dataclass(frozen=True, slots=True)
class Circuit:
    """What is known of a provider's state.

    Attributes:
        failures: how many came in a row.
        open_until: until then it isn't asked; None while it's thought to work.
        trial_until: until then somebody tries whether it's back.
    """

    failures: int = 0
    open_until: datetime | None = None
    trial_until: datetime | None = None

    def admits(self, now: datetime) -> bool:
        """Tell whether the provider may be asked."""
        if self.open_until is None:
            return True
        return now >= self.open_until and (self.trial_until is None or now >= self.trial_until)

    def tried(self, now: datetime) -> Circuit:
        """Return the state once somebody who was admitted asks."""
        return self if self.open_until is None else replace(self, trial_until=now + TRIAL)

    def failed(self, error: ModelError, now: datetime) -> Circuit:
        """Return the state after an error.

        What was asked before the circuit opened and fails after says nothing new.
        """
        rest = _rest(error)
        if rest is not None:
            until = max(now + rest, self.open_until or now)
            return Circuit(max(self.failures + 1, MOST_FAILURES), until)
        if self.open_until is not None and now < self.open_until:
            return self
        failures = self.failures + 1
        if failures < MOST_FAILURES:
            return Circuit(failures)
        doublings = min(failures - MOST_FAILURES, 16)  # far beyond the longest rest
        return Circuit(failures, now + min(FIRST_REST * 2**doublings, LONGEST_REST))


WORKING = Circuit()
"""Nothing is known against it."""


def _rest(error: ModelError) -> timedelta | None:
    """Return how long an error that doesn't pass by itself rests the provider; None for others."""
    match error:
        case ModelSettingsError():
            return SETTINGS_REST
        case ModelQuotaError(retry_after=float(seconds)):
            return min(timedelta(seconds=seconds), LONGEST_QUOTA_REST)
        case ModelQuotaError():
            return QUOTA_REST
        case _:
            return None


class Breaker:
    """Keeps one provider's circuit.

    Args:
        now: tells the time.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._circuit = WORKING

    def rests(self) -> bool:
        """Tell whether the provider is left alone now; looking changes nothing."""
        return not self._circuit.admits(self._now())

    def admit(self) -> bool:
        """Tell whether the provider may be asked now; who is told so asks, and reports."""
        now = self._now()
        if not self._circuit.admits(now):
            return False
        self._circuit = self._circuit.tried(now)
        return True

    def succeeded(self) -> None:
        """Report that an answer came."""
        self._circuit = WORKING

    def failed(self, error: ModelError) -> None:
        """Report that none came."""
        self._circuit = self._circuit.failed(error, self._now())
