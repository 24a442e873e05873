"""Somebody opens a paper's notes: the real inbox, notebook and note taker over a scripted full text."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.outbox import Sent
from bot.platforms.scripted import ScriptedPlatform
from bot.talk import ACTION_BYTES
from digest.document import Paragraph
from digest.errors import SourceUnreachableError
from digest.fulltext import Form, Miss, Passage, Picture, Shortfall
from digest.model import PaperId
from digest.reading import plain
from digest.render.terminal import render
from digest.summaries.notes.extract import extract_notes
from tests.fullpapers import RIVERS, full_paper
from tests.papers import paper
from tests.servers.readings import PNG
from tests.servers.talker import GROUP, GUEST, OWNER, Talker, buttons, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from bot.chats import Address
    from bot.outbox import Outcome
    from bot.talk import Illustration, Reply
    from digest.document import Inlines
    from digest.fulltext import FullPaper
    from digest.model import Paper
    from digest.notes import Notes, Progress, Taken

WITHDRAWN = paper(3, comment="This paper has been withdrawn by the authors")
PAPERS = (RIVERS, paper(2, title="Of Dunes"), WITHDRAWN)


def spoken(inlines: Inlines) -> str:
    """Return a caption as it's read aloud."""
    return plain((Paragraph(inlines),))


class Gallery(ScriptedPlatform):
    """A platform that shows pictures."""

    def galleries(self, pictures: Sequence[Illustration]) -> tuple[tuple[Illustration, ...], ...]:
        """Put all into one message."""
        return (tuple(pictures),)

    async def send_pictures(self, address: Address, pictures: Sequence[Illustration]) -> Outcome:  # noqa: ARG002
        """Show them."""
        return Sent("1")


async def shown_with_pictures(test: Callable[[Talker], Awaitable[None]], talker: Talker) -> None:
    """Run a conversation on a platform that shows pictures."""
    platform = Gallery(lambda _: None, talker.clock.now)
    talker.inbox = replace(talker.inbox, tools=replace(talker.tools, platforms={"scripted": platform}))
    await test(talker)


class Desk(ScriptedPlatform):
    """A platform whose people sit at this machine."""

    opens_files = True


def talk(folder: Path, test: Callable[[Talker], Awaitable[None]], **settings: int | tuple[int, int]) -> None:
    """Run a conversation with a bot that can find some papers."""

    async def run() -> None:
        async with Talker.open(folder, **settings) as talker:  # type: ignore[arg-type]
            talker.library.add(*PAPERS)
            await test(talker)

    asyncio.run(run())


@pytest.mark.parametrize(("language", "label"), [("en", "Full notes"), ("zh", "完整笔记")])
def test_notes_are_read(tmp_path: Path, snapshot: SnapshotAssertion, language: str, label: str) -> None:
    """The button under a paper opens its notes, in sections with labels of one language, step by step."""

    async def press(talker: Talker) -> None:
        await talker.say(f"/settings language {language}")
        brief = await talker.say(f"/summarize {RIVERS.id}")
        notes = await talker.press(buttons(brief)[label])
        assert "\n\n".join((*talker.steps, render(notes.document, 100), str(buttons(notes)))) == snapshot

    talk(tmp_path, press)


def test_a_language_is_named_behind_papers(tmp_path: Path) -> None:
    """A tag or a language's name behind the ids changes the brief, its labels and the notes that it opens."""

    async def ask(talker: Talker) -> None:
        for named in ("zh", "Chinese", "中文", "zh-CN"):
            brief = await talker.say(f"/summarize {RIVERS.id} {named}")
            assert brief.document.language == "zh"
            tag = "zh-CN" if named == "zh-CN" else "zh"
            assert buttons(brief)["完整笔记"] == f"notes {RIVERS.id} {tag}"
        notes = await talker.press(f"notes {RIVERS.id} zh")
        assert "单位：Ada Ash：University of Rivers, Basel" in text(notes)
        french = await talker.say(f"/summarize {RIVERS.id} french")
        assert buttons(french)["Full notes"] == f"notes {RIVERS.id} fr"
        for sentence in (
            f"I like {RIVERS.id} so",
            f"{RIVERS.id} xyzzy",
            f"see https://arxiv.org/abs/{RIVERS.id}",
        ):
            assert buttons(await talker.say(f"/summarize {sentence}"))["Full notes"] == f"notes {RIVERS.id}"

    talk(tmp_path, ask)


def test_every_button_is_short_enough(tmp_path: Path) -> None:
    """An action holds the longest id and language, so that it needs nothing that a restart forgets."""

    async def ask(talker: Talker) -> None:
        old = paper(id=PaperId("astro-ph/0703123"))
        talker.library.add(old)
        reply = await talker.say("/summarize astro-ph/0703123 zh-Hant-TW")
        assert buttons(reply)["完整笔记"] == "notes astro-ph/0703123 zh-Hant-TW"
        assert all(
            len(action.encode()) <= ACTION_BYTES for action in buttons(reply).values() if "://" not in action
        )

    talk(tmp_path, ask)


