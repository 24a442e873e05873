"""A request as handlers see it: which route, whose ids, what it says, what came along."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .messages import Upload

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """A request that found its route."""

    route: str
    """Method and template, such as POST /channels/{channel}/messages."""
    names: dict[str, str]
    """What stood where the template has names."""
    query: dict[str, str]
    body: Any
    files: dict[str, Upload]
    at: float = field(default_factory=time.monotonic)

    def number(self, name: str) -> int:
        """An id of the path; 0 for what is none."""
        value = self.names.get(name, "")
        return int(value) if value.isdecimal() else 0

    def wants(self, name: str) -> bool:
        """Whether the query says yes to something."""
        return self.query.get(name, "").lower() in ("1", "true")


@dataclass(frozen=True, slots=True)
class Call:
    """A request that was answered, and how."""

    at: float
    route: str
    names: dict[str, str]
    body: Any
    status: int
    said: str = ""
