"""What the command line accepts. Imports nothing heavy: ``--version`` and ``--help`` answer at once."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path

from digest import __version__


def parser() -> argparse.ArgumentParser:
    """Make the parser of the whole command line."""
    root = argparse.ArgumentParser(
        prog="paperround",
        description="Reads arXiv every morning and delivers a short, faithful digest.",
        epilog="Start with: paperround demo",
    )
    root.add_argument("--version", action="version", version=f"paperround {__version__}")
    commands = root.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, summary: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=summary, description=summary)
        sub.add_argument(
            "--config", type=Path, metavar="FILE", help="settings (default: ./config.toml if there is one)"
        )
        sub.add_argument("--debug", action="store_true", help="log everything and show tracebacks")
        return sub

    demo = command("demo", "Show today's digest of two sample topics, without a key or a database.")
    demo.add_argument(
        "--page",
        type=Path,
        default=Path("paperround-demo.html"),
        metavar="FILE",
        help="where to write the page",
    )

    harvest = command("harvest", "Read what arXiv announced and keep it.")
    harvest.add_argument(
        "--days",
        type=_count,
        default=0,
        metavar="N",
        help="backfill until the last N announcement days are there",
    )

    digest = command("digest", "Write the digest of a topic from what was harvested.")
    digest.add_argument(
        "topic",
        type=_text,
        metavar="TOPIC",
        help="a topic's name in config.toml, or a query such as 'ti:\"talking head\"'",
    )
    digest.add_argument(
        "--date", type=date.fromisoformat, metavar="DATE", help="an announcement date (default: the newest)"
    )
    digest.add_argument(
        "--days", type=_count, default=1, metavar="N", help="the last N announcement dates in one digest"
    )
    digest.add_argument(
        "--limit", type=_count, metavar="N", help="the most papers (default: [digest] papers)"
    )
    digest.add_argument("--language", metavar="L", help="en or zh (default: [digest] language)")
    digest.add_argument(
        "--format",
        choices=("terminal", "markdown", "html", "json"),
        default="terminal",
        help="default: terminal",
    )
    digest.add_argument(
        "--notes",
        action="store_true",
        help="read the papers whole and add their notes, with -o their figures too",
    )
    digest.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to a file")

    command("archive", "Write the posts that the archive still lacks, as a run does each day.")

    summarize = command("summarize", "Read papers and take notes of them, whole or in brief.")
    summarize.add_argument(
        "ids",
        type=_text,
        nargs="+",
        metavar="ID",
        help="an arXiv ID such as 2408.16725, or a link to a paper",
    )
    summarize.add_argument("--language", metavar="L", help="en or zh (default: [digest] language)")
    summarize.add_argument(
        "--brief", action="store_true", help="a sentence and takeaways alone; no file of a paper is fetched"
    )
    summarize.add_argument(
        "--explain",
        action="store_true",
        help="say which model wrote what, what the check found, and what became of it",
    )

    ask = command("ask", "Ask a question about a paper; it alone answers, with the sentences that say it.")
    ask.add_argument(
        "id", type=_text, metavar="ID", help="an arXiv ID such as 2408.16725, or a link to a paper"
    )
    ask.add_argument("question", type=_text, nargs="+", metavar="QUESTION", help="in your words")
    ask.add_argument("--language", metavar="L", help="en or zh (default: [digest] language)")

    costs = command("costs", "Show what was asked of models day by day, and what that cost.")
    costs.add_argument("--days", type=_count, default=7, metavar="N", help="the last N days (default: 7)")

    command("topics", "List the topics of config.toml with last week's counts.")

    command("run", "Serve: harvest each morning and deliver digests until stopped.")

    command("chat", "Talk to the bot in the terminal, also beside a run, or through a pipe.")

    command("health", "Say whether paperround runs and is alive; the status is 0 if so, else 1.")

    init = command("init", "Write a config.toml to begin with.")
    init.add_argument("file", type=Path, nargs="?", default=Path("config.toml"), metavar="FILE")

    command("check", "See whether everything is in place, and say what to do where it isn't.")

    backup = command("backup", "Copy the database to a file, also while paperround runs.")
    backup.add_argument("file", type=Path, metavar="FILE")

    restore = command("restore", "Put a backup in the database's place; the old one is kept beside it.")
    restore.add_argument("file", type=Path, metavar="FILE")
    return root


def _text(text: str) -> str:
    """Read an argument as UTF-8, which a terminal sends whatever the locale says."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _count(text: str) -> int:
    if re.fullmatch(r"[1-9][0-9]{0,3}", text) is None:
        raise argparse.ArgumentTypeError(f"{text!r} isn't a whole number from 1 to 9999")
    return int(text)
