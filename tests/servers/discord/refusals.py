"""How Discord says no: a status, a number that clients rely on, a sentence, and what is wrong where."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer of an error: HTTP status, Discord's JSON code (0 where it has none), its sentence.

    The codes are https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
    """

    status: int
    code: int
    message: str

    def body(self, errors: Json | None = None) -> Json:
        """The JSON of it."""
        said: Json = {"message": self.message, "code": self.code}
        return said | ({"errors": errors} if errors else {})


class Refused(Exception):  # noqa: N818 - it's an answer, and no mistake of this server
    """An answer that isn't good."""

    def __init__(self, refusal: Refusal, errors: Json | None = None) -> None:
        super().__init__(f"{refusal.code}: {refusal.message}{said(errors or {})}")
        self.refusal = refusal
        self.errors = errors or {}


def said(errors: Json, path: str = "") -> str:
    """Read a tree of errors aloud: each place and what is wrong there."""
    if "_errors" in errors:
        return "".join(f" [{path}: {error['message']} ({error['code']})]" for error in errors["_errors"])
    return "".join(
        said(below, f"{path}.{step}" if path else step)
        for step, below in errors.items()
        if isinstance(below, dict)
    )


def invalid(path: str, code: str, message: str) -> Refused:
    """What a body hears that is wrong at `path`, such as components.0.label."""
    tree: Json = {"_errors": [{"code": code, "message": message}]}
    for step in reversed([step for step in path.split(".") if step]):
        tree = {step: tree}
    return Refused(INVALID_FORM, tree)


@contextlib.contextmanager
def within(name: str) -> Iterator[None]:
    """Let what is wrong in here be wrong below a name, as the data of a callback is."""
    try:
        yield
    except Refused as error:
        raise Refused(error.refusal, {name: error.errors} if error.errors else None) from error


UNAUTHORIZED = Refusal(401, 0, "401: Unauthorized")
NOT_FOUND = Refusal(404, 0, "404: Not Found")
WRONG_METHOD = Refusal(405, 0, "405: Method Not Allowed")
INTERNAL = Refusal(500, 0, "500: Internal Server Error")
UNKNOWN_CHANNEL = Refusal(404, 10003, "Unknown Channel")
UNKNOWN_GUILD = Refusal(404, 10004, "Unknown Guild")
UNKNOWN_MEMBER = Refusal(404, 10007, "Unknown Member")
UNKNOWN_MESSAGE = Refusal(404, 10008, "Unknown Message")
UNKNOWN_ROLE = Refusal(404, 10011, "Unknown Role")
UNKNOWN_USER = Refusal(404, 10013, "Unknown User")
UNKNOWN_WEBHOOK = Refusal(404, 10015, "Unknown Webhook")
UNKNOWN_INTERACTION = Refusal(404, 10062, "Unknown interaction")
UNKNOWN_COMMAND = Refusal(404, 10063, "Unknown application command")
WRONG_APPLICATION = Refusal(403, 20012, "You are not authorized to perform this action on this application")
TOO_MANY_CREATED = Refusal(
    400, 30034, "Max number of daily application command creates has been reached (200)"
)
TOO_LARGE = Refusal(413, 40005, "Request entity too large")
ALREADY_ACKNOWLEDGED = Refusal(400, 40060, "Interaction has already been acknowledged.")
TAG_REQUIRED = Refusal(400, 40067, "A tag is required to create a forum post in this channel")
TOO_MANY_FOLLOW_UPS = Refusal(
    400, 40094, "The maximum number of follow-up messages for this interaction has been reached"
)
MISSING_ACCESS = Refusal(403, 50001, "Missing Access")
NOT_YOURS = Refusal(403, 50005, "Cannot edit a message authored by another user")
EMPTY_MESSAGE = Refusal(400, 50006, "Cannot send an empty message")
CLOSED_TO_YOU = Refusal(403, 50007, "Cannot send messages to this user")
NO_TEXT_CHANNEL = Refusal(400, 50008, "Cannot send messages in a non-text channel")
MISSING_PERMISSIONS = Refusal(403, 50013, "Missing Permissions")
WRONG_CHANNEL_TYPE = Refusal(400, 50024, "Cannot execute action on this channel type")
INVALID_WEBHOOK_TOKEN = Refusal(401, 50027, "Invalid Webhook Token")
INVALID_RECIPIENT = Refusal(400, 50033, "Invalid Recipient(s)")
INVALID_FORM = Refusal(400, 50035, "Invalid Form Body")
ARCHIVED = Refusal(
    400,
    50083,
    "Tried to perform an operation on an archived thread, such as editing a message or adding a user to the "
    "thread",
)
INVALID_JSON = Refusal(400, 50109, "The request body contains invalid JSON.")
NO_HISTORY = Refusal(400, 160002, "Cannot reply without permission to read message history")
THREAD_EXISTS = Refusal(400, 160004, "A thread has already been created for this message")
THREAD_LOCKED = Refusal(403, 160005, "Thread is locked")
