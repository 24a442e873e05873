"""Requests that ask: who the bot is, where it is, who and what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .cards import channel_card, guild_card, member_card, role_card, user_card
from .refusals import (
    INVALID_RECIPIENT,
    MISSING_ACCESS,
    UNKNOWN_GUILD,
    UNKNOWN_MEMBER,
    UNKNOWN_ROLE,
    UNKNOWN_USER,
    Refused,
)
from .sending import visible

if TYPE_CHECKING:
    from .request import Request
    from .server import DiscordServer
    from .world import Guild

Json = dict[str, Any]


def gateway(server: DiscordServer, _: Request) -> Json:
    """GET where the gateway is, without asking how many shards."""
    return {"url": server.gateway.url}


def gateway_bot(server: DiscordServer, _: Request) -> Json:
    """GET where the gateway is, and how many shards and sessions there may be."""
    limit = {"total": 1000, "remaining": 1000 - server.gateway.identified, "reset_after": 0}
    limit["max_concurrency"] = 1
    return {"url": server.gateway.url, "shards": server.shards, "session_start_limit": limit}


def me(server: DiscordServer, _: Request) -> Json:
    """GET the bot itself."""
    return user_card(server.world.bot) | {
        "mfa_enabled": False,
        "locale": "en-US",
        "verified": True,
        "email": None,
    }


def application(server: DiscordServer, _: Request) -> Json:
    """GET the bot's application, with the privileged intents that it was given as flags."""
    flags = sum(
        bit
        for bit, intent in ((1 << 13, 1 << 8), (1 << 15, 1 << 1), (1 << 19, 1 << 15))
        if server.gateway.privileged & intent
    )
    scopes = {"scopes": ["applications.commands", "bot"], "permissions": "0"}
    return {
        "id": str(server.world.bot.id),
        "name": server.world.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user_card(server.world.bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
        "owner": user_card(server.world.owner),
        "team": None,
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "approximate_guild_count": sum(server.world.has_bot(g) for g in server.world.guilds.values()),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "integration_types_config": {"0": {"oauth2_install_params": scopes}, "1": {}},
    }


def user(server: DiscordServer, request: Request) -> Json:
    """GET anybody."""
    found = server.world.users.get(request.number("user"))
    if found is None:
        raise Refused(UNKNOWN_USER)
    return user_card(found)


def direct(server: DiscordServer, request: Request) -> Json:
    """POST for the channel that somebody and the bot have for themselves."""
    found = server.world.users.get(int(request.body.get("recipient_id") or 0))
    if found is None:
        raise Refused(UNKNOWN_USER)
    if found.is_bot:
        raise Refused(INVALID_RECIPIENT)
    return channel_card(server.world.direct(found))


def channel(server: DiscordServer, request: Request) -> Json:
    """GET a channel."""
    return channel_card(visible(server, request))


def joined(server: DiscordServer, request: Request) -> Guild:
    """Find the server of a request, or refuse as Discord does when the bot isn't in it."""
    found = server.world.guilds.get(request.number("guild"))
    if found is None:
        raise Refused(UNKNOWN_GUILD)
    if not server.world.has_bot(found):
        raise Refused(MISSING_ACCESS)
    return found


def guilds(server: DiscordServer, _: Request) -> list[Json]:
    """GET the servers that the bot is in."""
    names = ("id", "name", "icon", "banner", "features")
    return [
        {name: value for name, value in guild_card(guild).items() if name in names}
        | {"owner": guild.owner is server.world.bot, "permissions": "0"}
        for guild in server.world.guilds.values()
        if server.world.has_bot(guild)
    ]


def guild(server: DiscordServer, request: Request) -> Json:
    """GET a server, with how many people it has when asked for that."""
    found = joined(server, request)
    counts = {"approximate_member_count": len(found.members), "approximate_presence_count": 1}
    return guild_card(found) | (counts if request.wants("with_counts") else {})


def channels(server: DiscordServer, request: Request) -> list[Json]:
    """GET a server's channels."""
    return [channel_card(found) for found in joined(server, request).channels.values()]


def roles(server: DiscordServer, request: Request) -> list[Json]:
    """GET a server's roles."""
    return [role_card(found) for found in joined(server, request).roles.values()]


def role(server: DiscordServer, request: Request) -> Json:
    """GET one role."""
    found = joined(server, request).roles.get(request.number("role"))
    if found is None:
        raise Refused(UNKNOWN_ROLE)
    return role_card(found)


def member(server: DiscordServer, request: Request) -> Json:
    """GET somebody in a server."""
    found = joined(server, request).members.get(request.number("user"))
    if found is None:
        raise Refused(UNKNOWN_MEMBER if request.number("user") in server.world.users else UNKNOWN_USER)
    return member_card(found)


def leave(server: DiscordServer, request: Request) -> None:
    """DELETE the bot from a server."""
    server.crowds.leave(joined(server, request))
