"""What a chat in the terminal says of itself. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase

WELCOME = Phrase("paperround, on {database}. Everything that works: /help.")
HOW_TO_LEAVE = Phrase("A number presses that button. Ctrl-D leaves.")
NO_PAPERS = Phrase("No papers are here yet. Run paperround harvest, or paperround run, which does it daily.")
CLAIM = Phrase("Nobody owns this bot yet. Send this code to become its owner:")
CLAIM_ELSEWHERE = Phrase(
    "Nobody owns this bot yet. Send the code that paperround run printed when it began; where it runs as a "
    "service, its log has it."
)
NO_SUCH_NUMBER = Phrase("There's no [{number}] in the newest reply.")
NO_ANSWER = Phrase("There's no answer to that.")
CANCELLED = Phrase("Cancelled.")
ONCE_MORE = Phrase("Ctrl-C once more leaves.")
