"""What Discord shows before and around commands: their options, forms and permissions. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase

BOT = Phrase("Help, settings and everything else of paperround")
SUMMARIZE_LINK = Phrase("Summarize arXiv link")
CLAIM = Phrase("Become this bot's owner, or be let in, by a code")

PAPERS = Phrase("An arXiv ID or link, or several")
LANGUAGE = Phrase("A language, such as German or pt-BR; left out, that of the channel")
PAPER = Phrase("An arXiv ID or link")
QUESTION = Phrase("What you want to know; the paper alone answers")
PRIVATE = Phrase("Show the answer to you alone")
TOPIC = Phrase("A ready-made topic, a category such as cs.CV, or words of your own")
TOPIC_HERE = Phrase("One of this channel's topics")
CHANNEL = Phrase("Where digests go, if not here")
DAYS = Phrase("So many days back")
WORDS = Phrase("Words, a category or an author")
SOUGHT = Phrase("Words of a title, or an author")
FORMAT = Phrase("What they're written as")
EXPORTED = Phrase("IDs or links, or words of saved papers; left out, all that are saved")
COMMAND = Phrase("A command's name")
SETTING = Phrase("What to change; left out, all settings are shown")
VALUE = Phrase("Its value; left out, the likely ones are shown")
PAUSE_DAYS = Phrase("For so many days")
PAUSE_UNTIL = Phrase("Until a date, such as 2026-09-01")
INVITE = Phrase("Make another owner, say how many codes are open, or make them worthless")
TEXT = Phrase("What to write")
CODE = Phrase("The code, such as 7K3M-9QXA-04TB-HZ2W")

WRITE_IT = Phrase("Write it")
YOUR_WORDS = Phrase("Your words")
GONE = Phrase("I don't know that channel. Choose another one.")

CANT_POST = Phrase("I can't post in {name}: {permission} is missing. Grant it, then try again.")
TRY_AGAIN = Phrase("Try again")
VIEW_CHANNEL = Phrase("View Channel")
SEND_MESSAGES = Phrase("Send Messages")
SEND_IN_THREADS = Phrase("Send Messages in Threads")
CREATE_POSTS = Phrase("Create Posts")
CREATE_THREADS = Phrase("Create Public Threads")
SEND_IN_POSTS = Phrase("Send Messages in Posts")
