"""Pictures as one message: a gallery of files that come with it, their captions below. Pure.

https://docs.discord.com/developers/components/reference#media-gallery
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.platforms.discord.buttons import shortened
from bot.platforms.discord.escaping import length
from bot.platforms.discord.markup import line
from bot.platforms.discord.sending import COMPONENTS, MUTE, QUIET, shown
from digest.document import Paragraph, Text
from digest.reading import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.talk import Illustration

_TEXT, _GALLERY = 10, 12  # types of components
_LONGEST_CAPTION = 390  # characters: ten of them are within a message's 4,000
_SHORTENED = 190  # of one that is cut: each may need a backslash
_LONGEST_DESCRIPTION = 1_024
_KINDS = {b"\x89PNG": "png", b"GIF8": "gif", b"RIFF": "webp"}


def gallery(pictures: Sequence[Illustration], *, alone: bool) -> list[dict[str, Any]]:
    """Return the fields of a form that sends pictures, without a sound.

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
        "attachments": [{"id": number, "filename": name} for number, name in enumerate(names)],
    }
    files = [
        {"name": f"files[{number}]", "value": picture.content, "filename": name, "content_type": _type(name)}
        for number, (picture, name) in enumerate(zip(pictures, names, strict=True))
    ]
    return [{"name": "payload_json", "value": json.dumps(message)}, *files]


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


def _type(name: str) -> str:
    return f"image/{name.rpartition('.')[2]}"
