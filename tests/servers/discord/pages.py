"""Channels to talk in by hand: a page each, under /channels/ID?as=USER, and what people type there."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from .command_rules import CHANNEL, FLAG, INTEGER, NUMBER
from .world import FORUM

if TYPE_CHECKING:
    from .interactions import Interaction
    from .server import DiscordServer
    from .world import Channel, User

Json = dict[str, Any]

_SCRIPT = """
<form><input autofocus placeholder="Message, or /command option: value" autocomplete="off"
 style="width:100%;box-sizing:border-box;padding:12px;font:inherit"><output></output></form><script>
const [channel, user, ids] = [CHANNEL, USER, IDS], form = document.forms[0];
let seen = COUNT;
const tell = async (where, what) => {
  const said = await fetch(where, {method: "POST", body: JSON.stringify({channel, user, ...what})});
  form.querySelector("output").textContent = (await said.json()).refused || "";
};
form.onsubmit = event => {
  event.preventDefault(); tell("/type", {text: form[0].value}); form[0].value = ""; };
document.querySelectorAll("main section").forEach((section, number) => {
  for (const button of section.querySelectorAll("button")) button.onclick = () =>
    button.title.startsWith("http") ? open(button.title)
      : tell("/press", {message: ids[number], label: button.title}); });
setInterval(async () => {
  const now = (await (await fetch("/counts", {method: "POST"})).json()).changes;
  if (now !== seen && !form[0].value) location.reload(); }, 700);
scrollTo(0, document.body.scrollHeight);
</script></body>
"""


def index(server: DiscordServer) -> str:
    """List who can look at which channel."""
    links = []
    for channel in server.world.channels.values():
        people = [channel.recipient] if channel.recipient else list(server.world.users.values())
        links += [
            f'<li><a href="/channels/{channel.id}?as={user.id}">{escape(_name(channel))}</a> '
            f"as {escape(user.name)}"
            for user in people
            if not user.is_bot and channel.type != FORUM and server.world.may(user, channel)
        ]
    return f"<!doctype html><ul>{''.join(links)}</ul>"


def _name(channel: Channel) -> str:
    if channel.guild is None:
        return "direct messages"
    return f"{channel.guild.name} #{channel.name}"


def page(server: DiscordServer, channel: Channel, user: User, *, dark: bool, count: int) -> str:
    """Show a channel as one person sees it, with a line to write in and buttons that press."""
    ids = [message.id for message in server.shown(channel, user)]
    # Beyond 2^53 a browser's numbers lose digits, so all ids go there and back as text.
    script = _SCRIPT.replace("CHANNEL", f'"{channel.id}"').replace("USER", f'"{user.id}"')
    script = script.replace("IDS", str([str(number) for number in ids])).replace("COUNT", str(count))
    return server.picture(channel, user, dark=dark).replace("</body>", script)


def typed(server: DiscordServer, user: User, channel: Channel, line: str) -> Interaction | None:
    """Say a line, or use the command that it begins with: /settings sound: true."""
    if not line.startswith("/"):
        server.say(user, channel, line)
        return None
    name, *rest = re.split(r"\s+(\w+):\s*", line[1:].strip())
    texts = dict(zip(rest[::2], rest[1::2], strict=True))
    kinds = {option["name"]: option["type"] for card in server.commands for option in _options(card)}
    values = {option: _value(server, kinds.get(option, 0), text) for option, text in texts.items()}
    return server.slash(user, channel, name, **values)


def _options(card: Json) -> list[Json]:
    own: list[Json] = card.get("options") or []
    return own + [below for option in own for below in _options(option)]


def _value(server: DiscordServer, kind: int, text: str) -> Any:
    if kind == CHANNEL:
        return next(c for c in server.world.channels.values() if c.name == text.lstrip("#"))
    if kind == FLAG:
        return text.lower() in ("true", "yes", "1")
    return int(text) if kind == INTEGER else float(text) if kind == NUMBER else text
