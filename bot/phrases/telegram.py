"""What Telegram shows of the bot before anybody writes to it, and of channels. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase

DESCRIPTION = Phrase(
    "Each morning I read what arXiv announced and send you the papers on your topics, in short: who wrote "
    "them, what is new, where the code is. Press Start, then /subscribe to a topic in your own words."
)
SHORT_DESCRIPTION = Phrase("What arXiv announced on your topics, each morning, in short.")
NAME_A_CHANNEL = Phrase(
    "Make me an admin of your Telegram channel who may post. Then, in a private chat with me: /channel @name "
    "subscribe, and a topic. Every command works so, such as /channel @name settings."
)
CHANNEL = Phrase("Use a command for a Telegram channel of yours")
NO_CHANNEL = Phrase("I'm not in {name}. Make me an admin there who may post, then try again.")
NOT_ITS_ADMIN = Phrase("Only admins of {name} can do that.")
