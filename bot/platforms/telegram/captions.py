"""Captions of what Telegram shows or takes as files: HTML within its limit. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.platforms.telegram.markup import markup, unformatted, utf16
from digest import inlines
from digest.document import Paragraph, Text

if TYPE_CHECKING:
    from digest.document import Blocks, Heading, Inlines

LONGEST_CAPTION = 1_024
"""UTF-16 units of what is read: https://core.telegram.org/bots/api#inputmediaphoto"""

_MODE = "HTML"


_LONGEST_HEADING = 600  # UTF-16 units; a longer one would leave no room for what it heads


def captioned(caption: Inlines, heading: Heading | None = None) -> dict[str, Any]:
    """Return the parameters that put a caption below something; none for an empty one.

    Args:
        caption: cut after a sentence or a word where it's too long.
        heading: what stands above it, such as the title of its paper.
    """
    above: Blocks = (heading,) if heading and _length((heading,)) <= _LONGEST_HEADING else ()
    text = markup((*above, Paragraph(shortened(caption, above))))
    return {"caption": text, "parse_mode": _MODE} if text.strip() else {}


def shortened(caption: Inlines, above: Blocks = ()) -> Inlines:
    """Return a caption that Telegram takes below these blocks, cut after a sentence or a word."""

    def fits(line: Inlines) -> bool:
        return _length((*above, Paragraph((*line, Text("…"))))) <= LONGEST_CAPTION

    if fits(caption):
        return caption
    parts = inlines.cut(caption, fits, forced=True)
    return (*parts[0], Text("…")) if parts else ()


def _length(blocks: Blocks) -> int:
    return utf16(unformatted(blocks))
