"""What is said about notes of papers while they're made, and beside them. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase, Plural

FULL_NOTES = Phrase("Full notes")
NOTES_NUMBERED = Phrase("Notes {number}")

# How far they are
FETCHING = Phrase("Fetching the paper …")
FETCHING_PDF = Phrase("Fetching its PDF …")
READING = Phrase("Reading the paper …")
READING_PAGES = Plural("Reading {count} page …", "Reading {count} pages …")
WRITING = Phrase("Writing notes …")
WRITING_PART = Phrase("Writing notes: part {part} of {parts} …")
CHECKING = Phrase("Checking the notes …")

# What can't be had
NOT_IN_TIME = Phrase("The notes weren't ready in time; the button shows them.")
NOT_TAKEN = Plural(
    "{count} paper has no notes yet; its button takes them.",
    "{count} papers have no notes yet; their buttons take them.",
)
ONE_AT_A_TIME = Phrase("Notes are taken of one paper at a time.")
WITHDRAWN = Phrase("{title} was withdrawn, so there's nothing to take notes of.")

# Figures
FIGURES_MISSING = Plural("{count} figure couldn't be shown.", "{count} figures couldn't be shown.")
FIGURES_UNSHOWN = Phrase("Not every figure can be shown here. All are in the paper's {link}.")
FIGURES_MORE = Plural("The paper has {count} figure more.", "The paper has {count} figures more.")
