"""Bodies as requests of the Bot API. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
from telegram import InputFile

from bot.platforms.telegram.incoming import WHISPERED
from bot.platforms.telegram.messages import read_body

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.chats import Address

Request: TypeAlias = tuple[str, dict[str, Any]]
"""A method, and its parameters."""

_NO_PREVIEW = {"is_disabled": True}


def sending(address: Address, body: str, *, sound: bool, paid: bool) -> Request:
    """Return what sends a body to a chat or topic.

    Args:
        address: General has no thread.
        body: as `bot.platforms.telegram.messages` writes it.
        sound: whether it makes a sound.
        paid: whether Telegram's stars pay for more than 30 messages a second.

    Raises:
        ValueError: it isn't such a body.
    """
    found = read_body(body)
    sound = sound and found["form"] != "photos"  # they follow what made one
    to = where(address, sound=sound) | {"allow_paid_broadcast": True if paid else None}
    if found["form"] == "file":
        return "sendDocument", to | _file(found) | _markup(found)
    if found["form"] == "photos":
        method, photos = _photos(found)
        return method, to | photos
    if found["form"] == "rich":
        return "sendRichMessage", to | {"rich_message": _rich(found)} | _markup(found)
    return "sendMessage", to | _text(found) | _markup(found)


def where(address: Address, *, sound: bool) -> dict[str, Any]:
    """Return the parameters that say to which chat or topic something goes, and whether one hears it."""
    return {
        "chat_id": _number(address.chat),
        "message_thread_id": _number(address.thread) if address.thread else None,
        "disable_notification": None if sound else True,
    }


def drafting(address: Address, number: int, body: str) -> Request:
    """Return what shows a body as a draft that can be stopped, in the place of the one with the same number.

    Raises:
        ValueError: it isn't such a body.
    """
    to = {
        "chat_id": int(address.chat),
        "message_thread_id": int(address.thread) if address.thread else None,
    }
    return "sendMessageDraft", to | {"draft_id": number, "can_stop": True} | _words(read_body(body))


def editing(address: Address, message: str, body: str) -> Request:
    """Return what puts a body in the place of a message.

    Raises:
        ValueError: it isn't such a body, or no such message.
    """
    found = read_body(body)
    what = {"rich_message": _rich(found)} if found["form"] == "rich" else _text(found)
    method, which = _which(message)
    return method, {"chat_id": _number(address.chat)} | which | what | _markup(found)


def _which(message: str) -> Request:
    if message.startswith(WHISPERED):
        receiver, _, number = message.removeprefix(WHISPERED).partition(":")
        return "editEphemeralMessageText", {
            "receiver_user_id": int(receiver),
            "ephemeral_message_id": int(number),
        }
    return "editMessageText", {"message_id": int(message)}


def _text(found: Mapping[str, Any]) -> dict[str, Any]:
    return _words(found) | {"link_preview_options": _NO_PREVIEW}


def _words(found: Mapping[str, Any]) -> dict[str, Any]:
    mode = {"parse_mode": "HTML"} if found["form"] == "html" else {}
    return {"text": str(found["text"])} | mode


def _file(found: Mapping[str, Any]) -> dict[str, Any]:
    caption = {"caption": str(found["text"]), "parse_mode": found.get("mode")} if found["text"] else {}
    return {"document": InputFile(str(found["content"]).encode(), filename=str(found["name"]))} | caption


def _photos(found: Mapping[str, Any]) -> Request:
    """Return what shows photos that Telegram fetches itself; an album has two at least."""
    if len(found["photos"]) > 1:
        return "sendMediaGroup", {"media": [{"type": "photo", **photo} for photo in found["photos"]]}
    (photo,) = found["photos"]
    caption = {name: value for name, value in photo.items() if name != "media"}
    return "sendPhoto", {"photo": str(photo["media"]), **caption}


def _rich(found: Mapping[str, Any]) -> msgspec.Raw:
    """Return a rich message; its blocks were written once, when the edition was, and go as they are."""
    return msgspec.Raw(f'{{"blocks":{found["blocks"]},"skip_entity_detection":true}}')


def _markup(found: Mapping[str, Any]) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": found["keyboard"]}} if found.get("keyboard") else {}


def _number(text: str) -> int | str:
    return text if text.startswith("@") else int(text)
