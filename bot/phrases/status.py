"""How it stands, what is kept, and what is called off. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase, Plural

# How it stands
STATUS = Phrase("How it stands: the last list, the next digest, arXiv")
LAST_LIST = Phrase("Last list: {day}, read {moment}.")
NO_LIST = Phrase("No list was read yet.")
ARXIV_ANSWERS = Phrase("arXiv answered last time.")
ARXIV_AWAY = Phrase("arXiv hasn't been answering since {moment}. Nothing is lost; digests come late.")
NEVER_SENT = Phrase("Nothing was sent here yet.")
SENT = Phrase("Last delivery here: {moment}, it arrived.")
WAITS = Phrase("The last delivery here waits to be sent since {moment}.")
WAITS_WHY = Phrase("The last delivery here waits since {moment}: {why}.")
EXPIRED = Phrase(
    "The last delivery here wasn't taken for two days, until {moment}; its papers come with the next."
)
DROPPED = Phrase("The last delivery here was refused, {moment}; its papers come with the next.")
WAITING = Plural("{count} message waits for this chat.", "{count} messages wait for this chat.")
TIMES_OF = Phrase("All times are those of {city}.")

# What is kept
PRIVACY = Phrase("What is kept, who runs this bot, who gets which text")
KEPT = Phrase("What is kept, in a database on the machine that this bot runs on:")
KEPT_CHAT = Phrase(
    "Of a chat: its id and title, its settings, a pause, its topics with who subscribed them and when, the "
    "papers saved there and when, and who brought the bot there."
)
KEPT_SENT = Phrase(
    "Of what it was sent: the messages, when they went out and whether they arrived, for 90 days; and the "
    "date of the last list it heard of."
)
KEPT_PEOPLE = Phrase(
    "Of people who were let in: their id, since when, and the unused invites that they made, as hashes."
)
NOT_KEPT = Phrase(
    "What you write isn't kept, but for topics and settings. Questions about papers and their answers are in "
    "memory for ten minutes, and nowhere else. How often somebody asks is counted in memory, "
    "for an hour. The log names chats and people by their ids when somebody is let in or something fails."
)
MODELS = Phrase(
    "No language model is asked and no provider gets any text: briefs, notes and answers are sentences "
    "picked from the papers, on that machine."
)
MODELS_READ = Phrase(
    "Summaries are written by {models}. What is sent there: titles, abstracts and authors' comments of "
    "papers, the whole text of those that somebody wants notes of or asks about, the questions, and the "
    "language asked for; nothing else of you or this chat."
)
ARXIV = Phrase(
    "arXiv is asked for its lists and for papers and their files by their ids; it isn't told who wants them."
)
RUN_BY = Phrase("Who runs this bot: {operator}")
RUN_BY_NOBODY = Phrase("Who runs this bot didn't say who they are.")
LEAVES = Phrase(
    "/deletedata deletes what is kept of this chat. Backups that were made before stay with whoever runs the "
    "bot."
)

# Calling off
CANCEL = Phrase("Call off what you wait for, or drop a question")
CALLED_OFF = Phrase("What you waited for is called off.")
CANCELLED = Phrase("The question is dropped.")
NOTHING_ASKED = Phrase("Nothing is under way and no question is open.")
