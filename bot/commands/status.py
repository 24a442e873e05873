"""The commands `status`, `privacy` and `cancel`: how it stands, what is kept, what is called off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import cities
from bot.commands.call import Command
from bot.commands.moments import moment
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.upcoming import say_paused, say_upcoming
from bot.outbox import DeliveryState
from bot.phrases import buttons as labels
from bot.phrases import moments
from bot.phrases import status as say
from bot.talk import Kind
from digest.document import List, Paragraph, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from bot.commands.call import Call, Tools
    from bot.deliveries import Latest
    from bot.ports import Desk
    from bot.talk import Reply
    from digest.document import Block
    from digest.translation import Phrases

_LONGEST_WHY = 120


async def status(call: Call, tools: Tools) -> Reply:
    """Say how it stands."""
    phrases, zone = call.phrases, call.chat.preferences.zone

    def look(desk: Desk) -> tuple[tuple[date, datetime] | None, Latest | None]:
        return desk.papers.last_read(), desk.deliveries.latest(call.chat.number)

    last_read, latest = await tools.store.read(look)
    told = sentences(
        phrases.sentences([_last_list(call, last_read), _arxiv(call, tools)]),
        await say_upcoming(call.chat, tools, call.now, phrases) or phrases(moments.NO_TOPICS),
        phrases.sentences(_delivered(call, latest)),
        phrases(say.TIMES_OF, city=cities.name(zone, phrases.language)),
    )
    paused = say_paused(call.chat, call.now, phrases)
    resume = button(phrases(labels.RESUME), "resume") if paused else None
    choose = None if call.chat.subscriptions else button(phrases(labels.CHOOSE_TOPICS), "subscribe")
    return reply(phrases, (*told, *buttons(resume, choose)), instead=True)


async def privacy(call: Call, tools: Tools) -> Reply:
    """Say what is kept, who runs this bot and who gets which text."""
    phrases = call.phrases
    operator = tools.policy.operator
    run_by = phrases(say.RUN_BY, operator=operator) if operator else phrases(say.RUN_BY_NOBODY)
    kept = [phrases(each) for each in (say.KEPT_CHAT, say.KEPT_SENT, say.KEPT_PEOPLE)]
    blocks: tuple[Block, ...] = (
        *sentences(phrases(say.KEPT)),
        List(tuple((Paragraph((Text(each),)),) for each in kept)),
        *sentences(phrases(say.NOT_KEPT), _models(tools.readers, phrases), phrases(say.ARXIV)),
        *sentences(run_by, phrases(say.LEAVES)),
    )
    delete = button(phrases(labels.DELETE_MY_DATA), "deletedata") if call.place.kind is Kind.PRIVATE else None
    return reply(phrases, (*blocks, *buttons(delete)))


def _models(readers: Sequence[str], phrases: Phrases) -> str:
    """Say who is given papers' texts."""
    return phrases(say.MODELS_READ, models=phrases.listed(readers)) if readers else phrases(say.MODELS)


async def cancel(call: Call, _: Tools) -> Reply:
    """Call off what the person waits for, and say so, or whether a question was dropped: any command does."""
    dropped = say.CANCELLED if call.asked else say.NOTHING_ASKED
    told = call.own(say.CALLED_OFF if call.call_off() else dropped)
    return reply(call.own, sentences(told), aside=True)


def _last_list(call: Call, last_read: tuple[date, datetime] | None) -> str:
    phrases = call.phrases
    if last_read is None:
        return phrases(say.NO_LIST)
    day, at = last_read
    read = moment(at, call.chat.preferences.zone, phrases)
    return phrases(say.LAST_LIST, day=phrases.day(day), moment=read)


def _arxiv(call: Call, tools: Tools) -> str:
    """Say whether arXiv answered the last harvest; nothing where that isn't known."""
    if tools.unreachable_since is None:
        return ""
    if away := tools.unreachable_since():
        at = moment(away, call.chat.preferences.zone, call.phrases)
        return call.phrases(say.ARXIV_AWAY, moment=at)
    return call.phrases(say.ARXIV_ANSWERS)


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
