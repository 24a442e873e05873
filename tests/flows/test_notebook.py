"""Notes of a paper are made once, for whoever asks, with progress for all of them; then they're there."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from digest.errors import (
    ModelAnswerError,
    ModelBudgetError,
    ModelBusyError,
    ModelError,
    SourceUnreachableError,
    StorageFullError,
)
from digest.fulltext import Form, FullPaper, Passage, Step
from digest.notebook import Notebook
from digest.notes import Progress, Stage, Taken, outline
from digest.summaries.breaker import Breaker
from digest.summaries.notes.chain import NoteChain, NoteLink
from digest.summaries.notes.extract import extract_notes
from digest.summaries.notes.extractive import ExtractiveNoteTaker
from digest.summaries.notes.writer import NoteWriter
from digest.summaries.resting import RESTS
from tests.flows.test_note_writer import Loopback
from tests.fullpapers import RIVERS, full_paper
from tests.models import ScriptedModel
from tests.outbox import soon
from tests.servers.clock import leap, run_leaping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from digest.model import Paper
    from digest.records import Attempt, BriefKey

NOW = datetime(2026, 6, 26, 9, 0, tzinfo=UTC)
DOWN = SourceUnreachableError("arXiv doesn't answer.")


@dataclass
class Library:
    """A `digest.ports.FullText` of one paper; it fails if it's told to."""

    paper: FullPaper = field(default_factory=full_paper)
    error: Exception | None = None
    held: asyncio.Event | None = None
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    read_times: int = 0

    async def read(self, _: Paper, report: Callable[[Step], None] = lambda _: None) -> FullPaper:
        """Read it."""
        self.read_times += 1
        self.begun.set()
        report(Step(Form.PDF))
        report(Step(Form.PDF, 12, fetched=True))
        if self.held:
            await self.held.wait()
        if self.error:
            raise self.error
        return self.paper

    async def known(self, _: Paper) -> FullPaper | None:
        """Have none."""
        return None

    async def picture(self, _: Paper, __: str) -> bytes:
        """Have none."""
        raise NotImplementedError

    async def places(self, _: Paper, __: Iterable[str]) -> Mapping[str, str]:
        """Have none."""
        return {}


class Drawer:
    """A `digest.records.KeptNotes` in memory; it fails if it's told to."""

    def __init__(self) -> None:
        self.notes: dict[BriefKey, Taken] = {}
        self.broken = False

    async def find(self, key: BriefKey) -> Taken | None:
        """Return what was kept."""
        if self.broken:
            raise StorageFullError("there's no space left")
        return self.notes.get(key)

    async def keep(self, key: BriefKey, taken: Taken, _: tuple[Attempt, ...], __: datetime) -> None:
        """Keep notes."""
        if self.broken:
            raise StorageFullError("there's no space left")
        self.notes.setdefault(key, taken)


@dataclass
class House:
    """A notebook over a chain of a test's models."""

    models: Sequence[ScriptedModel]
    library: Library = field(default_factory=Library)
    drawer: Drawer = field(default_factory=Drawer)
    now: datetime = NOW
    patience: float = 30.0
    at_once: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(4))
    told: list[tuple[str, ModelError]] = field(default_factory=list)
    reused: list[tuple[str, str]] = field(default_factory=list)
    _chain: NoteChain | None = None

    def notebook(self) -> Notebook:
        """Make a notebook that remembers nothing, as after a restart."""
        if self._chain is None:
            links = [
                NoteLink(model.name, "set-model", NoteWriter(model, 100_000), Breaker(lambda: self.now))
                for model in self.models
            ]
            self._chain = NoteChain(
                links,
                self.drawer,
                self.at_once,
                self.patience,
                lambda: self.now,
                lambda *who: self.reused.append(who),
                self._tell,
            )
        return Notebook(self.library, self._chain)

    async def _tell(self, provider: str, error: ModelError) -> None:
        self.told.append((provider, error))

    def taken(self, language: str = "en", **more: Any) -> Taken:
        """Ask a new notebook."""
        return asyncio.run(self.notebook().of(RIVERS, language, **more))


def busy(name: str = "gemini") -> ScriptedModel:
    """Make a model that never answers."""
    return ScriptedModel([ModelBusyError("it's busy.")], name)


