"""Recognises a text that was cut off or is a word; knows the words that nothing ends with, not grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.summaries.checks.scripts import SCRIPTS
from digest.text import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.summaries.checks.source import Source

_CLOSERS = {")": "(", "]": "[", "}": "{", "）": "（", "】": "【", "」": "「", "』": "『", "》": "《"}
_OPENERS = frozenset(_CLOSERS.values())
_PAIRED = frozenset('()[]{}（）【】「」『』《》"“”„«»‹›')
_INTERVALS = frozenset({"[)", "(]"})
_LISTED = re.compile(r"(?:^|[\s(])(?:[0-9]{1,2}|[a-z]|[ivx]{1,3})$")
_QUOTES = ('"“”„', "«»", "‹›")
_OPEN_END = re.compile(r"(?:[,;:，、；：(\[{（【“「/&=+<|~]|\s[-–—]|\w-|[-–—]{2}|\.\.\.|…|\.\.)$")
_NEVER_LAST = frozenset(
    "a an the and or but nor of to for from with without by as at in into than that which who whose is are "
    "was were be been being has "
    "have had can could will would should may might must if because while when where whereas since "
    "although though such including via "
    "between among its their our your his her these this those using through upon e.g i.e vs "
    "der die das den dem des ein eine einen einem einer eines und oder aber sowie von vom zu zum zur mit "
    "ohne für durch auf aus bei nach "
    "über unter zwischen ist sind wird werden wurde wurden hat haben kann können dass weil wenn als wie "
    "welche welcher sowohl "
    "el la los las un una unos unas y o e u pero de del a al en con sin por para sobre entre que cuyo es "
    "son fue ha han puede pueden "
    "porque cuando como mediante según su sus "
    "le les une et ou mais du au aux dans avec sans par pour sur sous dont est sont a ont peut leur ses "
    "ces cette "
    "il lo gli di da che ma nel della dei delle con "
    "os as em não se uma".split()
)
# Behind a point only these are sure: a sentence may end with a preposition.
_NEVER_CLOSED = frozenset(
    "the an and or nor of every its their our und oder el los las y le les et che os e".split()
)
_MAY_END = frozenset(
    "a in on i as is this that those these have can will may to by over under e u his her d".split()
)
_EASTERN = re.compile(
    r"(?:和|与|及|以及|或|或者|并|并且|而|而且|但|但是|因为|由于|通过|基于|对于|关于|其中|例如|包括|从而|使得|"
    r"把|被|将|在|向|从|の|を|が|は|や|および|また|かつ|ため、|により、)$"
)
_ENDS = frozenset(".!?。！？…)]）】”\"'」』》%’»")
_STUMP = re.compile(r"[^\W\d_]{4,}$")
_TAIL, _SHOWN = 6, 24  # characters that show whether an end is open, and that are told
_FEWEST = 4  # words of a sentence: a keyword or a title may well end in “The Who”
_UNSPACED = re.compile(f"[{''.join(SCRIPTS[name] for name in ('Hani', 'Kana', 'Thai', 'Khmr'))}]")
_FEWEST_SIGNS = 5  # of scripts that leave no space between words; a word of another counts as two


def is_word(text: str) -> bool:
    """Tell whether a text is a single word, such as the heading that a sentence stood under."""
    signs = len(_UNSPACED.findall(text))
    words = len(_UNSPACED.sub(" ", text).split())
    return signs + 2 * words < _FEWEST_SIGNS if signs else words == 1


def cut_in(text: str, source: Source) -> Iterator[str]:
    """Yield why a text can't be whole: the end that nothing ends with, or the bracket that stays open."""
    text = text.strip()
    bare = text.rstrip(".。!?！？ ")
    if _OPEN_END.search(text[-_TAIL:]) or (not text.isascii() and _EASTERN.search(bare[-_TAIL:])):
        yield text[-_SHOWN:]
    elif last := _last_word(text, bare):
        yield last
    elif stump := _stump(text, source):
        yield stump
    if lonely := _unpaired(text):
        yield lonely


def _last_word(text: str, bare: str) -> str:
    """Return the last word if no sentence ends with it; behind a point fewer are sure."""
    words = bare.split()
    if len(words) < _FEWEST:
        return ""
    last = words[-1].strip("\"'“”")
    if not last.islower():
        return ""
    never = _NEVER_CLOSED if text != bare else _NEVER_LAST - _MAY_END
    return last if last in never else ""


def _stump(text: str, source: Source) -> str:
    """Return a last word that is only the beginning of one of the source's, as “accur” is."""
    if not text or text[-1] in _ENDS or len(text.split()) < _FEWEST:
        return ""
    found = _STUMP.search(text)
    if found is None or not found[0].islower() or found[0] in source.words:
        return ""
    stump = found[0]
    longer = [word for word in source.words if word.startswith(stump)]
    return (
        stump
        if longer
        and all(stem(word) != stem(stump) and not _is_compound(word, stump, source) for word in longer)
        else ""
    )


def _is_compound(word: str, beginning: str, source: Source) -> bool:
    """Whether the rest of a word may be one itself, as in “dataset”."""
    rest = word.removeprefix(beginning)
    return rest in source.words or rest in {"set", "sets", "base", "bases", "point", "points", "wise", "like"}


def _unpaired(text: str) -> str:
    """Return a bracket or a quote that isn't paired; half-open intervals and the “a)” of a list are."""
    if _PAIRED.isdisjoint(text) and "''" not in text and "``" not in text:
        return ""
    text = text.replace("''", '"').replace("``", '"')
    opened: list[str] = []
    for at, sign in enumerate(text):
        if sign in _OPENERS:
            opened.append(sign)
        elif sign in _CLOSERS:
            if opened and (opened[-1] == _CLOSERS[sign] or opened[-1] + sign in _INTERVALS):
                opened.pop()
            elif not (sign == ")" and _LISTED.search(text, max(0, at - 4), at)):
                return text[max(0, at - 20) : at + 1]
    if opened:
        return opened[-1]
    return next((marks[0] for marks in _QUOTES if sum(map(text.count, marks)) % 2), "")
