"""Numbers spelled out, in the languages that papers and chats use; knows words, not sentences."""

from __future__ import annotations

import re

from digest.summaries.checks.units import PERCENT, TIMES

# From three on, by language: “once” is eleven in one and no number in another. One and two are articles,
# pronouns and pairs as often as counts, so they only ever support a number.
COUNTS = {
    language: {word: number for number, words in enumerate(row.split(), start=3) for word in words.split("/")}
    for language, row in {
        "en": "three four five six seven eight nine ten eleven twelve",
        "de": "drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "es": "tres cuatro cinco seis siete ocho nueve diez once doce",
        "fr": "trois quatre cinq six sept huit neuf dix onze douze",
        "it": "tre quattro cinque sei sette otto nove dieci undici dodici",
        "pt": "três quatro cinco seis sete oito nove dez onze doze",
        "nl": "drie vier vijf zes zeven acht negen tien elf twaalf",
        "ru": "три/трёх/трех четыре/четырёх/четырех пять/пяти шесть/шести семь/семи восемь девять десять/десяти",
    }.items()
}
TENS = {
    word: number
    for number, words in enumerate(
        ("twenty zwanzig veinte", "thirty dreißig treinta", "forty vierzig", "fifty fünfzig", "sixty sechzig",
         "seventy siebzig", "eighty achtzig", "ninety neunzig"),
        start=2,
    )
    for word in words.split()
}  # fmt: skip
SUPPORT = {
    "two": 2, "both": 2, "pair": 2, "pairs": 2, "dual": 2, "zwei": 2, "dos": 2, "deux": 2, "due": 2, "dois": 2,
    "hundred": 100, "hundreds": 100, "thousand": 1000, "thousands": 1000, "million": 10**6, "billion": 10**9,
    "third": 3, "thirdly": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "second": 2, "secondly": 2,
}  # fmt: skip
# Words that are a number and its unit at once.
WHOLE: dict[str, tuple[tuple[str, str], ...]] = {
    word: readings
    for words, readings in (
        (
            "twice twofold doubles doubled doubling verdoppelt zweimal zweifach duplica",
            (("2", TIMES), ("2", "")),
        ),
        (
            "thrice threefold tripled tripling verdreifacht dreimal dreifach triplica",
            (("3", TIMES), ("3", "")),
        ),
        ("fourfold quadrupled quadrupling viermal vierfach cuadruplica", (("4", TIMES), ("4", ""))),
        ("fivefold fünfmal fünffach", (("5", TIMES), ("5", ""))),
        ("tenfold zehnmal zehnfach", (("10", TIMES),)),
        ("halves halved halving halbiert", (("0.5", ""), ("50", PERCENT), ("2", TIMES))),
    )
    for word in words.split()
}
# What a source may also say with these, though a text that holds them needn't mean a number.
LOOSE: dict[str, tuple[tuple[str, str], ...]] = dict.fromkeys(
    "half hälfte mitad moitié metà metade halb".split(), (("0.5", ""), ("50", PERCENT), ("2", TIMES))
) | dict.fromkeys("double doppelt doble doppio dobro".split(), (("2", TIMES),)) | {
    "triple": (("3", TIMES),), "triples": (("3", TIMES),), "quarter": (("0.25", ""), ("25", PERCENT)),
}  # fmt: skip

# Chinese and Japanese numerals say a count only before a counter: “统一”, “万能” and “十分” are words.
_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {
    "两": 2,
    "兩": 2,
    "〇": 0,
}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
PERCENT_PREFIX = "百分之"
NUMERAL = re.compile(rf"(?:{PERCENT_PREFIX})?[零〇一二两兩三四五六七八九十百千万萬亿億]{{1,12}}")
NO_COUNT_BEFORE = frozenset("第几幾数數同统統唯单單每之其")
COUNTERS = frozenset("个個种種类類项項層层步阶階段组組大名位篇张張条條轮輪件块塊套幅台款つ章")
NUMERAL_UNITS = frozenset("倍天秒维維年週周")  # of units of one sign, those that aren't part of other words
TENTHS = frozenset("成割")
EAST_ASIAN_WHOLE: dict[str, tuple[tuple[str, str], ...]] = dict.fromkeys(
    "一半 减半 減半 半减 半減 半分".split(), (("0.5", ""), ("50", PERCENT), ("2", TIMES))
) | dict.fromkeys("翻倍 翻番 加倍 倍增 倍増 一倍".split(), (("2", TIMES), ("100", PERCENT)))


def east_asian(numeral: str) -> int:
    """Return the value of a Chinese or Japanese numeral (三百二十, 一二, 三万)."""
    if not any(sign in _PLACES or sign in _MYRIADS for sign in numeral):
        return int("".join(str(_DIGITS[sign]) for sign in numeral))
    total = section = digit = 0
    for sign in numeral:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            section += (digit or 1) * _PLACES[sign]
            digit = 0
        else:
            total += (section + digit or 1) * _MYRIADS[sign]
            section = digit = 0
    return total + section + digit
