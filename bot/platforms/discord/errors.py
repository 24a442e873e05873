"""What Discord's errors mean for a message. Pure; knows the codes of its API.

https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import aiohttp
from discord.errors import HTTPException

from bot.outbox import Gone, Refused, Retry, Unknown

if TYPE_CHECKING:
    from bot.outbox import Outcome


class FloodError(Exception):
    """Discord wants us to wait.

    Attributes:
        seconds: for how long, None if it wasn't said.
        everywhere: whether no request may be made at all.
    """

    def __init__(self, seconds: float | None, *, everywhere: bool) -> None:
        self.seconds = seconds
        self.everywhere = everywhere
        super().__init__("too many requests" + ("" if seconds is None else f", {seconds:g} s to wait"))


class ServerError(Exception):
    """Discord failed, or something between us and it; what was asked for may have been done."""


FAILURES = (HTTPException, FloodError, ServerError, aiohttp.ClientError, OSError, TimeoutError)
"""Everything that a request raises."""

NO_TEXT = 50008
"""Nothing can be written in this channel: it's a forum, of which the bot didn't know that yet."""

UNKNOWN_INTERACTION, ALREADY_ANSWERED = 10062, 40060

NO_PERMISSION = 50013
"""For a message with a file it may be that for files."""

THREAD_EXISTS = 160004
"""A try whose answer was lost opened it, or a person did."""

NO_THREAD = frozenset(
    {
        10008,  # unknown message: who manages the channel deleted it
        50024,  # no threads in such a channel
        160006,  # too many threads
    }
)
"""Why no thread can be opened under a message, beside a permission that is missing."""

_CLOSED = frozenset(
    {
        10003,  # unknown channel
        10004,  # unknown server
        10013,  # unknown user
        50001,  # missing access
        50007,  # the person takes no messages from us
        50009,  # the server's verification level is too high
        NO_PERMISSION,
        50033,  # no such person
        50083,  # the thread is archived
        50278,  # no server in common any more
        160005,  # the thread is locked
        NO_TEXT,
    }
)
"""Where we can't write at all, whatever we write."""


def outcome_of(error: BaseException) -> Outcome:
    """Return what follows from an error of a send or an edit.

    What Discord refuses for a reason that isn't known is `Refused`: the plain form is tried once, and then an
    owner hears of it. Where no answer came, the message is asked for again with the same nonce.
    """
    match error:
        case FloodError():
            return Retry(str(error), error.seconds)
        case HTTPException():
            return _refusal(error)
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return Retry(f"no connection: {type(error).__name__}")
        case _:
            return Unknown(str(error) if isinstance(error, ServerError) else type(error).__name__)


def outcome_with_files(error: BaseException) -> Outcome:
    """Return what follows from an error of a message with files: without them it may be taken."""
    outcome = outcome_of(error)
    return Refused(outcome.why) if isinstance(outcome, Gone) and code_of(error) == NO_PERMISSION else outcome


def code_of(error: BaseException) -> int:
    """Return Discord's code for an error; 0 where it has none."""
    return error.code if isinstance(error, HTTPException) else 0


def _refusal(error: HTTPException) -> Outcome:
    why = f"{error.text or error.response.reason} ({error.code})"
    if error.status == HTTPStatus.UNAUTHORIZED:
        return Retry(why)  # an owner may bring the token back
    return Gone(why) if error.code in _CLOSED else Refused(why)
