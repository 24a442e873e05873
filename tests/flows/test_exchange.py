"""What a platform shows of an exchange: steps of long work, replies in parts, panels that edit themselves."""

from __future__ import annotations

import asyncio
import io
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from bot.access import Person
from bot.chats import Address, Layout
from bot.exchange import Exchange
from bot.outbox import Gone, Message
from bot.platforms.console.platform import ConsolePlatform
from bot.platforms.console.screen import Screen
from bot.platforms.scripted import Script, ScriptedPlatform
from bot.sender import Sender
from bot.talk import File, Kind, Place, Pressed, Reply, Said, Speaker
from digest.document import Document, Group, Paragraph, Text
from tests.outbox import AT

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.ports import Platform
    from bot.talk import Incoming, Progress, Receive

HERE = Place(Address("somewhere", "1"), Kind.PRIVATE)
ADA = Speaker(Person("somewhere", "7"))
SAID = Said(HERE, ADA, "/settings")
PRESSED = Pressed(HERE, ADA, "settings zone", "41")


@dataclass
class Stage:
    """A platform and what it showed, as (text, the message whose place it took)."""

    platform: Platform
    shown: Callable[[], list[tuple[str, str]]]


def scripted(script: Script | None = None) -> Stage:
    """A scripted platform with messages of up to 40 characters."""
    lines: list[str] = []

    def shown() -> list[tuple[str, str]]:
        told = map(json.loads, lines)
        return [(line["body"].strip(), line.get("replaces", "")) for line in told]

    return Stage(ScriptedPlatform(lines.append, lambda: AT, script=script, limit=40), shown)


def answer(
    stage: Stage, incoming: Incoming, receive: Receive, monotonic: Callable[[], float] = lambda: 0.0
) -> None:
    """Let somebody say something."""

    async def use() -> None:
        sender = Sender(stage.platform, asyncio.sleep, lambda: 0.0)
        await Exchange(stage.platform, sender, monotonic).answer(incoming, receive)
        sender.close()

    asyncio.run(use())


def reply(*texts: str, instead: bool = False) -> Reply:
    """Make a reply of groups, which a split keeps whole."""
    return Reply(
        Document("", "en", tuple(Group((Paragraph((Text(text),)),)) for text in texts)), instead=instead
    )


def working(*steps: str, then: Reply | None) -> Receive:
    """Make what tells its steps and replies."""

    async def receive(_: Incoming, progress: Progress) -> Reply | None:
        for step in steps:
            await progress(step)
        return then

    return receive


def test_the_reply_takes_the_place_of_the_steps() -> None:
    """The first step is a message of its own; the later ones and the reply are written over it."""
    stage, seconds = scripted(), iter(range(0, 100, 5))
    answer(stage, SAID, working("Reading …", "Writing …", then=reply("Done")), lambda: float(next(seconds)))
    assert stage.shown() == [("Reading …", ""), ("Writing …", "1"), ("Done", "1")]


def test_steps_that_come_fast_are_left_out() -> None:
    """Platforms count edits as messages, so a step within two seconds of the one before isn't shown."""
    stage = scripted()
    answer(stage, SAID, working("One", "Two", "Three", then=reply("Done")))
    assert stage.shown() == [("One", ""), ("Done", "1")]


def test_only_what_takes_long_lets_others_go_first() -> None:
    """With the first step, or before what follows the reply is made, a turn is passed on; else it's kept."""

    async def use(receive: Receive) -> list[str]:
        told: list[str] = []

        async def hear(incoming: Incoming, progress: Progress) -> Reply | None:
            made = await receive(incoming, progress)
            told.append("answered")
            return made

        stage = scripted()
        sender = Sender(stage.platform, asyncio.sleep, lambda: 0.0)
        exchange = Exchange(stage.platform, sender, lambda: 0.0, lambda: told.append("passed on"))
        await exchange.answer(SAID, hear)
        sender.close()
        return told

    async def then() -> Reply | None:
        return None

    assert asyncio.run(use(working(then=reply("Done")))) == ["answered"]
    assert asyncio.run(use(working("Reading …", then=reply("Done")))) == ["passed on", "answered"]
    assert asyncio.run(use(working(then=replace(reply("Done"), then=then)))) == ["answered", "passed on"]


