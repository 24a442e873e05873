"""Which pictures Telegram shows, by sizes read from files that another library wrote."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from bot.platforms.telegram.albums import albums, is_photo
from bot.platforms.telegram.picture_sizes import size_of
from bot.talk import Illustration
from digest.document import Text

SIDES = st.integers(1, 400)


def drawn(width: int, height: int, form: str = "PNG", **how: object) -> bytes:
    """Draw a picture of this size."""
    file = BytesIO()
    Image.new("RGB", (width, height)).save(file, form, **how)
    return file.getvalue()


@given(
    SIDES,
    SIDES,
    st.sampled_from(
        [
            ("PNG", {}),
            ("GIF", {}),
            ("JPEG", {}),
            ("JPEG", {"progressive": True, "exif": b"Exif\0\0" + bytes(5_000), "comment": "a \xff\xc0 b"}),
            ("WEBP", {}),
            ("WEBP", {"lossless": True}),
            ("WEBP", {"exif": b"Exif\0\0"}),
        ]
    ),
)
def test_sizes_are_those_of_the_picture(width: int, height: int, how: tuple[str, dict[str, object]]) -> None:
    """Whatever the format and whatever stands before the size in the file."""
    form, options = how
    assert size_of(drawn(width, height, form, **options)) == (width, height)


@given(st.sampled_from([b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8", b"RIFF", b""]), st.binary(max_size=60))
@example(b"\xff\xd8", b"\xff" * 10_000)
@example(b"\xff\xd8", b"\xff\xe0\x00\x00" * 10_000)
def test_what_is_no_picture_has_some_size_or_none(begin: bytes, rest: bytes) -> None:
    """A file that is torn or hostile raises nothing and takes no time."""
    size = size_of(begin + rest)
    assert size is None or min(size) >= 0


@pytest.mark.parametrize(
    ("width", "height", "shown"),
    [(1, 20, True), (1, 21, False), (9_000, 1_000, True), (9_000, 1_001, False), (400, 300, True)],
)
def test_what_telegram_shows(width: int, height: int, *, shown: bool) -> None:
    """Its limits are met to the pixel: https://core.telegram.org/bots/api#sendphoto."""
    assert is_photo(drawn(width, height)) is shown


def test_albums_are_no_larger_than_what_telegram_takes_at_once() -> None:
    """Ten pictures of nearly 10 MB are three albums, and none is lost."""
    pictures = [Illustration(drawn(4, 3) + bytes(9_900_000), (Text(f"{n}"),)) for n in range(10)]
    made = albums(pictures)
    assert [len(album) for album in made] == [4, 4, 2]
    assert [picture for album in made for picture in album] == pictures
