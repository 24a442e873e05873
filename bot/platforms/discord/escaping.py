"""Text as Discord's Markdown that shows just that text. Pure; knows signs, links and code, no block.

https://support.discord.com/hc/en-us/articles/210298617 has the signs. What it doesn't say, clients do:
a backslash before a sign shows the sign, but in the words of a link it's shown too (discord-api-docs#6185),
an address or an emoji there undoes the link (#7721, #6116), and what stands first in bold begins a line.
"""

from __future__ import annotations

import re

from digest.safety import printable, web_link

JOINER = "\u2060"
"""A word joiner, which nobody sees: it stands between what Discord would read as one."""

# A colon that no blank follows may begin an address, or an emoji's name that ends far away. Invitations are
# looked for in the source and shown as a card, whatever surrounds them.
_SIGN = re.compile(r"[\\*_~|`\[\]<>]|:(?!\s)|(?i:(?<=discord)|(?<=discordapp))\.")
_PART = r"[A-Za-z0-9._~:/?#\[\]@!$&'*+,;=%-]"
_ADDRESS = re.compile(rf"https?://(?:{_PART}|\({_PART}*\))*(?:[A-Za-z0-9_~/#@$&*+=%-]|\({_PART}*\))")
_INVITATION = re.compile(r"https?://(?:[\w-]+\.)*discord(?:app)?\.\w+(?:[:/?#]|$)", re.IGNORECASE)
_EMOJI = (
    r"\u00a9\u00ae\u203c\u2049\u20e3\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u27bf\u2934\u2935"
    r"\u2b05-\u2b55\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
)
# What the words of a link can't hold.
_UNLINKABLE = re.compile(rf"((?:[\\*_`\[\]<>@{_EMOJI}]|~~+|\|\|+|:(?=//)|:(?=[^\s:]+:))+)")
_MOST_PIECES = 4  # of a link: a title of stars and brackets would fill a message with its URL

# What begins a heading, small print, a list or a quote; a link's words are looked at from outside.
_BEGIN = re.compile(r"([*_]*)(\[?)(?:(\d+)(?=\.(?!\d))|(?=[#+-]))")
_TARGET = str.maketrans({sign: f"%{ord(sign):X}" for sign in "()[]*@'"})  # what could end the link, or bold
_LAST = {sign: f"%{ord(sign):X}" for sign in ".,:;"}  # no link ends with one of these


def length(text: str) -> int:
    """Return a text's length as the strictest of Discord's counts, in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2


def escaped(text: str) -> str:
    """Return text on one line, as Markdown that says the same; addresses in it lead where they say."""
    text = printable(text)
    if "://" not in text:
        return _signs(text)
    shown, at = "", 0
    for found in _ADDRESS.finditer(text):
        if target(found[0]) and not set("*@") & set(found[0]):
            shown += f"{_signs(text[at : found.start()])}<{found[0]}>"
            at = found.end()
    return shown + _signs(text[at:])


def begun(line: str) -> str:
    """Return a line of Markdown that begins nothing: no heading, no list, no small print."""
    found = _BEGIN.match(line)
    if not found:
        return line
    signs, link, number = found.groups()
    if link:  # a backslash would be seen there
        return f"{JOINER}{line}"
    return f"{signs}{number or ''}\\{line[found.end() :]}"


def target(url: str) -> str:
    """Return a URL as Markdown may hold it; nothing if it doesn't lead to the web, or is an invitation."""
    if not web_link(url) or _INVITATION.match(url):
        return ""
    url = url.translate(_TARGET)
    return url[:-1] + _LAST.get(url[-1], url[-1])


def linked(words: str, url: str) -> str:
    """Return words as a link; what the words of a link can't hold stands between links to the same place.

    Args:
        words: as they are read.
        url: a `target`.
    """
    text, left = "", _MOST_PIECES
    for place, piece in enumerate(_UNLINKABLE.split(printable(words))):
        label = piece.strip()
        if left and place % 2 == 0 and any(map(str.isalnum, label)):  # odd places hold what can't be linked
            before, _, after = piece.partition(label)
            text += f"{before}[{label}](<{url}>){after}"
            left -= 1
        else:
            text += _signs(piece)
    return text


def code(text: str, url: str = "") -> str:
    """Return text as code, which may be a link; as mere text if it can't be code."""
    text = printable(text)
    if not text.strip() or "`" in text or (url and _UNLINKABLE.search(text)):
        return linked(text, url) if url else escaped(text)
    return f"[`{text}`](<{url}>)" if url else f"`{text}`"


def _signs(text: str) -> str:
    return _SIGN.sub(r"\\\g<0>", text).replace("@", f"@{JOINER}")
