"""Somebody asks the bot about a paper, and asks on: the real inbox over a real database."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.access import Person
from bot.commands.asking import apart, paper_told
from bot.phrases import asking as say
from bot.talk import ACTION_BYTES, Said, Speaker
from digest.answers import LONGEST_QUESTION, Outcome, PaperAnswer, Quotation
from digest.errors import SourceUnreachableError
from digest.fulltext import Form, FullPaper, Miss, Passage, Shortfall
from digest.model import PaperId, Provenance
from digest.notes import Coverage, Progress, Stage
from digest.translation import phrases_for
from tests.papers import paper
from tests.servers.talker import GROUP, GUEST, OWNER, Talker, buttons, private, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from bot.talk import Place, Reply
    from digest.model import Paper

    Use = Callable[[Talker], Awaitable[None]]

ONE, TWO = "9906.00001", "9906.00002"
ASKED = "How many photographs were collected?"


class Model:
    """A `digest.writers.Answerer` that answers with what it was asked; it knows nothing of hats."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []
        self.charged: list[bool] = []

    async def answer(
        self,
        paper: Paper,
        full_paper: FullPaper,
        question: str,
        language: str,
        report: Callable[[Progress], None],
        may_ask: Callable[[], bool],
    ) -> PaperAnswer:
        """Answer."""
        self.asked.append((str(paper.id), question, language))
        self.charged.append(may_ask())
        report(Progress(Stage.WRITING))
        answer = PaperAnswer(
            Outcome.ANSWERED,
            language,
            Provenance("gemini-test-001", "pdf", "gemini"),
            Coverage(full_paper.form, 8, full_paper.pages, full_paper.pages_read),
            text="It collects 12,000 photographs.",
            quotations=(
                Quotation("We collected 12,000 photographs of 40 rivers over 18 months.", "Experiments"),
            ),
        )
        return (
            replace(answer, outcome=Outcome.UNSAID, text="", quotations=()) if "hat" in question else answer
        )


MODEL = Model()


@pytest.fixture
def run(tmp_path: Path) -> Callable[[Use], None]:
    """Run a function on a bot that knows seven papers and asks a model, in a chat that spoke already."""

    def call(use: Use) -> None:
        async def inside() -> None:
            MODEL.__init__()  # type: ignore[misc]
            async with Talker.open(tmp_path, answerer=MODEL) as talker:
                await talker.announce_papers(*range(1, 8))
                await talker.say("/help")
                await use(talker)

        asyncio.run(inside())

    return call


async def answering(talker: Talker, words: str, told: str, where: Place | None = None) -> Reply | None:
    """Say something in reply to a message."""
    by = Speaker(Person("scripted", OWNER), OWNER, "en")
    return await talker.hear(Said(where or private(OWNER), by, words, told))


def shown(reply: Reply) -> str:
    """Return what a reply says, and its buttons."""
    return "\n".join([text(reply), *(f"[{label}: {action}]" for label, action in buttons(reply).items())])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_session_of_a_reader(
    language: str, run: Callable[[Use], None], snapshot: SnapshotAssertion
) -> None:
    """A button asks for the question, what is written next asks on; mistakes say what to type."""
    told: list[str] = []

    async def use(talker: Talker) -> None:
        async def say(words: str) -> None:
            told.append(f"> {words[:60]}\n{shown(await talker.say(words))}")

        await talker.say(f"/lang {language}")
        await say(f"/summarize {ONE}")
        told.append(f"> [ask {ONE}]\n{shown(await talker.press(f'ask {ONE}'))}")
        await say(ASKED)
        await say("And of hats?")
        for words in (
            "/ask",
            "/ask 2408.1672 Why?",
            "/ask 9906.99999 Why?",
            "/ask what is this",
            f"/ask {ONE} {'why ' * 200}",
        ):
            await say(words)

    run(use)
    assert "\n\n".join(told) == snapshot


def test_steps_are_told(run: Callable[[Use], None]) -> None:
    """Until the answer takes their place."""

    async def use(talker: Talker) -> None:
        await talker.say(f"/ask {ONE} {ASKED}")
        assert talker.steps[0] == "Reading 12 pages …"

    run(use)


