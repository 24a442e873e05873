"""What one interaction is answered with: acknowledged once and in time, then shown, whatever came first.

Discord waits three seconds for a first word, and takes more of them for a quarter of an hour. Whether that
word is for one person alone can't be changed afterwards, only taken back.
https://docs.discord.com/developers/interactions/receiving-and-responding
"""

from __future__ import annotations

import asyncio
import logging
from enum import Enum
from typing import TYPE_CHECKING, Any

from bot.outbox import Gone, Refused, Retry, Sent, Unknown
from bot.platforms.discord.errors import (
    ALREADY_ANSWERED,
    FAILURES,
    UNKNOWN_INTERACTION,
    FloodError,
    code_of,
    outcome_of,
    outcome_with_files,
)
from bot.platforms.discord.sending import files_of, read, shown, written

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from discord import Interaction

    from bot.outbox import Message, Outcome
    from bot.platforms.discord.http import Http
    from bot.platforms.discord.sending import Upload

_MESSAGE, _LATER, _LATER_IN_PLACE, _IN_PLACE, _SUGGESTIONS, _FORM = 4, 5, 6, 7, 8, 9  # types of first words
_NO_MORE = frozenset({UNKNOWN_INTERACTION, ALREADY_ANSWERED, 10015, 50027})  # or its time is over
_TRIES = 3
_PATIENCE = 2.0  # the longest that an answer waits because Discord asks for it
_LOG = logging.getLogger(__name__)


class _State(Enum):
    FRESH = "fresh"
    """Nothing was said yet."""
    THINKING = "thinking"
    """Who asked sees that something comes, or a step of it: a message that is ours to replace."""
    TAKEN = "taken"
    """The press was taken, and nothing can be seen of it."""
    LOST = "lost"
    """Discord doesn't know the interaction any more."""


