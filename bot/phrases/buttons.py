"""Labels of buttons that several replies have: the same action has the same words wherever it stands."""

from __future__ import annotations

from digest.phrases import Phrase

CHOOSE_TOPICS = Phrase("Choose topics")
SUBSCRIBE = Phrase("Subscribe")
SEARCH = Phrase("Search")
RESUME = Phrase("Resume")
SETTINGS = Phrase("Settings")
STATUS = Phrase("Status")
HELP = Phrase("Help")
DELETE_MY_DATA = Phrase("Delete my data")
