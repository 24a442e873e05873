"""From what somebody typed to a topic, and from a topic to words. Pure."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from bot.commands.call import MistakeError
from bot.commands.topic_keys import find_topic
from bot.commands.words import collapse, quoted
from bot.phrases import subscribing as say
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
_PLACE = 20  # characters that show where a query goes wrong
_PARSER_SPEAKS = "en"
_NEAR = 0.8  # how alike a ready-made topic must be to what was perhaps meant, from 0 to 1


def read_topic(words: str, presets: Mapping[str, Topic], own: Phrases, command: str) -> tuple[Topic, bool]:
    """Return the topic that somebody means, and whether it's one of config.toml.

    Args:
        words: the name or title of one of those, or a query; a category is one too.
        presets: the topics of config.toml by name.
        own: in the language of who typed it.
        command: for which they typed it; it's part of the example.

    Raises:
        MistakeError: it's neither.
    """
    query = collapse(words)
    if preset := find_topic(presets.values(), query):
        return preset, True
    if len(query) > MOST_CHARACTERS:
        most, count = own.number(MOST_CHARACTERS), own.number(len(query))
        raise MistakeError(own(say.TOPIC_TOO_LONG, most=most, count=count), try_example=False)
    query = _SPELLING.get(query.lower(), query)
    try:
        parse(query)
    except QueryError as error:
        raise MistakeError(_wrong(error, own, command), try_example=False) from None
    return Topic(name=query, title=query, query=query), False


def near_preset(words: str, presets: Mapping[str, Topic]) -> Topic | None:
    """Return the topic of config.toml whose name or title is most like these words."""
    by_words = {_bare(text): topic for name, topic in presets.items() for text in (name, topic.title)}
    return nearest(_bare(words), by_words, _NEAR)


def nearest(words: str, topics: Mapping[str, Topic], near: float) -> Topic | None:
    """Return the topic whose key is most like these words, if one is like them at all."""
    found = difflib.get_close_matches(words, topics, 1, near)
    return topics[found[0]] if found else None


def _bare(words: str) -> str:
    return words.casefold().replace("-", " ").strip('" ')


def _wrong(error: QueryError, own: Phrases, command: str) -> str:
    """Say what is wrong with a query, where, and what would work; what is wrong only in English."""
    problem = error.expected if own.language == _PARSER_SPEAKS else ""
    example = f"/{command} {error.example}"
    if not error.text.strip():
        told = say.NO_QUERY if problem else say.NO_TOPIC
        return own(told, problem=problem, example=example)
    if rest := error.text[error.offset :].strip():
        told = say.NO_QUERY_AT if problem else say.NO_TOPIC_AT
        return own(told, place=quoted(rest, own, _PLACE), problem=problem, example=example)
    told = say.NO_QUERY_AT_END if problem else say.NO_TOPIC_AT_END
    return own(told, problem=problem, example=example)
