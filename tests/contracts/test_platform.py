"""What `bot.ports.Platform` promises, held over every platform.

A platform joins by a ground to play on: something that starts it against a stand-in for its service.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chats import Address, Layout
from bot.outbox import Gone, Moved, Outcome, Refused, Retry, Sent, Unknown
from bot.platforms.console.platform import ConsolePlatform
from bot.platforms.console.printout import Printout
from bot.platforms.scripted import Fault, Script, ScriptedPlatform, append_to
from digest.document import (
    Actions,
    Button,
    Details,
    Document,
    Group,
    Heading,
    Link,
    List,
    Paragraph,
    Strong,
    Text,
)
from digest.reading import papers
from tests.outbox import AT
from tests.servers.discord_ground import discord
from tests.servers.telegram_ground import telegram

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from bot.ports import Platform
    from bot.talk import Incoming, Progress, Reply


class Ground(Protocol):
    """A started platform, the service behind it, and two chats there."""

    platform: Platform
    one: Address
    two: Address
    limit: int
    """The most characters that a message may have."""
    whole: tuple[str, ...]
    """The forms that hold everything; a shorter one says where the rest is."""

    def fail(self, outcome: Outcome, to: Address) -> None:
        """Let the service answer the next message to a chat so that this outcome follows."""

    def lose_the_answer(self, to: Address) -> None:
        """Let the service take the next message to a chat, and its answer get lost."""

    def shown(self, address: Address) -> list[str]:
        """Return the texts that a chat shows, in order."""

    def write(self, text: str) -> str:
        """Return a body that shows this text."""

    def read(self, body: str) -> str:
        """Return the text that a body shows."""

    def later(self) -> None:
        """Let the time pass that the service wanted."""


@dataclass
class ScriptedGround:
    """Where the scripted platform plays."""

    limit: int = 400
    whole: tuple[str, ...] = ("body", "plain")
    one: Address = field(default_factory=lambda: Address("scripted", "1"))
    two: Address = field(default_factory=lambda: Address("scripted", "2", "7"))
    _lines: list[str] = field(default_factory=list)
    _script: Script = field(default_factory=Script)

    def __post_init__(self) -> None:
        self.platform: Platform = ScriptedPlatform(
            self._lines.append, lambda: AT, script=self._script, limit=self.limit
        )

    def fail(self, outcome: Outcome, to: Address) -> None:
        """Put it into the script."""
        self._script.then(outcome, to=to)

    def lose_the_answer(self, to: Address) -> None:
        """Put it into the script."""
        self._script.then(Fault.SILENT, to=to)

    def shown(self, address: Address) -> list[str]:
        """Read what was written down."""
        lines = map(json.loads, self._lines)
        return [
            line["body"] for line in lines if (line["chat"], line["thread"]) == (address.chat, address.thread)
        ]

    def write(self, text: str) -> str:
        """Write it as it is."""
        return text

    def read(self, body: str) -> str:
        """Read it as it is."""
        return body

    def later(self) -> None:
        """Nobody waits here."""


@contextlib.asynccontextmanager
async def scripted() -> AsyncIterator[Ground]:
    """The platform of tests and simulations."""
    ground = ScriptedGround()
    await ground.platform.start(nothing)
    yield ground
    await ground.platform.stop()


@dataclass
class ConsoleGround:
    """Where the console plays: a page whose output is written down, or breaks."""

    limit: int = 1_000_000
    whole: tuple[str, ...] = ("body", "plain")
    one: Address = field(default_factory=lambda: Address("console", "ada"))
    two: Address = field(default_factory=lambda: Address("console", "grace"))
    _written: list[str] = field(default_factory=list)
    _broken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.platform: Platform = ConsolePlatform(Printout(self._write, lambda: AT, ZoneInfo("UTC")))

    def _write(self, text: str) -> None:
        chat = text.partition("to ")[2].partition(":")[0].partition(",")[0]
        if chat in self._broken:
            self._broken.discard(chat)
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")
        self._written.append(text)

    def fail(self, outcome: Outcome, to: Address) -> None:
        """Let nobody read the next message; nothing else happens to a console."""
        if outcome != Retry("try later"):
            pytest.skip(f"a console has no {type(outcome).__name__} of this kind")
        self._broken.add(to.chat)

    def lose_the_answer(self, to: Address) -> None:
        """Skip: whoever prints knows at once."""
        pytest.skip(f"what is printed to {to.chat} needs no answer")

    def shown(self, address: Address) -> list[str]:
        """Read what was printed below the lines with time and chat."""
        parted = [text.partition(":\n\n") for text in self._written]
        return [body.strip() for head, _, body in parted if f", to {address.chat}" in head]

    def write(self, text: str) -> str:
        """Write it as it is."""
        return text

    def read(self, body: str) -> str:
        """Read it as it is."""
        return body

    def later(self) -> None:
        """Nobody waits here."""


@contextlib.asynccontextmanager
async def console() -> AsyncIterator[Ground]:
    """The console's deliveries, as `run` prints them."""
    ground = ConsoleGround()
    await ground.platform.start(nothing)
    yield ground
    await ground.platform.stop()


