"""Cuts a document into parts that each fit a limit. Pure; knows no platform, only the measure it is handed.

It breaks between groups first, then between blocks, list items, sentences and words. A group that is too long
for a part begins in one that holds only what leads up to it or the rest of another, and what it has folded
away begins below its heading. A formula, a link or a word is cut only if it's longer than a whole part: a
link into links to the same place, a formula as its plain text, a word between graphemes, or between code
points where one grapheme is longer than the limit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from digest import inlines
from digest.document import (
    Actions,
    Blocks,
    Details,
    Divider,
    Document,
    Figure,
    Group,
    Heading,
    List,
    MathBlock,
    Paragraph,
    Preformatted,
    Quote,
    Text,
)
from digest.reading import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.document import Block

Cut: TypeAlias = "tuple[Blocks, Blocks] | None"  # what fits and what is left; both say something
Fits: TypeAlias = "Callable[[Blocks], bool]"


def split(document: Document, limit: int, size: Callable[[Blocks], int]) -> tuple[Document, ...]:
    """Cut a document into as many parts as its limit asks for; each keeps the title and the language.

    Nothing is lost, doubled or moved but the white space where a paragraph is cut. What continues in the
    next part carries no second number, bullet or summary.

    Args:
        document: what to cut.
        limit: the most that a part may measure, in the units of `size`.
        size: how much a message takes for these blocks; more blocks never take less. For a platform that
            counts visible text: ``lambda blocks: measure(blocks, len)``.

    Raises:
        ValueError: the limit is too small for even one character of a block.
    """
    parts: list[Blocks] = []
    part: Blocks = ()
    rest: Blocks = ()  # of what was cut last
    left = deque(document.blocks)
    while left:
        block = left.popleft()
        if size((*part, block)) <= limit:
            part = (*part, block)
            continue
        left.appendleft(block)
        begins_here = _must_be_torn(block, limit, size) and not _holds_whole_group(part, rest)
        keep = () if begins_here else _without_trailing_headings(part)
        if keep:  # a heading goes with what it heads
            left.extendleft(reversed(part[len(keep) :]))
            parts.append(keep)
            part = ()
            continue
        cut = _cut_block(block, _room(part, limit, size), forced=not part)
        if cut:
            head, tail = cut
            left.popleft()
            left.extendleft(reversed(tail))
            rest = tail
            part = (*part, *head)
        elif not part:
            raise ValueError(f"a limit of {limit} is too small to cut {type(block).__name__}")
        parts.append(part)
        part = ()
    if part or not parts:
        parts.append(part)
    return tuple(replace(document, blocks=blocks) for blocks in parts)


def _must_be_torn(block: Block, limit: int, size: Callable[[Blocks], int]) -> bool:
    return isinstance(block, Group) and size((block,)) > limit


def _holds_whole_group(part: Blocks, rest: Blocks) -> bool:
    return any(isinstance(block, Group) and all(block is not torn for torn in rest) for block in part)


def _room(part: Blocks, limit: int, size: Callable[[Blocks], int]) -> Fits:
    return lambda head: size((*part, *head)) <= limit


def _without_trailing_headings(blocks: Blocks) -> Blocks:
    end = len(blocks)
    while end and isinstance(blocks[end - 1], Heading):
        end -= 1
    return blocks[:end]


def _cut_blocks(blocks: Blocks, fits: Fits, *, forced: bool) -> Cut:
    """Cut after the last block that fits, or else inside the first that doesn't."""
    whole = 0
    while whole < len(blocks) - 1 and fits(blocks[: whole + 1]):
        whole += 1
    before, keep = blocks[:whole], len(_without_trailing_headings(blocks[:whole]))
    if keep and not _goes_on_here(blocks[whole], lambda head: fits((*before, *head))):
        return blocks[:keep], blocks[keep:]
    cut = _cut_block(blocks[whole], lambda head: fits((*before, *head)), forced=forced and not before)
    if cut:
        head, tail = cut
        return (*before, *head), (*tail, *blocks[whole + 1 :])
    if keep:
        return blocks[:keep], blocks[keep:]
    return (before, blocks[whole:]) if before else None


def _goes_on_here(block: Block, fits: Fits) -> bool:
    """Whether a block is better cut than moved: what is folded away, and a list whose first item fits."""
    if isinstance(block, List):
        return len(block.items) > 1 and fits((replace(block, items=block.items[:1]),))
    return isinstance(block, Details)


