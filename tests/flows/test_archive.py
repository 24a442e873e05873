"""The archive has each day's posts once, leaves what people do to it alone, and holds nothing up."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser
import pytest
from lxml import etree, html

from bot.app import MIGRATIONS, make_editor, make_store
from bot.archive import Archive, ArchiveJob
from bot.cli import MISUSED, main
from bot.folder import Folder
from bot.post_writing import Writing
from bot.storage.posts import SqlitePosts
from digest.annotator import Annotator
from digest.briefs import Briefs
from digest.errors import SourceUnreachableError, StorageFullError
from digest.model import Listing, Topic
from digest.summaries.extract import ExtractiveSummarizer
from tests.papers import announced
from tests.servers.new_database import open_database
from tests.servers.readings import PNG, Readings, notebook
from tests.servers.telegram_life import Life

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.trouble import Trouble
    from digest.posts import Post
    from digest.storage.database import Database

MONDAY = date(2026, 6, 22)
TOPICS = {
    "tides": Topic("tides", "Tide pools", "all:tide"),
    "eels": Topic("eels", "Eels", "all:eel"),
}
ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass
class Library:
    """An archive in a folder, over a database whose days a test announces."""

    archive: Archive
    database: Database
    readings: Readings
    now: datetime = datetime(2026, 6, 22, 5, tzinfo=UTC)
    told: list[Trouble] = field(default_factory=list)
    news: set[date] = field(default_factory=set)

    @classmethod
    @contextlib.asynccontextmanager
    async def open(cls, path: Path, **changes: object) -> AsyncIterator[Library]:
        """Make one of two topics, with notes."""
        database = await open_database(path / "paperround.db", MIGRATIONS)
        readings = Readings()
        briefs = Briefs(ExtractiveSummarizer(), 2)
        archive = Archive(
            folder=Folder(path / "posts"),
            writing=Writing("en", "UTC", str(changes.pop("url", "")), pages=bool(changes.pop("pages", True))),
            posts=SqlitePosts(database),
            papers=make_store(database),
            editor=make_editor(database, briefs),
            annotator=Annotator(notebook(readings)),
            topics={
                "tides": Topic("tides", "Tide pools", "all:tide"),
                "eels": Topic("eels", "Eels", "all:eel"),
            },
            archives=("cs",),
            limit=7,
            now=lambda: library.now,
        )
        library = cls(archive, database, readings)
        try:
            yield library
        finally:
            await database.close()

    async def announce(self, day: date) -> None:
        """Let a day's listing come in, with a paper about tides."""
        text = "A tide rises. We ask why."
        one = announced(day.day, title=f"Tide {day.day} & <b>Co</b>", abstract=text)
        papers = (replace(one, date=day),)
        listing = Listing(day, ("cs",), papers)
        await make_store(self.database).write(lambda kept: kept.keep(listing, self.now, detailed=True))

    def job(self) -> ArchiveJob:
        """Make what `run` runs."""

        async def is_news(_: Trouble) -> bool:
            fresh = self.now.date() not in self.news
            self.news.add(self.now.date())
            return fresh

        return ArchiveJob(self.archive, is_news, self.told.append, lambda: self.now)

    @property
    def files(self) -> dict[str, bytes]:
        """What lies in the folder."""
        path = self.archive.folder.path
        return {
            str(file.relative_to(path)): file.read_bytes()
            for file in sorted(path.rglob("*"))
            if file.is_file()
        }


def days(count: int) -> list[date]:
    """Return so many days from Monday on."""
    return [MONDAY + timedelta(days=number) for number in range(count)]


def test_a_day_has_its_posts_once(tmp_path: Path) -> None:
    """A post a topic with the figures beside it, page, index and feed; the next look writes nothing."""

    async def live() -> None:
        async with Library.open(tmp_path) as library:
            assert await library.archive.write() == ()
            assert not (tmp_path / "posts").exists()
            await library.announce(MONDAY)
            assert await library.archive.write() == ("2026-06-22-tides", "2026-06-22-eels")
            before = library.files
            figure = "2026-06-22-tides-figures/9906.00022-1.png"
            assert {*before} == {
                *(f"2026-06-22-{topic}.{form}" for topic in ("tides", "eels") for form in ("md", "html")),
                *("atom.xml", "index.html", figure),
            }
            assert before[figure] == PNG
            assert f'cover: "{figure}"'.encode() in before["2026-06-22-tides.md"]
            assert f"]({figure})".encode() in before["2026-06-22-tides.md"]
            assert f'<img src="{figure}" alt="Figure 1'.encode() in before["2026-06-22-tides.html"]
            assert await library.archive.write() == ()
            assert library.files == before

    asyncio.run(live())