def test_several_papers_have_a_button_each(tmp_path: Path) -> None:
    """Of several papers each opens its own notes; one that was withdrawn has none."""

    async def ask(talker: Talker) -> None:
        reply = await talker.say(f"/summarize {RIVERS.id} 9906.00003 9906.00002")
        opening = {label: action for label, action in buttons(reply).items() if action.startswith("notes")}
        assert opening == {"Notes 1": f"notes {RIVERS.id}", "Notes 3": "notes 9906.00002"}

    talk(tmp_path, ask)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("9906.00003", "“A Study of Rivers, Part 3” was withdrawn, so there's nothing to take notes of."),
        ("9906.00077", "arXiv doesn't know 9906.00077. Check the digits."),
        ("2408.1672", "“2408.1672” isn't an arXiv ID. Try /summarize 2408.16725, or paste a link."),
        ("", "Which paper? Try /summarize 2408.16725, or paste a link."),
        ("9906.00001 9906.00002", "Notes are taken of one paper at a time."),
        (
            "\u202e<b>@everyone",
            "“<b>@everyone” isn't an arXiv ID. Try /summarize 2408.16725, or paste a link.",
        ),
    ],
)
def test_what_cannot_be_had_is_a_sentence(tmp_path: Path, words: str, told: str) -> None:
    """A paper that is withdrawn, unknown or none at all has no notes, and each says so in its own words."""

    async def ask(talker: Talker) -> None:
        assert text(await talker.press(f"notes {words}")).strip() == told

    talk(tmp_path, ask)


@pytest.mark.parametrize(
    ("reading", "told"),
    [
        (Shortfall.NO_TEXT, "Only the abstract was read; its PDF is a scan without text."),
        (Shortfall.TOO_LARGE, "Only the abstract was read; its file is too large."),
        (
            Shortfall.TOO_HEAVY,
            "Only the abstract was read; reading its file takes too long or too much memory.",
        ),
        (Shortfall.LOCKED, "Only the abstract was read; its PDF is encrypted."),
        (full_paper(pages=1000, pages_read=100), "Of 1,000 pages, the first 100 were read."),
    ],
)
def test_what_could_not_be_read_is_told(tmp_path: Path, reading: FullPaper | Shortfall, told: str) -> None:
    """Of a scan or a huge file the abstract is told, of too many pages the first, and the notes say so."""

    async def ask(talker: Talker) -> None:
        whole = reading
        if isinstance(whole, Shortfall):
            whole = full_paper(
                Passage("", "Abstract", 1, (RIVERS.abstract,)),
                form=Form.ABSTRACT,
                figures=(),
                pages=0,
                misses=(Miss(Form.HTML, Shortfall.MISSING), Miss(Form.PDF, whole)),
            )
        talker.readings.papers[RIVERS.id] = whole
        assert text(await talker.press(f"notes {RIVERS.id}")).rstrip().endswith(told)

    talk(tmp_path, ask)


def test_arxiv_away_is_told(tmp_path: Path) -> None:
    """If arXiv doesn't answer, that's what is said; the next press tries again."""

    async def ask(talker: Talker) -> None:
        talker.readings.error = SourceUnreachableError("away")
        assert text(await talker.press(f"notes {RIVERS.id}")).startswith("arXiv isn't answering.")
        talker.readings.error = None
        assert "RiverNet" in text(await talker.press(f"notes {RIVERS.id}"))

    talk(tmp_path, ask)


def test_two_who_ask_at_once_cost_one_run(tmp_path: Path) -> None:
    """A paper is read once, however many wait for its notes, and not again for who comes later."""

    async def ask(talker: Talker) -> None:
        talker.readings.open.clear()
        asking = [
            asyncio.create_task(talker.press(f"notes {RIVERS.id}", who=who, where=GROUP))
            for who in (OWNER, GUEST)
        ]
        while not talker.readings.asked or len(talker.steps) < len(asking):  # noqa: ASYNC110 - two things
            await asyncio.sleep(0)
        talker.readings.open.set()
        first, second = await asyncio.gather(*asking)
        assert first.document == second.document == (await talker.press(f"notes {RIVERS.id}")).document
        assert talker.readings.asked == [RIVERS.id]

    talk(tmp_path, ask)


def test_notes_are_costly(tmp_path: Path) -> None:
    """Whoever asks very often is told to wait, and nothing is read for them."""

    async def ask(talker: Talker) -> None:
        for _ in range(2):
            await talker.press(f"notes {RIVERS.id}", who=GUEST)
        assert "minute" in text(await talker.press("notes 9906.00002", who=GUEST))
        assert talker.readings.asked == [RIVERS.id]

    talk(tmp_path, ask, costly=(2, 1_000))


