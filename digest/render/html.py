"""Writes a document as one self-contained page. Knows HTML and its stylesheet, no paper and no network.

The page loads nothing and runs nothing: its policy allows the one stylesheet inside it by hash. Pictures of a
document become links to them. Landmarks, the order of headings and the language of every text are for those
who listen to it; it reads the same with styles off.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib import resources
from typing import TYPE_CHECKING

from digest import phrases as say
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
from digest.safety import printable, web_link
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.document import Block, Blocks, Document, Inlines

_SCRIPTS = {"zh": "zh-Hans"}  # a browser picks the font of a script, which our tag leaves open
_LOWEST_HEADING = 6
_SHORT = 24  # characters


def render(document: Document) -> str:
    """Return a document as an HTML page; encode it as UTF-8, as it says."""
    page = _Page(document.language)
    phrases = phrases_for(document.language)
    header, body, footer = _landmarks(document)
    style, policy = _style()
    lines = [
        "<!doctype html>",
        f'<html lang="{_tag(document.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{_text(document.title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        f'<a class="skip" href="#papers">{_text(phrases(say.SKIP))}</a>',
        "<header>",
        *page.blocks(header),
        *page.topics(body, phrases(say.TOPICS)),
        "</header>",
        '<main id="papers" tabindex="-1">',
        *page.sections(body),
        "</main>",
        *(("<footer>", *page.blocks(footer), "</footer>") if footer else ()),
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


@cache
def _style() -> tuple[str, str]:
    """Return the stylesheet and the policy that allows it and nothing else."""
    style = (resources.files("digest.render") / "page.css").read_text(encoding="utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return style, policy


def _landmarks(document: Document) -> tuple[Blocks, Blocks, Blocks]:
    """Return what stands above the papers, the papers, and what closes the page."""
    blocks = document.blocks
    footer = tuple(block for block in blocks if isinstance(block, Paragraph) and block.role is Role.FOOTER)
    rest = tuple(block for block in blocks if block not in footer)
    if not (rest and isinstance(rest[0], Heading) and rest[0].level == 1):
        return (Heading((Text(document.title),), 1),), rest, footer
    end = 1
    while end < len(rest) and isinstance(rest[end], Paragraph):
        end += 1
    return rest[:end], rest[end:], footer


class _Page:
    def __init__(self, language: str) -> None:
        self._language = language

    def sections(self, blocks: Blocks) -> Iterator[str]:
        """Yield the blocks, those under a heading in a section that the heading names."""
        opened = 0
        for block in blocks:
            if isinstance(block, Heading):
                if opened:
                    yield "</section>"
                opened += 1
                yield f'<section aria-labelledby="topic-{opened}">'
                yield self._heading(block, f"topic-{opened}")
            else:
                yield from self._block(block)
        if opened:
            yield "</section>"

    def topics(self, blocks: Blocks, label: str) -> Iterator[str]:
        """Yield links to the sections, where there are several."""
        headings = [block for block in blocks if isinstance(block, Heading)]
        if len(headings) > 1:
            yield f'<nav aria-label="{_text(label)}">'
            yield "<ul>"
            for number, heading in enumerate(headings, start=1):
                yield f'<li><a href="#topic-{number}">{self._line(heading.content)}</a></li>'
            yield "</ul>"
            yield "</nav>"

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Yield blocks as lines of HTML."""
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield self._heading(block)
            case Paragraph():
                yield f'<p class="{block.role}">{self._line(block.content)}</p>'
            case Figure():
                caption = f"<figcaption>{self._line(block.caption)}</figcaption>" if block.caption else ""
                link = Link((Text(block.description or block.url),), block.url)
                yield f"<figure>{self._line((link,))}{caption}</figure>"
            case MathBlock():
                yield f'<p class="body">{_text(block.plain)}</p>'
            case Preformatted():
                lines = "\n".join(escape(printable(line)) for line in block.plain.split("\n"))
                yield f"<pre><code>{lines}</code></pre>"
            case Divider():
                yield "<hr>"
            case Actions():
                links = [Link((Text(button.label),), button.url) for button in block.buttons if button.url]
                if links:
                    yield f"<p>{' '.join(self._line((link,)) for link in links)}</p>"
            case List() | Group() | Details() | Quote():
                yield from self._container(block)

    def _container(self, block: List | Group | Details | Quote) -> Iterator[str]:
        match block:
            case List():
                start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
                yield f"<ol{start}>" if block.ordered else "<ul>"
                for item in block.items:
                    yield f"<li>{self._item(item)}</li>"
                yield "</ol>" if block.ordered else "</ul>"
            case Group():
                yield from self._article(block)
            case Details():
                yield '<details class="optional">' if block.optional else "<details>"
                yield f"<summary>{self._line(block.summary) or '…'}</summary>"
                yield from self.blocks(block.blocks)
                yield "</details>"
            case Quote():
                yield "<blockquote>"
                yield from self.blocks(block.blocks)
                yield "</blockquote>"

    def _article(self, group: Group) -> Iterator[str]:
        first = group.blocks[0] if group.blocks else None
        if isinstance(first, Heading) and first.number is not None:
            name = f"paper-{first.number}"
            yield f'<article aria-labelledby="{name}">'
            yield self._heading(first, name)
            yield from self.blocks(group.blocks[1:])
        else:
            yield "<article>"
            yield from self.blocks(group.blocks)
        yield "</article>"

    def _heading(self, heading: Heading, name: str = "") -> str:
        level = max(1, min(heading.level, _LOWEST_HEADING))
        identity = f' id="{name}"' if name else ""
        number = f'<span class="number">{heading.number}.</span> ' if heading.number is not None else ""
        return f"<h{level}{identity}>{number}{self._line(heading.content)}</h{level}>"

    def _item(self, item: Blocks) -> str:
        """Return a list item; one paragraph needs no element of its own."""
        if len(item) == 1 and isinstance(item[0], Paragraph):
            return self._line(item[0].content)
        return "\n".join(self.blocks(item))

    def _line(self, inlines: Inlines) -> str:
        parts: list[str] = []
        for inline in inlines:
            match inline:
                case Text():
                    parts.append(self._run(inline))
                case Code():
                    parts.append(f"<code>{_text(inline.value)}</code>")
                case Math():
                    parts.append(_formula(inline.plain))
                case Strong():
                    parts.append(f"<strong>{self._line(inline.content)}</strong>")
                case Emphasis():
                    parts.append(f"<em>{self._line(inline.content)}</em>")
                case Link():
                    url, words = web_link(inline.url), self._line(inline.content)
                    parts.append(
                        f'<a href="{escape(url)}" rel="noopener noreferrer">{words}</a>' if url else words
                    )
        return "".join(parts)

    def _run(self, text: Text) -> str:
        if text.language in {"", self._language}:
            return _text(text.value)
        return f'<span lang="{_tag(text.language)}">{_text(text.value)}</span>'


def _formula(plain: str) -> str:
    """Return a formula; a short one isn't broken between lines."""
    return f'<span class="formula">{_text(plain)}</span>' if len(plain) <= _SHORT else _text(plain)


def _text(text: str) -> str:
    return escape(printable(text)).replace(" · ", "\u00a0· ")  # a dot between facts begins no line


def _tag(language: str) -> str:
    return escape(_SCRIPTS.get(language, printable(language)))
