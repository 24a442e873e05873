"""Takes tokens, keys and passwords out of text; knows what they look like, not where the text goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus, unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARK = "[redacted]"
"""What stands where a secret stood."""

# A shorter secret would blank ordinary words; a short proxy password is still caught by its place in the URL.
_SHORTEST = 4

_NAMES = r"[\w-]{0,30}?(?:token|secret|passw(?:or)?d|api[_-]?key|authorization)|key"
_HEADER = r"(?i:authorization)[\"']?\s{0,3}[:=,]\s{0,3}(?:b?[\"'])?"
_ITEM = rf"[\"'](?i:{_NAMES})[\"']\s{{0,3}}[:,]\s{{0,3}}b?(?P<quote>[\"'])"

# Each keeps its groups named `before` and `after`, so that a reader of the log still sees what was there.
# Repetitions are bounded where they could otherwise make a long line slow.
_PATTERNS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        # An Authorization header, as a line, a mapping's repr or a pair of bytes.
        rf"(?P<before>{_HEADER})(?:(?i:bearer|bot|basic|token)\s+)?[^\s\"',;]+",
        r"(?P<before>\b(?i:bearer|basic)\s+)[A-Za-z0-9+/=._~-]{16,}",
        # user:password@ in a URL of any scheme; the last @ before the path ends it.
        r"(?P<before>[A-Za-z0-9]://)[^\s/?#\"'<>]+(?P<after>@)",
        # Telegram: the bot's number, a colon that may be escaped, 35 characters.
        r"(?<!\d)\d{6,}(?::|%3[Aa])[\w-]{30,}",
        # Discord: three base64 parts; a webhook's or interaction's token follows its id in the path.
        r"(?<![\w-])[\w-]{23,40}\.[\w-]{5,8}\.[\w-]{27,}",
        r"(?P<before>/(?:webhooks|interactions)/\d{5,}/)[\w.-]{20,}",
        # Google, in both its forms, and OpenAI with its many followers.
        r"AIza[\w-]{30,}",
        r"(?<!\w)AQ\.[\w-]{20,}",
        r"(?<!\w)sk-[\w-]{16,}",
        # key=… in a query, a form or a log line; 'api_key': '…' in a mapping's repr or in JSON.
        rf"(?P<before>(?<![\w-])(?i:{_NAMES})=)(?!\[redacted\])[^\s&;,\"'<>#)\]]+",
        rf"(?P<before>{_ITEM})(?!\[redacted\])(?:(?!(?P=quote)).)+",
        r"(?P<before>\b(?i:x-goog-api-key|x-api-key|api-key)\s{0,3}:\s{0,3})[^\s\"',;]+",
    )
)


class Redactor:
    """Replaces secrets in text with a mark.

    Args:
        secrets: values known to be secret; each is also found percent-encoded, decoded and escaped as in a
            repr. Values under four characters are left to the patterns.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        forms = {form for secret in secrets for form in _forms(secret) if len(form) >= _SHORTEST}
        # The longest first, so that no secret leaves the tail of another that begins the same way.
        longest_first = sorted(forms, key=lambda form: (-len(form), form))
        self._known = re.compile("|".join(map(re.escape, longest_first))) if forms else None

    def __call__(self, text: str) -> str:
        """Return the text without its secrets."""
        if self._known is not None:
            text = self._known.sub(MARK, text)
        for pattern in _PATTERNS:
            text = pattern.sub(_mark, text)
        return text


def _forms(secret: str) -> Iterator[str]:
    yield secret
    yield unquote(secret)
    yield quote(secret, safe="")
    yield quote(secret)
    yield quote_plus(secret)
    yield repr(secret)[1:-1]


def _mark(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return f"{groups.get('before') or ''}{MARK}{groups.get('after') or ''}"
