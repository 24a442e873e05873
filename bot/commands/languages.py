"""The language that somebody names behind papers, by a tag or its name; labels go with it. Pure."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from digest.links import find_ids
from digest.translation import languages, phrases_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.translation import Phrases

_NAMED_IN = ("en", "zh")


def language_behind(words: str) -> str:
    """Return the BCP 47 tag of a language that is the last word behind ids; empty if it's none.

    In a sentence that names a paper nobody means a language, whatever word it ends with.
    """
    *before, last = words.split() or [""]
    if not before or find_ids(last) or not all(find_ids(word) for word in before):
        return ""
    return _names().get(last.casefold()) or _known_tag(last.replace("_", "-"))


def phrases_in(asked: str, otherwise: Phrases) -> Phrases:
    """Return the phrases of a language that was asked for, so that labels are in the text's language.

    Args:
        asked: a BCP 47 tag; empty if none was.
        otherwise: where the bot doesn't speak it.
    """
    spoken = asked.partition("-")[0] in {language.partition("-")[0] for language in languages()}
    return phrases_for(asked) if spoken else otherwise


def _known_tag(tag: str) -> str:
    from babel import Locale, UnknownLocaleError  # a twentieth of a second that few commands need

    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return ""
    language, *rest = tag.split("-")
    return "-".join([language.lower(), *rest])


@cache
def _names() -> Mapping[str, str]:
    from babel import Locale

    return {
        name.casefold(): tag.replace("_", "-")
        for known_by in _NAMED_IN
        for tag, name in Locale.parse(known_by).languages.items()
    } | {"中文": "zh"}
