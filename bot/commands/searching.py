"""Search: papers by words, authors and categories among everything that was harvested, five at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.commands.call import Call, Command, MistakeError, Tools
from bot.commands.paper_entries import paper_entry, read_button
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.words import quoted
from bot.phrases import buttons as labels
from bot.phrases import searching as say
from bot.phrases import usages
from bot.phrases.subscribing import ENGLISH_ONLY
from digest.document import Heading, Paragraph, Role, Text
from digest.errors import QueryError
from digest.ports import MOST_RANKED
from digest.query import parse
from digest.terms import Category
from digest.text import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.talk import Reply
    from digest.document import Block
    from digest.ports import Hits
    from digest.query import Query
    from digest.translation import Phrases

_PAGE = 5
_MOST_WORDS = 16
_LONGEST_WORD = 50  # characters; so many of so many words are a query that can be read
"""What still takes less than a second if all of them are the most common words there are."""
_A_BEGINNING = 4  # words that `diffus*` counts for; it takes as long as all words that begin so

_WORD = re.compile(r"[^\W_]+")
_HAN = re.compile("[\u3400-\u9fff]")


async def search(call: Call, tools: Tools) -> Reply:
    """Show the first page."""
    return await _show(call, tools, call.words, 1)


async def found(call: Call, tools: Tools) -> Reply:
    """Show a page, in the place of the one whose button was pressed."""
    page, _, words = call.words.partition(" ")
    if not page.isascii() or not page.isdecimal():
        return await _show(call, tools, call.words, 1)
    return await _show(call, tools, words.strip(), min(int(page[:9]), MOST_RANKED // _PAGE))


async def _show(call: Call, tools: Tools, words: str, page: int) -> Reply:
    query = read_words(words, call.own)
    hits = await _look(tools, query, page := max(page, 1))
    if hits.count and not hits.hits:  # a page beyond the last
        page = -(-min(hits.count, MOST_RANKED) // _PAGE)
        hits = await _look(tools, query, page)
    blocks = _page(words, query, hits, page, call.phrases) if hits.count else _nothing(words, call.phrases)
    return reply(call.phrases, blocks, instead=True)


async def _look(tools: Tools, query: Query, page: int) -> Hits:
    return await tools.papers.read(lambda papers: papers.search(query, (page - 1) * _PAGE, _PAGE))


def read_words(words: str, phrases: Phrases) -> Query:
    """Read what somebody looks for: a query of the topic language, or else its plain words.

    Raises:
        MistakeError: there's no word in it, or there are too many.
    """
    plain = _WORD.findall(words)
    if not plain:
        raise MistakeError(phrases(say.NO_WORDS))
    if len(plain) + _A_BEGINNING * words.count("*") > _MOST_WORDS:
        raise MistakeError(phrases(say.TOO_MANY_WORDS, count=phrases.number(_MOST_WORDS)), try_example=False)
    try:
        return parse(words)
    except QueryError:
        telling = [word for word in plain if word.lower() not in STOP_WORDS] or plain
        return parse(" ".join(f'"{word[:_LONGEST_WORD]}"' for word in telling))


def _page(words: str, query: Query, hits: Hits, page: int, phrases: Phrases) -> Iterator[Block]:
    first = (page - 1) * _PAGE + 1
    yield Heading((Text(_heading(words, hits.count, phrases)),), 1)
    if min(hits.count, MOST_RANKED) > 1:
        yield Paragraph((Text(_order(query, hits, first, phrases)),), Role.SMALL)
    for number, hit in enumerate(hits.hits, start=first):
        yield paper_entry(hit.paper, number, phrases, hit.announced)
    yield from buttons(
        *(read_button(hit.paper, number, phrases) for number, hit in enumerate(hits.hits, start=first))
    )
    yield from _turns(words, min(hits.count, MOST_RANKED), page, phrases)


def _turns(words: str, count: int, page: int, phrases: Phrases) -> Iterator[Block]:
    """Yield the buttons that turn pages, or what to type where the words are too long for them."""
    left = count - page * _PAGE
    back = phrases.count(say.PREVIOUS_PAPERS, _PAGE)
    on = phrases.count(say.NEXT_PAPERS, min(left, _PAGE))
    previous = button(back, f"found {page - 1} {words}") if page > 1 else None
    following = button(on, f"found {page + 1} {words}") if left > 0 else None
    if left > 0 and following is None:
        yield from sentences(phrases(say.PAGE_BY_HAND, page=str(page + 1)))
    yield from buttons(previous, following)


def _heading(words: str, count: int, phrases: Phrases) -> str:
    shown = quoted(words, phrases)
    if count > MOST_RANKED:
        return phrases(say.FOUND_MORE, words=shown, count=phrases.number(MOST_RANKED))
    return phrases.count(say.FOUND, count, words=shown)


def _order(query: Query, hits: Hits, first: int, phrases: Phrases) -> str:
    place = {
        "first": phrases.number(first),
        "last": phrases.number(first + len(hits.hits) - 1),
    }
    if all(isinstance(term, Category) for term in query.terms):
        return phrases(say.NEWEST_FIRST, **place)
    if hits.count > MOST_RANKED:
        return phrases(say.BEST_OF_NEWEST, count=phrases.number(MOST_RANKED), **place)
    return phrases(say.BEST_FIRST, **place)


def _nothing(words: str, phrases: Phrases) -> Iterator[Block]:
    yield from sentences(phrases(say.NOTHING_FOUND, words=quoted(words, phrases)))
    if _HAN.search(words):
        yield from sentences(phrases(ENGLISH_ONLY))
        return
    subscribe = button(phrases(labels.SUBSCRIBE), f"subscribe {words}")
    if subscribe is None:
        yield from sentences(phrases(say.HEAR_OF_IT_BY_HAND))
    yield from buttons(subscribe)


COMMANDS = (
    Command(
        "search", search, summary=say.SEARCH, usage=usages.WORDS, example="gaussian splatting", menu=True
    ),
    Command("found", found),
)
