"""The listing feed, as arXiv recorded it and as it could come."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import SourceGarbledError, SourceRejectedError
from digest.model import Kind, PaperId
from digest.sources.arxiv.feed import merge, parse_feed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def feeds(shared_data: Path) -> Path:
    """The recorded feeds."""
    return shared_data / "arxiv_feeds"


def test_a_full_day_is_read_whole(feeds: Path) -> None:
    """Every item of a real day is read with its kind, version, authors and categories; none is left out."""
    listing, cut = parse_feed((feeds / "rss_stat_2024-03-26_full.xml").read_bytes(), ["stat"])
    kinds = Counter(str(announcement.kind) for announcement in listing.announcements)
    assert (listing.date, listing.problems, cut) == (date(2024, 3, 26), (), False)
    assert kinds == {"new": 35, "cross": 27, "replace": 41, "replace-cross": 20}
    first = listing.announcements[0].paper
    assert (first.id, first.version) == (PaperId("2403.15527"), 1)
    assert first.title == "Conformal online model aggregation"
    assert first.authors == ("Matteo Gasparin", "Aaditya Ramdas")
    assert first.categories == ("stat.ML", "cs.LG")
    assert first.abstract.startswith("Conformal prediction equips")
    assert max(announcement.paper.version for announcement in listing.announcements) > 1


def test_rss_and_atom_tell_the_same(feeds: Path) -> None:
    """The two formats of one feed give the same listing, whatever their order."""
    rss, _ = parse_feed((feeds / "generated_by_arxiv-feed_rss_stat_42items.xml").read_bytes(), ["stat"])
    atom, _ = parse_feed((feeds / "generated_by_arxiv-feed_atom_stat_42items.xml").read_bytes(), ["stat"])
    assert len(rss.announcements) == 42
    assert rss.date == atom.date == date(2024, 3, 26)
    assert {entry.paper.id: entry for entry in rss.announcements} == {
        entry.paper.id: entry for entry in atom.announcements
    }


@pytest.mark.parametrize("archive", ["cs.AI", "cs.CL", "cs.LG"])
def test_feeds_of_2026_are_read(feeds: Path, archive: str) -> None:
    """The newest recordings are read, dates included."""
    listing, _ = parse_feed((feeds / f"rss_{archive}_2026-04-27_trim3.xml").read_bytes(), [archive])
    assert listing.date == date(2026, 4, 27)
    assert len(listing.announcements) == 3
    assert all("  " not in name and name for entry in listing.announcements for name in entry.paper.authors)


def test_a_weekend_is_an_empty_listing(feeds: Path) -> None:
    """An empty feed of a Saturday is a listing of that day without announcements, not an error."""
    listing, cut = parse_feed((feeds / "rss_weekend_empty.xml").read_bytes(), ["cs.CL"])
    assert (listing.date, listing.announcements, cut) == (date(2026, 8, 1), (), False)


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_an_empty_feed_of_either_format_has_a_date(feeds: Path, form: str) -> None:
    """Both formats of an empty feed are read."""
    listing, _ = parse_feed(
        (feeds / f"generated_by_arxiv-feed_{form}_empty_weekend.xml").read_bytes(), ["stat"]
    )
    assert listing.announcements == ()


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_an_error_document_is_an_error(feeds: Path, form: str) -> None:
    """A feed that says that the archive doesn't exist is never taken for an empty day."""
    body = (feeds / f"generated_by_arxiv-feed_{form}_error_badcat.http400.xml").read_bytes()
    with pytest.raises(SourceRejectedError, match=r"Bad archive 'cs.XX'.*Check \[arxiv\] archives"):
        parse_feed(body, ["cs.XX"])


def feed(items: str, head: str = "<pubDate>Fri, 26 Jun 2026 00:00:00 -0400</pubDate>") -> bytes:
    """Write a feed around some items."""
    return (
        '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>cs updates on arXiv.org</title>{head}{items}</channel></rss>"
    ).encode()


