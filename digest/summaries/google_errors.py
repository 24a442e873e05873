"""Google's error bodies, as both its libraries hand them on. Pure.

Their form: https://cloud.google.com/apis/design/errors#http_mapping
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from digest.backoff import read_retry_after
from digest.summaries.refusals import Refusal

_DURATION = re.compile(r"(\d+(?:\.\d+)?)s")
_PACIFIC = "America/Los_Angeles"  # where Gemini's days end: https://ai.google.dev/gemini-api/docs/rate-limits


def read_refusal(status: int, body: object, retry_after: str | None, now: datetime) -> Refusal:
    """Read an error.

    Args:
        status: of HTTP.
        body: of the answer, read as JSON, or its text where it isn't JSON.
        retry_after: the header of that name.
        now: aware.
    """
    if isinstance(body, list) and body:
        body = body[0]
    error = _table(_table(body).get("error")) or _table(body)
    details = _tables(error.get("details"))
    message = error.get("message") if error else body
    reasons = [str(each["reason"]) for each in details if "reason" in each]
    code = "API_KEY_INVALID" if "API_KEY_INVALID" in reasons else str(error.get("status") or "")
    daily = any("PerDay" in quota for quota in _quotas(details))
    waits = [read_retry_after(retry_after, now), *map(_delay, details)]
    wait = max((each for each in waits if each is not None), default=None)
    if daily:
        wait = seconds_to_midnight(now)  # its own hint is of seconds, as for a quota per minute
    return Refusal(status, code, message if isinstance(message, str) else "", wait, daily=daily)


def seconds_to_midnight(now: datetime) -> float:
    """Return how long it is until Gemini's daily quotas are whole again."""
    local = now.astimezone(ZoneInfo(_PACIFIC))
    tomorrow = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (tomorrow.astimezone(UTC) - now).total_seconds()


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _tables(value: object) -> list[dict[str, Any]]:
    return [_table(each) for each in value] if isinstance(value, list) else []


def _quotas(details: list[dict[str, Any]]) -> list[str]:
    return [
        str(violation.get("quotaId", "")) for each in details for violation in _tables(each.get("violations"))
    ]


def _delay(detail: dict[str, Any]) -> float | None:
    found = _DURATION.fullmatch(str(detail.get("retryDelay", "")))
    return float(found[1]) if found else None
