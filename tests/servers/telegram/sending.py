"""Methods that put something into a chat, change it, or take it away."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from .detection import detect
from .faults import NOT_MODIFIED
from .keyboards import check_markup
from .refusals import Refused
from .rich import check_rich, rich_blocks
from .texts import MarkupError, nested_quotes, parse_html, tidy, units

if TYPE_CHECKING:
    from .server import TelegramServer
    from .world import Chat, Json

_ACTIONS = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note"
).split()


def writable(server: TelegramServer, args: Json) -> tuple[Chat, int]:
    """Find the chat and topic of a request, or refuse as Telegram does when the bot may not write there."""
    chat, bot = server.world.chat(args.get("chat_id", "")), server.world.bot
    thread = args.get("message_thread_id") or 0
    if chat.migrated_to:
        raise Refused(
            "group chat was upgraded to a supergroup chat", 400, migrate_to_chat_id=chat.migrated_to
        )
    if chat.person is not None:
        if chat.person.deleted:
            raise Refused("user is deactivated", 403)
        if chat.person.blocked:
            raise Refused("bot was blocked by the user", 403)
        if not chat.person.started:
            raise Refused("bot can't initiate conversation with a user", 403)
        if thread:
            raise Refused("message thread not found")
        return chat, 0
    status = chat.members.get(bot.id, "left")
    if status == "kicked":
        raise Refused(f"bot was kicked from the {chat.type} chat", 403)
    if status == "left":
        raise Refused(f"bot is not a member of the {chat.type} chat", 403)
    if chat.type == "channel" and not chat.leads(bot.id):
        raise Refused("need administrator rights in the channel chat")
    if status == "restricted" or (chat.muted and not chat.leads(bot.id)):
        raise Refused("not enough rights to send text messages to the chat")
    if thread:
        topic = chat.topics.get(thread)
        if topic is None or topic.deleted:
            raise Refused("message thread not found")
        if topic.closed and not chat.leads(bot.id):
            raise Refused("TOPIC_CLOSED")
    elif chat.general_closed and not chat.leads(bot.id):
        raise Refused("TOPIC_CLOSED")
    return chat, thread


def content(server: TelegramServer, args: Json, name: str = "text", most: int = 4096) -> Json:
    """Read the text or caption of a request into what a message keeps."""
    text, entities = (
        args.get(name) or "",
        list(args.get("entities" if name == "text" else "caption_entities") or []),
    )
    mode = args.get("parse_mode") or ""
    if server.check:
        try:
            text, entities = parse_html(text) if mode.lower() == "html" else tidy(text, entities)
        except MarkupError as error:
            raise Refused(f"can't parse entities: {error}") from error
        if mode.lower() not in ("html", ""):
            raise Refused(f"can't parse entities: this server reads HTML, not {mode}")
        if nested_quotes(entities):
            server.violations.append(f"blockquotes can't be nested: {text[:60]}")
        entities = detect(text, entities)
    if not text and name == "text":
        raise Refused("message text is empty")
    if units(text) > most:
        raise Refused("message is too long" if name == "text" else "message caption is too long")
    kept: Json = {name: text} if text else {}
    if entities:
        kept["entities" if name == "text" else "caption_entities"] = entities
    return kept


def rich_content(server: TelegramServer, args: Json) -> Json:
    """Read the rich message of a request."""
    rich = args["rich_message"]
    if server.check:
        check_rich(rich)
    return {"rich_message": {"blocks": rich_blocks(rich)}}


def _send(server: TelegramServer, args: Json, what: Json, chat: Chat, thread: int) -> Json:
    check_markup(args.get("reply_markup"))
    seconds = server.rates.ask(chat.id) if server.rates else 0
    if seconds:
        raise Refused(f"Too Many Requests: retry after {seconds}", 429, retry_after=seconds)
    message = server.world.base(chat, server.world.bot, thread)
    reply = args.get("reply_parameters") or {}
    if reply and (replied := chat.messages.get(reply.get("message_id", 0))):
        message["reply_to_message"] = {k: v for k, v in replied.items() if k != "reply_to_message"}
    elif reply and not reply.get("allow_sending_without_reply"):
        raise Refused("message to be replied not found")
    message |= what
    if chat.type == "channel":
        message["_mine"] = True
    if args.get("reply_markup") and "inline_keyboard" in args["reply_markup"]:
        message["reply_markup"] = args["reply_markup"]
    if args.get("disable_notification"):
        message["_silent"] = True
    if args.get("link_preview_options"):
        message["link_preview_options"] = args["link_preview_options"]
    if only := args.get("ephemeral_message_parameters"):
        _only_for(server, message, only, chat)
    chat.messages[message.get("ephemeral_message_id") or message["message_id"]] = message
    server.sent += 1
    return public(message)


def _only_for(server: TelegramServer, message: Json, only: Json, chat: Chat) -> None:
    if chat.type not in ("group", "supergroup"):
        raise Refused("EPHEMERAL_MESSAGE_CHAT_INVALID")
    user = server.world.users.get(only["receiver_user_id"])
    if user is None or chat.members.get(user.id, "left") in ("left", "kicked"):
        raise Refused("user not found")
    server.world.ephemeral_id -= 1
    message |= {"ephemeral_message_id": -server.world.ephemeral_id + 1_000_000, "receiver_user": user.card()}
    message["message_id"] = 0


def public(message: Json) -> Json:
    """A message without what only this server keeps of it."""
    return {name: value for name, value in message.items() if not name.startswith("_")}


def send_message(server: TelegramServer, args: Json) -> Json:
    """SendMessage."""
    chat, thread = writable(server, args)
    return _send(server, args, content(server, args), chat, thread)


def send_rich_message(server: TelegramServer, args: Json) -> Json:
    """SendRichMessage."""
    chat, thread = writable(server, args)
    return _send(server, args, rich_content(server, args), chat, thread)


def send_photo(server: TelegramServer, args: Json) -> Json:
    """SendPhoto; the picture itself is kept in `server.files`."""
    chat, thread = writable(server, args)
    size = {"file_id": str(args.get("photo")), "file_unique_id": "p", "width": 640, "height": 480}
    what = {"photo": [size]} | content(server, args, "caption", 1024)
    return _send(server, args, what, chat, thread)


def send_document(server: TelegramServer, args: Json) -> Json:
    """SendDocument."""
    chat, thread = writable(server, args)
    name = str(args.get("document"))
    document: Json = {"file_id": name, "file_unique_id": "d"}
    if (upload := server.files.get(name.removeprefix("attach://"))) is not None:
        document |= {"file_name": upload[0], "file_size": len(upload[1])}
    return _send(server, args, {"document": document} | content(server, args, "caption", 1024), chat, thread)


def send_draft(server: TelegramServer, args: Json) -> bool:
    """SendMessageDraft and sendRichMessageDraft: words that grow, in private chats only."""
    chat, _ = writable(server, args)
    if chat.type != "private":
        raise Refused("PEER_ID_INVALID")
    if not args.get("draft_id"):
        raise Refused("DRAFT_ID_INVALID")
    server.drafts.append(args)
    return True


def send_chat_action(server: TelegramServer, args: Json) -> bool:
    """SendChatAction."""
    chat, thread = writable(server, args)
    if args.get("action") not in _ACTIONS:
        raise Refused("wrong parameter action in request")
    server.actions.append((chat.id, thread, args["action"]))
    return True


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
    if message is None or "ephemeral_message_id" in message:
        raise Refused(f"message to {verb} not found")
    return chat, message


def edit_message_text(server: TelegramServer, args: Json) -> Json | bool:
    """EditMessageText, of texts and of rich messages."""
    chat, message = _found(server, args, "edit")
    if args.get("rich_message"):
        what = rich_content(server, args)
    else:
        try:
            what = content(server, args)
        except Refused as error:
            if error.description.endswith("message is too long"):
                raise Refused("MESSAGE_TOO_LONG") from error
            raise
    check_markup(args.get("reply_markup"))
    return _edit(server, chat, message, what, args)


def edit_message_reply_markup(server: TelegramServer, args: Json) -> Json | bool:
    """EditMessageReplyMarkup."""
    chat, message = _found(server, args, "edit")
    check_markup(args.get("reply_markup"))
    names = ("text", "entities", "rich_message", "caption", "caption_entities")
    return _edit(server, chat, message, {name: message[name] for name in names if name in message}, args)


def _edit(server: TelegramServer, chat: Chat, message: Json, what: Json, args: Json) -> Json | bool:
    by_bot = message.get("from", {}).get("id") == server.world.bot.id or message.get("via_bot")
    if not by_bot and not (chat.type == "channel" and message.get("_mine")):
        raise Refused("message can't be edited")
    if ("photo" in message or "document" in message) and "text" in what:
        raise Refused("there is no text in the message to edit")
    markup = args.get("reply_markup")
    markup = markup if markup and markup.get("inline_keyboard") else None
    names = ("text", "entities", "rich_message", "caption", "caption_entities")
    before = {name: message[name] for name in names if name in message}
    if before == what and message.get("reply_markup") == markup:
        raise Refused(NOT_MODIFIED.description.removeprefix("Bad Request: "))
    for name in (*names, "reply_markup"):
        message.pop(name, None)
    message |= what | ({"reply_markup": markup} if markup else {}) | {"edit_date": int(time.time())}
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
