"""Writes a document as one self-contained page. Knows HTML and its stylesheet, no paper and no network.

The page runs nothing and loads nothing but pictures that lie beside it: its policy allows the one stylesheet
inside it by hash. Landmarks, the order of headings and the language of every text are for those
who listen to it; it reads the same with styles off.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING

from digest import phrases as say
from digest.document import Details, Figure, Group, Heading, List, Paragraph, Quote, Role, Text
from digest.render.html_blocks import Page, tag_of, text_of
from digest.translation import phrases_for

if TYPE_CHECKING:
    from digest.document import Blocks, Document

GENERATOR = "paperround"
"""Who wrote a page; what says so may be written anew."""


def render(document: Document, *, feed: str = "") -> str:
    """Return a document as an HTML page; encode it as UTF-8, as it says.

    Args:
        document: what to show.
        feed: the name of the Atom feed beside an index, whose links may lead to files beside it.
    """
    page = Page(document.language, leads_beside=bool(feed))
    phrases = phrases_for(document.language)
    header, body, footer = _landmarks(document)
    style, policy = _style()
    if _has_pictures(document.blocks):
        policy = policy.replace("style-src", "img-src 'self'; style-src")
    lines = [
        "<!doctype html>",
        f'<html lang="{tag_of(document.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="color-scheme" content="light dark">',
        f'<meta name="generator" content="{GENERATOR}">',
        f"<title>{text_of(document.title)}</title>",
        *((f'<link rel="alternate" type="application/atom+xml" href="{feed}">',) if feed else ()),
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        f'<a class="skip" href="#papers">{text_of(phrases(say.SKIP))}</a>',
        "<header>",
        *page.blocks(header),
        *(() if feed else page.topics(body, phrases(say.TOPICS))),  # an index has a section a day
        "</header>",
        '<main id="papers" tabindex="-1">',
        *page.sections(body),
        "</main>",
        *(("<footer>", *page.blocks(footer), "</footer>") if footer else ()),
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def fragment(document: Document) -> str:
    """Return a document's blocks alone, for a feed."""
    return "\n".join(Page(document.language).blocks(document.blocks))


def _has_pictures(blocks: Blocks) -> bool:
    for block in blocks:
        match block:
            case Figure():
                return True
            case Group() | Details() | Quote():
                if _has_pictures(block.blocks):
                    return True
            case List():
                if any(map(_has_pictures, block.items)):
                    return True
            case _:
                pass
    return False


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
