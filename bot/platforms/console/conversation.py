"""A person's side of a chat in the terminal: what they type becomes words or a press, and is answered."""

from __future__ import annotations

import asyncio
import re
import time
from typing import TYPE_CHECKING

from bot.exchange import Exchange
from bot.phrases import console as say
from bot.sender import Sender
from bot.talk import Pressed, Said
from digest.translation import phrases_for

if TYPE_CHECKING:
    from bot.platforms.console.platform import ConsolePlatform
    from bot.platforms.console.screen import Choice, Screen
    from bot.talk import Incoming, Place, Progress, Receive, Reply, Speaker
    from digest.translation import Phrases

_NUMBER = re.compile(r"\[?(\d{1,3})\]?")


class Conversation:
    """A chat of one person at a terminal.

    Args:
        platform: shows on the screen.
        receive: takes what is said.
        place: the chat.
        by: the person.
        phrases: in their language, until a reply speaks another.
    """

    def __init__(
        self,
        platform: ConsolePlatform,
        screen: Screen,
        receive: Receive,
        place: Place,
        by: Speaker,
        phrases: Phrases,
    ) -> None:
        self._platform = platform
        self._screen = screen
        self._receive = receive
        self._place = place
        self._by = by
        self._phrases = phrases
        self._asked = False

    def repeat(self, line: str) -> None:
        """Show a line that nobody typed at this terminal, with the label of the button that it presses."""
        choice = self._choice(line)
        pressed = f" [{choice.button.label}]" if choice else ""
        self._screen.repeat(f"{line}{pressed}")

    async def hear(self, line: str) -> None:
        """Answer a line; a bare number presses that button of the newest reply.

        Raises:
            OSError: nothing can be shown any more.
        """
        text = line.strip()
        if not text:
            return
        if choice := self._choice(text):
            await self._answer(Pressed(self._place, self._by, choice.button.action, choice.message))
        elif _NUMBER.fullmatch(text) and self._screen.choices and not self._asked:
            self._screen.say(self._phrases(say.NO_SUCH_NUMBER, number=text.strip("[]")))
        else:
            await self._answer(Said(self._place, self._by, text))

    def _choice(self, line: str) -> Choice | None:
        found = _NUMBER.fullmatch(line.strip())
        return self._screen.choices.get(int(found[1])) if found else None

    async def _answer(self, incoming: Incoming) -> None:
        self._screen.turn()
        self._asked = False
        sender = Sender(self._platform, asyncio.sleep, lambda: 0.0)
        try:
            await Exchange(self._platform, sender, time.monotonic).answer(incoming, self._hand_on)
        finally:
            sender.close()
        if self._screen.broken:
            raise self._screen.broken
        if self._screen.silent:
            self._screen.say(self._phrases(say.NO_ANSWER))

    async def _hand_on(self, incoming: Incoming, progress: Progress) -> Reply | None:
        reply = await self._receive(incoming, progress)
        if reply:
            self._asked = bool(reply.asks)
            self._phrases = phrases_for(reply.document.language)
        return reply