def test_two_who_ask_at_once_cost_one_run() -> None:
    """Both hear how far it is, the second at once where it stands; both get the same notes."""
    heard: tuple[list[Progress], list[Progress]] = ([], [])

    async def ask() -> tuple[Taken, Taken, Taken]:
        library = Library(held=asyncio.Event())
        notebook = Notebook(library, ExtractiveNoteTaker())
        first = asyncio.ensure_future(notebook.of(RIVERS, "en", heard[0].append))
        await library.begun.wait()
        second = asyncio.ensure_future(notebook.of(RIVERS, "en", heard[1].append))
        await asyncio.sleep(0)
        assert library.held
        library.held.set()
        both = await first, await second
        again = await notebook.of(RIVERS, "en", heard[0].append)
        assert library.read_times == 1
        return *both, again

    one, other, again = asyncio.run(ask())
    assert one is other is again
    stages = [Stage.FETCHING, Stage.READING, Stage.WRITING]
    assert [step.stage for step in heard[0]] == stages
    assert [step.stage for step in heard[1]] == stages[1:]
    assert heard[0][1] == Progress(Stage.READING, Form.PDF, 12)


def test_who_asked_first_may_leave() -> None:
    """Others who wait for the same still get it."""

    async def ask() -> Taken:
        library = Library(held=asyncio.Event())
        notebook = Notebook(library, ExtractiveNoteTaker())
        first = asyncio.ensure_future(notebook.of(RIVERS, "en"))
        second = asyncio.ensure_future(notebook.of(RIVERS, "en"))
        await library.begun.wait()
        first.cancel()
        assert library.held
        library.held.set()
        return await second

    assert asyncio.run(ask()).notes.method


def test_errors_of_the_source_are_passed_on() -> None:
    """To everybody who waits, as they are; the next who asks makes a new start."""

    async def ask() -> None:
        library = Library(error=DOWN)
        notebook = Notebook(library, ExtractiveNoteTaker())
        found = await asyncio.gather(
            notebook.of(RIVERS, "en"), notebook.of(RIVERS, "en"), return_exceptions=True
        )
        assert all(each is DOWN for each in found)
        library.error = None
        assert (await notebook.of(RIVERS, "en")).notes.method

    asyncio.run(ask())


def test_stopping_gives_up_what_is_being_made() -> None:
    """Nothing is left running."""

    async def ask() -> None:
        library = Library(held=asyncio.Event())
        notebook = Notebook(library, ExtractiveNoteTaker())
        waiting = asyncio.ensure_future(notebook.of(RIVERS, "en"))
        await library.begun.wait()
        await notebook.stop()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(ask())


def test_what_a_model_wrote_is_there_after_a_restart() -> None:
    """Without a look at the paper's file, with its figures; the ledger hears that it was used again."""
    house = House([Loopback()])
    taken = house.taken()
    assert taken.full_paper == outline(full_paper())
    house.library.error = DOWN
    assert house.taken() == taken
    assert house.library.read_times == 1
    assert len(house.models[0].asked) == 1
    assert house.reused == [("gemini", "gemini-test-001")]


def test_another_language_or_version_is_written_anew() -> None:
    """Tags that mean the same aren't."""
    house = House([Loopback()])
    house.taken("en")
    house.taken("en-US")
    assert len(house.models[0].asked) == 1
    assert house.taken("zh").notes.language == "zh"
    assert len(house.models[0].asked) == 2
    asyncio.run(house.notebook().of(replace(RIVERS, version=2), "en"))
    assert len(house.models[0].asked) == 3


def test_the_next_writes_while_the_first_cannot() -> None:
    """As a stand-in; the first is asked again as soon as it works, and its notes are kept for good."""
    house = House([busy(), Loopback()])
    house.models[1].name = "openai"
    notes = house.taken().notes
    assert notes.stand_in
    assert notes.provenance.provider == "openai"
    assert [provider for provider, _ in house.told] == ["gemini"]
    house.taken()
    assert len(house.models[1].asked) == 1  # kept
    good = Loopback()
    house.models[0].ask = good.ask  # type: ignore[method-assign]  # it works again
    assert not house.taken().notes.stand_in


