"""What is said about papers that people name, and to texts that are no command. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase, Plural

SUMMARIZE = Phrase("Summarize papers by arXiv ID or link")
LOOKING_UP = Phrase("Looking it up …")
LOOKING_THEM_UP = Phrase("Looking them up …")

# What was named
WHICH_PAPER = Phrase("Which paper?")
NOT_AN_ID = Plural("{ids} isn't an arXiv ID.", "{ids} aren't arXiv IDs.")
NOT_IDS = Plural("{ids} and {count} other aren't arXiv IDs.", "{ids} and {count} others aren't arXiv IDs.")
TRY_OR_PASTE = Phrase("Try {example}, or paste a link.")
FIRST_ONES = Phrase("You named {found} papers; here are the first {count}.")

# What couldn't be had
UNKNOWN = Phrase("arXiv doesn't know {ids}. Check the digits.")
UNASKED = Phrase("arXiv can't be asked about {ids} right now. Try again in a few minutes.")

# A text that is no command
WHAT_TO_DO = Phrase("I read arXiv. What shall I do with {words}?")
TYPE_BEFORE_IT = Phrase("It's too long for a button: type /search or /subscribe before it.")
SEND_SOMETHING = Phrase("I read arXiv. Send me an arXiv ID, a link or a few words.")
