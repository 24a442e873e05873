"""From what somebody typed to a topic, and from a topic to words. Pure."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from bot.commands.call import MistakeError
from bot.phrases import subscribing as say
from digest import breaks
from digest.errors import QueryError
from digest.model import Topic
from digest.query import parse
from digest.taxonomy import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.translation import Phrases

MOST_CHARACTERS = 500
"""Of a query that somebody types."""

_SPELLING = {name.lower(): name for names in CATEGORIES.values() for name in names}
_SHOWN = 60  # characters of a title in a sentence
_PLACE = 20  # characters that show where a query goes wrong
_NEAR = 0.8  # how alike a ready-made topic must be to what was perhaps meant, from 0 to 1


def read_topic(words: str, presets: Mapping[str, Topic], own: Phrases) -> tuple[Topic, bool]:
    """Return the topic that somebody means, and whether it's one of config.toml.

    Args:
        words: the name or title of one of those, or a query; a category is one too.
        presets: the topics of config.toml by name.
        own: in the language of who typed it.

    Raises:
        MistakeError: it's neither.
    """
    query = collapse(words)
    if preset := find_preset(query, presets):
        return preset, True
    if len(query) > MOST_CHARACTERS:
        most, count = own.number(MOST_CHARACTERS), own.number(len(query))
        raise MistakeError(own(say.TOPIC_TOO_LONG, most=most, count=count), try_example=False)
    query = _SPELLING.get(query.lower(), query)
    try:
        parse(query)
    except QueryError as error:
        raise MistakeError(_wrong(error, own), try_example=False) from None
    return Topic(name=query, title=query, query=query), False


def find_preset(words: str, presets: Mapping[str, Topic]) -> Topic | None:
    """Return the topic of config.toml that has this name or title, in any case."""
    wanted = words.casefold()
    return next(
        (topic for name, topic in presets.items() if wanted in {name.casefold(), topic.title.casefold()}),
        None,
    )


def near_preset(words: str, presets: Mapping[str, Topic]) -> Topic | None:
    """Return the topic of config.toml whose name or title is most like these words."""
    by_words = {_bare(text): topic for name, topic in presets.items() for text in (name, topic.title)}
    return nearest(_bare(words), by_words, _NEAR)


def nearest(words: str, topics: Mapping[str, Topic], near: float) -> Topic | None:
    """Return the topic whose key is most like these words, if one is like them at all."""
    found = difflib.get_close_matches(words, topics, 1, near)
    return topics[found[0]] if found else None


def collapse(words: str) -> str:
    """Return words with single blanks between them."""
    return " ".join(words.split())


def quoted(text: str, phrases: Phrases) -> str:
    """Return a title or somebody's words as a sentence names them; what has quotes gets no more."""
    shown = shortened(text)
    return shown if '"' in shown else phrases.quoted(shown)


def shortened(text: str, most: int = _SHOWN) -> str:
    """Return a text in at most so many characters, cut between those that people see."""
    if len(text) <= most:
        return text
    return text[: max(breaks.graphemes(text[:most]), default=most - 1)].rstrip() + "…"


def _bare(words: str) -> str:
    return words.casefold().replace("-", " ").strip('" ')


def _wrong(error: QueryError, own: Phrases) -> str:
    """Say what is wrong with a query, where, and what would work."""
    said = {"problem": error.expected, "example": f"/subscribe {error.example}"}
    if not error.text.strip():
        return own(say.NO_QUERY, **said)
    if rest := error.text[error.offset :].strip():
        return own(say.NO_QUERY_AT, place=own.quoted(shortened(rest, _PLACE)), **said)
    return own(say.NO_QUERY_AT_END, **said)
