"""The schema of chats and the outbox, step by step; a landed step is followed by another, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

if TYPE_CHECKING:
    import sqlite_utils

CHATS = Migrations("bot")


@CHATS()
def m001_chats(db: sqlite_utils.Database) -> None:
    """Chats with what each level chose, and what they subscribed to."""
    db.execute("""
        CREATE TABLE chats (
            number INTEGER PRIMARY KEY,
            platform TEXT NOT NULL,
            chat TEXT NOT NULL,
            thread TEXT NOT NULL,
            parent INTEGER REFERENCES chats (number),
            title TEXT NOT NULL,
            choices TEXT NOT NULL,       -- JSON, what this level chose
            state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'unreachable')),
            until TEXT,                  -- ISO 8601, UTC, as all times here
            since TEXT,
            told INTEGER NOT NULL,       -- serial of the newest listing it heard about
            due_at TEXT NOT NULL,        -- not before
            claimed_by TEXT NOT NULL,
            UNIQUE (platform, chat, thread)
        ) STRICT
    """)
    db.execute("CREATE INDEX chats_due ON chats (told, due_at) WHERE state = 'active'")
    db.execute("""
        CREATE TABLE subscriptions (
            number INTEGER PRIMARY KEY,
            chat INTEGER NOT NULL REFERENCES chats (number) ON DELETE CASCADE,
            name TEXT NOT NULL,
            title TEXT NOT NULL,
            query TEXT NOT NULL,
            archives TEXT NOT NULL,      -- JSON array
            about TEXT NOT NULL,
            preset INTEGER NOT NULL,
            by TEXT NOT NULL,
            at TEXT NOT NULL,
            UNIQUE (chat, name)
        ) STRICT
    """)


@CHATS()
def m002_outbox(db: sqlite_utils.Database) -> None:
    """Editions as messages of a platform, and who gets them."""
    db.execute("""
        CREATE TABLE parcels (
            number INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            summary TEXT NOT NULL,
            made_at TEXT NOT NULL
        ) STRICT
    """)
    db.execute("""
        CREATE TABLE messages (
            number INTEGER PRIMARY KEY,
            parcel INTEGER NOT NULL REFERENCES parcels (number) ON DELETE CASCADE,
            part INTEGER NOT NULL,
            body TEXT NOT NULL,
            plain TEXT NOT NULL,
            UNIQUE (parcel, part)
        ) STRICT
    """)
    db.execute("""
        CREATE TABLE message_papers (
            message INTEGER NOT NULL REFERENCES messages (number) ON DELETE CASCADE,
            paper TEXT NOT NULL,
            PRIMARY KEY (message, paper)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("""
        CREATE TABLE deliveries (
            number INTEGER PRIMARY KEY,
            chat INTEGER NOT NULL REFERENCES chats (number) ON DELETE CASCADE,
            message INTEGER NOT NULL REFERENCES messages (number),
            part INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('pending', 'claimed', 'sent', 'expired', 'dropped')),
            key TEXT NOT NULL UNIQUE,
            tries INTEGER NOT NULL,
            plain INTEGER NOT NULL,
            sound INTEGER NOT NULL,
            due_at TEXT NOT NULL,
            made_at TEXT NOT NULL,
            settled_at TEXT,
            sent_as TEXT,                -- the platform's id of the message
            why TEXT                     -- the last trouble
        ) STRICT
    """)
    db.execute(
        "CREATE INDEX deliveries_unsettled ON deliveries (chat, number) WHERE state IN ('pending', 'claimed')"
    )
    db.execute("CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 'pending'")
    db.execute("CREATE INDEX deliveries_by_chat ON deliveries (chat)")


@CHATS()
def m003_waiting(db: sqlite_utils.Database) -> None:
    """Chats whose pause has an end are found too; trees of settings and lost chats are found quickly."""
    db.execute("DROP INDEX chats_due")
    db.execute("CREATE INDEX chats_due ON chats (told, due_at) WHERE state = 'active' OR until IS NOT NULL")
    db.execute("CREATE INDEX chats_by_parent ON chats (parent) WHERE parent IS NOT NULL")
    db.execute("CREATE INDEX chats_lost ON chats (since) WHERE since IS NOT NULL")


@CHATS()
def m004_people(db: sqlite_utils.Database) -> None:
    """People who may use the bot, and the codes that let others in."""
    db.execute("""
        CREATE TABLE people (
            platform TEXT NOT NULL,
            person TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('owner', 'guest')),
            since TEXT NOT NULL,
            PRIMARY KEY (platform, person)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("""
        CREATE TABLE codes (
            hash TEXT PRIMARY KEY,
            role TEXT NOT NULL CHECK (role IN ('owner', 'guest')),
            platform TEXT,               -- of who made it; null for the claim code, as is person
            person TEXT,
            made_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
    """)


@CHATS()
def m005_outbox_by_platform(db: sqlite_utils.Database) -> None:
    """Finds what can be sent without looking at what can't: another platform's, or later parts of a chat."""
    db.execute("ALTER TABLE deliveries ADD COLUMN platform TEXT NOT NULL DEFAULT ''")
    # 1: an earlier delivery for the chat isn't settled yet
    db.execute("ALTER TABLE deliveries ADD COLUMN held INTEGER NOT NULL DEFAULT 0")
    db.execute("UPDATE deliveries SET platform = (SELECT platform FROM chats WHERE chats.number = chat)")
    db.execute("""
        UPDATE deliveries SET held = 1
        WHERE state IN ('pending', 'claimed') AND EXISTS (
            SELECT 1 FROM deliveries AS earlier
            WHERE earlier.chat = deliveries.chat AND earlier.number < deliveries.number
              AND earlier.state IN ('pending', 'claimed'))
    """)
    db.execute("DROP INDEX deliveries_due")
    db.execute(
        "CREATE INDEX deliveries_due ON deliveries (platform, due_at, number) "
        "WHERE state = 'pending' AND held = 0"
    )
    db.execute("CREATE INDEX deliveries_settled ON deliveries (settled_at) WHERE settled_at IS NOT NULL")
    db.execute("CREATE INDEX deliveries_by_message ON deliveries (message, chat)")
    db.execute("CREATE INDEX message_papers_by_paper ON message_papers (paper)")
    db.execute("CREATE INDEX parcels_made ON parcels (made_at)")
    db.execute("""
        CREATE TABLE troubles (
            day TEXT NOT NULL,
            cause TEXT NOT NULL,
            about TEXT NOT NULL,
            why TEXT NOT NULL,
            PRIMARY KEY (day, cause, about)
        ) STRICT, WITHOUT ROWID
    """)


@CHATS()
def m006_heard(db: sqlite_utils.Database) -> None:
    """What chats were told last; papers whose deliveries were given up are found quickly."""
    db.execute("""
        CREATE TABLE heard (
            chat INTEGER PRIMARY KEY REFERENCES chats (number) ON DELETE CASCADE,
            told TEXT,                   -- the newest announcement date of its digests and quiet days
            late TEXT                    -- the announcement date of which it was told that it comes late
        ) STRICT
    """)
    db.execute("CREATE INDEX deliveries_given_up ON deliveries (chat) WHERE state IN ('expired', 'dropped')")


@CHATS()
def m007_notices(db: sqlite_utils.Database) -> None:
    """What owners announce to all chats; an owner's figures are counted from indexes alone."""
    db.execute("""
        CREATE TABLE notices (
            key TEXT PRIMARY KEY,
            text TEXT NOT NULL,
            made_at TEXT NOT NULL,
            reached INTEGER NOT NULL,    -- the last chat whose turn it was; 0: nobody began to send it
            chats INTEGER NOT NULL,
            done INTEGER NOT NULL        -- 1: every chat had its turn
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE INDEX chats_by_state ON chats (platform, state)")
    db.execute("CREATE INDEX subscriptions_by_name ON subscriptions (name)")
    db.execute("DROP INDEX deliveries_settled")
    db.execute(
        "CREATE INDEX deliveries_settled ON deliveries (settled_at, state) WHERE settled_at IS NOT NULL"
    )


@CHATS()
def m008_saved(db: sqlite_utils.Database) -> None:
    """Papers that people saved, in the order in which they did."""
    db.execute("""
        CREATE TABLE saved (
            number INTEGER PRIMARY KEY,
            chat INTEGER NOT NULL REFERENCES chats (number) ON DELETE CASCADE,
            paper TEXT NOT NULL,
            at TEXT NOT NULL,
            UNIQUE (chat, paper)
        ) STRICT
    """)


@CHATS()
def m009_posts(db: sqlite_utils.Database) -> None:
    """Posts of the archive that were written."""
    db.execute("""
        CREATE TABLE posts (
            day TEXT NOT NULL,
            topic TEXT NOT NULL,
            label TEXT NOT NULL,
            identity TEXT NOT NULL UNIQUE,
            archive TEXT NOT NULL,
            title TEXT NOT NULL,
            description TEXT NOT NULL,
            content TEXT NOT NULL,       -- HTML; empty once no feed shows it any more
            written_at TEXT NOT NULL,
            PRIMARY KEY (day, topic)
        ) STRICT, WITHOUT ROWID
    """)
