"""What stands where a message had to be cut off, or a file left out, as its platform takes no more."""

from __future__ import annotations

from digest.phrases import Phrase

REST_AT = Phrase("The rest: {links}")
FILE_REFUSED = Phrase("The file can't be sent here. Ask for it in a private chat with me.")
NO_ROOM = Phrase("The rest has no room here.")
