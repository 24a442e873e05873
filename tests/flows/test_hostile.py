"""Ten thousand inputs that mean harm, to every command: each gets a sentence, and nothing breaks."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
import logging
import random
import re
from typing import TYPE_CHECKING

from bot.commands.registry import COMMANDS, NAMES
from bot.talk import ACTION_BYTES
from digest.document import Actions, Button, Document, List, Paragraph, Text
from digest.safety import printable
from tests.papers import paper
from tests.servers.talker import GROUP, OWNER, STRANGER, Talker, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from bot.talk import Reply

INPUTS = 6_000
AT_ONCE = 100

_SENTENCE = re.compile(r"\w")
_PIECES = (
    "gaussian splatting", "cs.CV", "rivers", "9906.00001", "2408.16725v2", "all", "0", "1", "30", "Mon",
    "zh", "\u202e\u2066evil\u2069", "\u200f\u200b\ufeff", "\x00\x01\x1b[31mred\x1b[0m", "\x7f\x9b2J",
    "\r\n\t\x0b\u2028", "𝕏𝔸𝕀 Ⅷ ﬁ ＡＢＣ ١٢٣ ½ ²", "é" * 40, "Z͑ͫ̓ͪ̂ͫ̽a̵l̷g̸o" * 5, "👩‍👩‍👧‍👦" * 10,
    "ẞ İ ı ŉ ǰ", "高斯泼溅 論文 ばしょ 논문", "<b>bold</b><script>alert(1)</script>",
    "</pre></code>&lt;&#0;&amp", "<!-- --><![CDATA[", "<a href='x'>",
    "**bold** _it_ `code` ```block``` ~~s~~ ||spoiler||", "[a](javascript:alert(1))",
    "\\\\ \\_ \\* \\u0000", "# > - 1.", "@everyone @here <@123> <@&4> <#5> </help:6> @durov",
    "tg://user?id=1", "https://t.me/joinchat/x", "'; DROP TABLE chats; --", '" OR 1=1 --',
    "1) UNION SELECT * FROM people", "NEAR(a b, 5)", 'a" OR "b*', "title:^x", "../../etc/passwd",
    "C:\\Windows\\..\\con", "file:///etc/shadow", "/dev/zero", "~/.ssh/id_rsa", "%00", "..%2f",
    "%s%n%d %(x)s", "{0} {x} {x.__class__} {}", "${jndi:ldap://x}", "{{7*7}}", "$(reboot) `reboot`",
    "\\x41", "\ud800", "a\udfffb", "\ud83d", "9" * 400, "-1", "1e309", "0x10", "NaN", "∞",
    "99999999999999999999", "1.5", "+5", "2026-02-30", "0000-00-00", "99:99", "24:00", "25:61:00",
    "9999-12-31", "1970-01-01T00:00Z", "tomorrow", "noon", "Europe/Berlin", "../UTC", "Etc/GMT+99",
    "UTC\x00", "ti:(((", "AND OR ANDNOT", "((((((((((x))))))))))", '"', '""', "ti:" + "(" * 300,
    "a AND " * 200, "*", "a*", "cat:", "au:\u200b", "cs.*", "arXiv:", "https://arxiv.org/abs/",
    "https://arxiv.org/pdf/9906.00001v99999", "hep-th/9901001v0", "doi.org/10.48550/arXiv.9906.1",
    "0000.00000", "ABCD-EFGH-JKMN-PQRS", "transformer-based", "/start /stop", "subscribe", "yes",
    "confirm", "send", "ffffffff", "=1+1", "\N{REPLACEMENT CHARACTER}", "\U0010ffff", "\ufdd0",
    "\U000e0041\U000e007f", "＠＃／", "null", "None",
)  # fmt: skip


def inputs() -> Iterator[tuple[str, bool]]:
    """Yield ways to use every command, each with whether it's a press: the same in every run."""
    dice = random.Random(20260626)  # noqa: S311 - no secret
    names = [*NAMES.commands, *NAMES.short]
    for number in range(INPUTS):
        name = names[number % len(names)]
        pieces = [dice.choice(_PIECES) for _ in range(dice.choice((0, 1, 1, 1, 2, 3, 8)))]
        if number % 500 == 0:
            pieces.append("x" * 100_000 if number % 1000 else "ü (" * 25_000)
        words = dice.choice((" ", "", "\n", ",", "\u00a0")).join(pieces)
        if dice.random() < 0.2:
            words = "".join(
                chr(dice.choice((dice.randrange(0x20), dice.randrange(0x11_0000)))) for _ in range(30)
            )
        pressed = dice.random() < 0.3
        yield f"{name} {words}" if pressed else f"{dice.choice('/／')}{name} {words}", pressed


