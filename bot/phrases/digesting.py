"""What is said around a digest that somebody asks for. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase, Plural

SUMMARY = Phrase("Show the newest papers now")

# Buttons
PREVIOUS = Phrase("Previous")

# While it takes long
LOOKING = Plural("Looking through {count} day …", "Looking through {count} days …")
WRITING = Plural("Writing {count} summary …", "Writing {count} summaries …")

# Instead of a digest
ANY_TOPIC = Phrase("Any topic can be looked at: /digest gaussian splatting")
NOTHING_READ = Phrase("No list of papers has been read yet; the next one is read as soon as it's in.")
THAT_WAS_ALL = Phrase("{dates}: that was everything.")
NOT_THOSE_DATES = Phrase("The papers of these dates aren't kept any more.")

# What can't be read
DAYS = Phrase("A digest goes back 1 to {most} days, not {number}.")

# Below a digest
MORE_BY_SUBSCRIBING = Phrase("To see the rest, subscribe to this topic, or narrow it.")
