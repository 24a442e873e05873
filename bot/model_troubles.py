"""Has owners told why a provider of models can't write; once per cause and day, across restarts too."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.trouble import Audience, Cause, Trouble
from digest.errors import ModelBudgetError, ModelQuotaError, ModelSettingsError, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.ports import Store
    from digest.errors import ModelError

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class ModelTroubles:
    """Tells owners of what they can mend; what passes by itself stays in the log.

    Args:
        store: remembers what was told today.
        report: has a trouble told.
        now: the time.
    """

    store: Store
    report: Callable[[Trouble], None]
    now: Callable[[], datetime]

    async def tell(self, provider: str, error: ModelError) -> None:
        """Take why a provider couldn't write."""
        cause = cause_of(error)
        if cause is None:
            return
        about = "summary" if cause is Cause.BUDGET else provider
        trouble = Trouble(cause, Audience.OWNER, about, None, str(error))
        try:
            news = await self.store.write(lambda desk: desk.deliveries.is_news(trouble, self.now()))
        except StorageError as failure:
            _LOG.warning("whether an owner knows of %s can't be looked up: %s", cause, failure)
            return
        if news:
            self.report(trouble)


def cause_of(error: ModelError) -> Cause | None:
    """Return what an owner is told about; None for what passes by itself."""
    match error:
        case ModelSettingsError():
            return Cause.MODEL
        case ModelQuotaError():
            return Cause.QUOTA
        case ModelBudgetError():
            return Cause.BUDGET
        case _:
            return None