def test_a_long_reply_begins_where_the_steps_were() -> None:
    """The first of several parts is written over the step, the others follow in order."""
    stage = scripted()
    answer(stage, SAID, working("Reading …", then=reply("a" * 30, "b" * 30, "c" * 30)))
    assert stage.shown() == [("Reading …", ""), ("a" * 30, "1"), ("b" * 30, ""), ("c" * 30, "")]


def test_a_long_reply_makes_one_sound() -> None:
    """Only its first part does, as with a digest: a page of seven papers doesn't ring seven times."""
    lines: list[str] = []
    stage = Stage(ScriptedPlatform(lines.append, lambda: AT, limit=40), list)
    answer(stage, SAID, working(then=reply("a" * 30, "b" * 30, "c" * 30)))
    assert [json.loads(line)["sound"] for line in lines] == [True, False, False]


@pytest.mark.parametrize(
    ("incoming", "instead", "replaces"),
    [(PRESSED, True, "41"), (PRESSED, False, ""), (SAID, True, "")],
    ids=["pressed", "pressed-new", "typed"],
)
def test_a_panel_edits_itself(incoming: Incoming, *, instead: bool, replaces: str) -> None:
    """A reply that stands instead takes the place of the message whose button was pressed, if one was."""
    stage = scripted()
    answer(stage, incoming, working(then=reply("Zone: Berlin", instead=instead)))
    assert stage.shown() == [("Zone: Berlin", replaces)]


def test_silence_shows_nothing() -> None:
    """What isn't answered leaves no trace."""
    stage = scripted()
    answer(stage, SAID, working(then=None))
    assert stage.shown() == []


def test_a_reply_that_cannot_be_sent_ends_the_exchange(caplog: pytest.LogCaptureFixture) -> None:
    """Where a chat is gone, nothing is raised and the log says so."""
    script = Script()
    script.always(Gone("kicked"))
    stage = scripted(script)
    answer(stage, SAID, working("Reading …", then=reply("Done")))
    assert stage.shown() == []
    assert "a reply wasn't sent" in caplog.text


def test_a_terminal_shows_steps_on_one_line() -> None:
    """On a terminal the reply replaces the step's line; in a pipe, which takes nothing back, both stay."""
    for terminal, expected in (
        (True, "\nReading …\n\x1b[1A\r\x1b[JDone\n"),
        (False, "\nReading …\n\nDone\n"),
    ):
        output = io.StringIO()
        console = Console(file=output, force_terminal=terminal, width=60, color_system=None)
        platform = ConsolePlatform(Screen(console))
        answer(Stage(platform, list), SAID, working("Reading …", then=reply("Done")))
        assert output.getvalue() == expected


@dataclass
class Strip:
    """A stream that is written down between the messages."""

    record: Callable[[str], None]
    takes: int
    ended: bool = False

    async def show(self, body: str) -> bool:
        """Take so many steps and no more."""
        assert not self.ended, "a step came after the end"
        self.takes -= 1
        if self.takes >= 0:
            self.record(json.dumps({"body": body, "replaces": "streamed"}))
        return self.takes >= 0

    async def end(self) -> None:
        """Write down that nothing more comes."""
        self.ended = True
        self.record(json.dumps({"body": "", "replaces": "streamed"}))


class StreamingPlatform(ScriptedPlatform):
    """A scripted platform that streams some steps of each exchange, or none."""

    takes = 9

    def stream(self, said: Incoming) -> Strip | None:
        """Stream steps to everybody but what was pressed."""
        return None if said == UNSTREAMED else Strip(self._record, self.takes)


UNSTREAMED = replace(SAID, text="/elsewhere")


def streaming(takes: int = 9) -> Stage:
    """A platform that streams so many steps."""
    lines: list[str] = []
    platform = StreamingPlatform(lines.append, lambda: AT, limit=40)
    platform.takes = takes

    def shown() -> list[tuple[str, str]]:
        return [(line["body"].strip(), line.get("replaces", "")) for line in map(json.loads, lines)]

    return Stage(platform, shown)


