"""Rounds over a real database: nothing twice, nothing lost, and no trouble that spreads."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import pytest

from bot.chats import Detail, QuietDays
from bot.platforms.scripted import ScriptedPlatform
from bot.storage.desk import SqliteStore
from digest.errors import StorageFullError
from digest.model import Brief, Kind, Paper, Provenance, Topic
from digest.summaries.extract import extract
from tests.papers import DAY, announced
from tests.servers.clock import leap, run_leaping
from tests.servers.town import DEFAULTS, MORNING, RIVERS, Town

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.chats import Layout
    from bot.outbox import Message
    from bot.ports import Desk
    from digest.document import Document

T = TypeVar("T")

MONDAY = DAY + timedelta(days=3)
STUDIES = Topic("studies", "Studies", "study")
DESERTS = Topic("deserts", "Deserts", "desert")
PATIENCE = 60.0  # seconds


def play(folder: Path, check: Callable[[Town], Awaitable[None]]) -> None:
    """Run a check over a new town."""

    async def run() -> None:
        async with Town.open(folder) as town:
            await check(town)

    run_leaping(run())


def told(messages: list[str]) -> list[str]:
    """Return the papers that messages name, in order."""
    return [name for body in messages for name in body.rpartition("Papers: ")[2].split() if name[4:5] == "."]


def test_a_chat_gets_what_it_asked_for(tmp_path: Path) -> None:
    """A digest names topic, count, date, papers with a sentence each, who wrote them, and what comes next."""

    async def check(town: Town) -> None:
        await town.chat("ada")
        await town.announce_papers(1, 2)
        (body,) = (await town.serve())["ada"]
        assert body.startswith("Rivers: 2 papers")
        for words in (
            "Fri 26 June 2026",
            "A Study of Rivers, Part 1",
            "bending",
            "Matched: title has “rivers”",
        ):
            assert words in body
        assert "Sentences extracted from the abstracts. Next: Mon 29 June, about 07:00." in body
        assert told([body]) == ["9906.00001", "9906.00002"]
        assert await town.serve() == {}

    play(tmp_path, check)


def test_a_paper_is_sent_to_a_chat_once(tmp_path: Path) -> None:
    """Not again as v2, as a cross-list or for a second topic, settled or not."""

    async def check(town: Town) -> None:
        await town.chat("ada", STUDIES, RIVERS)
        await town.announce_papers(1, 2)
        first = (await town.serve())["ada"]
        assert told(first) == ["9906.00001", "9906.00002"]
        assert "Also in: Rivers" in first[0]
        await town.announce(
            announced(1, Kind.CROSS), announced(2, Kind.REPLACE, version=2), announced(3), day=MONDAY
        )
        assert told((await town.serve(3))["ada"]) == ["9906.00003"]

    play(tmp_path, check)


def test_what_the_limit_leaves_out_is_counted(tmp_path: Path) -> None:
    """One limit over all topics, and the rest in “N more”."""

    async def check(town: Town) -> None:
        await town.chat("ada", RIVERS, papers=2)
        await town.announce_papers(*range(1, 10))
        (body,) = (await town.serve())["ada"]
        assert body.startswith("Rivers: 2 of 9 papers")
        assert "7 more papers matched." in body

    play(tmp_path, check)


def test_a_topic_that_the_limit_leaves_without_a_paper_is_counted(tmp_path: Path) -> None:
    """It never seems to have found nothing."""

    async def check(town: Town) -> None:
        await town.chat("ada", RIVERS, Topic("dunes", "Dunes", "dune"), papers=1)
        await town.announce(announced(1), announced(2, title="A dune", abstract="Sand."))
        (body,) = (await town.serve())["ada"]
        assert "Dunes: 0 of 1 paper" in body
        assert "1 more paper matched." in body
        assert "Nothing on" not in body

    play(tmp_path, check)


def test_days_missed_come_as_one_digest_that_names_them(tmp_path: Path) -> None:
    """After an outage, or days that the weekdays skip, one digest under one limit."""

    async def check(town: Town) -> None:
        await town.chat("ada")
        await town.announce_papers(1, day=DAY - timedelta(days=1))
        await town.announce_papers(2)
        await town.announce_papers(3, day=MONDAY)
        (body,) = (await town.serve(3))["ada"]
        assert sorted(told([body])) == ["9906.00001", "9906.00002", "9906.00003"]
        assert "Thu 25 – Mon 29 June 2026" in body

    play(tmp_path, check)


def test_papers_of_a_delivery_that_was_given_up_come_with_the_next_digest(tmp_path: Path) -> None:
    """An expired delivery frees its papers; they're sent with the next listing's, once."""

    async def check(town: Town) -> None:
        await town.chat("ada")
        await town.announce_papers(1)
        await town.serve()
        await town.settle("expired")
        assert await town.serve() == {}
        await town.announce_papers(2, day=MONDAY)
        assert sorted(told((await town.serve(3))["ada"])) == ["9906.00001", "9906.00002"]
        await town.announce_papers(3, day=MONDAY + timedelta(days=1))
        assert told((await town.serve(4))["ada"]) == ["9906.00003"]

    play(tmp_path, check)


def test_a_quiet_day_is_one_soundless_line(tmp_path: Path) -> None:
    """All topics in one line, or nothing where a chat chose so; a listing that grows adds no second line."""

    async def check(town: Town) -> None:
        await town.chat("ada", DESERTS, Topic("dunes", "Dunes", "dune"))
        await town.chat("bob", DESERTS, quiet_days=QuietDays.NOTHING)
        await town.announce_papers(1)
        assert await town.serve() == {
            "ada": [
                "Nothing on “Deserts” and “Dunes” today; 1 paper checked. Next: Mon 29 June, about 07:00.\n"
            ]
        }
        assert await town.sounds() == [0]
        await town.announce_papers(1, 2)
        assert await town.serve() == {}

    play(tmp_path, check)


def test_chats_that_want_the_same_share_an_edition(tmp_path: Path) -> None:
    """Equal messages are kept once; another language or detail is another edition."""

    async def check(town: Town) -> None:
        for name in ("ada", "bob", "cy"):
            await town.chat(name)
        await town.chat("di", language="zh")
        await town.chat("eva", detail=Detail.TITLES)
        await town.announce_papers(1)
        bodies = {name: messages[0] for name, messages in (await town.serve()).items()}
        assert bodies["ada"] == bodies["bob"] == bodies["cy"]
        assert "下次：6 月 29 日周一约 07:00。" in bodies["di"]
        assert "Sentences extracted" not in bodies["eva"]
        assert "No summary" not in bodies["eva"]
        parcels = await town.database.read(lambda db: db.table("parcels").count)
        assert parcels == 3

    play(tmp_path, check)


def test_a_preset_that_vanished_keeps_its_text(tmp_path: Path) -> None:
    """Presets are looked up in each round; one that is gone is answered as it was subscribed."""

    async def check(town: Town) -> None:
        await town.chat("ada", RIVERS, preset=True)
        town.rounds = replace(town.rounds, presets={"rivers": DESERTS})
        await town.announce_papers(1)
        assert "Nothing on “Deserts”" in (await town.serve())["ada"][0]
        town.rounds = replace(town.rounds, presets={})
        await town.announce_papers(2, day=MONDAY)
        assert told((await town.serve(3))["ada"]) == ["9906.00002"]

    play(tmp_path, check)


class Troubled:
    """A `Summarizer` that fails for some papers, each in another way."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def brief(self, paper: Paper, language: str, _: Callable[[], bool]) -> Brief:
        """Fail, hang, talk rubbish or answer."""
        self.asked.append(str(paper.id))
        match int(str(paper.id)[-1]):
            case 1:
                raise RuntimeError("an adapter's bug")
            case 2:
                asyncio.get_running_loop().call_soon(leap, PATIENCE)  # when the others have answered
                await asyncio.Event().wait()
            case 3:
                return Brief("…", (), language, Provenance("model", "abstract"))
            case 4:
                return None  # type: ignore[return-value]  # rubbish
            case _:
                pass
        return extract(paper)


