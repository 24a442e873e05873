"""What is said of searches, and of why a paper was sent or wasn't. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase, Plural

SEARCH = Phrase("Find papers by words, authors or categories")
WHY = Phrase("Why a paper was sent here, or wasn't")

# Searches; {words} come quoted
NO_WORDS = Phrase("There's no word in that to look for.")
TOO_MANY_WORDS = Phrase("A search takes up to {count} words. Leave the common ones out.")
FOUND = Plural("{words}: {count} paper", "{words}: {count} papers")
FOUND_MORE = Phrase("{words}: more than {count} papers")
BEST_FIRST = Phrase("{first} to {last}, the best first.")
NEWEST_FIRST = Phrase("{first} to {last}, the newest first.")
BEST_OF_NEWEST = Phrase("{first} to {last} of the newest {count}, the best first.")
NEXT_PAPERS = Plural("Next {count}", "Next {count}")
PREVIOUS_PAPERS = Plural("Previous {count}", "Previous {count}")
PAGE_BY_HAND = Phrase("It's too long for a button: for the next page type /found {page} and the same words.")
NOTHING_FOUND = Phrase("No paper here has {words}.")
HEAR_OF_IT_BY_HAND = Phrase("To hear when one comes: /subscribe and the same words.")

# Why
NOT_HERE = Phrase("{id} is in no listing that I read. Look it up: /summarize {id}")
LOOK_IT_UP = Phrase("Look it up")
TOPIC_MATCHES = Phrase("{topic}: {reasons}")
TOPICS_DONT_MATCH = Phrase("Doesn't match: {topics}")
MORE_DONT_MATCH = Plural(
    "Doesn't match: {topics} and {count} more", "Doesn't match: {topics} and {count} more"
)
ANNOUNCED = Phrase("Announced: {date}")
ANNOUNCED_AGAIN = Phrase("Announced only as a new version: {date}")
WAS_SENT = Phrase("Sent here: {date}")
IS_ON_ITS_WAY = Phrase("It's on its way here.")
NOT_SENT = Phrase("It couldn't be sent: {why}")
MATCHED_NOTHING = Phrase("No topic of this chat matches it.")
ONLY_A_NEW_VERSION = Phrase("A new version is no news, so it wasn't sent.")
STILL_TO_COME = Phrase(
    "This chat hasn't heard of that day yet: it comes with the next digest, if there's room."
)
PAUSED = Phrase("This chat is paused: it comes after /resume, if there's room.")
SUBSCRIBED_LATER = Phrase("The topic was subscribed after that ({date}), so it wasn't sent.")
FORGOTTEN = Phrase("What was sent so long ago isn't known any more.")
LEFT_OUT = Plural(
    "It wasn't sent. Most likely there was no room: a digest here has up to {count} paper. "
    "/digest shows the rest.",
    "It wasn't sent. Most likely there was no room: a digest here has up to {count} papers. "
    "/digest shows the rest.",
)
