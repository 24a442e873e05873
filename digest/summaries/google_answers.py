"""What Gemini's answers mean, whichever library brought them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.errors import ModelAnswerError
from digest.writers import Answer

if TYPE_CHECKING:
    from digest.summaries.refusals import Service

_WHOLE = frozenset({"", "STOP", "FINISH_REASON_UNSPECIFIED"})


@dataclass(frozen=True, slots=True)
class Reply:
    """What came.

    Attributes:
        text: of the first candidate, without its thoughts.
        finish: why it ended, as Google's word; empty if it doesn't say.
        block: why the question was blocked, as Google's word; empty if it wasn't.
        model: the one that answered; may be empty.
        tokens_in: of the question.
        tokens_out: of thoughts and answer.
    """

    text: str
    finish: str
    block: str
    model: str
    tokens_in: int
    tokens_out: int


def answer_of(reply: Reply, service: Service) -> Answer:
    """Return a whole answer.

    Raises:
        ModelAnswerError: it was blocked, cut off or is empty; neither library says so by itself.
    """
    paid: dict[str, Any] = {
        "model": reply.model or service.model,
        "tokens_in": reply.tokens_in,
        "tokens_out": reply.tokens_out,
    }
    title = service.title
    if reply.block:
        raise ModelAnswerError(f"{title} blocked the question ({_words(reply.block)}).", **paid)
    if reply.finish == "MAX_TOKENS":
        raise ModelAnswerError(
            f"{title} cut the answer off; [{service.section}] thinking gives it more room.", **paid
        )
    if reply.finish not in _WHOLE:
        raise ModelAnswerError(f"{title} blocked the answer ({_words(reply.finish)}).", **paid)
    if not reply.text.strip():
        raise ModelAnswerError(f"{title} gave an empty answer.", **paid)
    return Answer(reply.text.strip(), **paid)


def _words(constant: str) -> str:
    return constant.replace("_", " ").lower()
