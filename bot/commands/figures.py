"""The figures of a paper: pictures that follow its notes, or where to look at them. Knows no platform."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.commands.replies import sentences
from bot.phrases import noting as say
from bot.talk import Illustration, Reply
from digest.compose_notes import LONGEST_CAPTION, figure_blocks
from digest.document import Document, Figure, Link, Paragraph, Text
from digest.errors import FileError, SourceError, StorageError
from digest.fulltext import Form
from digest.passages import filled
from digest.phrases import HTML, PDF

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.talk import Then
    from digest.document import Blocks
    from digest.fulltext import FullPaper
    from digest.model import Paper
    from digest.notebook import Notebook
    from digest.translation import Phrases

MOST_FIGURES = 10
"""Pictures at once: what Telegram's albums and Discord's galleries hold."""

_LOG = logging.getLogger(__name__)


async def places_of(notebook: Notebook, paper: Paper, full_paper: FullPaper) -> Callable[[str], str]:
    """Return what says where a picture of a paper can be looked at on this machine; empty for nowhere."""
    images = [image for figure in full_paper.figures for image in figure.images]
    places: Mapping[str, str] = {}
    if images:
        try:
            places = await notebook.places(paper, images)
        except (SourceError, StorageError) as error:
            _LOG.warning("the figures of %s: %s", paper.id, error)
    return lambda image: places.get(image, "")


def figures_of(notebook: Notebook, paper: Paper, full_paper: FullPaper, phrases: Phrases) -> Then | None:
    """Return what gets a paper's figures and shows them; None if it has none.

    They may have to be fetched one by one, which nobody who reads the notes waits for.
    """
    blocks = figure_blocks(full_paper, phrases, longest=LONGEST_CAPTION)
    figures = [block for block in blocks if isinstance(block, Figure)]
    if not figures:
        return None

    async def then() -> Reply | None:
        wanted = figures[:MOST_FIGURES]
        pictures = []
        for figure in wanted:
            try:
                content = await notebook.picture(paper, figure.url)
            except FileError as error:
                _LOG.info("%s of %s: %s", figure.url, paper.id, error)
            except (SourceError, StorageError) as error:
                _LOG.warning("the figures of %s: %s", paper.id, error)
                break
            else:
                pictures.append(Illustration(content, figure.caption))
        missing, more = len(wanted) - len(pictures), len(figures) - len(wanted)
        told = sentences(
            phrases.count(say.FIGURES_MISSING, missing) if missing else "",
            phrases.count(say.FIGURES_MORE, more) if more else "",
        )
        return Reply(
            Document("", phrases.language, told),
            pictures=tuple(pictures),
            unshown=_unshown(paper, full_paper, phrases),
        )

    return then


def _unshown(paper: Paper, full_paper: FullPaper, phrases: Phrases) -> Blocks:
    """Say where figures are that a platform refuses: where those that were to be shown come from."""
    if full_paper.form is Form.HTML:
        link = Link((Text(phrases(HTML)),), paper.html_link)
    else:
        link = Link((Text(phrases(PDF)),), paper.pdf_link)
    return (Paragraph(tuple(filled(phrases.pattern(say.FIGURES_UNSHOWN), link=link))),)
