"""How long to wait before asking again after an error. Pure."""

from __future__ import annotations

from digest.errors import (
    SourceBusyError,
    SourceError,
    SourceGarbledError,
    SourceRejectedError,
    SourceUnreachableError,
)

LONGEST_WAIT = 60.0
"""Seconds; when a service asks for more, asking again is the next harvest's business."""

_FIRST_WAIT = 1.0


def wait_before_retry(error: SourceError, tries: int, most_tries: int, jitter: float) -> float | None:
    """Decide whether and when to ask again.

    Args:
        error: what the last try ended with.
        tries: how many were made.
        most_tries: how many may be made in all.
        jitter: random, in [0, 1), so that many clients don't come back at the same moment.

    Returns:
        Seconds to wait, or None to give up.
    """
    if tries >= most_tries or isinstance(error, SourceRejectedError):
        return None
    wait = _FIRST_WAIT * 2.0 ** (tries - 1) * (1 + jitter)
    match error:
        case SourceBusyError(retry_after=float(asked)):
            return None if asked > LONGEST_WAIT else max(asked, wait)
        case SourceBusyError() | SourceUnreachableError() | SourceGarbledError():
            return wait
        case _:
            return None
