"""Choosing the rich layout: only where there is one, and only by whoever says that they see its sample."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.chats import Layout
from bot.talk import ACTION_BYTES
from digest.document import Details, Group, Heading
from digest.reading import plain
from tests.servers.talker import GROUP, GUEST, OWNER, THREAD, Talker, buttons, buttons_of, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    Use = Callable[[Talker], Awaitable[None]]


@pytest.fixture
def run(tmp_path: Path) -> Callable[[Use], None]:
    """Run a function on a bot whose platform has both layouts."""

    def call(use: Use) -> None:
        async def inside() -> None:
            async with Talker.open(tmp_path) as talker:
                talker.platform.layouts = frozenset(Layout)
                await use(talker)

        asyncio.run(inside())

    return call


async def layout(talker: Talker) -> Layout:
    """Return what the owner's chat reads."""
    return (await talker.chat()).preferences.layout


def test_only_yes_chooses_it(run: Callable[[Use], None]) -> None:
    """The panel leads over a sample and a question to the rich layout, and nothing before Yes stores it."""

    async def use(talker: Talker) -> None:
        panel = await talker.say("/settings")
        choices = await talker.press(buttons(panel)["Layout: classic"])
        assert text(choices).startswith("Layout: classic.")
        question = await talker.press(buttons(choices)["rich"])
        assert text(question) == (
            "Do you see the sample above, with a large title, a part that unfolds and a button inside it?"
        )
        assert list(buttons(question)) == ["Yes, use it", "No, keep classic"]
        assert not question.instead  # it stands below the sample
        assert await layout(talker) is Layout.CLASSIC
        done = await talker.press(buttons(question)["Yes, use it"])
        assert text(done) == "Digests and summaries come in the rich layout from now on."
        assert await layout(talker) is Layout.RICH
        assert "Layout: rich" in buttons(await talker.press(buttons(done)["Settings"]))
        await talker.press(buttons(done)["Back to classic"])
        assert await layout(talker) is Layout.CLASSIC

    run(use)


def test_no_leaves_everything_as_it_was(run: Callable[[Use], None]) -> None:
    """No stores nothing, not even the classic layout, and pressing Yes later still works."""

    async def use(talker: Talker) -> None:
        question = await talker.say("/settings layout rich")
        answer = await talker.press(buttons(question)["No, keep classic"])
        assert text(answer) == "The classic layout stays."
        chat = await talker.chat()
        chosen = await talker.store.read(lambda desk: desk.chats.chosen(chat.number))
        assert chosen.layout is None
        await talker.press(buttons(question)["Yes, use it"])
        assert await layout(talker) is Layout.RICH

    run(use)


def test_the_sample_holds_what_only_the_rich_layout_shows(run: Callable[[Use], None]) -> None:
    """A title, a fold and a button beside a paper, in the chat's language; the buttons fit."""

    async def use(talker: Talker) -> None:
        await talker.say("/settings language zh")
        question = await talker.say("/settings layout rich", language="zh")
        sample = question.sample
        assert sample
        assert plain(sample.blocks).startswith("丰富版式样例")
        assert isinstance(sample.blocks[0], Heading)
        (paper,) = [block for block in sample.blocks if isinstance(block, Group)]
        assert any(isinstance(block, Details) for block in paper.blocks)
        assert list(buttons_of(sample)) == ["打开 arXiv"]
        assert list(buttons(question)) == ["能看到，使用", "看不到，保留经典版式"]
        assert all(len(action.encode()) <= ACTION_BYTES for action in buttons(question).values())

    run(use)


def test_what_leads_back_is_classic(run: Callable[[Use], None]) -> None:
    """Where the rich layout is read, panels and mistakes stay classic; digests are rich."""

    async def use(talker: Talker) -> None:
        await talker.press("layout seen")
        assert await layout(talker) is Layout.RICH
        for words in ("/settings", "/settings layout", "/topics", "/settings layout baroque", "/help"):
            assert (await talker.say(words)).layout is Layout.CLASSIC
        assert (await talker.say("/settings layout rich")).sample is None  # it's that already
        await talker.announce_papers(1, 2)
        assert (await talker.say("/digest rivers")).layout is Layout.RICH

    run(use)


def test_a_mistake_names_the_layout_among_the_settings(run: Callable[[Use], None]) -> None:
    """Who mistypes a setting where there are layouts is told of all that can be chosen."""

    async def use(talker: Talker) -> None:
        told = text(await talker.say("/settings colour red"))
        assert told.startswith(
            "There's no setting “colour”. There are language, briefs, send, zone, days, papers, detail, "
            "figures, quiet, sound and layout."
        )

    run(use)


def test_without_a_rich_layout_there_is_nothing_to_choose(tmp_path: Path) -> None:
    """A platform with one layout shows no setting, takes no word and no old button."""

    async def inside() -> None:
        async with Talker.open(tmp_path) as talker:
            assert not [label for label in buttons(await talker.say("/settings")) if "ayout" in label]
            for words in ("/settings layout", "/settings layout rich", "/settings layout classic"):
                assert text(await talker.say(words)) == "There's only one layout here."
            assert text(await talker.press("layout seen")) == "There's only one layout here."
            assert await layout(talker) is Layout.CLASSIC

    asyncio.run(inside())


def test_in_a_group_admins_choose_and_are_told_of_the_others(run: Callable[[Use], None]) -> None:
    """Who isn't an admin can neither ask for the sample nor answer; admins hear that others read too."""

    async def use(talker: Talker) -> None:
        await talker.join(GROUP, who=OWNER)
        for words in ("settings layout rich", "layout seen", "layout unseen"):
            refused = await talker.press(words, who=GUEST, where=GROUP)
            assert refused.sample is None
            assert text(refused).startswith("Only admins")
        talker.make_admin(GUEST)
        question = await talker.press("settings layout rich", who=GUEST, where=GROUP)
        assert text(question).endswith("so ask the others too.")
        await talker.press(buttons(question)["Yes, use it"], who=GUEST, where=GROUP)
        assert (await talker.chat(GROUP)).preferences.layout is Layout.RICH

    run(use)


def test_a_thread_can_choose_for_the_whole_group(run: Callable[[Use], None]) -> None:
    """Where the panel is the group's, so is the answer; the thread itself chose nothing."""

    async def use(talker: Talker) -> None:
        await talker.join(GROUP)
        await talker.say("/settings", where=THREAD)
        question = await talker.say("/settings group layout rich", where=THREAD)
        assert buttons(question)["Yes, use it"] == "layout above seen"
        done = await talker.press("layout above seen", where=THREAD)
        assert (await talker.chat(GROUP)).preferences.layout is Layout.RICH
        thread = await talker.chat(THREAD)
        assert thread.preferences.layout is Layout.RICH
        assert (await talker.store.read(lambda desk: desk.chats.chosen(thread.number))).layout is None
        await talker.press(buttons(done)["Back to classic"], where=THREAD)
        assert (await talker.chat(GROUP)).preferences.layout is Layout.CLASSIC

    run(use)


@pytest.mark.parametrize("words", ["", "rich", "seen twice", "above", "above above seen"])
def test_other_words_choose_nothing(run: Callable[[Use], None], words: str) -> None:
    """The buttons' command takes nothing else, so nobody types their way past the sample."""

    async def use(talker: Talker) -> None:
        answer = await talker.say(f"/layout {words}")
        assert text(answer).startswith("This button doesn't work any more")
        assert await layout(talker) is Layout.CLASSIC

    run(use)
