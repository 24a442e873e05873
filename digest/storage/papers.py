"""Papers and announcements as rows: keeps them, finds them again. Every method belongs to one transaction."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from digest.model import Announcement, Kind, Paper, PaperId
from digest.ports import Harvested, Hit, Hits, Kept
from digest.storage.database import Lane
from digest.storage.paper_rows import COLUMNS, CONTENT, read_announcement, read_date, read_paper, write_paper
from digest.storage.search import find

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    import sqlite_utils

    from digest.model import Listing
    from digest.ports import Papers
    from digest.query import Query
    from digest.storage.database import Database

T = TypeVar("T")

# A paper's row is its newest version; at the same version the API's word beats the feed's, and an equal row
# isn't written again, so that reading a listing twice changes nothing.
_KEEP_PAPER = f"""
    INSERT INTO papers ({", ".join(COLUMNS)}) VALUES ({", ".join(f":{name}" for name in COLUMNS)})
    ON CONFLICT (id) DO UPDATE SET
        {", ".join(f"{name} = excluded.{name}" for name in CONTENT if name not in {"comment", "submitted"})},
        comment = CASE WHEN excluded.detailed THEN excluded.comment
                  ELSE coalesce(excluded.comment, papers.comment) END,
        submitted = coalesce(excluded.submitted, papers.submitted)
    WHERE excluded.version > papers.version
       OR (excluded.version = papers.version AND excluded.detailed >= papers.detailed
           AND ({", ".join(f"excluded.{name}" for name in CONTENT)})
               IS NOT ({", ".join(f"papers.{name}" for name in CONTENT)}))
"""  # noqa: S608 - every name is a constant above

# Two requests may tell a paper's kind differently (the archives of one see a new paper, the other's a
# cross-list); the kind that says more stays, and what a feed said beats what was inferred.
_KEEP_ANNOUNCEMENT = """
    INSERT INTO announcements (date, paper, kind, version, inferred)
    SELECT :date, number, :kind, :version, :inferred FROM papers WHERE id = :id
    ON CONFLICT (date, paper) DO UPDATE
        SET kind = excluded.kind, version = excluded.version, inferred = excluded.inferred
    WHERE instr(:ranking, excluded.kind || ' ') < instr(:ranking, announcements.kind || ' ')
       OR excluded.inferred < announcements.inferred
"""
# A listing gets the next serial when it comes, and again when it brings something that it hadn't before.
_KEEP_LISTING = """
    INSERT INTO listings (date, archive, inferred, harvested_at, serial)
    VALUES (:date, :archive, :inferred, :at, (SELECT coalesce(max(serial), 0) + 1 FROM listings))
    ON CONFLICT (date, archive) DO UPDATE SET
        inferred = excluded.inferred,
        harvested_at = excluded.harvested_at,
        serial = CASE WHEN :new THEN excluded.serial ELSE listings.serial END
