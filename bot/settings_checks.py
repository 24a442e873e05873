"""What each kind of setting takes, in words and as a check; knows single values, not where they stand."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo, available_timezones

from digest.taxonomy import CATEGORIES, is_archive_or_category

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from urllib.parse import SplitResult

# https://www.rfc-editor.org/info/bcp47: language, script, region, variants; enough to tell a tag from a word.
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*",
    re.ASCII | re.IGNORECASE,
)
URL = "an http or https URL such as {}"
"""What a setting takes, to be filled in with an example."""

_EMAIL = re.compile(r"[^\s@<>():/]+@[^\s@<>():/]+\.[^\s@<>():/]+")
_TOPIC_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_LONGEST_TOPIC_NAME = 32  # a button's data has 64 bytes on Telegram, and the name is in it


def _accept(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a key takes.

    Attributes:
        words: completes the sentence “it takes …”.
        check: returns the value, normalised; raises ValueError whose text is a hint, or empty.
        private: the value may hold a password and is never shown.
    """

    words: str
    check: Callable[[Any], Any] = _accept
    private: bool = False


def nearest(text: str, choices: Iterable[str]) -> str | None:
    """Return the choice that somebody who typed this text most likely meant, if any comes close."""
    by_folded = {choice.casefold(): choice for choice in sorted(choices)}
    found = difflib.get_close_matches(text.casefold(), by_folded, n=1)
    return by_folded[found[0]] if found else None


def meant(choice: str | None) -> str:
    """Return “did you mean …?” for a choice, nothing for none."""
    return f"did you mean “{choice}”?" if choice else ""


def check_archives(archives: tuple[str, ...]) -> tuple[str, ...]:
    """Accept arXiv's archives and categories, each once."""
    for name in archives:
        if not is_archive_or_category(name):
            raise ValueError(_describe_archive(name))
    return tuple(dict.fromkeys(archives))


def check_some_archives(archives: tuple[str, ...]) -> tuple[str, ...]:
    """Accept arXiv's archives and categories, at least one."""
    if not archives:
        raise ValueError("name at least one")
    return check_archives(archives)


def _describe_archive(name: str) -> str:
    archive, dot, subject_class = name.partition(".")
    near = nearest(archive, CATEGORIES)
    if near is None:
        return f"“{name}” isn't one"
    choices = (f"{near}{dot}{subject_class.upper()}", f"{near}{dot}{subject_class.lower()}", near)
    return f"“{name}” isn't one; {meant(next(filter(is_archive_or_category, choices)))}"


def check_url(text: str) -> str:
    """Accept an http or https URL without a query; return it without a slash at its end."""
    parts = _split(text, {"http", "https"})
    if parts.query or parts.fragment:
        raise ValueError
    return urlunsplit(parts).rstrip("/")


def check_socket_url(text: str) -> str:
    """Accept a ws or wss URL without a query; return it without a slash at its end."""
    parts = _split(text, {"ws", "wss"})
    if parts.query or parts.fragment:
        raise ValueError
    return urlunsplit(parts).rstrip("/")


def check_optional_url(text: str) -> str:
    """Accept nothing, or an http or https URL without a query."""
    return check_url(text) if text else text


def check_listen(text: str) -> str:
    """Accept a host and a port, an IPv6 address in brackets."""
    parts = _split(f"http://{text}", {"http"})
    if parts.port is None or parts.path or parts.username is not None or parts.query or parts.fragment:
        raise ValueError
    return text


def check_listing_url(text: str) -> str:
    """Accept a server's address with or without ``/rss``; return it without."""
    return check_url(text).removesuffix("/rss")


def check_api_url(text: str) -> str:
    """Accept a server's address or the API's full one; return the full one."""
    url = check_url(text)
    if url.endswith("/api/query"):
        return url
    return f"{url.removesuffix('/api')}/api/query"


def check_proxy(text: str) -> str:
    """Accept nothing, or the URL of an HTTP or SOCKS proxy."""
    if text:
        _split(text, {"http", "https", "socks5", "socks5h"})
    return text


def check_contact(text: str) -> str:
    """Accept nothing, an e-mail address or a URL that fits into an HTTP header."""
    if text and not (text.isascii() and text.isprintable()):
        raise ValueError
    if text and not _EMAIL.fullmatch(text):
        check_url(text)
    return text


def check_language(text: str) -> str:
    """Accept a language tag."""
    if not _LANGUAGE.fullmatch(text):
        near = text.replace("_", "-")
        raise ValueError(meant(near if _LANGUAGE.fullmatch(near) else None))
    return text


def check_zone(text: str) -> str:
    """Accept a name of the IANA time zone database."""
    try:
        return ZoneInfo(text).key
    except (KeyError, ValueError, OSError):  # unknown; not a name; a folder such as “Europe”
        pass
    zones = available_timezones()
    city = text.strip().replace(" ", "_").casefold()
    in_a_region = sorted(zone for zone in zones if zone.casefold().endswith(f"/{city}"))
    raise ValueError(meant(in_a_region[0] if city and in_a_region else nearest(text, zones)))


def check_gemini_url(text: str) -> str:
    """Accept a server's address with or without the API's version; return it without."""
    return check_url(text).removesuffix("/v1beta").removesuffix("/v1")


def check_model(text: str) -> str:
    """Accept a model's name, which goes into an address; return it without Google's ``models/``."""
    if not text.strip():
        raise ValueError
    return check_optional_model(text.removeprefix("models/"))


def check_optional_model(text: str) -> str:
    """Accept nothing, or a model's name."""
    if not text.isprintable() or " " in text:
        raise ValueError
    return text


def check_filled(text: str) -> str:
    """Accept any text but blank."""
    if not text.strip():
        raise ValueError
    return text


def check_path(path: Path) -> Path:
    """Accept a file's path; ``~`` at its start is the home folder."""
    if "\0" in str(path):
        raise ValueError
    try:
        return path.expanduser()
    except RuntimeError:
        raise ValueError("there is no such home folder") from None


def check_optional_path(path: str) -> str:
    """Accept a path or nothing; ``~`` at its start is the home folder."""
    return str(check_path(Path(path))) if path.strip() else ""


def is_topic_name(text: str) -> bool:
    """Tell whether a topic may have this name: lower-case letters, digits and hyphens, at most 32."""
    return _TOPIC_NAME.fullmatch(text) is not None and len(text) <= _LONGEST_TOPIC_NAME


def _split(text: str, schemes: Collection[str]) -> SplitResult:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port  # reading the port checks it
    except ValueError:
        raise ValueError from None  # the library's text quotes the part, which may be a password
    # urlsplit drops tabs and line ends without a word, so the text itself is looked at.
    if parts.scheme not in schemes or not host or not text.isprintable() or " " in text:
        raise ValueError
    return parts
