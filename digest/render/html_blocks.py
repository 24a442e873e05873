"""Writes blocks as HTML. Knows elements and their languages, neither a page's frame nor its style.

Headings of papers and topics are named, so that links and listeners find them. A picture that lies beside the
page is shown; one that is elsewhere becomes a link to it.
"""

from __future__ import annotations

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
    Strong,
    Text,
)
from digest.safety import beside, printable, web_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.document import Block, Blocks, Inlines

_SCRIPTS = {"zh": "zh-Hans"}  # a browser picks the font of a script, which our tag leaves open
_LOWEST_HEADING = 6
_SHORT = 24  # characters


class Page:
    """Writes blocks of one document.

    Args:
        language: its own, which goes without saying.
        leads_beside: links may lead to files beside the page, as an index's do.
    """

    def __init__(self, language: str, *, leads_beside: bool = False) -> None:
        self._language = language
        self._leads_beside = leads_beside

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
            yield f'<nav aria-label="{text_of(label)}">'
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
                yield f"<figure>{self._picture(block)}{caption}</figure>"
            case MathBlock():
                yield f'<p class="body">{text_of(block.plain)}</p>'
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

    def _picture(self, figure: Figure) -> str:
        if file := beside(figure.url):
            return f'<img src="{escape(file)}" alt="{text_of(figure.description)}" loading="lazy">'
        return self._line((Link((Text(figure.description or figure.url),), figure.url),))

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
                    parts.append(f"<code>{text_of(inline.value)}</code>")
                case Math():
                    parts.append(_formula(inline.plain))
                case Strong():
                    parts.append(f"<strong>{self._line(inline.content)}</strong>")
                case Emphasis():
                    parts.append(f"<em>{self._line(inline.content)}</em>")
                case Link():
                    url, words = self._target(inline.url), self._line(inline.content)
                    parts.append(
                        f'<a href="{escape(url)}" rel="noopener noreferrer">{words}</a>' if url else words
                    )
        return "".join(parts)

    def _target(self, url: str) -> str:
        return web_link(url) or (beside(url) if self._leads_beside else "")

    def _run(self, text: Text) -> str:
        if text.language in {"", self._language}:
            return text_of(text.value)
        return f'<span lang="{tag_of(text.language)}">{text_of(text.value)}</span>'


def _formula(plain: str) -> str:
    """Return a formula; a short one isn't broken between lines."""
    return f'<span class="formula">{text_of(plain)}</span>' if len(plain) <= _SHORT else text_of(plain)


def text_of(text: str) -> str:
    """Return a text escaped."""
    return escape(printable(text)).replace(" · ", "\u00a0· ")  # a dot between facts begins no line


def tag_of(language: str) -> str:
    """Return the tag of a language as browsers want it."""
    return escape(_SCRIPTS.get(language, printable(language)))
