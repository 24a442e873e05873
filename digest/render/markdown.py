"""Writes an edition as a blog's Markdown post with front matter. Knows CommonMark, YAML and MathJax.

Text is escaped so that no paper adds a heading, a link, a tag, a formula or a template's command to the post.
Formulas of abstracts stay LaTeX for MathJax, unless they use commands that reach beyond the formula.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from digest import phrases as say
from digest import wording
from digest.code_links import code_links
from digest.formulas import pieces
from digest.latex import readable
from digest.safety import printable, web_link

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from digest.model import Edition, Entry, Paper
    from digest.translation import Phrases

_MOST_TAKEAWAYS = 7
_DESCRIBED = 3  # titles in the description
# MathJax looks for dollars and backslashes in the finished page, but not across an element's border; template
# engines of blogs look for braces before Markdown is read.
_SIGNS = str.maketrans(
    {sign: f"\\{sign}" for sign in "`*_[]~|^"}
    | {"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;"}
    | {"$": "<span>\\$</span>", "\\": "<span>\\\\</span>"}
)
_NUMBERED = re.compile(r"(\d+)([.)])")
# What turns a bare URL or address into a link; beginning with its sign, the search skips to those.
_AUTOLINK = re.compile(r"(?i):(?:(?<=http:)|(?<=https:)|(?<=ftp:)|(?<=mailto:)|(?<=xmpp:))|\.(?<=www\.)|@")
# Commands that link, load, restyle or redefine: https://docs.mathjax.org/en/latest/input/tex/macros/
_REACHING = re.compile(
    r"\\(?:href|url|style|class|cssId|data|require|html\w*|includegraphics|[egx]?def|g?let|futurelet|unicode"
    r"|(?:re)?new\w+|provide\w+|Declare\w+|New\w+|catcode|csname|input|begingroup|endgroup|label|\w*ref|tag|verb"
    r"|mathtip|texttip|toggle|action|bbox|loop|par|newline)(?![A-Za-z])|[`\n]|://|(?<!\\)%|&(?=#|\w+;)|www\.|@"
)


def render(
    edition: Edition, phrases: Phrases, *, written: datetime | None = None, today: date | None = None
) -> str:
    """Return an edition as a Markdown post; encode it as UTF-8.

    Args:
        edition: what to tell, usually of one topic.
        phrases: `digest.translation.phrases_for` the reader's language; every label comes from it.
        written: when the post was made, for its date; midnight of the last announcement if not given.
        today: the announcement date that the reader calls today.
    """
    blocks = [*_front_matter(edition, phrases, written), *_notice(edition, phrases)]
    dates = phrases.dates(edition.dates)
    full = [section for section in edition.sections if section.entries]
    for section in full:
        heading = dates
        if len(edition.sections) > 1:
            heading = phrases(say.POST_HEADING, dates=dates, topic=section.topic.title)
        blocks.append(f"# {escaped(heading)}")
        for entry in section.entries:
            blocks += _paper(entry, phrases)
        if missing := section.left_out:
            blocks.append(escaped(phrases.count(say.MORE, missing)))
    if not full:
        blocks.append(f"# {escaped(dates)}")
    if quiet := [section for section in edition.sections if not section.entries]:
        blocks.append(escaped(wording.nothing(edition, quiet, phrases, today)))
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Return text that Markdown, HTML, a template engine and MathJax show as it is, on one line."""
    return _begun(_signs(text))


def _signs(text: str) -> str:
    """Escape what means something anywhere in a line."""
    return _AUTOLINK.sub(r"\\\g<0>", " ".join(printable(text).split()).translate(_SIGNS))


def _begun(line: str) -> str:
    """Escape what means something only where a line begins."""
    if numbered := _NUMBERED.match(line):
        return f"{numbered[1]}\\{line[numbered.end(1) :]}"
    return f"\\{line}" if line[:1] in {"#", "+", "-", ":", "="} else line


def _front_matter(edition: Edition, phrases: Phrases, written: datetime | None) -> Iterator[str]:
    topics = [section.topic.title for section in edition.sections]
    title = phrases.listed(topics)
    titles = [readable(entry.paper.title) for section in edition.sections for entry in section.entries]
    headings = [wording.heading(section, phrases) for section in edition.sections]
    description = phrases(
        say.POST_DESCRIPTION,
        heading=phrases(say.SEMICOLON).join(headings),
        dates=phrases.dates(edition.dates),
    )
    description = phrases(say.SEMICOLON).join([description, *titles[:_DESCRIBED]])
    day = f"{written:%Y-%m-%d %H:%M:%S}" if written else f"{max(edition.dates)} 00:00:00"
    yield "\n".join(
        [
            "---",
            f"title: {_quoted(title)}",
            f"date: {day}",
            "author: paperround",
            "categories: Paper",
            "tags:",
            *(f"  - {_quoted(topic)}" for topic in topics),
            f"description: {_quoted(description)}",
            f"keywords: {_quoted(', '.join(topics))}",
            "mathjax: true",
            "---",
        ]
    )