def test_what_is_written_next_asks_on(run: Callable[[Use], None]) -> None:
    """About the same paper, for each person and chat, until a command comes; a link is a paper again."""

    async def use(talker: Talker) -> None:
        await talker.say(f"/ask {ONE} {ASKED}")
        await talker.say(f"/ask {TWO} {ASKED}", who=GUEST)
        await talker.say("and how many rivers?")
        await talker.say("and how many rivers?", who=GUEST)
        assert [(name, words) for name, words, _ in MODEL.asked[2:]] == [
            (ONE, "and how many rivers?"),
            (TWO, "and how many rivers?"),
        ]
        summary = await talker.say("https://arxiv.org/abs/9906.00003")
        assert "Part 3" in text(summary)
        await talker.say(f"/ask {ONE} {ASKED}")
        await talker.say("/ask and how many stones?")
        assert MODEL.asked[-1][:2] == (ONE, "and how many stones?")
        await talker.say("/cancel")
        assert "What shall I do" in text(await talker.say("and how many rivers?"))
        assert len(MODEL.asked) == 5  # who asked the same again got the same answer

    run(use)


def test_words_after_a_paper_may_be_a_question_about_it(run: Callable[[Use], None]) -> None:
    """A button asks them, however long they are, and none that was written later or isn't known any more."""
    asked = "How many lamps are needed to read every river of the lowlands at night, and in winter?"

    async def use(talker: Talker) -> None:
        assert list(buttons(await talker.say("and the lamps?"))) == ["Search", "Subscribe"]
        await talker.say(f"https://arxiv.org/abs/{ONE}")
        await talker.say("/topics")
        first = buttons(await talker.say("and the lamps?"))
        assert list(first) == ["Ask about that paper", "Search", "Subscribe"]
        second = buttons(await talker.say(asked))
        assert list(second) == ["Ask about that paper"]
        await talker.press(second["Ask about that paper"])
        assert MODEL.asked[-1][:2] == (ONE, asked)
        before = len(MODEL.asked)
        stale = await talker.press(first["Ask about that paper"])
        assert "What do you want to know about" in text(stale)
        await talker.say("/cancel")
        await talker.say(f"/summarize {ONE} {TWO}")
        assert list(buttons(await talker.say("and the lamps?"))) == ["Search", "Subscribe"]
        await talker.say(f"/summarize {ONE}")
        talker.clock.passed += 61 * 60
        assert list(buttons(await talker.say("and the lamps?"))) == ["Search", "Subscribe"]
        assert len(MODEL.asked) == before

    run(use)


def test_a_question_waits_for_some_minutes(run: Callable[[Use], None]) -> None:
    """Words that come later mean something else."""

    async def use(talker: Talker) -> None:
        await talker.say(f"/ask {ONE} {ASKED}")
        talker.clock.passed += 11 * 60
        assert "What shall I do" in text(await talker.say("and how many rivers?"))

    run(use)


def test_a_reply_to_a_papers_message_is_a_question(run: Callable[[Use], None]) -> None:
    """About the paper whose page the message leads to; in groups it needs a question mark."""
    told = f"Part 1 … as 9906.00005 showed. https://arxiv.org/abs/{ONE} https://arxiv.org/pdf/{ONE}"

    async def use(talker: Talker) -> None:
        await talker.join(GROUP)
        await answering(talker, ASKED, told)
        await answering(talker, "有多少条河吗", told, GROUP)
        assert [(name, words) for name, words, _ in MODEL.asked] == [(ONE, ASKED), (ONE, "有多少条河吗")]
        assert (
            await answering(talker, "Thanks", told.replace(ONE, "9906.00006"), GROUP) is not None
        )  # asked on
        await talker.say("/cancel", where=GROUP)
        assert await answering(talker, "Thanks", told, GROUP) is None
        summary = await answering(talker, "9906.00004", told)
        assert summary is not None
        assert "Part 4" in text(summary)
        await talker.say(f"/ask {ONE} And why?")
        await answering(talker, "Why so many?", told.replace(ONE, TWO))  # it isn't about the paper before
        assert MODEL.asked[-1][:2] == (TWO, "Why so many?")

    run(use)


def test_a_command_may_reply_too(run: Callable[[Use], None]) -> None:
    """The question alone is enough then; a message with several papers is about none."""

    async def use(talker: Talker) -> None:
        await answering(talker, f"/ask {ASKED}", f"Part 2 https://arxiv.org/abs/{TWO}")
        assert MODEL.asked[-1][:2] == (TWO, ASKED)
        both = f"https://arxiv.org/abs/{ONE} https://arxiv.org/abs/{TWO}"
        mistake = await answering(talker, f"/ask {ASKED}", both)
        assert mistake is not None
        assert text(mistake).startswith(phrases_for("en")(say.WHICH_OF_THEM))
        assert len(MODEL.asked) == 1

    run(use)


