"""The sentences about an edition that all its forms share. Pure; knows phrases, no blocks, no markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest import phrases as say
from digest.latex import readable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from digest.model import Brief, Edition, Match, Paper, Section
    from digest.translation import Phrases

EXTRACT = "extract"
_NAMED_TOPICS = 3
_REASONS = 4  # the most telling ones; a long query would fill the page
_FIELDS = {
    "title": say.IN_TITLE,
    "abstract": say.IN_ABSTRACT,
    "authors": say.IN_AUTHORS,
    "comment": say.IN_COMMENT,
    "categories": say.IN_CATEGORIES,
}
_READ = {"abstract": say.FROM_ABSTRACTS, "html": say.FROM_HTML, "pdf": say.FROM_PDFS}
_READ_ONE = {"abstract": say.FROM_ABSTRACT, "html": say.FROM_ITS_HTML, "pdf": say.FROM_PDF}


def heading(section: Section, phrases: Phrases) -> str:
    """Return a topic's title and its counts: “3D reconstruction: 7 of 11 papers”."""
    shown, topic = len(section.entries), section.topic.title
    if section.before:
        return phrases.count(say.HEADING_MORE, section.found, topic=topic, shown=phrases.number(shown))
    if shown < section.found:
        return phrases.count(say.HEADING_OF, section.found, topic=topic, shown=phrases.number(shown))
    return phrases.count(say.HEADING, shown, topic=topic)


def nothing(edition: Edition, sections: Sequence[Section], phrases: Phrases, today: date | None) -> str:
    """Return the one line of a quiet day: “Nothing on “gaussian splatting” today; 412 papers checked.”."""
    topic = _topics([section.topic.title for section in sections], phrases)
    if edition.dates == (today,):
        return phrases.count(say.NOTHING_TODAY, edition.checked, topic=topic)
    return phrases.count(say.NOTHING, edition.checked, topic=topic, dates=phrases.dates(edition.dates))


def missed(edition: Edition, phrases: Phrases) -> str:
    """Say which dates were worked out because the day's listing was missed; empty if none was."""
    dates = phrases.dates(edition.inferred)
    return phrases.count(say.MISSED, len(edition.inferred), dates=dates) if dates else ""


def _topics(titles: Sequence[str], phrases: Phrases) -> str:
    """Quote the titles of topics; of more than a line has room for, the first and a count."""
    quoted = [title if '"' in title else phrases.quoted(title) for title in titles]
    if len(quoted) <= _NAMED_TOPICS:
        return phrases.listed(quoted)
    named = phrases(say.COMMA).join(quoted[:_NAMED_TOPICS])
    return phrases.count(say.AND_MORE, len(quoted) - _NAMED_TOPICS, names=named)


def also(titles: Sequence[str], phrases: Phrases) -> str:
    """Return which other topics of the reader a paper meets; empty if none."""
    return phrases(say.ALSO, topics=phrases.listed(titles)) if titles else ""


def reasons(match: Match, phrases: Phrases) -> str:
    """Return why a paper matched: “Matched: title has “rivers””; empty if no reason is known."""
    told = grounds(match, phrases)
    return phrases(say.MATCHED, reasons=told) if told else ""


def grounds(match: Match, phrases: Phrases) -> str:
    """Return what a paper matched by, the words of one field together; empty if no reason is known."""
    fields: dict[str, list[str]] = {}
    for reason in match.reasons[:_REASONS]:
        fields.setdefault(reason.field, []).append(phrases.quoted(readable(reason.words)))
    return phrases.clauses(
        phrases(_FIELDS[field], words=phrases(say.COMMA).join(words)) for field, words in fields.items()
    )


def provenance(edition: Edition, phrases: Phrases) -> str:
    """Return who wrote the edition's briefs and from what, as kept with each; empty without briefs."""
    entries = (entry for section in edition.sections for entry in section.entries)
    return written_by([entry.brief for entry in entries if entry.brief], phrases)


def written_by(briefs: Sequence[Brief], phrases: Phrases, *, one_paper: bool = False) -> str:
    """Return who wrote briefs and from what; empty without any.

    Args:
        briefs: of one paper or of several.
        phrases: in the reader's language.
        one_paper: nothing but this paper stands above the sentence.
    """
    wrote: dict[str, list[str]] = {}
    extracted = False
    for brief in briefs:
        if brief.provenance.model == EXTRACT:
            extracted = True
        elif brief.provenance.model not in (models := wrote.setdefault(brief.provenance.read, [])):
            models.append(brief.provenance.model)
    read = _READ_ONE if one_paper else _READ
    sentences = [phrases(read[source], model=phrases.listed(models)) for source, models in wrote.items()]
    if extracted:
        extracts = say.EXTRACTED_ONE if one_paper else say.EXTRACTED
        sentences.append(phrases(say.EXTRACTED_OTHERS if wrote else extracts))
    return phrases.sentences([*sentences, _stand_ins(briefs, phrases, one_paper=one_paper)])


def _stand_ins(briefs: Sequence[Brief], phrases: Phrases, *, one_paper: bool) -> str:
    """Say how many briefs somebody else wrote than the model that should have; empty if none."""
    count = sum(brief.stand_in for brief in briefs)
    if count and count == len(briefs):
        return phrases(say.STAND_IN if one_paper else say.STAND_INS_ALL)
    return phrases.count(say.STAND_INS, count) if count else ""


def in_its_words(brief: Brief, phrases: Phrases) -> bool:
    """Whether a brief's sentence is the paper's in another language than the reader's: that's to be said."""
    extracted = brief.provenance.model == EXTRACT or brief.repairs.sentence
    return extracted and sentence_language(brief) != phrases.language


def sentence_language(brief: Brief) -> str:
    """Return the language of a brief's sentence."""
    return brief.repairs.language if brief.repairs.sentence else brief.language


def takeaways_language(brief: Brief) -> str:
    """Return the language of a brief's takeaways."""
    return brief.repairs.language if brief.repairs.takeaways else brief.language


def repaired(brief: Brief, phrases: Phrases, *, takeaways: bool = True, keywords: bool = False) -> str:
    """Say what the check took from a brief; empty if nothing.

    Args:
        brief: as it's shown.
        phrases: in the reader's language.
        takeaways: they are shown.
        keywords: they are shown too.
    """
    repairs = brief.repairs
    told = []
    if takeaways and repairs.sentence and brief.provenance.model == EXTRACT:
        told.append(phrases(say.REPAIRED_ALL))
    elif repairs.sentence:
        told.append(phrases(say.REPAIRED_SENTENCE))
    elif takeaways and repairs.takeaways:
        told.append(phrases(say.REPAIRED_TAKEAWAYS))
    if takeaways and repairs.takeaways_dropped:
        told.append(phrases.count(say.DROPPED_TAKEAWAYS, repairs.takeaways_dropped))
    if keywords and brief.provenance.provider and not brief.keywords:
        told.append(phrases(say.NO_KEYWORDS))
    elif keywords and repairs.keywords_dropped:
        told.append(phrases.count(say.DROPPED_KEYWORDS, repairs.keywords_dropped))
    return phrases.sentences(told)


def byline_names_all(paper: Paper, phrases: Phrases) -> bool:
    """Whether the authors' line names every author of a paper."""
    names = author_names(paper.authors)
    return phrases.authors(names) == phrases.listed(names)


def author_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return authors as arXiv has them, accents written out."""
    return tuple(readable(name) for name in names)
