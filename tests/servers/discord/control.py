"""The server from outside its process: what benches ask of it over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from .server import DiscordServer


class Control:
    """Places beside REST and gateway."""

    def __init__(self, server: DiscordServer) -> None:
        self.server = server

    async def answer(self, request: web.BaseRequest, path: str) -> web.Response:
        """Answer whatever isn't Discord's."""
        return web.Response(status=404)