def test_what_people_did_to_it_stays(tmp_path: Path) -> None:
    """An edited post, a deleted one and somebody's own index are as they were left, also after a restart."""

    async def first() -> None:
        async with Library.open(tmp_path) as library:
            await library.announce(MONDAY)
            await library.archive.write()

    async def second() -> None:
        async with Library.open(tmp_path) as library:
            await library.announce(days(2)[1])
            assert await library.archive.write() == ("2026-06-23-tides", "2026-06-23-eels")
            files = library.files
            assert files["2026-06-22-tides.md"] == b"mine"
            assert "2026-06-22-eels.md" not in files
            assert files["index.html"] == b"my own front page"
            assert b"2026-06-23-tides.html" in files["atom.xml"]

    asyncio.run(first())
    posts = tmp_path / "posts"
    (posts / "2026-06-22-tides.md").write_text("mine")
    (posts / "2026-06-22-eels.md").unlink()
    (posts / "index.html").write_text("my own front page")
    asyncio.run(second())


def test_missed_days_are_made_up_for(tmp_path: Path) -> None:
    """It begins with the newest day; then each day has its post, also one filled in late."""

    async def live() -> None:
        async with Library.open(tmp_path) as library:
            first, second, third, fourth = days(4)
            await library.announce(first)
            await library.announce(second)
            assert [name[:10] for name in await library.archive.write()] == [str(second)] * 2
            await library.announce(fourth)
            await library.archive.write()
            await library.announce(third)
            assert await library.archive.write() == (f"{third}-tides", f"{third}-eels")
            assert f"{first}-tides.md" not in library.files

    asyncio.run(live())


def test_a_crash_between_file_and_note_costs_nothing(tmp_path: Path) -> None:
    """A post that was written but not noted stays as it is, is noted, and stands in the feed."""

    async def live() -> None:
        async with Library.open(tmp_path) as library:
            await library.announce(MONDAY)
            (tmp_path / "posts").mkdir()
            (tmp_path / "posts" / "2026-06-22-tides.md").write_text("edited meanwhile")
            (tmp_path / "posts" / ".unfinished-abc").write_text("half")
            await library.archive.write()
            assert library.files["2026-06-22-tides.md"] == b"edited meanwhile"
            assert ".unfinished-abc" not in library.files
            assert b"2026-06-22-tides.html" in library.files["atom.xml"]

    asyncio.run(live())


def test_a_post_waits_for_papers_but_not_for_ever(tmp_path: Path) -> None:
    """While arXiv doesn't give papers out there's no post; after six hours it comes without their notes."""

    async def live() -> None:
        async with Library.open(tmp_path) as library:
            library.readings.error = SourceUnreachableError("no connection")
            await library.announce(MONDAY)
            assert await library.archive.write() == ("2026-06-22-eels",)
            library.now += timedelta(hours=5)
            assert await library.archive.write() == ()
            library.now += timedelta(hours=1)
            assert await library.archive.write() == ("2026-06-22-tides",)
            assert (
                b"No notes: the paper couldn't be fetched from arXiv." in library.files["2026-06-22-tides.md"]
            )

    asyncio.run(live())


def test_trouble_is_told_once_a_day_and_passes(tmp_path: Path) -> None:
    """A folder that can't be there is told once; it's tried every ten minutes, and then all is written."""

    async def live() -> None:
        async with Library.open(tmp_path) as library:
            job = library.job()
            await library.announce(MONDAY)
            (tmp_path / "posts").write_text("a file where the folder should be")
            for _ in range(30):
                await job.run()
                library.now += timedelta(minutes=1)
            (trouble,) = library.told
            assert trouble.why.startswith(f"{tmp_path / 'posts'} can't be written: ")
            assert trouble.why.endswith("Change [archive] path.")
            (tmp_path / "posts").unlink()
            library.now += timedelta(minutes=10)
            await job.run()
            assert "2026-06-22-tides.md" in library.files

    asyncio.run(live())


