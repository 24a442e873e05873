"""What was read stays on disk, whole, for its time and within its size."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from digest.errors import StorageError
from digest.fulltext import Form, FullPaper, Miss, Passage, Picture, Shortfall, Table
from digest.model import PaperId
from digest.sources.fulltext.shelf import Shelf
from tests.papers import paper

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86_400.0
READING = FullPaper(
    form=Form.PDF,
    title="Lamps",
    passages=(Passage("2.1", "Data", 2, ("One.", "Two.")),),
    front=("Ada Ash", "University of Example"),
    figures=(Picture("Figure 1", "A lamp.", ("figure-1.png",), 3),),
    tables=(Table("Table 1", "Lamps.", (("a", "b"), ("1", "2")), 4),),
    references=("[1] Somebody.",),
    affiliation="University of Example",
    code=("https://github.com/example/lamps",),
    pages=120,
    pages_read=100,
    misses=(Miss(Form.HTML, Shortfall.MISSING),),
)


class Now:
    """A clock that a test sets, in seconds since the epoch."""

    def __init__(self) -> None:
        self.at = 2_000_000_000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.at


@pytest.fixture
def now() -> Now:
    """Make the clock; it shows a day in 2033."""
    return Now()


@pytest.fixture
def shelf(tmp_path: Path, now: Now) -> Shelf:
    """Make a shelf of 10 kB for 30 days."""
    return Shelf(tmp_path / "shelf", 10_000, 30 * DAY, now)


def put(shelf: Shelf, number: int, reading: FullPaper = READING, size: int = 10) -> None:
    """Read a paper, with a picture of some bytes."""
    with shelf.desk() as desk:
        (desk / "figure-1.png").write_bytes(b"x" * size)
        shelf.keep(paper(number), reading, desk)


def test_returns_what_was_kept(shelf: Shelf) -> None:
    """A reading comes back as it was, with its pictures; nothing else is left in the folder."""
    put(shelf, 1)
    assert shelf.find(paper(1)) == READING
    assert shelf.picture(paper(1), "figure-1.png") == b"x" * 10
    assert len(list(shelf.folder.iterdir())) == 1


def test_another_version_is_another_paper(shelf: Shelf) -> None:
    """The second version isn't answered with the first; an old id's slash makes no folder."""
    put(shelf, 1)
    assert shelf.find(paper(1, version=2)) is None
    old = paper(id=PaperId("math/0306266"))
    with shelf.desk() as desk:
        shelf.keep(old, READING, desk)
    assert shelf.find(old) is not None


def test_what_is_too_old_is_read_again(shelf: Shelf, now: Now) -> None:
    """After its lifetime a reading counts no more, and goes when the next one comes."""
    put(shelf, 1)
    now.at += 31 * DAY
    assert shelf.find(paper(1)) is None
    put(shelf, 2)
    assert [place.name[:10] for place in shelf.folder.iterdir()] == ["9906.00002"]


def test_an_abstract_is_asked_again_the_next_day(shelf: Shelf, now: Now) -> None:
    """A paper that had neither HTML nor PDF may have them tomorrow."""
    nothing = FullPaper(form=Form.ABSTRACT, title="", passages=())
    put(shelf, 1, nothing)
    now.at += 0.9 * DAY
    assert shelf.find(paper(1)) == nothing
    now.at += 0.2 * DAY
    assert shelf.find(paper(1)) is None


def test_the_oldest_make_room(shelf: Shelf, now: Now) -> None:
    """The folder doesn't grow beyond its size, and what was just read is never what goes."""
    for number in (1, 2, 3, 4):
        now.at += 60
        put(shelf, number, size=4000)
    assert {place.name[:10] for place in shelf.folder.iterdir()} == {"9906.00003", "9906.00004"}
    put(shelf, 5, size=20_000)
    assert {place.name[:10] for place in shelf.folder.iterdir()} == {"9906.00005"}


def test_a_damaged_reading_is_read_again(shelf: Shelf) -> None:
    """A file that a crash cut is no reading."""
    put(shelf, 1)
    (file,) = shelf.folder.glob("*/paper.json")
    file.write_bytes(file.read_bytes()[:40])
    os.utime(file, (2_000_000_000.0, 2_000_000_000.0))
    assert shelf.find(paper(1)) is None


def test_nothing_half_read_remains(shelf: Shelf) -> None:
    """What was written on the desk and not kept is gone."""
    with shelf.desk() as desk:
        (desk / "figure-1.png").write_bytes(b"x")
    assert list(shelf.folder.iterdir()) == []


def test_a_name_from_outside_reaches_no_other_file(shelf: Shelf) -> None:
    """The address of a picture can't name a file elsewhere."""
    put(shelf, 1)
    (shelf.folder.parent / "secret").write_bytes(b"secret")
    for name in ("../../secret", "/etc/passwd", "..", "a\\b"):
        assert shelf.picture(paper(1), name) is None


def test_a_folder_that_cant_be_made_is_said(tmp_path: Path) -> None:
    """A file where the folder should be is one of our errors."""
    (tmp_path / "shelf").write_text("a file")
    with pytest.raises(StorageError), Shelf(tmp_path / "shelf", 1000, DAY, Now()).desk():
        pass
