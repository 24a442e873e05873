"""What is kept of a model's answer, whatever it was asked for. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.records import Attempt

if TYPE_CHECKING:
    from digest.writers import Answer

NO_JSON = "The answer isn't the JSON object that was asked for."
"""The complaint about what can't even be read."""


def attempted(answer: Answer, complaints: tuple[str, ...]) -> Attempt:
    """Return what is kept of an answer."""
    return Attempt(answer.model, answer.text, complaints, answer.tokens_in, answer.tokens_out)
