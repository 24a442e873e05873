"""What the level above a chat is called: a group, or a server where the platform has those. Holds phrases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.phrases import settings as say
from bot.talk import Whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Above:
    """The phrases that name the level above.

    Attributes:
        below: whose settings these are, of a chat below it.
        below_named: the same, where its title is known.
        itself: whose settings these are, of the level above.
        itself_named: the same, where its title is known.
        chosen: what a chat below it chose.
        nothing_chosen: that it chose nothing.
        button: leads to its settings.
        inherit: takes a choice back, for its value.
        only_admins: who alone may change it.
    """

    below: Phrase
    below_named: Phrase
    itself: Phrase
    itself_named: Phrase
    chosen: Phrase
    nothing_chosen: Phrase
    button: Phrase
    inherit: Phrase
    only_admins: Phrase


ABOVE: Mapping[Whole, Above] = {
    Whole.GROUP: Above(
        below=say.OF_CHAT_BELOW,
        below_named=say.OF_CHAT_BELOW_NAMED,
        itself=say.OF_GROUP,
        itself_named=say.OF_GROUP_NAMED,
        chosen=say.CHOSEN_HERE,
        nothing_chosen=say.NOTHING_CHOSEN,
        button=say.GROUP_SETTINGS,
        inherit=say.AS_GROUP,
        only_admins=say.ONLY_GROUP_ADMINS,
    ),
    Whole.SERVER: Above(
        below=say.OF_CHANNEL_BELOW,
        below_named=say.OF_CHANNEL_BELOW_NAMED,
        itself=say.OF_SERVER,
        itself_named=say.OF_SERVER_NAMED,
        chosen=say.CHOSEN_IN_CHANNEL,
        nothing_chosen=say.NOTHING_CHOSEN_IN_CHANNEL,
        button=say.SERVER_SETTINGS,
        inherit=say.AS_SERVER,
        only_admins=say.ONLY_SERVER_ADMINS,
    ),
}