def _cut_block(block: Block, fits: Fits, *, forced: bool) -> Cut:
    cut: Cut = None
    match block:
        case Heading() | Paragraph() | Figure():
            cut = _cut_line(block, fits, forced=forced)
        case Group() | Quote():
            if parts := _cut_blocks(
                block.blocks, lambda head: fits((replace(block, blocks=head),)), forced=forced
            ):
                cut = (replace(block, blocks=parts[0]),), (replace(block, blocks=parts[1]),)
        case Details():
            cut = _cut_details(block, fits, forced=forced)
        case List():
            cut = _cut_list(block, fits, forced=forced)
        case Actions():
            cut = _cut_actions(block, fits)
        case Preformatted():
            cut = _cut_lines(block, fits, forced=forced)
        case MathBlock() if forced:
            cut = _cut_line(Paragraph((Text(block.plain),)), fits, forced=True)
        case MathBlock() | Divider():
            pass
    return cut


def _cut_line(block: Heading | Paragraph | Figure, fits: Fits, *, forced: bool) -> Cut:
    if isinstance(block, Figure):
        lines = inlines.cut(block.caption, lambda head: fits((replace(block, caption=head),)), forced=forced)
        return lines and ((replace(block, caption=lines[0]),), (Paragraph(lines[1]),))
    lines = inlines.cut(block.content, lambda head: fits((replace(block, content=head),)), forced=forced)
    if lines is None:
        return None
    rest = replace(block, content=lines[1])
    if isinstance(rest, Heading):
        rest = replace(rest, number=None)
    return (replace(block, content=lines[0]),), (rest,)


def _cut_lines(block: Preformatted, fits: Fits, *, forced: bool) -> Cut:
    """Cut after an empty line if there's one, else after any; within a line only if it's too long alone."""
    text = block.plain
    ends = [found.end() for found in re.finditer("\n+", text)]
    fitting = ends[: bisect_left(ends, 1, key=lambda at: not fits((replace(block, text=text[:at]),)))]
    apart = [at for at in fitting if text[:at].endswith("\n\n")]
    if at := next(reversed(apart or fitting), 0):
        return (replace(block, text=text[:at]),), (replace(block, text=text[at:]),)
    if not forced:
        return None
    cut = inlines.cut((Text(text),), lambda head: fits((replace(block, text=words(head)),)), forced=True)
    return cut and ((replace(block, text=words(cut[0])),), (replace(block, text=words(cut[1])),))


def _cut_actions(block: Actions, fits: Fits) -> Cut:
    count = len(block.buttons) - 1
    while count > 0 and not fits((Actions(block.buttons[:count]),)):
        count -= 1
    return ((Actions(block.buttons[:count]),), (Actions(block.buttons[count:]),)) if count > 0 else None


def _cut_details(block: Details, fits: Fits, *, forced: bool) -> Cut:
    def headed(blocks: Blocks) -> Details:
        return replace(block, blocks=blocks)

    def continued(blocks: Blocks) -> Details:
        return replace(block, summary=(), blocks=blocks)

    force_content = forced and not block.summary
    if block.blocks and (
        cut := _cut_blocks(block.blocks, lambda head: fits((headed(head),)), forced=force_content)
    ):
        return (headed(cut[0]),), (continued(cut[1]),)
    if not (forced and block.summary):
        return None
    if block.blocks and fits((headed(()),)):
        return (headed(()),), (continued(block.blocks),)
    lines = inlines.cut(block.summary, lambda head: fits((Details(head, (), block.optional),)), forced=True)
    return lines and ((Details(lines[0], (), block.optional),), (replace(block, summary=lines[1]),))


def _cut_list(block: List, fits: Fits, *, forced: bool) -> Cut:
    whole = len(block.items) - 1
    while whole > 0 and not fits((replace(block, items=block.items[:whole]),)):
        whole -= 1
    if whole > 0:
        rest = replace(block, items=block.items[whole:], start=block.start + whole)
        return (replace(block, items=block.items[:whole]),), (rest,)
    if not block.items:
        return None
    cut = _cut_blocks(block.items[0], lambda head: fits((replace(block, items=(head,)),)), forced=forced)
    if cut is None:
        return None
    # The rest of a torn item stands without a marker, or its number would be read twice.
    rest = replace(block, items=block.items[1:], start=block.start + 1)
    return (replace(block, items=(cut[0],)),), (*cut[1], *((rest,) if rest.items else ()))
