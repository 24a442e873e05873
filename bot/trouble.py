"""Troubles that a person should hear of, as values. Pure; knows neither deliveries nor who tells them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.phrases import Phrase


class Cause(StrEnum):
    """What a person is told about."""

    EXPIRED = "expired"
    REFUSED = "refused"
    GONE = "gone"
    STORAGE = "storage"
    ARXIV = "arxiv"
    STOPPED = "stopped"
    MODEL = "model"
    """A provider can't be used as it's set up: a bad key, a model that is gone."""
    QUOTA = "quota"
    BUDGET = "budget"
    ARCHIVE = "archive"
    PERMISSION = "permission"
    """What is sent comes all the same, and not where it belongs."""


class Audience(StrEnum):
    """Who is told."""

    OWNER = "owner"
    SUBSCRIBER = "subscriber"
    """Whoever subscribed the chat, else another admin."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that a person should hear of, once per cause and day.

    Attributes:
        chat: the key of the chat where it was seen; None where it's about no chat.
        why: in the platform's or the database's words.
        lacking: the permission that it's about, where it's about one.
    """

    cause: Cause
    audience: Audience
    platform: str
    chat: int | None
    why: str
    lacking: Phrase | None = None

    @property
    def lasts(self) -> bool:
        """Whether hearing of it once is enough, not once a day: nothing is lost by it."""
        return self.cause is Cause.PERMISSION

    @property
    def about(self) -> str:
        """What one telling a day is enough for: a chat's people hear of their chat, owners of a platform."""
        return self.platform if self.audience is Audience.OWNER else f"{self.platform}/{self.chat}"
