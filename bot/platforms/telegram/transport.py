"""Carries python-telegram-bot's requests over aiohttp, which takes a quarter of the stock transport's CPU.

Requests are JSON: writing the same as a form takes longer than all the rest of sending it.
It logs no URL: they hold the token.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.request import getproxies, proxy_bypass

import aiohttp
import msgspec
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput

T = TypeVar("T")

_JSON = {"Content-Type": "application/json"}
_UNSET = BaseRequest.DEFAULT_NONE


class NotSentError(NetworkError):
    """No connection came about, so Telegram surely didn't get the request."""


class FloodError(TelegramError):
    """Telegram wants us to wait; the library's own error warns when it's made, and drops fractions.

    Attributes:
        seconds: for how long, None if it wasn't said.
    """

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        super().__init__("too many requests" + ("" if seconds is None else f", {seconds:g} s to wait"))


class AiohttpRequest(BaseRequest):
    """The transport of a `telegram.Bot`.

    Args:
        connections: the most at the same time; further requests wait.
        timeout: seconds in which an answer must come.
        proxy: an http, https or socks5 URL; empty: the environment's.
    """

    def __init__(self, connections: int, timeout: float, proxy: str) -> None:
        self._connections = connections
        self._timeout = timeout
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._ways: dict[str, str | None] = {}  # the proxy to each scheme and host

    @property
    def read_timeout(self) -> float:
        """Return in how many seconds an answer must come."""
        return self._timeout

    async def initialize(self) -> None:
        """Open the session."""
        if self._session is None or self._session.closed:
            # The library would look for the environment's proxy on another thread, for every request.
            self._session = aiohttp.ClientSession(connector=self._connector())

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = _UNSET,
        write_timeout: ODVInput[float] = _UNSET,
        connect_timeout: ODVInput[float] = _UNSET,
        pool_timeout: ODVInput[float] = _UNSET,
    ) -> tuple[int, bytes]:
        """Make a request and return its status and body.

        Raises:
            FloodError: it's too much at once.
            NotSentError: no connection came about.
            TimedOut: it was sent perhaps, and no answer came in time.
            NetworkError: the connection broke.
            RuntimeError: the transport isn't open.
        """
        if self._session is None or self._session.closed:
            raise RuntimeError("the transport isn't open")
        connect = _given(connect_timeout, self._timeout)
        waits = (_given(read_timeout, self._timeout), _given(write_timeout, None), connect)
        timeout = aiohttp.ClientTimeout(
            total=sum(wait for wait in waits if wait is not None),
            connect=_given(pool_timeout, connect),
            sock_connect=connect,
        )
        body, headers = _body(request_data)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, proxy=self._way(url)
            ) as response:
                answer = await response.read()
                if response.status == HTTPStatus.TOO_MANY_REQUESTS:
                    raise FloodError(_retry_after(answer))
                return response.status, answer
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(f"no connection: {type(error).__name__}") from error
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(f"the connection broke: {type(error).__name__}") from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; Telegram repeats the whole of every message.

        Raises:
            TelegramError: it isn't an object in JSON.
        """
        try:
            return msgspec.json.decode(payload, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise TelegramError("the answer isn't the Bot API's") from error

    def _connector(self) -> aiohttp.BaseConnector:
        if self._proxy.startswith("socks"):
            from aiohttp_socks import ProxyConnector

            # A name is looked up by the proxy, as "socks5h" says elsewhere: here it may not resolve at all.
            address = self._proxy.replace("socks5h://", "socks5://")
            connector: aiohttp.BaseConnector = ProxyConnector.from_url(
                address, limit=self._connections, rdns=True
            )
            return connector
        return aiohttp.TCPConnector(limit=self._connections)

    def _way(self, url: str) -> str | None:
        """Return the http proxy to a URL, if there is one."""
        if self._proxy:
            return self._proxy if self._proxy.startswith("http") else None
        place = url.partition("/bot")[0]
        if place not in self._ways:
            self._ways[place] = _of_the_environment(URL(place))
        return self._ways[place]


def _of_the_environment(url: URL) -> str | None:
    host = url.host or ""
    return None if proxy_bypass(host) else getproxies().get(url.scheme)


def _retry_after(answer: bytes) -> float | None:
    """Read how long to wait; whatever stands between us and Telegram answers in its own way."""
    try:
        after = json.loads(answer)["parameters"]["retry_after"]
    except (ValueError, KeyError, TypeError):
        return None
    return float(after) if isinstance(after, int | float) and after >= 0 else None


def _given(value: ODVInput[float], otherwise: float | None) -> float | None:
    return otherwise if isinstance(value, DefaultValue) else value


def _body(request_data: RequestData | None) -> tuple[Any, dict[str, str]]:
    """Return a request's body, and the headers that go with it."""
    if request_data is None:
        return None, {}
    files = request_data.multipart_data
    if not files:
        return msgspec.json.encode(request_data.parameters), _JSON
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, mime) in files.items():
        # A file is written piece by piece, while bytes would hold the loop until all of them are.
        file = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=filename, content_type=mime)
    return form, {}
