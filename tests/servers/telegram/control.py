"""The server from outside its process: what benches ask of it over HTTP, and chats to talk in by hand.

A page a chat, under /chats/ID?as=USER, with buttons that press and a line to write in.
"""

from __future__ import annotations

import dataclasses
import json
import time
from html import escape
from typing import TYPE_CHECKING

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
for (const button of document.querySelectorAll(".stop")) button.onclick = () => tell("/stop", {});
for (const button of document.querySelectorAll(".row button")) button.onclick = () => tell("/press", {
  message: Number(button.closest("section").dataset.message), label: button.firstChild.textContent});
setInterval(async () => {
  const now = (await (await fetch("/counts")).json()).changes;
  if (now !== seen && !form[0].value) location.reload();
}, 700);
scrollTo(0, document.body.scrollHeight);
</script>
"""


class Control:
    """Places beside the Bot API."""

    def __init__(self, server: TelegramServer) -> None:
        self.server = server

        self._pages = {
            "": self._index,
            "chats": self._chat,
            "shown": self._shown,
            "counts": self._counts,
            "presses": self._presses,
            "calls": self._calls,
            "world": self._world,
            "say": self._say,
            "press": self._press,
            "drafts": self._drafts,
            "stop": self._stop,
            "fail": self._fail,
            "heal": self._heal,
        }

    async def answer(self, request: web.BaseRequest, place: str, name: str) -> web.Response:
        """Answer whatever isn't for the Bot API; `name` is what comes after the place."""
        if place not in self._pages:
            return web.Response(status=404)
        said: Json = json.loads(await request.read() or b"{}")
        return self._pages[place](said, {"name": name, **request.query})

    def _changes(self) -> int:
        server = self.server
        messages = server.sent + server.edited + sum(chat.last_id for chat in server.world.chats.values())
        return messages + server.drafts.changes

    def _index(self, _: Json, __: dict[str, str]) -> web.Response:
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

    def _chat(self, _: Json, query: dict[str, str]) -> web.Response:
        chat = self.server.world.chat(query["name"])
        user = self.server.world.users[int(query["as"])]
        script = _SCRIPT.replace("CHAT", str(chat.id)).replace("USER", str(user.id))
        page = self.server.picture(
            chat,
            viewer=user,
            dark="dark" in query,
            extra=script.replace("COUNT", str(self._changes())),
        )
        return web.Response(text=page, content_type="text/html")

    def _shown(self, _: Json, query: dict[str, str]) -> web.Response:
        chat = self.server.world.chat(query["name"])
        return web.json_response([dataclasses.asdict(message) for message in self.server.shown(chat)])

    def _counts(self, _: Json, __: dict[str, str]) -> web.Response:
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

    def _presses(self, _: Json, __: dict[str, str]) -> web.Response:
        answered = [press for press in self.server.presses.values() if press.answered_at is not None]
        return web.json_response(
            {"pressed": len(self.server.presses), "took": [press.took for press in answered]}
        )

    def _calls(self, asked: Json, __: dict[str, str]) -> web.Response:
        """What the bot asked for, all since the `after`th: when, by which method, in which chat."""
        calls = self.server.calls[asked.get("after", 0) :]
        return web.json_response([[call.at, call.method, call.arguments.get("chat_id")] for call in calls])

    def _world(self, wanted: Json, _: dict[str, str]) -> web.Response:
        """Make people and chats: {"people": 2000, "groups": 3, "channels": 1, "forums": 1}."""
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

    def _say(self, said: Json, _: dict[str, str]) -> web.Response:
        message = self.server.say(
            self.server.world.users[said["user"]],
            self.server.world.chats[said["chat"]],
            said["text"],
            thread=said.get("thread", 0),
            reply_to=said.get("reply_to"),
        )
        return web.json_response({"message": message.id, "at": time.monotonic()})

    def _press(self, pressed: Json, _: dict[str, str]) -> web.Response:
        """Press by label, or with {"data": …} that needn't stand on a button."""
        server = self.server
        user, chat = server.world.users[pressed["user"]], server.world.chats[pressed["chat"]]
        if "data" in pressed:
            press = server.people.press_data(user, chat.messages[pressed["message"]], pressed["data"])
        else:
            press = server.press(user, pressed["message"], pressed["label"], chat=chat)
        return web.json_response({"press": press.id, "url": press.url, "at": press.pressed_at})

    def _drafts(self, _: Json, query: dict[str, str]) -> web.Response:
        """How many drafts a chat had, what they said, and what one says now."""
        chat, drafts = self.server.world.chat(query["name"]), self.server.drafts
        texts = drafts.texts(chat)
        return web.json_response({"count": len(texts), "texts": texts, "now": drafts.text(chat)})

    def _stop(self, pressed: Json, _: dict[str, str]) -> web.Response:
        """Press Stop below a draft."""
        self.server.drafts.stop(self.server.world.users[pressed["user"]])
        return web.json_response({})

    def _fail(self, asked: Json, _: dict[str, str]) -> web.Response:
        """Plan a fault: the fields of `Fault`, and method, chat, times (null is always)."""
        method, chat, times = asked.pop("method", None), asked.pop("chat", None), asked.pop("times", 1)
        if asked.get("body") is not None:
            asked["body"] = asked["body"].encode()
        self.server.plan.add(Fault(**asked), method, chat, times)
        return web.json_response({})

    def _heal(self, _: Json, __: dict[str, str]) -> web.Response:
        self.server.heal()
        return web.json_response({})
