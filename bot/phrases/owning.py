"""What owners of the bot are told and ask for: its figures, announcements, invites. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase, Plural

# Figures
STATS = Phrase("How many chats, topics, papers and messages there are, and what models cost")
STATS_CHATS = Plural("{count} chat: {states}.", "{count} chats: {states}.")
STATS_NO_CHATS = Phrase("No chats yet.")
STATS_STATE = Phrase("{count} {state}")
STATS_PLATFORM = Phrase("{platform}: {states}.")
STATE_ACTIVE = Phrase("active")
STATE_PAUSED = Phrase("paused")
STATE_UNREACHABLE = Phrase("out of reach")
STATS_TOPICS = Plural("{count} subscription. Most wanted:", "{count} subscriptions. Most wanted:")
STATS_TOPIC = Phrase("{topic}: {count}")
STATS_DAYS = Plural(
    "{papers}; the list of {count} day was read.", "{papers}; the lists of {count} days were read."
)
STATS_SENT = Plural(
    "Last 7 days: {count} message sent, {failed} failed.",
    "Last 7 days: {count} messages sent, {failed} failed.",
)
STATS_WAITING = Plural("{count} message waits to be sent.", "{count} messages wait to be sent.")
STATS_MODELS = Phrase("Models, day by day (UTC):")
STATS_MODEL = Plural(
    "{day}, {model}: {count} call, {tokens} tokens; {reused} summaries used again",
    "{day}, {model}: {count} calls, {tokens} tokens; {reused} summaries used again",
)
STATS_MODEL_PAID = Plural(
    "{day}, {model}: {count} call, {tokens} tokens, {money} by your prices; {reused} summaries used again",
    "{day}, {model}: {count} calls, {tokens} tokens, {money} by your prices; {reused} summaries used again",
)
STATS_COUNTED = Plural("Counted {count} minute ago.", "Counted {count} minutes ago.")
STATS_SIZE = Phrase("The database takes {size} MB.")

# Announcements
ANNOUNCE = Phrase("Write to every chat that gets digests")
NOTICE_EMPTY = Phrase("Say what to announce.")
NOTICE_ASK = Plural("Send to {count} chat?", "Send to {count} chats?")
NOTICE_SEND = Phrase("Send")
NOTICE_DROP = Phrase("Don't send")
NOTICE_FROM = Phrase("From the owner of this bot:")
NOTICE_SENDING = Plural(
    "It's on its way to {count} chat so far …", "It's on its way to {count} chats so far …"
)
NOTICE_SENT = Plural("It's on its way to {count} chat.", "It's on its way to {count} chats.")
NOTICE_SENT_BEFORE = Plural("It was sent already, to {count} chat.", "It was sent already, to {count} chats.")
NOTICE_DROPPED = Phrase("Nothing was sent.")
NOTICE_GONE = Phrase("This announcement isn't kept any more. Write it again: /announce and the text.")
NOTICE_FOR_NOBODY = Phrase("No chat gets digests yet, so there's nobody to send it to.")

# Invites
INVITE = Phrase("Make a code that lets somebody use this bot")
INVITE_CODE = Phrase("A code for one person: {code}")
INVITE_HOW = Phrase(
    "They send it to this bot as it is. It works once; then they may use the bot, and bring it to groups."
)
INVITES_OPEN = Plural("{count} code is open.", "{count} codes are open.")
NO_INVITES = Phrase("No code is open.")
INVITES_WITHDRAWN = Plural("{count} code doesn't work any more.", "{count} codes don't work any more.")
INVITE_USELESS = Phrase(
    'Guests can\'t use this bot yet. Set mode = "invited" under [access] in config.toml and restart it.'
)
INVITE_NEEDLESS = Phrase(
    "Everybody may use this bot, so nobody needs a code. That's [access] mode in config.toml."
)
INVITE_PRIVATELY = Phrase("A code is for one person's eyes. Write /invite to me in a private chat.")
INVITE_OWNER = Phrase("For yourself on another platform: /invite owner.")
INVITE_WHAT = Phrase("After /invite comes nothing, or owner, list or withdraw.")
OWNER_CODE = Phrase("A code for an owner: {code}")
OWNER_HOW = Phrase(
    "Whoever sends it to this bot owns it as you do: you on another platform, or who runs it with you. "
    "It works once."
)
INVITE_NEW = Phrase("New code")
INVITE_WITHDRAW = Phrase("Withdraw all")
