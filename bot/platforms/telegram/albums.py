"""Pictures as requests of the Bot API: an album, or one alone. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import InputFile, InputMediaDocument, InputMediaPhoto

from bot.platforms.telegram.markup import markup, unformatted, utf16
from bot.platforms.telegram.requests import where
from digest import inlines
from digest.document import Paragraph, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.chats import Address
    from bot.platforms.telegram.requests import Request
    from bot.talk import Illustration
    from digest.document import Inlines

LONGEST_CAPTION = 1_024
"""UTF-16 units of what is read: https://core.telegram.org/bots/api#inputmediaphoto"""

_MODE = "HTML"


def album(address: Address, pictures: Sequence[Illustration]) -> Request:
    """Return what sends pictures as such: https://core.telegram.org/bots/api#sendmediagroup."""
    return _sending(address, pictures, "photo")


def files(address: Address, pictures: Sequence[Illustration]) -> Request:
    """Return what sends pictures as files: Telegram takes none for a photo that is very long or large."""
    return _sending(address, pictures, "document")


def _sending(address: Address, pictures: Sequence[Illustration], kind: str) -> Request:
    to = where(address, sound=False)
    if len(pictures) == 1:  # an album has two at least
        (picture,) = pictures
        file = InputFile(picture.content, filename=_name(picture.content, 1))
        return f"send{kind.title()}", to | {kind: file} | _captioned(picture.caption)
    made = InputMediaPhoto if kind == "photo" else InputMediaDocument
    media = [
        made(picture.content, filename=_name(picture.content, number), **_captioned(picture.caption))
        for number, picture in enumerate(pictures, start=1)
    ]
    return "sendMediaGroup", to | {"media": media}


def _captioned(caption: Inlines) -> dict[str, Any]:
    text = markup((Paragraph(_shortened(caption)),))
    return {"caption": text, "parse_mode": _MODE} if text.strip() else {}


def _shortened(caption: Inlines) -> Inlines:
    def fits(line: Inlines) -> bool:
        return utf16(unformatted((Paragraph((*line, Text("…"))),))) <= LONGEST_CAPTION

    if fits(caption):
        return caption
    parts = inlines.cut(caption, fits, forced=True)
    return (*parts[0], Text("…")) if parts else ()


def _name(content: bytes, number: int) -> str:
    """Return a file's name, by what its first bytes say it is."""
    endings = {b"\x89PNG": "png", b"GIF8": "gif", b"RIFF": "webp"}
    return f"figure-{number}.{endings.get(content[:4], 'jpg')}"
