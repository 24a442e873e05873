"""Takes what people say and press, and returns what to answer. Knows no platform and no particular command.

    who? → which command? → may they? → not too often? → do it → reply

Whatever happens, whoever asked gets a sentence.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from bot.access import Role
from bot.commands.call import Call, MistakeError, Permission
from bot.commands.parsing import command_text, unknown
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.text import is_question, meant_by, question_about
from bot.last_told import LastTold
from bot.limits import Limits
from bot.phrases import buttons as labels
from bot.phrases import talking as say
from bot.questions import Questions
from bot.talk import Joined, Kind, Left, Present, Pressed, Relocated, Said, Whole
from bot.under_way import CalledOffError, UnderWay
from digest.errors import SourceBusyError, SourceError, StorageError, StorageGoneError
from digest.safety import printable
from digest.translation import phrases_for

if TYPE_CHECKING:
    from bot.chats import Chat
    from bot.commands.call import Command, Tools
    from bot.commands.parsing import Names
    from bot.door import Door, Visitor
    from bot.talk import Incoming, Place, Progress, Reply, Speaker
    from digest.phrases import Phrase
    from digest.translation import Phrases

_LOG = logging.getLogger(__name__)

_LONGEST = 4_000  # characters of what somebody says that are read; no command needs more


@dataclass(frozen=True)
class Inbox:
    """Answers people; `receive` is what platforms call.

    Args:
        tools: what commands use.
        names: every command.
        door: decides who comes in.
        per_person: how many costly commands one person may use in an hour.
        per_chat: how many may be used in one chat in an hour.
    """

    tools: Tools
    names: Names
    door: Door
    per_person: int
    per_chat: int
    _limits: Limits = field(default_factory=Limits)
    _questions: Questions = field(default_factory=Questions)
    _last_told: LastTold = field(default_factory=LastTold)
    _under_way: UnderWay = field(default_factory=UnderWay)

    async def receive(self, incoming: Incoming, progress: Progress) -> Reply | None:
        """Answer; never raises but when it's cancelled."""
        try:
            return await self._enter(incoming, progress)
        except Exception as error:  # noqa: BLE001 - whatever breaks, whoever asked is told
            return _trouble(error, incoming.place, phrases_for(incoming.by.language))

    async def _enter(self, incoming: Incoming, progress: Progress) -> Reply | None:
        place, by = incoming.place, incoming.by
        if await self._noted(incoming):
            return None
        text = _text(incoming)
        welcome = await self.door.redeem(incoming, text)
        visitor = await self.door.admit(place, by)
        own = _own(place, by, visitor.chat if visitor else None)
        if visitor is None:
            return _say(own, own(_turned_away(place))) if self.door.may_be_told(by) else None
        try:
            if welcome:
                start = await self._obey(Joined(place, by), "", visitor, progress)
                return reply(own, (*sentences(own(welcome)), *(start.document.blocks if start else ())))
            return await self._obey(incoming, text, visitor, progress)
        except Exception as error:  # noqa: BLE001 - the same, in the language that was chosen
            return _trouble(error, place, own)

    async def _noted(self, incoming: Incoming) -> bool:
        """Note what a platform says of a place; return whether that is all there is to do."""
        match incoming:
            case Joined(place):
                await self.door.regain(place)
                return False
            case Left(place):
                await self.door.lose(place)
            case Present(place):
                await self.door.find(place)
            case Relocated(place, _, to):
                await self.door.follow(place, to)
            case _:
                return False
        return True

    async def _obey(
        self, incoming: Incoming, text: str, visitor: Visitor, progress: Progress
    ) -> Reply | None:
        """Find the command and run it, if it may be."""
        place, by = incoming.place, incoming.by
        asked = self._questions.answered(place.address, by.person, self.tools.now())
        found = self._find(incoming, text, asked)
        if not isinstance(found, tuple):
            own = _own(place, by, visitor.chat)
            return None if found is None else self._unknown(found, own, incoming)
        command, words = found
        chat = await self.door.meet(place, by, visitor.chat)
        call = Call(
            words=words,
            place=place,
            by=by,
            chat=chat,
            role=visitor.role,
            admin=await self._is_admin(command.needs(words), place, by, visitor.role),
            now=self.tools.now(),
            phrases=phrases_for(chat.preferences.language),
            own=_own(place, by, chat),
            progress=progress,
            expect=self._questions.asking(place.address, by.person, self.tools.now),
            call_off=partial(self._under_way.call_off, (place.address, by.person)),
            pressed=isinstance(incoming, Pressed),
            quoted=incoming.quoted if isinstance(incoming, Said) else "",
            asked=asked,
            told=self._last_told.last(place.address, by.person, self.tools.now()),
        )
        refusal = self._refusal(command, call)
        return _say(call.own, refusal) if refusal else await self._run(command, call, chat)

    async def _run(self, command: Command, call: Call, chat: Chat) -> Reply:
        work = command.run(call, self.tools)
        try:
            if command.costly:
                answer = await self._under_way.run((call.place.address, call.by.person), work)
            else:
                answer = await work
        except CalledOffError:
            return replace(reply(call.phrases, sentences(call.phrases(say.CALLED_OFF))), closing=True)
        except MistakeError as mistake:
            example = f"/{command.name} {command.example}".strip()
            typed = mistake.try_example and command.summary  # nobody types what only buttons say
            hint = call.own(say.TRY_EXAMPLE, example=example) if typed else ""
            return _say(call.own, call.own.sentences([str(mistake), hint]))
        if answer.asks:
            call.expect(answer.asks)
        self._last_told.note(call.place.address, call.by.person, answer, self.tools.now())
        return replace(answer, layout=answer.layout or chat.preferences.layout)

    def _find(self, incoming: Incoming, text: str, asked: str) -> tuple[Command, str] | str | None:
        """Return the command and its words, the text that begins with no command, or None for silence.

        Args:
            incoming: what was said or pressed.
            text: its text.
            asked: the command that a text which is none completes; empty if nothing was asked.
        """
        if isinstance(incoming, Joined):
            return self.names.find("start")
        if isinstance(incoming, Pressed):
            return self.names.find(text) or text
        if (typed := command_text(text)) is not None:
            addressed = isinstance(incoming, Said) and incoming.addressed
            return self.names.find(typed) or (typed if addressed else None)
        about = question_about(incoming.quoted, text) if isinstance(incoming, Said) else ""
        if asked and text:
            # A reply to another paper's message is about that one.
            asks_on = about and asked.split(" ", 1)[0] == about.split(" ", 1)[0]
            return self.names.find(about if asks_on else f"{asked} {text}")
        if incoming.place.kind is Kind.PRIVATE:
            return self.names.find(meant_by(text, incoming.quoted if isinstance(incoming, Said) else ""))
        return self.names.find(about) if about and is_question(text) else None

    def _unknown(self, text: str, phrases: Phrases, incoming: Incoming) -> Reply:
        if isinstance(incoming, Pressed):
            return _say(phrases, phrases(say.BUTTON_TOO_OLD))
        return _say(phrases, unknown(phrases, self.names, text))

    def _refusal(self, command: Command, call: Call) -> str:
        """Say why a command isn't run; empty if it is, which counts as a use of a costly one."""
        needs = command.needs(call.words)
        if needs is Permission.OWNER and call.role is not Role.OWNER:
            return call.own(say.ONLY_OWNERS)
        if _for_admins(needs, call.place) and not call.admin:
            return call.own(say.ONLY_MANAGERS if call.place.whole is Whole.SERVER else say.ONLY_ADMINS)
        if command.costly:
            uses = {call.by.person: self.per_person, call.place.address: self.per_chat}
            if wait := self._limits.take(uses, call.now):
                return call.own.count(say.TOO_OFTEN, int(wait.total_seconds() // 60) + 1)
        return ""

    async def _is_admin(self, needs: Permission, place: Place, by: Speaker, role: Role) -> bool:
        """Return whether somebody may change a place; the platform is asked only where it decides."""
        if place.kind is Kind.PRIVATE or role is Role.OWNER:
            return True
        if not _for_admins(needs, place):
            return False
        if self.tools.policy.group_changes == "everybody":
            return True
        platform = self.tools.platforms.get(place.address.platform)
        return platform is not None and await platform.administers(place.address, by.person.id)


def _for_admins(needs: Permission, place: Place) -> bool:
    return needs is Permission.ADMINS or (needs is Permission.WRITERS and place.kind is Kind.CHANNEL)


def _turned_away(place: Place) -> Phrase:
    """Return what a stranger is told; where others write, the bot may not hear a code that stands alone."""
    return say.STRANGER if place.kind is Kind.PRIVATE else say.STRANGER_AMONG_OTHERS


def _own(place: Place, by: Speaker, chat: Chat | None) -> Phrases:
    """Return phrases in a person's language: chosen where they are alone, else what their client has."""
    alone = chat if place.kind is Kind.PRIVATE else None
    return phrases_for(alone.preferences.language if alone else by.language)


def _trouble(error: Exception, place: Place, phrases: Phrases) -> Reply:
    """Log what went wrong, and say it."""
    match error:
        case SourceError():
            _LOG.info("arXiv, for %s: %s", place.address, error)
            text = phrases(say.ARXIV_BUSY if isinstance(error, SourceBusyError) else say.ARXIV_SILENT)
            status = buttons(button(phrases(labels.STATUS), "status"))
            return reply(phrases, (*sentences(text), *status), aside=True)
        case StorageGoneError():
            return _say(phrases, phrases(say.DELETED_MEANWHILE))
        case StorageError():
            _LOG.error("the database, for %s: %s", place.address, error)
            return _say(phrases, phrases(say.DATABASE_SILENT))
        case _:
            _LOG.error("answering %s failed", place.address, exc_info=error)
            return _say(phrases, phrases(say.BROKEN))


def _text(incoming: Incoming) -> str:
    match incoming:
        case Said():
            return printable(incoming.text[:_LONGEST]).strip()
        case Pressed():
            return printable(incoming.action[:_LONGEST]).strip()
        case _:
            return ""


def _say(phrases: Phrases, text: str) -> Reply:
    return reply(phrases, sentences(text), aside=True)
