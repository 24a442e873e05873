"""The panel of settings and its choices. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase

SETTINGS = Phrase("Change language, time, days and length")

# Whose settings
OF_CHAT = Phrase("Settings for this chat")
OF_CHAT_BELOW = Phrase("Settings for this chat (the group's otherwise)")
OF_CHAT_BELOW_NAMED = Phrase("Settings for this chat (those of {group} otherwise)")
OF_GROUP = Phrase("Settings for the whole group: its chats take from here what they don't choose themselves")
OF_GROUP_NAMED = Phrase(
    "Settings for all of {group}: its chats take from here what they don't choose themselves"
)
OF_CHANNEL_BELOW = Phrase("Settings for this channel (the server's otherwise)")
OF_CHANNEL_BELOW_NAMED = Phrase("Settings for this channel (those of {group} otherwise)")
OF_SERVER = Phrase(
    "Settings for the whole server: its channels take from here what they don't choose themselves"
)
OF_SERVER_NAMED = Phrase(
    "Settings for all of {group}: its channels take from here what they don't choose themselves"
)
CHOSEN_IN_CHANNEL = Phrase("Chosen here: {settings}. The rest is as the server has it.")
NOTHING_CHOSEN_IN_CHANNEL = Phrase("Nothing is chosen here: all is as the server has it.")
SERVER_SETTINGS = Phrase("The server's settings")
ONLY_SERVER_ADMINS = Phrase("Only who manages the whole server can change that.")
CHOSEN_HERE = Phrase("Chosen here: {settings}. The rest is as the group has it.")
NOTHING_CHOSEN = Phrase("Nothing is chosen here: all is as the group has it.")
GROUP_SETTINGS = Phrase("The group's settings")
NO_GROUP = Phrase("This chat belongs to no group whose settings it could take. Its own: /settings.")
ONLY_GROUP_ADMINS = Phrase("Only admins of the whole group can change that.")

# The panel
LANGUAGE = Phrase("Language: {value}")
BRIEFS = Phrase("Briefs: {value}")
SEND = Phrase("Send: {value}")
ZONE = Phrase("Zone: {value}")
DAYS = Phrase("Days: {value}")
PAPERS = Phrase("Papers: {value}")
DETAIL = Phrase("Detail: {value}")
FIGURES = Phrase("Figures: {value}")
QUIET = Phrase("Quiet days: {value}")
SOUND = Phrase("Sound: {value}")
DONE = Phrase("Done")
BACK = Phrase("Back")
KEPT = Phrase("The settings are kept.")
SENTENCE = Phrase("{clause}.")

# Values
LISTED = Phrase("when the list is in")
EVERY_DAY = Phrase("every day")
DAY_SWITCH = Phrase("{day}: {state}")
DAY_RANGE = Phrase("{first}–{last}")
ZONE_NOW = Phrase("{city}, {time}")
TITLES = Phrase("titles")
BRIEF = Phrase("brief")
NOTES = Phrase("notes")
ONE_PER_PAPER = Phrase("one per paper")
ONE_LINE = Phrase("one line")
NOTHING = Phrase("nothing")
ON = Phrase("on")
OFF = Phrase("off")
WITH_BRIEFS = Phrase("{language}, briefs {briefs}")

# Sources of a value
AS_GROUP = Phrase("As the group: {value}")
AS_SERVER = Phrase("As the server: {value}")
AS_USUAL = Phrase("As usual: {value}")

# What each is about
ABOUT_LANGUAGE = Phrase(
    "Labels and buttons are in this language. Another one for briefs: /settings briefs pt-BR."
)
WRITTEN_BY_MODELS = Phrase(
    "Models write briefs in this language; a sentence of the paper stays in the paper's."
)
NOT_TRANSLATED = Phrase(
    "Briefs are sentences of the abstracts for now, so they stay in the language of the paper."
)
ABOUT_SEND = Phrase(
    "The list is usually in at about {time}, {city} time; a digest is sent between 07:00 and 22:00."
)
ABOUT_SEND_LATER = Phrase(
    "With a time of your own, a list that is expected more than {hours} hours after it comes the next day."
)
ABOUT_SEND_TYPED = Phrase("Another time: type it, such as /settings send 07:30.")
ABOUT_DAYS = Phrase("What other days bring comes with the next digest.")
ABOUT_PAPERS = Phrase(
    "So many papers are in one digest at most; a button shows the others. From 1 to 50: /settings papers 12."
)
ABOUT_DETAIL = Phrase(
    "With briefs, a sentence and the takeaways follow each title. With notes, each paper is read whole and "
    "all its notes come with the digest, which waits up to ten minutes for them."
)
ABOUT_FIGURES = Phrase(
    "Each paper comes with its first figure, where arXiv has the paper as a web page that was read by then. "
    "A digest never waits for figures."
)
ABOUT_QUIET = Phrase("What is sent on a day on which nothing matched.")
ABOUT_SOUND = Phrase("Whether a digest makes a sound when it comes.")

# Zones
WHAT_TIME = Phrase("What time is it for you? Choose it, or type a city.")
WHAT_TIME_IN_GROUP = Phrase("What time is it for you? Choose it, or type a city: /settings zone Berlin.")
OTHER_TIMES = Phrase("Other times")
WHICH_CITY = Phrase("Whose clocks are yours?")
SEVERAL = Phrase("More than one place fits {words}. Which one?")
NO_CITY = Phrase("{words} isn't a city that I know. Try a larger one nearby, such as /settings zone Berlin.")
NO_CITY_NEAR = Phrase("{words} isn't a city that I know. Is it one of these?")

# Times that are too early
TOO_EARLY = Phrase(
    "At {chosen} the newest list isn't there yet: it is usually in at about {listed}, {city} time, "
    "and digests come then."
)
SEND_THEN = Phrase("Send at {time}")
SEND_LISTED = Phrase("Send when the list is in")

# Mistakes
NO_SETTING = Phrase("There's no setting {words}. There are {settings}.")
WRONG_LANGUAGE = Phrase("{words} isn't a language of mine. It can be {values}.")
WRONG_BRIEFS = Phrase("{words} isn't a language tag. It can be one such as de, pt-BR or zh.")
WRONG_SEND = Phrase("{words} isn't a time. It can be “listed” or a time such as 07:30.")
WRONG_ZONE = Phrase("{words} isn't a time zone. It can be a city, such as Berlin.")
WRONG_DAYS = Phrase("{words} isn't possible. It can be days such as mon-fri or sat,sun, and at least one.")
LAST_DAY = Phrase("At least one day stays on.")
WRONG_PAPERS = Phrase("{words} isn't possible. It can be a number from 1 to 50.")
WRONG_DETAIL = Phrase("{words} isn't possible. It can be titles, brief or notes.")
WRONG_FIGURES = Phrase("{words} isn't possible. It can be on, which is one per paper, or off.")
WRONG_QUIET = Phrase("{words} isn't possible. It can be line or nothing.")
WRONG_SOUND = Phrase("{words} isn't possible. It can be on or off.")
