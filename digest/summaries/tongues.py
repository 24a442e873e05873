"""Which language a brief is asked for in: tags that mean the same, and a name that a model knows. Pure.

People choose any BCP 47 tag, and clients bring theirs; en-US and en are one language to write a brief in, so
that it's made once. What is likely is left out, as CLDR does it
(https://www.unicode.org/reports/tr35/#Likely_Subtags): zh-CN is zh, zh-Hant-TW is zh-TW, pt-PT stays.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.core import get_global

if TYPE_CHECKING:
    from collections.abc import Mapping

_OTHERWISE = "en"
_TAG = re.compile(
    r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?![a-z\d])", re.ASCII | re.IGNORECASE
)
_SAME_WRITING = frozenset({"en", "de", "fr", "es", "it", "nl", "ru", "ja", "ko", "ar"})
"""Languages that are written the same, for a reader of papers, wherever they're spoken."""


@lru_cache(maxsize=1_000)
def tongue(tag: str) -> str:
    """Return the shortest tag that means the same language and script; English for what is no tag."""
    language, script, region = _parsed(tag)
    if language in _SAME_WRITING and not script:
        return language
    likely = get_global("likely_subtags")
    whole = _filled(language, script, region, likely)
    for candidate in ((language, "", ""), (language, "", region), (language, script, "")):
        if _filled(*candidate, likely) == whole:
            return _joined(*candidate)
    return _joined(language, script, region)


@lru_cache(maxsize=1_000)
def name_of(tag: str) -> str:
    """Return a language's English name with its tag, such as “German (tag de)”."""
    language, script, region = _parsed(tag)
    written = _joined(language, script, region)
    try:
        name = Locale.parse("zh-Hans" if written == "zh" else written, sep="-").get_display_name("en")
    except (UnknownLocaleError, ValueError):
        return f"the language with the tag {language}"
    return f"{name} (tag {written})"


def _parsed(tag: str) -> tuple[str, str, str]:
    """Return language, script and region; variants and whatever else is written there are dropped.

    What people send ends up in what a model is told, so nothing but these three gets through.
    """
    found = _TAG.match(tag)
    if found is None:
        return _OTHERWISE, "", ""
    language, script, region = found.groups(default="")
    return language.lower(), script.title(), region.upper()


def _filled(language: str, script: str, region: str, likely: Mapping[str, str]) -> str:
    """Return a tag with all that is likely written out, as CLDR joins it."""
    for key in (
        (language, script, region),
        (language, "", region),
        (language, script, ""),
        (language, "", ""),
    ):
        found = likely.get("_".join(filter(None, key)))
        if found:
            most, likely_script, likely_region = found.split("_")
            return f"{most}_{script or likely_script}_{region or likely_region}"
    return "_".join(filter(None, (language, script, region)))


def _joined(language: str, script: str, region: str) -> str:
    return "-".join(filter(None, (language, script, region)))
