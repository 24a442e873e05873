"""Saved papers and what is exported of them. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase, Plural

# Saving; {titles} come quoted
SAVE = Phrase("Save papers for later")
SAVE_BUTTON = Phrase("Save")
SAVE_NUMBERED = Phrase("Save {number}")
SAVED_NOW = Phrase("Saved: {titles}.")
SAVED_BEFORE = Phrase("Saved before: {titles}.")
LISTED_BY = Phrase("/saved shows the list.")
FULL = Phrase("The list is full: it holds {count} papers. Remove some first: /saved")

# The list
SAVED = Phrase("The papers saved in this chat")
SAVED_PAPERS = Plural("{count} saved paper", "{count} saved papers")
SAVED_WITH = Plural("{words}: {count} saved paper", "{words}: {count} saved papers")
LAST_SAVED_FIRST = Phrase("{first} to {last}, the last saved first.")
NOTHING_SAVED = Phrase("No paper is saved here yet. Press Save under one, or try {example}.")
NONE_HAS = Phrase("No saved paper has {words} in its title or among its authors.")
WORDS_TOO_LONG = Phrase("That's too long to look for among saved papers. Try one or two words.")
WHOLE_LIST = Phrase("All saved papers")
REMOVE = Phrase("Remove")
REMOVE_NUMBERED = Phrase("Remove {number}")
REMOVED = Phrase("Removed: {title}.")
NOT_SAVED = Phrase("That paper isn't saved here.")

# Exporting
EXPORT = Phrase("Write saved papers, or those you name, as BibTeX")
EXPORT_BUTTON = Phrase("Export")
WHICH_FORMAT = Phrase("Which format? Try {example}.")
NO_SUCH_FORMAT = Phrase("{words} isn't a format that I write. Try {example}.")
EXPORTED = Plural("{count} saved paper as {format}.", "{count} saved papers as {format}.")
WRITTEN = Plural("{count} paper as {format}.", "{count} papers as {format}.")