class FullDisk(Folder):
    """A folder on a disk that is full."""

    def _put(self, file: Path, body: bytes) -> None:
        assert len(body)
        assert file.parent.is_dir()
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_nothing_half(tmp_path: Path) -> None:
    """It's an error that says what to do; no file is there in part, and nothing is noted."""

    async def live() -> None:
        async with Library.open(tmp_path) as library:
            await library.announce(MONDAY)
            library.archive.folder = FullDisk(tmp_path / "posts")
            with pytest.raises(StorageFullError, match=r"no space left in .*posts"):
                await library.archive.write()
            assert library.files == {}
            library.archive.folder = Folder(tmp_path / "posts")
            assert len(await library.archive.write()) == 2

    asyncio.run(live())


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes]:
    """What the folder holds after three days."""

    async def live() -> dict[str, bytes]:
        async with Library.open(tmp_path) as library:
            for day in days(3):
                await library.announce(day)
                await library.archive.write()
                library.now += timedelta(days=1)
            return library.files

    return asyncio.run(live())


def test_readers_understand_the_feed(files: dict[str, bytes]) -> None:
    """Title, links, times and content come out of feedparser, newest first, no paper's markup alive."""
    feed = feedparser.parse(files["atom.xml"])
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == "Digests of arXiv"
    assert [entry.link for entry in feed.entries[:2]] == ["2026-06-24-tides.html", "2026-06-24-eels.html"]
    assert feed.entries[0].title == "Tide pools, Wed 24 June 2026"
    assert feed.entries[0].updated == "2026-06-24T05:00:00Z"
    assert feed.entries[0].tags[0].term == "tides"
    assert "Tide 24 &amp; &lt;b&gt;Co&lt;/b&gt;" in feed.entries[0].content[0].value
    assert len({entry.id for entry in feed.entries}) == 6
    assert all(entry.id.startswith("urn:uuid:") for entry in feed.entries)


class ForgetfulPosts(SqlitePosts):
    """What was written, to a database that breaks before anything is noted."""

    async def keep(self, post: Post, shown: int) -> None:
        """Fail.

        Raises:
            StorageFullError: always.
        """
        raise StorageFullError(f"There's no space left for {post.name} of {shown}.")


@pytest.mark.parametrize("lost", [False, True])
def test_a_day_that_is_noted_again_is_no_news(tmp_path: Path, *, lost: bool) -> None:
    """Its id and its times in the feed are what they were, after a crash and with another database.

    Feed readers would show it a second time. Without a database, the archive's URL tells which it is.
    """

    def entries(library: Library) -> list[tuple[str, str, str]]:
        feed = feedparser.parse(library.files["atom.xml"])
        return [(feed.feed.id, entry.id, entry.updated) for entry in feed.entries]

    async def first() -> list[tuple[str, str, str]]:
        async with Library.open(tmp_path, url="https://ada.example/papers/") as library:
            await library.announce(MONDAY)
            if not lost:
                await library.archive.write()
                await library.announce(days(2)[1])
                library.archive.posts = ForgetfulPosts(library.database)
                library.now += timedelta(days=1)
                with pytest.raises(StorageFullError):
                    await library.archive.write()
            else:
                await library.archive.write()
            return entries(library)

    async def second() -> list[tuple[str, str, str]]:
        async with Library.open(tmp_path, url="https://ada.example/papers/") as library:
            library.now += timedelta(days=2)
            if lost:
                await library.announce(MONDAY)
            await library.archive.write()
            return entries(library)

    before = asyncio.run(first())
    for file in (tmp_path / "posts").glob("*.md"):
        written = 1_782_104_400 + 86_400 * (
            not lost and "06-23" in file.name
        )  # as the clock of this test has it
        os.utime(file, (written, written))
    if lost:
        (tmp_path / "paperround.db").unlink()
    after = asyncio.run(second())
    assert set(before) <= set(after)
    assert len({identity for _, identity, _ in after}) == len(after) == (2 if lost else 4)


SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


