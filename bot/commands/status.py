"""The commands `status`, `privacy` and `cancel`: how it stands, what is kept, a question that is dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chats import State
from bot.commands import cities
from bot.commands.call import Command
from bot.commands.coming import next_words
from bot.commands.moments import moment
from bot.commands.replies import button, buttons, reply, sentences
from bot.due import asleep
from bot.outbox import DeliveryState
from bot.phrases import status as say
from bot.phrases.pausing import DELETE, RESUME_BUTTON
from bot.talk import Kind
from digest.document import List, Paragraph, Text

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.commands.call import Call, Tools
    from bot.deliveries import Latest
    from bot.ports import Desk
    from bot.talk import Reply
    from digest.document import Block

_LONGEST_WHY = 120


async def status(call: Call, tools: Tools) -> Reply:
    """Say how it stands."""
    phrases, zone = call.phrases, call.chat.preferences.zone

    def look(desk: Desk) -> tuple[tuple[date, datetime] | None, Latest | None]:
        return desk.papers.last_read(), desk.deliveries.latest(call.chat.number)

    last_read, latest = await tools.store.read(look)
    away = tools.unreachable_since()
    arxiv = (
        phrases(say.ARXIV_AWAY, moment=moment(away, zone, phrases)) if away else phrases(say.ARXIV_ANSWERS)
    )
    paused = _paused(call)
    told = sentences(
        phrases.sentences([_last_list(call, last_read), arxiv]),
        phrases.sentences([paused, await _next(call, tools)]),
        phrases.sentences(_delivered(call, latest)),
        phrases(say.TIMES_OF, city=cities.name(zone, phrases.language)),
    )
    resume = button(phrases(RESUME_BUTTON), "resume") if paused else None
    return reply(phrases, (*told, *buttons(resume)), instead=True)


async def privacy(call: Call, tools: Tools) -> Reply:
    """Say what is kept, who runs this bot and who gets which text."""
    phrases = call.phrases
    operator = tools.policy.operator
    run_by = phrases(say.RUN_BY, operator=operator) if operator else phrases(say.RUN_BY_NOBODY)
    kept = [phrases(each) for each in (say.KEPT_CHAT, say.KEPT_SENT, say.KEPT_PEOPLE)]
    blocks: tuple[Block, ...] = (
        *sentences(phrases(say.KEPT)),
        List(tuple((Paragraph((Text(each),)),) for each in kept)),
        *sentences(phrases(say.NOT_KEPT), phrases(say.MODELS), phrases(say.ARXIV)),
        *sentences(run_by, phrases(say.LEAVES)),
    )
    delete = button(phrases(DELETE), "deletedata") if call.place.kind is Kind.PRIVATE else None
    return reply(phrases, (*blocks, *buttons(delete)))


async def cancel(call: Call, _: Tools) -> Reply:
    """Say whether a question was dropped; any command drops it."""
    told = call.own(say.CANCELLED if call.asked else say.NOTHING_ASKED)
    return reply(call.own, sentences(told), aside=True)


def _last_list(call: Call, last_read: tuple[date, datetime] | None) -> str:
    phrases = call.phrases
    if last_read is None:
        return phrases(say.NO_LIST)
    day, at = last_read
    read = moment(at, call.chat.preferences.zone, phrases)
    return phrases(say.LAST_LIST, day=phrases.day(day), moment=read)


def _paused(call: Call) -> str:
    chat = call.chat
    if chat.state is not State.PAUSED or not asleep(chat, call.now):
        return ""
    if chat.until is None:
        return call.phrases(say.PAUSED)
    return call.phrases(say.PAUSED_UNTIL, moment=moment(chat.until, chat.preferences.zone, call.phrases))


async def _next(call: Call, tools: Tools) -> str:
    if not call.chat.subscriptions:
        return call.phrases(say.NO_TOPICS)
    return await next_words(call.chat, call.phrases, call.now, tools)


def _delivered(call: Call, latest: Latest | None) -> list[str]:
    """Say what became of the last delivery, and what else waits."""
    phrases = call.phrases
    if latest is None:
        return [phrases(say.NEVER_SENT)]
    at = moment(latest.at, call.chat.preferences.zone, phrases)
    match latest.state:
        case DeliveryState.SENT:
            return [phrases(say.SENT, moment=at)]
        case DeliveryState.EXPIRED:
            return [phrases(say.EXPIRED, moment=at)]
        case DeliveryState.DROPPED:
            return [phrases(say.DROPPED, moment=at)]
        case DeliveryState.PENDING | DeliveryState.CLAIMED:
            why = latest.why[:_LONGEST_WHY].rstrip(". ")
            waits = phrases(say.WAITS_WHY, moment=at, why=why) if why else phrases(say.WAITS, moment=at)
            return [waits, phrases.count(say.WAITING, latest.waiting)]


COMMANDS = (
    Command("status", status, summary=say.STATUS),
    Command("privacy", privacy, summary=say.PRIVACY),
    Command("cancel", cancel, summary=say.CANCEL),
)
