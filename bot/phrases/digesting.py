"""What is said around a digest that somebody asks for. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase, Plural

SUMMARY = Phrase("Show the newest papers now")

# Buttons
PREVIOUS = Phrase("Previous")
SUBSCRIBE = Phrase("Subscribe")

# While it takes long
LOOKING = Plural("Looking through {count} day …", "Looking through {count} days …")
WRITING = Plural("Writing {count} summary …", "Writing {count} summaries …")

# Instead of a digest
NO_TOPICS = Phrase("This chat has no topics yet. Any topic can be looked at: /digest gaussian splatting")
NOT_READ_YET = Phrase("No list of papers has been read yet. The next is expected {day}, about {time}.")
THAT_WAS_ALL = Phrase("{dates}: that was everything.")
NOT_THOSE_DATES = Phrase("The papers of these dates aren't kept any more.")
TOPIC_GONE = Phrase("That topic isn't there any more. What there is: /topics")

# What can't be read
DAYS = Phrase("It's the last 1 to {most} days, not {number}.")
NOT_A_TOPIC = Phrase("{words} can't be read as a topic.")
NOT_A_TOPIC_FROM = Phrase("{words} can't be read as a topic from {place} on.")
HALF_A_TOPIC = Phrase("{words} can't be read as a topic: something is missing at the end.")

# Below a digest
MORE_BY_SUBSCRIBING = Phrase("To see the rest, subscribe to this topic, or narrow it.")
