"""The server from outside its process: what benches and trials by hand ask of it, as JSON over HTTP.

Ids are numbers, or text where a browser asks. Everything is POSTed to /PLACE; what a place takes is said
where it's answered. For people there are pages, which are got.
"""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

from aiohttp import web

from .faults import Fault
from .messages import shown
from .pages import index, page, typed

if TYPE_CHECKING:
    from .interactions import Interaction
    from .messages import Shown
    from .server import DiscordServer
    from .world import Channel, Json, User


class Control:
    """Places beside REST and gateway."""

    def __init__(self, server: DiscordServer) -> None:
        self.server = server
        self._places = {
            "counts": self._counts,
            "world": self._world,
            "shown": self._shown,
            "say": self._say,
            "type": self._type,
            "slash": self._slash,
            "autocomplete": self._autocomplete,
            "press": self._press,
            "interactions": self._interactions,
            "gateway": self._gateway,
            "fail": self._fail,
            "heal": self._heal,
        }

    async def answer(self, request: web.BaseRequest, path: str) -> web.Response:
        """Answer whatever isn't Discord's."""
        if request.method == "GET":
            return self._page(path, dict(request.query))
        place = path.strip("/")
        if place not in self._places:
            return web.Response(status=404)
        said: Json = json.loads(await request.read() or b"{}")
        try:
            return web.json_response(self._places[place](said))
        except (AssertionError, KeyError, IndexError) as error:
            return web.json_response({"refused": f"{type(error).__name__}: {error}"}, status=400)

    def _page(self, path: str, query: dict[str, str]) -> web.Response:
        server, (place, _, name) = self.server, path.strip("/").partition("/")
        if not place:
            return web.Response(text=index(server), content_type="text/html")
        channel = server.world.channels.get(int(name)) if place == "channels" and name.isdecimal() else None
        if channel is None:
            return web.Response(status=404)
        user = self._user({"user": query["as"]})
        shown = page(server, channel, user, dark="light" not in query, count=self._changes())
        return web.Response(text=shown, content_type="text/html")

    def _changes(self) -> int:
        server = self.server
        return server.edited + sum(len(channel.messages) for channel in server.world.channels.values())

    def _user(self, said: Json) -> User:
        return self.server.world.users[int(said["user"])]

    def _channel(self, said: Json) -> Channel | None:
        return self.server.world.channels[int(said["channel"])] if said.get("channel") else None

    def _message(self, said: Json) -> Shown:
        """A message by its channel (or the user's direct one) and its id, or place: -1 is the last."""
        place = self._channel(said) or self.server.direct(self._user(said))
        found, number = place.messages, int(said.get("message", -1))
        return shown(found[number] if number in found else list(found.values())[number])

    def _counts(self, _: Json) -> Json:
        """How much of what there was."""
        server = self.server
        return {
            "sent": server.sent,
            "edited": server.edited,
            "changes": self._changes(),
            "answers": server.answers,
            "repeated": server.repeated,
            "synced": server.synced,
            "requests": dict(server.counts),
            "throttled": sum(server.rates.refused.values()) if server.rates else 0,
            "identified": server.gateway.identified,
            "live": len(server.gateway.live),
            "unanswered": len(server.unanswered),
            "violations": server.violations,
            "refusals": server.refusals[:100],
        }

    def _world(self, wanted: Json) -> Json:
        """Make people and places: {"people": 3, "guilds": 2, "channels": 100, "forums": 1, "threads": 1}.

        Channels, forums and threads are dealt to the new servers in turn.
        """
        server = self.server
        people = [server.user(f"User {number}") for number in range(wanted.get("people", 0))]
        guilds = [server.guild(f"Server {number}", *people) for number in range(wanted.get("guilds", 0))]

        def dealt(kind: str) -> list[int]:
            return list(range(wanted.get(kind, 0)))

        channels = [server.text(guilds[n % len(guilds)], f"channel-{n}") for n in dealt("channels")]
        forums = [server.forum(guilds[n % len(guilds)], f"forum-{n}") for n in dealt("forums")]
        owner = people[0] if people else server.world.owner
        threads = [server.thread(channels[n % len(channels)], f"thread {n}", owner) for n in dealt("threads")]
        return {
            "people": [user.id for user in people],
            "direct": [server.direct(user).id for user in people],
            "guilds": [guild.id for guild in guilds],
            "channels": [channel.id for channel in channels],
            "forums": [channel.id for channel in forums],
            "threads": [channel.id for channel in threads],
        }

    def _shown(self, asked: Json) -> list[Json]:
        """What stands in a channel: {"channel": ID} or {"user": ID}."""
        place = self._channel(asked) or self.server.direct(self._user(asked))
        return [dataclasses.asdict(message) for message in self.server.shown(place)]

    def _say(self, said: Json) -> Json:
        """Write: {"user", "channel" (none is the bot's), "text"}."""
        return {"message": self.server.say(self._user(said), self._channel(said), said["text"]).id}

    def _type(self, said: Json) -> Json:
        """Write a line as people do: {"user", "channel", "text"}; one with / is a command."""
        channel = self._channel(said) or self.server.direct(self._user(said))
        asked = typed(self.server, self._user(said), channel, said["text"])
        return _card(asked) if asked else {}

    def _slash(self, said: Json) -> Json:
        """Use a command: {"user", "channel", "command", "options": {…}}."""
        options = said.get("options", {})
        return _card(self.server.slash(self._user(said), self._channel(said), said["command"], **options))

    def _autocomplete(self, said: Json) -> Json:
        """Begin an option: {"user", "channel", "command", "option", "text"}."""
        names = ("command", "option", "text")
        asked = self.server.autocomplete(
            self._user(said), self._channel(said), *(said[name] for name in names), **said.get("options", {})
        )
        return _card(asked)

    def _press(self, said: Json) -> Json:
        """Press: {"user", "channel", "message", "label"}, or with {"custom_id"} that needn't be anywhere."""
        user, message = self._user(said), self._message(said)
        if "custom_id" in said:
            return _card(self.server.people.press_id(user, message, said["custom_id"]))
        return _card(self.server.press(user, message, said["label"]))

    def _interactions(self, asked: Json) -> Json:
        """How fast interactions were answered; all since the `after`th."""
        all_of_them = list(self.server.interactions.values())[asked.get("after", 0) :]
        return {
            "asked": len(all_of_them),
            "took": [one.took for one in all_of_them if one.answered.is_set()],
            "done": sum(one.done for one in all_of_them),
            "choices": [one.names for one in all_of_them if one.choices],
        }

    def _gateway(self, wanted: Json) -> Json:
        """Do something to all connections: drop, reconnect, invalidate, resumable, or a close code."""
        gateway, what = self.server.gateway, wanted["do"]
        if isinstance(what, int):
            gateway.close(what)
        elif what in ("invalidate", "resumable"):
            gateway.invalidate(resumable=what == "resumable")
        else:
            {"drop": gateway.drop, "reconnect": gateway.reconnect}[what]()
        return {}

    def _fail(self, asked: Json) -> Json:
        """Plan a fault: the fields of `Fault` but refusal, and route, channel, times (null is always)."""
        route, channel, times = asked.pop("route", None), asked.pop("channel", None), asked.pop("times", 1)
        if asked.get("body") is not None:
            asked["body"] = asked["body"].encode()
        self.server.plan.add(Fault(**asked), route, channel, times)
        return {}

    def _heal(self, _: Json) -> Json:
        """Forget all faults."""
        self.server.heal()
        return {}


def _card(asked: Interaction) -> Json:
    return {"interaction": asked.id}
