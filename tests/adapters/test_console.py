"""A chat in the terminal: what it shows, what a typed line means, what is suggested and what is kept."""

from __future__ import annotations

import asyncio
import errno
import io
import os
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document as Typed
from rich.console import Console

from bot.access import Person
from bot.chats import Address, Layout
from bot.cli.chat import client_language
from bot.commands.call import Command
from bot.commands.parsing import names_of
from bot.outbox import Retry, Sent
from bot.phrases import general as say
from bot.phrases import usages
from bot.platforms.console import body as bodies
from bot.platforms.console.conversation import Conversation
from bot.platforms.console.lines import PipedLines
from bot.platforms.console.platform import ConsolePlatform
from bot.platforms.console.printout import Printout, print_now
from bot.platforms.console.prompt import Suggestions, TypedLines, history_file
from bot.platforms.console.screen import Screen
from bot.talk import Kind, Place, Pressed, Reply, Said, Speaker
from digest.document import Actions, Button, Document, Group, List, Paragraph, Text
from digest.model import Topic
from digest.translation import phrases_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.commands.call import Call, Tools
    from bot.talk import Incoming, Progress

ADA = Address("console", "ada")
AT = datetime(2026, 6, 26, 5, 30, tzinfo=UTC)
CODE = "7K3M-9QXA-04TB-HZ2W"


def panel(*labels: str, url: str = "") -> Document:
    """Make a sentence with a row of buttons, each asking for its own label."""
    pressable = tuple(Button(label, f"do {label}") for label in labels)
    link = (Button("Open", url=url),) if url else ()
    return Document("", "en", (Paragraph((Text("Choose"),)), Actions((*pressable, *link))))


class Chat:
    """A conversation whose other side is a function."""

    def __init__(self, *, width: int = 60, terminal: bool = False) -> None:
        self.output = io.StringIO()
        console = Console(file=self.output, force_terminal=terminal, width=width, color_system=None)
        self.screen = Screen(console)
        self.heard: list[Incoming] = []
        self.answers: list[Reply | None] = []
        self.talk = Conversation(
            ConsolePlatform(self.screen),
            self.screen,
            self._receive,
            Place(ADA, Kind.PRIVATE),
            Speaker(Person("console", "ada")),
            phrases_for("en"),
        )

    async def _receive(self, incoming: Incoming, _: Progress) -> Reply | None:
        self.heard.append(incoming)
        return self.answers.pop(0)

    def say(self, line: str, *answers: Reply | None) -> str:
        """Say a line and return what is shown for it."""
        self.answers = list(answers)
        before = len(self.output.getvalue())
        asyncio.run(self.talk.hear(line))
        return self.output.getvalue()[before:]


def test_buttons_are_numbered_choices() -> None:
    """Labels stand whole on lines of the width, numbered through; links are written out."""
    chat = Chat(width=40)
    shown = chat.say("/x", Reply(panel("Show the latest", "Narrow it", "Undo", url="https://arxiv.org/a")))
    assert shown == ("\nChoose\n\nOpen: https://arxiv.org/a\n[1] Show the latest  [2] Narrow it\n[3] Undo\n")


def test_a_number_presses_a_button_of_the_newest_reply() -> None:
    """With or without brackets; an older reply's numbers are gone."""
    chat = Chat()
    chat.say("/x", Reply(panel("a", "b")))
    chat.say("[2]", Reply(panel("c"), instead=True))
    chat.say(" 1 ", None)
    pressed = [(each.action, each.message) for each in chat.heard if isinstance(each, Pressed)]
    assert pressed == [("do b", "1"), ("do c", "1")]


def test_a_panel_that_edits_itself_is_shown_again() -> None:
    """What takes a message's place stands below what was typed, with numbers from 1."""
    chat = Chat(terminal=True)
    chat.say("/x", Reply(panel("a", "b")))
    assert chat.say("2", Reply(panel("c"), instead=True)) == "\nChoose\n\n[1] c\n"


def test_a_label_that_is_a_number_is_its_own() -> None:
    """Whoever types “7” where 7 can be chosen chooses that, not the seventh button; others pass it over."""
    chat = Chat()
    assert chat.say("/x", Reply(panel("3", "1", "7", "Back"))) == "\nChoose\n\n[3]  [1]  [7]  [2] Back\n"
    chat.say("7", Reply(panel("2", "2", "-1", "0", "1000")))
    assert chat.output.getvalue().endswith("[2]  [2]  [1] -1  [3] 0  [4] 1000\n")
    chat.say("4", None)
    pressed = [each.action for each in chat.heard if isinstance(each, Pressed)]
    assert pressed == ["do 7", "do 1000"]


def test_what_the_chat_says_itself_is_in_the_replys_language() -> None:
    """Whoever chose Chinese in the settings has it here too, whatever the terminal speaks."""
    chat = Chat()
    chat.say("/x", Reply(Document("", "zh", panel("a").blocks)))
    assert chat.say("3") == "\n最新的回复里没有 [3]。\n"


