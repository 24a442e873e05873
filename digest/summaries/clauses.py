"""Lets a sentence of an abstract stand alone; knows English connectives, not what a sentence says."""

from __future__ import annotations

import re

_LONGEST = 300  # characters of a sentence in a brief: about four lines on a phone
_SHORTEST = 90  # what a cut must leave, in characters

_WORK = (
    r"(?:paper|work|article|study|report|letter|thesis|manuscript|survey|note|chapter|tutorial|contribution)"
)
_ADVERB = (
    r"(?:however|moreover|furthermore|additionally|besides|therefore|thus|hence|consequently|accordingly|"
    r"specifically|in particular|(?:even )?more \w+ly|most \w+ly|concretely|precisely|finally|lastly|"
    r"all in all|amazingly|strikingly|overall|similarly|to date|so far|here|"
    r"first(?:ly)?|second(?:ly)?|third(?:ly)?|next|then|also|further|instead|meanwhile|nevertheless|nonetheless|"
    r"notably|importantly|critically|crucially|interestingly|surprisingly|remarkably|indeed|in fact|"
    r"likewise|in addition|in contrast|by contrast|in summary|in conclusion|in short|in brief|to summarize|"
    r"to conclude|taken together|in other words|that is|as such|as a result|as a consequence|for example|"
    r"for instance|on the other hand|on the contrary|at the same time|in response|in turn|"
    r"herein|now|unfortunately|fortunately|in this (?:context|regard|paper|work)|and|but|yet|so|"
    r"to this end|to that end|to do so|to do this|for this purpose|with this in mind)"
)
_LABEL = (
    r"(?:abstract|background|introduction|motivation|purpose|aims?|objectives?|goals?|methods?|methodology|"
    r"materials and methods|approach|design|results?|findings|conclusions?|discussion|significance|"
    r"contributions?|problem|context|scope|limitations|implications|originality|summary)"
)
_LEADS = re.compile(
    r"\(?(?:[1-9]|[ivx]{1,4})\)\s+(?=\S)"
    r"|(?:to (?:\w+ and )?)?(?:address|bridg|fill|clos|tackl|overcom|mitigat|solv|resolv|alleviat|meet)"
    r"(?:e|ing)? (?:this|these|the above|such)(?: [\w-]+){0,3},\s*"
    rf"|{_LABEL}(?:\s*(?:and|/|&)\s*{_LABEL})?\s*(?:[:.]|\s[–—-])\s+(?=\S)"
    rf"|{_LABEL}\s+(?=(?-i:We|This|These|The|Our|It|In|To|There|An?)\b)"
    rf"|{_ADVERB}\s*,\s*"
    rf"|(?:thus|hence|here|therefore|then|also|and|so|but)\s+(?=(?:we|I)\b)"
    rf"|(?:in|within|through|throughout|with) (?:this|the present|the current|our) (?:\w+ )?{_WORK}"
    r"\s*(?:,\s*|(?=\s(?:we|I)\b))\s*"
    r"|(?:to|in order to|motivated by|inspired by|guided by|leveraging|using|based on|"
    r"building (?:up)?on|with|given|for|in light of|in view of|considering|following|from|despite|"
    r"towards?|in response to|as a step towards?)"
    r"\s(?:[\w’'-]+ ){0,6}?"
    r"(?:this|these|the above|such|(?:recent|prior|previous|earlier) (?:work|advances|studies))\b"
    r"[^,.;:()]{0,70}?(?:,\s*(?=(?:we|I|this|the|our)\b)|\s(?=we\b))",
    re.IGNORECASE,
)
_MIDDLE = re.compile(
    rf"^([Ww]e|I)(?:\s*,)?\s+(?:therefore|thus|hence|then|also|further|furthermore|additionally|consequently|"
    rf"finally|here|herein|moreover|instead|(?:in this {_WORK}))(?:\s*,)?\s+(?=[a-z])"
)
_ASIDE = re.compile(r"\s\((?!\d\)|[ivx]+\))(?=[^()]*\s[^()]*\s)[^()]{12,}\)(?=[\s,.;:])")
# Where a sentence over the limit may end: before what only adds, never before “but”, which takes back.
_TAIL = re.compile(
    r";|,\s(?=which\b|where\b|thereby\b|thus\b|leading\b|resulting\b|allowing\b|enabling\b|making\b|"
    r"including\b|such as\b|and (?:we|then|show|demonstrate|also)\b|as well as\b|yielding\b|achieving\b|"
    r"outperforming\b|suggesting\b)"
)
# A cut is safe behind the verb of the main clause, which stands at the start of these sentences, and where no
# “that” or colon has opened something that the tail may still belong to.
_VERB_FIRST = re.compile(rf"(?:we|i|this {_WORK}|the (?:paper|authors))\b", re.IGNORECASE)
_OPEN_ENDED = re.compile(r"\b(?:that|whether|how|if)\b|:|\s[–—]\s|\s-\s", re.IGNORECASE)


def stand_alone(sentence: str) -> str:
    """Drop what ties a sentence to the ones before it (“To this end,”), and start it with a capital."""
    rest = sentence
    while lead := _LEADS.match(rest):
        if not rest[lead.end() :].strip():
            break
        rest = rest[lead.end() :]
    rest = _MIDDLE.sub(r"\1 ", rest)
    return capitalized(rest)


def shorten(sentence: str) -> str:
    """Drop long parentheses, and the tail of a sentence over 300 characters where a clause ends.

    A sentence that offers no clean place to cut stays whole: nothing is ever cut inside a clause, a
    parenthesis, a quotation or a formula.
    """
    shorter = _ASIDE.sub("", sentence)
    if len(shorter) <= _LONGEST or not _VERB_FIRST.match(shorter):
        return shorter
    opened = _OPEN_ENDED.search(shorter)
    last = min(_LONGEST, opened.start() if opened else _LONGEST)
    cuts = [tail.start() for tail in _TAIL.finditer(shorter)]
    clean = [cut for cut in cuts if _SHORTEST <= cut <= last and _is_balanced(shorter[:cut])]
    return shorter[: max(clean)].rstrip(" ,;:") + "." if clean else shorter


def capitalized(sentence: str) -> str:
    """Start a sentence with a capital, but for names that start small (“mBERT”, “k-means”)."""
    word = re.match(r"[a-zà-öø-ÿ]{2,}(?=[\s,.;:!?’'-]|$)|a(?=\s)", sentence)
    return sentence[0].upper() + sentence[1:] if word else sentence


def closed(sentence: str) -> str:
    """Close a sentence that its authors left open, but not behind a URL, which the point would join."""
    last = sentence.rsplit(maxsplit=1)[-1]
    is_open = last[-1].isascii() and (last[-1].isalnum() or last[-1] in ")]%") and "/" not in last
    return f"{sentence}." if is_open else sentence


def _is_balanced(text: str) -> bool:
    pairs = ("()", "[]", "{}", "“”", "⟨⟩", "⌊⌋", "⌈⌉")
    return all(text.count(pair[0]) == text.count(pair[1]) for pair in pairs) and text.count('"') % 2 == 0
