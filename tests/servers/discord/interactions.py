"""What a person asks of the bot and waits for: an interaction, and how it was answered."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .messages import Upload
    from .world import Channel, User

Json = dict[str, Any]

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5

MESSAGE, LATER, LATER_UPDATE, UPDATE, CHOICES, ASK = 4, 5, 6, 7, 8, 9
"""The kinds of answers: a message now or later, a change of the message now or later, choices, a modal."""

ANSWERS = {
    COMMAND: (MESSAGE, LATER, ASK),
    COMPONENT: (MESSAGE, LATER, LATER_UPDATE, UPDATE, ASK),
    AUTOCOMPLETE: (CHOICES,),
    MODAL: (MESSAGE, LATER, LATER_UPDATE, UPDATE),
}


class Interaction:
    """One of them.

    Attributes:
        answer: The kind of the first answer, 0 while there is none.
        original: The message that @original means, once there is one.
        follow_ups: The messages that came after the first answer.
        choices: What was suggested, for autocomplete.
        modal: The form that was shown.
        failed: What a client says when the bot was too slow, or answered wrongly.
    """

    def __init__(
        self, number: int, kind: int, token: str, user: User, channel: Channel, *, message: Json | None = None
    ) -> None:
        self.id, self.kind, self.token = number, kind, token
        self.user, self.channel, self.message = user, channel, message
        self.asked_at = time.monotonic()
        self.answered_at: float | None = None
        self.answered = asyncio.Event()
        self.answer = 0
        self.original: Json | None = None
        self.follow_ups: list[Json] = []
        self.choices: list[Json] = []
        self.modal: Json | None = None
        self.files: dict[str, Upload] = {}
        self.in_guild = True
        """Whether the bot itself is where it was asked; else only five more messages may follow."""

    def acknowledge(self, kind: int) -> None:
        """Take the first answer."""
        self.answer = kind
        self.answered_at = time.monotonic()
        self.answered.set()

    @property
    def took(self) -> float:
        """Seconds until the first answer."""
        assert self.answered_at is not None, f"nobody answered {self}"
        return self.answered_at - self.asked_at

    @property
    def waited(self) -> float:
        """Seconds since it was asked."""
        return time.monotonic() - self.asked_at

    @property
    def thinking(self) -> bool:
        """Whether an answer was promised and hasn't come."""
        return bool(self.original and self.original["flags"] & 128)

    @property
    def done(self) -> bool:
        """Whether it was answered, and nothing is promised any more."""
        return self.answered.is_set() and not self.thinking

    @property
    def names(self) -> list[str]:
        """What autocomplete suggested, as it is read."""
        return [choice["name"] for choice in self.choices]

    def __repr__(self) -> str:
        return f"<interaction {self.id} of {self.user.name}, kind {self.kind}>"
