"""The one figure of a paper that a digest shows: which it is, and as a block. Pure; knows no platform."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.compose_notes import picture_blocks
from digest.safety import web_link

if TYPE_CHECKING:
    from digest.document import Blocks
    from digest.fulltext import FullPaper, Picture
    from digest.translation import Phrases

LONGEST_CAPTION = 150
"""Characters below a figure of a digest, its label included: two lines on a phone."""


def teaser_of(full_paper: FullPaper, site: str) -> Picture | None:
    """Return the first figure that can be shown by its address, with that image alone; None without one.

    Args:
        full_paper: what was read of a paper; figures cut out of a PDF have no address.
        site: the address of the site that papers are read from; no other's are shown.
    """
    for figure in full_paper.figures:
        for image in figure.images:
            if web_link(image) and _place(image) == _place(site):
                return replace(figure, images=(image,))
    return None


def teaser_blocks(figure: Picture, phrases: Phrases) -> Blocks:
    """Write such a figure, in the language of the phrases."""
    return tuple(picture_blocks((figure,), phrases, longest=LONGEST_CAPTION))


def _place(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc
