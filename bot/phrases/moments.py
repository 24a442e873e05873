"""How times are said, and when the next digest comes. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase

MOMENT = Phrase("{day}, {time}")
DAY_AND_TIME = Phrase("{day}, about {time}")

# When the next digest comes
FIRST_DIGEST = Phrase("First digest: {when}.")
NEXT_DIGEST = Phrase("Next digest: {when}.")
ONCE_LISTED = Phrase("as soon as arXiv's list is in")
IN_MINUTES = Phrase("in a few minutes")
PAUSED = Phrase("Digests are paused; /resume brings them back.")
PAUSED_UNTIL = Phrase("Digests are paused until {moment}.")

# When none comes
NO_TOPICS = Phrase("This chat has no topics, so no digest comes.")
