"""The first words, the help and what is said of the bot itself. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase

# The first words
START = Phrase("What this bot does, and what comes next here")
HELLO = Phrase("Each morning I read what arXiv announced and send you the papers on your topics, in short.")
HELLO_HERE = Phrase(
    "Each morning I read what arXiv announced and post the papers on your topics here, in short."
)
CHOOSE_FIRST = Phrase("Choose topics to begin, or subscribe to words of your own: {example}.")
ADMINS_CHOOSE = Phrase("Admins choose the topics: {example}. Everybody may read them: /topics, /digest.")
EVERYBODY_CHOOSES = Phrase("Everybody here may choose the topics: {example}.")
TOPICS_HERE = Phrase("Topics here: {topics}.")
TOPICS_HERE_AND_MORE = Phrase("Topics here: {topics} … {count} in all.")

# The help
HELP = Phrase("Everything that works, or how one command works")
HELP_FIRST = Phrase("Say one of these:")
HELP_MORE = Phrase("And where they are needed:")
HELP_OWNERS = Phrase("For owners of this bot:")
HELP_LINE = Phrase("{command}: {summary}")
HELP_LAST = Phrase("How one of them works: {example}.")
HELP_USAGE = Phrase("Say it like this: {usage}")
HELP_EXAMPLE = Phrase("For example: {example}")
HELP_SHORT = Phrase("Short: {names}")
HELP_ADMINS = Phrase("In groups only admins can do it.")
HELP_OWNER = Phrase("Only owners of this bot can do it.")
HELP_ALL = Phrase("All commands")