async def nothing(_: Incoming, __: Progress) -> Reply | None:
    """Answer nothing."""
    return None


GROUNDS = [scripted, console, telegram, discord]


@pytest.fixture(params=GROUNDS)
def run(request: pytest.FixtureRequest) -> Callable[[Callable[[Ground], Awaitable[None]]], None]:
    """Run a function on a platform's ground."""

    def call(use: Callable[[Ground], Awaitable[None]]) -> None:
        async def inside() -> None:
            async with request.param() as ground:
                await use(ground)

        asyncio.run(inside())

    return call


async def send(ground: Ground, to: Address, text: str = "hello", key: str = "k1") -> Outcome:
    """Send a text."""
    return await deliver(ground, to, ground.write(text), key)


async def deliver(ground: Ground, to: Address, body: str, key: str = "k1", *, plain: bool = False) -> Outcome:
    """Send a body."""
    return await ground.platform.send(to, body, plain=plain, key=key, sound=True)


def digest(count: int, words: int = 12) -> Document:
    """Make a document of so many papers, each word of it only once."""
    groups = tuple(
        Group(
            (
                Heading(
                    (Link((Text(f"title{number}"),), f"https://arxiv.org/abs/9906.{number:05}"),),
                    2,
                    number + 1,
                ),
                Paragraph(tuple(Text(f"p{number}w{word}\u0020") for word in range(words))),
                List(((Paragraph((Strong((Text(f"take{number}"),)),)),),)),
                Details((Text("More"),), (Paragraph((Text(f"fold{number} <b>&amp; *_` @everyone"),)),)),
            ),
            paper=f"9906.{number:05}",
        )
        for number in range(count)
    )
    return Document(
        "A digest", "en", (Heading((Text("Headline"),), 1), *groups, Paragraph((Text("Closing"),)))
    )


def words(document: Document) -> list[str]:
    """Return the words of `digest` that every rendering shows, in order."""
    count = len(papers(document.blocks))
    shown = ["Headline"]
    for number in range(count):
        shown += [f"title{number}", f"take{number}", f"fold{number}"]
    return [*shown, "Closing"]


@given(count=st.integers(0, 12), length=st.integers(0, 120))
@settings(max_examples=12, deadline=None)
@pytest.mark.parametrize("ground", GROUNDS)
def test_rendering_loses_nothing_and_keeps_the_limit(
    ground: Callable[[], contextlib.AbstractAsyncContextManager[Ground]], count: int, length: int
) -> None:
    """All parts together hold every word in order, no part is too long, and each names what it tells."""

    async def use() -> None:
        async with ground() as at:
            document = digest(count, length)
            for layout in Layout:
                messages = at.platform.render(document, layout)
                for form in ("body", "plain"):
                    texts = [at.read(getattr(message, form)) for message in messages]
                    assert max(map(len, texts)) <= at.limit
                    rest = "\n".join(texts)
                    for word in words(document) if form in at.whole else ():
                        _, found, rest = rest.partition(word)
                        assert found == word
                named = [paper.value for message in messages for paper in message.papers]
                assert list(dict.fromkeys(named)) == list(papers(document.blocks))
                for message in messages:
                    for number in range(count):
                        told = any(paper.value == f"9906.{number:05}" for paper in message.papers)
                        assert told or f"title{number}\n" not in at.read(message.plain)

    asyncio.run(use())


def test_messages_arrive_in_their_chat_in_order(
    run: Callable[[Callable[[Ground], Awaitable[None]]], None],
) -> None:
    """Parts sent one after another are shown in that order, in their own chat or thread, each with an id."""

    async def use(ground: Ground) -> None:
        ids = set()
        for part in range(3):
            for to in (ground.one, ground.two):
                outcome = await send(ground, to, f"part {part}", f"{to.chat}-{part}")
                assert isinstance(outcome, Sent)
                ids.add((to, outcome.message))
        assert ground.shown(ground.one) == ground.shown(ground.two) == ["part 0", "part 1", "part 2"]
        assert len(ids) == 6

    run(use)


