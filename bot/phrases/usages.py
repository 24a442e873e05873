"""What follows a command, as the help shows it. Holds text alone; words in it are typed as they stand."""

from __future__ import annotations

from digest.phrases import Phrase

COMMAND = Phrase("[command]")
TOPIC = Phrase("[topic]")
TOPIC_AND_DAYS = Phrase("[topic] [days]")
IDS = Phrase("ID…")
IDS_AND_LANGUAGE = Phrase("ID… [language]")
ID = Phrase("ID")
WORDS = Phrase("WORDS")
SOUGHT = Phrase("[words]")
FORMAT = Phrase("bibtex [ID… | words]")
SETTING_AND_VALUE = Phrase("[setting] [value]")
PAUSE = Phrase("[days | until date]")
INVITE = Phrase("[list | withdraw]")
TEXT = Phrase("TEXT")
NAME_AND_COMMAND = Phrase("@NAME COMMAND")
