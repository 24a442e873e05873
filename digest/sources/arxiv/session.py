"""HTTP as arXiv's terms ask for it: one place for time-outs, proxy, User-Agent and what an answer must be.

`ArxivSession` is a requests session, because that is what the `arxiv` package talks through; every answer it
returns is a whole one of status 200, everything else is one of our errors.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from lxml import etree

from digest.backoff import read_retry_after
from digest.errors import (
    SourceBusyError,
    SourceError,
    SourceGarbledError,
    SourceRejectedError,
    SourceUnreachableError,
)
from digest.sources.arxiv.xml import fold

if TYPE_CHECKING:
    from collections.abc import Callable

_MAX_BYTES = 64 * 1024 * 1024  # 2,000 entries are about 6 MB
_CHECK_PROXY = "check [network] proxy and HTTPS_PROXY"
_WHOLE_ANSWER = 5  # times the time-out, which bounds only the wait for each piece


class ArxivSession(requests.Session):
    """A session that raises `SourceError` and nothing else.

    Args:
        user_agent: names the program, its version and a contact.
        timeout: seconds to wait for a connection, and for each piece of the answer.
        proxy: for every request; empty means that the environment decides.
        clock: seconds, monotonic.
    """

    def __init__(
        self, user_agent: str, timeout: float, proxy: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._user_agent = user_agent
        self._timeout = timeout
        self._clock = clock
        if proxy:
            self.trust_env = False  # otherwise the environment's proxy would win
            self.proxies = {"http": proxy, "https": proxy}

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        """Make a request and read its whole answer."""
        kwargs |= {"timeout": self._timeout, "stream": True, "headers": {"User-Agent": self._user_agent}}
        try:
            with super().request(method, url, *args, **kwargs) as response:
                body = self._read(response)
        except (requests.RequestException, OSError, ValueError) as error:
            raise _unreachable(error, str(url)) from error
        response._content = body  # noqa: SLF001 - what requests itself does on reading .content
        _raise_for_status(response)
        return response

    def _read(self, response: requests.Response) -> bytes:
        deadline = self._clock() + self._timeout * _WHOLE_ANSWER
        body = bytearray()
        for piece in response.iter_content(64 * 1024):
            body += piece
            if len(body) > _MAX_BYTES:
                raise SourceGarbledError(
                    f"arXiv's answer is larger than {_MAX_BYTES >> 20} MB; it was left unread."
                )
            if self._clock() > deadline:
                raise SourceUnreachableError("arXiv answers too slowly. Try again later.")
        return bytes(body)


def _unreachable(error: Exception, url: str) -> SourceError:
    host = urlsplit(url).netloc.rpartition("@")[2]  # never a password
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return SourceGarbledError(f"The answer of {host} was cut short. Try again later.")
    if isinstance(error, requests.exceptions.ProxyError) or "SOCKS" in str(error):
        why = f"the proxy refused; {_CHECK_PROXY}"
    elif isinstance(error, ValueError):  # our own addresses were checked, so it's another's
        why = f"the address of a proxy or a redirection can't be used; {_CHECK_PROXY}"
    elif isinstance(error, requests.Timeout | TimeoutError):
        why = "it didn't answer in time"
    elif isinstance(error, requests.exceptions.SSLError):
        why = "its certificate can't be trusted"
    elif isinstance(error, requests.ConnectionError):
        why = "no connection"
    else:
        why = type(error).__name__
    return SourceUnreachableError(f"Can't reach arXiv at {host}: {why}. Try again later.")


def _raise_for_status(response: requests.Response) -> None:
    status = response.status_code
    if status == requests.codes.ok:
        return
    if status == requests.codes.too_many or status >= requests.codes.server_error:
        raise SourceBusyError(
            f"arXiv is busy (HTTP {status}). Try again later.",
            read_retry_after(response.headers.get("Retry-After"), datetime.now(UTC)),
        )
    if status == requests.codes.forbidden:
        raise SourceRejectedError(
            "arXiv refuses to answer (HTTP 403). Set [arxiv] contact, so that it knows who is asking."
        )
    raise SourceRejectedError(f"arXiv rejected the request (HTTP {status}): {_complaint(response.content)}.")


def _complaint(body: bytes) -> str:
    """Return what an error document of the feed or the API says is wrong."""
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return "it doesn't say why"
    places = ("{*}entry/{*}summary", "{*}subtitle", "channel/description")
    said = next(filter(None, (fold(root.findtext(place)) for place in places)), "it doesn't say why")
    return said.rstrip(".")
