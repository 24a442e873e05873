"""What a message is made of: a request's body checked and kept, and shown as a client shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import kinds
from .cards import moment, user_card
from .permissions import Allow
from .refusals import EMPTY_MESSAGE, Refused

if TYPE_CHECKING:
    from .world import Channel, User, World

Json = dict[str, Any]

EPHEMERAL, THINKING, NO_EMBEDS, SILENT, MODERN = 1 << 6, 1 << 7, 1 << 2, 1 << 12, 1 << 15


@dataclass(frozen=True)
class Upload:
    """A file of a multipart body."""

    name: str
    data: bytes
    kind: str


@dataclass(frozen=True)
class Shown:
    """A message as somebody's client shows it now."""

    id: int
    sender: int
    content: str
    components: tuple[Json, ...]
    embeds: tuple[Json, ...]
    files: tuple[str, ...]
    silent: bool
    edited: bool
    thinking: bool
    only_for: int
    """The one person who sees it, 0 for everybody."""
    reply_to: int
    pings: tuple[str, ...]
    """Whom it notifies: ids of people and roles, or everyone."""
    raw: Json

    @property
    def texts(self) -> list[str]:
        """Everything written in it, part by part."""
        written = kinds.texts(list(self.components))
        return [self.content, *written] if self.content else written

    @property
    def text(self) -> str:
        """Everything written in it."""
        return "\n".join(self.texts)

    @property
    def buttons(self) -> list[Json]:
        """All buttons, in order."""
        return [c for _, c in kinds.each(list(self.components)) if c["type"] == kinds.BUTTON]

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons, in order."""
        return [button.get("label", "") for button in self.buttons]

    @property
    def selects(self) -> list[Json]:
        """All select menus, in order."""
        return [c for _, c in kinds.each(list(self.components)) if c["type"] in kinds.SELECTS]


def shown(message: Json) -> Shown:
    """Read a kept message."""
    reference = message.get("message_reference") or {}
    return Shown(
        int(message["id"]),
        int(message["author"]["id"]),
        message["content"],
        tuple(message["components"]),
        tuple(message["embeds"]),
        tuple(file["filename"] for file in message["attachments"]),
        bool(message["flags"] & SILENT),
        bool(message["edited_timestamp"]),
        bool(message["flags"] & THINKING),
        message.get("_only_for", 0),
        int(reference.get("message_id", 0)),
        tuple(message.get("_pings", ())),
        message,
    )


def public(message: Json) -> Json:
    """A message without what only this server keeps of it."""
    return {name: value for name, value in message.items() if not name.startswith("_")}


def empty(world: World, channel: Channel, author: User, kind: int = 0) -> Json:
    """A message without anything in it."""
    return {
        "id": str(world.new_id()),
        "type": kind,
        "channel_id": str(channel.id),
        "author": user_card(author),
        "content": "",
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": False,
        "attachments": [],
        "embeds": [],
        "components": [],
        "timestamp": moment(world.now()),
        "edited_timestamp": None,
        "flags": 0,
        "pinned": False,
        "tts": False,
    }


def fill(world: World, message: Json, body: Json, files: dict[str, Upload], cdn: str) -> dict[str, bytes]:
    """Put a checked body into a message: what it doesn't name stays.

    Returns:
        The files that came along, by where they lie from now on.

    Raises:
        Refused: Nothing would be left to show.
    """
    kept: set[str] | None = None
    if body.get("attachments") is not None:
        kept = {str(file["id"]) for file in body["attachments"]}
        message["attachments"] = [file for file in message["attachments"] if file["id"] in kept]
    stored: dict[str, bytes] = {}
    described = {str(file.get("id")): file for file in body.get("attachments") or []}
    for number, file in files.items():
        name = world.new_id()
        url = f"{cdn}/attachments/{message['channel_id']}/{name}/{file.name}"
        card: Json = {
            "id": str(name),
            "filename": file.name,
            "size": len(file.data),
            "url": url,
            "proxy_url": url,
            "content_type": file.kind,
        }
        if described.get(number, {}).get("description"):
            card["description"] = described[number]["description"]
        message["attachments"].append(card)
        stored[url] = file.data
    if "content" in body:
        message["content"] = body["content"] or ""
    if "embeds" in body:
        message["embeds"] = [{"type": "rich"} | embed for embed in body["embeds"] or []]
    if "components" in body:
        message["components"] = numbered(body["components"] or [], message)
    flags = body.get("flags") or 0
    message["flags"] = message["flags"] & ~NO_EMBEDS & ~THINKING | flags & (NO_EMBEDS | SILENT | MODERN)
    if not any(message[name] for name in ("content", "embeds", "components", "attachments")):
        raise Refused(EMPTY_MESSAGE)
    return stored


def numbered(components: list[Json], message: Json) -> list[Json]:
    """Copy components as Discord answers them: each with a number, media with where they lie."""
    taken = {component["id"] for _, component in kinds.each(components) if component.get("id")}
    free = (number for number in range(1, 1000) if number not in taken)
    files = {f"attachment://{file['filename']}": file for file in message["attachments"]}

    def copy(component: Json) -> Json:
        made = dict(component)
        made["id"] = made.get("id") or next(free)
        made.pop("required", None)  # only forms have that
        if made["type"] == kinds.FILE:
            made = {"spoiler": False} | made | _named(made["file"], files)
        if made["type"] == kinds.CONTAINER:
            made = {"accent_color": None, "spoiler": False} | made
        for name in ("accessory", "component"):
            if name in made:
                made[name] = copy(made[name])
        if "components" in made:
            made["components"] = [copy(child) for child in made["components"]]
        for name in ("media", "file"):
            if name in made:
                made[name] = _media(made[name], files)
        if "items" in made:
            made["items"] = [
                {"description": None, "spoiler": False} | item | {"media": _media(item["media"], files)}
                for item in made["items"]
            ]
        return made

    return [copy(component) for component in components]


def _media(item: Json, files: dict[str, Json]) -> Json:
    file = files.get(item["url"], {"id": "0", "url": item["url"]})
    return {"id": file["id"], "url": file["url"], "proxy_url": file["url"], "content_type": "image/png"}


def _named(item: Json, files: dict[str, Json]) -> Json:
    file = files.get(item["url"])
    return {"name": file["filename"], "size": file["size"]} if file else {}


def pings(message: Json, allowed: Json | None, may: Allow) -> list[str]:
    """Whom a message would notify, by its words and by what `allowed_mentions` lets through."""
    words = "\n".join([message["content"], *kinds.texts(message["components"])])
    parse = (allowed or {}).get("parse", ["everyone", "users", "roles"]) if allowed != {} else []
    found = []
    if re.search(r"@everyone|@here", words) and "everyone" in parse and may & Allow.MENTION_EVERYONE:
        found.append("everyone")
    for mark, name in ((r"<@!?(\d+)>", "users"), (r"<@&(\d+)>", "roles")):
        listed = {str(number) for number in (allowed or {}).get(name) or []}
        found += [n for n in re.findall(mark, words) if name in parse or n in listed]
    return list(dict.fromkeys(found))
