"""What Telegram refuses about buttons."""

from __future__ import annotations

import re
from typing import Any

from .refusals import Refused

_ACTIONS = (
    "url callback_data web_app login_url switch_inline_query switch_inline_query_current_chat "
    "switch_inline_query_chosen_chat copy_text callback_game pay disabled"
).split()


def check_markup(markup: Any) -> None:
    """Refuse a keyboard that Telegram would refuse."""
    if not markup:
        return
    if not isinstance(markup, dict):
        raise Refused("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        return
    if sum(len(row) for row in rows) > 100:
        raise Refused("reply markup is too long")
    for row in rows:
        if len(row) > 8:
            raise Refused("reply markup is too long")
        for button in row:
            check_button(button)


def check_button(button: dict[str, Any]) -> None:
    """Refuse a button that Telegram would refuse."""
    text = button.get("text")
    if isinstance(text, str) and not text.strip():
        raise Refused("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    actions = [name for name in _ACTIONS if button.get(name) is not None]
    if len(actions) != 1:
        raise Refused("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise Refused("BUTTON_DATA_INVALID")
    if "url" in button:
        url = button["url"]
        host = re.match(r"(?i)(?:(https?|tg|ton)://)?([^/?#\s]*)", url)
        if host is None or ((host[1] or "http").lower() in ("http", "https") and not _reachable(host[2])):
            reason = "Wrong HTTP URL" if host is None or host[2] else "URL host is empty"
            raise Refused(f"inline keyboard button URL '{url}' is invalid: {reason}")


def _reachable(host: str) -> bool:
    name = host.rsplit("@", 1)[-1].split(":", maxsplit=1)[0]
    return "." in name and not name.startswith(".") and not name.endswith("..")
