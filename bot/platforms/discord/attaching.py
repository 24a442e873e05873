"""A document and a file as what is kept and sent to Discord: the file below the words. Pure.

https://docs.discord.com/developers/components/reference#file
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot import file_words
from bot.outbox import Message
from bot.platforms.discord.escaping import length
from bot.platforms.discord.markup import preformatted
from bot.platforms.discord.messages import PLAIN_LIMIT, components, read_body
from bot.platforms.discord.page import MOST_COMPONENTS, every
from digest.document import Preformatted

if TYPE_CHECKING:
    from bot.talk import File
    from digest.document import Document

_FILE = 13  # the type of the component


def with_file(document: Document, file: File) -> tuple[Message, ...]:
    """Write a document and a file as one message, or the file after the words if these are too many.

    Its plain form has the file's lines, or says that the file can't be sent: it's what is sent where Discord
    refuses files.
    """
    if not document.blocks and not file.shown:
        return (_attached(file.name, [], document, file),)
    *before, last = components(file_words.beside(document, file))
    title, made = read_body(last.body)
    if len([*every(made)]) < MOST_COMPONENTS:
        return (*before, _attached(title, made, document, file))
    return (*before, last, _attached(title, [], replace(document, blocks=()), file))


def _attached(title: str, made: list[dict[str, Any]], document: Document, file: File) -> Message:
    shown = {"type": _FILE, "file": {"url": f"attachment://{file.name}"}}
    body = {
        "title": title,
        "components": [*made, shown],
        "file": {"name": file.name, "text": file.text},
    }
    return Message(json.dumps(body, ensure_ascii=False, separators=(",", ":")), _plain(document, file))


def _plain(document: Document, file: File) -> str:
    lines = preformatted(Preformatted(file.text, file.language), within=False)
    words = components(document)[-1].plain if document.blocks else ""
    text = f"{words}\n{lines}".strip()
    if length(text) <= PLAIN_LIMIT:
        return text
    told = file_words.refused(document)
    return components(told)[-1].plain
