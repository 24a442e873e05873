"""What Telegram's errors mean for a message. Pure; knows texts of the Bot API, which says little else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import error as tg

from bot.chats import Address
from bot.outbox import Gone, Moved, Refused, Retry, Unknown
from bot.platforms.telegram.transport import FloodError, NotSentError

if TYPE_CHECKING:
    from bot.outbox import Outcome

_CLOSED = (
    "chat not found",
    "peer_id_invalid",
    "message thread not found",
    "topic_closed",
    "topic_deleted",
    "topic closed",
    "topic deleted",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_send_",  # CHAT_SEND_PLAIN_FORBIDDEN and its like
    "chat_restricted",
    "chat_admin_required",
    "user_is_blocked",
    "bot was kicked",
    "group chat was deactivated",
)
"""Parts of what a 400 says where we can't write at all, whatever we write."""

_NO_PICTURES = ("send photos", "chat_send_photos", "chat_send_media")
"""The same where only pictures aren't wanted."""

_OUTCOMES: tuple[tuple[type[tg.TelegramError], type[Gone | Retry | Unknown]], ...] = (
    (tg.Forbidden, Gone),
    (NotSentError, Retry),
    (tg.InvalidToken, Retry),  # an owner may bring the token back
    (tg.Conflict, Retry),
)
_SAME = "message is not modified"
_NO_METHOD = "not found"  # "Not Found: method not found"; what a 400 says has words before it


def outcome_of(error: tg.TelegramError, address: Address) -> Outcome:
    """Return what follows from an error of a send or an edit.

    What a 400 says that isn't known is `Refused`: the plain form is tried once, and then an owner hears of
    it. Any other error that isn't known may have come after the message was sent.
    """
    why = error.message
    match error:
        case FloodError():
            return Retry(why, error.seconds)
        case tg.ChatMigrated():
            return Moved(Address(address.platform, str(error.new_chat_id), address.thread))
        case tg.BadRequest():
            return Gone(why) if any(part in why.lower() for part in _CLOSED) else Refused(why)
        case tg.InvalidToken() if _NO_METHOD in why.lower():  # a server of an older Bot API
            return Refused(why)
    return next((outcome(why) for kind, outcome in _OUTCOMES if isinstance(error, kind)), Unknown(why))


def lacks_method(outcome: Refused | Gone) -> bool:
    """Return whether this is how a server of an older Bot API refuses what it doesn't know."""
    return outcome.why.lower().startswith(_NO_METHOD)


def of_words(outcome: Outcome) -> Outcome:
    """Return what follows for the words that take a picture's place where a chat takes no pictures."""
    if isinstance(outcome, Gone) and any(part in outcome.why.lower() for part in _NO_PICTURES):
        return Refused(outcome.why)
    return outcome


def is_same(error: tg.TelegramError) -> bool:
    """Return whether an edit failed because nothing would change, which is as good as done."""
    return isinstance(error, tg.BadRequest) and _SAME in error.message.lower()
