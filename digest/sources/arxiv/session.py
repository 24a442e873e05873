"""HTTP as arXiv's terms ask for it: one place for time-outs, proxy, User-Agent and what an answer must be.

`ArxivSession` is a requests session, because that is what the `arxiv` package talks through; every answer it
returns is a whole one of status 200, everything else is one of our errors.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

import requests
from lxml import etree

from digest.backoff import read_retry_after
from digest.errors import (
    FileTooLargeError,
    SourceBusyError,
    SourceError,
    SourceGarbledError,
    SourceRejectedError,
    SourceUnreachableError,
    StorageError,
)
from digest.sources.arxiv.xml import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MAX_BYTES = 64 * 1024 * 1024  # 2,000 entries are about 6 MB
_SMALL = 64 * 1024  # bytes; what comes with a redirection or says that nothing is there
_CHECK_PROXY = "check [network] proxy and HTTPS_PROXY"
_WHOLE_ANSWER = 5  # times the time-out, which bounds only the wait for each piece


@dataclass(frozen=True, slots=True)
class Answered:
    """The head of an answer.

    Attributes:
        status: of HTTP.
        kind: the content type in lower-case letters, without its parameters.
        location: where a redirection leads; may be relative.
    """

    status: int
    kind: str
    location: str


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

    def download(self, url: str, into: BinaryIO, most_bytes: int) -> Answered:
        """Write a file down as it comes; redirections aren't followed.

        Args:
            url: whose.
            into: where it's written to.
            most_bytes: how large it may be.

        Returns:
            What was answered; nothing is written unless the status is 200.

        Raises:
            FileTooLargeError: it has more bytes.
            StorageError: it can't be written.
            SourceError: there's no such answer now, or it was cut.
        """
        try:
            with super().request(
                "GET",
                url,
                timeout=self._timeout,
                stream=True,
                allow_redirects=False,
                headers={"User-Agent": self._user_agent},
            ) as response:
                if response.status_code == requests.codes.ok:
                    if int(response.headers.get("Content-Length") or 0) > most_bytes:
                        raise FileTooLargeError
                    for piece in self._pieces(response):
                        _write(into, piece)
                        if into.tell() > most_bytes:
                            raise FileTooLargeError
                elif response.status_code in {requests.codes.too_many, requests.codes.forbidden} or (
                    response.status_code >= requests.codes.server_error
                ):
                    _raise_for_status(response)
                else:
                    next(response.iter_content(_SMALL), b"")  # or the connection couldn't be used again
                return Answered(
                    response.status_code,
                    response.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
                    response.headers.get("Location", ""),
                )
        except (requests.RequestException, OSError, ValueError) as error:
            raise _unreachable(error, url) from error

    def _pieces(self, response: requests.Response) -> Iterator[bytes]:
        deadline = self._clock() + self._timeout * _WHOLE_ANSWER
        for piece in response.iter_content(64 * 1024):
            yield piece
            if self._clock() > deadline:
                raise SourceUnreachableError("arXiv answers too slowly. Try again later.")

    def _read(self, response: requests.Response) -> bytes:
        body = bytearray()
        for piece in self._pieces(response):
            body += piece
            if len(body) > _MAX_BYTES:
                raise SourceGarbledError(
                    f"arXiv's answer is larger than {_MAX_BYTES >> 20} MB; it was left unread."
                )
        return bytes(body)


def _write(into: BinaryIO, piece: bytes) -> None:
    try:
        into.write(piece)
    except OSError as error:  # or it would pass for one of the network's
        raise StorageError(f"A paper couldn't be written to disk: {error.strerror}.") from error


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
