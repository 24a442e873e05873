"""What is said without being asked: in digests, and of trouble. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase

NEXT = Phrase("Next: {day}, about {time}.")
LATE = Phrase("arXiv isn't answering. Today's digest will be late; nothing is lost.")

# Troubles, told to whoever can do something about them
SENT_TOO_LATE = Phrase("{place} took no message for two days: {why}. The papers come with the next digest.")
MESSAGE_REFUSED = Phrase("{place} refuses a message: {why}. Its papers come with the next digest.")
CHAT_GONE = Phrase("I can't write to {place} any more: {why}. Write to me there, and its digests go on.")
NOT_IN_A_THREAD = Phrase(
    "In {place} the notes of papers come below the digest: {why} is missing. Grant it, and they have a "
    "thread of their own."
)
DATABASE_FAILS = Phrase("The database can't be written: {why} Messages wait until it can.")
PLATFORM_STOPPED = Phrase("{place} stopped: {why} It's tried again by itself.")
ARXIV_AWAY = Phrase("arXiv can't be reached for more than a day: {why}")
FALLBACK_WRITES = Phrase("{why} Meanwhile the fallback writes the summaries.")
ARCHIVE_WAITS = Phrase("{why} The archive waits; it's tried again by itself.")
BUDGET_USED_UP = Phrase("{why} Until midnight UTC sentences are extracted instead.")
