"""Every label that documents carry, in English, which is the source language. Holds text; knows no catalog.

A phrase is what translators see, so each says what fills its braces. `digest.translation` turns it into the
reader's language; a translation keeps the braces and may move them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to translate; braces are filled with values."""

    text: str


@dataclass(frozen=True, slots=True)
class Plural:
    """Words to translate that depend on a number; ``{count}`` is that number."""

    one: str
    other: str


# Dates, in CLDR's pattern letters: https://unicode.org/reports/tr35/tr35-dates.html#Date_Format_Patterns
DATE = Phrase("EEE d MMMM y")
DATE_IN_YEAR = Phrase("EEE d MMMM")
DATE_IN_MONTH = Phrase("EEE d")
DATE_RANGE = Phrase("{first} – {last}")
DATE_RANGE_WITH_GAPS = Plural("{first} – {last}, {count} day", "{first} – {last}, {count} days")

# Enumerations
COMMA = Phrase(", ")
SEMICOLON = Phrase("; ")
AND = Phrase("{first} and {last}")
AND_MORE = Plural("{names} and {count} more", "{names} and {count} more")
QUOTED = Phrase("“{words}”")

# Headings
HEADING = Plural("{topic}: {count} paper", "{topic}: {count} papers")
HEADING_OF = Plural("{topic}: {shown} of {count} paper", "{topic}: {shown} of {count} papers")
HEADING_MORE = Plural("{topic}: {shown} more of {count} paper", "{topic}: {shown} more of {count} papers")
NEW_PAPERS = Phrase("New papers")

# One paper
CODE = Phrase("code")
CODE_NUMBERED = Phrase("code {number}")
TAKEAWAYS = Phrase("Takeaways")
ABSTRACT = Phrase("Abstract")
AUTHORS = Phrase("Authors: {names}")
COMMENT = Phrase("Comment: {text}")
READ = Phrase("Read {number}")
IN_ITS_WORDS = Phrase("In the paper's words: {text}")
NO_SUMMARY = Phrase("No summary could be made.")
NO_SUMMARY_BUT_ABSTRACT = Phrase("No summary could be made; this is how the abstract begins.")
KEYWORDS = Phrase("Keywords: {words}")

# What a check took from what a model wrote
REPAIRED_ALL = Phrase("What the model wrote didn't pass the check; these are the paper's own sentences.")
REPAIRED_SENTENCE = Phrase("The first sentence is the paper's own; the model's didn't pass the check.")
REPAIRED_TAKEAWAYS = Phrase("The takeaways are the paper's own sentences; the model's didn't pass the check.")
DROPPED_TAKEAWAYS = Plural(
    "{count} takeaway is left out; it didn't pass the check.",
    "{count} takeaways are left out; they didn't pass the check.",
)
NO_KEYWORDS = Phrase("Keywords are left out; none passed the check.")
DROPPED_KEYWORDS = Plural(
    "{count} keyword is left out; it didn't pass the check.",
    "{count} keywords are left out; they didn't pass the check.",
)

# Why it's there; {words} come quoted
MATCHED = Phrase("Matched: {reasons}")
IN_TITLE = Phrase("title has {words}")
IN_ABSTRACT = Phrase("abstract has {words}")
IN_AUTHORS = Phrase("authors include {words}")
IN_COMMENT = Phrase("comment has {words}")
IN_CATEGORIES = Phrase("categories include {words}")
ALSO = Phrase("Also in: {topics}")

# What isn't there
MORE = Plural("{count} more paper matched.", "{count} more papers matched.")
MORE_BY_OPTION = Plural(
    "{count} more paper matched; {option} shows it.", "{count} more papers matched; {option} shows them."
)
MISSED = Plural(
    "The listing of {dates} was missed; its papers were looked up later, by their submission time.",
    "The listings of {dates} were missed; their papers were looked up later, by their submission time.",
)
SHOW_MORE = Plural("Show {count} more", "Show {count} more")
NOTHING_TODAY = Plural(
    "Nothing on {topic} today; {count} paper checked.", "Nothing on {topic} today; {count} papers checked."
)
NOTHING = Plural(
    "Nothing on {topic}, {dates}; {count} paper checked.",
    "Nothing on {topic}, {dates}; {count} papers checked.",
)

