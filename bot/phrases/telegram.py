"""What Telegram shows of the bot before anybody writes to it. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase

DESCRIPTION = Phrase(
    "Each morning I read what arXiv announced and send you the papers on your topics, in short: who wrote "
    "them, what is new, where the code is. Press Start, then /subscribe to a topic in your own words."
)
SHORT_DESCRIPTION = Phrase("What arXiv announced on your topics, each morning, in short.")
