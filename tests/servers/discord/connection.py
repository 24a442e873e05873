"""One websocket of the gateway: hello, identify or resume, heartbeats, and how it ends."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import WSMsgType, web

from .cards import user_card
from .compression import packer
from .sessions import ALL_BITS, PRIVILEGED, Intents, Session

if TYPE_CHECKING:
    from .gateway import Gateway

Json = dict[str, Any]

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, RECONNECT, MEMBERS, INVALID, HELLO, ACK = (
    *range(5),
    *range(6, 12),
)
NOT_DECODED, NOT_AUTHENTICATED, WRONG_TOKEN, TWICE, WRONG_SEQ, TOO_FAST = 4002, 4003, 4004, 4005, 4007, 4008
WRONG_SHARD, NEEDS_SHARDS, WRONG_VERSION, WRONG_INTENTS, FORBIDDEN_INTENTS = 4010, 4011, 4012, 4013, 4014
_PER_MINUTE = 120


class ClosedError(Exception):
    """The gateway closes the connection."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class Connection:
    """A connection, from hello until one side ends it."""

    def __init__(
        self,
        gateway: Gateway,
        socket: web.WebSocketResponse,
        query: dict[str, str],
        transport: asyncio.Transport | None,
    ) -> None:
        self.gateway, self.socket, self.query, self.transport = gateway, socket, query, transport
        self.session: Session | None = None
        self.beats = 0
        self._closing = False
        self._pack = packer(query.get("compress"))
        self._waiting: asyncio.Queue[bytes | tuple[int, str] | None] = asyncio.Queue()
        self._times: deque[float] = deque(maxlen=_PER_MINUTE)

    def send(self, payload: bytes) -> None:
        """Send a payload, after those that wait already."""
        self._waiting.put_nowait(payload)

    def op(self, number: int, data: Any = None) -> None:
        """Send a payload that is no event."""
        self.send(msgspec.json.encode({"op": number, "d": data, "s": None, "t": None}))

    def close(self, code: int, reason: str = "") -> None:
        """Close, after what waits already."""
        self._closing = True
        self._waiting.put_nowait((code, reason))

    def drop(self) -> None:
        """Cut the line without a word."""
        self._closing = True
        self._forget()
        if self.transport is not None:
            self.transport.abort()
        self._waiting.put_nowait(None)

    def _forget(self) -> None:
        if self.session is not None and self.session.connection is self:
            self.session.connection = None

    async def serve(self) -> None:
        """Talk until the end."""
        writing = asyncio.ensure_future(self._write())
        try:
            self._hello()
            async for message in self.socket:
                self._heard(message.data if message.type is WSMsgType.TEXT else "")
        except ClosedError as error:
            self.close(error.code, error.reason)
        finally:
            if self._closing:
                await writing
            elif self.session is not None and self.socket.close_code in (1000, 1001):
                self.gateway.forget(self.session)  # the client is done with it
            writing.cancel()
            self._forget()
            self.gateway.ended(self)

    def _hello(self) -> None:
        if self.query.get("v") not in ("9", "10"):
            raise ClosedError(WRONG_VERSION, "Invalid API version")
        self.op(HELLO, {"heartbeat_interval": int(self.gateway.heartbeat * 1000), "_trace": ["[]"]})

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionError, RuntimeError):
            while (what := await self._waiting.get()) is not None:
                if isinstance(what, tuple):
                    self._forget()
                    await self.socket.close(code=what[0], message=what[1].encode())
                    return
                if self.gateway.mute:
                    continue
                packed = self._pack(what)
                if isinstance(packed, str):
                    await self.socket.send_str(packed)
                else:
                    await self.socket.send_bytes(packed)

    def _heard(self, text: str) -> None:
        now = time.monotonic()
        if len(self._times) == _PER_MINUTE and now - self._times[0] < 60:
            raise ClosedError(TOO_FAST, "Rate limited")
        self._times.append(now)
        try:
            said = msgspec.json.decode(text)
            number, data = said["op"], said.get("d")
        except (msgspec.DecodeError, KeyError, TypeError) as error:
            raise ClosedError(NOT_DECODED, "Decode error") from error
        self.gateway.heard.append((number, data))
        if number == HEARTBEAT:
            self.beats += 1
            if not self.gateway.deaf:
                self.op(ACK)
        elif number == IDENTIFY:
            self._identify(data)
        elif number == RESUME:
            self._resume(data)
        elif self.session is None:
            raise ClosedError(NOT_AUTHENTICATED, "Not authenticated")
        elif number == MEMBERS:
            self.gateway.tell_members(self.session, data)
        elif number not in (PRESENCE, VOICE):
            raise ClosedError(4001, "Unknown opcode")
        self.gateway.notify()

    def _identify(self, data: Json) -> None:
        gateway = self.gateway
        if self.session is not None:
            raise ClosedError(TWICE, "Already authenticated")
        if data.get("token") != gateway.token:
            raise ClosedError(WRONG_TOKEN, "Authentication failed")
        intents = data.get("intents")
        if not isinstance(intents, int) or not 0 <= intents <= ALL_BITS:
            raise ClosedError(WRONG_INTENTS, "Invalid intents")
        if Intents(intents & PRIVILEGED) & ~gateway.privileged:
            raise ClosedError(FORBIDDEN_INTENTS, "Disallowed intents")
        shard, shards = data.get("shard") or (0, 1)
        if not 0 <= shard < shards:
            raise ClosedError(WRONG_SHARD, "Invalid shard")
        if shards * 2500 <= len(gateway.world.guilds):
            raise ClosedError(NEEDS_SHARDS, "Sharding required")
        if gateway.refuse_sessions:
            gateway.refuse_sessions -= 1
            self.op(INVALID, data=False)
            return
        self.session = gateway.open(Session(shard, shards, Intents(intents)))
        self.session.connection = self
        gateway.ready(self.session, user_card(gateway.world.bot))

    def _resume(self, data: Json) -> None:
        if data.get("token") != self.gateway.token:
            raise ClosedError(WRONG_TOKEN, "Authentication failed")
        session = self.gateway.sessions.get(data.get("session_id", ""))
        if session is None:
            self.op(INVALID, data=False)
            return
        missed = session.since(data["seq"])
        if missed is None:
            raise ClosedError(WRONG_SEQ, "Invalid seq")
        if session.connection is not None:
            session.connection.close(4000, "Session was resumed elsewhere")
        self.session, session.connection = session, self
        for payload in missed:
            self.send(payload)
        session.resumed += 1
        session.tell("RESUMED", {"_trace": ["[]"]})
