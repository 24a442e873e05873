"""What is said around every command: who may, what was meant, what went wrong. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase, Plural

# Who may
STRANGER = Phrase("This bot is private. If its owner gave you a code, send it to me.")
STRANGER_AMONG_OTHERS = Phrase("This bot is private. If its owner gave you a code, use it with /claim.")
ONLY_OWNERS = Phrase("Only an owner of this bot can do that.")
ONLY_ADMINS = Phrase("Only admins of this group can change that. Everybody may read: try /topics.")
ONLY_MANAGERS = Phrase("Only who manages this channel can change that. Everybody may read: try /topics.")
OWNER_NOW = Phrase("You own this bot now.")
OWNER_ALONE = Phrase("You own this bot now. Only you can use it.")
OWNER_INVITES = Phrase("You own this bot now. Let others in with /invite.")
GUEST_NOW = Phrase("The code was right: you may use this bot.")

# What was meant
UNKNOWN_COMMAND = Phrase("There's no /{name}. Everything that works: /help.")
UNKNOWN_COMMAND_NEAR = Phrase("There's no /{name}. Did you mean /{near}?")
TRY_EXAMPLE = Phrase("Try {example}")
BUTTON_TOO_OLD = Phrase("This button doesn't work any more. Everything that works: /help.")

# What went wrong
TOO_OFTEN = Plural(
    "That's often for one hour. The next try is possible in {count} minute.",
    "That's often for one hour. The next try is possible in {count} minutes.",
)
ARXIV_SILENT = Phrase("arXiv isn't answering. Try again in a few minutes; nothing is lost.")
ARXIV_BUSY = Phrase("arXiv asks for a break. Try again in a few minutes.")
DELETED_MEANWHILE = Phrase("What is kept for this chat was deleted meanwhile. Send that again to begin anew.")
AS_A_REPLY = Phrase("Reply to this message, so that I see it.")
UNDER_WAY = Phrase("That's under way: what comes of it is shown here.")
DATABASE_SILENT = Phrase("The database can't be used right now. Try again in a minute.")
BROKEN = Phrase("That went wrong, through no fault of yours. It's in the bot's log; other commands work.")
CALLED_OFF = Phrase("Called off.")
FOR_CHANNEL = Phrase("For {name}:")
