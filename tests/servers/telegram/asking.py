"""Methods that ask, answer, or say what the bot is called; they put nothing into a chat."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any

from .refusals import Refused
from .sending import content

if TYPE_CHECKING:
    from .server import TelegramServer
    from .world import Json

_MOST = {"description": 512, "short_description": 120, "name": 64}
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def get_me(server: TelegramServer, _: Json) -> Json:
    """GetMe."""
    return server.world.bot.card() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not server.privacy,
        "supports_inline_queries": server.inline_mode,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def get_chat(server: TelegramServer, args: Json) -> Json:
    """GetChat, which needs the bot to be there."""
    chat = server.world.chat(args["chat_id"])
    status = chat.members.get(server.world.bot.id, "left")
    if chat.type != "private" and not chat.username and status in ("left", "kicked"):
        raise Refused(f"bot is not a member of the {chat.type} chat", 403)
    gifts = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels".split()
    return chat.card() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def _crowd(server: TelegramServer, args: Json) -> Any:
    chat = server.world.chat(args["chat_id"])
    status = chat.members.get(server.world.bot.id, "left")
    if chat.type != "private" and status in ("left", "kicked"):
        said = "was kicked from" if status == "kicked" else "is not a member of"
        raise Refused(f"bot {said} the {chat.type} chat", 403)
    return chat


def get_chat_member(server: TelegramServer, args: Json) -> Json:
    """GetChatMember; in channels only an administrator gets an answer."""
    chat = _crowd(server, args)
    user = server.world.users.get(args["user_id"])
    if user is None:
        raise Refused("PARTICIPANT_ID_INVALID")
    if chat.type == "private":
        return {"status": "member", "user": user.card()}
    if chat.type == "channel" and not chat.leads(server.world.bot.id):
        raise Refused("member list is inaccessible")
    card: Json = chat.member_card(user)
    return card


def get_chat_administrators(server: TelegramServer, args: Json) -> list[Json]:
    """GetChatAdministrators, without other bots."""
    chat = _crowd(server, args)
    if chat.type == "private":
        raise Refused("there are no administrators in the private chat")
    users = server.world.users
    return [chat.member_card(users[number]) for number in chat.members if chat.leads(number)]


def answer_callback_query(server: TelegramServer, args: Json) -> bool:
    """AnswerCallbackQuery, once and in time."""
    press = server.presses.get(args["callback_query_id"])
    if (
        press is None
        or press.answered_at is not None
        or time.monotonic() - press.pressed_at > server.patience
    ):
        raise Refused(_TOO_OLD)
    if len(args.get("text") or "") > 200:
        raise Refused("MESSAGE_TOO_LONG")
    press.answer(args.get("text") or "", alert=bool(args.get("show_alert")), url=args.get("url") or "")
    return True


def answer_inline_query(server: TelegramServer, args: Json) -> bool:
    """AnswerInlineQuery."""
    asked = server.inline_queries.get(args["inline_query_id"])
    if asked is None or asked.answered.is_set():
        raise Refused(_TOO_OLD)
    results = args["results"]
    names = [result["id"] for result in results]
    if len(results) > 50:
        raise Refused("RESULTS_TOO_MUCH")
    if len(set(names)) < len(names):
        raise Refused("RESULT_ID_DUPLICATE")
    if not all(1 <= len(name.encode()) <= 64 for name in names):
        raise Refused("RESULT_ID_INVALID")
    for result in results:
        if "input_message_content" in result and "message_text" in result["input_message_content"]:
            words = result["input_message_content"]
            asked.contents[result["id"]] = content(server, words | {"text": words["message_text"]})
    asked.answer(args)
    return True


def set_my_commands(server: TelegramServer, args: Json) -> bool:
    """SetMyCommands."""
    commands = args["commands"]
    if len(commands) > 100:
        raise Refused("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise Refused("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise Refused("BOT_COMMAND_DESCRIPTION_INVALID")
    server.commands[_scope(server, args)] = commands
    return True


def _scope(server: TelegramServer, args: Json) -> tuple[str, str]:
    scope, language = args.get("scope") or {"type": "default"}, args.get("language_code") or ""
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise Refused("invalid language code specified")
    if "chat_id" in scope:
        server.world.chat(scope["chat_id"])
    return json.dumps(scope, sort_keys=True), language


def get_my_commands(server: TelegramServer, args: Json) -> list[Json]:
    """GetMyCommands."""
    return server.commands.get(_scope(server, args), [])


def delete_my_commands(server: TelegramServer, args: Json) -> bool:
    """DeleteMyCommands."""
    server.commands.pop(_scope(server, args), None)
    return True


def setter(name: str) -> Any:
    """Make setMyName, setMyDescription or setMyShortDescription."""

    def put(server: TelegramServer, args: Json) -> bool:
        if len(args.get(name) or "") > _MOST[name]:
            raise Refused(f"{name.replace('_', ' ')} is too long")
        server.profile[name, args.get("language_code") or ""] = args.get(name) or ""
        return True

    return put


def getter(name: str) -> Any:
    """Make getMyName, getMyDescription or getMyShortDescription; no language falls back to the default."""

    def get(server: TelegramServer, args: Json) -> Json:
        language = args.get("language_code") or ""
        return {name: server.profile.get((name, language)) or server.profile.get((name, ""), "")}

    return get
