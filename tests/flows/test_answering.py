"""An answer takes the place of what was shown before it, and always reaches whoever asked."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.access import Person
from bot.chats import Address
from bot.exchange import Exchange
from bot.outbox import Gone, Refused
from bot.platforms.scripted import Script, ScriptedPlatform
from bot.sender import Sender
from bot.talk import Kind, Place, Pressed, Reply, Said, Speaker
from digest.document import Document, Paragraph, Text

if TYPE_CHECKING:
    from bot.outbox import Outcome
    from bot.talk import Incoming, Progress

PLACE = Place(Address("scripted", "ada"), Kind.PRIVATE)
BY = Speaker(Person("scripted", "ada"))
SAID = Said(PLACE, BY, "/digest")
PRESSED = Pressed(PLACE, BY, "settings papers 7", "41")


class Unforgetting(ScriptedPlatform):
    """Edits nothing."""

    async def edit(self, address: Address, message: str, body: str, *, step: bool = False) -> Outcome:  # noqa: ARG002
        """Say that the message can't be found."""
        return Gone("message to edit not found")


def shown(
    incoming: Incoming,
    *texts: str,
    steps: tuple[tuple[float, str], ...] = (),
    instead: bool = False,
    script: Script | None = None,
    platform: type[ScriptedPlatform] = ScriptedPlatform,
    limit: int = 4000,
) -> list[tuple[str, str]]:
    """Return what is shown for an answer of these texts: each message, and the one that it replaces.

    Args:
        incoming: what was said.
        texts: the paragraphs of the answer; silence without any.
        steps: what is told before, each after so many seconds.
        instead: whether the answer takes the pressed message's place.
        script: what fails.
        platform: where.
        limit: of its messages.
    """
    lines: list[dict[str, Any]] = []
    passed = 0.0

    async def receive(_: Incoming, progress: Progress) -> Reply | None:
        nonlocal passed
        for seconds, step in steps:
            passed += seconds
            await progress(step)
        blocks = tuple(Paragraph((Text(each),)) for each in texts)
        return Reply(Document("", "en", blocks), instead=instead) if texts else None

    async def run() -> None:
        where = platform(
            lambda line: lines.append(json.loads(line)),
            lambda: datetime(2026, 6, 26, tzinfo=UTC),
            script=script,
            limit=limit,
        )
        sender = Sender(where, asyncio.sleep, lambda: 0.5)
        await Exchange(where, sender, lambda: passed).answer(incoming, receive)
        sender.close()

    asyncio.run(run())
    return [(line["body"].strip(), line.get("replaces", "")) for line in lines]


def test_an_answer_is_sent() -> None:
    """To what was said; silence shows nothing."""
    assert shown(SAID, "Done.") == [("Done.", "")]
    assert shown(SAID) == []


def test_long_work_shows_and_its_answer_takes_the_place() -> None:
    """The first step is a message, the next ones and the answer replace it; too many at once are left out."""
    steps = ((0, "Reading …"), (0.5, "Still reading …"), (3, "Writing …"))
    assert shown(SAID, "Done.", steps=steps) == [("Reading …", ""), ("Writing …", "1"), ("Done.", "1")]


def test_a_panel_edits_itself() -> None:
    """A pressed message is replaced by an answer that says so, and left alone by one that doesn't."""
    assert shown(PRESSED, "Papers: 7.", instead=True) == [("Papers: 7.", "41")]
    assert shown(PRESSED, "Papers: 7.") == [("Papers: 7.", "")]
    assert shown(SAID, "Papers: 7.", instead=True) == [("Papers: 7.", "")]


def test_only_the_first_part_takes_the_place() -> None:
    """A long answer goes on in new messages."""
    got = shown(PRESSED, "a" * 30, "b" * 30, instead=True, limit=40)
    assert got == [("a" * 30, "41"), ("b" * 30, "")]


def test_what_cannot_be_replaced_is_sent_anew() -> None:
    """A message that was deleted meanwhile costs nobody the answer."""
    assert shown(PRESSED, "Papers: 7.", instead=True, platform=Unforgetting) == [("Papers: 7.", "")]


def test_a_refused_answer_comes_plainly() -> None:
    """And one that can't be sent at all harms nobody."""
    script = Script()
    script.then(Refused("can't parse entities"))
    assert shown(SAID, "Done.", script=script) == [("Done.", "")]
    script.always(Gone("blocked"))
    assert shown(SAID, "Done.", script=script) == []
