"""What is said of topics: subscribing, narrowing, removing, listing them. Holds text alone."""

from __future__ import annotations

from digest.phrases import Phrase, Plural

# The commands, in menus and the help
SUBSCRIBE = Phrase("Get digests on a topic")
UNSUBSCRIBE = Phrase("Remove a topic")
TOPICS = Phrase("Show this chat's topics")

# What happened
SUBSCRIBED = Phrase("Subscribed to {topic}.")
SUBSCRIBED_ALREADY = Phrase("Already subscribed to {topic}; nothing changed.")
UNSUBSCRIBED = Phrase("Unsubscribed from {topic}.")
NARROWED = Phrase("Narrowed to {topic}.")
WIDENED = Phrase("Back to {topic}.")

# How much it is
LAST_WEEK = Phrase("Last week: {found}.")
LAST_DAYS = Plural("The last day read, {dates}: {found}.", "The last days read, {dates}: {found}.")
NOTHING_READ = Phrase("Nothing was read from arXiv yet, so how many papers to expect isn't known.")
PAPERS_AT_RATE = Phrase("{papers}, {rate}")
NONE_OF = Plural("none of {count} paper", "none of {count} papers")
ABOUT_A_DAY = Plural("about {count} a day", "about {count} a day")
UNDER_ONE_A_DAY = Phrase("less than one a day")
SUCH_AS = Phrase("Such as:")
NAMELY = Plural("This one:", "These:")
BROAD = Plural(
    "A digest shows {count} paper at most; narrow the topic to get closer to what matters to you.",
    "A digest shows {count} papers at most; narrow the topic to get closer to what matters to you.",
)

# Where it found nothing
UNREAD_CATEGORY = Phrase("This bot doesn't read {category}; its owner may add it.")
ENGLISH_ONLY = Phrase("arXiv's papers are in English; English words find more.")
NEAR_PRESET = Phrase("There is a ready-made topic too: {topic}.")
WITHOUT_QUOTES = Phrase("In quotes, words must stand exactly so; without them, more is found.")
FEWER_WORDS = Phrase("All of the words must stand in a paper; fewer words find more.")

# What can't be
TOPIC_TOO_LONG = Phrase("A topic has at most {most} characters, and this one has {count}.")
TOO_MANY_TOPICS = Phrase("A chat has at most {most} topics. To make room: /unsubscribe.")
NO_QUERY = Phrase("This can't be read as a topic: {problem}. Try {example}")
NO_QUERY_AT = Phrase("This can't be read as a topic. At {place}: {problem}. Try {example}")
NO_TOPIC = Phrase("This can't be read as a topic. Try {example}")
NO_TOPIC_AT = Phrase("This can't be read as a topic: {place} doesn't fit. Try {example}")
NO_TOPIC_AT_END = Phrase("This can't be read as a topic: something is missing at the end. Try {example}")
NO_QUERY_AT_END = Phrase("This can't be read as a topic. At the end: {problem}. Try {example}")
TOPIC_GONE = Phrase("This topic isn't here any more. What there is: /topics")
NO_SUCH_TOPIC = Phrase("No topic here is called {words}. Which one is to go?")
NO_SUCH_TOPIC_NEAR = Phrase("No topic here is called {words}. Did you mean {near}?")

# The panel of ready-made topics
READY_MADE = Phrase("Ready-made topics; a tap switches one on or off.")
ON = Phrase("{topic}: on")
OFF = Phrase("{topic}: off")
OR_WRITE = Phrase("Or write what interests you, such as {query} or {category}.")
OR_SUBSCRIBE = Phrase("Or write {example}, with whatever interests you.")

# Narrowing
NARROW_TO = Phrase("{topic} finds {found}. To which part is it to be narrowed?")
TITLES_ONLY = Phrase("In titles only: {rate}")
CATEGORY_ONLY = Phrase("{category} only: {rate}")
NO_PARTS = Phrase("There's no smaller part of {topic} to choose. A topic of more words finds less: {example}")

# Topics
WHICH_TOPIC = Phrase("Which topic is to go? A tap removes it.")
TOPICS_HERE = Plural("{count} topic in this chat.", "{count} topics in this chat.")
PAPERS_LAST_WEEK = Phrase("Papers of last week:")
PAPERS_OF = Phrase("Papers of {dates}:")
TOPIC_AND_PAPERS = Phrase("{topic}: {papers}")

# Buttons
INSTEAD = Phrase("{topic} instead")
SHOW_LATEST = Phrase("Show the latest")
NARROW_IT = Phrase("Narrow it")
UNDO = Phrase("Undo")
SUBSCRIBE_AGAIN = Phrase("Subscribe again")
AGAIN_BY_HAND = Phrase("To have it again, send this:")
REMOVE_ANOTHER = Phrase("Remove another")
ADD = Phrase("Add a topic")
