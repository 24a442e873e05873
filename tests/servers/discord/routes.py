"""Which requests this server knows, by method and path, and who answers them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from . import asking, callbacks, commands, sending, threads
from .refusals import NOT_FOUND, WRONG_METHOD, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    Handler = Callable[..., Any]

HANDLERS: dict[str, Handler] = {
    "GET /gateway": asking.gateway,
    "GET /gateway/bot": asking.gateway_bot,
    "GET /users/@me": asking.me,
    "GET /users/{user}": asking.user,
    "GET /oauth2/applications/@me": asking.application,
    "GET /applications/@me": asking.application,
    "POST /users/@me/channels": asking.direct,
    "GET /users/@me/guilds": asking.guilds,
    "DELETE /users/@me/guilds/{guild}": asking.leave,
    "GET /guilds/{guild}": asking.guild,
    "GET /guilds/{guild}/channels": asking.channels,
    "GET /guilds/{guild}/roles": asking.roles,
    "GET /guilds/{guild}/roles/{role}": asking.role,
    "GET /guilds/{guild}/members/{user}": asking.member,
    "GET /guilds/{guild}/threads/active": threads.active,
    "GET /channels/{channel}": asking.channel,
    "PATCH /channels/{channel}": threads.change,
    "DELETE /channels/{channel}": threads.delete,
    "POST /channels/{channel}/typing": sending.typing,
    "POST /channels/{channel}/messages": sending.create,
    "GET /channels/{channel}/messages": sending.history,
    "GET /channels/{channel}/messages/{message}": sending.get,
    "PATCH /channels/{channel}/messages/{message}": sending.edit,
    "DELETE /channels/{channel}/messages/{message}": sending.delete,
    "POST /channels/{channel}/messages/{message}/threads": threads.from_message,
    "POST /channels/{channel}/threads": threads.create,
    "GET /channels/{channel}/threads/archived/public": threads.archived,
    "PUT /channels/{channel}/thread-members/@me": threads.join,
    "DELETE /channels/{channel}/thread-members/@me": threads.leave,
    "PUT /applications/{app}/commands": commands.overwrite,
    "GET /applications/{app}/commands": commands.listed,
    "GET /applications/{app}/commands/{command}": commands.get,
    "DELETE /applications/{app}/commands/{command}": commands.delete,
    "POST /interactions/{interaction}/{token}/callback": callbacks.callback,
    "POST /webhooks/{app}/{token}": callbacks.follow_up,
    "GET /webhooks/{app}/{token}/messages/{message}": callbacks.get,
    "PATCH /webhooks/{app}/{token}/messages/{message}": callbacks.edit,
    "DELETE /webhooks/{app}/{token}/messages/{message}": callbacks.delete,
}

_Known = list[tuple[str, list[str], str]]


def _table() -> dict[int, _Known]:
    table: defaultdict[int, _Known] = defaultdict(list)
    for route in HANDLERS:
        method, path = route.split()
        steps = path.strip("/").split("/")
        table[len(steps)].append((method, steps, route))
    for known in table.values():
        known.sort(key=lambda one: sum(step.startswith("{") for step in one[1]))  # @me before {user}
    return dict(table)


_TABLE = _table()


def find(method: str, path: str) -> tuple[str, dict[str, str]]:
    """Find the route of a path, and what stands where it has names.

    Raises:
        Refused: There's none, or none for this method.
    """
    steps = path.strip("/").split("/")
    elsewhere = False
    for known, pattern, route in _TABLE.get(len(steps), ()):
        names = {}
        for step, wanted in zip(steps, pattern, strict=True):
            if wanted.startswith("{"):
                names[wanted[1:-1]] = step
            elif wanted != step:
                break
        else:
            if known == method:
                return route, names
            elsewhere = True
    raise Refused(WRONG_METHOD if elsewhere else NOT_FOUND)


def without_token(route: str) -> bool:
    """Whether a route's path is all the proof it needs."""
    return " /interactions/" in route or " /webhooks/" in route
