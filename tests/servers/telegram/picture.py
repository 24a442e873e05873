"""A look-alike of a chat: a page that shows what a Telegram client would show, for people to look at."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from .picture_blocks import blocks_html
from .picture_style import STYLE
from .picture_text import text_html

if TYPE_CHECKING:
    from .drafts import Draft
    from .world import Chat, Json, Shown, User, World

_SERVICE = (
    ("new_chat_members", "{who} joined the group"),
    ("left_chat_member", "{who} left the group"),
    ("forum_topic_created", "{who} created the topic “{name}”"),
    ("forum_topic_closed", "{who} closed the topic"),
    ("forum_topic_reopened", "{who} reopened the topic"),
    ("migrate_to_chat_id", "the group became a supergroup"),
    ("migrate_from_chat_id", "the group became a supergroup"),
)


def picture(
    world: World,
    chat: Chat | User | int,
    *,
    thread: int | None = None,
    viewer: User | None = None,
    draft: Draft | None = None,
    dark: bool = False,
    opened: bool = False,
    extra: str = "",
) -> str:
    """Draw a chat.

    Args:
        world: Where the chat is.
        chat: Which one.
        thread: Only this topic of it.
        viewer: Whose screen it is: their messages stand on the right, and others' ephemeral ones are missing.
        draft: What is shown below its messages.
        dark: The night theme.
        opened: Show expandable quotes and details opened.
        extra: HTML that goes to the end of the page.
    """
    place = world.chats[chat if isinstance(chat, int) else chat.id]
    viewer = viewer or place.person
    shown = [
        m for m in world.shown(place, thread) if not m.only_for or viewer is None or m.only_for == viewer.id
    ]
    instead = {m.raw["_instead_of"] for m in shown if "_instead_of" in m.raw}
    body = "".join(
        _message(place, message, world, viewer, opened=opened)
        for message in shown
        if message.id not in instead
    ) + (_draft(draft) if draft else "")
    title, below = _header(place, world, thread)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>'
        f'<body class="{"dark" if dark else "light"}"><header><i>{escape(title[:1])}</i>'
        f"<div><b>{escape(title)}</b><small>{escape(below)}</small></div></header>"
        f"<main>{body}</main>{extra}</body></html>"
    )


def _header(chat: Chat, world: World, thread: int | None) -> tuple[str, str]:
    if chat.type == "private":
        return world.bot.first_name, "bot"
    kind = "subscribers" if chat.type == "channel" else "members"
    below = f"{sum(status not in ('left', 'kicked') for status in chat.members.values())} {kind}"
    if thread and thread in chat.topics:
        return chat.topics[thread].name, f"{chat.title}, {below}"
    return chat.title, below


def _message(chat: Chat, message: Shown, world: World, viewer: User | None, *, opened: bool) -> str:
    raw = message.raw
    for name, said in _SERVICE:
        if name in raw:
            who = raw.get("from", {}).get("first_name", chat.title)
            topic = raw[name].get("name", "") if isinstance(raw[name], dict) else ""
            return f'<p class="service">{escape(said.format(who=who, name=topic))}</p>'
    mine = viewer is not None and message.sender == viewer.id
    name = ""
    if chat.type != "private" and not mine:
        shown_as = raw.get("from", {}).get("first_name") or chat.title
        name = f'<div class="name">{escape(shown_as)}</div>'
    inside = (
        name
        + _reply(raw, chat)
        + _media(raw)
        + (
            blocks_html(list(message.rich), opened=opened)
            if message.rich
            else f'<div class="text">{text_html(message.text, list(message.entities), opened=opened)}</div>'
        )
    )
    return (
        f'<section class="{"mine" if mine else "theirs"}" data-message="{message.id}">'
        f'<div class="bubble">{inside}<div class="meta">{_meta(message, world)}</div></div>'
        f"{_keyboard(message)}</section>"
    )


def _draft(draft: Draft) -> str:
    stop = '<button class="stop">Stop</button>' if draft.can_stop else ""
    text = f'<div class="text">{escape(draft.text or "Thinking…")}</div>'
    return f'<section class="theirs draft"><div class="bubble">{text}</div>{stop}</section>'


def _reply(raw: Json, chat: Chat) -> str:
    replied = raw.get("reply_to_message")
    if not replied or "forum_topic_created" in replied:
        return ""
    who = replied.get("from", {}).get("first_name", chat.title)
    words = (replied.get("text") or replied.get("caption") or "Message").split("\n")[0]
    return f'<div class="reply"><b>{escape(who)}</b><br>{escape(words[:60])}</div>'


def _media(raw: Json) -> str:
    if "photo" in raw:
        return '<div class="photo">Photo</div>'
    if "document" in raw:
        return f'<div class="file">{escape(raw["document"].get("file_name", "File"))}</div>'
    return ""


def _meta(message: Shown, world: World) -> str:
    notes = []
    if message.only_for:
        notes.append(f"only {world.users[message.only_for].first_name} sees this")
    if message.silent:
        notes.append("silent")
    if message.edited:
        notes.append("edited")
    seconds = message.raw["date"] % 86_400
    return escape(", ".join([*notes, f"{seconds // 3600:02}:{seconds // 60 % 60:02}"]))


def _keyboard(message: Shown) -> str:
    if not message.keyboard:
        return ""
    return f'<div class="keyboard">{"".join(_row(row) for row in message.keyboard)}</div>'


def _row(row: tuple[Json, ...]) -> str:
    return f'<div class="row">{"".join(_button(button) for button in row)}</div>'


def _button(button: dict[str, Any]) -> str:
    mark = "<sup>↗</sup>" if "url" in button else ""
    title = escape(button.get("callback_data") or button.get("url") or "")
    return f'<button title="{title}">{escape(button["text"])}{mark}</button>'
