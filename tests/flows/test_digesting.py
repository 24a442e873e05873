"""Digests that people ask for, by the real inbox over a real database, pressed as a person presses."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.access import Person, Policy
from bot.chats import Address, Detail
from bot.commands.call import Tools
from bot.commands.registry import NAMES
from bot.counting import Counting
from bot.door import Door
from bot.inbox import Inbox
from bot.platforms.scripted import ScriptedPlatform
from bot.talk import ACTION_BYTES, Kind, Place, Pressed, Said, Speaker
from digest.enquiries import Enquiries
from digest.model import Brief, Paper, Topic
from digest.recent import Recent
from digest.summaries.answers.extractive import ExtractiveAnswerer
from digest.summaries.extract import extract
from tests.papers import DAY, announced, paper
from tests.servers.readings import notebook
from tests.servers.town import MORNING, RIVERS, Town

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from digest.notebook import Notebook

THURSDAY, MONDAY = DAY - timedelta(days=1), DAY + timedelta(days=3)
DUNES = Topic("dunes", "Dunes", "dune")
STUDIES = Topic("studies", "Studies", "study")
SEEN = {
    "en": (
        "Full notes",
        "Takeaways",
        "3 papers have no notes yet; their buttons take them.",
        "1 paper has no notes yet; its button takes them.",
    ),
    "zh": (
        "完整笔记",
        "要点",
        "有 3 篇论文还没有笔记；点击其按钮即可生成。",
        "有 1 篇论文还没有笔记；点击其按钮即可生成。",
    ),
}


@dataclass
class Reader:
    """Somebody in a private chat, who types and presses."""

    town: Town
    name: str = "ada"
    now: datetime = MORNING
    presets: dict[str, Topic] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    notebook: Notebook = field(default_factory=notebook)

    @property
    def address(self) -> Address:
        """Where they are."""
        return Address("scripted", self.name)

    async def start(self, record: Callable[[str], None]) -> None:
        """Begin to listen to them; what they are shown goes to `record`."""
        rounds = self.town.rounds
        self.platform = ScriptedPlatform(record, lambda: self.now)
        tools = Tools(
            store=rounds.store,
            papers=rounds.papers,
            recent=Recent(rounds.papers, lambda: 0.0, lambda *_: None),
            source=None,  # type: ignore[arg-type]  # no digest asks arXiv
            briefs=rounds.briefs,
            notebook=self.notebook,
            enquiries=Enquiries(self.notebook, ExtractiveAnswerer()),
            allowances=rounds.allowances,
            readers=(),
            site="https://arxiv.org",
            presets=self.presets,
            calendar=rounds.calendar,
            platforms={"scripted": self.platform},
            policy=Policy("open", "admins", ""),
            counting=Counting(rounds.store, rounds.store, {}, lambda: self.now),
            unreachable_since=lambda: None,
            wake=lambda: None,
            random_bytes=os.urandom,
            now=lambda: self.now,
        )
        door = Door(rounds.store, "open", lambda: self.now)
        await self.platform.start(Inbox(tools, NAMES, door, 1000, 1000).receive)

    async def says(self, text: str) -> dict[str, Any]:
        """Type something; return the last message that came back."""
        return await self._heard(Said(self._place(), self._speaker(), text))

    async def presses(self, label: str, message: dict[str, Any]) -> dict[str, Any]:
        """Press a button of a message by its label; return the last message that came back."""
        actions = dict(message["buttons"])
        return await self.sends(actions[label])

    async def sends(self, action: str) -> dict[str, Any]:
        """Press a button with this action."""
        assert len(action.encode()) <= ACTION_BYTES
        return await self._heard(Pressed(self._place(), self._speaker(), action, "1"))

    async def reads(self, body: str) -> dict[str, Any]:
        """Get a message that a round made."""
        await self.platform.send(self.address, body, plain=False, key="k", sound=True)
        line: dict[str, Any] = json.loads(self.lines[-1])
        return line

    async def _heard(self, incoming: Said | Pressed) -> dict[str, Any]:
        await self.platform.hear(incoming)
        line: dict[str, Any] = json.loads(self.lines[-1])
        return line

    def _place(self) -> Place:
        return Place(self.address, Kind.PRIVATE)

    def _speaker(self) -> Speaker:
        return Speaker(Person("scripted", self.name), language="")


def play(
    folder: Path, check: Callable[[Town, Reader], Awaitable[None]], presets: dict[str, Topic] | None = None
) -> None:
    """Run a check over a new town and somebody in it."""

    async def run() -> None:
        async with Town.open(folder) as town:
            reader = Reader(town, presets=presets or {})
            await reader.start(reader.lines.append)
            await check(town, reader)

    asyncio.run(run())


async def through(reader: Reader, message: dict[str, Any]) -> list[str]:
    """Press “Show N more” while there is one; return the papers of all pages that follow a message."""
    told: list[str] = []
    while more := [label for label, _ in message["buttons"] if label.endswith(" more")]:
        message = await reader.presses(more[0], message)
        told += message["papers"]
    return told


def test_the_digest_now_is_the_scheduled_one(tmp_path: Path) -> None:
    """It reads as the scheduled digest will, whose papers it neither uses up nor holds back."""

    async def check(town: Town, ada: Reader) -> None:
        await town.chat("ada", papers=2)
        await town.announce_papers(1, 2, 3)
        await town.serve()
        await town.announce_papers(4, 5, 6, day=MONDAY)
        ada.now = MORNING + timedelta(days=3)
        now = await ada.says("/digest")
        scheduled = await ada.reads((await town.serve(3))["ada"][0])
        assert now["papers"] == scheduled["papers"] == ["9906.00004", "9906.00005"]
        said = now["body"].replace("Next: Mon 29 June, about 09:00.", "Next: Tue 30 June, about 07:00.")
        assert said == scheduled["body"]
        assert [label for label, _ in now["buttons"]] == [label for label, _ in scheduled["buttons"]]
        again = await ada.says("/digest")
        assert again == now | {"key": again["key"], "time": again["time"], "body": scheduled["body"]}

    play(tmp_path, check)


def test_what_a_chat_had_is_shown_as_often_as_asked(tmp_path: Path) -> None:
    """The digest of the day that was sent can be seen again; the number of days adds those before."""

    async def check(town: Town, ada: Reader) -> None:
        await town.chat("ada")
        await town.announce_papers(1, day=THURSDAY)
        await town.announce_papers(2)
        await town.serve()
        assert (await ada.says("/digest"))["papers"] == ["9906.00002"]
        two = await ada.says("/digest 2")
        assert sorted(two["papers"]) == ["9906.00001", "9906.00002"]
        assert "Thu 25 and Fri 26 June 2026" in two["body"]
        assert sorted((await ada.says("/digest 14"))["papers"]) == sorted(two["papers"])

    play(tmp_path, check)


@pytest.mark.parametrize(
    "words",
    ["dunes", "Dunes", "dune", '"dune"', "dunes 2", "DUNES 14 days", "ti:dune", "studies", "Studies 1天"],
)
def test_a_topic_is_anything_that_names_one(tmp_path: Path, words: str) -> None:
    """A preset's name or title, a chat's own, or a query; the last word may be a number of days."""

    async def check(town: Town, ada: Reader) -> None:
        await town.chat("ada", STUDIES)
        await town.announce(announced(1, abstract="Ash."), announced(2, title="A dune", abstract="Sand."))
        expected = "9906.00001" if "studies" in words.lower() else "9906.00002"
        assert (await ada.says(f"/digest {words}"))["papers"] == [expected]

    play(tmp_path, check, {"dunes": DUNES})


def test_a_topic_whose_name_ends_in_a_number_is_itself(tmp_path: Path) -> None:
    """What somebody subscribed as “llama 3” means that topic, not three days."""

    async def check(town: Town, ada: Reader) -> None:
        await town.chat("ada", Topic("llama 3", "llama 3", "rivers"))
        await town.announce_papers(1, day=THURSDAY)
        await town.announce_papers(2)
        assert (await ada.says("/digest llama 3"))["papers"] == ["9906.00002"]
        assert len((await ada.says("/digest llama 3 2"))["papers"]) == 2

    play(tmp_path, check)


def test_pages_go_on_and_back(tmp_path: Path) -> None:
    """Each page is a message of its own, numbers go on, topics keep their shares, and all is shown once."""

    async def check(town: Town, ada: Reader) -> None:
        await town.chat("ada", DUNES, RIVERS, papers=3)
        await town.announce(
            *map(announced, range(1, 7)),
            *(announced(number, title=f"Dune {number}", abstract="Sand.") for number in (7, 8)),
        )
        first = await ada.says("/digest")
        assert "Dunes: 2 papers" in first["body"]
        assert "Rivers: 1 of 6 papers" in first["body"]
        second = await ada.presses("Show 3 more", first)
        assert second["body"].startswith(
            "Rivers: 3 more of 6 papers\nFri 26 June 2026\n\n4. A Study of Rivers"
        )
        assert "Dunes" not in second["body"]
        third = await ada.presses("Show 2 more", second)
        assert "\n7. " in third["body"]
        assert [label for label, _ in third["buttons"]] == ["Read 7", "Read 8", "Previous", "Settings"]
        assert len({*first["papers"], *second["papers"], *third["papers"]}) == 8
        assert (await ada.presses("Previous", third))["body"] == second["body"]
        assert (await ada.sends("page 20260626 8"))[
            "body"
        ].strip() == "Fri 26 June 2026: that was everything."

    play(tmp_path, check)


@pytest.mark.parametrize("words", ["rivers", "wet", "dunes OR rivers", "cs.CV", "river OR dune"])
def test_pages_of_one_topic(tmp_path: Path, words: str) -> None:
    """Whether it's subscribed, a preset or a query that nobody subscribed, its pages go to the end."""

    async def check(town: Town, ada: Reader) -> None:
        await town.chat("ada", RIVERS, papers=4)
        await town.announce_papers(*range(1, 10))
        first = await ada.says(f"/digest {words}")
        assert len({*first["papers"], *await through(ada, first)}) == 9

    play(tmp_path, check, {"wet": Topic("wet", "dunes OR rivers", "dune OR river")})