def item(
    guid: str = "oai:arXiv.org:2606.00001v1", kind: str = "new", title: str = "T", creator: str = "A"
) -> str:
    """Write one item."""
    return (
        f"<item><title>{title}</title><guid>{guid}</guid><category>cs.CL</category>"
        f"<description>arXiv:2606.00001v1 Announce Type: new \nAbstract: X.</description>"
        f"<arxiv:announce_type>{kind}</arxiv:announce_type><dc:creator>{creator}</dc:creator></item>"
    )


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (item(guid="oai:arXiv.org:nonsense", title="Bad"), "isn't an arXiv ID"),
        (item(kind="surprise", title="Bad"), "“surprise” isn't a kind of announcement"),
        (item(title="", guid="oai:arXiv.org:2606.00002v1"), "it has no title"),
        (item(title="Bad").replace("<category>cs.CL</category>", ""), "it has no category"),
    ],
)
def test_a_bad_record_is_reported_and_the_rest_kept(bad: str, why: str) -> None:
    """One record that can't be read costs itself alone, and is told."""
    listing, _ = parse_feed(feed(bad + item(guid="oai:arXiv.org:2606.00003v2")), ["cs"])
    assert [(str(e.paper.id), e.paper.version) for e in listing.announcements] == [("2606.00003", 2)]
    assert len(listing.problems) == 1
    assert why in listing.problems[0]


@pytest.mark.parametrize(
    ("creator", "names"),
    [
        ("Ada Ash, Ben Birch", ("Ada Ash", "Ben Birch")),
        ("Ada Ash,  Deepti, Ben Birch", ("Ada Ash", "Deepti", "Ben Birch")),
        ("Sammy Davis, Jr., Ada Ash", ("Sammy Davis, Jr.", "Ada Ash")),
        ("Ada Ash, III, Ben Birch", ("Ada Ash, III", "Ben Birch")),
        ("", ()),
    ],
)
def test_authors_are_split_at_their_commas(creator: str, names: tuple[str, ...]) -> None:
    """A list of names becomes names, a "Jr." stays with its person."""
    listing, _ = parse_feed(feed(item(creator=creator)), ["cs"])
    assert listing.announcements[0].paper.authors == names


def test_the_date_is_the_one_that_is_written() -> None:
    """A winter feed that carries summer's offset is still of the day it writes."""
    listing, _ = parse_feed(feed("", "<pubDate>Tue, 24 Feb 2026 00:00:00 -0400</pubDate>"), ["cs"])
    assert listing.date == date(2026, 2, 24)


def test_a_feed_without_any_date_is_garbled() -> None:
    """A feed that doesn't say its day isn't guessed at."""
    with pytest.raises(SourceGarbledError, match="doesn't say its date"):
        parse_feed(feed(item(), head=""), ["cs"])


def test_a_paper_listed_twice_counts_once() -> None:
    """Of two announcements of one paper the one that says most stays, in one feed or in several."""
    cross, new = item(kind="cross"), item(kind="new")
    listing, _ = parse_feed(feed(cross + new), ["cs"])
    assert [entry.kind for entry in listing.announcements] == [Kind.NEW]
    parts = [parse_feed(feed(entry), [name])[0] for entry, name in ((new, "cs"), (cross, "math"))]
    merged = merge(parts, ["math", "cs"])
    assert [entry.kind for entry in merged.announcements] == [Kind.NEW]
    assert merged.archives == ("cs", "math")


def test_parts_of_two_dates_are_not_joined() -> None:
    """When the feed turns over between two parts, neither day is taken for whole."""
    later = "<pubDate>Mon, 29 Jun 2026 00:00:00 -0400</pubDate>"
    parts = [parse_feed(feed(item()), ["cs"])[0], parse_feed(feed(item(), later), ["math"])[0]]
    with pytest.raises(SourceGarbledError, match="changed while it was read"):
        merge(parts, ["cs", "math"])


def test_a_feed_of_2000_items_is_cut() -> None:
    """A feed at its largest size says that it is cut."""
    items = "".join(item(guid=f"oai:arXiv.org:2606.{number:05d}v1") for number in range(2000))
    listing, cut = parse_feed(feed(items), ["cs"])
    assert (len(listing.announcements), cut) == (2000, True)


@given(st.integers(min_value=0, max_value=700))
def test_a_cut_feed_is_never_a_shorter_day(length: int) -> None:
    """Whatever part of a feed arrives, it is the whole or an error."""
    whole = feed(item() + item(guid="oai:arXiv.org:2606.00002v1"))
    if length >= len(whole):
        return
    with pytest.raises(SourceGarbledError):
        parse_feed(whole[:length], ["cs"])


@given(st.binary(max_size=200))
def test_any_bytes_are_a_feed_or_a_clear_error(body: bytes) -> None:
    """Whatever comes, nothing but our errors is raised."""
    with pytest.raises(SourceGarbledError):
        parse_feed(body, ["cs"])


def test_entities_are_not_expanded() -> None:
    """A feed can't make us read files or blow up memory."""
    body = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + feed(item(title="&x;"))
    listing, _ = parse_feed(body, ["cs"])
    assert "root:" not in str(listing)