"""
_RANKING = "".join(f"{kind} " for kind in Kind)


class SqlitePapers:
    """The `Papers` of one transaction."""

    def __init__(self, db: sqlite_utils.Database) -> None:
        self._db = db

    def keep(self, listing: Listing, at: datetime, *, detailed: bool = False) -> Kept:
        """Store the papers and announcements of a listing and note that its archives were read."""
        connection = self._db.conn
        before = connection.execute("SELECT count(*) FROM announcements").fetchone()[0]
        papers = [announcement.paper for announcement in listing.announcements]
        connection.executemany(_KEEP_PAPER, [write_paper(paper, detailed=detailed) for paper in papers])
        connection.executemany(
            _KEEP_ANNOUNCEMENT,
            [
                {
                    "date": announcement.date.isoformat(),
                    "id": announcement.paper.id.value,
                    "kind": announcement.kind.value,
                    "version": announcement.paper.version,
                    "inferred": announcement.inferred,
                    "ranking": _RANKING,
                }
                for announcement in listing.announcements
            ],
        )
        new = connection.execute("SELECT count(*) FROM announcements").fetchone()[0] - before
        connection.executemany(
            _KEEP_LISTING,
            [
                {
                    "date": listing.date.isoformat(),
                    "archive": archive,
                    "inferred": detailed,
                    "at": at.isoformat(timespec="seconds"),
                    "new": new,
                }
                for archive in listing.archives
            ],
        )
        return Kept(new=new, announced=len(listing.announcements))

    def complete(self, papers: Iterable[Paper]) -> None:
        """Store what the API says of papers."""
        self._db.conn.executemany(_KEEP_PAPER, [write_paper(paper, detailed=True) for paper in papers])

    def renew(self, ids: Collection[PaperId], known: int) -> None:
        """Give listings up to a serial that announced one of these papers a new serial."""
        self._db.conn.execute(
            """UPDATE listings SET serial = (SELECT max(serial) + 1 FROM listings)
               WHERE serial <= :known AND date IN (
                   SELECT date FROM announcements JOIN papers ON number = paper
                   WHERE id IN (SELECT value FROM json_each(:ids)))""",
            {"known": known, "ids": json.dumps([paper_id.value for paper_id in ids])},
        )

    def get(self, ids: Collection[PaperId], *, detailed: bool = False) -> Mapping[PaperId, Paper]:
        """Return the papers that are kept; without those that only the feed described, if so asked."""
        rows = self._db.query(
            "SELECT * FROM papers WHERE id IN (SELECT value FROM json_each(?)) AND detailed >= ?",
            [json.dumps([paper_id.value for paper_id in ids]), detailed],
        )
        return {paper.id: paper for paper in map(read_paper, rows)}

    def incomplete(self, since: date) -> tuple[PaperId, ...]:
        """Return the papers announced as new or cross-listed since a date that the API wasn't asked about."""
        rows = self._db.query(
            """SELECT DISTINCT papers.id FROM announcements JOIN papers ON papers.number = announcements.paper
               WHERE date >= ? AND kind IN ('new', 'cross') AND NOT detailed ORDER BY papers.id""",
            [since.isoformat()],
        )
        return tuple(PaperId(row["id"]) for row in rows)

    def listed(self, archive: str) -> frozenset[date]:
        """Return the dates on which this archive's announcements were read."""
        rows = self._db.table("listings").rows_where("archive = ?", [archive], select="date")
        return frozenset(date.fromisoformat(row["date"]) for row in rows)

    def dates(self, last: int | None = None) -> tuple[date, ...]:
        """Return the dates that were read, oldest first: all, or so many of the last."""
        # In one row, because other threads may get their turn after each.
        (found,) = self._db.conn.execute(
            """SELECT json_group_array(date)
               FROM (SELECT DISTINCT date FROM listings ORDER BY date DESC LIMIT ?)""",
            [-1 if last is None else last],
        ).fetchone()
        return tuple(sorted(map(date.fromisoformat, json.loads(found))))

    def listed_since(self, serial: int) -> tuple[Harvested, ...]:
        """Return what came after this listing, in the order in which it came."""
        came: list[Harvested] = []
        for row in self._db.query(
            """SELECT serial, group_concat(DISTINCT date) AS dates FROM listings
               WHERE serial > ? GROUP BY serial ORDER BY serial""",
            [serial],
        ):
            dates = tuple(sorted(map(date.fromisoformat, row["dates"].split(","))))
            if came and came[-1].dates == dates:
                came.pop()  # each archive of a date has a serial
            came.append(Harvested(dates, row["serial"]))
        return tuple(came)

    def last_read(self) -> tuple[date, datetime] | None:
        """Return the newest date that was read, and when it was read last."""
        found = self._db.conn.execute(
            "SELECT date, max(harvested_at) FROM listings WHERE date = (SELECT max(date) FROM listings)"
        ).fetchone()
        return None if found[0] is None else (date.fromisoformat(found[0]), datetime.fromisoformat(found[1]))

    def newest(self) -> int:
        """Return the newest serial."""
        return int(self._db.conn.execute("SELECT coalesce(max(serial), 0) FROM listings").fetchone()[0])

    def unannounced(self, ids: Collection[PaperId]) -> frozenset[PaperId]:
        """Return those of the ids that no announcement names."""
        rows = self._db.query(
            """SELECT value FROM json_each(?)
               EXCEPT SELECT papers.id FROM papers JOIN announcements ON paper = number""",
            [json.dumps([paper_id.value for paper_id in ids])],
        )
        return frozenset(PaperId(row["value"]) for row in rows)

    def announced(self, days: Sequence[date], kinds: Collection[Kind]) -> tuple[Announcement, ...]:
        """Return what was announced on these dates as one of these kinds, by date and id."""
        rows = self._db.query(
            """SELECT papers.*, date, kind, inferred
               FROM announcements JOIN papers ON papers.number = announcements.paper
               WHERE date IN (SELECT value FROM json_each(?)) AND kind IN (SELECT value FROM json_each(?))
               ORDER BY date, papers.id""",
            [json.dumps([day.isoformat() for day in days]), json.dumps(list(kinds))],
        )
        return tuple(map(read_announcement, rows))

    def search(self, query: Query, offset: int, limit: int) -> Hits:
        """Return what a query finds, the best and of equally good papers the newer first."""
        count, numbers = find(self._db, query, offset, limit)
        rows = self._db.query(
            """SELECT papers.*, (SELECT min(date) FROM announcements WHERE paper = number) AS date
               FROM json_each(?) AS found JOIN papers ON papers.number = found.value ORDER BY found.key""",
            [json.dumps(numbers)],
        )
        return Hits(count, tuple(Hit(read_paper(row), read_date(row["date"])) for row in rows))

    def is_read(self, archives: Collection[str]) -> bool:
        """Return whether a listing of one of these archives was ever read."""
        (found,) = self._db.conn.execute(
            "SELECT EXISTS (SELECT 1 FROM listings WHERE archive IN (SELECT value FROM json_each(?)))",
            [json.dumps(list(archives))],
        ).fetchone()
        return bool(found)

    def harvested(self, day: date) -> datetime | None:
        """Return when a date's listings were read, the last of them."""
        (at,) = self._db.conn.execute(
            "SELECT max(harvested_at) FROM listings WHERE date = ?", [day.isoformat()]
        ).fetchone()
        return datetime.fromisoformat(at) if at else None

    def history(self, paper: PaperId) -> tuple[Announcement, ...]:
        """Return when and how a paper was announced, oldest first."""
        rows = self._db.query(
            """SELECT papers.*, date, kind, inferred FROM papers JOIN announcements ON paper = number
               WHERE papers.id = ? ORDER BY date""",
            [paper.value],
        )
        return tuple(map(read_announcement, rows))


class SqlitePaperStore:
    """The `PaperStore` over a database.

    Args:
        database: with the migrations of papers applied.
        lane: whose reads these are.
    """

    def __init__(self, database: Database, lane: Lane = Lane.WORK) -> None:
        self._database = database
        self._lane = lane

    async def read(self, fn: Callable[[Papers], T]) -> T:
        """Run `fn` on one snapshot."""
        return await self._database.read(lambda db: fn(SqlitePapers(db)), self._lane)

    async def write(self, fn: Callable[[Papers], T]) -> T:
        """Run `fn` as one transaction."""
        return await self._database.write(lambda db: fn(SqlitePapers(db)))