def test_a_query_that_no_button_can_carry_says_what_to_do(tmp_path: Path) -> None:
    """Without a button there are words; and a topic that isn't subscribed offers that, where it fits."""

    async def check(town: Town, ada: Reader) -> None:
        await town.chat("ada", RIVERS, papers=2)
        await town.announce_papers(*range(1, 10))
        query = " OR ".join(f"river{number}" for number in range(20)) + " OR rivers"
        message = await ada.says(f"/digest {query}")
        assert "To see the rest, subscribe to this topic, or narrow it." in message["body"]
        assert [label for label, _ in message["buttons"]] == ["Read 1", "Read 2", "Settings"]
        assert message["body"].startswith("river0 OR river1 OR")
        short = await ada.says("/digest river")
        assert ["Subscribe", "subscribe river"] in short["buttons"]
        assert "To see the rest" not in short["body"]

    play(tmp_path, check)


def test_more_shows_exactly_what_a_digest_counted(tmp_path: Path) -> None:
    """The button of a scheduled digest opens every paper that it counted, and nothing of the next changes."""

    async def check(town: Town, ada: Reader) -> None:
        await town.chat("ada", RIVERS, STUDIES, papers=2)
        await town.announce_papers(*range(1, 10))
        digest = await ada.reads((await town.serve())["ada"][0])
        assert "Rivers: 2 of 9 papers" in digest["body"]
        assert ["Show 2 more", "more 20260626"] in digest["buttons"]
        first = await ada.presses("Show 2 more", digest)
        assert first["body"].startswith("Rivers: 2 more of 9 papers\nFri 26 June 2026\n\n3. ")
        told = [*digest["papers"], *await through(ada, digest)]
        assert told == [f"9906.0000{number}" for number in range(1, 10)]
        await town.announce_papers(10, day=MONDAY)
        ada.now = MORNING + timedelta(days=3)
        assert (await through(ada, digest)) == told[2:]
        following = await ada.reads((await town.serve(3))["ada"][0])
        assert following["papers"] == ["9906.00010"]
        assert "Show" not in str(following["buttons"])
        last = await ada.sends("more 20260629")
        assert last["body"].strip() == "Mon 29 June 2026: that was everything."

    play(tmp_path, check)


