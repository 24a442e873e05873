"""What is said to who types the command that only platforms use, to suggest words."""

from digest.phrases import Phrase

THESE = Phrase("What may be meant, each with what to type:")
NOTHING = Phrase("There's nothing to suggest for that.")