def test_answers_come_in_the_language_of_the_chat(run: Callable[[Use], None]) -> None:
    """Or in that of a question in another script."""

    async def use(talker: Talker) -> None:
        await talker.say(f"/ask {ONE} {ASKED}")
        await talker.say(f"/ask {ONE} 收集了多少张照片？")
        await talker.say("/lang zh")
        await talker.say(f"/ask {ONE} {ASKED}")
        assert [language for *_, language in MODEL.asked] == ["en", "zh", "zh"]

    run(use)


def test_a_chat_has_so_many_answers_a_day(tmp_path: Path) -> None:
    """As it has briefs, from the same share; and a person so many costly commands an hour."""

    async def use() -> None:
        model = Model()
        async with Talker.open(tmp_path, answerer=model, per_chat=2, costly=(4, 100)) as talker:
            await talker.announce_papers(1)
            for number in range(4):
                await talker.say(f"/ask {ONE} Why {number}?")
            assert model.charged == [True, True, False, False]
            await talker.say(f"/ask {ONE} Why 5?")
            assert len(model.asked) == 4

    asyncio.run(use())


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (Shortfall.NO_TEXT, "a scan without text"),
        (Shortfall.TOO_LARGE, "its file is too large"),
        (Shortfall.TOO_HEAVY, "too long or too much memory"),
        (Shortfall.LOCKED, "encrypted"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_to_be(tmp_path: Path, why: Shortfall, words: str) -> None:
    """The abstract answers then, and says that it's no more."""

    async def use() -> None:
        async with Talker.open(tmp_path) as talker:
            await talker.announce_papers(1)
            talker.readings.papers[PaperId(ONE)] = FullPaper(
                Form.ABSTRACT,
                "Part 1",
                (Passage("", "Abstract", 1, ("Nine of ten rivers bend at large stones.",)),),
                misses=(Miss(Form.HTML, Shortfall.MISSING), Miss(Form.PDF, why)),
            )
            told = text(await talker.say(f"/ask {ONE} Where do rivers bend?"))
            assert "Nine of ten rivers bend at large stones." in told
            assert words in told

    asyncio.run(use())


def test_without_arxiv_there_is_a_sentence(run: Callable[[Use], None]) -> None:
    """And the next question is tried again."""

    async def use(talker: Talker) -> None:
        talker.readings.error = SourceUnreachableError("no answer")
        assert "arXiv isn't answering" in text(await talker.say(f"/ask {ONE} {ASKED}"))
        talker.readings.error = None
        assert "12,000" in text(await talker.say(f"/ask {ONE} {ASKED}"))

    run(use)


@pytest.mark.parametrize(
    ("words", "named", "question"),
    [
        (f"{ONE} Why?", ONE, "Why?"),
        (f"https://arxiv.org/abs/{ONE}v2  Why\nso?", f"https://arxiv.org/abs/{ONE}v2", "Why so?"),
        (f"arXiv: {ONE} Why?", ONE, "Why?"),
        (f"What is new in {ONE} ?", ONE, "What is new in ?"),
        (f"{ONE} better than {TWO}?", ONE, f"better than {TWO}?"),
        ("Why?", "", "Why?"),
        ("", "", ""),
    ],
)
def test_words_are_a_paper_and_a_question(words: str, named: str, question: str) -> None:
    """In any order; only the first id is the paper."""
    assert apart(words) == (named, question)


@pytest.mark.parametrize(
    ("told", "id"),
    [
        (f"see {ONE}", ONE),
        (f"{TWO} is cited. https://arxiv.org/abs/{ONE}", ONE),
        (f"{ONE} and {TWO}", None),
        (f"https://arxiv.org/abs/{ONE} https://arxiv.org/abs/{TWO}", None),
        ("nothing", None),
        ("https://arxiv.org/abs/", None),
    ],
)
def test_a_message_tells_one_paper_or_none(told: str, id: str | None) -> None:  # noqa: A002 - what it is
    """The page that it leads to says which."""
    assert paper_told(told) == (PaperId(id) if id else None)


@pytest.mark.parametrize("id", ["2408.16725", "cond-mat/9901001", "supr-con/9401001", "math-ph/0306266"])
def test_a_button_carries_any_id(id: str) -> None:  # noqa: A002 - what it is
    """Within what a platform's button carries."""
    from bot.commands.paper_entries import ask_buttons

    (made,) = ask_buttons([paper(id=PaperId(id))], phrases_for("en"))
    assert made.action == f"ask {id}"
    assert len(made.action.encode()) <= ACTION_BYTES
    assert LONGEST_QUESTION <= 500