@pytest.mark.parametrize(
    "outcome",
    [
        Retry("slow down", 3.5),
        Retry("try later"),
        Moved(Address("scripted", "99")),
        Gone("kicked"),
        Refused("can't parse"),
        Unknown("no answer"),
    ],
    ids=lambda outcome: type(outcome).__name__,
)
def test_each_fault_has_its_outcome(
    run: Callable[[Callable[[Ground], Awaitable[None]]], None], outcome: Outcome
) -> None:
    """Nothing is raised, the outcome says what happened, nothing is shown, and other chats don't notice."""

    async def use(ground: Ground) -> None:
        ground.fail(outcome, ground.one)
        answer, other = await asyncio.gather(send(ground, ground.one), send(ground, ground.two))
        assert type(answer) is type(outcome)
        if isinstance(outcome, Retry):
            assert answer == Retry(getattr(answer, "why", ""), outcome.after)
        assert isinstance(other, Sent)
        assert ground.shown(ground.one) == []
        ground.later()
        assert isinstance(await send(ground, ground.one), Sent)

    run(use)


def test_a_lost_answer_is_unknown_and_the_key_may_be_used_again(
    run: Callable[[Callable[[Ground], Awaitable[None]]], None],
) -> None:
    """A message whose answer got lost is asked for again with the same key: it's shown, once or twice."""

    async def use(ground: Ground) -> None:
        ground.lose_the_answer(ground.one)
        assert isinstance(await send(ground, ground.one), Unknown)
        assert isinstance(await send(ground, ground.one), Sent)
        assert set(ground.shown(ground.one)) == {"hello"}

    run(use)


def test_the_plain_form_passes_where_the_body_is_refused(
    run: Callable[[Callable[[Ground], Awaitable[None]]], None],
) -> None:
    """Whatever a paper's text does to a body, its plain form can be sent."""

    async def use(ground: Ground) -> None:
        (message,) = ground.platform.render(digest(1, 3), Layout.CLASSIC)
        ground.fail(Refused("can't parse"), ground.one)
        assert isinstance(await deliver(ground, ground.one, message.body), Refused)
        assert isinstance(await deliver(ground, ground.one, message.plain, plain=True), Sent)
        assert "title0" in ground.shown(ground.one)[0]

    run(use)


def test_a_message_can_be_replaced(run: Callable[[Callable[[Ground], Awaitable[None]]], None]) -> None:
    """An edit of what was sent is an outcome too."""

    async def use(ground: Ground) -> None:
        sent = await send(ground, ground.one, "before")
        assert isinstance(sent, Sent)
        assert isinstance(await ground.platform.edit(ground.one, sent.message, ground.write("after")), Sent)
        assert ground.shown(ground.one)[-1] == "after"

    run(use)


def test_a_platform_starts_again_after_it_was_stopped(
    run: Callable[[Callable[[Ground], Awaitable[None]]], None],
) -> None:
    """Stopping ends cleanly, twice as well as once, and a supervisor can start it again."""

    async def use(ground: Ground) -> None:
        await ground.platform.stop()
        await ground.platform.stop()
        await ground.platform.start(nothing)
        assert isinstance(await send(ground, ground.one), Sent)
        assert ground.platform.in_flight > 0

    run(use)


def test_what_was_sent_can_be_read_from_a_file(tmp_path: Path) -> None:
    """The scripted platform appends a JSON object a message: where to, key, text, buttons, papers, time."""

    async def use() -> None:
        path = tmp_path / "sent.jsonl"
        platform = ScriptedPlatform(append_to(path), lambda: AT)
        document = digest(2, 3)
        row = Actions(
            (Button("Read", action="summarize 9906.00000"), Button("Site", url="https://arxiv.org"))
        )
        (message,) = platform.render(replace(document, blocks=(*document.blocks, row)), Layout.CLASSIC)
        await platform.send(Address("scripted", "5", "6"), message.body, plain=False, key="k", sound=True)
        await platform.send(Address("scripted", "5"), message.plain, plain=True, key="l", sound=False)
        first, second = map(json.loads, path.read_text("utf-8").splitlines())
        assert first["papers"] == second["papers"] == ["9906.00000", "9906.00001"]
        assert (first["chat"], first["thread"], first["key"], first["plain"], first["sound"]) == (
            "5",
            "6",
            "k",
            False,
            True,
        )
        assert first["time"] == AT.isoformat()
        assert "title1" in first["body"]
        assert first["buttons"] == [["Read", "summarize 9906.00000"], ["Site", "https://arxiv.org"]]
        assert "Papers: " not in first["body"]
        assert "summarize" not in first["body"]

    asyncio.run(use())
