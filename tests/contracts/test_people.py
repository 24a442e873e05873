"""What `bot.ports.People` promises, held over every implementation."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.access import Code, Person, Role, hash_code, make_code
from bot.storage.migrations import CHATS
from bot.storage.people import SqlitePeople
from digest.storage.migrations import PAPERS
from tests.servers.new_database import open_database

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.records import People

    Use = Callable[[People], None]
    Run = Callable[[Use], None]

NOW = datetime(2026, 6, 26, 4, 10, tzinfo=UTC)
ADA, BEN, EVE = Person("telegram", "1"), Person("telegram", "2"), Person("discord", "1")
FIRST, SECOND = (make_code(lambda size, n=n: bytes([n]) * size) for n in (1, 2))  # type: ignore[misc]


def sqlite(path: Path, use: Use) -> None:
    """Run on what the product uses, in one transaction."""

    async def inside() -> None:
        database = await open_database(path / "papers.db", [PAPERS, CHATS])
        try:
            await database.write(lambda db: use(SqlitePeople(db)))
        finally:
            await database.close()

    asyncio.run(inside())


@pytest.fixture(params=[sqlite])
def run(request: pytest.FixtureRequest, tmp_path: Path) -> Run:
    """Run a function on fresh people."""
    return lambda use: request.param(tmp_path, use)


def claim_code(text: str) -> Code:
    """Make what is kept of a claim code."""
    return Code(hash_code(text), Role.OWNER, None, NOW)


def invite(text: str, by: Person = ADA) -> Code:
    """Make what is kept of an invite code."""
    return Code(hash_code(text), Role.GUEST, by, NOW + timedelta(minutes=1))


def test_whoever_sends_the_claim_code_becomes_owner_once(run: Run) -> None:
    """The code works for the first person alone; with an owner there is no further claim."""

    def use(people: People) -> None:
        assert people.role(ADA) is Role.STRANGER
        assert people.claim(claim_code(FIRST))
        assert people.redeem("hello", ADA, NOW) is None
        assert people.redeem(SECOND, ADA, NOW) is None
        assert people.redeem(FIRST.lower(), ADA, NOW) is Role.OWNER
        assert people.redeem(FIRST, BEN, NOW) is None
        assert (people.role(ADA), people.role(BEN), people.owners()) == (Role.OWNER, Role.STRANGER, (ADA,))
        assert not people.claim(claim_code(SECOND))
        assert people.redeem(SECOND, BEN, NOW) is None

    run(use)


def test_each_start_prints_a_claim_code_and_one_is_enough(run: Run) -> None:
    """An earlier code works as well as the newest; five are kept, and the first use ends them all."""

    def use(people: People) -> None:
        older = [
            replace(claim_code(f"{number:016}"), made_at=NOW - timedelta(days=number))
            for number in range(2, 9)
        ]
        for code in reversed(older):
            assert people.claim(code)
        assert people.claim(claim_code(FIRST))
        assert len(people.codes()) == 5
        assert people.redeem(f"{8:016}", ADA, NOW) is None
        assert people.redeem(f"{3:016}", ADA, NOW) is Role.OWNER
        assert people.codes() == ()
        assert people.redeem(FIRST, BEN, NOW) is None

    run(use)


def test_an_invite_lets_one_person_in(run: Run) -> None:
    """Whoever sends it first is a guest; an owner who sends one stays an owner and uses it up."""

    def use(people: People) -> None:
        people.claim(claim_code(FIRST))
        people.redeem(FIRST, ADA, NOW)
        people.offer(invite(FIRST))
        people.offer(invite(SECOND))
        assert people.codes() == tuple(sorted((invite(FIRST), invite(SECOND)), key=lambda code: code.hash))
        assert people.redeem(FIRST, BEN, NOW) is Role.GUEST
        assert people.redeem(FIRST, EVE, NOW) is None
        assert people.redeem(SECOND, ADA, NOW) is Role.OWNER
        assert [people.role(person) for person in (ADA, BEN, EVE)] == [Role.OWNER, Role.GUEST, Role.STRANGER]
        assert people.codes() == ()

    run(use)


def test_people_of_different_platforms_are_different(run: Run) -> None:
    """The same number on two platforms is two persons."""

    def use(people: People) -> None:
        people.claim(claim_code(FIRST))
        people.redeem(FIRST, ADA, NOW)
        assert people.role(EVE) is Role.STRANGER

    run(use)


def test_owners_are_told_in_their_order(run: Run) -> None:
    """The first owner stands first."""

    def use(people: People) -> None:
        for person, passed in ((BEN, 0), (ADA, 5), (EVE, 9)):
            people.offer(claim_code(FIRST))
            people.redeem(FIRST, person, NOW + timedelta(minutes=passed))
        assert people.owners() == (BEN, ADA, EVE)

    run(use)


def test_invites_are_withdrawn_and_people_removed(run: Run) -> None:
    """A withdrawn invite is worthless, a removed person a stranger."""

    def use(people: People) -> None:
        people.offer(invite(FIRST))
        people.offer(invite(SECOND))
        people.redeem(FIRST, BEN, NOW)
        assert people.withdraw() == 1
        assert people.redeem(SECOND, EVE, NOW) is None
        assert people.remove(BEN)
        assert not people.remove(BEN)
        assert people.role(BEN) is Role.STRANGER

    run(use)


def test_who_is_detached_has_no_invites_out(run: Run) -> None:
    """Invites that a person made end; what they are, and invites of others, stay."""

    def use(people: People) -> None:
        people.claim(claim_code(FIRST))
        people.redeem(FIRST, ADA, NOW)
        people.offer(invite(FIRST, by=ADA))
        people.offer(invite(SECOND, by=BEN))
        people.detach(ADA)
        people.detach(EVE)
        assert people.codes() == (invite(SECOND, by=BEN),)
        assert people.role(ADA) is Role.OWNER

    run(use)