@pytest.mark.parametrize(
    "error",
    [ModelBusyError("busy"), ModelBudgetError("used up"), ModelAnswerError("blocked"), ValueError("bug")],
)
def test_sentences_of_the_paper_come_last(error: Exception) -> None:
    """Whatever models do, there are notes, and they say that they stand in."""
    house = House([ScriptedModel([error])])
    notes = house.taken().notes
    assert notes == replace(extract_notes(RIVERS, full_paper()), stand_in=True)
    assert house.drawer.notes == {}


def test_notes_that_did_not_pass_are_not_told_as_silence() -> None:
    """A model that wrote, and failed the check, did write; that stays true while it isn't asked again."""
    house = House([ScriptedModel(["no"])])
    assert [house.taken().notes.unfit, house.taken().notes.unfit] == [True, True]
    assert len(house.models[0].asked) == 2  # the first question, and the one to mend it
    house = House([ScriptedModel(["no"]), Loopback()])
    house.models[1].name = "openai"
    for _ in range(2):
        notes = house.taken().notes
        assert (notes.provenance.provider, notes.stand_in, notes.unfit) == ("openai", True, True)
    house = House([ScriptedModel(["no", ModelBusyError("busy")])])
    assert house.taken().notes.unfit
    assert not House([busy()]).taken().notes.unfit


def test_nobody_is_charged_who_may_not_ask() -> None:
    """Then no model is asked."""
    house = House([Loopback()])
    assert house.taken(may_ask=lambda: False).notes.provenance.model == "extract"
    assert house.models[0].asked == []


def test_a_paper_that_a_model_fails_at_rests() -> None:
    """For some hours nobody pays for the same failure again."""
    house = House([ScriptedModel(["no"])])
    house.taken()
    house.taken()
    assert len(house.models[0].asked) == 2  # the first question, and the one to mend it
    house.now += RESTS + timedelta(minutes=1)
    house.taken()
    assert len(house.models[0].asked) == 4


def test_a_slow_model_is_given_up() -> None:
    """After the patience that settings have; what the paper says comes instead."""

    async def ask() -> Taken:
        model = ScriptedModel(held=asyncio.Event())
        taken = asyncio.create_task(House([model], patience=30.0).notebook().of(RIVERS, "en"))
        await soon(lambda: bool(model.asked))
        assert not taken.done()
        leap(31.0)
        return await taken

    assert run_leaping(ask()).notes.provenance.model == "extract"


def test_a_turn_that_does_not_come_is_no_fault_of_the_model() -> None:
    """Who waits behind other readings for too long gets what the paper says; the model stays trusted."""

    async def run() -> None:
        house = House([Loopback()], at_once=asyncio.Semaphore(0))
        taken = asyncio.create_task(house.notebook().of(RIVERS, "en"))
        while not taken.done():
            leap(10.0)
            await asyncio.sleep(0)
        assert taken.result().notes.provenance.model == "extract"
        assert (house.models[0].asked, house.told) == ([], [])

    run_leaping(run())


def test_a_broken_database_costs_no_notes() -> None:
    """They come, and are written anew the next time."""
    house = House([Loopback()])
    house.drawer.broken = True
    assert house.taken().notes.provenance.provider == "gemini"


def test_notes_of_an_abstract_are_not_kept() -> None:
    """Tomorrow the paper's file may be there."""
    alone = FullPaper(Form.ABSTRACT, RIVERS.title, (Passage("", "Abstract", 1, (RIVERS.abstract,)),))
    house = House([Loopback()], Library(alone))
    assert house.taken().notes.provenance.read == "abstract"
    assert house.drawer.notes == {}


def test_a_paper_without_text_troubles_no_model() -> None:
    """It has no notes but what the metadata tells."""
    house = House([Loopback()], Library(FullPaper(Form.PDF, "", ())))
    notes = house.taken().notes
    assert house.models[0].asked == []
    assert not notes.method
    assert notes.missing


def test_stand_ins_are_forgotten_soon() -> None:
    """So that who should have written is tried again; others stay in memory."""
    seconds = 0.0

    async def ask() -> int:
        nonlocal seconds
        house = House([busy()])
        notebook = house.notebook()
        notebook.clock = lambda: seconds
        await notebook.of(RIVERS, "en")
        await notebook.of(RIVERS, "en")
        assert house.library.read_times == 1
        seconds = 61.0
        await notebook.of(RIVERS, "en")
        return house.library.read_times

    assert asyncio.run(ask()) == 2
