"""What goes wrong on command: refusals, silence, broken lines, and proxies that answer for Discord."""

from __future__ import annotations

from dataclasses import dataclass, field

from .refusals import INTERNAL as INTERNAL_ERROR
from .refusals import Refusal


@dataclass(frozen=True)
class Fault:
    """One way in which a request goes wrong; without status and refusal it goes right in the end."""

    refusal: Refusal | None = None
    """Answered as Discord answers it."""
    status: int = 0
    body: bytes | None = None
    """Sent instead of JSON, as HTML."""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    """Seconds before the answer."""
    hang: bool = False
    """No answer until `release` is called or the server stops."""
    taken: bool = False
    """The request is carried out all the same; the answer is the fault's."""
    drop: bool = False
    """The connection closes without an answer."""


_CLOUDFLARE = b"<!doctype html><html><head><title>Access denied | discord.com</title></head>error 1015</html>"


def flood(seconds: float, *, everywhere: bool = False) -> Fault:
    """Too many requests, as Discord itself says it: with a body and a Via header."""
    wait = f"{seconds:.3f}"
    body = f'{{"message": "You are being rate limited.", "retry_after": {wait}, "global": {everywhere}}}'
    headers = {"Via": "1.1 google", "Retry-After": wait, "Content-Type": "application/json"}
    scope = {"X-RateLimit-Global": "true"} if everywhere else {"X-RateLimit-Scope": "user"}
    return Fault(
        status=429, body=body.lower().replace("you are", "You are").encode(), headers=headers | scope
    )


def banned(seconds: int | None = None) -> Fault:
    """Too many requests, as Cloudflare says it: no JSON, no Via, and at most a Retry-After."""
    return Fault(status=429, body=_CLOUDFLARE, headers={"Retry-After": str(seconds)} if seconds else {})


BAD_GATEWAY = Fault(status=502, body=b"<html><head><title>502 Bad Gateway</title></head></html>")
UNAVAILABLE = Fault(status=503, body=b"upstream connect error or disconnect/reset before headers")
INTERNAL = Fault(INTERNAL_ERROR)
GARBAGE = Fault(status=200, body=b'{"id": "1', headers={"Content-Type": "application/json"})
HANG = Fault(hang=True)
DROP = Fault(drop=True)
TAKEN_AND_DROPPED = Fault(drop=True, taken=True)


@dataclass
class Planned:
    """A fault, whom it meets, and how often yet; None is always."""

    fault: Fault
    route: str | None
    channel: int | None
    left: int | None
    met: int = 0


class FaultPlan:
    """The faults that are to come, in the order in which they were asked for."""

    def __init__(self) -> None:
        self.planned: list[Planned] = []

    def add(self, fault: Fault, route: str | None, channel: int | None, times: int | None) -> Planned:
        """Plan a fault."""
        self.planned.append(planned := Planned(fault, route, channel, times))
        return planned

    def take(self, route: str, channel: int | None) -> Fault | None:
        """The fault that this request meets."""
        for planned in self.planned:
            if planned.left != 0 and planned.route in (None, route) and planned.channel in (None, channel):
                planned.met += 1
                planned.left = None if planned.left is None else planned.left - 1
                return planned.fault
        return None
