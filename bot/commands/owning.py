"""What is the owners' alone: figures, and codes that let others in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.access import Role, issue
from bot.chats import State
from bot.commands.call import Call, Command, MistakeError, Permission, Tools
from bot.commands.replies import button, buttons, reply, sentences
from bot.commands.words import shortened
from bot.phrases import owning as say
from bot.phrases import usages
from bot.talk import Kind
from digest.document import Code, List, Paragraph, Text
from digest.phrases import PAPERS
from digest.safety import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.figures import Figures
    from bot.talk import Reply
    from digest.document import Block
    from digest.phrases import Phrase
    from digest.records import Spent
    from digest.translation import Phrases

_MINUTE = timedelta(minutes=1)
_MEGABYTE = 1_000_000
_STATES = {
    State.ACTIVE: say.STATE_ACTIVE,
    State.PAUSED: say.STATE_PAUSED,
    State.UNREACHABLE: say.STATE_UNREACHABLE,
}


async def stats(call: Call, tools: Tools) -> Reply:
    """Say how much there is of everything."""
    counted = await tools.counting.figures()
    minutes = max(call.now - counted.at, timedelta()) // _MINUTE  # figures of now are newer than the question
    told = sentences(call.own.count(say.STATS_COUNTED, minutes) if minutes else "")
    return reply(call.own, (*_figures(counted.figures, call.own), *told), instead=call.pressed, aside=True)


async def invite(call: Call, tools: Tools) -> Reply:
    """Make a code, say how many are open, or make them worthless."""
    if call.place.kind is not Kind.PRIVATE:
        return reply(call.own, sentences(call.own(say.INVITE_PRIVATELY)), aside=True)
    if tools.policy.mode != "invited" and call.words.lower() in {"", "list"}:
        useless = say.INVITE_USELESS if tools.policy.mode == "owner" else say.INVITE_NEEDLESS
        told = sentences(call.own(useless), call.own(say.INVITE_OWNER))
        return reply(call.own, told, instead=call.pressed, aside=True)
    match call.words.lower():
        case "withdraw":
            gone = await tools.store.write(lambda desk: desk.people.withdraw())
            said = call.own.count(say.INVITES_WITHDRAWN, gone) if gone else call.own(say.NO_INVITES)
            return reply(call.own, sentences(said), instead=call.pressed, aside=True)
        case "list":
            return reply(call.own, await _open_codes(call, tools), instead=call.pressed, aside=True)
        case "":
            blocks = await _new_code(Role.GUEST, say.INVITE_CODE, say.INVITE_HOW, call, tools)
            return reply(call.own, (*blocks, *(await _open_codes(call, tools))), aside=True)
        case "owner":
            blocks = await _new_code(Role.OWNER, say.OWNER_CODE, say.OWNER_HOW, call, tools)
            return reply(call.own, blocks, aside=True)
        case _:
            raise MistakeError(call.own(say.INVITE_WHAT), try_example=False)


async def _new_code(role: Role, told: Phrase, how: Phrase, call: Call, tools: Tools) -> tuple[Block, ...]:
    text, code = issue(role, call.by.person, call.now, tools.random_bytes)
    await tools.store.write(lambda desk: desk.people.offer(code))
    before, _, after = call.own(told, code="\0").partition("\0")
    line = tuple(each for each in (Text(before), Code(text), Text(after)) if each.value)
    return (Paragraph(line), *sentences(call.own(how)))


async def _open_codes(call: Call, tools: Tools) -> Iterable[Block]:
    codes = await tools.store.read(lambda desk: desk.people.codes())
    count = sum(code.by is not None for code in codes)
    if not count:
        return (
            *sentences(call.own(say.NO_INVITES)),
            *buttons(button(call.own(say.INVITE_NEW), "invite")),
        )
    return (
        *sentences(call.own.count(say.INVITES_OPEN, count)),
        *buttons(
            button(call.own(say.INVITE_NEW), "invite"),
            button(call.own(say.INVITE_WITHDRAW), "invite withdraw"),
        ),
    )


def _figures(figures: Figures, phrases: Phrases) -> Iterable[Block]:
    yield from sentences(*_chats(figures.chats, phrases))
    if figures.wanted:
        yield from sentences(phrases.count(say.STATS_TOPICS, figures.subscriptions))
        yield List(
            tuple(
                sentences(
                    phrases(say.STATS_TOPIC, topic=shortened(printable(title)), count=phrases.number(count))
                )
                for title, count in figures.wanted
            )
        )
    if figures.spent:
        yield from sentences(phrases(say.STATS_MODELS))
        yield List(tuple(sentences(_spent(each, phrases)) for each in figures.spent))
    papers = phrases.count(PAPERS, figures.papers)
    yield from sentences(
        phrases.count(say.STATS_DAYS, figures.days, papers=papers),
        phrases.count(say.STATS_SENT, figures.sent, failed=phrases.number(figures.failed)),
        phrases.count(say.STATS_WAITING, figures.waiting) if figures.waiting else "",
        phrases(say.STATS_SIZE, size=phrases.number(-(-figures.size // _MEGABYTE))),
    )


def _spent(spent: Spent, phrases: Phrases) -> str:
    return phrases.count(
        say.STATS_MODEL_PAID if spent.money else say.STATS_MODEL,
        spent.calls,
        day=phrases.day(spent.day),
        model=shortened(printable(spent.model)),
        tokens=phrases.number(spent.tokens_in + spent.tokens_out),
        money=f"{spent.money:.4f}",
        reused=phrases.number(spent.reused),
    )


def _chats(chats: Mapping[str, Mapping[State, int]], phrases: Phrases) -> Iterable[str]:
    """Say how many chats there are in each state, and of each platform if there are several."""
    total = {state: sum(states.get(state, 0) for states in chats.values()) for state in State}
    if not any(total.values()):
        yield phrases(say.STATS_NO_CHATS)
        return
    yield phrases.count(say.STATS_CHATS, sum(total.values()), states=_states(total, phrases))
    if len(chats) > 1:
        for platform, states in chats.items():
            yield phrases(say.STATS_PLATFORM, platform=platform, states=_states(states, phrases))


def _states(states: Mapping[State, int], phrases: Phrases) -> str:
    return phrases.listed(
        [
            phrases(say.STATS_STATE, count=phrases.number(states[state]), state=phrases(name))
            for state, name in _STATES.items()
            if states.get(state)
        ]
    )


COMMANDS = (
    Command("stats", stats, summary=say.STATS, permission=Permission.OWNER),
    Command(
        "invite",
        invite,
        summary=say.INVITE,
        usage=usages.INVITE,
        example="list",
        permission=Permission.OWNER,
    ),
)