# Who wrote it
EXTRACTED = Phrase("Sentences extracted from the abstracts.")
EXTRACTED_OTHERS = Phrase("The other sentences are extracted from the abstracts.")
FROM_ABSTRACTS = Phrase("Written by {model} from abstracts, checked.")
FROM_HTML = Phrase("Written by {model} from the papers' HTML, checked.")
FROM_PDFS = Phrase("Written by {model} from the PDFs, checked.")
EXTRACTED_ONE = Phrase("Sentences extracted from the abstract.")
FROM_ABSTRACT = Phrase("Written by {model} from the abstract, checked.")
FROM_ITS_HTML = Phrase("Written by {model} from the paper's HTML, checked.")
FROM_PDF = Phrase("Written by {model} from the PDF, checked.")
STAND_IN = Phrase("The usual model couldn't write it now.")
UNFIT = Phrase("What the model wrote didn't pass the check.")
UNFIT_BEFORE = Phrase("What the usual model wrote didn't pass the check.")
STAND_INS = Plural(
    "The usual model couldn't write {count} of them now.",
    "The usual model couldn't write {count} of them now.",
)
STAND_INS_ALL = Phrase("The usual model couldn't write them now.")
SCREENING = Phrase("For screening only: read the paper before you rely on it.")
SAMPLE = Phrase("These papers are invented, to show what a digest looks like.")

# One paper by itself
SUBMITTED = Phrase("submitted {date}")
VERSION = Phrase("version {number}")
WITHDRAWN = Phrase("This paper was withdrawn.")
NEWER_VERSION = Phrase("You named version {asked}. This is version {newest}, the newest.")
NO_SUCH_VERSION = Phrase("There's no version {asked}. This is version {newest}, the newest.")
CODE_AT = Phrase("Code: {link}")
NO_CODE = Phrase("Code: none named.")
NO_CODE_IN_ABSTRACT = Phrase("Code: none named in the abstract.")
PAPERS = Plural("{count} paper", "{count} papers")
PDF = Phrase("PDF")
HTML = Phrase("HTML")
PDF_NUMBERED = Phrase("PDF {number}")
ARXIV = Phrase("arXiv")

# Notes of one paper
NOTES_TITLE = Phrase("Title")
NOTES_AUTHORS = Phrase("Authors")
NOTES_AFFILIATION = Phrase("Affiliation")
NOTES_KEYWORDS = Phrase("Keywords")
NOTES_LINKS = Phrase("Links")
NOTES_SUMMARY = Phrase("In brief")
NOTES_BACKGROUND = Phrase("Background")
NOTES_EARLIER = Phrase("Earlier methods and their problems")
NOTES_METHOD = Phrase("Method")
NOTES_RESULTS = Phrase("Task and results")
NOTES_STEPS = Phrase("Method, step by step")
NOTES_CONCLUSION = Phrase("Conclusion")
NOTES_SIGNIFICANCE = Phrase("Significance")
NOTES_INNOVATION = Phrase("Innovation")
NOTES_PERFORMANCE = Phrase("Performance")
NOTES_WORKLOAD = Phrase("Workload")
NOTES_LABELLED = Phrase("{label}: ")
NOTES_SECTION = Phrase(" ({section})")
NOTES_FIGURE = Phrase("Figure {number}")
NOTES_TABLE = Phrase("Table {number}")
NOTES_FIGURES = Plural("{count} figure", "{count} figures")
NOTES_IN_ITS_WORDS = Phrase("In the paper's words.")
NOTES_MISSING = Phrase("Not found in the paper: {fields}.")
NOTES_MISSING_IN_PART = Phrase("Not found in what was read of the paper: {fields}.")
NOTES_MISSING_IN_ABSTRACT = Phrase("Not found in the abstract: {fields}.")
NOTES_REFUSED = Phrase("Left out, because what the model wrote didn't pass the check: {fields}.")
NOTES_EXTRACTED_HTML = Phrase("Sentences extracted from the paper's HTML.")
NOTES_EXTRACTED_PDF = Phrase("Sentences extracted from the PDF.")
NOTES_SECTIONS_READ = Plural("{count} section was read.", "{count} sections were read.")
NOTES_PAGES_READ = Plural("{count} page was read.", "All {count} pages were read.")
NOTES_PAGES_CUT = Plural(
    "Of {count} page, the first {read} were read.", "Of {count} pages, the first {read} were read."
)
NOTES_UNREAD = Phrase("Not read: {sections}.")
NOTES_UNREAD_MORE = Plural(
    "Not read: {sections} and {count} more section.", "Not read: {sections} and {count} more sections."
)
NOTES_ABSTRACT_ONLY = Phrase("Only the abstract was read; {why}.")
WHY_MISSING = Phrase("arXiv has no other form of it")
WHY_FOREIGN = Phrase("arXiv sent something else than its file")
WHY_TOO_LARGE = Phrase("its file is too large")
WHY_TOO_HEAVY = Phrase("reading its file takes too long or too much memory")
WHY_LOCKED = Phrase("its PDF is encrypted")
WHY_BROKEN = Phrase("its file is damaged")
WHY_NO_TEXT = Phrase("its PDF is a scan without text")

