"""Which methods this server knows, in lower case, as Telegram doesn't mind capitals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import asking, drafts, editing, sending

if TYPE_CHECKING:
    from collections.abc import Callable

    from .server import TelegramServer
    from .world import Json

    Handler = Callable[[TelegramServer, Json], Any]


async def _get_updates(server: TelegramServer, args: Json) -> list[Json]:
    return await server.updates.get(args)


def _set_webhook(server: TelegramServer, args: Json) -> bool:
    return server.updates.set_webhook(args)


def _delete_webhook(server: TelegramServer, args: Json) -> bool:
    return server.updates.delete_webhook(args)


def _webhook_info(server: TelegramServer, _: Json) -> Json:
    return server.updates.webhook_info()


HANDLERS: dict[str, Handler] = {
    "getupdates": _get_updates,
    "getme": asking.get_me,
    "getchat": asking.get_chat,
    "getchatmember": asking.get_chat_member,
    "getchatadministrators": asking.get_chat_administrators,
    "answercallbackquery": asking.answer_callback_query,
    "answerinlinequery": asking.answer_inline_query,
    "setmycommands": asking.set_my_commands,
    "getmycommands": asking.get_my_commands,
    "deletemycommands": asking.delete_my_commands,
    "setmyname": asking.setter("name"),
    "setmydescription": asking.setter("description"),
    "setmyshortdescription": asking.setter("short_description"),
    "getmyname": asking.getter("name"),
    "getmydescription": asking.getter("description"),
    "getmyshortdescription": asking.getter("short_description"),
    "sendmessage": sending.send_message,
    "sendrichmessage": sending.send_rich_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendmediagroup": sending.send_media_group,
    "sendchataction": sending.send_chat_action,
    "sendmessagedraft": drafts.send_draft,
    "sendrichmessagedraft": drafts.send_draft,
    "editmessagetext": editing.edit_message_text,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": editing.delete_message,
    "editephemeralmessagetext": editing.edit_ephemeral_text,
    "editephemeralmessagereplymarkup": editing.edit_ephemeral_markup,
    "deleteephemeralmessage": editing.delete_ephemeral,
    "setwebhook": _set_webhook,
    "deletewebhook": _delete_webhook,
    "getwebhookinfo": _webhook_info,
}
