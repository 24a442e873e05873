"""Work that somebody waits for can be called off by them, there, and by nobody else."""

from __future__ import annotations

import asyncio

import pytest

from bot.under_way import CalledOffError, UnderWay


def test_who_waits_calls_off_their_own_work() -> None:
    """All that they wait for ends at once; another's goes on, and afterwards there's nothing to call off."""

    async def run() -> None:
        works, gate = UnderWay(), asyncio.Event()

        async def read() -> str:
            await gate.wait()
            return "notes"

        mine = [asyncio.ensure_future(works.run("ada", read())) for _ in range(2)]
        other = asyncio.ensure_future(works.run("ben", read()))
        await asyncio.sleep(0)
        assert works.call_off("ada")
        for each in mine:
            with pytest.raises(CalledOffError):
                await each
        assert not works.call_off("ada")
        gate.set()
        assert await other == "notes"
        assert not works.call_off("ben")

    asyncio.run(run())


def test_what_is_cut_off_itself_is_cut_off() -> None:
    """A stop isn't taken for somebody's wish, and leaves no work behind."""

    async def run() -> None:
        works, ended = UnderWay(), asyncio.Event()

        async def read() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()

        waiting = asyncio.ensure_future(works.run("ada", read()))
        for _ in range(2):  # it begins in a task of its own
            await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert ended.is_set()
        assert not works.call_off("ada")

    asyncio.run(run())
