"""Methods that change what stands in a chat, or take it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .faults import NOT_MODIFIED
from .keyboards import check_markup
from .refusals import Refused
from .sending import content, public, rich_content, writable

if TYPE_CHECKING:
    from .server import TelegramServer
    from .world import Chat, Json

_CONTENT = ("text", "entities", "rich_message", "caption", "caption_entities")


def _found(server: TelegramServer, args: Json, verb: str) -> tuple[Chat, Json]:
    if args.get("inline_message_id"):
        message = server.inline_messages.get(args["inline_message_id"])
        if message is None:
            raise Refused("MESSAGE_ID_INVALID")
        return server.world.chats[message["chat"]["id"]], message
    chat, _ = writable(server, {"chat_id": args.get("chat_id", "")})
    number = args.get("message_id")
    if not number:
        raise Refused("message identifier is not specified")
    message = chat.messages.get(number)
    if message is None:
        raise Refused(f"message to {verb} not found")
    return chat, message


def _new_content(server: TelegramServer, args: Json) -> Json:
    if args.get("rich_message"):
        return rich_content(server, args)
    try:
        return content(server, args)
    except Refused as error:
        if error.description.endswith("message is too long"):
            raise Refused("MESSAGE_TOO_LONG") from error  # another sentence than for new messages
        raise


def edit_message_text(server: TelegramServer, args: Json) -> Json | bool:
    """EditMessageText, of texts and of rich messages."""
    chat, message = _found(server, args, "edit")
    what = _new_content(server, args)
    check_markup(args.get("reply_markup"))
    return _edit(server, chat, message, what, args)


def edit_message_reply_markup(server: TelegramServer, args: Json) -> Json | bool:
    """EditMessageReplyMarkup."""
    chat, message = _found(server, args, "edit")
    check_markup(args.get("reply_markup"))
    return _edit(server, chat, message, {name: message[name] for name in _CONTENT if name in message}, args)


def _edit(server: TelegramServer, chat: Chat, message: Json, what: Json, args: Json) -> Json | bool:
    by_bot = message.get("from", {}).get("id") == server.world.bot.id or message.get("via_bot")
    if not by_bot and not (chat.type == "channel" and message.get("_mine")):
        raise Refused("message can't be edited")
    if ("photo" in message or "document" in message) and "text" in what:
        raise Refused("there is no text in the message to edit")
    markup = args.get("reply_markup")
    markup = markup if markup and markup.get("inline_keyboard") else None
    before = {name: message[name] for name in _CONTENT if name in message}
    if before == what and message.get("reply_markup") == markup:
        raise Refused(NOT_MODIFIED.description.removeprefix("Bad Request: "))
    for name in (*_CONTENT, "reply_markup"):
        message.pop(name, None)
    message |= what | ({"reply_markup": markup} if markup else {}) | {"edit_date": int(server.world.now())}
    server.edited += 1
    return True if args.get("inline_message_id") else public(message)


def delete_message(server: TelegramServer, args: Json) -> bool:
    """DeleteMessage: the bot's own anywhere, other people's where it administers."""
    chat, message = _found(server, args, "delete")
    own = message.get("from", {}).get("id") == server.world.bot.id or message.get("_mine")
    if not own and chat.type != "private" and not chat.leads(server.world.bot.id):
        raise Refused("message can't be deleted")
    del chat.messages[message["message_id"]]
    return True


def _mine(server: TelegramServer, args: Json) -> tuple[Chat, Json]:
    """Find an ephemeral message; only its receiver's number and its own together name one."""
    chat, _ = writable(server, {"chat_id": args["chat_id"]})
    message = chat.messages.get(-args["ephemeral_message_id"])
    if message is None or message["receiver_user"]["id"] != args["receiver_user_id"]:
        raise Refused("message to edit not found")
    return chat, message


def edit_ephemeral_text(server: TelegramServer, args: Json) -> bool:
    """EditEphemeralMessageText."""
    chat, message = _mine(server, args)
    check_markup(args.get("reply_markup"))
    _edit(server, chat, message, _new_content(server, args), args)
    return True


def edit_ephemeral_markup(server: TelegramServer, args: Json) -> bool:
    """EditEphemeralMessageReplyMarkup."""
    chat, message = _mine(server, args)
    check_markup(args.get("reply_markup"))
    _edit(server, chat, message, {name: message[name] for name in _CONTENT if name in message}, args)
    return True


def delete_ephemeral(server: TelegramServer, args: Json) -> bool:
    """DeleteEphemeralMessage."""
    chat, _ = _mine(server, args)
    del chat.messages[-args["ephemeral_message_id"]]
    return True
