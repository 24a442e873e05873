"""Who writes a brief: the first that can; once; and never a reader without one."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from digest.briefs import Briefs
from digest.errors import (
    ModelAnswerError,
    ModelBusyError,
    ModelError,
    ModelQuotaError,
    ModelSettingsError,
    StorageFullError,
)
from digest.summaries.breaker import Breaker
from digest.summaries.chain import Chain, Link
from digest.summaries.extract import extract
from digest.summaries.resting import RESTS
from digest.summaries.writer import Writer
from tests.models import SENTENCE, ScriptedModel, answer
from tests.outbox import soon
from tests.papers import paper
from tests.servers.clock import leap, run_leaping

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from digest.model import Brief, Paper
    from digest.records import BriefKey, Written

NOW = datetime(2026, 6, 26, 9, 0, tzinfo=UTC)
SETTINGS = ModelSettingsError("Gemini doesn't accept the key. Set GEMINI_API_KEY to a valid one.")


class Shelf:
    """A `digest.records.KeptBriefs` in memory; it fails if it's told to."""

    def __init__(self) -> None:
        self.briefs: dict[BriefKey, Written] = {}
        self.broken = False

    async def find(self, key: BriefKey) -> Written | None:
        """Return what was kept."""
        self._fail()
        return self.briefs.get(key)

    async def keep(self, key: BriefKey, written: Written, _: datetime) -> None:
        """Keep a brief."""
        self._fail()
        self.briefs.setdefault(key, written)

    def _fail(self) -> None:
        if self.broken:
            raise StorageFullError("there's no space left")


@dataclass
class House:
    """A chain over models of a test."""

    models: Sequence[ScriptedModel]
    set_to: str = "gemini-flash-latest"
    at_once: int = 16
    patience: float = 30.0
    now: datetime = NOW
    shelf: Shelf = field(default_factory=Shelf)
    told: list[tuple[str, ModelError]] = field(default_factory=list)
    reused: list[tuple[str, str]] = field(default_factory=list)
    _chain: Chain | None = None

    def chain(self) -> Chain:
        """Return the chain; `restart` makes a new one."""
        if self._chain is None:
            links = [
                Link(model.name, self.set_to, Writer(model), Breaker(lambda: self.now))
                for model in self.models
            ]
            self._chain = Chain(
                links,
                self.shelf,
                asyncio.Semaphore(self.at_once),
                self.patience,
                lambda: self.now,
                lambda provider, model: self.reused.append((provider, model)),
                self._tell,
            )
        return self._chain

    def restart(self) -> None:
        """Forget what only memory held."""
        self._chain = None

    async def brief(
        self, wanted: Paper | None = None, language: str = "en", may_ask: Callable[[], bool] = lambda: True
    ) -> Brief:
        """Ask for a brief."""
        return await self.chain().brief(wanted or paper(), language, may_ask)

    async def _tell(self, provider: str, error: ModelError) -> None:
        self.told.append((provider, error))


def asked(*models: ScriptedModel) -> list[int]:
    """Return how often each model was asked."""
    return [len(model.asked) for model in models]


def test_a_brief_is_made_once_and_for_all() -> None:
    """Whoever asks again, after a restart or in a tag that means the same, gets the one that is kept."""

    async def run() -> None:
        house = House([ScriptedModel()])
        first = await house.brief(language="en-US")
        house.restart()
        assert await house.brief(language="en-GB") == first
        assert (first.sentence, first.stand_in) == (SENTENCE, False)
        assert asked(*house.models) == [1]
        assert house.reused == [("gemini", "gemini-test-001")]
        await house.brief(paper(version=2))
        assert asked(*house.models) == [2]
        await house.brief(language="zh")  # in two calls, as it isn't answered in Chinese
        assert asked(*house.models) == [4]

    asyncio.run(run())


def test_a_new_model_makes_new_briefs() -> None:
    """When settings name another one, papers that are asked for again are written anew."""

    async def run() -> None:
        house = House([ScriptedModel()])
        await house.brief()
        house.set_to = "gemini-pro-latest"
        house.restart()
        await house.brief()
        assert asked(*house.models) == [2]
        assert house.reused == []

    asyncio.run(run())


