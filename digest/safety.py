"""What text from strangers may carry to a screen or a page. Pure; knows no markup.

Paper text, chat text and model text are data. They can't move the cursor, reverse the reading direction, hide
characters or lead anywhere but to the web. The signs of a markup are each renderer's own to escape.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_BLANK = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]")
# Controls (ANSI escapes begin with one), bidi controls (https://trojansource.codes), byte order marks,
# annotations, tag characters and what isn't a character at all.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)
_LONE = re.compile("[\ud800-\udfff]")
# What a URL may hold, by RFC 3986 section 2; anything else should have been percent-encoded.
_URL = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_NAME = r"(?:[A-Za-z0-9_~-]|%[0-9A-F]{2})(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})*"
_BESIDE = re.compile(f"(?:{_NAME}/)?{_NAME}")


def printable(text: str) -> str:
    """Return the text on one line, without characters that act instead of being read."""
    if text.isascii() and text.isprintable():
        return text  # most is like that
    return _LONE.sub("\ufffd", _UNSEEN.sub("", _BLANK.sub(" ", text)))


def web_link(url: str) -> str:
    """Return the URL if it's a plain http or https one, else nothing.

    Refused are other schemes (``javascript:``), hosts that are missing or hide behind a user name, and
    characters that a URL can't hold.
    """
    if not _URL.fullmatch(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc else ""


def beside(url: str) -> str:
    """Return the relative URL of a file that lies beside a page if it's such a name as we give, else nothing.

    That is a name, or a folder and a name, of letters, digits, dots, hyphens and percent-encoded bytes.
    """
    return url if _BESIDE.fullmatch(url) else ""
