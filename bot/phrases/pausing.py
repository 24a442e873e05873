"""Pausing, stopping and deleting. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase, Plural

# Pausing
PAUSE = Phrase("Stop digests for a while")
RESUME = Phrase("Go on after a pause")
HOW_LONG = Phrase("How long shall no digest come? What is missed comes then, at once.")
ANOTHER_PAUSE = Phrase("Another time: /pause 10 days, or /pause until {day}.")
DAYS = Plural("{count} day", "{count} days")
WEEKS = Plural("{count} week", "{count} weeks")
MISSED_COMES = Phrase("What is missed comes then, at once.")
UNTIL_RESUMED = Phrase("Until I resume")
RESUMED = Phrase("Digests come again.")
NOT_PAUSED = Phrase("Nothing is paused.")
WRONG_PAUSE = Phrase(
    "{words} isn't a time to come within a year. It can be a number of days, or a date such as {day}."
)

# Stopping
STOP = Phrase("Pause, unsubscribe from all or delete what is kept")
WHAT_STOPS = Phrase("What shall stop? Nothing happens before you choose.")
PAUSE_BUTTON = Phrase("Pause")
UNSUBSCRIBE_ALL = Phrase("Unsubscribe from all")
DELETE_OF_CHAT = Phrase("Delete this chat's data")
NOTHING = Phrase("Nothing")
NOTHING_STOPPED = Phrase("Nothing was changed.")
ASK_UNSUBSCRIBE = Plural(
    "Unsubscribe from {count} topic, {topics}? No digest comes then.",
    "Unsubscribe from all {count} topics, {topics}? No digest comes then.",
)
TOPICS_CHANGED = Phrase("The topics changed meanwhile.")
UNSUBSCRIBED = Plural(
    "Unsubscribed from {count} topic: {topics}. No digest comes any more; /subscribe begins again.",
    "Unsubscribed from all {count} topics: {topics}. No digest comes any more; /subscribe begins again.",
)

# Deleting
DELETEDATA = Phrase("Delete everything kept of this chat")
ASK_DELETE = Phrase("Delete everything that is kept of this chat? It can't be undone. These go:")
GOES_SETTINGS = Phrase("its settings")
GOES_TOPICS = Plural("{count} topic: {topics}", "{count} topics: {topics}")
GOES_DELIVERIES = Phrase("the record of what it was sent, and what still waits to be sent")
GOES_NAME = Phrase("your name on topics, groups and invites of yours; unused invites end")
GOES_ACCESS = Phrase("that you were invited; to come back you need a new code")
STAYS_OWNER = Phrase("You own this bot. That stays, unless you give it up too.")
LAST_OWNER = Phrase("Nobody else owns it: given up, it prints a new claim code at its next start.")
DELETE_YES = Phrase("Delete")
DELETE_STAY_OWNER = Phrase("Delete, stay owner")
DELETE_NOT_OWNER = Phrase("Delete, give the bot up too")
DELETED = Phrase("Deleted: nothing of this chat is kept any more. A new message here begins anew.")
STILL_OWNER = Phrase("That you own this bot is still known.")
OWNER_NO_MORE = Phrase("You don't own this bot any more.")
