"""Pictures as requests of the Bot API: an album of photos, of files, or one alone. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InputFile, InputMediaDocument, InputMediaPhoto

from bot.galleries import parts
from bot.platforms.telegram.captions import captioned
from bot.platforms.telegram.picture_sizes import size_of
from bot.platforms.telegram.requests import where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.chats import Address
    from bot.platforms.telegram.requests import Request
    from bot.talk import Illustration

_MOST = 10  # of an album: https://core.telegram.org/bots/api#sendmediagroup
_MOST_OF_ALL = 49 * 1_000_000  # bytes that come at once: https://core.telegram.org/bots/api#sending-files
_MOST_BYTES = 10 * 1_000_000  # of a photo: https://core.telegram.org/bots/api#sendphoto
_MOST_TOGETHER = 10_000  # pixels of its width and height
_MOST_RATIO = 20  # of one to the other


def albums(pictures: Sequence[Illustration]) -> tuple[tuple[Illustration, ...], ...]:
    """Put pictures into albums: first what Telegram shows, then what it takes as files alone."""
    shown = [picture for picture in pictures if is_photo(picture.content)]
    others = [picture for picture in pictures if not is_photo(picture.content)]
    return (*parts(shown, _MOST, _MOST_OF_ALL), *parts(others, _MOST, _MOST_OF_ALL))


def is_photo(content: bytes) -> bool:
    """Return whether Telegram shows a picture; what is too long or large for it can be sent as a file."""
    size = size_of(content)
    if size is None or not all(size) or len(content) > _MOST_BYTES:
        return False
    return sum(size) <= _MOST_TOGETHER and max(size) <= _MOST_RATIO * min(size)


def ways(address: Address, pictures: Sequence[Illustration]) -> tuple[Request, ...]:
    """Return what sends the pictures of an album without a sound; each is worth a try where one is refused.

    A single picture may come as a file, which readers have to open; of several it's better known which.
    """
    kinds = ["photo"] if all(is_photo(picture.content) for picture in pictures) else []
    if len(pictures) == 1 or not kinds:
        kinds.append("document")
    return tuple(_sending(address, pictures, kind) for kind in kinds)


def _sending(address: Address, pictures: Sequence[Illustration], kind: str) -> Request:
    to = where(address, sound=False)
    if len(pictures) == 1:  # an album has two at least
        (picture,) = pictures
        file = InputFile(picture.content, filename=_name(picture.content, 1))
        return f"send{kind.title()}", to | {kind: file} | captioned(picture.caption)
    made = InputMediaPhoto if kind == "photo" else InputMediaDocument
    media = [
        made(picture.content, filename=_name(picture.content, number), **captioned(picture.caption))
        for number, picture in enumerate(pictures, start=1)
    ]
    return "sendMediaGroup", to | {"media": media}


def _name(content: bytes, number: int) -> str:
    """Return a file's name, by what its first bytes say it is."""
    endings = {b"\x89PNG": "png", b"GIF8": "gif", b"RIFF": "webp"}
    return f"figure-{number}.{endings.get(content[:4], 'jpg')}"