def test_more_of_a_catch_up_has_the_catch_ups_order(tmp_path: Path) -> None:
    """Several dates are ranked together, as the digest ranked them, whatever each date's own order is."""

    async def check(town: Town, ada: Reader) -> None:
        def papers(numbers: range) -> list[Any]:
            return [
                announced(number, abstract=f"{'Rivers bend. ' * (number % 5)}{'Sand. ' * (number % 7)}")
                for number in numbers
            ]

        await town.chat("ada", papers=2)
        await town.chat("bob", papers=50)
        await town.announce(*papers(range(1, 12)), day=THURSDAY)
        await town.announce(*papers(range(12, 20)), *map(announced, range(30, 33)))
        served = await town.serve()
        everything = [paper for body in served["bob"] for paper in (await ada.reads(body))["papers"]]
        digest = await ada.reads(served["ada"][0])
        assert ["Show 2 more", "more 20260625-20260626"] in digest["buttons"]
        assert [*digest["papers"], *await through(ada, digest)] == everything

    play(tmp_path, check)


def test_more_of_dates_with_a_gap_leaves_the_gap_alone(tmp_path: Path) -> None:
    """A digest of today and of papers that were given up long ago opens what those dates left out alone."""

    async def check(town: Town, ada: Reader) -> None:
        await town.chat("ada", papers=2)
        await town.announce_papers(1, day=DAY - timedelta(days=7))
        await town.serve(-7)
        await town.announce_papers(11, 12, 13, day=THURSDAY)
        await town.serve(-1)
        await town.database.write(
            lambda db: db.execute("UPDATE deliveries SET state = 'expired' WHERE number = 1").fetchall()
        )
        await town.announce_papers(2, 3)
        messages = await town.serve()
        digest = await ada.reads(messages["ada"][0])
        assert ["Show 1 more", "more 20260619.40"] in digest["buttons"]
        told = [*digest["papers"], *await through(ada, digest)]
        assert sorted(told) == ["9906.00001", "9906.00002", "9906.00003"]

    play(tmp_path, check)


