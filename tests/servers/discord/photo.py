"""Takes docs/discord.png, a digest of the sample papers: ``python -m tests.servers.discord.photo``.

Needs Chromium and its fonts. The picture carries the hash of the page that it shows, so that a test tells
when the bot shows something else by now.
"""

from __future__ import annotations

import hashlib
import re
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

from bot.platforms.discord.messages import components, read_body
from digest.compose import Presses, compose
from digest.document import Button
from digest.index import index
from digest.model import Edition, Entry, Section, Topic
from digest.rank import rank
from digest.sources.sample import sample_listing
from digest.summaries.extract import extract
from digest.translation import phrases_for

from .picture import picture

PHOTO = Path(__file__).parents[3] / "docs" / "discord.png"

_WIDTH = 720  # CSS pixels
_SHOWN = 3
_OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars"
).split()
_MEASURED = "<script>document.title = document.documentElement.scrollHeight</script>"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEY = b"Source\x00"


def page() -> str:
    """Draw the digest as a channel gets it."""
    listing = sample_listing(("cs",))
    topic = Topic("diffusion-models", "Diffusion models", '"diffusion models"')
    found = rank(topic, index(each.paper for each in listing.announcements))
    entries = tuple(Entry(match, extract(match.paper)) for match in found[:_SHOWN])
    document = compose(
        Edition((listing.date,), (Section(topic, entries, len(found)),), len(listing.announcements)),
        phrases_for("en"),
        closing="Next: Mon 29 June, about 07:00.",
        presses=Presses("summarize", "more", (Button("Settings", "settings"),)),
    )
    author = {"username": "paperround", "bot": True}
    messages = [
        {"author": author, "timestamp": "2026-06-26T07:00:00+00:00", "components": read_body(message.body)[1]}
        for message in components(document)
    ]
    return picture(messages, "papers", topic="What arXiv announced")


def source_of(photo: bytes) -> str:
    """Return the hash of the page that a picture shows; empty if it doesn't say."""
    place = photo.find(b"tEXt" + _KEY)
    (length,) = struct.unpack(">I", photo[place - 4 : place]) if place > 0 else (0,)
    return photo[place + 4 + len(_KEY) : place + 4 + length].decode()


def hashed(html: str) -> str:
    """Return the hash of a page."""
    return hashlib.sha256(html.encode()).hexdigest()


def take(photo: Path = PHOTO) -> None:
    """Take the picture."""
    html = page()
    with tempfile.TemporaryDirectory() as folder:
        file, shot = Path(folder) / "page.html", Path(folder) / "shot.png"
        file.write_text(html + _MEASURED, "utf-8")
        seen = _chromium(f"--window-size={_WIDTH},100", "--dump-dom", file.as_uri())
        height = re.search(r"<title>(\d+)</title>", seen)
        assert height, "the page has no height"
        size = f"--window-size={_WIDTH},{height[1]}"
        _chromium(size, f"--screenshot={shot}", file.as_uri())
        photo.write_bytes(_signed(shot.read_bytes(), hashed(html)))


def _chromium(*options: str) -> str:
    done = subprocess.run(["chromium", *_OPTIONS, *options], check=True, capture_output=True, text=True)  # noqa: S607 - a developer's own
    return done.stdout


def _signed(photo: bytes, source: str) -> bytes:
    """Put a hash into a picture, as text after its header: https://www.w3.org/TR/png-3/#11tEXt."""
    end = len(_SIGNATURE) + 4 + 4 + 13 + 4  # length, name, IHDR, checksum
    named = b"tEXt" + _KEY + source.encode()
    chunk = struct.pack(">I", len(named) - 4) + named + struct.pack(">I", zlib.crc32(named))
    return photo[:end] + chunk + photo[end:]


if __name__ == "__main__":
    take()
