"""What stands where a message had to be cut off, as its platform takes no more."""

from __future__ import annotations

from digest.phrases import Phrase

REST_AT = Phrase("The rest: {links}")
NO_ROOM = Phrase("The rest has no room here.")
