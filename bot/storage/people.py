"""People and codes as rows: who may use the bot, who is invited. Every method belongs to one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.access import Code, Person, Role, find_code, promoted
from bot.storage.chat_rows import write_time

if TYPE_CHECKING:
    import sqlite_utils

_DETACH = (
    """UPDATE subscriptions SET by = ''
       WHERE by = :person AND chat IN (SELECT number FROM chats WHERE platform = :platform)""",
    "UPDATE chats SET claimed_by = '' WHERE platform = :platform AND claimed_by = :person",
    "DELETE FROM codes WHERE platform = :platform AND person = :person",
)

_CLAIMS = 5  # each start prints one, and somebody may copy the one before


class SqlitePeople:
    """The `People` of one transaction."""

    def __init__(self, db: sqlite_utils.Database) -> None:
        self._db = db

    def role(self, person: Person) -> Role:
        """Return what a person is; whom nobody let in is a stranger."""
        found = self._db.conn.execute(
            "SELECT role FROM people WHERE platform = ? AND person = ?", [person.platform, person.id]
        ).fetchone()
        return Role(found[0]) if found else Role.STRANGER

    def owners(self) -> tuple[Person, ...]:
        """Return the owners, in the order in which they became it."""
        rows = self._db.query(
            "SELECT platform, person FROM people WHERE role = 'owner' ORDER BY since, person"
        )
        return tuple(Person(row["platform"], row["person"]) for row in rows)

    def claim(self, code: Code) -> bool:
        """Keep a claim code beside the newest few; return False if there is an owner already."""
        if self.owners():
            return False
        self.offer(code)
        self._db.conn.execute(
            """DELETE FROM codes WHERE role = 'owner' AND hash NOT IN
               (SELECT hash FROM codes WHERE role = 'owner' ORDER BY made_at DESC, hash LIMIT ?)""",
            [_CLAIMS],
        )
        return True

    def offer(self, code: Code) -> None:
        """Keep a code."""
        self._db.table("codes").insert(
            {
                "hash": code.hash,
                "role": code.role,
                "platform": code.by and code.by.platform,
                "person": code.by and code.by.id,
                "made_at": write_time(code.made_at),
            }
        )

    def codes(self) -> tuple[Code, ...]:
        """Return the codes that nobody used, the oldest first."""
        rows = self._db.query("SELECT * FROM codes ORDER BY made_at, hash")
        return tuple(
            Code(
                hash=row["hash"],
                role=Role(row["role"]),
                by=Person(row["platform"], row["person"]) if row["person"] is not None else None,
                made_at=datetime.fromisoformat(row["made_at"]),
            )
            for row in rows
        )

    def redeem(self, text: str, person: Person, now: datetime) -> Role | None:
        """Let in who sent a code, which is used up then; return what they are now, None for no code."""
        code = find_code(text, self.codes())
        if code is None:
            return None
        # The first claim that is used makes the others worthless.
        self._db.conn.execute(
            "DELETE FROM codes WHERE hash = ? OR (role = 'owner' AND role = ?)", [code.hash, code.role]
        )
        role = promoted(self.role(person), code)
        self._db.conn.execute(
            """INSERT INTO people (platform, person, role, since) VALUES (?, ?, ?, ?)
               ON CONFLICT (platform, person) DO UPDATE SET role = excluded.role""",
            [person.platform, person.id, role, write_time(now)],
        )
        return role

    def withdraw(self) -> int:
        """Make every code of an owner's that nobody used worthless; return how many there were."""
        return self._db.conn.execute("DELETE FROM codes WHERE person IS NOT NULL").rowcount

    def detach(self, person: Person) -> None:
        """Take a person's id from what they did."""
        for statement in _DETACH:
            self._db.conn.execute(statement, {"platform": person.platform, "person": person.id})

    def remove(self, person: Person) -> bool:
        """Forget a person; return whether they were known."""
        return bool(
            self._db.conn.execute(
                "DELETE FROM people WHERE platform = ? AND person = ?", [person.platform, person.id]
            ).rowcount
        )
