"""Discord's REST API over discord.py's HTTP client and its rate limits. Knows no message and no event.

The library waits and asks again by itself where Discord is busy. Whoever sends wants to hear of it instead,
so that others aren't kept waiting, and a person's answer isn't either.
"""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.request import getproxies, proxy_bypass

import aiohttp
from discord.errors import HTTPException
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Ratelimit, Route
from yarl import URL

from bot.platforms.discord.errors import FloodError, ServerError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.platforms.discord.pace import Pace
    from bot.platforms.discord.sending import Upload

TIMEOUT = 20.0
"""Seconds in which Discord must answer; less than what the outbox allows a platform."""

_TIMEOUT = aiohttp.ClientTimeout(total=TIMEOUT)
_UNSAID = 1.0  # seconds, where a 429 doesn't say how many
_MOST_LIMITS = 512
_DEFAULT = Route.BASE


class Http(HTTPClient):
    """The HTTP client of a `discord.Client`; it outlives a client that gives up, for the next one.

    Args:
        loop: that runs.
        api_url: where the API is.
        gateway_url: where events come from.
        proxy: an http, https or socks5 URL; empty: the environment's.
        pace: gives requests their turns, but for answers to interactions, which Discord doesn't count.

    Attributes:
        denied: set when Discord says that the token is wrong.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, api_url: str, gateway_url: str, proxy: str, pace: Pace
    ) -> None:
        super().__init__(loop, _connector(proxy), proxy=_http_proxy(proxy, api_url))
        self.denied = asyncio.Event()
        self._pace = pace
        self._api_url = api_url
        self._gateway = URL(gateway_url)
        self._is_open = False
        self._most_limits = _MOST_LIMITS

    async def request(self, route: Route, *, urgent: bool = True, **kwargs: Any) -> Any:
        """Make a request in its turn and return what is in its answer.

        Raises:
            FloodError: it's too much at once.
            ServerError: Discord failed.
            HTTPException: Discord refuses it.
            aiohttp.ClientError: no answer came.
            TimeoutError: the same.
        """
        if route.webhook_token is None:
            await self._pace.turn(urgent=urgent)
        route.url = self._api_url + route.url.removeprefix(_DEFAULT)
        try:
            answer = await super().request(route, timeout=_TIMEOUT, middlewares=(_raise_early,), **kwargs)
        except HTTPException as error:
            # The token of an interaction that is over is refused with the same status.
            if error.status == HTTPStatus.UNAUTHORIZED and route.webhook_token is None:
                self.denied.set()
            raise
        except FloodError as error:
            if error.everywhere:
                self._pace.halt(_UNSAID if error.seconds is None else error.seconds)
            raise
        except ValueError:
            raise ServerError("the answer isn't Discord's") from None
        if answer and isinstance(answer, str):
            raise ServerError("the answer isn't Discord's")
        return answer

    async def call(
        self,
        method: str,
        path: str,
        payload: Any = None,
        *,
        files: Sequence[Upload] = (),
        urgent: bool = True,
        **parameters: Any,
    ) -> Any:
        """Make a request with a JSON body, in a form where files come with it.

        Args:
            method: of HTTP.
            path: with a name in braces for each parameter.
            payload: the body; None for no body.
            files: those that the body's `attachments` name by their place.
            urgent: whether somebody waits for it.
            parameters: what stands in the path, and `query`, what stands behind it.
        """
        more: dict[str, Any] = {} if payload is None else {"json": payload}
        if files:
            more = {"form": _form(payload, files)}
        if query := parameters.pop("query", None):
            more["params"] = query
        return await self.request(Route(method, path, **parameters), urgent=urgent, **more)

    async def static_login(self, token: str) -> Any:
        """Ask who a token's bot is; the session is opened once."""
        if not self._is_open:
            self._is_open = True
            return await super().static_login(token)
        self.token = token
        return await self.request(Route("GET", "/users/@me"))

    async def get_bot_gateway(self) -> Any:
        """Return how many shards Discord wants, where events come from, and how often one may ask."""
        shards, _, limits = await super().get_bot_gateway()
        return shards, str(self._gateway), limits

    async def ws_connect(self, url: str, *, compress: int = 0) -> aiohttp.ClientWebSocketResponse:
        """Open the gateway where it is for us; where to resume at is Discord's to say."""
        wanted = URL(url)
        if wanted.host == DiscordWebSocket.DEFAULT_GATEWAY.host:
            wanted = self._gateway.with_query(wanted.query)
        return await super().ws_connect(str(wanted), compress=compress)

    def get_ratelimit(self, key: str) -> Ratelimit:
        """Return a limit; those that are over are forgotten now and then.

        The library's own look at all of them for every chat is slow with thousands of chats.
        """
        limit = self._buckets.get(key)
        if limit is None:
            if len(self._buckets) >= self._most_limits:
                self._buckets = {each: known for each, known in self._buckets.items() if not _is_over(known)}
                self._most_limits = 2 * len(self._buckets) + _MOST_LIMITS
            limit = self._buckets[key] = Ratelimit(self.max_ratelimit_timeout)
        return limit

    async def close(self) -> None:
        """Do nothing: a client that gives up closes what the next one goes on with."""

    async def end(self) -> None:
        """Let nobody wait for a turn any more, and close every connection."""
        self._pace.close()
        await super().close()


