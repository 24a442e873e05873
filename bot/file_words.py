"""A reply's file as words, for where it can't be sent, or is to be copied from as well. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.phrases import cut as say
from digest.document import Paragraph, Preformatted, Text
from digest.translation import phrases_for

if TYPE_CHECKING:
    from bot.talk import File
    from digest.document import Document

LONGEST = 3_000
"""Characters of a file that is worth reading in a chat; more are what files are for."""


def beside(document: Document, file: File) -> Document:
    """Return what stands with a file that is sent: its lines too where they are to be copied from."""
    return in_words(document, file) if file.shown else document


def in_words(document: Document, file: File) -> Document:
    """Return a document with the lines of a file below it."""
    return replace(document, blocks=(*document.blocks, Preformatted(file.text, file.language)))


def instead(document: Document, file: File) -> Document:
    """Return what is shown where a file was refused: its lines, or a word about them if they are many."""
    return in_words(document, file) if len(file.text) <= LONGEST else refused(document)


def refused(document: Document) -> Document:
    """Return a document that says below what it says that its file can't be sent."""
    told = phrases_for(document.language)(say.FILE_REFUSED)
    return replace(document, blocks=(*document.blocks, Paragraph((Text(told),))))