# Answers about one paper
UNSAID = Phrase("The paper doesn't say.")
UNSAID_IN_PART = Phrase("What was read of the paper doesn't say.")
NOBODY_ANSWERED = Phrase("No model answered.")
UNFIT_ANSWER = Phrase("What the model answered didn't pass the check.")
UNFIT_ANSWER_BEFORE = Phrase("What the usual model answered didn't pass the check.")
NEAREST = Plural(
    "This sentence of the paper is the nearest to the question:",
    "These sentences of the paper are the nearest to the question:",
)
NOTHING_NEAR = Phrase(
    "No sentence of the paper has the question's words. Ask with words that the paper uses."
)
NOTHING_NEAR_IN_PART = Phrase(
    "No sentence of what was read has the question's words. Ask with words that the paper uses."
)
FROM_SECTION = Phrase("From: {section}")
ANSWERED_FROM_HTML = Phrase("Answered by {model} from the paper's HTML alone; the quotation was found there.")
ANSWERED_FROM_PDF = Phrase("Answered by {model} from the PDF alone; the quotation was found there.")
ANSWERED_FROM_ABSTRACT = Phrase("Answered by {model} from the abstract alone; the quotation was found there.")
SEARCHED_HTML = Phrase("{model} looked through the paper's HTML.")
SEARCHED_PDF = Phrase("{model} looked through the PDF.")
SEARCHED_ABSTRACT = Phrase("{model} looked through the abstract.")

# Notes in a post
NOTES = Phrase("Notes")
NOTES_MISSING_HERE = Phrase("not found in the paper.")
NOTES_MISSING_HERE_IN_PART = Phrase("not found in what was read of the paper.")
NOTES_MISSING_HERE_IN_ABSTRACT = Phrase("not found in the abstract.")
NOTES_REFUSED_HERE = Phrase("left out; what the model wrote didn't pass the check.")
NOTES_UNREACHABLE = Phrase("No notes: the paper couldn't be fetched from arXiv.")
NOTES_FIGURES_LEFT = Plural("{count} more figure is in the paper.", "{count} more figures are in the paper.")

# The post
POST_DESCRIPTION = Phrase("{heading}, {dates}")
POST_HEADING = Phrase("{dates}: {topic}")
POST_AUTHORS = Phrase("Authors:")
POST_SUMMARY = Phrase("Summary")
POST_SUMMARY_IN_ITS_WORDS = Phrase("Summary (in the paper's words)")
POST_TAKEAWAYS = Phrase("Key Takeaways")
POST_KEYWORDS = Phrase("Keywords:")
POST_LINKS = Phrase("Links:")

# The archive
ARCHIVE = Phrase("Digests of arXiv")
ARCHIVE_TITLE = Phrase("{topic}, {dates}")
ARCHIVE_FEED = Phrase("Feed")

# The page
SKIP = Phrase("Skip to the papers")
TOPICS = Phrase("Topics")
