"""Files and pictures on Discord: where they go, and what people get where Discord refuses them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from bot.phrases.cut import FILE_REFUSED
from bot.sender import Sender
from bot.talk import File, Illustration, Present, Reply
from digest.document import Actions, Button, Document, Group, Heading, Paragraph, Text
from tests.servers.discord import Fault, Refusal
from tests.servers.discord.interactions import LATER, MESSAGE
from tests.servers.discord.permissions import Allow
from tests.servers.discord.refusals import MISSING_PERMISSIONS, TOO_LARGE
from tests.servers.discord_ground import MESSAGES, DiscordGround, discord
from tests.servers.readings import PNG

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.talk import Incoming, Progress
    from tests.servers.discord import Interaction, Shown

FILE = 13
FOLLOW_UP = "POST /webhooks/{app}/{token}"
CALLBACK = "POST /interactions/{interaction}/{token}/callback"
ENTRY = File("arxiv-9906.00001.bib", "@misc{ä_1,\n  title = {*On* Rivers},\n}\n", "bibtex", shown=True)
LONG = File("paperround-saved.bib", "@misc{a}\n" * 600, "bibtex")


def says(words: str = "") -> Document:
    """Make a document of a sentence, or of nothing."""
    return Document("", "en", (Paragraph((Text(words),)),) if words else ())


@dataclass
class Answers:
    """What answers, after a while."""

    reply: Reply = field(default_factory=lambda: Reply(says("nothing")))
    seconds: float = 0.0

    async def receive(self, said: Incoming, _: Progress) -> Reply | None:
        """Answer; where the bot is already, nobody says anything."""
        if isinstance(said, Present):
            return None
        await asyncio.sleep(self.seconds)
        return self.reply


def play(use: Callable[[DiscordGround, Answers], Awaitable[None]]) -> None:
    """Let something happen on a ground of its own, once commands are there."""

    async def run() -> None:
        answers = Answers()
        async with discord(answers.receive, swift=10.0) as ground:
            await ground.server.until(lambda: ground.server.commands and ground.server.gateway.live)
            await use(ground, answers)

    asyncio.run(run())


async def asks(ground: DiscordGround) -> Interaction:
    """Let somebody use a command; return once it's answered."""
    asked = ground.server.slash(ground.ada, ground.lakes, "topics")
    await ground.server.until(lambda: asked.done and (asked.original or asked.follow_ups))
    await ground.server.until(lambda: not any(each.thinking for each in ground.server.shown(ground.lakes)))
    return asked


def contents(ground: DiscordGround, shown: Shown) -> list[str]:
    """Return what is in the files of a message."""
    return [ground.server.files[each["url"]].decode() for each in shown.raw["attachments"]]


def kinds(shown: Shown) -> list[int]:
    """Return the types of a message's outermost components."""
    return [component["type"] for component in shown.components]


@pytest.mark.parametrize(("seconds", "first"), [(0.0, MESSAGE), (0.3, LATER)])
def test_a_file_comes_with_its_words(seconds: float, first: int) -> None:
    """It's below them in one message, whole and under its name, also where the answer took long."""

    async def use(ground: DiscordGround, answers: Answers) -> None:
        answers.reply, answers.seconds = Reply(says("600 papers as BibTeX."), file=LONG), seconds
        assert (await asks(ground)).answer == first
        (shown,) = ground.server.shown(ground.lakes)
        assert (shown.text, kinds(shown)[-1], shown.files) == ("600 papers as BibTeX.", FILE, (LONG.name,))
        assert contents(ground, shown) == [LONG.text]
        assert (ground.server.refusals, ground.server.violations) == ([], [])

    play(use)


def test_a_file_comes_in_a_direct_message_too() -> None:
    """To a text that was written there the answer is an ordinary message, with the file."""

    async def use(ground: DiscordGround, answers: Answers) -> None:
        answers.reply = Reply(says(), file=ENTRY)
        ground.server.say(ground.ada, None, "/export bibtex 9906.00001")
        await ground.server.until(lambda: ground.server.last(ground.ada).files)
        shown = ground.server.last(ground.ada)
        assert shown.text == f"```bibtex\n{ENTRY.text.strip()}\n```"
        assert (kinds(shown)[-1], contents(ground, shown)) == (FILE, [ENTRY.text])
        assert (ground.server.refusals, ground.server.violations) == ([], [])

    play(use)


def test_a_message_that_is_full_is_followed_by_its_file() -> None:
    """Forty components leave no room for another."""

    async def use(ground: DiscordGround, answers: Answers) -> None:
        rows = tuple(
            Group((Heading((Text(f"Paper {n}"),), 2), Actions((Button("Read", f"read {n}"),))))
            for n in range(12)
        )
        answers.reply = Reply(replace(says(), blocks=rows), file=LONG)
        asked = await asks(ground)
        await ground.server.until(lambda: asked.follow_ups)
        shown = ground.server.shown(ground.lakes)
        assert "".join(each.text for each in shown).count("Paper ") == 12
        assert [each.files for each in shown] == [(), (LONG.name,)]
        assert ground.server.refusals == []

    play(use)


