"""A harvest that is killed, at fifty points."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from typing import TYPE_CHECKING

from tests.papers import DAY, announced
from tests.servers.arxiv import serve_arxiv
from tests.servers.desk import harvest
from tests.servers.forks import forks

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess
    from pathlib import Path

PAPERS = 255  # a few more than are asked for and kept at once
POINTS = 50


def detailed(path: Path) -> int:
    """Count the papers that the API described."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        count: int = db.execute("SELECT count(*) FROM papers WHERE detailed").fetchone()[0]
        return count


def look_whole(path: Path) -> None:
    """See that a database is sound and holds a listing whole or not at all."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
        if "announcements" in tables:
            (count,) = db.execute("SELECT count(*) FROM announcements").fetchone()
            (read,) = db.execute("SELECT count(*) FROM listings").fetchone()
            assert (count, read) in {(0, 0), (PAPERS, 1)}
        if "papers_fts" in tables:
            db.execute("INSERT INTO papers_fts (papers_fts, rank) VALUES ('integrity-check', 1)")


def test_a_killed_harvest_leaves_a_whole_database_that_the_next_one_completes(tmp_path: Path) -> None:
    """The file opens sound, a listing is there whole or not at all, and a rerun completes it."""
    with serve_arxiv() as arxiv:
        arxiv.announce(DAY, [announced(number, comment="x") for number in range(PAPERS)])

        def start(path: Path) -> BaseProcess:
            process = forks().Process(target=harvest, args=(path, arxiv.url))
            process.start()
            return process

        start(tmp_path / "warm.db").join()  # the fork server imports everything once
        begin = time.monotonic()
        start(tmp_path / "whole.db").join()
        whole = time.monotonic() - begin
        killed = 0
        for point in range(POINTS):
            path = tmp_path / f"{point}.db"
            process = start(path)
            begin = time.monotonic()
            process.join(whole * point / POINTS)
            if process.exitcode == 0:  # a machine that was busy at first is quicker now
                whole = min(whole, time.monotonic() - begin)
            process.kill()
            process.join()
            killed += process.exitcode != 0
            look_whole(path)
            harvest(path, arxiv.url)
            look_whole(path)
            assert detailed(path) == PAPERS
        assert killed > POINTS // 2
