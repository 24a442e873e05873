"""The registry of application commands that bots overwrite and people's clients offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .command_rules import CHAT, check_all
from .refusals import TOO_MANY_CREATED, UNKNOWN_COMMAND, WRONG_APPLICATION, Refused

if TYPE_CHECKING:
    from .request import Request
    from .server import DiscordServer

Json = dict[str, Any]


def _card(server: DiscordServer, command: Json, before: Json | None) -> Json:
    card: Json = {
        "id": before["id"] if before else str(server.world.new_id()),
        "application_id": str(server.world.bot.id),
        "type": command.get("type") or CHAT,
        "name": command["name"],
        "name_localizations": command.get("name_localizations"),
        "description": command.get("description") or "",
        "description_localizations": command.get("description_localizations"),
        "default_member_permissions": None,
        "dm_permission": True,
        "contexts": command.get("contexts"),
        "integration_types": command.get("integration_types") or [0],
        "nsfw": bool(command.get("nsfw")),
    }
    if command.get("options"):
        card["options"] = command["options"]
    if command.get("default_member_permissions") is not None:
        card["default_member_permissions"] = str(command["default_member_permissions"])
    same = before and {k: v for k, v in before.items() if k != "version"} == card
    card["version"] = before["version"] if before and same else str(server.world.new_id())
    return card


def own(server: DiscordServer, request: Request) -> None:
    """Refuse what isn't about the bot's own application."""
    if request.number("app") != server.world.bot.id:
        raise Refused(WRONG_APPLICATION)


def overwrite(server: DiscordServer, request: Request) -> list[Json]:
    """PUT all commands at once; those that have the same name and kind keep their ids."""
    own(server, request)
    if server.check:
        check_all(request.body)
    before = {(card["type"], card["name"]): card for card in server.commands}
    keys = [(command.get("type") or CHAT, command["name"]) for command in request.body]
    server.created += sum(key not in before for key in keys)
    if server.created > 200:
        raise Refused(TOO_MANY_CREATED)
    server.commands = [
        _card(server, command, before.get(key)) for key, command in zip(keys, request.body, strict=True)
    ]
    server.synced += 1
    return server.commands


def listed(server: DiscordServer, request: Request) -> list[Json]:
    """GET all commands, with their translations when asked for them."""
    own(server, request)
    if request.wants("with_localizations"):
        return server.commands
    return [{k: v for k, v in card.items() if not k.endswith("_localizations")} for card in server.commands]


def get(server: DiscordServer, request: Request) -> Json:
    """GET one command."""
    own(server, request)
    for card in server.commands:
        if int(card["id"]) == request.number("command"):
            return card
    raise Refused(UNKNOWN_COMMAND)


def delete(server: DiscordServer, request: Request) -> None:
    """DELETE one command."""
    server.commands.remove(get(server, request))
