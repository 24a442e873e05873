"""Narrowing a topic by buttons, and back; counting a week without ranking it."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.commands.topic_keys import topic_key
from digest.model import Topic
from digest.recent import Recent
from tests.papers import DAY, announced
from tests.servers.talker import OWNER, Talker, buttons, private, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

WEEK = [DAY - timedelta(days) for days in (4, 3, 2, 1, 0)]


def talk(folder: Path, conversation: Callable[[Talker], Awaitable[None]]) -> None:
    """Have a conversation about a week of five papers a day."""

    async def run() -> None:
        async with Talker.open(folder) as talker:
            for place, day in enumerate(WEEK):
                await talker.announce(
                    announced(place * 5 + 1, categories=("cs.CV",)),
                    announced(place * 5 + 2, categories=("cs.CV", "cs.LG")),
                    announced(place * 5 + 3, categories=("cs.LG",)),
                    announced(place * 5 + 4, title="Else", categories=("cs.RO",)),
                    announced(place * 5 + 5, title="Else Else", categories=("cs.LG",), abstract="No water."),
                    day=day,
                )
            await conversation(talker)

    asyncio.run(run())


async def names(talker: Talker) -> list[str]:
    """Return what the owner's chat has subscribed."""
    return [each.topic.name for each in (await talker.chat(private(OWNER))).subscriptions]


def test_narrows_step_by_step_and_back(tmp_path: Path) -> None:
    """Each choice says how much it finds a day; a tap takes it, and one more takes it back."""

    async def conversation(talker: Talker) -> None:
        asked = await talker.press(buttons(await talker.say("/subscribe bending"))["Narrow it"])
        assert text(asked) == "“bending” finds 20 papers, about 4 a day. To which part is it to be narrowed?"
        key = topic_key("bending")
        assert buttons(asked) == {
            "cs.CV only: about 2 a day": f"narrow {key} cs.CV",
            "cs.LG only: about 2 a day": f"narrow {key} cs.LG",
            "cs.RO only: about 1 a day": f"narrow {key} cs.RO",
        }
        narrowed = await talker.press(f"narrow {key} cs.CV")
        assert narrowed.instead
        assert text(narrowed).startswith(
            "Narrowed to “bending AND cat:cs.CV”.\nLast week: 10 papers, about 2 a day."
        )
        assert await names(talker) == ["bending AND cat:cs.CV"]
        again = await talker.press(buttons(narrowed)["Narrow it"])
        assert "no smaller part" in text(again)
        undone = await talker.press(buttons(narrowed)["Undo"])
        assert text(undone).startswith("Back to “bending”.\nLast week: 20 papers")
        assert await names(talker) == ["bending"]

    talk(tmp_path, conversation)


def test_narrows_to_titles(tmp_path: Path) -> None:
    """Plain words can be looked for in titles alone."""

    async def conversation(talker: Talker) -> None:
        asked = await talker.press(buttons(await talker.say("/subscribe bend OR study"))["Narrow it"])
        narrowed = await talker.press(buttons(asked)["In titles only: about 3 a day"])
        assert await names(talker) == ["ti:(bend OR study)"]
        await talker.press(buttons(narrowed)["Undo"])
        assert await names(talker) == ["bend OR study"]

    talk(tmp_path, conversation)


def test_narrows_ready_made_topics(tmp_path: Path) -> None:
    """A part of a ready-made topic keeps its title in its name; taken back, it is ready-made again."""

    async def conversation(talker: Talker) -> None:
        await talker.say("/subscribe rivers")
        narrowed = await talker.press(f"narrow {topic_key('rivers')} cs.LG")
        assert text(narrowed).startswith("Narrowed to “Rivers, cs.LG”.")
        [kept] = (await talker.chat()).subscriptions
        assert (kept.preset, kept.topic.query) == (False, "rivers AND cat:cs.LG")
        assert "rivers AND cat:cs.LG" in text(await talker.say("/topics"))
        await talker.press(buttons(narrowed)["Undo"])
        [kept] = (await talker.chat()).subscriptions
        assert (kept.preset, kept.topic.name) == (True, "rivers")

    talk(tmp_path, conversation)


def test_a_chat_that_narrows_misses_nothing(tmp_path: Path) -> None:
    """Putting a part in the place of a chat's only topic leaves what it has yet to hear of as it was."""

    async def conversation(talker: Talker) -> None:
        await talker.say("/subscribe bending")
        told = (await talker.chat()).told
        await talker.announce_papers(99, day=DAY + timedelta(3))
        await talker.press(f"narrow {topic_key('bending')} cs.CV")
        assert (await talker.chat()).told == told

    talk(tmp_path, conversation)


def test_says_where_nothing_can_be_narrowed(tmp_path: Path) -> None:
    """A topic of one part says so; one that is gone, and a part that is none, are named as such."""

    async def conversation(talker: Talker) -> None:
        await talker.say("/subscribe no such thing")
        key = topic_key("no such thing")
        for action in (f"narrow {key}", f"narrow {key} x.Y", f"narrow {key} cs.CV) OR (a"):
            assert "no smaller part of “no such thing”" in text(await talker.press(action))
        for action in (
            "narrow 00000000",
            "narrow",
            "narrow 00000000 cs.CV",
            "widen 00000000",
        ):
            assert (
                text(await talker.press(action)) == "This topic isn't here any more. What there is: /topics"
            )
        assert "button doesn't work any more" in text(await talker.press(f"widen {key}"))
        assert await names(talker) == ["no such thing"]

    talk(tmp_path, conversation)


def test_counts_what_a_ranking_finds(tmp_path: Path) -> None:
    """The papers that meet a topic are those that a ranking puts in order, over one day and over several."""

    async def conversation(talker: Talker) -> None:
        recent = Recent(talker.tools.papers, time.monotonic, asyncio.get_running_loop().call_later)
        queries = ("bending", "cs.LG", "ti:else", "nothing at all of that", "(", "cs.* ANDNOT cs.CV")
        topics = [Topic(query, query, query) for query in queries]
        topics.append(Topic("here", "Here", "bending", archives=("cs.RO",)))
        for last in (0, 1, len(WEEK)):
            matched = await recent.match(topics, last)
            found = await recent.find(topics, matched.dates)
            assert matched.dates == tuple(WEEK[len(WEEK) - last :])
            assert matched.checked == found.checked
            for topic in topics:
                ids = {match.paper.id for match in found.matches[topic]}
                assert {paper.id for paper in matched.papers[topic]} == ids
                assert len(matched.papers[topic]) == len(ids)
        await talker.announce_papers(99)
        assert len((await recent.match(topics[:1], len(WEEK))).papers[topics[0]]) == 21

    talk(tmp_path, conversation)
