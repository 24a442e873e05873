"""Captions of what Telegram shows or takes as files: HTML within its limit. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.platforms.telegram.markup import markup, unformatted, utf16
from digest import inlines
from digest.document import Paragraph, Text

if TYPE_CHECKING:
    from digest.document import Inlines

LONGEST_CAPTION = 1_024
"""UTF-16 units of what is read: https://core.telegram.org/bots/api#inputmediaphoto"""

_MODE = "HTML"


def captioned(caption: Inlines) -> dict[str, Any]:
    """Return the parameters that put a caption below something; none for an empty one."""
    text = markup((Paragraph(shortened(caption)),))
    return {"caption": text, "parse_mode": _MODE} if text.strip() else {}


def shortened(caption: Inlines) -> Inlines:
    """Return a caption that Telegram takes, cut after a sentence or a word."""

    def fits(line: Inlines) -> bool:
        return utf16(unformatted((Paragraph((*line, Text("…"))),))) <= LONGEST_CAPTION

    if fits(caption):
        return caption
    parts = inlines.cut(caption, fits, forced=True)
    return (*parts[0], Text("…")) if parts else ()
