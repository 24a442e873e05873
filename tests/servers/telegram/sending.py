"""Methods that put something into a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .detection import detect
from .keyboards import check_markup
from .photos import check_album, check_photo
from .refusals import Refused
from .rich import check_rich, rich_blocks
from .texts import MarkupError, nested_quotes, parse_html, tidy, units

if TYPE_CHECKING:
    from .server import TelegramServer
    from .world import Chat, Json, Topic, User

_ACTIONS = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note"
).split()
_ALBUM = (2, 10)


def writable(server: TelegramServer, args: Json) -> tuple[Chat, int]:
    """Find the chat and topic of a request, or refuse as Telegram does when the bot may not write there."""
    chat = server.world.chat(args.get("chat_id", ""))
    thread = args.get("message_thread_id") or 0
    if chat.migrated_to:
        raise Refused(
            "group chat was upgraded to a supergroup chat", 400, migrate_to_chat_id=chat.migrated_to
        )
    if chat.person is not None:
        _private(chat.person)
        if thread:
            raise Refused("message thread not found")
    else:
        _crowd(chat, server.world.bot)
        if not chat.leads(server.world.bot.id):
            _topic(chat, thread)
        elif thread:
            _existing(chat, thread)
    return chat, thread


def _private(person: User) -> None:
    if person.deleted:
        raise Refused("user is deactivated", 403)
    if person.blocked:
        raise Refused("bot was blocked by the user", 403)
    if not person.started:
        raise Refused("bot can't initiate conversation with a user", 403)


def _crowd(chat: Chat, bot: User) -> None:
    status = chat.members.get(bot.id, "left")
    if status == "kicked":
        raise Refused(f"bot was kicked from the {chat.type} chat", 403)
    if status == "left":
        raise Refused(f"bot is not a member of the {chat.type} chat", 403)
    if chat.type == "channel" and not chat.leads(bot.id):
        raise Refused("need administrator rights in the channel chat")
    if status == "restricted" or (chat.muted and not chat.leads(bot.id)):
        raise Refused("not enough rights to send text messages to the chat")


def _existing(chat: Chat, thread: int) -> Topic:
    topic = chat.topics.get(thread)  # General has no number here: Telegram refuses its 1
    if topic is None or topic.deleted:
        raise Refused("message thread not found")
    return topic


def _topic(chat: Chat, thread: int) -> None:
    """Refuse what is closed; administrators write there all the same."""
    if _existing(chat, thread).closed if thread else chat.general_closed:
        raise Refused("TOPIC_CLOSED")


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
    if (server.check or not mode) and units(text) > most:  # unparsed, tags would count
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
    throttled(server, chat)
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
    chat.messages[-message.get("ephemeral_message_id", 0) or message["message_id"]] = message
    server.sent += 1
    server.drafts.end(chat)
    return public(message)


def throttled(server: TelegramServer, chat: Chat) -> None:
    """Refuse what comes too fast."""
    seconds = server.rates.ask(chat.id) if server.rates else 0
    if seconds:
        raise Refused(f"Too Many Requests: retry after {seconds}", 429, retry_after=seconds)


def _only_for(server: TelegramServer, message: Json, only: Json, chat: Chat) -> None:
    if chat.type not in ("group", "supergroup"):
        raise Refused("EPHEMERAL_MESSAGE_CHAT_INVALID")
    user = server.world.users.get(only["receiver_user_id"])
    if user is None or chat.members.get(user.id, "left") in ("left", "kicked"):
        raise Refused("user not found")
    query = only.get("callback_query_id")
    if query is not None and (query not in server.presses or server.presses[query].user is not user):
        raise Refused("query is too old and response timeout expired or query ID is invalid")
    server.world.ephemeral_id += 1
    message |= {
        "message_id": 0,
        "ephemeral_message_id": server.world.ephemeral_id,
        "receiver_user": user.card(),
    }
    if only.get("replace_callback_query_message") and query is not None:
        message["_instead_of"] = server.presses[query].message_id


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
    upload = server.files.get(str(args.get("photo")).removeprefix("attach://"))
    if upload is None and not _fetched(str(args.get("photo"))):
        raise Refused("wrong file identifier/HTTP URL specified")
    if upload is not None and server.check:
        check_photo(upload[1])
    size = {"file_id": str(args.get("photo")), "file_unique_id": "p", "width": 640, "height": 480}
    what = {"photo": [size]} | content(server, args, "caption", 1024)
    return _send(server, args, what, chat, thread)


def _fetched(name: str) -> bool:
    """Tell whether Telegram would fetch a picture itself; this server doesn't."""
    return name.startswith(("http://", "https://"))


def send_document(server: TelegramServer, args: Json) -> Json:
    """SendDocument."""
    chat, thread = writable(server, args)
    name = str(args.get("document"))
    document: Json = {"file_id": name, "file_unique_id": "d"}
    if (upload := server.files.get(name.removeprefix("attach://"))) is not None:
        document |= {"file_name": upload[0], "file_size": len(upload[1])}
    return _send(server, args, {"document": document} | content(server, args, "caption", 1024), chat, thread)


def send_media_group(server: TelegramServer, args: Json) -> list[Json]:
    """SendMediaGroup; the pictures themselves are kept in `server.files`."""
    chat, thread = writable(server, args)
    media = args.get("media") or []
    if not _ALBUM[0] <= len(media) <= _ALBUM[1]:
        raise Refused("group send failed: wrong number of media")
    names = [str(item["media"]) for item in media]
    uploads = [server.files.get(name.removeprefix("attach://")) for name in names]
    if any(not upload and not _fetched(name) for name, upload in zip(names, uploads, strict=True)):
        raise Refused("wrong file identifier/HTTP URL specified")
    if server.check and media[0]["type"] == "photo":
        check_album([upload[1] for upload in uploads if upload])
    messages = []
    for item, name in zip(media, names, strict=True):
        size = {"file_id": name, "file_unique_id": "p", "width": 640, "height": 480}
        what = {item["type"]: [size] if item["type"] == "photo" else size} | content(
            server, item, "caption", 1024
        )
        album = {"media_group_id": f"album of {media[0]['media']}"}
        messages.append(_send(server, args, what | album, chat, thread))
    return messages


def send_chat_action(server: TelegramServer, args: Json) -> bool:
    """SendChatAction."""
    chat, thread = writable(server, args)
    if args.get("action") not in _ACTIONS:
        raise Refused("wrong parameter action in request")
    server.actions.append((chat.id, thread, args["action"]))
    return True