def test_a_number_too_high_is_told() -> None:
    """It isn't said to the bot, which couldn't know what was meant."""
    chat = Chat()
    chat.say("/x", Reply(panel("a", "b")))
    assert chat.say("3") == "\nThere's no [3] in the newest reply.\n"
    assert len(chat.heard) == 1


def test_a_number_may_be_an_answer() -> None:
    """Where the bot asked for words, or nothing can be pressed, a number is text like any other."""
    chat = Chat()
    chat.say("/x", Reply(panel("Never mind"), asks="settings papers"))
    chat.say("7", Reply(Document("", "en", (Paragraph((Text("7 papers."),)),))))
    chat.say("1", None)
    assert [each.text for each in chat.heard if isinstance(each, Said)] == ["/x", "7", "1"]


def test_an_empty_line_is_nothing_and_silence_is_told() -> None:
    """Nobody waits for an answer that doesn't come."""
    chat = Chat()
    assert chat.say("   ") == ""
    assert chat.say("hello", None) == "\nThere's no answer to that.\n"


def test_a_transcript_names_what_was_pressed() -> None:
    """Lines from a pipe are repeated, a number with its button's label, and no control character acts."""
    chat = Chat()
    chat.say("/x", Reply(panel("a", "Undo")))
    chat.talk.repeat("2")
    chat.talk.repeat("/topics\x1b[2J")
    assert chat.output.getvalue().endswith("\n> 2 [Undo]\n\n> /topics[2J\n")