def test_a_quiet_answer_says_so(tmp_path: Path) -> None:
    """Nothing matched: one line that says how many papers were looked through, and no button."""

    async def check(town: Town, ada: Reader) -> None:
        await town.chat("ada", DUNES)
        await town.announce_papers(1, 2)
        message = await ada.says("/digest")
        assert message["body"] == (
            "Nothing on “Dunes” today; 2 papers checked. Next: Fri 26 June, about 09:00.\n"
        )
        assert message["buttons"] == []
        await town.serve()
        assert "Next: Mon 29 June, about 07:00." in (await ada.says("/digest"))["body"]

    play(tmp_path, check)


def test_nothing_to_show_yet(tmp_path: Path) -> None:
    """Without topics it offers to subscribe; before the first list it says when one comes."""

    async def check(town: Town, ada: Reader) -> None:
        none = await ada.says("/digest")
        assert none["body"].startswith("This chat has no topics, so no digest comes.\n")
        assert none["buttons"] == [["Choose topics", "subscribe"]]
        early = await ada.says("/digest rivers")
        assert early["body"] == (
            "No list of papers has been read yet; the next one is read as soon as it's in.\n"
        )
        many = await ada.says("/digest rivers 15")
        assert many["body"] == ("A digest goes back 1 to 14 days, not 15. Try /digest gaussian splatting 3\n")
        await town.announce_papers(1)
        free = await ada.says("/digest rivers")
        assert free["papers"] == ["9906.00001"]
        assert "Next:" not in free["body"]

    play(tmp_path, check)


