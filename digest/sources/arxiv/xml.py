"""Reads XML that came over the network: whole or not at all, and never more than it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from digest.errors import SourceGarbledError

if TYPE_CHECKING:
    from collections.abc import Collection

ATOM_FEED = "{http://www.w3.org/2005/Atom}feed"


def read_xml(body: bytes, what: str, roots: Collection[str]) -> etree._Element:
    """Parse a document strictly; entities aren't expanded and nothing is fetched.

    Args:
        body: the answer as it came.
        what: what was asked for, for the error's sentence.
        roots: the elements that such a document can begin with.

    Raises:
        SourceGarbledError: it isn't XML, its end is missing, or it is something else.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise _garbled(body, what) from error
    if root.tag not in roots:
        raise _garbled(body, what)
    return root


def _garbled(body: bytes, what: str) -> SourceGarbledError:
    kind = "an HTML page" if b"<html" in body[:1000].lower() else "a broken or cut answer"
    return SourceGarbledError(f"arXiv sent {kind} instead of {what}. Try again later.")


def fold(text: str | None) -> str:
    """Return the text with every run of whitespace as one space."""
    return " ".join((text or "").split())