def _quoted(text: str) -> str:
    """Return text as a double-quoted YAML scalar; JSON's strings are those (https://yaml.org/spec/1.2.2/)."""
    return json.dumps(" ".join(printable(text).split()), ensure_ascii=False)


def _notice(edition: Edition, phrases: Phrases) -> Iterator[str]:
    lines = [phrases(say.SAMPLE)] if edition.sample else []
    lines += filter(None, [wording.missed(edition, phrases)])
    if written := wording.provenance(edition, phrases):
        lines.append(phrases.sentences((written, phrases(say.SCREENING))))
    if lines:
        yield "\n>\n".join(f"> {escaped(line)}" for line in lines)


def _paper(entry: Entry, phrases: Phrases) -> Iterator[str]:
    paper, brief = entry.paper, entry.brief
    yield f"## {escaped(readable(paper.title))}"
    names = phrases(say.COMMA).join(wording.author_names(paper.authors))
    yield f"**{escaped(phrases(say.POST_AUTHORS))}** {escaped(names)}"
    if paper.abstract:
        yield _with_formulas(paper.abstract)
    yield _pdf(paper)
    yield f"**{escaped(phrases(say.POST_LINKS))}** {phrases(say.COMMA).join(_links(paper))}"
    if brief is None:
        yield escaped(phrases(say.NO_SUMMARY))
        return
    extract = wording.in_its_words(brief, phrases)
    label = phrases(say.POST_SUMMARY_IN_ITS_WORDS if extract else say.POST_SUMMARY)
    yield f"**{escaped(label)}**"
    yield escaped(readable(brief.sentence))
    if brief.takeaways:
        yield f"**{escaped(phrases(say.POST_TAKEAWAYS))}**"
        yield "\n".join(
            f"{number}. {escaped(readable(takeaway))}"
            for number, takeaway in enumerate(brief.takeaways[:_MOST_TAKEAWAYS], start=1)
        )
    if brief.keywords:
        words = readable(phrases(say.COMMA).join(brief.keywords))
        yield f"**{escaped(phrases(say.POST_KEYWORDS))}** {escaped(words)}"
    if told := wording.repaired(brief, phrases, keywords=True):
        yield escaped(told)


def _pdf(paper: Paper) -> str:
    comment = f" {escaped(readable(paper.comment))}" if paper.comment else ""
    return f"[PDF]({paper.pdf_link}){comment}"


def _links(paper: Paper) -> Iterator[str]:
    yield f"[arXiv:{paper.id}]({paper.link})"
    for url in filter(None, map(web_link, code_links(paper))):
        words = escaped(url.partition("://")[2])
        # Parentheses could close the link, so they travel percent-encoded.
        yield f"[{words}]({url.replace('(', '%28').replace(')', '%29')})"


def _with_formulas(text: str) -> str:
    """Return an abstract escaped, its formulas as MathJax reads them."""
    parts = list(pieces(printable(text)))
    if all(not math for _, math in parts):
        return escaped(readable(text))
    line = "".join(_formula(part) if math else _around(part) for part, math in parts)
    return _begun(" ".join(line.split()))


def _around(words: str) -> str:
    """Return the words beside a formula, as far from it as they were."""
    return " " * words[0].isspace() + _signs(readable(words)) + " " * words[-1].isspace()


def _formula(latex: str) -> str:
    """Return a formula between dollar signs, or as escaped Unicode if it could do more than show itself."""
    latex = " ".join(latex.split())
    if _REACHING.search(latex) or latex.endswith("\\") or latex.count("{") != latex.count("}"):
        return _signs(readable(f"${latex}$"))
    for sign, safe in (("<", r"\lt "), (">", r"\gt "), ("](", "] (")):
        latex = latex.replace(sign, safe)
    # Template engines of blogs read two braces, or a brace and a sign, as a command of theirs.
    latex = re.sub(r"\{(?=[{%#])", "{ ", latex)
    latex = re.sub(r"\}(?=\})", "} ", latex)
    return f"${latex.strip()}$"
