"""What Telegram finds in plain words by itself: links, commands, mentions, tags, addresses."""

from __future__ import annotations

import re

from .texts import Entity, tidy, units

# Two letters after a dot make a domain in every client: cs.AI, cs.CL and cs.CV are links, cs.LG isn't.
_COUNTRIES = (
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw "
    "by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et "
    "eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie "
    "il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv "
    "ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr "
    "nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl "
    "sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz "
    "va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
_DOMAINS = (*_COUNTRIES.split(), "com", "net", "org", "info", "edu", "gov", "dev", "app", "xyz", "cat")
_HOST = rf"(?:[\w-]+\.)+(?:{'|'.join(sorted(_DOMAINS, key=len, reverse=True))})(?![\w-])(?!\.\w)"
_TAIL = r"(?::\d{1,5})?(?:[/?#][^\s<>«»\"]*[^\s<>«»\".,:;!?')\]])?/?"
_PATTERNS = (
    ("url", re.compile(rf"(?i)(?<![\w@.-])(?:https?|tg|ftp)://[\w.-]+{_TAIL}")),
    ("email", re.compile(r"(?i)(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}(?![\w-])")),
    ("url", re.compile(rf"(?i)(?<![\w@./:-]){_HOST}{_TAIL}")),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@-])", re.ASCII),
    ),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{4,32}(?![\w@])", re.ASCII)),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}(?!\w)")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w$])")),
)


def detect(text: str, entities: list[Entity] | None = None) -> list[Entity]:
    """Add what Telegram finds by itself to the entities that a message has."""
    kept = list(entities or [])
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in kept
        if entity["type"] in ("code", "pre", "text_link", "text_mention", "custom_emoji")
    ]
    found: list[Entity] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start = units(text[: match.start()])
            end = start + units(match[0])
            if all(end <= low or start >= high for low, high in taken):
                taken.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    return sorted(kept + found, key=lambda entity: (entity["offset"], -entity["length"]))


def written(text: str) -> tuple[str, list[Entity]]:
    """What a person typed, as their client sends it."""
    kept, _ = tidy(text, [])
    return kept, detect(kept)