def _form(payload: Any, files: Sequence[Upload]) -> list[dict[str, Any]]:
    """Return the fields of a form: https://docs.discord.com/developers/reference#uploading-files."""
    sent = [
        {
            "name": f"files[{number}]",
            "value": BytesIO(file.content),  # written piece by piece, while bytes would hold the loop
            "filename": file.name,
            "content_type": file.content_type,
        }
        for number, file in enumerate(files)
    ]
    return [{"name": "payload_json", "value": json.dumps(payload)}, *sent]


async def _raise_early(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    response = await handler(request)
    if response.status == HTTPStatus.TOO_MANY_REQUESTS:
        said = await response.read()
        raise FloodError(_seconds(said, response), everywhere=_is_global(response))
    if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        await response.read()  # which gives the connection back
        raise ServerError(f"Discord answers {response.status}")
    return response


def _seconds(said: bytes, response: aiohttp.ClientResponse) -> float | None:
    """Read how long to wait; what stands between us and Discord says it in a header, or not at all."""
    try:
        return max(float(json.loads(said)["retry_after"]), 0.0)
    except (ValueError, KeyError, TypeError):
        after = response.headers.get("Retry-After", "")
        return float(after) if after.isdecimal() else None


def _is_global(response: aiohttp.ClientResponse) -> bool:
    # Cloudflare, which has no buckets, means everything that comes from here.
    return response.headers.get("X-RateLimit-Global", "") == "true" or "Via" not in response.headers


def _is_over(limit: Ratelimit) -> bool:
    if limit.outgoing or limit._pending_requests:  # noqa: SLF001 - nothing else says that somebody waits
        return False
    return limit.expires is None or limit.is_expired()


def _connector(proxy: str) -> aiohttp.BaseConnector:
    if proxy.startswith("socks"):
        from aiohttp_socks import ProxyConnector

        # A name is looked up by the proxy, as "socks5h" says elsewhere: here it may not resolve at all.
        socks: aiohttp.BaseConnector = ProxyConnector.from_url(
            proxy.replace("socks5h://", "socks5://"), limit=0, rdns=True
        )
        return socks
    return aiohttp.TCPConnector(limit=0)


def _http_proxy(proxy: str, api_url: str) -> str | None:
    if proxy:
        return proxy if proxy.startswith("http") else None
    url = URL(api_url)
    return None if proxy_bypass(url.host or "") else getproxies().get(url.scheme)