def test_titles_alone_stay_so(tmp_path: Path) -> None:
    """A chat that wants titles gets titles, and nobody writes briefs for it."""

    async def check(town: Town, ada: Reader) -> None:
        asked: list[str] = []

        class Counting:
            async def brief(self, paper: Paper, language: str, _: Callable[[], bool]) -> Brief:
                asked.append(f"{paper.id} {language}")
                return extract(paper)

        town.summarize_with(Counting())
        await ada.start(ada.lines.append)
        await town.chat("ada", detail=Detail.TITLES)
        await town.announce_papers(1)
        assert "bending" not in (await ada.says("/digest"))["body"].partition("Abstract")[0]
        assert asked == []

    play(tmp_path, check)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_notes_that_are_there_are_shown(tmp_path: Path, language: str) -> None:
    """Who wants notes sees those that were taken; the other papers are told in brief, and nothing is read."""

    async def check(town: Town, ada: Reader) -> None:
        await ada.start(ada.lines.append)
        await town.chat("ada", detail=Detail.NOTES, language=language, brief_language=language)
        await town.announce(*map(announced, (1, 2, 3)), announced(4, comment="withdrawn by the author"))
        heading, takeaways, three, one = SEEN[language]
        without = (await ada.says("/digest"))["body"]
        assert (heading in without, three in without) == (False, True)
        for number in (1, 2):
            await ada.notebook.of(paper(number), language)
        body = (await ada.says("/digest"))["body"]
        assert (body.count(heading), body.count(takeaways)) == (2, 1)
        assert one in body
        await ada.notebook.of(paper(3), language)
        before = len(ada.lines)
        await ada.says("/digest")
        whole = "".join(json.loads(line)["body"] for line in ada.lines[before:])
        assert (whole.count(heading), one in whole) == (3, False)

    play(tmp_path, check)


def test_long_work_says_what_it_does(tmp_path: Path) -> None:
    """Who waits is told what for, and the digest takes the place of that."""

    async def check(town: Town, ada: Reader) -> None:
        told = asyncio.Event()

        def tell(line: str) -> None:
            ada.lines.append(line)
            told.set()

        class Slow:
            async def brief(self, paper: Paper, *_: object) -> Brief:
                await told.wait()
                return extract(paper)

        town.summarize_with(Slow())
        await ada.start(tell)
        await town.chat("ada")
        await town.announce_papers(1, 2)
        message = await ada.says("/digest")
        assert json.loads(ada.lines[0])["body"] == "Writing 2 summaries …\n"
        assert message["replaces"] == "1"
        assert message["papers"] == ["9906.00001", "9906.00002"]

    play(tmp_path, check)


@pytest.mark.parametrize(
    ("action", "answer"),
    [
        ("page", "The papers of these dates aren't kept any more."),
        ("page 20250101 0", "The papers of these dates aren't kept any more."),
        ("more 20260626 -1", "The papers of these dates aren't kept any more."),
        ("more 20260626 ٣", "The papers of these dates aren't kept any more."),
        ("more 20269999", "The papers of these dates aren't kept any more."),
        ("more 20260626 999999", "Fri 26 June 2026: that was everything."),
        ("page 20260626 0 0123abcd", "This topic isn't here any more. What there is: /topics"),
        (
            "page 20260626 0 )",
            "This can't be read as a topic. At “)”: this parenthesis closes nothing. Try /digest ",
        ),
        ("page 20260626 0 a AND", "This can't be read as a topic. At the end: AND needs"),
        (
            "page 20260626 0 a AND ) b",
            "This can't be read as a topic. At “) b”: this parenthesis closes nothing.",
        ),
    ],
)
def test_a_button_may_say_anything(tmp_path: Path, action: str, answer: str) -> None:
    """What a client invents, or what is gone since, gets a sentence."""

    async def check(town: Town, ada: Reader) -> None:
        await town.chat("ada")
        await town.announce_papers(1)
        assert (await ada.sends(action))["body"].startswith(answer)

    play(tmp_path, check)


def test_the_chats_language_is_spoken(tmp_path: Path) -> None:
    """In a Chinese chat the pages, their buttons and what went wrong are Chinese."""

    async def check(town: Town, ada: Reader) -> None:
        await town.chat("ada", papers=1, language="zh")
        await town.announce_papers(1, 2)
        first = await ada.says("/digest")
        assert [label for label, _ in first["buttons"]] == ["阅读 1", "再显示 1 篇", "设置"]
        second = await ada.presses("再显示 1 篇", first)
        assert second["body"].startswith("Rivers：续 1 篇（共 2 篇）\n2026 年 6 月 26 日周五\n\n2. ")
        assert (await ada.says("/digest rivers 40"))["body"].startswith(
            "简报可以包含最近 1 到 14 天，不能是 40 天。"
        )

    play(tmp_path, check)
