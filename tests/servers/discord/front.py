"""HTTP of Discord: a request is decoded, checked, maybe met by a fault, carried out, answered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web

from .faults import banned, flood
from .messages import Upload
from .refusals import INTERNAL, INVALID_FORM, INVALID_JSON, TOO_LARGE, UNAUTHORIZED, Refused
from .request import Call, Request
from .routes import HANDLERS, find, without_token
from .schema import check, check_answer, described

if TYPE_CHECKING:
    from .control import Control
    from .faults import Fault
    from .limits import Verdict
    from .server import DiscordServer

Json = dict[str, Any]

ROOT = "/api/v10"
MOST_BYTES = 10 * 2**20


class Front:
    """What listens."""

    def __init__(self, server: DiscordServer, control: Control | None) -> None:
        self.server, self.control = server, control
        self.released = asyncio.Event()

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request, or take a connection to the gateway."""
        path = request.raw_path.partition("?")[0]
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await self.server.gateway.answer(request)
        if path.startswith("/attachments/"):
            return self._file(path)
        if not path.startswith(ROOT) and self.control is not None:
            return await self.control.answer(request, path)
        try:
            return await self._rest(request, path.removeprefix(ROOT))
        except (OSError, web.HTTPException):
            raise
        except Exception as error:  # a mistake of this server's own must not look like one of the bot's
            self.server.violations.append(f"{request.method} {path}: the server failed with {error!r}")
            raise
        finally:
            self.server.notify()

    def _file(self, path: str) -> web.Response:
        data = self.server.files.get(f"{self.server.url}{path}")
        return web.Response(status=404) if data is None else web.Response(body=data)

    async def _rest(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        server = self.server
        route, body, verdict = f"{request.method} {path}", None, None
        names: dict[str, str] = {}
        try:
            route, names = self._find(request.method, path)
            server.counts[route] += 1
            if server.rates is not None:
                verdict = server.rates.ask(route, names)
                if verdict.wait:
                    return self._too_fast(route, names, verdict)
            self._known(request, route)
            asked = await self._read(request, route, names)
            body = asked.body
            fault = self._fault(route, names)
            if fault is not None:
                early = await self._meet(fault, request, asked)
                if early is not None:
                    self._note(route, names, body, early.status)
                    return early
            status, result = await self._carry_out(asked)
        except Refused as error:
            self._note(route, names, body, error.refusal.status, str(error))
            return _json(error.refusal.body(error.errors), error.refusal.status, verdict)
        self._note(route, names, body, status)
        return _json(result, status, verdict)

    def _find(self, method: str, path: str) -> tuple[str, dict[str, str]]:
        try:
            return find(method, path)
        except Refused:
            if self.server.described and described(method, path):
                self.server.violations.append(f"this server has yet to learn {method} {path}")
            raise

    def _known(self, request: web.BaseRequest, route: str) -> None:
        if not without_token(route) and request.headers.get("Authorization") != f"Bot {self.server.token}":
            raise Refused(UNAUTHORIZED)

    def _note(self, route: str, names: dict[str, str], body: Any, status: int, said: str = "") -> None:
        server = self.server
        server.calls.append(Call(server.monotonic(), route, names, body, status, said))
        if server.rates is not None:
            server.rates.answered(status)

    def _too_fast(self, route: str, names: dict[str, str], verdict: Verdict) -> web.Response:
        fault = (
            banned(int(verdict.wait) + 1)
            if verdict.banned
            else flood(verdict.wait, everywhere=verdict.everywhere)
        )
        self._note(route, names, None, 429, "too fast")
        return _fault_answer(fault, verdict.headers)

    def _fault(self, route: str, names: dict[str, str]) -> Fault | None:
        if not self.server.plan.planned:
            return None
        channel = names.get("channel", "")
        return self.server.plan.take(route, int(channel) if channel.isdecimal() else None)

    async def _carry_out(self, asked: Request) -> tuple[int, Any]:
        server = self.server
        try:
            if server.described:
                check(asked)
            result = HANDLERS[asked.route](server, asked)
        except Refused as error:
            if error.refusal in (INVALID_FORM, INTERNAL) and server.check:
                server.violations.append(f"{asked.route}: {error}")
            raise
        status, answer = result if isinstance(result, tuple) else (204 if result is None else 200, result)
        if server.described and (wrong := check_answer(asked.route, status, answer)):
            server.violations.append(wrong)
        return status, answer

    async def _read(self, request: web.BaseRequest, route: str, names: dict[str, str]) -> Request:
        query = dict(request.query) if "?" in request.raw_path else {}
        files: dict[str, Upload] = {}
        if request.content_type == "multipart/form-data":
            fields = await request.post()
            raw = str(fields.get("payload_json", "{}")).encode()
            for name, part in fields.items():
                if isinstance(part, web.FileField):
                    number = name.removeprefix("files[").removesuffix("]")
                    files[number] = Upload(part.filename, part.file.read(), part.content_type)
        else:
            raw = await request.read()
        if files and (request.content_length or 0) > MOST_BYTES:
            raise Refused(TOO_LARGE)
        try:
            body = msgspec.json.decode(raw) if raw else {}
        except msgspec.DecodeError as error:
            raise Refused(INVALID_JSON) from error
        return Request(route, names, query, body, files)

    async def _meet(self, fault: Fault, request: web.BaseRequest, asked: Request) -> web.Response | None:
        self.server.notify()
        if fault.taken:
            await self._carry_out(asked)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.hang:
            await self.released.wait()
        if fault.drop:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        return _fault_answer(fault) if fault.status or fault.refusal else None


def _fault_answer(fault: Fault, headers: dict[str, str] | None = None) -> web.Response:
    if fault.refusal is not None:
        return _json(fault.refusal.body(), fault.refusal.status)
    found = {"Content-Type": "text/html"} | fault.headers | (headers or {})
    return web.Response(status=fault.status, body=fault.body, headers=found)


def _json(answer: Any, status: int = 200, verdict: Verdict | None = None) -> web.Response:
    headers = {"Via": "1.1 google", "Content-Type": "application/json"} | (verdict.headers if verdict else {})
    if status == 204:
        del headers["Content-Type"]
        return web.Response(status=204, headers=headers)
    return web.Response(status=status, body=msgspec.json.encode(answer), headers=headers)
