"""HTTP of the Bot API: a request is decoded, checked, maybe met by a fault, carried out, answered."""

from __future__ import annotations

import asyncio
import inspect
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web
from yarl import URL

from .methods import HANDLERS
from .refusals import Refused
from .schema import WrongRequestError, loosely, model, strictly

if TYPE_CHECKING:
    from .control import Control
    from .faults import Fault
    from .server import TelegramServer
    from .world import Json


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it came, and the status of its answer."""

    at: float
    method: str
    arguments: Json
    status: int
    description: str = ""


class Front:
    """What listens."""

    def __init__(self, server: TelegramServer, control: Control | None) -> None:
        self.server, self.control = server, control
        self.released = asyncio.Event()

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        server, at = self.server, time.monotonic()
        _, place, *rest = request.raw_path.partition("?")[0].split("/")
        method = rest[0] if rest else ""
        if self.control is not None and not place.startswith("bot"):
            return await self.control.answer(request, place, method)
        server.counts[method] += 1
        try:
            return await self._answer(request, place[3:], method, at)
        except (OSError, web.HTTPException):
            raise
        except Exception as error:  # a mistake of this server's own must not look like one of the bot's
            server.violations.append(f"{method}: the server failed with {error!r}")
            raise
        finally:
            server.notify()

    async def _answer(
        self, request: web.BaseRequest, token: str, method: str, at: float
    ) -> web.StreamResponse:
        server = self.server
        arguments: Json = {}
        try:
            self._known(token, method)
            arguments = await self._arguments(request, method)
            if server.plan.planned and (fault := server.plan.take(method, self._chat_of(arguments))):
                server.notify()
                early = await self._meet(fault, request, method, arguments)
                if early is not None:
                    server.calls.append(Call(at, method, arguments, fault.status, fault.description))
                    return early
            result = await self._carry_out(method, arguments)
        except Refused as error:
            if request.transport is not None and not request.transport.is_closing():
                server.calls.append(Call(at, method, arguments, error.status, error.description))
            return _refusal(error.status, error.description, error.parameters)
        if method != "getUpdates":
            server.calls.append(Call(at, method, arguments, 200))
        return _json({"ok": True, "result": result})

    def _known(self, token: str, method: str) -> None:
        if token != self.server.token:
            raise Refused("", 401)
        if method.lower() not in HANDLERS:
            if self.server.check and model(method) is not None:
                self.server.violations.append(f"this server has yet to learn {method}")
            raise Refused("method not found", 404)

    async def _carry_out(self, method: str, arguments: Json) -> Any:
        result = HANDLERS[method.lower()](self.server, arguments)
        return await result if inspect.isawaitable(result) else result

    async def _arguments(self, request: web.BaseRequest, method: str) -> Json:
        fields: dict[str, str] = dict(request.query) if "?" in request.raw_path else {}
        body: Json | None = None
        if request.content_type == "application/json":
            body = _body(await request.read())
        elif request.content_type == "application/x-www-form-urlencoded":
            # yarl reads forms in C, several times as fast as urllib
            fields |= URL.build(query_string=(await request.read()).decode(), encoded=True).query.items()
        else:
            for name, value in (await request.post()).items():
                if isinstance(value, web.FileField):
                    self.server.files[name] = (value.filename, value.file.read())
                    fields.setdefault(name, f"attach://{name}")
                else:
                    fields[name] = str(value)
        if not self.server.check:
            return loosely(fields) | (body or {})
        try:
            return strictly(method, {k: v for k, v in fields.items() if not self._upload(k, fields)}, body)
        except WrongRequestError as error:
            self.server.violations.append(str(error))
            raise Refused(str(error)) from error

    def _upload(self, name: str, fields: dict[str, str]) -> bool:
        """Whether a field is only the place of a file that another field names."""
        return fields[name] == f"attach://{name}" and any(
            f"attach://{name}" in value for other, value in fields.items() if other != name
        )

    def _chat_of(self, arguments: Json) -> int | None:
        try:
            return self.server.world.chat(arguments["chat_id"]).id
        except (Refused, KeyError):
            return None

    async def _meet(
        self, fault: Fault, request: web.BaseRequest, method: str, arguments: Json
    ) -> web.StreamResponse | None:
        if fault.taken:
            await self._carry_out(method, arguments)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.hang:
            await self.released.wait()
        if fault.drop:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if fault.body is not None:
            return web.Response(status=fault.status or 200, body=fault.body, content_type="text/html")
        return _refusal(fault.status, fault.description, fault.parameters) if fault.status else None


def _body(raw: bytes) -> Json:
    try:
        decoded = msgspec.json.decode(raw or b"{}")
    except msgspec.DecodeError as error:
        raise Refused("object expected as JSON body") from error
    if not isinstance(decoded, dict):
        raise Refused("object expected as JSON body")
    return decoded


def _refusal(status: int, description: str, parameters: Json) -> web.Response:
    answer: Json = {"ok": False, "error_code": status, "description": description}
    return _json(answer | ({"parameters": parameters} if parameters else {}), status)


def _json(answer: Json, status: int = 200) -> web.Response:
    return web.Response(status=status, body=msgspec.json.encode(answer), content_type="application/json")
