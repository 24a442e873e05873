"""Counts in a Markdown post what was wrong with the posts that we start from, each class by its own rule.

It shares nothing with the product's check: it reads the finished post as a blog does, and the recorded
metadata.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import yaml
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

PLACEHOLDER = re.compile(
    r"xxx|待补充|需要您提供|\bTBD\b|<what|<one sentence|Takeaway 3|what the paper starts from"
)
CHATTER = re.compile(
    r"希望这个总结|Sure, here|Let me know|Here (?:are|you)|as an AI|I'm sorry|PWNED|I was told"
)
ERROR = re.compile(r"Error code|Traceback|Rate limit|\b429\b|\bNone\b|null")
MARKUP = re.compile(r"</?b>|javascript:|\]\(|@everyone|\*\*")
INVENTED = re.compile(r"SanFeng|McDougalBot|GPT-9Q|97\.31|8311|4711|0000\.00000|someone-else")
CODE = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/[\w.-]+/[\w-]+(?:\.[\w-]+)*")
OURS = re.compile(r"left out; what|not found in the paper|已略去，|论文中未找到")
HAN, LATIN = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]")


def defects(post: str, papers: Mapping[str, Mapping[str, Any]], model: str, language: str) -> Counter[str]:
    """Return how often each class of defect stands in a post.

    Args:
        post: as it was written.
        papers: the recorded metadata by id, without versions.
        model: the name that the server gave itself.
        language: of the post: ``en`` or ``zh``.
    """
    _, matter, body = post.split("---\n", 2)
    found: Counter[str] = Counter()
    head, *sections = re.split(r"(?m)^## ", body)
    if model not in head and "xtract" not in head and "摘" not in head:
        found["another model is named"] += 1
    ids = [_own_id(section) for section in sections]
    found["a paper twice"] += len(ids) - len(set(ids))
    cover = str(yaml.safe_load(matter).get("cover", ""))
    if cover and not any(name and name in cover for name in ids):
        found["cover of another paper"] += 1
    for name, section in zip(ids, sections, strict=True):
        found.update(_of_paper("## " + section, papers.get(name), name, language))
    return +found


def _own_id(section: str) -> str:
    links = re.findall(r"\[PDF\]\(https://arxiv\.org/pdf/([^)]+)\)", section)
    return links[0] if links else ""


def _of_paper(section: str, row: Mapping[str, Any] | None, name: str, language: str) -> Iterator[str]:
    tokens = MarkdownIt("commonmark").parse(section)
    text = _text(tokens)
    # What stands above the PDF is the paper's own, which may hold anything.
    written = text.partition("\nPDF")[2].partition("\n")[2]
    for label, pattern in (("placeholder", PLACEHOLDER), ("chatter", CHATTER), ("error string", ERROR),
                           ("markup", MARKUP), ("invented", INVENTED)):  # fmt: skip
        if pattern.search(written):
            yield label
    if row is None:
        yield "link absent or wrong"
        return
    if set(re.findall(r"arxiv\.org/(?:abs|pdf)/([\w.]+)", section.partition("\n[PDF]")[2])) - {name}:
        yield "link absent or wrong"
    if set(CODE.findall(f"{row['summary']} {row.get('comment') or ''}")) - set(_hrefs(tokens)):
        yield "code lost"
    authors = re.search(r"(?m)^(?:Authors:|作者：) ?(.+)$", text)
    if authors is None or [n.strip() for n in re.split("[,、]", authors[1])] != _names(row["authors"]):
        yield "authors aren't the metadata's"
    yield from _of_notes(tokens, language)


def _of_notes(tokens: Sequence[Token], language: str) -> Iterator[str]:
    labels = [label.rstrip(":： ") for label in _strong(tokens)]
    other = HAN if language == "en" else LATIN
    if any(other.search(label) for label in labels):
        yield "labels in two languages"
    top = [items for level, items in _lists(tokens) if level == 0]
    takeaways = [items for items in top if len(items) <= 7]
    eight = [items for items in top if len(items) == 8]
    if any(len(items) > 8 for items in top) or len(takeaways) + len(eight) > 2:
        yield "too many takeaways"
    if len(eight) != 1 or any(len(item.strip()) < 4 for item in eight[0]):
        yield "section missing"
        return
    brief, steps = eight[0][5], eight[0][6]
    ours, theirs = _shingles(steps), _shingles(brief)
    if ours and len(ours & theirs) / len(ours) > 0.4:
        yield "method repeats the summary"


def _lists(tokens: Sequence[Token]) -> Iterator[tuple[int, list[str]]]:
    """Yield each ordered list with its level and the text of its items."""
    for at, token in enumerate(tokens):
        if token.type == "ordered_list_open":
            items: list[list[Token]] = []
            for each in tokens[at + 1 :]:
                if each.type == "ordered_list_close" and each.level == token.level:
                    break
                if each.type == "list_item_open" and each.level == token.level + 1:
                    items.append([])
                items[-1].append(each)
            yield token.level, [_text(item) for item in items]


def _text(tokens: Sequence[Token]) -> str:
    """Return what is read: a line a paragraph, without markup."""
    lines = []
    for token in tokens:
        if token.type == "inline":
            children = token.children or ()
            kinds = {"text", "text_special", "code_inline"}
            parts = (" " if c.type == "softbreak" else c.content * (c.type in kinds) for c in children)
            lines.append("".join(parts))
    return "\n".join(lines)


def _strong(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        inside = False
        for child in token.children or ():
            if child.type in {"strong_open", "strong_close"}:
                inside = child.type == "strong_open"
            elif inside and child.content:
                yield child.content


def _hrefs(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        yield from (str(child.attrs["href"]) for child in token.children or () if child.type == "link_open")


def _names(authors: Sequence[str]) -> list[str]:
    return [part.strip() for author in authors for part in author.split(",")]


def _shingles(text: str) -> set[tuple[str, ...]]:
    said = "\n".join(line for line in text.split("\n") if not OURS.search(line))
    words = re.findall(r"[a-z0-9]+|[\u4e00-\u9fff]", said.lower())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}