def test_output_that_nobody_reads_ends_the_chat(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A pipe whose reader left raises, so that the chat ends, and is no news."""
    chat = Chat()

    def broken(_: str) -> int:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr(chat.output, "write", broken)
    with pytest.raises(BrokenPipeError):
        chat.say("hello", Reply(panel("a")))
    assert caplog.text == ""


def test_wide_letters_are_measured() -> None:
    """Chinese labels take two columns a letter."""
    shown = Chat(width=24).say("/x", Reply(panel("显示最新", "缩小范围", "撤销")))
    assert shown.splitlines()[-2:] == ["[1] 显示最新", "[2] 缩小范围  [3] 撤销"]


@given(st.text(), st.text())
def test_no_text_makes_a_button(text: str, label: str) -> None:
    """Whatever a paper or a label says, a message has the buttons that its document has."""
    platform = ConsolePlatform(Printout(lambda _: None, lambda: AT, ZoneInfo("UTC")))
    blocks = (Paragraph((Text(text),)), Group((List(((Actions((Button(label, "do it"),)),),)),)))
    (message,) = platform.render(Document("", "en", blocks), Layout.CLASSIC)
    shown, ((button,),) = bodies.part(message.body)
    assert button.action == "do it"
    assert "\x1f" not in shown + message.plain
    assert not {"\n", "\r", "\x1b"} & {*button.label}


def test_a_printed_delivery_says_when_and_to_whom() -> None:
    """Time in the owner's zone, the chat, the text, and each button as the command that it stands for."""
    printed: list[str] = []
    platform = ConsolePlatform(Printout(printed.append, lambda: AT, ZoneInfo("Europe/Berlin")))
    document = Document(
        "",
        "en",
        (
            Paragraph((Text("3 papers"),)),
            Actions((Button("Show 2 more", "more 2026-06-26"), Button("Open", url="https://arxiv.org"))),
        ),
    )

    async def use() -> None:
        (message,) = platform.render(document, Layout.CLASSIC)
        assert isinstance(await platform.send(ADA, message.body, plain=False, key="k", sound=True), Sent)
        assert isinstance(await platform.edit(ADA, "1", "later"), Sent)
        await platform.stop()

    asyncio.run(use())
    assert printed == [
        "2026-06-26 07:30 CEST, to ada:\n\n3 papers\n\nShow 2 more: /more 2026-06-26\nOpen: https://arxiv.org\n\n",
        "2026-06-26 07:30 CEST, to ada, in an earlier message's place:\n\nlater\n\n",
    ]


@pytest.mark.parametrize("error", [BrokenPipeError(errno.EPIPE, "Broken pipe"), ValueError("closed file")])
def test_a_delivery_waits_for_output(error: Exception) -> None:
    """Output that nobody reads keeps deliveries for the next start; the chat isn't lost."""

    def broken(_: str) -> None:
        raise error

    async def use() -> None:
        platform = ConsolePlatform(Printout(broken, lambda: AT, ZoneInfo("UTC")))
        outcome = await platform.send(ADA, "hello", plain=False, key="k", sound=True)
        assert isinstance(outcome, Retry)
        assert outcome.why

    asyncio.run(use())


def test_what_fails_to_print_does_not_come_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of a message stays in a buffer that the next one would flush."""
    reader, writer = os.pipe()
    with os.fdopen(writer, "w", encoding="ascii", errors="replace") as stream:
        monkeypatch.setattr("sys.stdout", stream)
        print_now("“one”\n")
        assert os.read(reader, 100) == b"?one?\n"
        os.close(reader)
        with pytest.raises(BrokenPipeError):
            print_now("two\n")
        stream.flush()


async def nothing(_: Call, __: Tools) -> Reply:
    """Do nothing."""
    raise AssertionError


NAMES = names_of(
    [
        Command("subscribe", nothing, summary=say.START, usage=usages.TOPIC, short={"sub": "subscribe"}),
        Command("start", nothing, summary=say.START),
        Command("hidden", nothing),
    ]
)
SUMMARY = phrases_for("zh")(say.START)
PRESETS = {"speech": Topic("speech", "Speech", "speech"), "llm-agents": Topic("llm-agents", "Agents", "llm")}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/s", [("subscribe ", SUMMARY), ("start", SUMMARY)]),
        ("/", [("subscribe ", SUMMARY), ("start", SUMMARY)]),
        ("/h", []),
        ("s", []),
        ("/subscribe ", [("speech", "Speech"), ("llm-agents", "Agents")]),
        ("/sub LLM", [("llm-agents", "Agents")]),
        ("/start s", []),
        ("/nothing s", []),
    ],
)
def test_commands_and_topics_are_suggested(typed: str, expected: list[tuple[str, str]]) -> None:
    """Names that people may type, with what they do in the person's language; topics where they belong."""
    suggestions = Suggestions(NAMES, PRESETS, phrases_for("zh"))
    found = suggestions.get_completions(Typed(typed), CompleteEvent())
    assert [(each.text, each.display_meta_text) for each in found] == expected


def test_codes_are_not_kept(tmp_path: Path) -> None:
    """The file of earlier lines has none that would let somebody in, and nobody else may read it."""
    path = tmp_path / "state" / "chat-history"
    lines = TypedLines(path, NAMES, PRESETS, phrases_for("en"))
    for line in ("/topics", CODE, f"/start {CODE.lower()}", f"/claim {CODE}", "你好"):
        lines.history.append_string(line)
    assert re.findall(r"^\+(.+)$", path.read_text("utf-8"), re.MULTILINE) == ["/topics", "你好"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_without_a_place_nothing_is_kept(tmp_path: Path) -> None:
    """A folder that can't be made costs the memory of earlier lines, not the chat."""
    (tmp_path / "file").touch()
    lines = TypedLines(tmp_path / "file" / "chat-history", NAMES, PRESETS, phrases_for("en"))
    lines.history.append_string("/topics")
    assert lines.history.get_strings() == ["/topics"]


def test_state_has_its_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Earlier lines are kept where the system says, else below the person's home."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert history_file({}) == tmp_path / ".local/state/paperround/chat-history"
    assert history_file({"XDG_STATE_HOME": "/state"}) == tmp_path.__class__("/state/paperround/chat-history")


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh-CN"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "de_DE@euro"}, "de-DE"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "C.UTF-8"}, ""),
        ({"LC_ALL": "POSIX"}, ""),
        ({"LC_ALL": "", "LC_MESSAGES": "ja_JP"}, "ja-JP"),
        ({}, ""),
    ],
)
def test_the_locale_is_the_language(environ: dict[str, str], language: str) -> None:
    """What the environment calls a locale is the language tag of the person's client."""
    assert client_language(environ) == language


def test_a_pipe_is_read_as_utf8_to_its_end() -> None:
    """Whatever the locale, with or without a byte order mark or a last break; closed input is none."""
    repeated: list[str] = []

    def read(data: bytes | None) -> list[str]:
        stream = io.TextIOWrapper(io.BytesIO(data), encoding="ascii") if data is not None else None
        lines = PipedLines(stream, repeated.append)
        read: Callable[[], str | None] = lambda: asyncio.run(lines.read())  # noqa: E731
        return [line.strip() for line in iter(read, None) if line]

    assert read("\ufeff你好\r\n\n/help".encode() + b"\xff") == ["你好", "", "/help\ufffd"]
    assert repeated == ["你好", "/help\ufffd"]
    assert read(None) == []


def test_lone_buttons_share_a_line() -> None:
    """A button under each paper makes one row; what is offered below them keeps its own."""
    papers = tuple(
        Group((Paragraph((Text(f"Paper {number}"),)), Actions((Button(f"Read {number}", "summarize 1"),))))
        for number in (1, 2)
    )
    below = Actions((Button("Show 2 more", "more"), Button("Settings", "settings")))
    shown = Chat().say("/digest", Reply(Document("", "en", (*papers, below))))
    assert shown == "\nPaper 1\n\nPaper 2\n\n[1] Read 1  [2] Read 2\n[3] Show 2 more  [4] Settings\n"
