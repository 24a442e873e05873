"""How much Discord lets through: a bucket a route and channel, fifty requests a second in all."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .routes import without_token

if TYPE_CHECKING:
    from collections.abc import Callable

_BUCKETS = {
    "POST /channels/{channel}/messages": (5, 5.0),
    "PATCH /channels/{channel}/messages/{message}": (5, 5.0),
    "DELETE /channels/{channel}/messages/{message}": (5, 1.0),
    "POST /channels/{channel}/threads": (50, 300.0),
    "POST /channels/{channel}/messages/{message}/threads": (50, 300.0),
    "POST /webhooks/{app}/{token}": (5, 2.0),
    "PATCH /webhooks/{app}/{token}/messages/{message}": (5, 2.0),
    "PUT /applications/{app}/commands": (2, 60.0),
}
"""Requests and seconds; Discord doesn't document them, this is what it has been seen to answer."""

_ELSEWHERE = (10, 10.0)


@dataclass(frozen=True)
class Limits:
    """How much is let through."""

    overall: int = 50
    """Requests in any second, but for answers to interactions."""
    invalid: int = 10_000
    """Answers of 401, 403 and 429 in ten minutes, before Cloudflare answers alone."""


@dataclass
class Verdict:
    """Whether a request may pass, and what its answer's headers say."""

    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    everywhere: bool = False
    banned: bool = False


class RateKeeper:
    """Counts requests; nothing is let through early."""

    def __init__(self, limits: Limits, now: Callable[[], float]) -> None:
        self.limits, self.now = limits, now
        self._all: deque[float] = deque()
        self._windows: dict[tuple[str, str], tuple[float, int]] = {}
        self._invalid: deque[float] = deque(maxlen=limits.invalid)
        self.refused: Counter[str] = Counter()
        self.by_channel: defaultdict[str, int] = defaultdict(int)

    def ask(self, route: str, names: dict[str, str]) -> Verdict:
        """Decide on a request."""
        now = self.now()
        if len(self._invalid) == self.limits.invalid and now - self._invalid[0] < 600:
            return Verdict(wait=600 - (now - self._invalid[0]), banned=True)
        if not without_token(route):
            while self._all and now - self._all[0] >= 1:
                self._all.popleft()
            if len(self._all) >= self.limits.overall:
                self.refused["global"] += 1
                return Verdict(wait=1 - (now - self._all[0]), everywhere=True)
        most, seconds = _BUCKETS.get(route, _ELSEWHERE)
        major = names.get("channel") or names.get("guild") or names.get("token") or ""
        begin, used = self._windows.get((route, major), (now, 0))
        if now - begin >= seconds:
            begin, used = now, 0
        left = begin + seconds - now
        verdict = Verdict({"X-RateLimit-Bucket": hashlib.md5(route.encode()).hexdigest()})  # noqa: S324 - a name
        passed = used < most
        if passed:
            self._windows[route, major] = (begin, used + 1)
            if not without_token(route):
                self._all.append(now)
        else:
            verdict.wait = left
            self.refused[route] += 1
            self.by_channel[major] += 1
        verdict.headers |= {
            "X-RateLimit-Limit": str(most),
            "X-RateLimit-Remaining": str(max(0, most - used - 1)),
            "X-RateLimit-Reset": f"{now + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
        }
        return verdict

    def answered(self, status: int) -> None:
        """Count what went wrong."""
        if status in (401, 403, 429):
            self._invalid.append(self.now())