def test_a_failing_summarizer_holds_nothing_back(tmp_path: Path) -> None:
    """An entry whose brief fails, hangs or is rubbish goes without one; each is asked for once."""

    async def check(town: Town) -> None:
        troubled = Troubled()
        town.summarize_with(troubled, patience=PATIENCE)
        await town.chat("ada")
        await town.chat("bob", papers=5)
        await town.announce_papers(1, 2, 3, 4, 5)
        bodies = await town.serve()
        assert told(bodies["ada"]) == [f"9906.0000{number}" for number in range(1, 6)]
        assert bodies["ada"][0].count("No summary could be made") == 4
        assert sorted(troubled.asked) == [f"9906.0000{number}" for number in range(1, 6)]

    play(tmp_path, check)


def test_a_summarizer_that_never_answers_is_soon_left_alone(tmp_path: Path) -> None:
    """After so many failures in a row a round asks no more; the digests go out."""

    async def check(town: Town) -> None:
        troubled = Troubled()
        town.summarize_with(troubled, patience=PATIENCE, at_once=1, most_failures=2)
        await town.chat("ada", papers=20)
        await town.announce_papers(2, 12, 22, 32, 42)
        assert len(told((await town.serve())["ada"])) == 5
        assert len(troubled.asked) == 2

    play(tmp_path, check)


