"""How long to wait before asking again after an error. Pure."""

from __future__ import annotations

import email.utils
from typing import TYPE_CHECKING

from digest.errors import (
    ModelBusyError,
    ModelError,
    SourceBusyError,
    SourceError,
    SourceGarbledError,
    SourceUnreachableError,
)

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_WAIT = 60.0
"""Seconds; when a service asks for more, asking again is the business of a later harvest or digest."""

_FIRST_WAIT = 1.0


def wait_before_retry(
    error: SourceError | ModelError, tries: int, most_tries: int, jitter: float
) -> float | None:
    """Decide whether and when to ask again.

    Args:
        error: what the last try ended with.
        tries: how many were made.
        most_tries: how many may be made in all.
        jitter: random, in [0, 1), so that many clients don't come back at the same moment.

    Returns:
        Seconds to wait, or None to give up: too many tries, or an error that doesn't pass by itself.
    """
    if tries >= most_tries:
        return None
    wait = _FIRST_WAIT * 2.0 ** (tries - 1) * (1 + jitter)
    match error:
        case SourceBusyError(retry_after=float(asked)) | ModelBusyError(retry_after=float(asked)):
            return None if asked > LONGEST_WAIT else max(asked, wait)
        case SourceBusyError() | SourceUnreachableError() | SourceGarbledError() | ModelBusyError():
            return wait
        case _:
            return None


def read_retry_after(value: str | None, now: datetime) -> float | None:
    """Read a Retry-After header, seconds or an HTTP date (RFC 9110, 10.2.3), as seconds from now."""
    value = (value or "").strip()
    if value.isdecimal():
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment - now).total_seconds()) if moment.tzinfo else None
