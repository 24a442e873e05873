"""The server from outside its process: what benches ask of it over HTTP, and chats to talk in by hand.

A page a chat, under /chats/ID?as=USER, with buttons that press and a line to write in.
"""

from __future__ import annotations

import dataclasses
from html import escape
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .faults import Fault

if TYPE_CHECKING:
    from .server import TelegramServer
    from .world import Json

_SCRIPT = """
<form class="say"><input autofocus placeholder="Message" autocomplete="off"></form><script>
const [chat, user] = [CHAT, USER];
const tell = (where, what) => fetch(where, {method: "POST", body: JSON.stringify({chat, user, ...what})});
let seen = COUNT, form = document.forms[0];
form.onsubmit = event => { event.preventDefault(); tell("/say", {text: form[0].value}); form[0].value = ""; };
for (const button of document.querySelectorAll("main button")) button.onclick = () => tell("/press", {
  message: Number(button.closest("section").dataset.message), label: button.firstChild.textContent});
setInterval(async () => {
  const now = (await (await fetch("/counts")).json()).changes;
  if (now !== seen && !form[0].value) location.reload();
}, 700);
scrollTo(0, document.body.scrollHeight);
</script>
"""


class Control:
    """Routes beside the Bot API."""

    def __init__(self, server: TelegramServer) -> None:
        self.server = server

    def routes(self) -> list[web.RouteDef]:
        """Everything that can be asked."""
        return [
            web.get("/", self._index),
            web.get("/chats/{chat}", self._chat),
            web.get("/shown/{chat}", self._shown),
            web.get("/counts", self._counts),
            web.get("/presses", self._presses),
            web.post("/world", self._world),
            web.post("/say", self._say),
            web.post("/press", self._press),
            web.post("/fail", self._fail),
            web.post("/heal", self._heal),
        ]

    def _changes(self) -> int:
        server = self.server
        return server.sent + server.edited + sum(chat.last_id for chat in server.world.chats.values())

    async def _index(self, _: web.Request) -> web.Response:
        links = []
        for chat in self.server.world.chats.values():
            people = [chat.person] if chat.person else [self.server.world.users[n] for n in chat.members]
            links += [
                f'<li><a href="/chats/{chat.id}?as={user.id}">{escape(chat.title or chat.type)}</a> '
                f"as {escape(user.first_name)}"
                for user in people
                if not user.is_bot
            ]
        return web.Response(text=f"<!doctype html><ul>{''.join(links)}</ul>", content_type="text/html")

    async def _chat(self, request: web.Request) -> web.Response:
        chat = self.server.world.chat(request.match_info["chat"])
        user = self.server.world.users[int(request.query["as"])]
        script = _SCRIPT.replace("CHAT", str(chat.id)).replace("USER", str(user.id))
        page = self.server.picture(
            chat,
            viewer=user,
            dark="dark" in request.query,
            extra=script.replace("COUNT", str(self._changes())),
        )
        return web.Response(text=page, content_type="text/html")

    async def _shown(self, request: web.Request) -> web.Response:
        chat = self.server.world.chat(request.match_info["chat"])
        return web.json_response([dataclasses.asdict(message) for message in self.server.shown(chat)])

    async def _counts(self, _: web.Request) -> web.Response:
        server = self.server
        return web.json_response(
            {
                "sent": server.sent,
                "edited": server.edited,
                "changes": self._changes(),
                "requests": dict(server.counts),
                "throttled": sum(server.rates.refused.values()) if server.rates else 0,
                "waiting": len(server.updates.waiting),
                "confirmed": server.updates.confirmed,
                "violations": server.violations,
                "refusals": server.refusals[:100],
            }
        )

    async def _presses(self, _: web.Request) -> web.Response:
        answered = [press for press in self.server.presses.values() if press.answered_at is not None]
        return web.json_response(
            {"pressed": len(self.server.presses), "took": [press.took for press in answered]}
        )

    async def _world(self, request: web.Request) -> web.Response:
        """Make people and chats: {"people": 2000, "groups": 3, "channels": 1, "forums": 1}."""
        wanted: Json = await request.json()
        server = self.server
        people = [server.user(f"User {number}") for number in range(wanted.get("people", 0))]
        first = people[:1] or [user for user in server.world.users.values() if not user.is_bot][:1]
        made = {
            "people": [user.id for user in people],
            "groups": [server.group(f"Group {n}", *first).id for n in range(wanted.get("groups", 0))],
            "forums": [
                server.supergroup(f"Forum {n}", *first, forum=True).id for n in range(wanted.get("forums", 0))
            ],
            "channels": [server.channel(f"Channel {n}", *first).id for n in range(wanted.get("channels", 0))],
        }
        return web.json_response(made)

    async def _say(self, request: web.Request) -> web.Response:
        said: Json = await request.json()
        message = self.server.say(
            self.server.world.users[said["user"]],
            self.server.world.chats[said["chat"]],
            said["text"],
            thread=said.get("thread", 0),
            reply_to=said.get("reply_to"),
        )
        return web.json_response({"message": message.id})

    async def _press(self, request: web.Request) -> web.Response:
        """Press by label, or with {"data": …} that needn't stand on a button."""
        pressed: Json = await request.json()
        server = self.server
        user, chat = server.world.users[pressed["user"]], server.world.chats[pressed["chat"]]
        if "data" in pressed:
            press = server.people.press_data(user, chat.messages[pressed["message"]], pressed["data"])
        else:
            press = server.press(user, pressed["message"], pressed["label"], chat=chat)
        return web.json_response({"press": press.id, "url": press.url})

    async def _fail(self, request: web.Request) -> web.Response:
        """Plan a fault: the fields of `Fault`, and method, chat, times (null is always)."""
        asked: dict[str, Any] = await request.json()
        method, chat, times = asked.pop("method", None), asked.pop("chat", None), asked.pop("times", 1)
        if asked.get("body") is not None:
            asked["body"] = asked["body"].encode()
        self.server.plan.add(Fault(**asked), method, chat, times)
        return web.json_response({})

    async def _heal(self, _: web.Request) -> web.Response:
        self.server.heal()
        return web.json_response({})
