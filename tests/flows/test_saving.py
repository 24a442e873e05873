"""Papers are saved, listed, removed and exported: through the real inbox over a real database."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from pybtex.database import parse_string

from bot.commands.paper_entries import paper_buttons
from bot.commands.saving import MOST_SAVED
from bot.talk import ACTION_BYTES
from digest.model import PaperId
from digest.storage.papers import SqlitePapers
from digest.translation import phrases_for
from tests.papers import paper
from tests.servers.talker import CHANNEL, GROUP, GUEST, Talker, buttons, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from bot.ports import Desk
    from bot.talk import Reply

    Use = Callable[[Talker], Awaitable[None]]

OLD = paper(id=PaperId("cond-mat/9901001"), title="On Sand", authors=("Zoë Dune",))


@pytest.fixture
def run(tmp_path: Path) -> Callable[[Use], None]:
    """Run a function on a bot that knows seven papers, in a chat that spoke already."""

    def call(use: Use) -> None:
        async def inside() -> None:
            async with Talker.open(tmp_path) as talker:
                await talker.announce_papers(*range(1, 8))
                await talker.say("/help")
                await use(talker)

        asyncio.run(inside())

    return call


async def save(talker: Talker, *numbers: int, **where: Any) -> Reply:
    """Save papers by their numbers."""
    return await talker.say(f"/save {' '.join(f'9906.{number:05}' for number in numbers)}", **where)


def shown(reply: Reply) -> str:
    """Return what a reply says, its buttons and its file."""
    labels = [f"[{label}: {action}]" for label, action in buttons(reply).items()]
    file = f"{reply.file.name}:\n{reply.file.text}" if reply.file else ""
    return "\n".join([text(reply), *labels, file])


def test_a_session_of_a_reader(run: Callable[[Use], None], snapshot: SnapshotAssertion) -> None:
    """Each answer says what was done and what comes next, in both languages."""
    told: list[str] = []

    async def use(talker: Talker) -> None:
        async def say(words: str) -> None:
            told.append(f"> {words}\n{shown(await talker.say(words))}")

        async def press(action: str) -> None:
            told.append(f"> [{action}]\n{shown(await talker.press(action))}")

        talker.library.add(OLD)
        for language in ("en", "zh"):
            await say(f"/lang {language}")
            for words in ("/saved", "/export", "/export ris", "/export bibtex", "/save", "/save 2408.1672"):
                await say(words)
            await say("/save 9906.00001")
            await press("save 9906.00002")
            await say("/save 9906.00001 9906.00003 9906.00004 9906.00005 9906.00006")
            await say("/save cond-mat/9901001 9906.99999")
            await say("/saved")
            await press("kept 2")
            await press("unsaving 1")
            await press("unsave cond-mat/9901001 1")
            await say("/saved rivers 6")
            await say("/saved deserts")
            await say("/unsave 9906.00006")
            await say("/export bibtex part 5")
            await say("/export bibtex 9906.00001 9906.00007")
            for number in range(1, 6):
                await talker.say(f"/unsave 9906.0000{number}")

    run(use)
    assert "\n\n".join(told) == snapshot


def test_the_list_is_the_chats_own(run: Callable[[Use], None]) -> None:
    """A person has theirs; a group's is everybody's who writes there, apart from what they saved alone."""

    async def use(talker: Talker) -> None:
        await talker.join(GROUP)
        await save(talker, 1)
        await save(talker, 2, where=GROUP)
        await save(talker, 3, who=GUEST, where=GROUP)
        assert "Part 1" in text(await talker.say("/saved"))
        assert "Nothing" not in text(group := await talker.say("/saved", where=GROUP))
        assert "Part 2" in text(group)
        assert "Part 3" in text(group)
        assert "Part 1" not in text(group)
        assert "No paper is saved here" in text(await talker.say("/saved", who=GUEST))
        await talker.press("unsave 9906.00002", who=GUEST, where=GROUP)
        assert "1 saved paper" in text(await talker.say("/saved", where=GROUP))

    run(use)


def test_readers_of_a_channel_save_nothing_there(run: Callable[[Use], None]) -> None:
    """They can press buttons there, but its list is for its admins."""

    async def use(talker: Talker) -> None:
        await talker.join(CHANNEL)
        for action in ("save 9906.00001", "unsave 9906.00001", "unsaving 1"):
            assert text(await talker.press(action, who=GUEST, where=CHANNEL)).startswith("Only admins")
        talker.make_admin(GUEST, CHANNEL)
        assert "Saved: “A Study" in text(await talker.press("save 9906.00001", who=GUEST, where=CHANNEL))

    run(use)


def test_a_reply_saves_what_the_message_names(run: Callable[[Use], None]) -> None:
    """So a link that somebody else posted is saved by answering it."""

    async def use(talker: Talker) -> None:
        quoted = "look: https://arxiv.org/abs/9906.00004v1 and arXiv:9906.00005"
        assert "Part 4” and “A Study" in text(await talker.say("/save", quoted=quoted))
        reply = await talker.say("/export bibtex", quoted=quoted)
        assert reply.file
        assert reply.file.name == "papers.bib"
        assert "eprint = {9906.00004}" in reply.file.text
        assert "eprint = {9906.00005}" in reply.file.text

    run(use)


def test_a_press_is_answered_with_a_word(run: Callable[[Use], None]) -> None:
    """Who presses Save under a paper is told aside, in a toast where there are such: no button, few words."""

    async def use(talker: Talker) -> None:
        reply = await talker.press("save 9906.00001")
        assert reply.aside
        assert buttons(reply) == {}
        assert text(reply) == "Saved: “A Study of Rivers, Part 1”. /saved shows the list."
        assert "Saved before" in text(await talker.press("save 9906.00001"))

    run(use)


def test_a_list_has_an_end(run: Callable[[Use], None]) -> None:
    """A full one takes no more and says so; what is on it can still be saved again, and removed."""

    async def use(talker: Talker) -> None:
        chat = (await talker.chat()).number
        many = [PaperId(f"9907.{number:05}") for number in range(MOST_SAVED - 1)]
        await talker.store.write(lambda desk: desk.saved.add(chat, many, talker.clock.now()))
        assert "The list is full" in text(await save(talker, 1, 2))
        assert "Saved: “" in text(await save(talker, 1))
        assert "The list is full" in text(await save(talker, 2))
        assert "Saved before" in text(await save(talker, 1))
        await talker.say("/unsave 9907.00001")
        assert "Saved: “" in text(await save(talker, 2))

    run(use)


def test_an_export_is_one_file_of_all(run: Callable[[Use], None]) -> None:
    """In the order in which papers were saved, so that the keys of yesterday's file are today's too."""

    async def use(talker: Talker) -> None:
        for numbers in ((3,), (1, 2)):
            await save(talker, *numbers)
        reply = await talker.press("export bibtex")
        assert text(reply) == "3 saved papers as BibTeX."
        assert reply.file
        assert (reply.file.name, reply.file.language) == ("paperround-saved.bib", "bibtex")
        entries = parse_string(reply.file.text, "bibtex").entries
        assert {key: entry.fields["eprint"] for key, entry in entries.items()} == {
            "ash1999study": "9906.00003",
            "ash1999studya": "9906.00001",
            "ash1999studyb": "9906.00002",
        }

    run(use)


def test_one_paper_is_shown_too(run: Callable[[Use], None]) -> None:
    """Its entry can be copied from the chat, and its file has its id; very many authors are a file alone."""

    async def use(talker: Talker) -> None:
        crowd = paper(id=PaperId("9906.00009"), authors=tuple(f"Ada Number{n}" for n in range(400)))
        for each in (OLD, crowd):
            talker.library.add(each)
        for words, name, shown, said in (
            ("9906.00001", "arxiv-9906.00001.bib", True, ""),
            ("cond-mat/9901001", "arxiv-cond-mat-9901001.bib", True, ""),
            ("9906.00009", "arxiv-9906.00009.bib", False, "1 paper as BibTeX."),
            ("9906.00001 9906.00002", "papers.bib", False, "2 papers as BibTeX."),
        ):
            reply = await talker.say(f"/export bibtex {words}")
            assert reply.file
            assert (reply.file.name, reply.file.shown, text(reply)) == (name, shown, said)
        missing = await talker.say("/export bibtex 9906.00001 9906.99999")
        assert "9906.99999" in text(missing)

    run(use)


def test_every_page_is_reached_by_buttons(run: Callable[[Use], None]) -> None:
    """Whatever is looked for and however old the ids are, all actions fit a button and lead somewhere."""

    async def use(talker: Talker) -> None:
        chat = (await talker.chat()).number
        long = "sand " * 7 + "s"
        old = [paper(id=PaperId(f"cond-mat/99010{n:02}"), title=long, authors=("A",)) for n in range(1, 13)]
        await talker.database.write(lambda db: SqlitePapers(db).complete(old))

        def add(desk: Desk) -> None:
            desk.saved.add(chat, [each.id for each in old], talker.clock.now())

        await talker.store.write(add)
        reply, seen = await talker.say(f"/saved {long}"), 0
        assert f"“{long}”: 12 saved papers" in text(reply)
        for page in (1, 2, 3):
            actions = buttons(reply)
            assert all(len(action.encode()) <= ACTION_BYTES for action in actions.values())
            seen += sum(label.startswith("Read") for label in actions)
            removing = buttons(await talker.press(actions["Remove"]))
            assert all(len(action.encode()) <= ACTION_BYTES for action in removing.values())
            assert sum(label.startswith("Remove") for label in removing) == min(5, 12 - 5 * (page - 1))
            assert text(await talker.press(removing["Back"])) == text(reply)
            assert (await talker.press(actions["Export"])).file
            if page < 3:
                reply = await talker.press(actions["Next 5" if page == 1 else "Next 2"])
        assert seen == 12
        assert "too long" in text(await talker.say(f"/saved {long}and"))
        assert "11 to 12" in text(await talker.press("kept 999999"))
        assert "1 to 5" in text(await talker.press("kept 0"))

    run(use)


def test_deleting_a_chats_data_deletes_its_list(run: Callable[[Use], None]) -> None:
    """Which is said before; the privacy notice names it too."""

    async def use(talker: Talker) -> None:
        await save(talker, 1, 2)
        assert "papers saved there" in text(await talker.say("/privacy"))
        assert "2 saved papers" in text(await talker.say("/deletedata"))
        await talker.press("deletedata yes")
        assert "saved" not in await talker.rows()

    run(use)


def test_papers_that_are_told_can_be_saved(run: Callable[[Use], None]) -> None:
    """Under a summarized paper stand Save and BibTeX, under several one Save each; saving asks nobody."""

    async def use(talker: Talker) -> None:
        await talker.press("save 9906.00002")
        assert talker.library.asked == []
        actions = buttons(await talker.say("/summarize 9906.00001"))
        assert actions["Save"] == "save 9906.00001"
        assert actions["BibTeX"] == "export bibtex 9906.00001"
        entry = await talker.press(actions["BibTeX"])
        assert (text(entry), entry.file and entry.file.text[:19]) == ("", "@misc{ash1999study,")
        several = buttons(await talker.say("/summarize 9906.00001 9906.00002"))
        assert several["Save 2"] == "save 9906.00002"
        assert several["BibTeX"] == "export bibtex 9906.00001 9906.00002"

    run(use)
    many = [paper(id=PaperId(f"cond-mat/990100{n}")) for n in range(1, 6)]
    labels = [button.label for button in paper_buttons(many, phrases_for("en"))]
    assert labels == ["Save 1", "Save 2", "Save 3", "Save 4", "Save 5"]  # no button carries all five
