"""How Telegram says no: a status, a sentence that clients rely on, and parameters."""

from __future__ import annotations

from typing import Any


class Refused(Exception):  # noqa: N818 - it's an answer, and no mistake of this server
    """An answer that isn't ok."""

    def __init__(self, description: str, status: int = 400, **parameters: Any) -> None:
        prefix = {
            400: "Bad Request",
            401: "Unauthorized",
            403: "Forbidden",
            404: "Not Found",
            409: "Conflict",
        }
        opening = prefix.get(status, "")
        said = f"{opening}: {description}" if opening and description else description or opening
        super().__init__(said)
        self.status = status
        self.description = said
        self.parameters = parameters


def too_many(seconds: int) -> Refused:
    """What a bot hears that sends too fast."""
    return Refused(f"Too Many Requests: retry after {seconds}", 429, retry_after=seconds)