def test_the_feed_is_valid(tmp_path: Path, files: dict[str, bytes]) -> None:
    """By the schema of RFC 4287, appendix B, at a URL and without one; one that isn't is found out."""

    async def live() -> bytes:
        async with Library.open(tmp_path / "web", url="https://ada.example/papers/") as library:
            await library.announce(MONDAY)
            await library.archive.write()
            return library.files["atom.xml"]

    (tmp_path / "web").mkdir()
    for feed in (files["atom.xml"], asyncio.run(live())):
        SCHEMA.assertValid(etree.fromstring(feed))
        for good, bad in (
            (b"<id>urn:uuid:", b"<id>no name:"),
            (b"<updated>2026-06-2", b"<updated>on 2026-06-2"),
            (b"<generator>", b"<maker>"),
            (b'rel="self"', b'relation="self"'),
        ):
            assert good in feed
            spoilt = feed.replace(good, bad).replace(
                b"</generator>", b"</maker>" if b"maker" in bad else b"</generator>"
            )
            assert not SCHEMA.validate(etree.fromstring(spoilt)), bad


def test_the_feed_has_what_the_standard_asks_for(files: dict[str, bytes]) -> None:
    """By RFC 4287, 4.1.1 and 4.1.2: one id, title and updated each, an author, self and alternate links."""
    feed = etree.fromstring(files["atom.xml"])
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        assert [len(element.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert len(element.findall(f"{ATOM}link[@rel='alternate']")) == 1
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "").tzinfo
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "paperround"
    assert len(feed.findall(f"{ATOM}link[@rel='self']")) == 1
    assert {content.get("type") for content in feed.iter(f"{ATOM}content")} == {"html"}


def test_the_index_leads_to_every_post(files: dict[str, bytes]) -> None:
    """By day, the newest first; each link is a file that's there."""
    page = html.fromstring(files["index.html"])
    (main_part,) = page.iter("main")
    links = [str(link.get("href")) for link in main_part.iter("a")]
    assert links == [f"{day}-{topic}.html" for day in reversed(days(3)) for topic in ("tides", "eels")]
    assert [link for link in links if link not in files] == []
    assert [link.get("href") for link in page.iter("link")] == ["atom.xml"]


def test_a_blog_gets_posts_alone(tmp_path: Path) -> None:
    """Without pages there's Markdown and figures, and nothing that a blog would take for a post."""

    async def live() -> None:
        async with Library.open(tmp_path, pages=False) as library:
            await library.announce(MONDAY)
            await library.archive.write()
            assert {name.rpartition(".")[2] for name in library.files} == {"md", "png"}

    asyncio.run(live())


def test_run_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`paperround run` writes the newest day's posts by itself."""

    async def live() -> None:
        monkeypatch.setattr("bot.app.ARXIV_PAUSE", 0.05)
        posts = tmp_path / "posts"
        settings = {"PAPERROUND_ARCHIVE__PATH": str(posts), "PAPERROUND_ARCHIVE__TOPICS": "speech"}
        async with Life.open(tmp_path, **settings) as life, life.running():
            await life.until((posts / "atom.xml").is_file)
        assert sorted(file.name for file in posts.iterdir()) == [
            "2026-06-25-speech.html",
            "2026-06-25-speech.md",
            "atom.xml",
            "index.html",
        ]

    asyncio.run(live())


def test_the_command_line_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`paperround archive` says what it wrote, that nothing is missing, or what is to be set."""
    mine = tmp_path / "mine.toml"
    mine.write_text("")
    assert main(["archive", "--config", str(mine)]) == MISUSED
    assert "Name a folder for it in [archive] path." in capsys.readouterr().err
    mine.write_text('[archive]\npath = "posts"\ntopics = ["speech"]\nnotes = false\n')

    async def listed() -> None:
        database = await open_database(tmp_path / "paperround.db", MIGRATIONS)
        listing = Listing(MONDAY, ("cs",), ())
        now = datetime(2026, 6, 22, 5, tzinfo=UTC)
        await make_store(database).write(lambda kept: kept.keep(listing, now, detailed=True))
        await database.close()

    asyncio.run(listed())
    assert main(["archive", "--config", str(mine)]) == 0
    assert capsys.readouterr().out == "Wrote 2026-06-22-speech.\n"
    assert main(["archive", "--config", str(mine)]) == 0
    assert capsys.readouterr().out == "Nothing is missing.\n"
    mine.write_text('[archive]\npath = "posts"\ntopics = ["speach"]\n')
    assert main(["archive", "--config", str(mine)]) == MISUSED
    assert '[archive] topics names "speach", which is no topic' in capsys.readouterr().err