@pytest.mark.parametrize(
    ("incoming", "takes", "shown"),
    [
        (SAID, 9, [("One", "streamed"), ("Two", "streamed"), ("", "streamed"), ("Done", "")]),
        (SAID, 1, [("One", "streamed"), ("Two", ""), ("", "streamed"), ("Done", "1")]),
        (SAID, 0, [("One", ""), ("Two", "1"), ("", "streamed"), ("Done", "1")]),
        (UNSTREAMED, 9, [("One", ""), ("Two", "1"), ("Done", "1")]),
    ],
    ids=["streamed", "refused-later", "refused", "not-there"],
)
def test_steps_are_streamed_where_they_can_be(
    incoming: Incoming, takes: int, shown: list[tuple[str, str]]
) -> None:
    """The stream ends before the reply, a new message; from a refused step on, steps are messages."""
    stage, seconds = streaming(takes), iter(range(0, 100, 5))
    answer(stage, incoming, working("One", "Two", then=reply("Done")), lambda: float(next(seconds)))
    assert stage.shown() == shown


def test_a_stream_ends_however_the_work_does() -> None:
    """A bug in a command leaves no step behind that is shown on and on."""

    async def breaks(_: Incoming, progress: Progress) -> Reply | None:
        await progress("One")
        raise RuntimeError("broken")

    stage = streaming()
    with pytest.raises(RuntimeError, match="broken"):
        answer(stage, SAID, breaks)
    assert stage.shown() == [("One", "streamed"), ("", "streamed")]


@pytest.mark.parametrize(
    ("stage", "steps", "shown"),
    [
        (scripted(), ("One",), [("One", ""), ("Called off.", "1")]),
        (streaming(), ("One",), [("One", "streamed"), ("", "streamed")]),
        (streaming(), (), [("", "streamed"), ("Called off.", "")]),
        (
            streaming(1),
            ("One", "Two"),
            [("One", "streamed"), ("Two", ""), ("", "streamed"), ("Called off.", "1")],
        ),
    ],
    ids=["messages", "streamed", "no-steps", "both"],
)
def test_what_only_closes_steps_needs_some_that_stay(
    stage: Stage, steps: tuple[str, ...], shown: list[tuple[str, str]]
) -> None:
    """That work was called off takes the place of its step; where that is gone by itself, nothing is said."""
    seconds = iter(range(0, 100, 5))
    called_off = replace(reply("Called off."), closing=True)
    answer(stage, SAID, working(*steps, then=called_off), lambda: float(next(seconds)))
    assert stage.shown() == shown


class FilingPlatform(ScriptedPlatform):
    """A scripted platform that takes files."""

    def attach(self, document: Document, file: File) -> tuple[Message, ...]:
        """Write both as text that tells them apart."""
        return tuple(
            replace(each, body=f"{each.body}[{file.name}]") for each in self.render(document, Layout.CLASSIC)
        )


FILE = File("saved.bib", "@misc{a}\n\n@misc{b}\n", "bibtex")


def test_a_file_is_shown_as_text_where_there_are_no_files() -> None:
    """Its lines stand below the words, in as many parts as it takes."""
    stage = scripted()
    answer(stage, SAID, working("Reading …", then=replace(reply("Two papers, as BibTeX."), file=FILE)))
    assert stage.shown() == [
        ("Reading …", ""),
        ("Two papers, as BibTeX.", "1"),
        ("@misc{a}\n\n@misc{b}", ""),
    ]


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        ((), [("Two papers.\n[saved.bib]", "")]),
        (("Reading …",), [("Reading …", ""), ("Two papers.", "1"), ("[saved.bib]", "")]),
    ],
    ids=["at-once", "after-steps"],
)
def test_a_file_comes_with_its_words(steps: tuple[str, ...], shown: list[tuple[str, str]]) -> None:
    """One message has both, unless the words took the place of what was shown while it was made."""
    lines: list[str] = []

    def told() -> list[tuple[str, str]]:
        return [(line["body"].strip(), line.get("replaces", "")) for line in map(json.loads, lines)]

    stage = Stage(FilingPlatform(lines.append, lambda: AT, limit=40), told)
    answer(stage, SAID, working(*steps, then=replace(reply("Two papers."), file=FILE)))
    assert stage.shown() == shown
