"""How the bot answers interactions: once and in time, then through a webhook for a quarter of an hour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import posting, sending
from .components import check_modal
from .interactions import ANSWERS, ASK, CHOICES, LATER, LATER_UPDATE, MESSAGE, UPDATE
from .messages import EPHEMERAL, THINKING, empty, public
from .refusals import (
    ALREADY_ACKNOWLEDGED,
    INVALID_WEBHOOK_TOKEN,
    TOO_MANY_FOLLOW_UPS,
    UNKNOWN_INTERACTION,
    UNKNOWN_MESSAGE,
    UNKNOWN_WEBHOOK,
    Refused,
    invalid,
    within,
)

if TYPE_CHECKING:
    from .interactions import Interaction
    from .messages import Upload
    from .request import Request
    from .server import DiscordServer

Json = dict[str, Any]


def callback(server: DiscordServer, request: Request) -> Json | None:
    """POST the first answer.

    Source: https://docs.discord.com/developers/interactions/receiving-and-responding
    """
    asked = server.interactions.get(request.number("interaction"))
    if asked is None or asked.token != request.names["token"] or asked.waited > server.patience:
        raise Refused(UNKNOWN_INTERACTION)
    if asked.answered.is_set():
        raise Refused(ALREADY_ACKNOWLEDGED)
    kind, data = request.body.get("type"), request.body.get("data") or {}
    if kind not in ANSWERS[asked.kind] or (kind in (LATER_UPDATE, UPDATE) and asked.message is None):
        raise invalid("type", "INTERACTION_CALLBACK_TYPE_INVALID", "The response type is invalid here.")
    with within("data"):
        message = _carry_out(server, asked, kind, data, request.files)
    asked.acknowledge(kind)
    if not request.wants("with_response"):
        return None
    about: Json = {"id": str(asked.id), "type": asked.kind}
    if message is not None:
        about |= {
            "response_message_id": message["id"],
            "response_message_loading": bool(message["flags"] & THINKING),
            "response_message_ephemeral": bool(message["flags"] & EPHEMERAL),
        }
    answer: Json = {"interaction": about}
    if message is not None and kind in (MESSAGE, UPDATE):
        answer["resource"] = {"type": kind, "message": public(message)}
    return answer


def _carry_out(
    server: DiscordServer, asked: Interaction, kind: int, data: Json, files: dict[str, Upload]
) -> Json | None:
    if kind == CHOICES:
        asked.choices = _choices(data)
        return None
    if kind == ASK:
        if server.check:
            check_modal(data)
        asked.modal = data
        return None
    if kind in (UPDATE, LATER_UPDATE):
        assert asked.message is not None  # only those that are about a message may be answered so
        if int(asked.message["id"]) not in asked.channel.messages:
            raise Refused(UNKNOWN_MESSAGE)
        if kind == UPDATE:
            sending.change(server, asked.channel, asked.message, data, files)
        asked.original = asked.message
        return asked.message
    if kind == LATER:
        message = empty(server.world, asked.channel, server.world.bot, 20 if asked.kind == 2 else 0)
        message["flags"] = THINKING | (data.get("flags") or 0) & EPHEMERAL
    else:
        message = sending.compose(server, asked.channel, data, files)
    asked.original = _put(server, asked, message, data)
    return message


def _choices(data: Json) -> list[Json]:
    choices: list[Json] = data.get("choices") or []
    if len(choices) > 25:
        raise invalid("choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    for number, choice in enumerate(choices):
        for name in ("name", "value"):
            text = choice.get(name)
            if isinstance(text, str) and not 1 <= len(text) <= 100:
                raise invalid(
                    f"choices.{number}.{name}",
                    "BASE_TYPE_BAD_LENGTH",
                    "Must be between 1 and 100 in length.",
                )
    return choices


def _put(server: DiscordServer, asked: Interaction, message: Json, data: Json) -> Json:
    flags = data.get("flags") or 0
    if message["flags"] & EPHEMERAL or flags & EPHEMERAL:
        message["flags"] |= EPHEMERAL
        message["_only_for"] = asked.user.id
    message["application_id"] = message["webhook_id"] = str(server.world.bot.id)
    message["_interaction"] = asked.id
    server.answers += 1
    return posting.post(server, asked.channel, message)


def _asked(server: DiscordServer, request: Request) -> Interaction:
    """The interaction whose webhook this is."""
    asked = server.by_token.get(request.names["token"])
    if asked is None or request.number("app") != server.world.bot.id or asked.waited > server.token_seconds:
        raise Refused(INVALID_WEBHOOK_TOKEN)
    if not asked.answered.is_set():
        raise Refused(UNKNOWN_WEBHOOK)
    return asked


def _message(server: DiscordServer, request: Request) -> tuple[Interaction, Json]:
    asked = _asked(server, request)
    name = request.names.get("message", "@original")
    if name == "@original" and asked.original is not None:
        return asked, asked.original
    for message in [*asked.follow_ups, *([asked.original] if asked.original else [])]:
        if message["id"] == name:
            return asked, message
    raise Refused(UNKNOWN_MESSAGE)


def follow_up(server: DiscordServer, request: Request) -> Json:
    """POST another message; the first one after a promise takes the promise's place."""
    asked = _asked(server, request)
    if asked.thinking and asked.original is not None:
        return _fulfil(server, asked, asked.original, request)
    if not asked.in_guild and len(asked.follow_ups) >= 5:
        raise Refused(TOO_MANY_FOLLOW_UPS)
    message = sending.compose(server, asked.channel, request.body, request.files)
    asked.follow_ups.append(_put(server, asked, message, request.body))
    return public(message)


def _fulfil(server: DiscordServer, asked: Interaction, message: Json, request: Request) -> Json:
    answer = sending.change(server, asked.channel, message, request.body, request.files)
    message["edited_timestamp"] = None
    return answer


def get(server: DiscordServer, request: Request) -> Json:
    """GET the first answer or a later one."""
    return public(_message(server, request)[1])


def edit(server: DiscordServer, request: Request) -> Json:
    """PATCH the first answer or a later one."""
    asked, message = _message(server, request)
    if int(message["id"]) not in asked.channel.messages:
        raise Refused(UNKNOWN_MESSAGE)
    if asked.thinking and message is asked.original:
        return _fulfil(server, asked, message, request)
    return sending.change(server, asked.channel, message, request.body, request.files)


def delete(server: DiscordServer, request: Request) -> None:
    """DELETE the first answer or a later one."""
    asked, message = _message(server, request)
    posting.remove(server, asked.channel, message)
    if message is asked.original:
        asked.original = None