@pytest.mark.parametrize("refusal", [TOO_LARGE, MISSING_PERMISSIONS, Refusal(413, 0, "Payload Too Large")])
@pytest.mark.parametrize(
    ("file", "shown"),
    [
        (ENTRY, f"Here:\n```bibtex\n{ENTRY.text.strip()}\n```"),
        (LONG, f"Here:\n{FILE_REFUSED.text.replace('.', chr(92) + '.')}"),
    ],
    ids=["short", "long"],
)
@pytest.mark.parametrize("direct", [False, True])
def test_where_a_file_is_refused_its_words_are_not_lost(
    refusal: Refusal, file: File, shown: str, *, direct: bool
) -> None:
    """A short one is shown as lines to copy; of a long one it's said where it can be had."""

    async def use(ground: DiscordGround, answers: Answers) -> None:
        answers.reply = Reply(says("Here:"), file=file)
        ground.server.fail(Fault(refusal), route=MESSAGES if direct else CALLBACK)
        if direct:
            ground.server.say(ground.ada, None, "/export bibtex")
            await ground.server.until(lambda: ground.server.last(ground.ada).text != "/export bibtex")
            found = ground.server.last(ground.ada)
        else:
            await asks(ground)
            found = ground.server.shown(ground.lakes)[-1]
        assert (found.text.replace("\\", ""), found.files) == (shown.replace("\\", ""), ())

    play(use)


def test_a_place_that_takes_no_files_takes_the_words() -> None:
    """Where the bot may write and not attach anything, whoever sends there gets the plain form through."""

    async def use(ground: DiscordGround, _: Answers) -> None:
        ground.server.overwrite(ground.lakes, ground.server.bot, deny=Allow.ATTACH_FILES)
        (message,) = ground.platform.attach(says("Here:"), ENTRY)
        sender = Sender(ground.platform, asyncio.sleep, lambda: 0.5)
        await sender.reply(ground.one, message)
        sender.close()
        (shown,) = ground.server.shown(ground.lakes)
        assert (shown.files, "On* Rivers" in shown.text) == ((), True)

    play(use)


def pictured(*sizes: int, before: Callable[[], object] = list) -> Reply:
    """Make notes that pictures of these sizes follow, after something else happened."""
    pictures = tuple(
        Illustration(PNG + bytes(size - len(PNG)), (Text(f"Figure {number}"),))
        for number, size in enumerate(sizes, start=1)
    )
    following = Reply(
        says("1 more."), pictures=pictures, unshown=(Paragraph((Text("All are in the PDF."),)),)
    )

    async def then() -> Reply:
        before()
        return following

    return Reply(says("the notes"), then=then)


MB = 1_000_000


@pytest.mark.parametrize(
    ("sizes", "shown", "last"),
    [
        ((MB, MB), ["Figure 1\nFigure 2"], "1 more."),
        ((4 * MB, 4 * MB, 4 * MB), ["Figure 1\nFigure 2", "Figure 3"], "1 more."),
        ((MB, 11 * MB, MB), ["Figure 1\nFigure 3"], "All are in the PDF.\n1 more."),
        ((11 * MB,), [], "All are in the PDF.\n1 more."),
    ],
    ids=["small", "together-large", "one-large", "all-large"],
)
def test_pictures_come_in_messages_that_discord_takes(
    sizes: tuple[int, ...], shown: list[str], last: str
) -> None:
    """None is too large, what is in no message is told, and nothing has to be refused for that."""

    async def use(ground: DiscordGround, answers: Answers) -> None:
        answers.reply = pictured(*sizes)
        await asks(ground)
        await ground.server.until(lambda: "1 more" in ground.shown(ground.one)[-1])
        assert ground.shown(ground.one)[1:] == [*shown, last]
        assert ground.server.refusals == []

    play(use)


@pytest.mark.parametrize("direct", [False, True])
def test_pictures_that_are_refused_together_come_apart(*, direct: bool) -> None:
    """A gallery that is too much for this server after all is sent in halves."""

    async def use(ground: DiscordGround, answers: Answers) -> None:
        where, route = (ground.ada, MESSAGES) if direct else (ground.lakes, FOLLOW_UP)
        answers.reply = pictured(
            100, 100, 100, before=lambda: ground.server.fail(Fault(TOO_LARGE), route=route)
        )
        if direct:
            ground.server.say(ground.ada, None, "/notes")
        else:
            await asks(ground)
        await ground.server.until(lambda: "1 more" in ground.server.last(where).text)
        found = [each.text for each in ground.server.shown(where)]
        assert found[-4:] == ["the notes", "Figure 1", "Figure 2\nFigure 3", "1 more."]

    play(use)


@pytest.mark.parametrize(("refusal", "requests"), [(TOO_LARGE, 2 * 4 - 1), (MISSING_PERMISSIONS, 1)])
def test_where_no_picture_is_taken_the_notes_are_there(refusal: Refusal, requests: int) -> None:
    """And a sentence says where the pictures are; what won't change isn't tried again."""

    async def use(ground: DiscordGround, answers: Answers) -> None:
        answers.reply = pictured(100, 100, 100, 100)
        ground.server.fail(Fault(refusal), route=FOLLOW_UP, times=requests)
        await asks(ground)
        await ground.server.until(lambda: len(ground.shown(ground.one)) == 2)
        assert ground.shown(ground.one) == ["the notes", "All are in the PDF.\n1 more."]
        assert len(ground.server.refusals) == requests

    play(use)
