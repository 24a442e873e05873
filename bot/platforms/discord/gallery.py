"""Pictures as messages: galleries of files that come with them, their captions below. Pure.

https://docs.discord.com/developers/components/reference#media-gallery
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.galleries import parts
from bot.platforms.discord.buttons import shortened
from bot.platforms.discord.escaping import length
from bot.platforms.discord.markup import line
from bot.platforms.discord.sending import COMPONENTS, MUTE, QUIET, Upload, attachments, shown
from digest.document import Paragraph, Text
from digest.reading import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.talk import Illustration

LIMIT = 10 * 2**20
"""Bytes that a message with files may have where Discord doesn't say more: a request's, not each file's.

https://docs.discord.com/developers/reference#uploading-files
"""

_MOST = 10  # pictures of a gallery
_BESIDE = 128 * 2**10  # bytes that such a message has beside its files, at most
_TEXT, _GALLERY = 10, 12  # types of components
_LONGEST_CAPTION = 390  # characters: ten of them are within a message's 4,000
_SHORTENED = 190  # of one that is cut: each may need a backslash
_LONGEST_DESCRIPTION = 1_024
_KINDS = {b"\x89PNG": "png", b"GIF8": "gif", b"RIFF": "webp"}


def galleries(pictures: Sequence[Illustration], limit: int) -> tuple[tuple[Illustration, ...], ...]:
    """Put pictures into messages; one that is too large for any is left out.

    Args:
        pictures: any number.
        limit: bytes that a message with files may have.
    """
    return parts(pictures, _MOST, limit - _BESIDE)


def gallery(pictures: Sequence[Illustration], *, alone: bool) -> tuple[dict[str, Any], tuple[Upload, ...]]:
    """Return a message of pictures, without a sound, and the files that come with it.

    Args:
        pictures: ten at most.
        alone: whether one person sees them alone.
    """
    names = [_name(picture.content, number) for number, picture in enumerate(pictures, start=1)]
    said = [_caption(picture) for picture in pictures]
    components: list[dict[str, Any]] = [{"type": _GALLERY, "items": list(map(_item, pictures, names))}]
    if captions := "\n".join(filter(None, said)):
        components.append({"type": _TEXT, "content": captions})
    message = {
        "allowed_mentions": MUTE,
        "flags": COMPONENTS | QUIET | shown(alone=alone),
        "components": components,
        "attachments": attachments(names),
    }
    files = (
        Upload(name, picture.content, f"image/{name.rpartition('.')[2]}")
        for picture, name in zip(pictures, names, strict=True)
    )
    return message, tuple(files)


def _item(picture: Illustration, name: str) -> dict[str, Any]:
    item: dict[str, Any] = {"media": {"url": f"attachment://{name}"}}
    if description := shortened(plain((Paragraph(picture.caption),)).strip(), _LONGEST_DESCRIPTION):
        item["description"] = description
    return item


def _caption(picture: Illustration) -> str:
    """Write a caption as a line; a formatted one isn't cut, which would tear its marks apart."""
    written = line(picture.caption)
    if length(written) <= _LONGEST_CAPTION:
        return written
    return line((Text(shortened(plain((Paragraph(picture.caption),)).strip(), _SHORTENED)),))


def _name(content: bytes, number: int) -> str:
    return f"figure-{number}.{_KINDS.get(content[:4], 'jpeg')}"
