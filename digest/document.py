"""The platform-neutral tree of blocks that a document is. Pure; knows no paper, no language and no platform.

A document is a tuple of blocks; a block holds inlines or further blocks. Renderers turn the tree into a
page, a message or a screen and escape what it holds, because every text in it is data. `digest.reading` reads
the tree aloud.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text.

    Attributes:
        language: the BCP 47 tag it's written in; empty means the document's.
    """

    value: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Strong:
    """Text that matters more than what surrounds it."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Text that is stressed."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Code:
    """Text that a program reads or writes: an option, a category, an identifier."""

    value: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link; a renderer refuses a URL that isn't http or https and shows the content alone."""

    content: Inlines
    url: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula within a line.

    Attributes:
        latex: its source, without the dollar signs.
        plain: the same as Unicode that reads aloud.
    """

    latex: str
    plain: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes:
        level: 1 for the document's own title, 2 for what is below it …
        number: its place in a numbered sequence, written before it.
    """

    content: Inlines
    level: int
    number: int | None = None


class Role(StrEnum):
    """What a paragraph is for; a renderer that draws no difference loses nothing but looks."""

    BODY = "body"  # what the reader came for
    BYLINE = "byline"  # who wrote it, where it stands
    SMALL = "small"  # small print: dates, reasons, counts
    NOTICE = "notice"  # must be seen before the rest is read
    FOOTER = "footer"  # closes the document: who wrote it, what comes next


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    content: Inlines
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class List:
    """A list; each item is a tuple of blocks.

    Attributes:
        start: the first item's number, if the list is ordered.
    """

    items: tuple[Blocks, ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Details:
    """Blocks that are folded away under a summary until a reader opens them.

    Attributes:
        summary: empty if this continues the details of the part before.
        optional: a renderer that can't fold may leave it out.
        apart: one that can't fold puts it where it's in nobody's way, and leaves nothing of it out.
    """

    summary: Inlines
    blocks: Blocks
    optional: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Blocks in somebody else's words."""

    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture.

    Attributes:
        description: what can be seen in it, for those who can't.
        caption: what stands below it.
    """

    url: str
    description: str
    caption: Inlines = ()


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A formula on lines of its own; the attributes are those of `Math`."""

    latex: str
    plain: str


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Lines that a program reads, to be copied as they are.

    Attributes:
        language: what they are written in, such as ``bibtex``, for who colours it; empty for no language.
    """

    text: str
    language: str = ""

    @property
    def plain(self) -> str:
        """The lines, without empty ones at both ends."""
        return self.text.strip("\n")


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press.

    Attributes:
        action: what pressing does, for the bot to know; a platform without buttons leaves it out.
        url: what pressing opens; exactly one of the two is set.
    """

    label: str
    action: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Actions:
    """Buttons in a row; no part of the text."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Divider:
    """A break in the thread."""


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together, such as one paper of a digest; a split prefers not to tear it.

    Attributes:
        paper: the id of the paper that it tells, so that whoever sends a part knows what it held.
    """

    blocks: Blocks
    paper: str = ""


Inline: TypeAlias = Text | Strong | Emphasis | Code | Link | Math
Block: TypeAlias = (
    Heading
    | Paragraph
    | List
    | Details
    | Quote
    | Figure
    | MathBlock
    | Preformatted
    | Actions
    | Divider
    | Group
)
Inlines: TypeAlias = tuple[Inline, ...]
Blocks: TypeAlias = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Attributes:
        title: for a browser's tab or a file; the first heading is what people read.
        language: the BCP 47 tag of whatever doesn't say otherwise.
        subject: what it's about, the same each day and in every language; empty means the title.
    """

    title: str
    language: str
    blocks: Blocks
    subject: str = ""