class Picky(ScriptedPlatform):
    """A platform whose renderer crashes on some documents."""

    def render(self, document: Document, layout: Layout) -> tuple[Message, ...]:
        """Crash on Chinese."""
        if document.language == "zh":
            raise ValueError("a bug in a renderer")
        return super().render(document, layout)


def test_an_edition_that_cannot_be_written_costs_nobody_else_theirs(tmp_path: Path) -> None:
    """Its chats are tried again an hour later, and get it once it can be written."""

    async def check(town: Town) -> None:
        sound = town.rounds
        town.rounds = replace(sound, platforms={"scripted": Picky(lambda _: None, lambda: MORNING)})
        await town.chat("ada")
        await town.chat("di", language="zh")
        await town.announce_papers(1)
        assert set(await town.serve()) == {"ada"}
        assert await town.serve() == {}
        town.rounds = sound
        await town.rounds.serve(MORNING + timedelta(minutes=61))
        assert set(await town._messages(1)) == {"di"}

    play(tmp_path, check)


class Breaking(SqliteStore):
    """A `Store` whose transactions fail at their very end."""

    async def write(self, fn: Callable[[Desk], T]) -> T:
        """Run `fn`, then fail."""

        def run(desk: Desk) -> T:
            fn(desk)
            raise StorageFullError("there's no space left")

        return await super().write(run)


def test_deliveries_and_what_chats_were_told_are_one_transaction(tmp_path: Path) -> None:
    """A round that fails to write leaves nothing behind, and is simply made again."""

    async def check(town: Town) -> None:
        await town.chat("ada")
        await town.announce_papers(1)
        sound = town.rounds
        town.rounds = replace(sound, store=Breaking(town.database, DEFAULTS))
        with pytest.raises(StorageFullError):
            await town.serve()
        assert await town.sounds() == []
        town.rounds = sound
        assert told((await town.serve())["ada"]) == ["9906.00001"]

    play(tmp_path, check)


def test_a_delay_is_told_once_and_then_all_of_it_comes(tmp_path: Path) -> None:
    """Three days without arXiv: one line, no sound, then one digest of all the days."""

    async def check(town: Town) -> None:
        await town.chat("ada")
        await town.announce_papers(1)
        await town.serve()
        for days_later in range(3, 6):
            late = DAY + timedelta(days=days_later)
            lines = await town.tell_late(late, days_later)
            assert bool(lines) is (days_later == 3)
        assert (await town.sounds())[-1] == 0
        for days_later in range(3, 7):
            await town.announce_papers(10 + days_later, day=DAY + timedelta(days=days_later))
        (body,) = (await town.serve(6))["ada"]
        assert len(told([body])) == 4
        await town.settle("sent")
        assert set(await town.tell_late(DAY + timedelta(days=7), 7)) == {"ada"}

    play(tmp_path, check)