async def answers(talker: Talker, said: Iterator[tuple[str, bool]]) -> list[tuple[str, Reply]]:
    """Say everything, many at once; return what was said and what was answered."""
    dice = random.Random(1)  # noqa: S311 - no secret

    async def one(words: str, *, pressed: bool) -> tuple[str, Reply]:
        who, where = dice.choice(((OWNER, None), (OWNER, None), (OWNER, GROUP), (STRANGER, GROUP)))
        language = dice.choice(("en", "zh", "xx-\ud800", ""))
        if pressed:
            return words, await talker.press(words, who=who, where=where, language=language)
        return words, await talker.say(words, who=who, where=where, language=language, quoted=words[::-1])

    got: list[tuple[str, Reply]] = []
    while batch := list(itertools.islice(said, AT_ONCE)):
        got += await asyncio.gather(*(one(words, pressed=pressed) for words, pressed in batch))
    return got


def test_every_hostile_input_gets_a_sentence(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever is said or pressed: words, buttons that can be carried, nothing logged, a sound database."""

    async def talk() -> tuple[list[tuple[str, Reply]], list[tuple[object, ...]]]:
        async with Talker.open(tmp_path, costly=(10**6, 10**6)) as talker:
            await talker.announce_papers(*range(1, 20))
            talker.library.add(paper(1), paper(2))
            await talker.join(GROUP)
            got = await answers(talker, inputs())
            return got, await talker.query("PRAGMA integrity_check")

    with caplog.at_level(logging.ERROR):
        got, integrity = asyncio.run(talk())
    assert len(got) == INPUTS
    assert [record.getMessage() for record in caplog.records] == []
    assert [said for said, reply in got if not _SENTENCE.search(text(reply))] == []
    assert [said for said, reply in got if set(faults(reply.document))] == []
    assert integrity == [("ok",)]


def test_every_command_is_tried() -> None:
    """The inputs reach each command of the registry some hundred times."""
    found = [NAMES.find(words.lstrip("/／")) for words, _ in inputs()]
    tried = [command.name for command, _ in filter(None, found)]
    assert {command.name for command in COMMANDS if tried.count(command.name) < 50} == set()


def faults(node: object) -> Iterator[str]:
    """Yield what breaks the rules of documents: controls in a text, a button that can't be carried."""
    match node:
        case str() if printable(node) != node:
            yield node
        case Button() if bool(node.action) == bool(node.url) or len(node.action.encode()) > ACTION_BYTES:
            yield node.action
        case tuple():
            for each in node:
                yield from faults(each)
        case _ if dataclasses.is_dataclass(node):
            for field in dataclasses.fields(node):
                yield from faults(getattr(node, field.name))


def test_faults_are_found() -> None:
    """The looks above see an escape deep in a document, and a button that Telegram wouldn't take."""
    escape = Document("", "en", (List(((Paragraph((Text("\x1b[2J"),)),),)),))
    assert list(faults(escape)) == ["\x1b[2J"]
    assert list(faults(Actions((Button("More", "é" * 33), Button("More", "more"))))) == ["é" * 33]