class Modelled:
    """A note taker that asks before it costs something, as a chain of models does, and else extracts."""

    def __init__(self) -> None:
        self.may: list[bool] = []

    async def kept(self, *_: object) -> Taken | None:
        """Have nothing."""
        return None

    async def notes(
        self,
        paper: Paper,
        full_paper: FullPaper,
        language: str,  # noqa: ARG002
        report: Callable[[Progress], None],  # noqa: ARG002
        may_ask: Callable[[], bool],
    ) -> Notes:
        """Ask, and extract."""
        self.may.append(may_ask())
        return extract_notes(paper, full_paper)


def test_who_sits_at_the_machine_is_told_where_figures_are(tmp_path: Path) -> None:
    """As files that they can open; of one that isn't there, or where none can be had, the caption stays."""

    async def ask(talker: Talker) -> None:
        desk = Desk(lambda _: None, talker.clock.now)
        talker.inbox = replace(talker.inbox, tools=replace(talker.tools, platforms={"scripted": desk}))
        pictures = [Picture(f"Figure {at}", "Rivers.", (f"figure-{at}.png",)) for at in (1, 2)]
        talker.readings.papers[RIVERS.id] = full_paper(figures=tuple(pictures))
        notes = render((await talker.press(f"notes {RIVERS.id}")).document)
        assert "Figure 1: Rivers.\n/readings/figure-1.png\nFigure 2: Rivers.\nSentences" in notes
        talker.readings.picture_error = SourceUnreachableError("no answer")
        notes = render((await talker.press(f"notes {RIVERS.id}")).document)
        assert "Figure 1: Rivers.\nFigure 2: Rivers.\nSentences" in notes

    talk(tmp_path, ask)


def test_notes_count_for_their_chat(tmp_path: Path) -> None:
    """What a chat may have models write in a day holds for notes as it does for briefs."""

    async def run() -> None:
        taker = Modelled()
        async with Talker.open(tmp_path, per_chat=1, note_taker=taker) as talker:
            talker.library.add(*PAPERS)
            for name in (RIVERS.id, "9906.00002"):
                await talker.press(f"notes {name}")
        assert taker.may == [True, False]

    asyncio.run(run())


async def _figures(talker: Talker) -> tuple[Reply, Reply]:
    notes = await talker.press(f"notes {RIVERS.id}")
    assert notes.then
    following = await notes.then()
    assert following
    return notes, following


def test_figures_follow_with_their_captions(tmp_path: Path) -> None:
    """Where pictures can be shown they follow the notes, ten at most; what is missing or more is told."""

    async def ask(talker: Talker) -> None:
        named = [f"figure-{number}.png" for number in range(1, 14)]
        talker.readings.pictures = dict.fromkeys(named[2:], PNG)
        pictures = tuple(
            Picture(f"Figure {at}", f"What ${at}$ shows.", (name,)) for at, name in enumerate(named, 1)
        )
        talker.readings.papers[RIVERS.id] = full_paper(figures=pictures)
        notes, following = await _figures(talker)
        assert "Figure 3" not in text(notes)
        captions = [spoken(each.caption) for each in following.pictures]
        assert captions == [f"Figure {number}: What {number} shows." for number in range(3, 11)]
        assert text(following) == "2 figures couldn't be shown.\nThe paper has 3 figures more."

    talk(tmp_path, partial(shown_with_pictures, ask))


@pytest.mark.parametrize(("form", "name"), [(Form.HTML, "HTML"), (Form.PDF, "PDF"), (Form.ABSTRACT, "PDF")])
def test_where_figures_are_that_a_platform_refuses(tmp_path: Path, form: Form, name: str) -> None:
    """A sentence leads to the file that they were taken from."""

    async def ask(talker: Talker) -> None:
        talker.readings.papers[RIVERS.id] = replace(full_paper(), form=form)
        _, following = await _figures(talker)
        told = "".join(spoken(block.content) for block in following.unshown if isinstance(block, Paragraph))
        assert told == f"Not every figure can be shown here. All are in the paper's {name}."
        assert f"https://arxiv.org/{name.lower()}/{RIVERS.id}" in repr(following.unshown)

    talk(tmp_path, partial(shown_with_pictures, ask))


def test_figures_that_arxiv_keeps_back_are_counted(tmp_path: Path) -> None:
    """If arXiv doesn't answer any more, the notes stand, and who waits for figures hears of it."""

    async def ask(talker: Talker) -> None:
        talker.readings.picture_error = SourceUnreachableError("away")
        _, following = await _figures(talker)
        assert (following.pictures, text(following)) == ((), "1 figure couldn't be shown.")

    talk(tmp_path, partial(shown_with_pictures, ask))


def test_where_no_pictures_are_shown_captions_are(tmp_path: Path) -> None:
    """A platform of words alone has the captions in the notes, and nothing follows."""

    async def ask(talker: Talker) -> None:
        notes = await talker.press(f"notes {RIVERS.id}")
        assert notes.then is None
        assert "Figure 1: A bank before t = 3 and after it." in text(notes)

    talk(tmp_path, ask)
