"""What Telegram takes for a photo; pure, and read by a library that the bot doesn't use for it.

Source: https://core.telegram.org/bots/api#sendphoto
"""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image

from .refusals import Refused

_MOST_BYTES = 10 * 2**20
_MOST_TOGETHER, _MOST_RATIO = 10_000, 20


def check_photo(content: bytes) -> None:
    """Hold a photo against the rules.

    Raises:
        Refused: It breaks one.
    """
    if len(content) > _MOST_BYTES:
        raise Refused("PHOTO_SAVE_FILE_INVALID")
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(content)) as opened:
            width, height = opened.size
    except (OSError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("IMAGE_PROCESS_FAILED") from error
    if width + height > _MOST_TOGETHER or max(width, height) > _MOST_RATIO * min(width, height):
        raise Refused("PHOTO_INVALID_DIMENSIONS")


def check_album(photos: list[bytes]) -> None:
    """Hold the photos of an album against the rules; one that breaks them costs all.

    Raises:
        Refused: It says which.
    """
    for number, content in enumerate(photos, start=1):
        try:
            check_photo(content)
        except Refused as error:
            said = error.description.removeprefix("Bad Request: ")
            raise Refused(f'failed to send message #{number} with the error message "{said}"') from error
