"""Every sentence that the bot itself says, in English, which is the source language. Holds text alone.

The phrases of documents are in `digest.phrases`; both are translated in the catalogs of `digest`.
"""

from __future__ import annotations

from digest.phrases import Phrase

NEXT = Phrase("Next: {day}, about {time}.")
LATE = Phrase("arXiv isn't answering. Today's digest will be late; nothing is lost.")