@pytest.mark.parametrize(
    "error",
    [
        SETTINGS,
        ModelQuotaError("Gemini's quota is used up."),
        ModelBusyError("late"),
        ModelAnswerError("blocked"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_the_next_works_meanwhile(error: ModelError) -> None:
    """Whatever the first can't; what the second writes is a stand-in, and why is told with the provider."""

    async def run() -> None:
        first, second = ScriptedModel([error]), ScriptedModel(name="openai", answers_as="qwen")
        house = House([first, second])
        brief = await house.brief()
        assert (brief.provenance.provider, brief.provenance.model, brief.stand_in) == ("openai", "qwen", True)
        assert house.told == [("gemini", error)]

    asyncio.run(run())


def test_the_last_resort_is_the_paper() -> None:
    """When nobody can, its own sentences; nobody keeps them, and the next who asks gets better ones."""

    async def run() -> None:
        model = ScriptedModel([ModelBusyError("overloaded"), answer()])
        house = House([model])
        brief = await house.brief()
        assert (brief.sentence, brief.provenance.model) == (extract(paper()).sentence, "extract")
        assert brief.stand_in
        assert house.shelf.briefs == {}
        assert (await house.brief()).sentence == SENTENCE

    asyncio.run(run())


def test_who_only_talks_rubbish_is_asked_once() -> None:
    """Of what nothing passed, the next is asked; without one the paper speaks, and nobody pays again."""

    async def run() -> None:
        first, second = ScriptedModel(["rubbish"]), ScriptedModel(name="openai")
        both, alone = House([first, second]), House([first])
        alone.shelf = both.shelf
        for _ in range(2):
            brief = await both.brief()
            assert (brief.provenance.provider, brief.stand_in) == ("openai", True)
            both.restart()
        paper_itself = await alone.brief()
        assert (paper_itself.provenance.model, paper_itself.repairs.sentence) == ("extract", True)
        assert asked(first, second) == [2, 1]

    asyncio.run(run())


def test_a_stand_in_makes_way() -> None:
    """As soon as the first can write again whoever asks gets theirs; until then the second's is reused."""

    async def run() -> None:
        first = ScriptedModel([SETTINGS, answer()])
        second = ScriptedModel(name="openai")
        house = House([first, second])
        for _ in range(3):
            assert (await house.brief()).stand_in
        assert asked(first, second) == [1, 1]
        house.now += timedelta(hours=7)
        brief = await house.brief()
        assert (brief.provenance.provider, brief.stand_in) == ("gemini", False)
        assert asked(first, second) == [2, 1]

    asyncio.run(run())


def test_a_provider_that_cannot_be_used_is_left_alone() -> None:
    """A bad key is tried once, not once a paper; a hanging provider costs a few tries, not a round."""

    async def run() -> None:
        refusing = House([ScriptedModel([SETTINGS])])
        hanging = House([ScriptedModel([ModelBusyError("late")])])
        for number in range(1, 20):
            await refusing.brief(paper(number))
            await hanging.brief(paper(number))
        assert asked(*refusing.models) == [1]
        assert asked(*hanging.models) == [3]

    asyncio.run(run())


def test_a_paper_that_is_blocked_is_not_tried_for_hours() -> None:
    """Each try is paid for; other papers are written all the same."""

    async def run() -> None:
        model = ScriptedModel([ModelAnswerError("blocked"), answer()])
        house = House([model])
        await house.brief(paper(1))
        assert (await house.brief(paper(1))).stand_in
        assert not (await house.brief(paper(2))).stand_in
        assert asked(model) == [2]
        house.now += RESTS
        assert not (await house.brief(paper(1))).stand_in

    asyncio.run(run())


def test_nobody_pays_for_what_is_not_asked() -> None:
    """Leave is asked for once, whoever writes; not for what is kept, nor while nobody can be asked."""

    async def run() -> None:
        pays: list[bool] = []

        def may_ask() -> bool:
            pays.append(True)
            return len(pays) < 3

        first = ScriptedModel([SETTINGS, answer()])
        second = ScriptedModel([ModelAnswerError("blocked"), answer()], "openai")
        house = House([first, second])
        await house.brief(paper(1), may_ask=may_ask)
        assert len(pays) == 1
        await house.brief(paper(2), may_ask=may_ask)
        await house.brief(paper(2), may_ask=may_ask)
        assert len(pays) == 2
        refused = await house.brief(paper(3), may_ask=may_ask)
        assert (refused.provenance.model, refused.stand_in) == ("extract", True)
        assert asked(first, second) == [1, 2]

        def pay() -> bool:
            pays.append(True)
            return True

        alone = House([ScriptedModel([SETTINGS])])
        for number in (1, 2):
            await alone.brief(paper(number), may_ask=pay)
        assert len(pays) == 4

    asyncio.run(run())


def test_a_model_that_hangs_is_given_up_in_time() -> None:
    """The paper's own sentences come instead."""

    async def run() -> None:
        model = ScriptedModel(held=asyncio.Event())
        house = House([model], patience=30.0)
        brief = asyncio.create_task(house.brief())
        await soon(lambda: bool(model.asked))
        assert not brief.done()
        leap(31.0)
        assert (await brief).stand_in
        assert asked(model) == [1]
        ((_, error),) = house.told
        assert str(error) == "gemini took longer than 30 s for a brief; [summary] patience sets that."

    run_leaping(run())


def test_a_turn_that_does_not_come_is_given_up_in_time() -> None:
    """Who waits behind a model that hangs gets the paper's own sentences, and the model isn't asked."""

    async def run() -> None:
        model = ScriptedModel(held=asyncio.Event())
        house = House([model], at_once=1, patience=30.0)
        async with house.chain().at_once:
            brief = asyncio.create_task(house.brief())
            while not brief.done():
                leap(10.0)
                await asyncio.sleep(0)
            assert brief.result().stand_in
        assert asked(model) == [0]
        assert house.told == []

    run_leaping(run())


def test_a_bug_costs_no_brief() -> None:
    """Whatever an adapter lets through, the next writes."""

    async def run() -> None:
        house = House([ScriptedModel([RuntimeError("an adapter's bug")])])
        assert (await house.brief()).stand_in

    asyncio.run(run())


def test_a_broken_database_costs_no_brief() -> None:
    """What can't be looked up is written, and shown though it can't be kept."""

    async def run() -> None:
        house = House([ScriptedModel()])
        house.shelf.broken = True
        assert (await house.brief()).sentence == SENTENCE

    asyncio.run(run())


@pytest.mark.parametrize(
    "silent", [{"abstract": ""}, {"abstract": "None."}, {"comment": "This paper has been withdrawn."}]
)
def test_a_paper_that_says_nothing_is_not_sent(silent: dict[str, Any]) -> None:
    """Without an abstract, or withdrawn, there's nothing for a model to add; that's no stand-in."""

    async def run() -> None:
        house = House([ScriptedModel()])
        brief = await house.brief(paper(**silent))
        assert (brief.provenance.model, brief.stand_in) == ("extract", False)
        assert asked(*house.models) == [0]

    asyncio.run(run())


def test_without_models_extraction_is_what_was_wanted() -> None:
    """An empty chain makes no stand-ins."""
    brief = asyncio.run(House([]).brief())
    assert (brief.provenance.model, brief.stand_in) == ("extract", False)


def test_a_hundred_who_ask_at_the_same_moment_take_one_call() -> None:
    """And everybody gets the same brief, also when whoever asked first leaves before it's there."""

    async def run() -> None:
        model = ScriptedModel(held=asyncio.Event())
        briefs = Briefs(House([model]).chain())
        first = asyncio.ensure_future(briefs.of([paper()], "en"))
        await asyncio.sleep(0)
        others = [asyncio.ensure_future(briefs.of([paper()], "en")) for _ in range(99)]
        while not model.asked:  # noqa: ASYNC110 - it's a few steps of the loop away
            await asyncio.sleep(0)
        first.cancel()
        with suppress(asyncio.CancelledError):
            await first
        assert model.held
        model.held.set()
        found = {brief for each in await asyncio.gather(*others) for brief in each.values()}
        assert [brief and brief.sentence for brief in found] == [SENTENCE]
        assert len(model.asked) == 1

    asyncio.run(run())


def test_what_is_being_written_can_be_given_up() -> None:
    """At the end of the process nothing goes on, and nobody waits."""

    async def run() -> None:
        model = ScriptedModel(held=asyncio.Event())
        briefs = Briefs(House([model]).chain())
        waiting = asyncio.ensure_future(briefs.of([paper()], "en"))
        while not model.asked:  # noqa: ASYNC110 - it's a few steps of the loop away
            await asyncio.sleep(0)
        await briefs.stop()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(run())


def test_a_stand_in_is_remembered_for_a_minute() -> None:
    """Long enough for a round, not for a day; what the first wrote is remembered for good."""

    async def run() -> None:
        seconds = [0.0]
        model = ScriptedModel([ModelBusyError("overloaded"), answer()])
        used: list[Brief] = []
        briefs = Briefs(House([model]).chain(), clock=lambda: seconds[0], reused=used.append)

        async def stands_in() -> bool:
            (brief,) = (await briefs.of([paper()], "en")).values()
            assert brief
            return brief.stand_in

        assert await stands_in()
        assert await stands_in()
        assert len(model.asked) == 1
        seconds[0] = 61.0
        assert not await stands_in()
        seconds[0] = 1e6
        assert not await stands_in()
        assert len(model.asked) == 2
        assert [brief.stand_in for brief in used] == [True, False]

    asyncio.run(run())
