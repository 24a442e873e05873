"""Finds the addresses of a paper's code in its abstract and comment; never asks whether they answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.model import Paper

# Where code lives; any of them with a path is a link to code.
_REPOSITORIES = frozenset(
    {"github.com", "gist.github.com", "bitbucket.org", "codeberg.org", "anonymous.4open.science"}
)
_MODELS = frozenset({"huggingface.co", "hf.co"})
_NO_CODE = frozenset({"papers", "blog", "docs", "learn", "posts"})  # first part of a path at a host of models
_REPOSITORY, _MODEL, _PAGE = 0, 1, 2

# RFC 3986's characters, but “$”, which is LaTeX's; a backslash escapes what LaTeX would take for its own.
_CHARACTERS = r"(?:\\[_%#&~]|[A-Za-z0-9._~:/?#\[\]@!&'()*+,;=%-])"
_ADDRESS = re.compile(
    rf"(?:https?:?\s?//{_CHARACTERS}+"
    r"|(?<![\w@./-])(?:www\.)?(?:github\.com|gist\.github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|git\.sr\.ht|"
    rf"huggingface\.co|hf\.co|zenodo\.org|anonymous\.4open\.science|[\w-]{{1,63}}\.git(?:hub|lab)\.io)/{_CHARACTERS}+)"
    r"(?:(?<=\w-)\s[A-Za-z0-9][A-Za-z0-9._/-]*){0,3}",  # a name that ends in a hyphen was broken in two
    re.ASCII | re.IGNORECASE,
)
_HINT = re.compile(r"//|\.(?:com|org|co|io|ht)/", re.IGNORECASE)  # most texts have none, and are done
_LONGEST_HOST = 100  # characters of an address before its hint
_BLANK = re.compile(r"\s+")
_GLUED = re.compile(r"(?<=.)https?:", re.IGNORECASE)
_SCHEME = re.compile(r"(https?):?//", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)")
_SENTENCE_END = re.compile(r"[.!?;]\s|\n\s*\n")
_SAYS_CODE = re.compile(
    r"\b(?:codes?|codebase|source|implementations?|repositor(?:y|ies)|repo|software|toolkit|library|package|scripts?|"
    r"open[- ]sourced?)\b",
    re.IGNORECASE,
)
_SAYS_OWN = re.compile(
    r"\b(?:our|we (?:release|provide|publish|share|make)|available|released?|open[- ]sourced?|code:|"
    r"code (?:is|at|and))(?!\w)",
    re.IGNORECASE,
)
_PAIRS = {")": "(", "]": "["}


def code_links(paper: Paper) -> tuple[str, ...]:
    """Return the addresses of code that the abstract and the comment name, repository hosts first.

    Hosts of code (GitHub, GitLab, Bitbucket, Codeberg, SourceHut, 4open, Hugging Face) count wherever they
    stand; data sets, Zenodo and project pages only where the words before them speak of code. Each address
    once, with https where the host has it, as it was written otherwise.
    """
    return _links((paper.abstract, paper.comment or ""), re.compile(""))


def own_code(text: str) -> tuple[str, ...]:
    """Return the addresses of code that a paper's text calls its own, repository hosts first.

    A paper's text names others' code as well: only addresses count whose sentence says that something is made
    available, or speaks of “our” code.
    """
    return _links((text,), _SAYS_OWN)


def _links(texts: Iterable[str], saying: re.Pattern[str]) -> tuple[str, ...]:
    """Return the addresses of code whose sentence so far says something, the best hosts first."""
    found: dict[str, tuple[int, str]] = {}
    for text in texts:
        for address, context in _addresses(text):
            if saying.search(context) and (link := _link(address, context)) is not None:
                found.setdefault(link[1].rstrip("/").removesuffix(".git").lower(), link)
    return tuple(link for _, link in sorted(found.values(), key=lambda ranked: ranked[0]))


def _addresses(text: str) -> Iterator[tuple[str, str]]:
    """Yield each address with the words of its sentence, back to the address before it."""
    hint = _HINT.search(text)
    if hint is None:
        return
    before = 0
    for found in _ADDRESS.finditer(text, max(0, hint.start() - _LONGEST_HOST)):
        start = before
        for end in _SENTENCE_END.finditer(text, before, found.start()):
            start = end.end()
        context = text[start : found.start()]
        before = found.end()
        for address in _GLUED.sub(r" \g<0>", _BLANK.sub("", found[0])).split():
            yield _trimmed(_ESCAPED.sub(r"\1", address)), context


def _trimmed(address: str) -> str:
    """Take off the punctuation of the sentence around an address, and brackets that it doesn't open."""
    while address:
        last = address[-1]
        opener = _PAIRS.get(last)
        if last not in ".,;:!?'*([" and (opener is None or address.count(last) <= address.count(opener)):
            break
        address = address[:-1]
    return address


def _link(address: str, context: str) -> tuple[int, str] | None:
    """Return how an address ranks and how it's written, or nothing when it's none of code's."""
    scheme = _SCHEME.match(address)
    rest = address[scheme.end() :] if scheme else address
    try:
        parts = urlsplit("//" + rest)
        host = (parts.hostname or "").removeprefix("www.")
        if parts.username is not None or parts.port is not None:
            return None  # “https://github.com@evil.example” only looks like GitHub
    except ValueError:
        return None
    rank = _rank(host, parts, says_code=_SAYS_CODE.search(context) is not None)
    if rank is None:
        return None
    insecure = scheme is not None and scheme[1].lower() == "http" and _may_lack_https(host)
    return rank, parts._replace(scheme="http" if insecure else "https", netloc=host).geturl()


def _rank(host: str, parts: SplitResult, *, says_code: bool) -> int | None:
    steps = [step for step in parts.path.split("/") if step]
    if steps and (
        host in _REPOSITORIES or host.startswith("gitlab.") or host == "sr.ht" or host.endswith(".sr.ht")
    ):
        return _REPOSITORY
    if steps and host in _MODELS:
        kind = steps[0].lower()
        return None if kind in _NO_CODE or (kind == "datasets" and not says_code) else _MODEL
    if (
        says_code
        and steps
        and (host == "zenodo.org" or (host == "doi.org" and "zenodo" in parts.path.lower()))
    ):
        return _MODEL
    if says_code and host.endswith((".github.io", ".gitlab.io")):
        return _PAGE
    return None


def _may_lack_https(host: str) -> bool:
    """Whether a host is someone's own GitLab, which may answer to http alone."""
    return host.startswith("gitlab.") and host != "gitlab.com"
