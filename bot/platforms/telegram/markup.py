"""Documents as Telegram's HTML: https://core.telegram.org/bots/api#html-style. Pure.

Text from papers and people is escaped here, can't mention anybody, and its categories are no links.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from digest.document import (
    Actions,
    Code,
    Details,
    Divider,
    Emphasis,
    Figure,
    Group,
    Heading,
    Link,
    List,
    Math,
    MathBlock,
    Paragraph,
    Preformatted,
    Quote,
    Role,
    Strong,
    Text,
)
from digest.reading import marker, plain
from digest.safety import printable, web_link

if TYPE_CHECKING:
    from digest.document import Block, Blocks, Inline, Inlines

_DIVIDER = "* * *"
_TAGS = {Role.SMALL: "i", Role.FOOTER: "i", Role.NOTICE: "b"}
JOINER = "\u2060"
"""A word joiner, which nobody sees: it ends what Telegram would take for a name or a domain."""

# The dot of "cs.CV", which is a domain too. It comes first in the pattern: dots are found fast.
_CATEGORY = re.compile(r"\.(?<=[a-z]\.)(?=[A-Z]{2}\b)")


def markup(blocks: Blocks) -> str:
    """Write blocks as HTML: a line for each, blank lines as in `plain`, nothing for buttons."""
    return _blocks(blocks, quoted=False)


def unformatted(blocks: Blocks) -> str:
    """Write blocks as text without any markup."""
    return "\n".join(unlinked(line) for line in plain(blocks).split("\n"))


def calm(text: str) -> str:
    """Return text on one line that moves no cursor and mentions nobody."""
    return printable(text).replace("@", f"@{JOINER}")


def unlinked(text: str) -> str:
    """Return text whose categories Telegram takes for no domains, besides being calm."""
    return _CATEGORY.sub(f".{JOINER}", calm(text))


def utf16(text: str) -> int:
    """Return a text's length as Telegram counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _blocks(blocks: Blocks, *, quoted: bool) -> str:
    text = ""
    grouped = False
    for block in blocks:
        if piece := _block(block, quoted=quoted):
            apart = grouped or isinstance(block, Group | Heading)
            text += ("\n\n" if apart else "\n") * bool(text) + piece
            grouped = isinstance(block, Group)
    return text


def _block(block: Block, *, quoted: bool) -> str:
    match block:
        case List():
            items = (_blocks(item, quoted=quoted) for item in block.items)
            return "\n".join(f"{marker(block, place)}{item}" for place, item in enumerate(items))
        case Details():
            return _quote(_details(block), "blockquote expandable", quoted=quoted)
        case Quote():
            return _quote(_blocks(block.blocks, quoted=True), "blockquote", quoted=quoted)
        case Group():
            return _blocks(block.blocks, quoted=quoted)
        case Actions():
            return ""
        case _:
            return _line(block)


def _line(block: Heading | Paragraph | Figure | MathBlock | Preformatted | Divider) -> str:
    match block:
        case Heading():
            number = f"{block.number}. " if block.number is not None else ""
            return f"<b>{number}{_inlines(block.content)}</b>"
        case Paragraph():
            tag = _TAGS.get(block.role)
            text = _inlines(block.content)
            return f"<{tag}>{text}</{tag}>" if tag and text else text
        case Figure():
            return _inlines(block.caption)
        case MathBlock():
            return f"<code>{_escape(block.plain)}</code>"
        case Preformatted():
            return _preformatted(block)
        case Divider():
            return _DIVIDER


def _preformatted(block: Preformatted) -> str:
    """Write lines to copy: nothing is looked for in them, so they stay as they are."""
    lines = "\n".join(escape(printable(line), quote=False) for line in block.plain.split("\n"))
    if not lines.strip():
        return ""
    language = escape(printable(block.language))
    return (
        f'<pre><code class="language-{language}">{lines}</code></pre>' if language else f"<pre>{lines}</pre>"
    )


def _details(block: Details) -> str:
    summary = f"<b>{_inlines(block.summary)}</b>" if block.summary else ""
    return "\n".join(filter(None, (summary, _blocks(block.blocks, quoted=True))))


def _quote(content: str, tag: str, *, quoted: bool) -> str:
    """Put text in a quote; Telegram has no quotes in quotes."""
    return content if quoted or not content else f"<{tag}>{content}</blockquote>"


def _inlines(inlines: Inlines) -> str:
    return "".join(_inline(inline) for inline in inlines)


def _inline(inline: Inline) -> str:
    match inline:
        case Text():
            return _escape(inline.value)
        case Code():
            return f"<code>{_escape(inline.value).replace(JOINER, '')}</code>"  # nothing is looked for there
        case Math():
            return _escape(inline.plain)
        case Strong():
            return f"<b>{_inlines(inline.content)}</b>"
        case Emphasis():
            return f"<i>{_inlines(inline.content)}</i>"
        case Link():
            content, url = _inlines(inline.content), web_link(inline.url)
            return f'<a href="{escape(url)}">{content}</a>' if url else content


def _escape(text: str) -> str:
    return escape(unlinked(text), quote=False)
