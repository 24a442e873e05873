"""Sends rich messages, which python-telegram-bot has no method for, and knows what Telegram refuses of them.

A refusal is no outcome: the classic form of the same message is sent then, in the same breath, so that nobody
gets it twice or not at all.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from telegram.error import BadRequest, EndPointNotFound

from bot.chats import Address
from bot.outbox import Refused
from bot.platforms.telegram.errors import is_same, outcome_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram.ext import ExtBot

    from bot.platforms.telegram.limiter import Urgency

_NOWHERE = Address("telegram", "")

_LOG = logging.getLogger(__name__)


class RichSender:
    """Sends and edits rich messages.

    Args:
        bot: sends.

    Attributes:
        missing: whether this Bot API has no rich messages; it's asked only once then.
    """

    def __init__(self, bot: ExtBot[Urgency]) -> None:
        self.missing = False
        self._bot = bot

    async def send(
        self, body: Mapping[str, Any], where: Mapping[str, Any], urgency: Urgency | None = None
    ) -> str | None:
        """Send a rich body and return the id of the message, or None if the classic form has to be sent.

        Args:
            body: with ``blocks`` and perhaps ``below``.
            where: the other arguments, such as ``chat_id`` and ``disable_notification``; None is left out.
            urgency: whether it may wait for others.

        Raises:
            TelegramError: it isn't for the blocks; the classic form would fare no better.
        """
        return await self._ask("sendRichMessage", body, where, urgency)

    async def edit(self, body: Mapping[str, Any], where: Mapping[str, Any]) -> str | None:
        """Put a rich body in the place of a message; arguments, result and errors are those of `send`.

        Args:
            where: ``chat_id`` and ``message_id``.
        """
        return await self._ask("editMessageText", body, where, None)

    async def _ask(
        self, method: str, body: Mapping[str, Any], where: Mapping[str, Any], urgency: Urgency | None
    ) -> str | None:
        if self.missing:
            return None
        arguments = {name: value for name, value in where.items() if value is not None}
        # Nothing is looked for in the text: names of categories would become links, others mentions.
        arguments["rich_message"] = f'{{"blocks":{body["blocks"]},"skip_entity_detection":true}}'
        if below := body.get("below"):
            arguments["reply_markup"] = json.dumps({"inline_keyboard": below}, ensure_ascii=False)
        try:
            answer = await self._bot.do_api_request(method, api_kwargs=arguments, rate_limit_args=urgency)
        except EndPointNotFound:
            self.missing = True
            _LOG.warning("telegram: this Bot API has no rich messages; they are sent in the classic layout")
            return None
        except BadRequest as error:
            if is_same(error) or not isinstance(outcome_of(error, _NOWHERE), Refused):
                raise
            _LOG.warning("telegram: a rich message was refused, and goes in the classic layout: %s", error)
            return None
        return str(answer["message_id"]) if isinstance(answer, dict) else ""
