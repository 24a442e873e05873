"""Runs one platform with its outbox, until either can't go on; has owners told why."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers import warm_up
from bot.trouble import Audience, Cause, Trouble
from digest.errors import PaperroundError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from bot.dispatcher import Dispatcher
    from bot.ports import Platform
    from bot.talk import Receive


@dataclass
class Drive:
    """What a supervisor runs, again and again.

    Args:
        platform: what connects people.
        dispatcher: sends what waits for it.
        receive: answers people.
        begun: is called when the platform is connected.
        report: is told once a day why it stopped: owners may hear it elsewhere, or here when it's back.
        now: the time.
    """

    platform: Platform
    dispatcher: Dispatcher
    receive: Receive
    begun: Callable[[Platform], None]
    report: Callable[[Trouble], None]
    now: Callable[[], datetime]
    _reported: date | None = None

    async def run(self) -> None:
        """Run until it's cancelled.

        Raises:
            PaperroundError: it can't go on.
        """
        try:
            if self.platform.name != "console":  # which nobody talks to here
                await warm_up()
            await self.platform.start(self.receive)
            self.begun(self.platform)
            await self._run()
        except PaperroundError as error:
            if self._reported != self.now().date():
                self._reported = self.now().date()
                why = str(error)
                self.report(Trouble(Cause.STOPPED, Audience.OWNER, self.platform.name, None, why))
            raise

    async def _run(self) -> None:
        sending = asyncio.ensure_future(self.dispatcher.run())
        watching = asyncio.ensure_future(self.platform.watch())
        both = {sending, watching}
        try:
            done, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in both:
                task.cancel()
            try:
                await asyncio.wait(both)
            finally:
                await self.platform.stop()