class Response:
    """The answer to one interaction.

    Args:
        http: open.
        interaction: a command, a press or a form.
        alone: whether the answer is for who asked alone, as far as is known.
        pressed: whether a button did it, whose message may be replaced.
        sleep: waits some seconds.
    """

    def __init__(
        self,
        http: Http,
        interaction: Interaction[Any],
        sleep: Callable[[float], Awaitable[None]],
        *,
        alone: bool,
        pressed: bool,
    ) -> None:
        self._http = http
        self._interaction = interaction
        self._sleep = sleep
        self._alone = alone
        self._pressed = pressed
        self._state = _State.FRESH
        self._turn = asyncio.Lock()

    @property
    def lost(self) -> bool:
        """Whether Discord takes no answer any more."""
        return self._state is _State.LOST

    @property
    def most_bytes(self) -> int:
        """How much a message with files may have where this was asked: servers may have more than others."""
        return self._interaction.filesize_limit

    async def defer(self) -> None:
        """Say that the answer takes longer, unless something was said."""
        async with self._turn:
            if self._state is not _State.FRESH:
                return
            if self._pressed:
                await self._begin(_LATER_IN_PLACE, None, _State.TAKEN)
            else:
                await self._begin(_LATER, {"flags": shown(alone=self._alone)}, _State.THINKING)

    async def step(self, message: Message) -> None:
        """Show what is being done, until the answer takes its place."""
        async with self._turn:
            if self._state is _State.FRESH:
                await self._begin(_MESSAGE, written(message.body, alone=self._alone), _State.THINKING)
            elif self._state is _State.THINKING:
                await self._change(message)

    async def show(self, messages: Sequence[Message], *, alone: bool, instead: bool) -> None:
        """Show the answer.

        Args:
            messages: its parts; the first takes the place of what was shown of it so far.
            alone: whether it's for who asked alone.
            instead: whether it takes the place of the message whose button was pressed.
        """
        async with self._turn:
            first, *rest = messages
            if self._state is _State.FRESH:
                await self._say(first, alone=alone, instead=instead and self._pressed)
            elif (self._state is _State.TAKEN and instead) or (
                self._state is _State.THINKING and alone == self._alone
            ):
                await self._change(first)
            else:
                await self._take_back()
                await self._add(first, alone=alone)
            for message in rest:
                await self._add(message, alone=alone)

    async def follow(self, messages: Sequence[Message], *, alone: bool) -> None:
        """Show what follows the answer."""
        async with self._turn:
            for message in messages:
                await self._add(message, alone=alone)

    async def follow_with(self, message: dict[str, Any], files: Sequence[Upload]) -> Outcome:
        """Show a message with files after the answer; return what became of it."""

        async def request() -> None:
            await self._http.call("POST", _LATER_ON, message, files=files, **self._names)

        async with self._turn:
            return await self._persist(request)

    async def show_nothing(self) -> None:
        """Answer with nothing to see."""
        await self.defer()
        async with self._turn:
            await self._take_back()

    async def suggest(self, choices: Sequence[tuple[str, str]]) -> None:
        """Suggest what somebody who types may mean: labels, each with what it stands for."""
        made = [{"name": label, "value": value} for label, value in choices]
        await self._begin(_SUGGESTIONS, {"choices": made}, _State.TAKEN)

    async def ask(self, form: dict[str, Any]) -> None:
        """Show a form."""
        async with self._turn:
            await self._begin(_FORM, form, _State.TAKEN)

    async def _say(self, message: Message, *, alone: bool, instead: bool) -> None:
        kind, state = (_IN_PLACE, _State.TAKEN) if instead else (_MESSAGE, _State.THINKING)
        files = files_of(read(message.body))
        if not await self._begin(kind, written(message.body, alone=alone), state, files):
            await self._begin(kind, written(message.plain, plain=True, alone=alone), state)
        self._alone = alone

    async def _change(self, message: Message) -> None:
        await self._ask("PATCH", "/messages/@original", message, alone=False)

    async def _add(self, message: Message, *, alone: bool) -> None:
        await self._ask("POST", "", message, alone=alone)

    async def _take_back(self) -> None:
        if self._state is _State.THINKING:
            self._state = _State.TAKEN
            try:
                await self._http.call("DELETE", f"{_LATER_ON}/messages/@original", **self._names)
            except FAILURES as error:
                _LOG.info("what was shown first stays: %s", error)

    async def _ask(self, method: str, path: str, message: Message, *, alone: bool) -> None:
        """Say something after the first word: with the plain form where the body is refused."""
        forms: tuple[tuple[dict[str, Any], tuple[Upload, ...]], ...] = (
            (written(message.body, alone=alone), files_of(read(message.body))),
            (written(message.plain, plain=True, alone=alone), ()),
        )
        for body, files in forms:

            async def request(body: dict[str, Any] = body, files: tuple[Upload, ...] = files) -> None:
                await self._http.call(method, _LATER_ON + path, body, files=files, **self._names)

            if not isinstance(await self._persist(request, with_files=bool(files)), Refused):
                return

    async def _begin(
        self, kind: int, data: dict[str, Any] | None, state: _State, files: Sequence[Upload] = ()
    ) -> bool:
        """Say the first word; return False where Discord refuses what it says."""
        if self._state is not _State.FRESH:
            return True
        payload = {"type": kind} if data is None else {"type": kind, "data": data}
        names: dict[str, Any] = {
            "webhook_id": self._interaction.id,
            "webhook_token": self._interaction.token,
        }

        async def request() -> None:
            path = "/interactions/{webhook_id}/{webhook_token}/callback"
            await self._http.call("POST", path, payload, files=files, **names)

        if isinstance(await self._persist(request, with_files=bool(files)), Refused):
            return False
        if not self.lost:
            self._state = state
        return True

    async def _persist(self, request: Callable[[], Awaitable[None]], *, with_files: bool = False) -> Outcome:
        """Make a request, again where that may help, and return what became of it in the end.

        What Discord takes no more of is `Gone`; `Refused` is that it doesn't take this.
        """
        outcome: Outcome = Gone("the interaction is over")
        for _ in range(_TRIES):
            if self.lost:
                break
            try:
                await request()
            except FAILURES as error:
                outcome = outcome_with_files(error) if with_files else outcome_of(error)
                if code_of(error) in _NO_MORE:
                    outcome = Sent("") if code_of(error) == ALREADY_ANSWERED else Gone(str(error))
                elif isinstance(outcome, Refused):
                    _LOG.warning("Discord refuses an answer: %s", outcome.why)
                    break
                if await self._is_over(error):
                    break
            else:
                return Sent("")
        return outcome

    async def _is_over(self, error: Exception) -> bool:
        """Return whether another try makes no sense; wait for as long as Discord wants where it does."""
        code = code_of(error)
        if code != ALREADY_ANSWERED:  # by a try whose answer was lost
            _LOG.info("an answer didn't get through: %s", error)
        if code in _NO_MORE:
            if code != ALREADY_ANSWERED:
                self._state = _State.LOST
            return True
        if isinstance(error, FloodError):
            if error.seconds is None or error.seconds > _PATIENCE:
                return True
            await self._sleep(error.seconds)
        return not isinstance(outcome_of(error), Unknown | Retry)

    @property
    def _names(self) -> dict[str, Any]:
        return {"webhook_id": self._interaction.application_id, "webhook_token": self._interaction.token}


_LATER_ON = "/webhooks/{webhook_id}/{webhook_token}"
